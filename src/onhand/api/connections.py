"""Connections: ended where headers come slowly or never, nobody reads, a body was refused, or there are too many."""

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from onhand.api.incoming import WHOLE
from onhand.api.limits import Limits

if TYPE_CHECKING:
    from asyncio.events import TimerHandle

_LINGER_SECONDS = 2.0
"""So long a body that was refused is still swallowed, so that whoever sends it reads the answer."""
_ANSWER = (
    b"HTTP/1.1 %b\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nretry-after: 1\r\n"
    b"connection: close\r\n\r\n"
)


def protocol_within(limits: Limits) -> type[HttpToolsProtocol]:
    """Make the protocol of a server that keeps to limits."""

    class Bounded(Connection):
        """A connection within the limits of this server."""

        bounds = limits

    return Bounded


class Connection(HttpToolsProtocol):
    """A connection: its headers have to be there in time and within a size."""

    bounds = Limits()

    def __init__(self, *told: Any, **named: Any) -> None:  # noqa: ANN401 - the server's own arguments
        """Begin without a request."""
        super().__init__(*told, **named)
        self._timer: TimerHandle | None = None
        self._unread: TimerHandle | None = None
        self._is_in_head = False
        self._head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as the server has it
        """Take a connection, or close it where there are too many."""
        super().connection_made(transport)
        if len(self.connections) > self.bounds.connections:
            self._end(b"503 Service Unavailable")
            return
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._rest()
        self._is_read()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Write no more until the reader takes what was sent; one who never does is cut off."""
        super().pause_writing()
        self._expect_reading()

    def resume_writing(self) -> None:
        """Go on."""
        self._is_read()
        super().resume_writing()
        if self.transport.is_closing():
            self._expect_reading()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that is not used; what was sent on it is not kept for ever."""
        super().timeout_keep_alive_handler()
        self._expect_reading()

    def data_received(self, data: bytes) -> None:
        """Take bytes, and bound those of the headers."""
        if self.transport.is_closing():
            return
        super().data_received(data)
        if self._is_in_head:
            self._head_bytes += len(data)
            if self._head_bytes > 2 * (self.bounds.header_bytes + self.bounds.url_bytes):
                self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """Begin a request; its headers have to come in time."""
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0
        if self._timer is None:
            self._wait()

    def on_headers_complete(self) -> None:
        """Go on to its body, for which the service waits no longer than it says."""
        self._is_in_head = False
        self._rest()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the body is there, so that nobody need wait for it."""
        self.scope["state"][WHOLE] = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """End a connection on which a body is still coming that nobody reads."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._expect_reading()
        cycle = self.cycle
        if cycle.more_body and cycle.response_complete:
            self.loop.call_later(_LINGER_SECONDS, self._end_unread, cycle)

    def _end_unread(self, cycle: object) -> None:
        if self.cycle is cycle and self.cycle.more_body and not self.transport.is_closing():
            self.transport.close()
            self._expect_reading()

    def _expect_reading(self) -> None:
        if self._unread is None:
            self._unread = self.loop.call_later(self.bounds.reader_seconds, self.transport.abort)

    def _is_read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def _wait(self) -> None:
        self._timer = self.loop.call_later(self.bounds.header_seconds, self._give_up)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _give_up(self) -> None:
        self._timer = None
        self._end(b"408 Request Timeout" if self._is_in_head else None)

    def _end(self, status: bytes | None) -> None:
        """Close the connection, with an answer where one is due."""
        self._rest()
        if self.transport.is_closing():
            return
        if status is not None:
            with contextlib.suppress(OSError):
                self.transport.write(_ANSWER % status)
        self.transport.close()
        self._expect_reading()
