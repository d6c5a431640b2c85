"""The application: the routes, by their paths, become handlers of Litestar; a front stands before it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException
from litestar.handlers import ASGIRouteHandler
from litestar.types import Receive, Scope, Send

from onhand.api.entry.calls import ServedLedgers
from onhand.api.http.admission import Front
from onhand.api.http.incoming import ROOT, Incoming
from onhand.api.http.limits import Limits
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.outgoing import problem_of, response_of, send_answer
from onhand.api.http.problems import HttpAnswer, Problem
from onhand.api.http.router import Router
from onhand.api.openapi.openapi import openapi_document
from onhand.api.public import public_handlers
from onhand.api.routes.dispatch import Service
from onhand.api.routes.routes import Route, find_routes
from onhand.faults import Fault
from onhand.kernel.refusals import Refused
from onhand.logs import Logger

if TYPE_CHECKING:
    from litestar.types import HTTPScope

    from onhand.api.http.tracing import Tracing

_NO_METHOD, _BROKEN = 405, 500


def create_app(
    ledgers: ServedLedgers,
    *,
    limits: Limits | None = None,
    metrics: ServiceMetrics | None = None,
    logger: Logger | None = None,
    metrics_token: str | None = None,
    tracing: "Tracing | None" = None,
) -> Front:
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
    chosen, figures = limits or Limits(), metrics or ServiceMetrics()
    service = Service(ledgers, chosen, figures)
    routes = find_routes()

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await ledgers.close()

    app = Litestar(
        [
            _mount(service, routes),
            *public_handlers(service, openapi_document(routes), metrics_token),
        ],
        openapi_config=None,
        exception_handlers={Exception: _unhandled},
        lifespan=[lifespan],
        request_max_body_size=None,
        logging_config=None,
    )
    return Front(app, chosen, figures, logger, tracing)


def _mount(service: Service, routes: Sequence[Route]) -> ASGIRouteHandler:
    """Make the handler of all routes; it talks to the server itself: a response object costs as much as a sale."""
    router = Router(routes)

    async def handle(scope: Scope, receive: Receive, send: Send) -> None:
        incoming = Incoming(cast("HTTPScope", scope), receive)
        answer = await _answer(service, router, incoming)
        if isinstance(answer, HttpAnswer):
            await send_answer(send, answer)
        else:
            request: Request[Any, Any, Any] = Request(scope, receive, send)
            await answer.to_asgi_response(app=None, request=request)(scope, receive, send)

    return ASGIRouteHandler(ROOT, is_mount=True, copy_scope=False)(handle)


async def _answer(service: Service, router: Router, incoming: Incoming) -> Any:  # noqa: ANN401 - a stream is no answer
    """Answer a request, whatever goes wrong."""
    try:
        route, in_path = router.find(incoming.path, incoming.method)
        return await service.answer(route, in_path, incoming, incoming.scope["state"]["told"])
    except (Refused, Problem, Fault) as error:
        return problem_of(incoming.scope, error)
    except TimeoutError:
        fault = Fault(code="DATABASE_BUSY", message="The question took too long.", retryable=True)
        return problem_of(incoming.scope, fault)


def _unhandled(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Answer what no handler answered: an address that is not there, or a defect of ours."""
    status = error.status_code if isinstance(error, HTTPException) else _BROKEN
    told = {name.lower(): value for name, value in (getattr(error, "headers", None) or {}).items()}
    if status == _NO_METHOD:
        error = Problem("METHOD_NOT_ALLOWED", allow=told.get("allow"))
    elif status < _BROKEN:
        error = Problem("ROUTE_NOT_FOUND")
    return response_of(problem_of(request.scope, error))
