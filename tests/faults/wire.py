"""
A proxy between the ledger and PostgreSQL that speaks its protocol, and does to one message what it is told to.

It knows the extended query protocol: Parse, Bind, Describe, Execute and Sync on the way there, and which answer belongs
to which of them on the way back.
"""

import socket
import struct
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from psycopg.conninfo import conninfo_to_dict, make_conninfo

Kind = Literal[
    "error",
    "error although done",
    "shutdown",
    "cut before",
    "cut within",
    "cut after",
    "stall",
    "answered twice",
    "answer lost",
    "rows lost",
    "answer cut",
]
"""What may be done to a message, or to what the server answers to it."""

_COUNTED = frozenset(b"PBDES")
_ANSWERS = {ord("1"): b"P", ord("2"): b"B", ord("n"): b"D", ord("T"): b"D", ord("C"): b"E", ord("I"): b"E"}
_FLUSH = b"H\0\0\0\x04"


class Label(NamedTuple):
    """A message: its letter, and the first words of the statement that it belongs to."""

    letter: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """
    What to do, and to which message.

    Either to the one with a number, counted from when the proxy is told, or to each whose statement begins so.
    """

    kind: Kind
    number: int = 0
    label: Label | None = None
    sqlstate: str = "55P03"
    seconds: float = 0.0

    def meets(self, number: int, label: Label) -> bool:
        """Tell whether it is to be done to a message."""
        if self.label is None:
            return number == self.number
        return label.letter == self.label.letter and label.statement.startswith(self.label.statement)


