"""The texts of all languages, as the tests look at them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from bot.texts.catalogues import SOURCE_LANGUAGE, languages, stored
from bot.texts.collect import collected

TRANSLATED = tuple(language for language in languages() if language != SOURCE_LANGUAGE)


@dataclass(frozen=True)
class Entry:
    """One text in one language."""

    language: str
    english: tuple[str, ...]
    """One, or two forms that depend on a number."""
    forms: tuple[str, ...]
    is_fuzzy: bool = False

    def __str__(self) -> str:
        return f"{self.language}: {self.english[0]!r}"


def slots(text: str) -> Counter[tuple[str, str]]:
    """Return the slots of `text`, and what each asks of its value."""
    return Counter(
        (name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None
    )


@lru_cache
def source() -> tuple[Entry, ...]:
    """Return the English texts, from the code."""
    ids = [_forms(text.id) for text in collected() if text.id]
    return tuple(Entry(SOURCE_LANGUAGE, forms, forms) for forms in ids)


@lru_cache
def translated(language: str) -> tuple[Entry, ...]:
    """Return the texts of `language`, from its file."""
    return tuple(
        Entry(language, _forms(text.id), _forms(text.string or ""), text.fuzzy)
        for text in stored(language)
        if text.id
    )


def every_text() -> Iterator[Entry]:
    """Yield all texts of all languages."""
    yield from source()
    for language in TRANSLATED:
        yield from translated(language)


def _forms(texts: object) -> tuple[str, ...]:
    return tuple(texts) if isinstance(texts, (tuple, list)) else (str(texts),)
