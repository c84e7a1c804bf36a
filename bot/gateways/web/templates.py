"""Renders the pages in the reader's language."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path

import jinja2
from aiohttp import web

from bot.gateways.port import MenuEntry
from bot.gateways.web.front import Front

_PARTING = frozenset({"stop", "delete"})

# Each page is compiled once, when it is first asked for.
_PAGES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def menu(front: Front, language: str) -> Sequence[MenuEntry]:
    """Return the commands, those that end something last: they stand apart."""
    return sorted(front.menu.get(language, ()), key=lambda entry: entry.command in _PARTING)


class Templates:
    """The files in `pages/`; whatever they are given is text, and is escaped."""

    def __init__(self, front: Front) -> None:
        self._front = front

    def page(
        self, name: str, language: str, *, status: HTTPStatus = HTTPStatus.OK, **values: object
    ) -> web.Response:
        """Return the page `name`; in it, `word` translates into its language."""
        text = _PAGES.get_template(name).render(
            language=language,
            languages=self._front.languages,
            word=partial(self._front.words, language),
            words_in=lambda other: partial(self._front.words, other),
            school_in=self._front.school,
            menu_in=partial(menu, self._front),
            parting=_PARTING,
            **values,
        )
        return web.Response(text=text, content_type="text/html", status=status)
