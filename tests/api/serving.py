"""A real server process, and callers with keys."""

import json
import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import httpx

import onhand
from onhand.credentials.keys import make_key
from tests.conftest import TestDatabase

PROGRAM = str(Path(sys.executable).with_name("onhand"))
_START_SECONDS_MAX = 30
_KEPT = ("PATH", "HOME", "PYTHONPATH", "TMPDIR", "COVERAGE_PROCESS_CONFIG")
"""Of the environment of the tests; the last one lets a server be measured as they are."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: httpx.Headers
    body: Any

    @property
    def code(self) -> str:
        """The code of a problem."""
        return str(self.body["code"])


class Caller:
    """Somebody with a key, or with none."""

    def __init__(self, url: str, key: str | None = None, *, timeout: float = 30) -> None:
        """Call a server."""
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self.key = key
        self.http = httpx.Client(base_url=url, headers=headers, timeout=timeout)

    def get(self, path: str, **query: object) -> Answered:
        """Ask."""
        return _answered(self.http.get(path, params={name: str(value) for name, value in query.items()}))

    def post(
        self,
        path: str,
        body: object = None,
        *,
        key: str | None = None,
        method: str = "POST",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Answered:
        """Write, under a key that is made up unless told."""
        told = {"Idempotency-Key": key or str(uuid4()), "Content-Type": "application/json", **(headers or {})}
        sent = json.dumps({} if body is None else body).encode() if content is None else content
        return _answered(self.http.request(method, path, content=sent, headers=told, params=query))

    def put(self, path: str, body: object = None, **rest: Any) -> Answered:  # noqa: ANN401 - handed on
        """Write with PUT."""
        return self.post(path, body, method="PUT", **rest)

    def done(self, path: str, body: object = None, **rest: Any) -> Any:  # noqa: ANN401 - handed on
        """Write what must be done; gives the document."""
        answered = self.post(path, body, **rest)
        assert answered.status in {200, 201}, answered
        return answered.body


def _answered(response: httpx.Response) -> Answered:
    is_json = "json" in response.headers.get("content-type", "")
    return Answered(response.status_code, response.headers, response.json() if is_json else response.text)


class Running:
    """A server that runs."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", url: str, environment: Mapping[str, str], log: IO[bytes]
    ) -> None:
        """Know a process, where it listens and where it logs."""
        self.process = process
        self.url = url
        self.environment = environment
        self._log = log
        self.callers: list[Caller] = []

    def caller(self, key: str | None = None) -> Caller:
        """Call it."""
        made = Caller(self.url, key)
        self.callers.append(made)
        return made

    def log_lines(self) -> list[dict[str, Any]]:
        """The lines of the log, each a JSON document."""
        lines = _read(self._log).decode().splitlines()
        return [json.loads(line) for line in lines if not line.startswith("onhand serves")]

    def make_key(self, name: str, role: str, *sites: str, org: str = "main") -> str:
        """Make a key in the database that is served."""
        with onhand.connect_sync(self.environment["ONHAND_DATABASE_URL"], org=org) as stock:
            made = make_key(stock.org_id)
            stock.accounts.create_key(name=name, role=role, sites=sites, key_hash=made.key_hash, key=str(uuid4()))
        return made.text


@contextmanager
def serving(database: TestDatabase, **settings: str) -> Iterator[Running]:
    """Run a server on a port that is free, and stop it by its process."""
    environment = {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        "ONHAND_DATABASE_URL": database.engine_url,
        "ONHAND_OWNER_URL": database.owner_url,
        **settings,
    }
    command = [PROGRAM, "serve", "--port", "0"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=environment, stderr=log, stdout=subprocess.DEVNULL)
        try:
            running = Running(process, _address_of(process, log), environment, log)
            yield running
            for caller in running.callers:
                caller.http.close()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=_START_SECONDS_MAX)


def _address_of(process: "subprocess.Popen[bytes]", log: IO[bytes]) -> str:
    end = time.monotonic() + _START_SECONDS_MAX
    while time.monotonic() < end and process.poll() is None:
        if found := re.search(rb"serves at (http://\S+);", _read(log)):
            return found[1].decode()
        select.select([], [], [], 0.05)
    raise RuntimeError(f"the server did not start: {_read(log).decode()}")


def _read(log: IO[bytes]) -> bytes:
    return os.pread(log.fileno(), 10_000_000, 0)
