"""The front: stands before the application, gives each request an id, bounds it, measures it and logs it."""

import logging
import os
from collections.abc import Sequence
from itertools import chain, count
from math import ceil
from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from onhand.api.entry.calls import RequestRecord, address_of, source_of
from onhand.api.http.limits import Limits, Rate
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.outgoing import GUARDS, guarded, send_answer
from onhand.api.http.pressure import Admission, Pressure
from onhand.api.http.problems import Problem, problem
from onhand.faults import Fault
from onhand.logs import Logger, tell

if TYPE_CHECKING:
    from litestar.types import HTTPScope

    from onhand.api.http.tracing import Tracing

_WATCHED = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Whoever watches the service is answered when it is full, too."""
_BROKEN = 500
_DENIED = frozenset({401, 403, 429})
"""Of these the log tells the address, too."""
_KNOWN_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"})
_ID_BYTES = 10
_SHED = Fault(code="OVERLOADED", message="Too many requests are under way.", retryable=True)
_TOO_MUCH = problem(_SHED, "*" * (2 * _ID_BYTES + 12))
_TURNED_AWAY = b"".join(
    [
        b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: %b\r\n" % _TOO_MUCH.media_type.encode(),
        b"content-length: %d\r\nretry-after: 1\r\n" % len(_TOO_MUCH.body),
        *[b"%b: %b\r\n" % guard for guard in GUARDS],
        b"x-request-id: %b\r\n\r\n",
        _TOO_MUCH.body.replace(b"%", b"%%").replace(b"*" * (2 * _ID_BYTES + 12), b"%b"),
    ]
)
"""
The whole answer to a request that is shed before it is read, as a template of bytes: only the request id is put in.

It stands in a header and in the body; asterisks as long as an id hold its place there while the length is computed.
"""
ADMISSION, SHED = "admission", "is_shed"
"""In the state of a request: that it was let in, or that it is to be shed."""


class Front:
    """Stands before the application."""

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        metrics: ServiceMetrics,
        logger: Logger | None = None,
        tracing: "Tracing | None" = None,
    ) -> None:
        """Stand before an application."""
        self.limits = limits
        self._inner = app
        self._metrics = metrics
        self.logger = logger
        self._tells_all = logger is not None and logger.is_enabled_for(logging.INFO)
        self._tracing = tracing
        self._in_flight = 0
        self._id, self._numbers = os.urandom(_ID_BYTES).hex(), count()
        """Ids of requests are unique: one number after the other, behind what chance gave this server."""
        metrics.in_flight.set_function(lambda: self._in_flight)
        self._addresses = Rate(limits.address_per_second)
        self.pressure = Pressure(limits.in_flight, limits.wait_milliseconds / 1000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if scope["type"] != "http":  # type: ignore[comparison-overlap]  # it is an enumeration of text
            await self._inner(scope, receive, send)
            return
        begun = perf_counter()
        told = RequestRecord(request_id=f"{self._id}{next(self._numbers):012x}")
        state = cast("dict[str, Any]", scope).setdefault("state", {})
        state["told"] = told
        if self._tracing is not None:
            told.trace = self._tracing.begin(cast("HTTPScope", scope), told)
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                _let_go(state)
                self._in_flight -= 1  # a stream lasts, and must take nobody's place
                status = message["status"]
                message["headers"] = _headers(told, message)
            await send(message)

        self._in_flight += 1
        try:
            refused = self._refused(scope)
            if refused is None:
                await self._inner(scope, receive, sending)
            else:
                state["error"] = refused
                await send_answer(sending, problem(refused, told.request_id))
        except Exception as error:  # noqa: BLE001 - the last edge: nobody gets a traceback, and the log does
            state["error"] = error
            if not status:
                await send_answer(sending, problem(error, told.request_id))
        finally:
            if not status:
                self._in_flight -= 1
            _let_go(state)
            self._tell(scope, told, status or _BROKEN, perf_counter() - begun)

    def _refused(self, scope: Any) -> Exception | None:  # noqa: ANN401 - a scope of the framework
        limits = self.limits
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.url_bytes:
            return Problem("URL_TOO_LONG", url_bytes_max=limits.url_bytes)
        if _size(scope["headers"]) > limits.header_bytes:
            return Problem("HEADERS_TOO_LARGE", header_bytes_max=limits.header_bytes)
        if scope["path"] in _WATCHED:
            return None
        most = limits.in_flight if scope["method"] != "GET" else max(1, limits.in_flight * 4 // 5)
        if self._in_flight > most or SHED in scope["state"]:
            return _SHED
        wait = self._addresses.take(source_of(scope))
        return Problem("RATE_LIMITED", retry_after=ceil(wait)) if wait else None

    def turn_away(self, *, is_question: bool) -> bytes:
        """Give the whole answer to a request that is shed before it is read; it is counted, and no line is written."""
        request_id = b"%b%012x" % (self._id.encode(), next(self._numbers))
        self._metrics.observe_request("GET" if is_question else "other", "other", _TOO_MUCH.status, 0)
        self._metrics.faults.labels(_SHED.code).inc()
        return _TURNED_AWAY % (request_id, request_id)

    def _tell(self, scope: Any, told: RequestRecord, status: int, seconds: float) -> None:  # noqa: ANN401 - a scope of the framework
        """Count a request, end its span, and write its line."""
        method = scope["method"] if scope["method"] in _KNOWN_METHODS else "other"
        route = told.route or "other"
        error = scope["state"].get("error")
        metrics = self._metrics
        metrics.observe_request(method, route, status, seconds)
        if told.trace is not None:
            told.trace.end(method, told, status, error)
        if isinstance(error, Fault):
            metrics.faults.labels(error.code).inc()
        elif error is not None:
            metrics.problems.labels(getattr(error, "code", "INTERNAL")).inc()
        if self.logger is None or (error is None and not self._tells_all):
            return
        context = {
            "request_id": told.request_id,
            "method": method,
            "route": route,
            "operation": told.operation,
            "org": told.org,
            "actor": told.actor,
            "status": status,
            "duration_ms": round(seconds * 1000, 3),
        }
        if status in _DENIED:
            context["address"] = address_of(scope)
        tell(self.logger, "request", context, error, status)


def _let_go(state: dict[str, Any]) -> None:
    """Count a request no more."""
    admission: Admission | None = state.pop(ADMISSION, None)
    if admission is not None:
        admission.end()


def _size(headers: Sequence[tuple[bytes, bytes]]) -> int:
    """Count the bytes of headers, with what parts and ends them."""
    return sum(map(len, chain.from_iterable(headers))) + 4 * len(headers)


def _headers(told: RequestRecord, message: Any) -> list[tuple[bytes, bytes]]:  # noqa: ANN401 - a message of the framework
    """Give the headers of an answer, with those that all have."""
    headers = guarded([*message.get("headers", ())])
    headers.append((b"x-request-id", told.request_id.encode()))
    if told.cookie is not None:
        headers.append((b"set-cookie", told.cookie.encode()))
    return headers
