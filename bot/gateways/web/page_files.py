"""The styles, scripts and drawings of the pages, read once: a page that is closed leaves no open file behind."""

from dataclasses import dataclass
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Self

from aiohttp import ETag, web

from bot.gateways.web.guard import nothing_here

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file that pages ask for, with the tag by which a browser knows whether its own is still good."""

    content: bytes
    content_type: str
    tag: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Read a file; its tag changes when its content does."""
        content = path.read_bytes()
        return cls(content, _TYPES[path.suffix], blake2b(content, digest_size=12).hexdigest())


_FILES = {path.name: PageFile.of(path) for path in (Path(__file__).parent / "static").iterdir()}


async def page_file(request: web.Request) -> web.Response:
    """Answer with a file of the pages, or that the browser's own is still good (RFC 9110, 13.1.2)."""
    asked_for = _FILES.get(request.match_info["name"])
    if asked_for is None:
        raise nothing_here()
    known = request.if_none_match or ()
    if any(tag.value in {asked_for.tag, "*"} for tag in known):
        answer = web.Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        headers = {"Content-Type": asked_for.content_type}
        answer = web.Response(body=asked_for.content, headers=headers)
    answer.headers["Cache-Control"] = "no-cache"
    answer.etag = ETag(asked_for.tag)
    return answer
