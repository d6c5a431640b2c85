"""
Logs: one JSON line for each operation, without secrets and without line breaks of anybody else's.

The one place for the library, the command line and the service. A line has level, message, timestamp and context (org,
actor, request id, operation, duration, and what else the edge knows); where something was refused or broke down also
error, with name, code, status and, for breakdowns, the stack: places in the program, no values.
"""

import json
import logging
import re
import sys
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import structlog

Logger = structlog.typing.FilteringBoundLogger

LEVELS: Mapping[str, int] = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}
"""From which level on lines are written; what was done is info, what was refused warning, what broke down error."""

_LENGTH_MAX = 2_000
_DEPTH_MAX = 4
_FRAMES_MAX = 12
_REMEMBERED_LENGTH_MAX = 100
_HIDDEN = "***"
_NAMES = "password|passwd|pwd|secret|token|api[_-]?key|authorization"
_SECRETS = (
    (re.compile(r"(\w://[^\s:/@]*):[^\s/@]*@"), rf"\1:{_HIDDEN}@"),
    (re.compile(r"\b(oh[ks]_live_\d+_|whsec_)[\w+/=-]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"\b(bearer|basic)\s+[\w.~+/=-]+", re.IGNORECASE), rf"\1 {_HIDDEN}"),
    (re.compile(rf"\b({_NAMES})(\W{{1,3}})[^\s,;&\"']+", re.IGNORECASE), rf"\1\2{_HIDDEN}"),
    (re.compile(r"\$argon2\w*\$[^\s\"']+"), _HIDDEN),
)
"""What must not get into a line, though somebody put it where a name belongs."""


def make_logger(level: str = "info", stream: TextIO | None = None) -> Logger:
    """Make a logger that writes lines to a stream, stderr unless told."""
    logger: Logger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _line,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS.get(level, logging.INFO)),
        cache_logger_on_first_use=True,
    )
    return logger


def hear_everybody(logger: Logger | None) -> None:
    """
    Let whatever this program and its libraries log be lines of one log; of libraries what is a warning at least.

    It concerns the whole process, so only a program that serves or works does it, and nobody who uses the library.

    Args:
        logger: Where to; nothing is logged without it.
    """
    logging.basicConfig(handlers=[_Heard(logger)], level=logging.WARNING, force=True)
    structlog.configure(processors=[lambda _, level, event: _hand_on(logger, level, event)])


def _hand_on(logger: Logger | None, level: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Hand a line on to another logger; nobody else writes it."""
    if logger is not None:
        getattr(logger, level)(**event)
    raise structlog.DropEvent


class _Heard(logging.Handler):
    """Makes lines of what libraries log in the way of the standard library."""

    def __init__(self, logger: Logger | None) -> None:
        super().__init__()
        self._logger = logger

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line."""
        if self._logger is None:
            return
        context = {"library": record.name}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            tell(self._logger, record.getMessage(), context, error, _BROKEN)
        elif record.levelno >= logging.ERROR:
            self._logger.error(record.getMessage(), **context)
        else:
            self._logger.warning(record.getMessage(), **context)


class Log(NamedTuple):
    """A log that is written to a file, or to stderr."""

    logger: Logger
    file: TextIO | None

    async def close(self) -> None:
        """Close the file, if there is one."""
        if self.file is not None:
            self.file.close()


def open_log(level: str, file: Path | None) -> Log:
    """Open a log; lines are added to a file, which is made if need be. Raises OSError."""
    opened = None if file is None else file.open("a", encoding="utf-8")
    return Log(make_logger(level, opened), opened)


def tell(logger: Logger, message: str, context: Mapping[str, object], error: BaseException | None, status: int) -> None:
    """
    Write the line of an operation.

    Args:
        logger: Where to.
        message: What became of it, in a word.
        context: Org, actor, request id, operation, duration and the like.
        error: What refused it or broke it down, if anything did.
        status: Of the error, as HTTP has them; from 500 on it is a breakdown, and told with its stack.
    """
    if error is None:
        logger.info(message, **context)
        return
    inside: dict[str, Any] = {
        "name": type(error).__name__,
        "code": getattr(error, "code", "INTERNAL"),
        "status": status,
    }
    if status >= _BROKEN:
        logger.error(message, **context, error={**inside, "stack": stack_of(error)})
    else:
        logger.warning(message, **context, error=inside)


_BROKEN = 500


def stack_of(error: BaseException) -> list[str]:
    """Tell where something broke down, and where its cause did: places in the program, no values."""
    errors = [error] if error.__cause__ is None else [error, error.__cause__]
    frames = [frame for one in errors for frame in traceback.extract_tb(one.__traceback__)[-_FRAMES_MAX:]]
    return [f"{_place_of(Path(frame.filename))}:{frame.lineno} {frame.name}" for frame in frames]


_PACKAGE = Path(__file__).parent


def _place_of(file: Path) -> str:
    """Name a file of ours from the room on, since many rooms have a file of one name; of others the name is enough."""
    return file.relative_to(_PACKAGE).as_posix() if file.is_relative_to(_PACKAGE) else file.name


def _line(_: object, __: str, event: Mapping[str, Any]) -> str:
    """Write an event as one line: level, message, timestamp, context."""
    rest = dict(event)
    line = {"level": rest.pop("level"), "message": rest.pop("event"), "timestamp": rest.pop("timestamp")}
    error = rest.pop("error", None)
    line["context"] = rest
    if error is not None:
        line["error"] = error
    return json.dumps(_safe(line), ensure_ascii=True)


def _safe(value: object, depth: int = 0) -> object:
    """Give a value as JSON has it: bounded, and without secrets; JSON itself spells line breaks out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return _bare(value)
    if depth < _DEPTH_MAX and isinstance(value, Mapping):
        return {_bare(str(name)): _safe(part, depth + 1) for name, part in value.items()}
    if depth < _DEPTH_MAX and isinstance(value, list | tuple):
        return [_safe(part, depth + 1) for part in value]
    return _bare(ascii(value))


def _bare(text: str) -> str:
    if text.isalnum():
        return text[:_LENGTH_MAX]  # each of the secrets has something in it that is neither letter nor digit
    return _known_bare(text) if len(text) <= _REMEMBERED_LENGTH_MAX else _scrub(text)


def _scrub(text: str) -> str:
    for secret, told in _SECRETS:
        text = secret.sub(told, text)
    return text[:_LENGTH_MAX]


_known_bare = lru_cache(maxsize=1024)(_scrub)
"""The same few names stand in line after line: routes, operations, actors."""
