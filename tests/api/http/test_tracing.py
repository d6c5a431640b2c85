"""Traces: a span for each request, for the batch that executes it, and for its transaction."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any, cast

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import onhand
from onhand.api.app import create_app
from onhand.api.http.metrics import ServiceMetrics
from onhand.api.http.tracing import Tracing, open_tracing
from onhand.bootstrap import open_ledgers
from onhand.config import Config
from onhand.credentials.keys import make_key
from onhand.faults import Fault
from tests.conftest import TestDatabase

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": 1}]}


class Traced:
    """A service in this process, and the spans that it made."""

    def __init__(self, caller: httpx.AsyncClient, exporter: InMemorySpanExporter, tracing: Tracing) -> None:
        self.caller = caller
        self.tracing = tracing
        self._exporter = exporter

    async def sell(self, key: str, **headers: str) -> int:
        """Sell one."""
        told = {"Idempotency-Key": key, **headers}
        return (await self.caller.post("/api/sales", json=SALE, headers=told)).status_code

    def spans(self, name: str) -> list[ReadableSpan]:
        """The spans of a name that are over."""
        return [span for span in self._exporter.get_finished_spans() if span.name == name]


@pytest.fixture
async def traced(database: TestDatabase) -> AsyncIterator[Traced]:
    """A traced service with goods."""
    key = make_key(1)
    async with onhand.connect(database.engine_url) as stock:
        await stock.define(sites=["london"], items=["A"], key="define")
        await stock.receive(site="london", lines=[("A", 100)], key="po-1")
        await stock.accounts.create_key(name="till", role="clerk", key_hash=key.key_hash, key="key")
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing = Tracing(provider)
    ledgers = await open_ledgers(Config(database_url=database.engine_url), tracing.executed)
    front = create_app(ledgers, metrics=ServiceMetrics(), tracing=tracing)
    transport = httpx.ASGITransport(app=cast("Any", front))
    headers = {"Authorization": f"Bearer {key.text}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as caller:
        yield Traced(caller, exporter, tracing)
    await ledgers.close()


def _id(span: ReadableSpan) -> int:
    context = span.get_span_context()
    assert context is not None
    return context.span_id


async def test_a_request_its_batch_and_its_transaction_are_one_trace(traced: Traced) -> None:
    """Request, batch, transaction: each stands below the one before, in the trace that the caller began."""
    above = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    status = await traced.sell("s-1", traceparent=above)
    (request,), (batch,), (transaction,) = (traced.spans(name) for name in ("POST /api/sales", "batch", "transaction"))

    assert status == 201
    assert request.parent is not None
    assert request.parent.span_id == 0xB7AD6B7169203331
    assert batch.parent is not None
    assert batch.parent.span_id == _id(request)
    assert transaction.parent is not None
    assert transaction.parent.span_id == _id(batch)
    assert {span.get_span_context().trace_id for span in (request, batch, transaction)} == {  # type: ignore[union-attr]  # each has one
        0x0AF7651916CD43DD8448EB211C80319C
    }
    told = dict(request.attributes or {})
    assert (told["http.route"], told["http.response.status_code"], told["onhand.operation"]) == (
        "/api/sales",
        201,
        "sell",
    )
    assert (batch.start_time or 0) <= (transaction.start_time or 0) <= (transaction.end_time or 0)
    assert (transaction.end_time or 0) <= (batch.end_time or 0)


async def test_a_batch_links_to_all_whom_it_served(traced: Traced) -> None:
    """Of requests that come together each is found from its batch, once; a retry has no transaction of its own."""
    statuses = await asyncio.gather(*(traced.sell(f"s-{number}") for number in range(16)))
    requests = {_id(span) for span in traced.spans("POST /api/sales")}
    linked = [link.context.span_id for batch in traced.spans("batch") for link in batch.links]

    assert statuses == [201] * 16
    assert sorted(linked) == sorted(requests)
    assert len(traced.spans("batch")) < 16
    assert not traced.tracing._waiting, "nothing is kept of what is answered"  # noqa: SLF001 - it is what is tested


async def test_a_refused_request_has_its_code(traced: Traced) -> None:
    """What was refused is told by its code, and what a span holds is no secret."""
    answer = await traced.caller.get("/api/me", headers={"Authorization": "Bearer ohk_live_1_secret"})
    (span,) = traced.spans("GET /api/me")

    assert answer.status_code == 401
    assert dict(span.attributes or {})["error.type"] == "UNAUTHENTICATED"
    assert "secret" not in span.to_json()


def test_an_unknown_setting_is_refused() -> None:
    """The service does not start with traces that lead nowhere."""
    with pytest.raises(Fault) as caught:
        open_tracing("nowhere")

    assert caught.value.code == "SETTING_INVALID"
    assert isinstance(open_tracing("global"), Tracing)
    assert isinstance(open_tracing("console"), Tracing)


@pytest.mark.parametrize("asked", ["", "console"])
def test_without_the_extra_there_are_none(database: TestDatabase, asked: str) -> None:
    """Nothing of it is loaded unless it is asked for; asked for without the extra, the service says what is missing."""
    script = (
        "import asyncio, json, sys\n"
        "sys.modules['opentelemetry'] = None\n"
        "from onhand.bootstrap import create_service\n"
        "from onhand.config import Config\n"
        "from onhand.faults import Fault\n"
        "try:\n"
        "    asyncio.run(create_service(Config.from_environment()))\n"
        "    print(json.dumps('served'))\n"
        "except Fault as fault:\n"
        "    print(json.dumps(fault.message))\n"
    )
    environment = {"ONHAND_DATABASE_URL": database.engine_url, "ONHAND_TRACES": asked}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    told: Any = json.loads(done.stdout)

    assert told == "served" if not asked else "onhand[telemetry]" in told
