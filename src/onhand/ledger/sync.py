"""
The ledger without `await`: the same verbs and questions, for programs that have no event loop.

One thread runs the loop; any number of threads may call, and what they ask at the same time is executed together.
"""

import asyncio
import inspect
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from functools import wraps
from typing import Any, Generic, Self, TypeVar

from onhand.faults import Fault
from onhand.ledger.namespace import Namespace

Wrapped = TypeVar("Wrapped")
_END = object()


class Synchronous(Generic[Wrapped]):
    """
    Calls an asynchronous object from ordinary threads.

    Every coroutine method of the wrapped object is here under the same name, and returns when it is done.
    """

    def __init__(self, opened: Callable[[], Coroutine[Any, Any, Wrapped]]) -> None:
        """Start the thread and open the object on its loop."""
        self._closing = threading.Lock()
        self._closed = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="onhand", daemon=True)
        self._thread.start()
        try:
            self._wrapped = self._wait(opened())
        except BaseException:
            self._stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the type is that of the wrapped object's method
        """Give the method of that name, as an ordinary one, or the family of that name with such methods."""
        return self._ordinary(getattr(self._wrapped, name))

    def _ordinary(self, attribute: Any) -> Any:  # noqa: ANN401 - whatever the wrapped object has
        if isinstance(attribute, Namespace):
            return _Family(attribute, self._ordinary)
        if inspect.isasyncgenfunction(attribute):
            return self._iterating(attribute)
        if not asyncio.iscoroutinefunction(attribute):
            return attribute

        @wraps(attribute)
        def call(*args: object, **kwargs: object) -> object:
            return self._wait(attribute(*args, **kwargs))

        return call

    def _iterating(self, rows_of: Callable[..., AsyncGenerator[Any, None]]) -> Callable[..., Iterator[Any]]:
        """Give an asynchronous generator as an ordinary one; methods among its arguments are asynchronous again."""

        @wraps(rows_of)
        def iterate(*args: object, **kwargs: object) -> Iterator[object]:
            rows = rows_of(
                *[inspect.unwrap(one, stop=inspect.ismethod) if callable(one) else one for one in args], **kwargs
            )

            async def proceed() -> object:
                return await anext(rows, _END)

            while (row := self._wait(proceed())) is not _END:
                yield row

        return iterate

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *dir(self._wrapped)]

    def close(self) -> None:
        """Close the wrapped object once those who wait have their answers, then end the thread."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            close: Callable[[], Coroutine[Any, Any, None]] = getattr(self._wrapped, "close")  # noqa: B009
            closing = asyncio.run_coroutine_threadsafe(close(), self._loop)
        try:
            closing.result()
        finally:
            self._stop()

    def _wait(self, coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the coroutine gives
        with self._closing:
            if self._closed:
                coroutine.close()
                raise Fault(code="CLOSED", message="The connection to the ledger is closed.", retryable=False)
            future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        return future.result()

    def _stop(self) -> None:
        asyncio.run_coroutine_threadsafe(_wind_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class _Family:
    """A family of the wrapped object; its methods are ordinary ones."""

    def __init__(self, family: Namespace, ordinary: Callable[[Any], Any]) -> None:
        self._family = family
        self._ordinary = ordinary

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the type is that of the family's method
        return self._ordinary(getattr(self._family, name))

    def __dir__(self) -> list[str]:
        return dir(self._family)


async def _wind_up() -> None:
    """Wait for all that still runs on this loop, so that no thread waits for ever, nor is left over."""
    await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()
    await asyncio.get_running_loop().shutdown_default_executor()
