"""Questions that are answered by typing, or with a picture: no list could hold the answers."""

from dataclasses import dataclass

from typing_extensions import override

from bot.conversation.messages import Speak, msg
from bot.conversation.prompts import ONLY_PICTURE, Answer, Marks, Prompt, UnreadableAnswer


@dataclass(frozen=True, slots=True)
class Words(Prompt[str]):
    """A short text of at most `max_chars` characters."""

    max_chars: int

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[str] | Marks:
        clean = "\n".join(" ".join(line.split()) for line in words.strip().splitlines())
        shown = "".join(c for c in clean if c == "\n" or c.isprintable())
        if not any(c.isalnum() for c in shown):
            raise UnreadableAnswer(msg("Please write it in words."))
        if len(shown) > self.max_chars:
            raise UnreadableAnswer(
                msg(
                    "Your text has {length} characters; there is room for {max}. Could you shorten it?"
                    " It is still above, ready to copy.",
                    length=len(shown),
                    max=self.max_chars,
                )
            )
        return Answer(shown)


@dataclass(frozen=True, slots=True)
class Shown(Prompt[int]):
    """A picture; the answer is its number."""

    @property
    @override
    def takes_picture(self) -> bool:
        return True

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[int] | Marks:
        raise UnreadableAnswer(ONLY_PICTURE)

    @override
    def show(self, picture: int) -> Answer[int]:
        return Answer(picture)


DIGITS_OF_A_YEAR, MOST_DIGITS = 4, 9
"""Of a year, and of any number: what is longer is neither, and is not even reckoned with."""


@dataclass(frozen=True, slots=True)
class Year(Prompt[int]):
    """A year with four digits, from `earliest` to `latest`."""

    earliest: int
    latest: int

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[int] | Marks:
        digits = words.strip().rstrip(".")
        if digits.isdecimal() and len(digits) <= DIGITS_OF_A_YEAR:
            year = int(digits)
            if self.earliest <= year <= self.latest:
                return Answer(year)
        raise UnreadableAnswer(
            msg(
                "Please write a year from {min} to {max}.",
                min=str(self.earliest),
                max=str(self.latest),
            )
        )


@dataclass(frozen=True, slots=True)
class Number(Prompt[int]):
    """A whole number from `least` to `most`; spaces, dots and signs of money are passed over."""

    least: int
    most: int

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[int] | Marks:
        digits = "".join(c for c in words.strip() if c not in " \u00a0\u202f.’'€£")
        if digits.isdecimal() and len(digits) <= MOST_DIGITS:
            number = int(digits)
            if self.least <= number <= self.most:
                return Answer(number)
        raise UnreadableAnswer(
            msg("Please write a number from {min} to {max}.", min=self.least, max=self.most)
        )
