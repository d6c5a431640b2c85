"""
Telling: each operation on a ledger is told to whoever keeps a log of it.

A ledger without a log is not wrapped at all, so it pays nothing for this. One line is told for each command, also for
those that were handed in together, and one for each question, by the name of its method. A verb that is refused before
it hands a command in is told by its method's name, too. What a method
calls on the ledger belongs to the same operation: its commands share the request id, and its questions are not told.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from functools import wraps
from time import perf_counter
from typing import Any, Protocol, TypeVar
from uuid import uuid4

from onhand.kernel.operations import name_of
from onhand.kernel.posting import Posting
from onhand.ledger.engine.batcher import Batcher, Executor
from onhand.ledger.engine.request import Outcome, Request

Teller = Callable[[Mapping[str, object], BaseException | None], None]
"""Told of each operation: org, actor, request id, operation, milliseconds, and what went wrong, if anything did."""

Answer = TypeVar("Answer")
_NOT_TOLD = frozenset({"post", "bulk"})
"""Not wrapped, since the batcher tells each of the commands that they hand in."""


class _UnderWay:
    """The outermost call on the ledger in this task: its request id, and whether the batcher told a command of it."""

    __slots__ = ("is_told", "request_id")

    def __init__(self) -> None:
        self.request_id = uuid4().hex
        self.is_told = False


_under_way: ContextVar[_UnderWay | None] = ContextVar("onhand_operation", default=None)


class TellingBatcher(Batcher):
    """A batcher that tells of each command what became of it."""

    def __init__(self, executor: Executor, teller: Teller, org_id: int) -> None:
        super().__init__(executor)
        self._teller = teller
        self._org_id = org_id

    async def submit(self, requests: Sequence[Request]) -> list[Outcome]:
        """Wait for the outcomes of some requests, and tell each."""
        under_way = _under_way.get() or _UnderWay()
        begun = perf_counter()
        try:
            outcomes = await super().submit(requests)
        except BaseException as error:
            for request in requests:
                self._tell(under_way, request, error, perf_counter() - begun)
            raise
        for request, outcome in zip(requests, outcomes, strict=True):
            self._tell(under_way, request, outcome, perf_counter() - begun)
        return outcomes

    def _tell(self, under_way: _UnderWay, request: Request, outcome: Posting | BaseException, seconds: float) -> None:
        under_way.is_told = True
        command = request.command
        context: dict[str, object] = {
            "org": self._org_id,
            "actor": command.actor,
            "request_id": under_way.request_id,
            "operation": name_of(type(command)),
            "duration_ms": round(seconds * 1000, 3),
            "key": command.key,
        }
        if request.dry_run:
            context["dry_run"] = True
        if isinstance(outcome, Posting):
            self._teller({**context, "number": outcome.number, "replayed": outcome.replayed}, None)
        else:
            self._teller(context, outcome)


class Told(Protocol):
    """What can be told of: verbs and questions of an org."""

    @property
    def org_id(self) -> int:
        """The number of the org."""
        ...


def tell_of(stock: Told, teller: Teller, *, actor: str) -> None:
    """Tell of each verb and question of a ledger from now on; `actor` is who asks questions."""
    for name, function in inspect.getmembers(type(stock), inspect.iscoroutinefunction):
        if not name.startswith("_") and name not in _NOT_TOLD:
            told = _telling(getattr(stock, name), teller, {"org": stock.org_id, "actor": actor}, name)
            setattr(stock, name, wraps(function)(told))


def _telling(
    method: Callable[..., Awaitable[Answer]], teller: Teller, whose: Mapping[str, object], name: str
) -> Callable[..., Awaitable[Answer]]:
    """Wrap a method so that the outermost call is told when it ends, unless the batcher told its commands."""

    async def call(*args: Any, **kwargs: Any) -> Answer:  # noqa: ANN401 - whatever the method takes
        if _under_way.get() is not None:
            return await method(*args, **kwargs)
        under_way = _UnderWay()
        under_way.is_told = name == "close"  # closing is not told, but commands that it still executes are
        token = _under_way.set(under_way)
        begun = perf_counter()
        error: BaseException | None = None
        try:
            return await method(*args, **kwargs)
        except BaseException as caught:
            error = caught
            raise
        finally:
            _under_way.reset(token)
            if not under_way.is_told:
                duration = round((perf_counter() - begun) * 1000, 3)
                about = {"request_id": under_way.request_id, "operation": name, "duration_ms": duration}
                teller({**whose, **about}, error)

    return call
