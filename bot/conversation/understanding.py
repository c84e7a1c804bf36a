"""How typed words become one of the options that were offered."""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz, process

CLOSE = 82
"""How alike (of 100) words and a label must be; one slip in six letters still is."""
APART = 8
"""How much closer the best label must be than the second, so that nothing is guessed."""
SHORT = 4
"""Words of fewer letters must match as they stand: "yes" and "yet" are too near each other."""


def plain(words: str) -> str:
    """Return `words` without case, accents, marks and double spaces, for comparing only."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    letters = "".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join(letters.split())


def option_meant(words: str, labels: Mapping[str, str]) -> str | None:
    """Return the id of the option that `words` name, by its number or by its label.

    *labels* are in the reader's language, in the order shown. A number that is a label is that label.
    """
    said = plain(words)
    is_number = re.fullmatch(r"\d{1,3}", said) and 1 <= int(said) <= len(labels)
    if is_number and said not in map(plain, labels.values()):
        return list(labels)[int(said) - 1]
    return option_named(words, labels)


def option_named(words: str, labels: Mapping[str, str]) -> str | None:
    """Return the id of the option whose label is `words`.

    A label counts if it is written with small misspellings, though not in its figures, or if what was written begins
    it and no other, or stands before its comma ("Ene" for "Ene, Welding"); None if nothing, or more than one, fits.
    """
    said = plain(words)
    ids, texts = list(labels), [plain(label) for label in labels.values()]
    if not said or texts.count(said) > 1:
        return None
    if said in texts:
        return ids[texts.index(said)]
    named = [id_ for id_, label in labels.items() if plain(label.partition(",")[0]) == said]
    if len(named) == 1:
        return named[0]
    begun = [id_ for id_, text in zip(ids, texts, strict=True) if text.startswith(said)]
    if len(begun) == 1 and len(said) >= SHORT:
        return begun[0]
    if len(said) < SHORT:
        return None
    # A day or an hour is not misspelled, it is another one.
    alike = {n: text for n, text in enumerate(texts) if _figures(text) in ([], _figures(said))}
    best = process.extract(said, alike, scorer=fuzz.ratio, limit=2, score_cutoff=CLOSE)
    if not best or (len(best) > 1 and best[0][1] - best[1][1] < APART):
        return None
    return ids[best[0][2]]


def _figures(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def options_meant(
    words: str, labels: Mapping[str, str], conjunctions: frozenset[str]
) -> tuple[str, ...]:
    """Return the ids of all options named in `words`, as "1, 3" or "jobs and events"; empty if one is not.

    *conjunctions* are the words for "and" and "or" that may stand between them.
    """
    if plain(words) in map(plain, labels.values()):
        words = words.translate(dict.fromkeys(map(ord, ",;/\n"), " "))
    parts = [part for part in re.split(r"[,;/\n]+", words) if part.strip()]
    pieces: list[str] = []
    for part in parts:
        if option_meant(part, labels):
            pieces.append(part)
            continue
        piece: list[str] = []
        for word in part.split():
            if plain(word) in conjunctions:
                pieces.append(" ".join(piece))
                piece = []
            else:
                piece.append(word)
        pieces.append(" ".join(piece))
    pieces = [
        one
        for piece in pieces
        for one in (piece.split() if re.fullmatch(r"[\d\s]+", piece) else [piece])
        if plain(one)
    ]
    meant = [option_meant(piece, labels) for piece in pieces]
    if not meant or None in meant:
        return ()
    return tuple(dict.fromkeys(one for one in meant if one))
