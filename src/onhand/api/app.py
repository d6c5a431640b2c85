"""The application: routes become handlers of Litestar, and a front that measures, logs and guards stands before it."""

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from math import ceil
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from onhand.api.calls import Ledger, Ledgers, Told, address_of
from onhand.api.documents import DOCS_PAGE, openapi_document
from onhand.api.limits import Limits, Rate
from onhand.api.metrics import Metrics
from onhand.api.problems import Answer, Problem, problem
from onhand.api.routes import Route, find_routes
from onhand.api.serving import AnyRequest, Service
from onhand.api.waiting import within
from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.logs import Logger, tell

if TYPE_CHECKING:
    from litestar.enums import HttpMethod
    from litestar.types import HTTPScope

    from onhand.api.tracing import Tracing

_GUARDS = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"content-security-policy", b"default-src 'none'; style-src 'self'; frame-ancestors 'none'"),
)
"""Headers of every answer, unless it has its own."""
_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_WATCHED = frozenset({"/health/live", "/health/ready", "/metrics"})
"""Whoever watches the service is answered when it is full, too."""
_BROKEN = 500
_HEALTH_SECONDS = 60.0
"""So long the health of an org is not looked at again, however often the figures are asked for."""
_WEBHOOKS_MAX = 100
"""Of so many webhooks of an org there are figures."""
_DENIED = frozenset({401, 403, 429})
"""Of these the log tells the address, too."""


def create_app(
    ledgers: Ledgers,
    *,
    limits: Limits | None = None,
    metrics: Metrics | None = None,
    logger: Logger | None = None,
    metrics_token: str | None = None,
    tracing: "Tracing | None" = None,
) -> "Front":
    """
    Make the application.

    Args:
        ledgers: What is served.
        limits: The limits; the published ones unless told.
        metrics: Where figures are kept.
        logger: Gets one line for each request; nothing is logged without it.
        tracing: Makes spans; there are none without it.
        metrics_token: Whoever sends it may read /metrics; without it, only this machine.
    """
    chosen, figures = limits or Limits(), metrics or Metrics()
    service = Service(ledgers, chosen, figures)
    routes = find_routes()
    document = openapi_document(routes)

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await ledgers.close()

    app = Litestar(
        [
            *[_handler(service, route) for route in routes],
            *_open_handlers(service, document, metrics_token),
        ],
        openapi_config=None,
        exception_handlers={Exception: _unhandled},
        lifespan=[lifespan],
        request_max_body_size=None,
        logging_config=None,
    )
    return Front(app, service, logger, tracing)


def _handler(service: Service, route: Route) -> HTTPRouteHandler:
    """Make the handler of a route."""

    async def handle(request: Request[Any, Any, Any]) -> Response[Any]:
        told = cast("Told", request.scope["state"]["told"])
        try:
            answer = await service.answer(route, request, told)
        except (Refused, Problem, Fault) as error:
            answer = _problem(request.scope, error)
        except TimeoutError:
            fault = Fault(code="DATABASE_BUSY", message="The question took too long.", retryable=True)
            answer = _problem(request.scope, fault)
        return response_of(answer)

    path = "/".join(f"{{{part[1:-1]}:str}}" if part.startswith("{") else part for part in route.path.split("/"))
    method = cast("HttpMethod", route.method)
    return HTTPRouteHandler(path, http_method=method, status_code=200, name=f"{route.method} {route.path}")(handle)


def response_of(answer: Any) -> Response[Any]:  # noqa: ANN401 - an answer, or a response that streams
    """Give an answer to the framework."""
    if not isinstance(answer, Answer):
        return cast("Response[Any]", answer)
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type, headers=answer.headers)


def _problem(scope: Any, error: Exception) -> Answer:  # noqa: ANN401 - a scope of the framework
    """Answer with a problem, and leave the error for the log."""
    scope["state"]["error"] = error
    return problem(error, scope["state"]["told"].request_id)


