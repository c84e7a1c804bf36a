"""The question for a name: letters of any script, and the few signs that stand in names."""

import unicodedata

from typing_extensions import override

from bot.conversation.messages import Speak, msg
from bot.conversation.prompts import Answer, Marks, UnreadableAnswer
from bot.conversation.typed import Words

SIGNS = frozenset("-‐‑–'’‘ʼ`´·.,()")  # noqa: RUF001  # the hyphens and apostrophes that people type
"""A former name stands in brackets, and Gal·la has a dot in the middle."""


class PersonName(Words):
    """The name of a person: neither a number, nor a picture, nor code."""

    @override
    def read(self, words: str, marks: Marks, speak: Speak) -> Answer[str] | Marks:
        try:
            heard = super().read(words, marks, speak)
        except UnreadableAnswer:
            if len(words) > self.max_chars:
                raise
            raise _no_name() from None
        if isinstance(heard, Answer) and not is_name(heard.value):
            raise _no_name()
        return heard


def is_name(text: str) -> bool:
    """Return whether `text` could be somebody's name, however unusual."""
    return any(c.isalpha() for c in text) and all(
        c.isalpha() or c.isspace() or c in SIGNS or unicodedata.category(c).startswith("M")
        for c in text
    )


def _no_name() -> UnreadableAnswer:
    return UnreadableAnswer(
        # Translators: the example is any name of your country with such signs in it.
        msg(
            "A name is written in letters; hyphens, apostrophes and dots are fine."
            " Please write it like this: Mary-Ann O’Neill"
        )
    )
