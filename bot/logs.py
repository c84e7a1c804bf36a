"""Logs: one JSON object a line on standard error; no names, no texts, no tokens."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from bot.gateways.telegram.redaction import quiet_libraries, redact_tokens
from bot.runtime.failures import described
from bot.settings import LogLevel


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
        if record and record.name == "asyncio":
            # It names the task or the callback, and with them what they were given or failed with.
            event["event"] = "failure in the event loop"
    return event


def set_up_logs(level: LogLevel) -> None:
    """Log from `level` on, the libraries included."""
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
    handler = logging.StreamHandler(sys.stderr)
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
