"""What needs no key: whether the service lives and is ready, its figures, and its documentation."""

import gzip
import hmac
import re
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from time import monotonic
from typing import Any

from litestar import Request, Response
from litestar.handlers import HTTPRouteHandler

from onhand.api.entry.calls import ServedLedger
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.outgoing import problem_of, response_of
from onhand.api.http.problems import Problem
from onhand.api.http.timeouts import Shared, within
from onhand.api.openapi.docs_page import STYLE, docs_page
from onhand.api.routes.dispatch import Service
from onhand.faults import Fault

_LOOPBACK = frozenset({"127.0.0.1", "::1"})
_HEALTH_SECONDS = 60.0
"""So long the health of an org is not looked at again, however often the figures are asked for."""
_WEBHOOKS_MAX = 100
"""Of so many webhooks of an org there are figures."""
_GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:,|$|;\s*q=(?:1|0\.\d*[1-9]))", re.IGNORECASE)
"""Accept-Encoding of whoever takes gzip; with q=0 he does not."""


def public_handlers(service: Service, document: bytes, metrics_token: str | None) -> Sequence[HTTPRouteHandler]:
    """Make the handlers that need no key: health, figures and documentation."""
    judged: dict[int, float] = {}
    pulse = Shared(lambda: within(5, service.ledgers.ping()))  # anybody may ask, as often as he likes

    async def live(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(b'{"status":"live"}', media_type="application/json")

    async def ready(request: Request[Any, Any, Any]) -> Response[Any]:
        try:
            await pulse.result()
        except (Fault, TimeoutError) as error:
            service.metrics.healthy.set(0)
            fault = (
                error
                if isinstance(error, Fault) and error.retryable
                else Fault(code="DATABASE_UNREACHABLE", message="The database does not answer.", retryable=True)
            )
            return response_of(problem_of(request.scope, fault))
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
            return response_of(problem_of(request.scope, Problem("UNAUTHENTICATED")))
        for org_id, ledger in service.ledgers.opened().items():
            with suppress(Fault, TimeoutError):
                await _look_at(service.metrics, org_id, ledger, judged)
        return Response(service.metrics.text(), media_type="text/plain; version=0.0.4")

    async def described(request: Request[Any, Any, Any]) -> Response[Any]:
        return _packed(request, document, "application/json")

    async def page(request: Request[Any, Any, Any]) -> Response[Any]:
        return _packed(request, docs_page(document), "text/html")

    async def style(request: Request[Any, Any, Any]) -> Response[Any]:
        del request
        return Response(STYLE, media_type="text/css")

    handlers = {
        "/health/live": live,
        "/health/ready": ready,
        "/metrics": figures,
        "/openapi.json": described,
        "/docs": page,
        "/docs/style.css": style,
    }
    return [HTTPRouteHandler(path, http_method="GET")(function) for path, function in handlers.items()]


@cache
def _pack(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def _packed(request: Request[Any, Any, Any], body: bytes, media_type: str) -> Response[Any]:
    """Answer with what is large and always the same: packed, once, for whoever takes it so."""
    headers = {"Vary": "Accept-Encoding"}
    if _GZIP.search(request.headers.get("accept-encoding", "")) is None:
        return Response(body, media_type=media_type, headers=headers)
    return Response(_pack(body), media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


async def _look_at(metrics: ServiceMetrics, org_id: int, ledger: ServedLedger, judged: dict[int, float]) -> None:
    """Note the figures of an org, and its health where that was not looked at lately."""
    await within(2, _note(metrics, org_id, ledger))
    if monotonic() >= judged.get(org_id, 0.0):
        metrics.observe_health(org_id, await within(5, ledger.stock.recipes.health()))
        judged[org_id] = monotonic() + _HEALTH_SECONDS


async def _note(metrics: ServiceMetrics, org_id: int, ledger: ServedLedger) -> None:
    """Note the figures of an org."""
    head, alerts = await ledger.stock.head(), await ledger.stock.lots.count_alerts()
    metrics.observe_org(org_id, head.number, alerts)
    metrics.observe_sites(org_id, (await ledger.stock.recipes.metrics()).sites)
    webhooks = (await ledger.stock.webhooks.list(limit=_WEBHOOKS_MAX)).rows
    metrics.webhooks.observe(org_id, head.number, webhooks)
