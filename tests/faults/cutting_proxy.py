"""A proxy between the ledger and PostgreSQL that cuts connections around a COMMIT."""

import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo

Cut = Literal["before the server hears it", "before the answer"]

Address = str | tuple[str, int]
"""Of a server: the path of its socket, or its host and port."""

_COMMIT = b"COMMIT\0"
"""The text of the statement on its way there, and of its answer on the way back."""


class CuttingProxy:
    """
    Passes everything on, until it is told to cut.

    Then the next connections that send COMMIT are cut: before the server hears of it, so that nothing is committed, or
    when the server has done it and its answer is due, so that the client cannot know.
    """

    def __init__(self, cut: Cut, listener: socket.socket, upstream: Address) -> None:
        self._cut = cut
        self._listener = listener
        self._upstream = upstream
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self.cuts_due = 0
        self.cuts_done = 0
        self._threads[0].start()

    def end(self) -> None:
        """Cut all connections and take no more."""
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._listener, *self._ends):
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is shut down in the end
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX if isinstance(self._upstream, str) else socket.AF_INET)
                server.connect(self._upstream)
                self._ends += [client, server]
                committing = threading.Event()
                for target, source, sink in ((self._there, client, server), (self._back, server, client)):
                    thread = threading.Thread(target=self._pump, args=(target, source, sink, committing))
                    self._threads.append(thread)
                    thread.start()

    def _pump(self, cuts: object, source: socket.socket, sink: socket.socket, committing: threading.Event) -> None:
        assert callable(cuts)
        with suppress(OSError):
            while (data := source.recv(1 << 20)) and not cuts(data, committing):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _there(self, data: bytes, committing: threading.Event) -> bool:
        if not self.cuts_due or _COMMIT not in data:
            return False
        if self._cut == "before the server hears it":
            return self._note()
        committing.set()
        return False

    def _back(self, data: bytes, committing: threading.Event) -> bool:
        return committing.is_set() and _COMMIT in data and self._note()

    def _note(self) -> bool:
        self.cuts_due -= 1
        self.cuts_done += 1
        return True


@contextmanager
def cutting(engine_url: str, cut: Cut) -> Iterator[tuple[CuttingProxy, str]]:
    """Run a proxy in front of a server, and give the address that leads through it."""
    told = conninfo_to_dict(engine_url)
    host, port = str(told["host"]), int(told.get("port") or 5432)
    name = f".s.PGSQL.{port}"
    upstream = f"{host}/{name}" if host.startswith("/") else (host, port)
    with tempfile.TemporaryDirectory(prefix="oh-") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(Path(folder) / name))
        listener.listen()
        proxy = CuttingProxy(cut, listener, upstream)
        try:
            yield proxy, make_conninfo(engine_url, host=folder)
        finally:
            proxy.end()
