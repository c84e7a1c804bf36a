"""Telegram's HTML, read as strictly as Telegram reads it."""

import html
import re

from tests.telegram.refusals import Entity, bad, units

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}

TAG = re.compile(r"<(/?)([^<>]*)>?")


def read_html(source: str) -> tuple[str, list[Entity]]:
    """Return the words of `source` and their entities.

    Raises:
        Refusal: a tag is unknown, not closed or closed in the wrong place.
    """
    words, entities, position = "", [], 0
    is_open: list[tuple[str, int]] = []
    for tag in TAG.finditer(source):
        words += html.unescape(source[position : tag.start()])
        position = tag.end()
        name = tag[2].split(maxsplit=1)[0].lower() if tag[2].strip() else ""
        if not tag[1]:
            if name not in STYLES or not tag[0].endswith(">"):
                raise bad(_cannot(f'Unsupported start tag "{name}" at byte offset {tag.start()}'))
            is_open.append((name, units(words)))
            continue
        if not is_open:
            raise bad(_cannot(f"Unexpected end tag at byte offset {tag.start()}"))
        wanted, begin = is_open.pop()
        if name != wanted:
            raise bad(
                _cannot(
                    f"Unmatched end tag at byte offset {tag.start()}, "
                    f'expected "</{wanted}>", found "</{name}>"'
                )
            )
        if units(words) > begin:
            entities.append(
                {"type": STYLES[name], "offset": begin, "length": units(words) - begin}
            )
    if is_open:
        raise bad(_cannot(f'Can\'t find end tag corresponding to start tag "{is_open[-1][0]}"'))
    return words + html.unescape(source[position:]), entities


def _cannot(why: str) -> str:
    return f"can't parse entities: {why}"
