"""Words that a person wrote, made harmless for the text around them; nothing else is changed."""

import re
from collections.abc import Iterator

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
"""Control characters, orders that turn the direction of what follows, halves of characters."""
_BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_RIGHT_TO_LEFT = re.compile(
    r"[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_FIRST_STRONG_ISOLATE, _POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
_STOP = re.compile(r"[.?!…]+[”“»’)]*(?=\s+(?P<next>.)|$)")

MOST_QUOTED = 90
"""Characters of a text that a reminder quotes."""


def harmless(words: str) -> str:
    """Return `words` without what cannot be seen, so that the text around them stays as it is.

    A line with letters that are written from right to left is isolated from what follows it.
    """
    if words.isascii() and words.isprintable():
        return words
    seen = _INVISIBLE.sub("", _BREAK.sub("\n", words).replace("\t", " "))
    if not _RIGHT_TO_LEFT.search(seen):
        return seen
    return "\n".join(_isolated(line) for line in seen.split("\n"))


def first_sentence(text: str) -> str:
    """Return what a reminder quotes of `text`: its first question, or else its first sentence.

    It has no full stop, and at most MOST_QUOTED characters.
    """
    sentences = [one for line in text.splitlines() for one in _sentences(line.strip())]
    asked = (one for one in sentences if one.endswith("?"))
    return shortened(next(asked, sentences[0] if sentences else "").removesuffix("."), MOST_QUOTED)


def _sentences(line: str) -> Iterator[str]:
    start = 0
    for stop in _STOP.finditer(line):
        if not (stop["next"] or "").islower() and not line[start : stop.start()].isdigit():
            yield line[start : stop.end()].strip()
            start = stop.end()
    if line[start:].strip():
        yield line[start:].strip()


def shortened(text: str, most: int) -> str:
    """Return `text` on one line, in at most `most` characters; a mark shows what is cut."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    words, space, _ = kept.rpartition(" ")
    whole_words = words if space and len(words) > most // 2 else kept
    return whole_words.rstrip(" ,;:.–-") + "…"


def _isolated(line: str) -> str:
    return (
        f"{_FIRST_STRONG_ISOLATE}{line}{_POP_DIRECTIONAL_ISOLATE}"
        if _RIGHT_TO_LEFT.search(line)
        else line
    )
