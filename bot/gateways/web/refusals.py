"""What a request hears that is not answered as it wished: people a page, scripts JSON."""

from http import HTTPStatus

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.gateways.web.front import Front
from bot.gateways.web.guard import (
    HEADERS,
    NotTaken,
    language_of,
    nothing_here,
    too_long,
    unreadable,
)
from bot.gateways.web.templates import Templates
from bot.runtime.failures import described

FOR_SCRIPTS = ("/chat/", "/demo/", "/static/", "/words.json", "/health", "/telegram/")
"""How the paths begin that no person types."""

log = structlog.get_logger()


def kindly(front: Front, templates: Templates, home: str) -> Middleware:
    """Let no request go without words in the reader's language; the way on is to `home`."""

    def refused(request: web.Request, why: NotTaken) -> web.Response:
        language = language_of(request, front)
        sentence = front.words(language, why.sentence)
        if wants_page(request):
            response = templates.page(
                "sorry.html", language, status=why.status, sentence=sentence, home=home
            )
        else:
            response = web.json_response(
                {"kind": why.kind, "message": sentence}, status=why.status
            )
        if why.wait is not None:
            response.headers[hdrs.RETRY_AFTER] = str(int(why.wait.total_seconds()))
        if why.status is HTTPStatus.REQUEST_TIMEOUT:
            # The rest would be taken for the next request.
            response.force_close()
        return response

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except NotTaken as why:
            return refused(request, why)
        except web.HTTPException as why:
            response = refused(request, _in_our_words(why))
            if isinstance(why, web.HTTPMethodNotAllowed):
                response.headers[hdrs.ALLOW] = why.headers[hdrs.ALLOW]
            return response
        except web.RequestPayloadError:
            return refused(request, unreadable())
        except ConnectionError:
            return _unheard(request)
        except Exception as failure:  # noqa: BLE001  # one request must not show its visitor the server's own words
            log.error("request failed", **described(failure))  # noqa: TRY400  # without its text
            if request.writer.output_size:
                return _unheard(request)
            return refused(request, _our_fault())

    return answer


def wants_page(request: web.Request) -> bool:
    """Return whether a person will look at the answer: our own scripts never ask for HTML."""
    accepted = request.headers.get(hdrs.ACCEPT, "")
    if "text/html" in accepted:
        return True
    return not request.path.startswith(FOR_SCRIPTS) and "json" not in accepted


async def dressed(_: web.Request, response: web.StreamResponse) -> None:
    """Give a response the headers of every response; its own stay. A signal before sending."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Which versions run here is nobody's business.
    response.headers.popall(hdrs.SERVER, None)


def _in_our_words(why: web.HTTPException) -> NotTaken:
    if why.status == HTTPStatus.NOT_FOUND:
        return nothing_here()
    if why.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return too_long()
    ours = (
        nothing_here()
        if isinstance(why, web.HTTPMethodNotAllowed) and why.method in {"GET", "HEAD"}
        else unreadable()
    )
    return NotTaken(HTTPStatus(why.status), "not-allowed", ours.sentence)


def _our_fault() -> NotTaken:
    sentence = "Something went wrong on our side. Please try again in a few minutes."
    return NotTaken(HTTPStatus.INTERNAL_SERVER_ERROR, "our-fault", sentence)


def _unheard(request: web.Request) -> web.Response:
    """Return an answer that nobody gets: the visitor went, or has half of another one already."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
