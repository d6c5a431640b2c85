"""
The service over HTTP: one-line sales at 64 connections beside the same server answering an empty POST.

    python -m bench.rest

`make bench` runs it after the others. Both run in one process each, on one event loop of the same kind; neither logs
what went well, rounds alternate, and what counts is their ratio.
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import onhand
from onhand import embedded
from onhand.credentials.keys import make_key

CONNECTIONS = 64
RATIO, P99_MS = 0.5, 40.0
"""The goals: half of what an empty POST does, and nobody waits longer."""
RESULTS = Path(__file__).parent / "results.json"
ROUNDS = 5
SECONDS = 4.0
_PROGRAM = str(Path(sys.executable).with_name("onhand"))
_EMPTY = """
import sys

import uvicorn
from litestar import Litestar, post, Response

@post("/", status_code=200)
async def empty() -> Response[bytes]:
    return Response(b"{}", media_type="application/json")

class Announcing(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        port = self.servers[0].sockets[0].getsockname()[1]
        print(f"serves at http://127.0.0.1:{port};", file=sys.stderr, flush=True)

app = Litestar([empty], openapi_config=None, logging_config=None)
config = uvicorn.Config(app, port=0, loop="uvloop", log_config=None, access_log=False, server_header=False)
Announcing(config).run()
"""


class Round(NamedTuple):
    """What one round came to: answers a second, and the 50th and 99th percentile in milliseconds."""

    rate: float
    p50: float
    p99: float


async def load(port: int, request: bytes, prefix: str) -> Round:
    """Ask on all connections, one request after the other on each, for some seconds."""
    taken: list[float] = []
    end = time.perf_counter() + SECONDS

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        count = 0
        while (begun := time.perf_counter()) < end:
            count += 1
            writer.write(request.replace(b"@KEY@", f"{prefix}-{number:02}-{count:07}".encode()))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                raise RuntimeError(head.decode())
            length = re.search(rb"content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            taken.append(time.perf_counter() - begun)
        writer.close()

    await asyncio.gather(*(one(number) for number in range(CONNECTIONS)))
    taken.sort()
    return Round(len(taken) / SECONDS, 1000 * taken[len(taken) // 2], 1000 * taken[len(taken) * 99 // 100])


@contextmanager
def started(command: list[str], environment: Mapping[str, str]) -> Iterator[int]:
    """Run a server; gives its port."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=dict(environment), stderr=log)
        try:
            port = None
            while port is None and process.poll() is None:
                time.sleep(0.05)
                found = re.search(rb"serves at http://[^:]+:(\d+);", os.pread(log.fileno(), 10_000, 0))
                port = None if found is None else int(found[1])
            if port is None:
                raise RuntimeError(os.pread(log.fileno(), 10_000, 0).decode())
            yield port
        finally:
            process.terminate()
            process.wait()


def request_of(key: str, body: Mapping[str, object], path: str) -> bytes:
    """Write a request; the key of each is filled in."""
    content = json.dumps(body).encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nIdempotency-Key: @KEY@\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        home = Path(folder) / "home"
        with onhand.connect_sync(home=home) as stock:
            key = make_key(stock.org_id)
            stock.define(sites=["london"], items=["A"], key="define")
            stock.receive(site="london", lines=[("A", 1_000_000_000)], key="po")
            stock.accounts.create_key(name="bench", role="clerk", key_hash=key.key_hash, key="key")
        limits = {"ONHAND_LIMIT_KEY_PER_SECOND": "1000000", "ONHAND_LIMIT_ORG_PER_SECOND": "1000000"}
        environment = {**os.environ, "ONHAND_HOME": str(home), "ONHAND_LOG": "error", **limits}
        sale = request_of(key.text, {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}, "/api/sales")
        try:
            with (
                started([_PROGRAM, "serve", "--port", "0"], environment) as service,
                started([sys.executable, "-c", _EMPTY], os.environ) as empty,
            ):
                figures = asyncio.run(measure(service, sale, empty))
        finally:
            embedded.down(home)
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    results["rest"] = figures
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


async def measure(service: int, sale: bytes, empty: int) -> dict[str, Any]:
    """Alternate the two, print medians and their ratio, and give them as they are kept."""
    sales, nothings = [], []
    nothing = request_of("none", {}, "/")
    for number in range(ROUNDS + 1):
        nothings.append(await load(empty, nothing, f"e{number}"))
        sales.append(await load(service, sale, f"s{number}"))
        print(f"round {number}: sale {sales[-1]}, empty {nothings[-1]}")
    sale_median, empty_median = _median(sales[1:]), _median(nothings[1:])
    ratio = sale_median.rate / empty_median.rate
    print(f"sales {sale_median.rate:.0f}/s, empty {empty_median.rate:.0f}/s, p99 {sale_median.p99:.1f} ms")
    goals = [
        {"figure": "ratio", "value": round(ratio, 3), "at_least": RATIO, "reach_for": 0.7, "met": ratio >= RATIO},
        {"figure": "p99_ms", "value": round(sale_median.p99, 1), "at_most": P99_MS, "met": sale_median.p99 <= P99_MS},
    ]
    for goal in goals:
        print(f"{goal['figure']} {goal['value']}: {'met' if goal['met'] else 'missed'}")
    return {
        "title": f"one-line sales over HTTP, {CONNECTIONS} connections, beside an empty POST",
        "sale": sale_median._asdict(),
        "empty": empty_median._asdict(),
        "goals": goals,
    }


def _median(rounds: Sequence[Round]) -> Round:
    return Round(*(round(statistics.median(figures), 3) for figures in zip(*rounds, strict=True)))


if __name__ == "__main__":
    main()