@dataclass(slots=True)
class _Line:
    """One connection through the proxy."""

    client: socket.socket
    server: socket.socket
    pending: deque[tuple[str, Injection | None]] = field(default_factory=deque)
    """The messages that the server has not answered yet, and what is to be done to the answer."""
    plans: dict[bytes, str] = field(default_factory=dict)
    dropped: int = 0
    """How many answers to messages of the proxy's own come next, which the client must not see."""
    is_muted: bool = False
    """Whether answers up to the next mark of a synchronisation are kept back, since an error was told."""
    guard: threading.Lock = field(default_factory=threading.Lock)

    def end(self) -> None:
        """Cut both ends."""
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class WireProxy:
    """Passes everything on, until it is told what to do to which message."""

    def __init__(self, listener: socket.socket, upstream: str | tuple[str, int]) -> None:
        self._listener = listener
        self._upstream = upstream
        self._lines: list[_Line] = []
        self._injection: Injection | None = None
        self._number = 0
        self.seen: list[Label] = []
        """The messages since the proxy was told last."""
        self.done = 0
        """How often it did what it was told to."""
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def tell(self, injection: Injection | None) -> None:
        """Do this from now on, and count messages from here; nothing with None."""
        self._injection = injection
        self._number, self.done, self.seen = 0, 0, []

    def end(self) -> None:
        """Cut all connections and take no more."""
        self._injection = None
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        for line in self._lines:
            line.end()
        for thread in self._threads:
            thread.join()
        for line in self._lines:
            line.client.close()
            line.server.close()

    def _accept(self) -> None:
        with suppress(OSError):  # the listener is shut down in the end
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX if isinstance(self._upstream, str) else socket.AF_INET)
                server.connect(self._upstream)
                line = _Line(client, server)
                self._lines.append(line)
                for pump in (self._there, self._back):
                    thread = threading.Thread(target=self._pump, args=(pump, line))
                    self._threads.append(thread)
                    thread.start()

    def _pump(self, pump: object, line: _Line) -> None:
        assert callable(pump)
        with suppress(OSError):
            pump(line)
        line.end()

    def _there(self, line: _Line) -> None:
        """Pass on what the client says: the first message has no letter."""
        with line.client.makefile("rb") as stream:
            length = stream.read(4)
            if len(length) < len(_FLUSH) - 1:
                return
            line.server.sendall(length + stream.read(struct.unpack("!i", length)[0] - 4))
            while message := _message(stream):
                if message[0] not in _COUNTED:
                    line.server.sendall(message)
                elif not self._pass(line, message):
                    return

    def _pass(self, line: _Line, message: bytes) -> bool:
        """Pass a message of a batch on, or do to it what was told; false where that is the end of the connection."""
        label = self._label(line, message)
        self._number += 1
        self.seen.append(label)
        injection = self._injection
        if injection is None or not injection.meets(self._number, label):
            injection = None
        elif injection.label is None:
            self._injection = None
        if injection is not None:
            self.done += 1
        match None if injection is None else injection.kind:
            case "cut before":
                return False
            case "cut within":
                line.server.sendall(message[: len(message) // 2])
                return False
            case "shutdown":
                line.client.sendall(_error("57P01", severity="FATAL"))
                return False
            case "stall" if injection is not None:
                time.sleep(injection.seconds)
            case "error" if injection is not None:
                self._fail(line, injection.sqlstate, keeps_mark=label.letter == "S", message=message)
                return True
        with line.guard:
            line.pending.append((label.letter, injection))
        line.server.sendall(message + (_FLUSH if injection is not None and label.letter != "S" else b""))
        return True

    def _fail(self, line: _Line, sqlstate: str, *, keeps_mark: bool, message: bytes) -> None:
        """Let the server meet with an error of its own in the place of a message, or before a synchronisation."""
        call = f"SELECT inject('{sqlstate}')".encode()
        failing = [
            b"P" + _framed(b"\0" + call + b"\0\0\0"),
            b"B" + _framed(b"\0\0" + bytes(6)),
            b"E" + _framed(b"\0" + bytes(4)),
        ]
        with line.guard:
            line.pending.extend((letter, None) for letter in ("p", "b", "E"))
            if keeps_mark:
                line.pending.append(("S", None))
        line.server.sendall(b"".join(failing) + (message if keeps_mark else b""))

    def _label(self, line: _Line, message: bytes) -> Label:
        letter = chr(message[0])
        body = message[5:]
        if letter == "P":
            name, text, *_ = body.split(b"\0")
            line.plans[name] = line.plans[b""] = " ".join(text.decode().split())[:40]
        elif letter == "B":
            line.plans[b""] = line.plans.get(body.split(b"\0")[1], "?")
        return Label(letter, "" if letter == "S" else line.plans.get(b"", "?"))

    def _back(self, line: _Line) -> None:
        """Pass on what the server answers."""
        with line.server.makefile("rb") as stream:
            while message := _message(stream):
                if not self._answer(line, message):
                    return

    def _answer(self, line: _Line, message: bytes) -> bool:
        """Pass an answer on, or do to it what was told; false where that is the end of the connection."""
        with line.guard:
            asked, injection = self._belongs(line, message)
        if asked in ("p", "b"):
            return True
        if line.is_muted:
            if message[0] != ord("Z"):
                return True
            line.is_muted = False
        match None if injection is None else injection.kind:
            case "cut after":
                return False
            case "answered twice":
                line.client.sendall(message)
            case "answer lost":
                return True
            case "rows lost" if message[0] == ord("D"):
                return True
            case "answer cut":
                line.client.sendall(message[:-2])
                return True
            case "error although done" if injection is not None and message[0] != ord("D"):
                line.client.sendall(_error(injection.sqlstate))
                line.is_muted = message[0] != ord("Z")
                return True
        line.client.sendall(message)
        return True

    def _belongs(self, line: _Line, message: bytes) -> tuple[str, Injection | None]:
        """Find which message an answer belongs to."""
        letter, pending = message[0], line.pending
        if not pending or letter not in b"12nTCIDEZ":
            return "", None
        if letter == ord("D"):
            return pending[0]
        first = pending.popleft()
        while letter == ord("Z") and first[0] != "S" and pending:
            first = pending.popleft()  # after an error the server passes over all that comes before the mark
        return first


def _message(stream: BinaryIO) -> bytes:
    """Read a message with its letter; nothing at the end."""
    head = stream.read(5)
    return head + stream.read(struct.unpack("!i", head[1:])[0] - 4) if len(head) == len(_FLUSH) else b""


def _framed(body: bytes) -> bytes:
    return struct.pack("!i", len(body) + 4) + body


def _error(sqlstate: str, *, severity: str = "ERROR") -> bytes:
    fields = {"S": severity, "V": severity, "C": sqlstate, "M": "injected"}
    return b"E" + _framed(b"".join(f"{name}{text}\0".encode() for name, text in fields.items()) + b"\0")


@contextmanager
def through_proxy(url: str) -> Iterator[tuple[WireProxy, str]]:
    """Run a proxy in front of a server, and give the address that leads through it."""
    told = conninfo_to_dict(url)
    host, port = str(told["host"]), int(told.get("port") or 5432)
    name = f".s.PGSQL.{port}"
    upstream = f"{host}/{name}" if host.startswith("/") else (host, port)
    with tempfile.TemporaryDirectory(prefix="oh-") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(Path(folder) / name))
        listener.listen()
        proxy = WireProxy(listener, upstream)
        try:
            yield proxy, make_conninfo(url, host=folder)
        finally:
            proxy.end()