def _unhandled(request: AnyRequest, error: Exception) -> Response[Any]:
    """Answer what no handler answered: an address that is not there, or a defect of ours."""
    status = error.status_code if isinstance(error, HTTPException) else _BROKEN
    known = {404: "ROUTE_NOT_FOUND", 405: "METHOD_NOT_ALLOWED"}.get(status)
    if known is None and status < _BROKEN:
        known = "ROUTE_NOT_FOUND"
    answer = _problem(request.scope, error if known is None else Problem(known))
    told: dict[str, str] = getattr(error, "headers", None) or {}
    headers = {name: value for name, value in told.items() if name.lower() == "allow"}
    return response_of(answer._replace(headers={**answer.headers, **headers}))


async def _look_at(metrics: Metrics, org_id: int, ledger: Ledger, judged: dict[int, float]) -> None:
    """Note the figures of an org, and its health where that was not looked at lately."""
    await within(2, _note(metrics, org_id, ledger))
    if monotonic() >= judged.get(org_id, 0.0):
        metrics.observe_health(org_id, await within(5, ledger.stock.health()))
        judged[org_id] = monotonic() + _HEALTH_SECONDS


async def _note(metrics: Metrics, org_id: int, ledger: Ledger) -> None:
    """Note the figures of an org."""
    head, alerts = await ledger.stock.head(), await ledger.stock.alert_counts()
    metrics.observe_org(org_id, head.number, alerts)
    metrics.observe_sites(org_id, (await ledger.stock.metrics()).sites)
    webhooks = await ledger.stock.reading.webhooks.webhooks(None, 0, _WEBHOOKS_MAX)
    metrics.webhooks.observe(org_id, head.number, webhooks)


