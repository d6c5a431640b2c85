"""Logs: one JSON line for each operation, without secrets and without line breaks of anybody else's."""

import json
import logging
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import structlog

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_LENGTH_MAX = 2_000


def _line(_: object, __: str, event: Mapping[str, Any]) -> str:
    """Write an event as one line: level, message, timestamp, context."""
    rest = dict(event)
    line = {"level": rest.pop("level"), "message": rest.pop("event"), "timestamp": rest.pop("timestamp")}
    error = rest.pop("error", None)
    line["context"] = rest
    if error is not None:
        line["error"] = error
    return json.dumps(line, ensure_ascii=True, default=_plain)


def _plain(value: object) -> str:
    return ascii(value)[:_LENGTH_MAX]


def make_logger(level: str = "info", stream: TextIO | None = None) -> structlog.typing.FilteringBoundLogger:
    """Make a logger that writes lines to a stream, stderr unless told."""
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS.get(level, logging.INFO)),
        cache_logger_on_first_use=True,
    )
    return logger
