"""
Traces, for OpenTelemetry: a span for each request, for the batch that executes it, and for the transaction of that.

A batch executes the commands of many requests, so it stands below the first of them and links to all. Without the extra
`telemetry`, or without being asked for, there are none and they cost nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
from opentelemetry.trace import (
    Link,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    get_tracer_provider,
    set_span_in_context,
)
from opentelemetry.trace import (
    TracerProvider as AnyProvider,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from onhand.api.entry.calls import RequestRecord
from onhand.faults import Fault
from onhand.ledger.engine.observing import Executed

if TYPE_CHECKING:
    from litestar.types import HTTPScope

_BROKEN = 500


class Tracing:
    """Makes the spans of one server."""

    def __init__(self, provider: AnyProvider) -> None:
        """Make them by a provider, which says where they go."""
        self._tracer = provider.get_tracer("onhand")
        self._incoming = TraceContextTextMapPropagator()
        self._waiting: dict[int, Span] = {}

    def begin(self, scope: "HTTPScope", told: RequestRecord) -> "Trace":
        """Begin the span of a request, below the caller's where he tells it."""
        carrier = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"] if name in _INCOMING
        }
        above = self._incoming.extract(carrier) if carrier else Context()
        span = self._tracer.start_span(scope["method"], context=above, kind=SpanKind.SERVER)
        span.set_attribute("onhand.request_id", told.request_id)
        return Trace(self._waiting, span)

    def executed(self, executed: Executed) -> None:
        """Make the spans of a batch and of its transactions, below those of the requests that it executed."""
        found = [self._waiting.pop(id(request.command), None) for request in executed.requests]
        spans = list(dict.fromkeys(span for span in found if span is not None))
        contexts: list[SpanContext] = [span.get_span_context() for span in spans]
        batch = self._tracer.start_span(
            "batch",
            context=set_span_in_context(spans[0], Context()) if spans else Context(),
            links=[Link(context) for context in contexts],
            attributes={"onhand.commands": len(executed.requests)},
            start_time=executed.span.begun,
        )
        for commit in executed.commits:
            below = set_span_in_context(batch, Context())
            transaction = self._tracer.start_span("transaction", context=below, start_time=commit.begun)
            transaction.end(end_time=commit.ended)
        batch.end(end_time=executed.span.ended)


_INCOMING = frozenset({b"traceparent", b"tracestate"})


class Trace:
    """The span of one request."""

    def __init__(self, waiting: dict[int, Span], span: Span) -> None:
        self._waiting = waiting
        self.span = span

    def handed_in(self, commands: Sequence[object]) -> None:
        """Let the batch that will execute commands be found by them."""
        for command in commands:
            self._waiting[id(command)] = self.span

    def answered(self, commands: Sequence[object]) -> None:
        """Forget commands that no batch has executed."""
        for command in commands:
            self._waiting.pop(id(command), None)

    def end(self, method: str, told: RequestRecord, status: int, error: Exception | None) -> None:
        """End it, with what became of the request."""
        attributes: Mapping[str, Any] = {
            "http.request.method": method,
            "http.route": told.route,
            "http.response.status_code": status,
            "onhand.operation": told.operation,
            "onhand.org": told.org,
            "error.type": getattr(error, "code", None if error is None else "INTERNAL"),
        }
        self.span.update_name(f"{method} {told.route}".strip())
        for name, value in attributes.items():
            if value not in (None, ""):
                self.span.set_attribute(name, value)
        if status >= _BROKEN:
            self.span.set_status(Status(StatusCode.ERROR))
        self.span.end()


def _console() -> AnyProvider:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(ConsoleSpanExporter()))
    return provider


_PROVIDERS: Mapping[str, Callable[[], AnyProvider]] = {"console": _console, "global": get_tracer_provider}


def open_tracing(told: str) -> Tracing:
    """
    Make the spans that a setting asks for.

    Args:
        told: "console" prints each span; "global" hands them to the provider that the program was started with, as
            `opentelemetry-instrument` does.

    Raises:
        Fault: SETTING_INVALID.
    """
    if told not in _PROVIDERS:
        message = f"ONHAND_TRACES is {told[:40]!a}; it is one of {' and '.join(_PROVIDERS)}."
        raise Fault(code="SETTING_INVALID", message=message, retryable=False)
    return Tracing(_PROVIDERS[told]())
