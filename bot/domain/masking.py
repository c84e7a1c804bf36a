"""Contacts in what people write to each other: taken out until both have agreed to exchange them (domain 5.4)."""

import re

MASK = "[…]"
"""What stands where a contact was."""

ENDINGS = "com|net|org|eu|ee|es|it|me|io|info|app|gg|ly|be|link|dev|edu|gov|biz|cat|de|fr|uk|nl|lv|lt|fi|se|pt|pl|ru"
"""How addresses end that are written without "https": those that our schools meet."""
BETWEEN = r"[\s().\-/\u2010-\u2014·_]{0,3}"
"""What stands between the digits of a telephone number."""
CONTACTS = re.compile(
    rf"""
      (?:[a-z][a-z0-9+.-]*://|www\.|mailto:|tel:)\S+         # a link
    | [\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{{2,}}  # an address of e-mail
    | (?<![\w@])@\w{{3,}}                                    # a name on a network
    | (?<!\w)(?:[\w-]+\.)+(?:{ENDINGS})(?![\w-])(?:[/?\#]\S*)?  # an address without "https"
    | (?<!\w)(?:[\w-]+\.)+[^\W\d_]{{2,}}/\S+             # any other with a path
    """,
    re.VERBOSE | re.IGNORECASE,
)
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
DIGITS = re.compile(rf"\+?\d(?:{BETWEEN}\d){{6,}}")
"""Seven digits or more: a telephone number, or days, hours and sums that stand together."""
SEVEN = 7
"""Digits of the shortest telephone number that is passed on to nobody."""

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
ORDINARY = re.compile(
    rf"""
    (?<!\d)(?<!\d[./\u2010–-])
    (?: {_YEAR}-{_MONTH}-{_DAY}                  # 2026-05-12
      | {_DAY}([./-]){_MONTH}\1{_YEAR}            # 12.5.2026
      | {_DAY}[./]{_MONTH}                       # 12.5.
      | {_YEAR}\s?[–/-]\s?{_YEAR}                # 2018–2022
      | (?:[01]?\d|2[0-3])\.[0-5]\d(?:\s?[–-]\s?(?:[01]?\d|2[0-3])\.[0-5]\d)?  # 17.30–19.00
    )
    (?!\d)(?![./\u2010–-]\d)
    """,
    re.VERBOSE,
)
"""Days, hours and years, which stand beside each other and have many digits."""
_SUM = r"(?:\d{1,3}(?:[\s.]\d{3})+|\d{1,6})"
SUM = re.compile(rf"(?<![\d.-]){_SUM}(?:\s?[–-]\s?{_SUM})?$")
"""An amount, or from one amount to another, at the end."""
MONEY = re.compile(r"\s?(?:[€$£]|eur|krooni|kr\b)", re.IGNORECASE)


def without_contacts(words: str) -> str:
    """Return `words` with links, addresses, names on networks and telephone numbers taken out.

    What is written in words ("six six zero") passes: it keeps contacts from slipping out, not from being given away.
    """
    return DIGITS.sub(_unless_ordinary, CONTACTS.sub(MASK, words))


def without_contacts_but_links(words: str) -> str:
    """Return `words` with addresses, names and numbers taken out, and links left: a place to meet may be a call."""
    pieces: list[str] = []
    end = 0
    for link in LINK.finditer(words):
        pieces += without_contacts(words[end : link.start()]), link[0]
        end = link.end()
    return "".join((*pieces, without_contacts(words[end:])))


def _unless_ordinary(found: re.Match[str]) -> str:
    """Return digits as they stand if they are days, hours, years and sums of money; else the mask."""
    digits = found[0]
    if digits.startswith("+"):
        return MASK
    if MONEY.match(found.string, found.end()) or MONEY.match(found.string, found.start() - 1):
        digits = SUM.sub("", digits)
    left = ORDINARY.sub(" # ", digits).split("#")
    longest = max(sum(c.isdigit() for c in one) for one in left)
    return MASK if longest >= SEVEN else found[0]
