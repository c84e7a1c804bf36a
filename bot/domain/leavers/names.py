"""Names made comparable: how a person types theirs is seldom how the school wrote it.

Two names are the same if they have the same parts, in any order. Case, accents, apostrophes,
hyphens and the small words inside names (`de`, `von`, `y`) do not count. Cyrillic is read as
Estonian offices write it in Latin letters.
"""

import re
import unicodedata
from itertools import groupby

MAX_NAME_CHARS = 200
MAX_WORDS = 16
"""A Spanish name in full, with its small words, has up to ten."""

_APOSTROPHES = "'’‘ʼʻ`´′·"  # noqa: RUF001  # the signs people type for one, and the dot of Gal·la
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_JOINED = dict.fromkeys(map(ord, _APOSTROPHES + _INVISIBLE))
"""Signs that stand inside a part: without them `O’Brien` is `obrien`."""

_CYRILLIC = "абвгґдежзиклмнопрстуфхцчшщыэюяєіј"
_LATIN = "a b v g g d e z z i k l m n o p r s t u f h ts ts s sts o e ju ja je i j"
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ı": "i",  # noqa: RUF001  # the Turkish letter is meant
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict(zip(_CYRILLIC, _LATIN.split(), strict=True)),
        "ъ": "",
        "ь": "",
    }
)
"""Letters that no accent explains; what is decomposed by Unicode is not here."""

_MARIA = re.compile(r"\bm\.?\s?ª", re.IGNORECASE)
"""How Spanish lists write María."""

_WORD = re.compile(r"[^\W_]+")

_ITALIAN = frozenset(["di", "da", "dei", "degli", "della", "dello", "delle"])
_PARTICLES = _ITALIAN | frozenset(["de", "del", "y", "i", "dos", "das", "von"])
_ARTICLES = frozenset(["la", "las", "los", "el"])
"""Small words only in a name with `de`: without it, `La` is a surname.

`Le`, `Do` and `Van` are never small: Vietnamese names would lose what tells them apart.
"""

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\d<>=@|{}\[\]\\#$%*+~^;:!?_\ufffd]")


def parts_of_listed(text: str) -> tuple[str, ...]:
    """Return the parts of a name on a list; none if a sign in it says that it is not a name.

    People who type their own name are not held to that: theirs may end with a heart.
    """
    return () if _UNSAYABLE.search(text) else parts_of(text)


def folded(text: str) -> str:
    """Return `text` without case, accents and apostrophes, in Latin letters as far as known."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    apart = unicodedata.normalize("NFKD", _MARIA.sub("maria ", text.translate(_JOINED)))
    # Case before accents: Greek has an accent that is a letter in capitals.
    small = unicodedata.normalize("NFKD", apart.casefold()).translate(_JOINED)
    plain = "".join(sign for sign in small if not unicodedata.combining(sign))
    return plain.translate(_LETTERS)


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts by which a name is compared, sorted; none if it is no name at all.

    Small words are left out only if two other parts remain: they make up a name of their own
    elsewhere.
    """
    if len(name) > MAX_NAME_CHARS:
        return ()
    words = _WORD.findall(folded(name))
    if len(words) > MAX_WORDS:
        return ()
    small = _PARTICLES | _ARTICLES if "de" in words else _PARTICLES
    telling = [word for word in words if word not in small]
    return tuple(sorted(telling if len(telling) > 1 else words))


_SAME_SOUND = str.maketrans(
    {"c": "k", "q": "k", "x": "ks", "z": "s", "w": "v", "b": "v", "y": "i", "j": "i", "h": ""}
)
_VOWELS = str.maketrans("", "", "aeiou")
_MIN_CHARS = 4
"""Shorter parts differ from too many others by one letter: `Li`, `Lu`, `Le`."""
_MAX_CHARS = 32
_MIN_SOUND = 3


def likenesses(part: str) -> frozenset[str]:
    """Return what a part has in common with its misspellings; two alike share at least one.

    Each way to leave one letter out finds every single slip: a letter missing, added, changed, or
    two swapped. The consonants by their sound find the rest: `Aleksandr` and `Alexander`, `Vaena`
    and `Baena`.
    """
    alike = {part}
    if _MIN_CHARS <= len(part) <= _MAX_CHARS:
        alike.update(part[:at] + part[at + 1 :] for at in range(len(part)))
        sound = "".join(sign for sign, _ in groupby(part.translate(_SAME_SOUND)))
        sound = sound[:1] + sound[1:].translate(_VOWELS)
        if len(sound) >= _MIN_SOUND:
            alike.add(f"~{sound}")
    return frozenset(alike)
