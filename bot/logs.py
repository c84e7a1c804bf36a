"""Logs: one JSON object a line on standard error; no names, no texts, no tokens."""

import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO

import structlog
from typing_extensions import override

from bot.gateways.telegram.redaction import quiet_libraries, redact_tokens
from bot.runtime.failures import described
from bot.settings import LogLevel

IN_OUR_WORDS = {
    # It names the task or the callback, and with them what they were given or failed with.
    "asyncio": "failure in the event loop",
    # It names the visitor's address, and repeats what was sent.
    "aiohttp.server": "request not answered",
}
"""What is said in place of a library's own sentence, by the name of its logger."""
NOT_WRITTEN = '{"event": "a line of the log could not be written", "level": "error"}'


class Discreet(logging.StreamHandler[TextIO]):
    """Writes lines; of one that cannot be written it says only that."""

    @override
    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a line is missing. Python's own way prints what the line was made of."""
        # If not even that can be written, there is nobody left to tell.
        with suppress(OSError, ValueError):
            self.stream.write(f"{NOT_WRITTEN}\n")
            self.flush()


def describe_failures(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put the kind and the place of a failure in place of its text, which may repeat what people wrote."""
    info = event.pop("exc_info", None)
    failure = (
        info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else None
    )
    if failure is None and info:
        failure = sys.exception()
    if failure is not None:
        event.update(described(failure))
        record = event.get("_record")
        if record:
            event["event"] = IN_OUR_WORDS.get(record.name, event["event"])
    return event


def set_up_logs(level: LogLevel) -> None:
    """Log from `level` on, the libraries included."""
    # For handlers of others: a failure of the log must not print what was to be logged.
    logging.raiseExceptions = False
    quiet_libraries()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level.value),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = Discreet(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                describe_failures,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                redact_tokens,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.value.upper())
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
