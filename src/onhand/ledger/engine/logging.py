"""
The log of operations: what passes the gates of a ledger is told to whoever keeps a log of it.

One line is told for each command, also for those that were handed in together, and one for each question, by its name.
A verb that is refused before it hands a command in is told by its name, too. What a verb or a question calls on the
ledger belongs to the same operation: its commands share the request id, and its questions are not told.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter
from uuid import uuid4

from onhand.kernel.operations import name_of
from onhand.kernel.posting import Posting
from onhand.ledger.engine.acting import Submitted
from onhand.ledger.engine.request import Request

Teller = Callable[[Mapping[str, object], BaseException | None], None]
"""Told of each operation: org, actor, request id, operation, milliseconds, and what went wrong, if anything did."""


class _UnderWay:
    """The outermost call on the ledger in this task: its request id, and whether a command of it was told."""

    __slots__ = ("is_told", "request_id")

    def __init__(self) -> None:
        self.request_id = uuid4().hex
        self.is_told = False


_under_way: ContextVar[_UnderWay | None] = ContextVar("onhand_operation", default=None)


class OperationLog:
    """Watches both gates of a ledger, and tells of what passes."""

    def __init__(self, teller: Teller, *, org_id: int, actor: str) -> None:
        """Tell of an org; `actor` is who asks questions."""
        self._teller = teller
        self._whose = {"org": org_id, "actor": actor}

    async def observe(self, done: Submitted) -> None:
        """Tell of each command what became of it."""
        under_way = _under_way.get() or _UnderWay()
        for request, outcome in zip(done.requests, done.outcomes, strict=True):
            self._tell(under_way, request, outcome, done.seconds)

    @contextmanager
    def operation(self, name: str) -> Iterator[None]:
        """Tell of a verb or a question when it ends, if it is the outermost and no command of it was told."""
        if _under_way.get() is not None:
            yield
            return
        under_way = _UnderWay()
        token = _under_way.set(under_way)
        begun = perf_counter()
        error: BaseException | None = None
        try:
            yield
        except BaseException as caught:
            error = caught
            raise
        finally:
            _under_way.reset(token)
            if not under_way.is_told:
                duration = round((perf_counter() - begun) * 1000, 3)
                about = {"request_id": under_way.request_id, "operation": name, "duration_ms": duration}
                self._teller({**self._whose, **about}, error)

    def _tell(self, under_way: _UnderWay, request: Request, outcome: Posting | BaseException, seconds: float) -> None:
        under_way.is_told = True
        command = request.command
        context: dict[str, object] = {
            **self._whose,
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
