"""What both clients have in common: what is sent, what an answer means, and when to try again."""

import json
import random
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote
from uuid import uuid4

import httpx

Answer = Mapping[str, Any]
"""An answer as JSON; quantities are plain decimals in text."""

ATTEMPTS_MAX = 6
_IN_PATH = re.compile(r"\{(\w+)\}")
_BACKOFF_SECONDS, _BACKOFF_SECONDS_MAX = 0.1, 5.0
_RETRYABLE = frozenset({408, 429, 502, 503, 504})
_PROBLEMS_FROM = 400


class Event(NamedTuple):
    """A posting of the live stream; a reader goes on after `number`."""

    number: int
    posting: Answer


class ServiceProblem(Exception):  # noqa: N818 - the vocabulary of the web says problem
    """
    The service said no, or could not: a stable code, the facts, and whether a retry can help.

    `code` is that of the catalogue of refusals where a rule refused.
    """

    def __init__(self, status: int, code: str, detail: str, facts: Mapping[str, Any]) -> None:
        super().__init__(f"{code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.facts = facts

    @property
    def retryable(self) -> bool:
        """Whether the same call can succeed later, with the same key."""
        return self.status in _RETRYABLE


class Sent(NamedTuple):
    """A request as it goes out, the same at each attempt."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes | None


def writing(method: str, path: str, body: Answer, *, key: str, dry_run: bool, version: int | None) -> Sent:
    """Prepare a write under its key."""
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    query = {"dry_run": "true"} if dry_run else {}
    return Sent(method, path, query, headers, json.dumps(body, default=_text).encode())


def asking(path: str, query: Mapping[str, object]) -> Sent:
    """Prepare a question; what is None is not asked."""
    told = {name: _text(value) for name, value in query.items() if value is not None}
    return Sent("GET", path, told, {}, None)


def written(method: str, address: str, told: Mapping[str, Any]) -> Sent:
    """
    Prepare a write out of what its verb is told: what the address names, the headers, and the body.

    A key is made up where none is told: the retries of this call have the same one, and another call has another.
    """
    path, rest = _filled(address, told)
    key = rest.pop("key", None) or str(uuid4())
    dry_run, version = rest.pop("dry_run", False), rest.pop("if_match", None)
    return writing(method, path, rest, key=key, dry_run=dry_run, version=version)


def asked(address: str, told: Mapping[str, Any]) -> Sent:
    """Prepare a question out of what its verb is told."""
    return asking(*_filled(address, told))


def _filled(address: str, told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Fill an address in; gives what it does not name, too, without what is None."""
    rest = {name: value for name, value in told.items() if value is not None}
    path = _IN_PATH.sub(lambda found: _part(_text(rest.pop(found[1]))), address)
    return path, rest


def _part(name: str) -> str:
    """Write a name as one part of a path: `..` would be followed, and without a name the address is another one."""
    if not name:
        raise ValueError("a name in an address is empty")
    return name.replace(".", "%2E") if name in {".", ".."} else quote(name, safe="")


def read(response: httpx.Response) -> Any:  # noqa: ANN401 - whatever the route answers
    """Read an answer; raises ServiceProblem."""
    if response.status_code < _PROBLEMS_FROM:
        return response.json()
    try:
        told = response.json()
    except ValueError:
        told = {}
    raise ServiceProblem(
        response.status_code,
        str(told.get("code", "UNKNOWN")),
        str(told.get("detail", response.reason_phrase)),
        told.get("facts") or {},
    )


def is_worth_another(response: httpx.Response) -> bool:
    """Tell whether the same request may succeed later."""
    return response.status_code in _RETRYABLE


def wait_seconds(attempt: int, response: httpx.Response | None) -> float:
    """Give how long to wait before the next attempt: as long as the service says, or longer after each."""
    told = "" if response is None else response.headers.get("retry-after", "")
    if told.isdecimal():
        return min(float(told), _BACKOFF_SECONDS_MAX)
    longest: float = min(_BACKOFF_SECONDS * 2**attempt, _BACKOFF_SECONDS_MAX)
    return random.uniform(longest / 2, longest)  # noqa: S311 - spreads load, keeps no secret


class EventReader:
    """Puts the lines of a stream together to events."""

    def __init__(self) -> None:
        self._number = 0

    def take(self, line: str) -> Event | None:
        """Take a line; gives an event where one is whole."""
        name, _, value = line.partition(": ")
        if name == "id":
            self._number = int(value)
        elif name == "data":
            return Event(self._number, json.loads(value))
        return None


def _text(value: object) -> str:
    """Write a value as the service reads it: decimals plainly, moments with a T, lists with commas."""
    match value:
        case bool():
            return str(value).lower()
        case Decimal():
            return f"{value:f}"
        case date():  # a datetime is one
            return value.isoformat()
        case list() | tuple():
            return ",".join(_text(part) for part in value)
        case _:
            return str(value)
