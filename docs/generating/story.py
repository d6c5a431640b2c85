# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The story of the service's examples: told to a service that runs, and recorded so that two runs read the same."""

import asyncio
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec

from onhand.api.openapi.examples import BROWSER, Example, find_examples, request_of
from onhand.api.routes.routes import Door
from onhand.bootstrap import create_org, open_ledger
from onhand.config import Config
from onhand.credentials.keys import make_key
from onhand.credentials.passwords import define_user_with_password

PASSWORD = "correct horse battery staple"  # noqa: S105 - the one of the story, as everybody may read
_WAIT_SECONDS_MAX = 10
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")
_NOW, _TODAY = "2026-01-31T09:30:00+00:00", "2026-01-31"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b(?!T)")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_CHANCE: Mapping[str, object] = {
    "after": "eyJ...",
    "earlier": "eyJ...",
    "csrf_token": "c7e4...",
    "api_key_text": "ohk_live_...",
    "secret": "whsec_...",
    "credential": "...",
    "credentials": ["..."],
    "request_id": "4f1d...",
    "latency_p50_ms": 2.5,
    "latency_p99_ms": 9.5,
    "milliseconds": 12,
}
"""What is another one in each run, by the name of its field, and what is recorded for it."""


class Told(NamedTuple):
    """What a request of the story was answered."""

    example: Example
    status: int
    media_type: str
    body: Any


def record(url: str, folder: Path) -> bytes:
    """Tell the story to a service of its own on a fresh database, and write what it answered."""
    key = furnish(url)
    uds = folder / "service.sock"
    program = [str(Path(sys.executable).with_name("onhand")), "serve", "--uds", str(uds)]
    environment = {**os.environ, "ONHAND_DATABASE_URL": url, "ONHAND_OWNER_URL": url, "ONHAND_LOG": "off"}
    with subprocess.Popen(program, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        try:
            while b"onhand serves at" not in (line := process.stderr.readline() if process.stderr else b""):
                if not line:
                    raise RuntimeError("the service did not start")
            return recorded(list(tell("http://localhost", key, httpx.HTTPTransport(uds=str(uds)))))
        finally:
            process.terminate()


def furnish(url: str) -> str:
    """Prepare an org for the story: a user with a password, a shop online that ran out of posters, and a key."""
    return asyncio.run(_furnish(replace(Config(), database_url=url, owner_url=url, actor="setup")))


async def _furnish(config: Config) -> str:
    await create_org(config)
    opened = await open_ledger(config)
    async with opened.stock as stock:
        key = make_key(stock.org_id)
        await stock.accounts.create_key(name="ann", role="admin", sites=(), key_hash=key.key_hash, key="setup/1")
        await define_user_with_password(
            stock,
            opened.passwords,
            user="ann",
            role="manager",
            sites=(),
            password=PASSWORD,
            key="setup/2",
            actor="setup",
        )
        await stock.define(sites=["online"], items=["POSTER"], key="setup/3")
        await stock.lots.set_low_stock(site="online", lines=[("POSTER", 5)], key="setup/4")
        await stock.lots.check_alerts()
    return key.text


def tell(url: str, key: str, transport: httpx.BaseTransport | None = None) -> Iterator[Told]:
    """Send the requests of the story in order."""
    answers: dict[str, Any] = {}
    with httpx.Client(base_url=url, transport=transport, timeout=30) as client:
        for example in find_examples():
            request = request_of(example, answers)
            headers = dict(request.headers)
            if "Cookie" not in headers and not isinstance(example.route, Door):
                headers["Authorization"] = f"Bearer {key}"
            content = None if request.body is None else msgspec.json.encode(request.body)
            if content is not None:
                headers["Content-Type"] = "application/json"
            with _answered(client, example.route.method, request.target, headers, content) as response:
                told = _read(example, response)
                if "set-cookie" in response.headers:
                    answers[BROWSER] = _browser(response)
            answers[example.name] = told.body
            yield told


@contextmanager
def _answered(
    client: httpx.Client, method: str, target: str, headers: Mapping[str, str], content: bytes | None
) -> Iterator[httpx.Response]:
    """Send a request, again while only the time for it has not come."""
    end = time.monotonic() + _WAIT_SECONDS_MAX
    while True:
        with client.stream(method, target, headers=headers, content=content) as response:
            if response.status_code == 400:  # noqa: PLR2004 - a rule said no
                is_early = b"RESERVATION_NOT_EXPIRED" in response.read()
                if is_early and time.monotonic() < end:
                    continue
            yield response
            return


def _read(example: Example, response: httpx.Response) -> Told:
    media_type = response.headers["content-type"]
    if media_type.startswith("text/event-stream"):
        return Told(example, response.status_code, media_type, _first_event(response))
    response.read()
    return Told(example, response.status_code, media_type, response.json())


def _browser(response: httpx.Response) -> Mapping[str, str]:
    """Give what a browser keeps of an answer; it is done by hand, since no client sends such a cookie without TLS."""
    cookie = response.headers["set-cookie"].partition(";")[0]
    return {"cookie": cookie, "origin": str(response.request.url.copy_with(raw_path=b"")).rstrip("/")}


def _first_event(response: httpx.Response) -> str:
    lines: list[str] = []
    for line in response.iter_lines():
        if line:
            lines.append(line)
        elif any(told.startswith("data: ") for told in lines):
            break
        else:
            lines.clear()
    return "\n".join([*lines, "", ""])


def recorded(all_told: list[Told]) -> bytes:
    """Write what was answered, with what chance and the clock made replaced: an answer a line."""
    kept = _Kept(all_told)
    lines = [
        f"{msgspec.json.encode(told.example.name).decode()}: "
        f"{msgspec.json.encode({'status': told.status, 'body': _still(told.body, '', kept)}).decode()}"
        for told in all_told
    ]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


class _Kept:
    """The moments and days that the story itself tells; all others come from the clock."""

    def __init__(self, all_told: list[Told]) -> None:
        text = "\n".join(f"{told.example.target}\n{told.example.body}" for told in all_told)
        self._moments = {datetime.fromisoformat(found) for found in _MOMENT.findall(text)}
        self._days = set(_DAY.findall(text))

    def still(self, text: str) -> str:
        """Replace what comes from the clock."""
        text = _MOMENT.sub(lambda found: found[0] if datetime.fromisoformat(found[0]) in self._moments else _NOW, text)
        return _DAY.sub(lambda found: found[0] if found[0] in self._days else _TODAY, text)


def _still(value: Any, name: str, kept: _Kept) -> Any:  # noqa: ANN401 - a tree of plain values
    if isinstance(value, dict):
        return {key: _still(part, key, kept) for key, part in value.items()}
    if name in _CHANCE and value is not None:
        return _CHANCE[name]
    if isinstance(value, list):
        return [_still(part, "", kept) for part in value]
    if isinstance(value, str):
        return _HASH.sub("5f" * 32, kept.still(value))
    return value
