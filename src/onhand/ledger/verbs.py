"""The write side of the ledger as its users see it: one verb for each operation."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.rules.adjust import Adjust
from onhand.kernel.rules.allow_negative import AllowNegative
from onhand.kernel.rules.arrive import Arrive
from onhand.kernel.rules.commit import Commit
from onhand.kernel.rules.count import Count
from onhand.kernel.rules.define import Define, ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.rules.expire import Expire
from onhand.kernel.rules.move import Move
from onhand.kernel.rules.receive import Receive
from onhand.kernel.rules.release import Release
from onhand.kernel.rules.reserve import Reserve
from onhand.kernel.rules.revert import Revert
from onhand.kernel.rules.sell import Sell
from onhand.kernel.rules.take_back import TakeBack
from onhand.kernel.rules.transfer import Transfer
from onhand.kernel.states import State
from onhand.ledger.batcher import Batcher
from onhand.ledger.lines import LineLike, lines_of, state_of
from onhand.ledger.request import Outcome, Request


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


class Verbs:
    """
    One verb for each operation.

    Each returns the posting that was made. A refusal raises `Refused` with code and facts, and nothing was changed; a
    breakdown raises `Fault`, which says whether to retry (with the same key, always).
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

    async def define(
        self,
        *,
        sites: Iterable[SiteLine | str] = (),
        locations: Iterable[LocationLine | tuple[str, str]] = (),
        products: Iterable[ProductLine | str] = (),
        items: Iterable[ItemLine | str] = (),
        **about: Unpack[About],
    ) -> Posting:
        """Make sites, locations, products and items known, or change what is known of them."""
        return await self._do(
            Define,
            about,
            sites=tuple(SiteLine(site) if isinstance(site, str) else SiteLine(*site) for site in sites),
            locations=tuple(LocationLine(*location) for location in locations),
            products=tuple(ProductLine(part) if isinstance(part, str) else ProductLine(*part) for part in products),
            items=tuple(ItemLine(item) if isinstance(item, str) else ItemLine(*item) for item in items),
        )

    async def receive(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        expires_on: date | None = None,
        day: date | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Take goods in from a supplier; the lot "new" gets a code of its own."""
        return await self._do(Receive, about, site=site, lines=lines_of(lines), expires_on=expires_on, day=day)

    async def sell(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Hand goods over to a customer: all lines or none."""
        return await self._do(Sell, about, site=site, lines=lines_of(lines))

    async def take_back(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Take goods back from a customer; a line's state is available, quarantine or defective."""
        return await self._do(TakeBack, about, site=site, lines=lines_of(lines))

    async def reserve(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        expires_at: datetime | None = None,
        priority: int = 0,
        **about: Unpack[About],
    ) -> Posting:
        """Promise goods; `posting.made("reservation")` is the number of the promise."""
        return await self._do(
            Reserve, about, site=site, lines=lines_of(lines), expires_at=expires_at, priority=priority
        )

    async def release(self, *, reservation: int, **about: Unpack[About]) -> Posting:
        """Take a promise back."""
        return await self._do(Release, about, reservation=reservation)

    async def expire(self, *, reservation: int, **about: Unpack[About]) -> Posting:
        """End a promise whose time has passed."""
        return await self._do(Expire, about, reservation=reservation)

    async def commit(self, *, reservation: int, lines: Iterable[LineLike] = (), **about: Unpack[About]) -> Posting:
        """Hand over what was reserved: all of it, or some lines."""
        return await self._do(Commit, about, reservation=reservation, lines=lines_of(lines))

    async def transfer(
        self,
        *,
        site: str,
        target: str,
        lines: Iterable[LineLike],
        target_location: str | None = None,
        in_transit: bool = False,
        **about: Unpack[About],
    ) -> Posting:
        """Move goods to another place; in transit, `posting.made("transfer")` is what `arrive` asks for."""
        return await self._do(
            Transfer,
            about,
            site=site,
            target=target,
            lines=lines_of(lines),
            target_location=target_location,
            in_transit=in_transit,
        )

    async def arrive(
        self, *, transfer: int, lines: Iterable[LineLike] = (), close: bool = False, **about: Unpack[About]
    ) -> Posting:
        """Receive a transfer, in whole or in part; `close` writes off what has not come."""
        return await self._do(Arrive, about, transfer=transfer, lines=lines_of(lines), close=close)

    async def move(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        target: State | str,
        source: State | str = State.AVAILABLE,
        **about: Unpack[About],
    ) -> Posting:
        """Move goods between the states available, quarantine, hold, defective and sample."""
        return await self._do(
            Move, about, site=site, lines=lines_of(lines), source=state_of(source), target=state_of(target)
        )

    async def adjust(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Correct what is available by so much, up or down, with a reason."""
        return await self._do(Adjust, about, site=site, lines=lines_of(lines))

    async def count(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Bring holdings to what was counted on hand."""
        return await self._do(Count, about, site=site, lines=lines_of(lines))

    async def allow_negative(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Let items fall below zero at a site, down to a limit; a limit of zero forbids it again."""
        return await self._do(AllowNegative, about, site=site, lines=lines_of(lines))

    async def revert(self, *, number: int, cascade: bool = False, **about: Unpack[About]) -> Posting:
        """
        Undo a posting exactly, or raise Refused with the later postings that stand in the way.

        With `cascade` those are undone too, newest first, in the same posting; with `dry_run` as well, the answer is
        the plan.
        """
        return await self._do(Revert, about, number=number, cascade=cascade)

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