def _open_handlers(service: Service, document: bytes, metrics_token: str | None) -> Sequence[HTTPRouteHandler]:
    """Make the handlers that need no key: health, figures and documentation."""
    judged: dict[int, float] = {}

    async def live(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(b'{"status":"live"}', media_type="application/json")

    async def ready(request: Request[Any, Any, Any]) -> Response[Any]:
        try:
            await within(5, service.ledgers.ping())
        except (Fault, TimeoutError) as error:
            service.metrics.healthy.set(0)
            fault = (
                error
                if isinstance(error, Fault) and error.retryable
                else Fault(code="DATABASE_UNREACHABLE", message="The database does not answer.", retryable=True)
            )
            return response_of(_problem(request.scope, fault))
        service.metrics.healthy.set(1)
        return Response(b'{"status":"ready"}', media_type="application/json")

    async def figures(request: Request[Any, Any, Any]) -> Response[Any]:
        if metrics_token is None:
            client = request.scope.get("client")
            allowed = client is None or client[0] in _LOOPBACK or client[0] == ""
        else:
            presented = request.headers.get("authorization", "").encode()
            allowed = hmac.compare_digest(presented, f"Bearer {metrics_token}".encode())
        if not allowed:
            return response_of(_problem(request.scope, Problem("UNAUTHENTICATED")))
        for org_id, ledger in service.ledgers.opened().items():
            with suppress(Fault, TimeoutError):
                await _look_at(service.metrics, org_id, ledger, judged)
        return Response(service.metrics.text(), media_type="text/plain; version=0.0.4")

    async def described(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(document, media_type="application/json")

    async def page(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(DOCS_PAGE(document), media_type="text/html; charset=utf-8")

    async def style(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(STYLE, media_type="text/css; charset=utf-8")

    handlers = {
        "/health/live": live,
        "/health/ready": ready,
        "/metrics": figures,
        "/openapi.json": described,
        "/docs": page,
        "/docs/style.css": style,
    }
    return [HTTPRouteHandler(path, http_method="GET")(function) for path, function in handlers.items()]


STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}code,pre{background:#eee}"
    "pre{overflow:auto;padding:.5em}summary{cursor:pointer}td,th{text-align:left;padding:.1em .8em .1em 0}"
)


class Front:
    """Stands before the application: gives each request an id, bounds it, measures it and logs it."""

    def __init__(
        self, app: Litestar, service: Service, logger: Logger | None, tracing: "Tracing | None" = None
    ) -> None:
        """Stand before an application."""
        self.app = app
        self.limits = service.limits
        self._inner: ASGIApp = app
        self._service = service
        self._logger = logger
        self._tracing = tracing
        self._in_flight = 0
        self._addresses = Rate(service.limits.address_per_second)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        if str(scope["type"]) != "http":
            await self._inner(scope, receive, send)
            return
        request_id = uuid4().hex
        told = Told(request_id=request_id)
        state = cast("dict[str, Any]", scope).setdefault("state", {})
        state["told"] = told
        if self._tracing is not None:
            told.trace = self._tracing.begin(cast("HTTPScope", scope), told)
        begun = perf_counter()
        status = _BROKEN
        is_begun = False

        async def sending(message: Message) -> None:
            nonlocal status, is_begun
            if message["type"] == "http.response.start":
                is_begun = True
                status = message["status"]
                headers = list(message.get("headers", ()))
                present = {name.lower() for name, _ in headers}
                headers += [guard for guard in _GUARDS if guard[0] not in present]
                headers.append((b"x-request-id", request_id.encode()))
                if told.cookie is not None:
                    headers.append((b"set-cookie", told.cookie.encode()))
                message["headers"] = headers
            await send(message)

        metrics = self._service.metrics
        self._in_flight += 1
        metrics.in_flight.set(self._in_flight)
        try:
            refused = self._refused(scope)
            if refused is not None:
                state["error"] = refused
                await _send(sending, problem(refused, request_id))
            else:
                await self._inner(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - the last edge: nobody gets a traceback, and the log does
            state["error"] = error
            if not is_begun:
                await _send(sending, problem(error, request_id))
        finally:
            self._in_flight -= 1
            metrics.in_flight.set(self._in_flight)
            self._tell(scope, told, status, perf_counter() - begun, state.get("error"))

    def _refused(self, scope: Any) -> Exception | None:  # noqa: ANN401 - a scope of the framework
        limits = self._service.limits
        if len(scope["raw_path"]) + len(scope["query_string"]) > limits.url_bytes:
            return Problem("URL_TOO_LONG", url_bytes_max=limits.url_bytes)
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > limits.header_bytes:
            return Problem("HEADERS_TOO_LARGE", header_bytes_max=limits.header_bytes)
        if scope["path"] in _WATCHED:
            return None
        most = limits.in_flight if scope["method"] != "GET" else max(1, limits.in_flight * 4 // 5)
        if self._in_flight > most:
            return Fault(code="OVERLOADED", message="Too many requests are under way.", retryable=True)
        wait = self._addresses.take(address_of(scope))
        return Problem("RATE_LIMITED", retry_after=ceil(wait)) if wait else None

    def _tell(self, scope: Any, told: Told, status: int, seconds: float, error: Exception | None) -> None:  # noqa: ANN401 - a scope of the framework
        metrics, method = self._service.metrics, scope["method"]
        known = method if method in {"GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"} else "other"
        route = told.route or "other"
        metrics.observe_request(known, route, status, seconds)
        if told.trace is not None:
            told.trace.end(known, told, status, error)
        if isinstance(error, Fault):
            metrics.faults.labels(error.code).inc()
        elif error is not None:
            metrics.problems.labels(getattr(error, "code", "INTERNAL")).inc()
        if self._logger is None:
            return
        context = {
            "request_id": told.request_id,
            "method": known,
            "route": route,
            "operation": told.operation,
            "org": told.org,
            "actor": told.actor,
            "status": status,
            "duration_ms": round(seconds * 1000, 3),
        }
        if status in _DENIED:
            context["address"] = address_of(scope)
        tell(self._logger, "request", context, error, status)


async def _send(send: Callable[[Any], Awaitable[None]], answer: Answer) -> None:
    headers = {"content-type": answer.media_type, "content-length": str(len(answer.body)), **answer.headers}
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})
    await send({"type": "http.response.body", "body": answer.body, "more_body": False})
