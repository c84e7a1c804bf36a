"""Which of the school's languages a browser asks for."""

import re
from collections.abc import Collection

_RANGE = re.compile(
    r"\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?"
)


def preferred(accept_language: str, offered: Collection[str]) -> str | None:
    """Return the best of `offered` for an Accept-Language header; None if it asks for none."""
    wishes: list[tuple[float, str]] = []
    for part in accept_language[:400].split(","):
        wish = _RANGE.fullmatch(part)
        if wish:
            wishes.append((float(wish[2] or 1), wish[1].lower()))
    for quality, tag in sorted(wishes, key=lambda wish: -wish[0]):
        for language in offered:
            if quality > 0 and language.lower() in {tag, tag.split("-")[0]}:
                return language
    return None
