"""Waiting for the server's socket, and no longer than patience lasts."""

import asyncio


class Patience:
    """
    Waits until a socket can be read or written, within a time for the whole of an exchange.

    One timer is kept from exchange to exchange and looks, when it goes off, whether somebody waits too long: to set
    one for each exchange costs as much as an answer of the server.
    """

    def __init__(self, seconds_max: float) -> None:
        """Wait so long for an exchange."""
        self.seconds_max = seconds_max
        self._began = 0.0
        self._waiting: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Begin an exchange."""
        self._began = asyncio.get_running_loop().time()

    async def ready(self, socket: int, *, writing: bool = False) -> None:
        """
        Wait until the socket can be read, or also until it can be written.

        Raises:
            TimeoutError: The exchange takes too long.
        """
        loop = asyncio.get_running_loop()
        waiting = self._waiting = loop.create_future()
        if self._timer is None:
            self._timer = loop.call_later(self.seconds_max, self._look)
        loop.add_reader(socket, _tell, waiting)
        if writing:
            loop.add_writer(socket, _tell, waiting)
        try:
            await waiting
        finally:
            self._waiting = None
            loop.remove_reader(socket)
            if writing:
                loop.remove_writer(socket)

    def _look(self) -> None:
        """End a wait that is too long; look again later at one that is not; keep no timer where nobody waits."""
        waiting, self._timer = self._waiting, None
        if waiting is None or waiting.done():
            return
        loop = asyncio.get_running_loop()
        left = self._began + self.seconds_max - loop.time()
        if left > 0:
            self._timer = loop.call_later(left, self._look)
        else:
            waiting.set_exception(TimeoutError())


def _tell(waiting: "asyncio.Future[None]") -> None:
    if not waiting.done():
        waiting.set_result(None)
