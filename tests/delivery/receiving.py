"""A receiver of webhooks on loopback, that keeps what it was told and answers as it is told."""

import base64
import hmac
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""


@dataclass(frozen=True, slots=True)
class Received:
    """One message as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id of the message."""
        return self.headers["webhook-id"]

    @property
    def number(self) -> int:
        """The posting that it tells of."""
        return int(json.loads(self.body)["data"]["number"])

    @property
    def document(self) -> Any:  # noqa: ANN401 - JSON
        """What it says."""
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        """Whether one of its signatures is the one that a secret makes, by the words of the specification."""
        content = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = base64.b64encode(hmac.new(key, content, "sha256").digest()).decode()
        return f"v1,{wanted}" in self.headers["webhook-signature"].split(" ")


@dataclass(slots=True)
class Receiver:
    """Keeps messages in the order in which they came; `answer` decides what each gets."""

    url: str
    port: int
    messages: list[Received] = field(default_factory=list)
    answer: Callable[[Received], Answer] = lambda _: (204, {}, b"")
    at_once_most: int = 0
    _at_once: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def numbers(self) -> list[int]:
        """The postings that were told, in order, repeated ones too."""
        return [message.number for message in self.messages]

    def take(self, message: Received) -> Answer:
        """Keep a message, and answer; the handler's threads call it."""
        with self._lock:
            self._at_once += 1
            self.at_once_most = max(self.at_once_most, self._at_once)
            self.messages.append(message)
        try:
            return self.answer(message)
        finally:
            with self._lock:
                self._at_once -= 1


@contextmanager
def receiving(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Listen on a free port of loopback, behind TLS where a context is told."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the sender was killed in the midst of it
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, told, content = receiver.take(Received(self.path, headers, body))
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(content)), **told}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)
            except OSError:  # the sender was killed, or has had enough
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """A sender that is killed is no error here."""

    with Server(("127.0.0.1", 0), Handler) as server:
        if context is not None:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        port = server.server_address[1]
        receiver = Receiver(f"http://127.0.0.1:{port}/hook", port)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()


def answers(*statuses: int, **headers: str) -> Callable[[Received], Answer]:
    """Answer with one status after the other, then 204 for ever."""
    left = list(statuses)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: (left.pop(0), told, b"") if left else (204, {}, b"")
