"""What every family of verbs stands on: who acts, and how a command is handed in."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.engine.batcher import Batcher
from onhand.ledger.engine.request import Outcome, Request


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


class Acting:
    """
    Hands commands in.

    Each verb returns the posting that was made. A refusal raises `Refused` with code and facts, and nothing was
    changed; a breakdown raises `Fault`, which says whether to retry (with the same key, always).
    """

    def __init__(self, batcher: Batcher, *, actor: str) -> None:
        """Hand commands to a batcher; `actor` is who acts where a verb is not told."""
        self._batcher = batcher
        self._actor = actor

    async def post(self, command: Command, *, dry_run: bool = False) -> Posting:
        """Execute a command; raises Refused or Fault."""
        (outcome,) = await self._batcher.submit((Request(command, dry_run=dry_run),))
        if isinstance(outcome, Posting):
            return outcome
        raise outcome

    async def bulk(self, commands: Iterable[Command], *, dry_run: bool = False) -> list[Outcome]:
        """Execute many commands in order, each on its own; refusals and faults stand in the list as answers."""
        return await self._batcher.submit([Request(command, dry_run=dry_run) for command in commands])

    async def _do(self, kind: type[Command], about: About, **fields: Any) -> Posting:  # noqa: ANN401 - the fields of the command
        """Build a command from a verb's arguments and execute it."""
        told: dict[str, Any] = {**about, **fields}
        dry_run = bool(told.pop("dry_run", False))
        document = told.pop("document", None)
        if document is not None:
            told["document_type"], told["document_id"] = _pair(document)
        if "key" not in told:
            raise Refused("INVALID_COMMAND", detail="it has no key")
        if not about.keys() <= _ABOUT:
            raise Refused("INVALID_COMMAND", detail=f"it has no field {min(about.keys() - _ABOUT)}")
        told.setdefault("actor", self._actor)
        return await self.post(kind(**told), dry_run=dry_run)


_ABOUT = About.__annotations__.keys()


def _pair(document: object) -> tuple[object, object]:
    if isinstance(document, tuple | list) and len(document) == 2:  # noqa: PLR2004 - a pair
        return document[0], document[1]
    raise Refused("INVALID_COMMAND", detail="document is a pair of type and id")
