"""Connections: ended where headers come slowly or never, nobody reads, a body was refused, or there are too many."""

import asyncio
import contextlib
import re
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from onhand.api.http.admission import ADMISSION, SHED, Front
from onhand.api.http.incoming import WHOLE
from onhand.api.http.limits import Limits

if TYPE_CHECKING:
    from asyncio.events import TimerHandle

    from onhand.api.http.pressure import Admission

_LINGER_SECONDS = 2.0
"""So long a body that was refused is still swallowed, so that whoever sends it reads the answer."""
_WATCHED = (b"/health/", b"/metrics")
"""Whoever watches the service is answered when it is full, too."""
_WATCHING = re.compile(rb"[A-Z]+ (?:/health/|/metrics)")
_UNPLAIN = re.compile(rb"\n\s*(?:transfer-encoding|connection|expect|upgrade)\b| HTTP/1\.0\r\n", re.IGNORECASE)
"""What makes a request one that has to be read before it is known where it ends and what follows."""
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]{1,6})\r\n", re.IGNORECASE)
_HEAD_MIN = 20
"""No head of a request is shorter."""
_ANSWER = (
    b"HTTP/1.1 %b\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 0\r\nretry-after: 1\r\n"
    b"connection: close\r\n\r\n"
)


def protocol_within(service: Front) -> type[HttpToolsProtocol]:
    """Make the protocol of a server that keeps to the limits of a service."""

    class Bounded(Connection):
        """A connection within the limits of this server."""

        front = service
        bounds = service.limits

    return Bounded


class Connection(HttpToolsProtocol):
    """A connection: its headers have to be there in time and within a size; what is too much is shed unread."""

    front: Front
    bounds: Limits

    def __init__(self, *told: Any, **named: Any) -> None:  # noqa: ANN401 - the server's own arguments
        """Begin without a request."""
        super().__init__(*told, **named)
        self._timer: TimerHandle | None = None
        self._unread: TimerHandle | None = None
        self._is_in_head = False
        self._head_bytes = 0
        self._admission: Admission | None = None
        """Of the request whose body is still to come."""

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
        for cycle, _ in self.pipeline:  # what was not begun is never answered
            if (admission := cycle.scope["state"].pop(ADMISSION, None)) is not None:
                admission.end()
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
        if self._turns_away(data):
            return
        super().data_received(data)
        if self._admission is not None:
            self._admission.rest()
        if self._is_in_head:
            if self._timer is None:
                self._wait()
            self._head_bytes += len(data)
            if self._head_bytes > 2 * (self.bounds.header_bytes + self.bounds.url_bytes):
                self._end(b"431 Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """Begin a request; where its headers are not there at once, they have to come in time."""
        super().on_message_begin()
        self._is_in_head, self._head_bytes = True, 0

    def on_headers_complete(self) -> None:
        """Go on to its body, for which the service waits no longer than it says."""
        self._is_in_head = False
        self._rest()
        if not self.url.startswith(_WATCHED):
            pressure = self.front.pressure
            if pressure.is_full(is_question=self.parser.get_method() == b"GET"):
                self.scope["state"][SHED] = True
            else:
                self._admission = self.scope["state"][ADMISSION] = pressure.admit()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that the body is there, so that nobody need wait for it."""
        if self._admission is not None:
            self._admission.come_back()
            self._admission = None
        self.scope["state"][WHOLE] = True
        super().on_message_complete()

    def _turns_away(self, data: bytes) -> bool:
        """
        Shed load: answer 503 to a request that is not even parsed, where too many are under way; tell whether it was.

        That takes a tenth of parsing it, so that those who were let in are served meanwhile. It is only done where
        these bytes are certain to be one whole request, no less and no more; any other is parsed first, and shed then.
        """
        is_question = data.startswith(b"GET ")
        if not self.front.pressure.is_full(is_question=is_question) or self._is_under_way():
            return False
        end = data.find(b"\r\n\r\n") + 4
        if end < _HEAD_MIN or _UNPLAIN.search(data, 0, end) or _WATCHING.match(data):
            return False
        lengths = _LENGTH.findall(data, 0, end)
        if len(lengths) > 1 or len(lengths) != data.lower().count(b"content-length", 0, end):
            return False
        if len(data) - end != (int(lengths[0]) if lengths else 0):
            return False
        self._rest()
        self._unset_keepalive_if_required()
        self.transport.write(self.front.turn_away(is_question=is_question))
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
        return True

    def _is_under_way(self) -> bool:
        """Tell whether a request has begun on this connection and is not at its end."""
        cycle: RequestResponseCycle | None = self.cycle
        return self._is_in_head or (cycle is not None and (cycle.more_body or not cycle.response_complete))

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
