"""The gate where commands are handed in, and what every verb can be told."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from time import perf_counter
from typing import Any, NamedTuple, TypedDict, TypeVar

from onhand.kernel.command import Command
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.request import Outcome, Request

Answer = TypeVar("Answer")


class About(TypedDict, total=False):
    """
    What every verb can be told beside its own: who, why, for which document, when.

    `key` is required: it makes each retry exactly-once, for ever. `document` is a pair of type and id. `dry_run`
    computes the posting, with its movements and balances, or the refusal, and writes nothing.
    """

    key: str
    actor: str
    reason: str | None
    document: tuple[str, str] | None
    occurred_at: datetime | None
    data: Mapping[str, Any] | None
    dry_run: bool


class Submitted(NamedTuple):
    """Commands that were handed in together, what became of each, and how long that took."""

    requests: Sequence[Request]
    outcomes: Sequence[Outcome | BaseException]
    seconds: float


Observer = Callable[[Submitted], Awaitable[None]]
"""Is told of commands once their outcomes are known, before whoever handed them in."""

Watcher = Callable[[str], AbstractContextManager[None]]
"""Makes what is around a verb or a question, by its name; what goes wrong passes through it."""


class Acting:
    """Takes every command that is handed in to the batcher, and tells observers what became of it."""

    def __init__(self, batcher: Batcher, *, actor: str) -> None:
        """Hand commands to a batcher; `actor` is who acts where a verb is not told."""
        self.batcher = batcher
        self.actor = actor
        self.observers: list[Observer] = []
        self.watchers: list[Watcher] = []

    @property
    def is_unwatched(self) -> bool:
        """Whether nobody wants to know of verbs as such."""
        return not self.watchers

    async def submit(self, commands: Sequence[Command], *, dry_run: bool = False) -> list[Outcome]:
        """
        Execute commands in order, each on its own; every command of a ledger passes here.

        Raises:
            Fault: They were not taken; see `Batcher.submit`.
        """
        requests = [Request(command, dry_run=dry_run) for command in commands]
        began = perf_counter()
        outcomes: Sequence[Outcome | BaseException] = ()
        try:
            outcomes = taken = await self.batcher.submit(requests)
        except BaseException as error:
            outcomes = [error] * len(requests)
            raise
        finally:
            for observe in self.observers:
                await observe(Submitted(requests, outcomes, perf_counter() - began))
        return taken

    async def watched(self, name: str, verb: Coroutine[Any, Any, Answer]) -> Answer:
        """Do what a verb does while watchers watch."""
        return await watched(self.watchers, name, verb)


async def watched(watchers: Sequence[Watcher], name: str, method: Coroutine[Any, Any, Answer]) -> Answer:
    """Await a method within what its watchers put around it."""
    with ExitStack() as around:
        for watcher in watchers:
            around.enter_context(watcher(name))
        return await method


def command_fields(about: About, actor: str) -> dict[str, Any]:
    """Read what a verb was told beside its own into the fields that every command has; raises Refused."""
    if "key" not in about:
        raise Refused("INVALID_COMMAND", detail="it has no key")
    if not about.keys() <= _ABOUT:
        raise Refused("INVALID_COMMAND", detail=f"it has no field {min(about.keys() - _ABOUT)}")
    fields: dict[str, Any] = {"actor": actor, **about}
    fields.pop("dry_run", None)
    document = fields.pop("document", None)
    if document is not None:
        fields["document_type"], fields["document_id"] = _pair(document)
    return fields


_ABOUT = About.__annotations__.keys()


def _pair(document: object) -> tuple[object, object]:
    if isinstance(document, tuple | list) and len(document) == 2:  # noqa: PLR2004 - a pair
        return document[0], document[1]
    raise Refused("INVALID_COMMAND", detail="document is a pair of type and id")
