"""The write side of the ledger as its users see it: one verb for each operation."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Unpack

from onhand.kernel.posting import Posting
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.promises.reserve_across import ReserveAcross
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.define import Define, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.move import Move
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, verb
from onhand.ledger.reading_lines import (
    ITEM,
    LOCATION,
    PRODUCT,
    SITE,
    ItemLike,
    LineLike,
    lines_of,
    read_lines,
    state_of,
)


class Verbs(Namespace):
    """One verb for each operation of the core."""

    @verb
    async def define(
        self,
        *,
        sites: Iterable[SiteLine | str] = (),
        locations: Iterable[LocationLine | tuple[str, str]] = (),
        products: Iterable[ProductLine | str] = (),
        items: Iterable[ItemLike] = (),
        **about: Unpack[About],
    ) -> Posting:
        """Make sites, locations, products and items known, or change what is known of them."""
        return await self._do(
            Define(
                sites=read_lines(SITE, sites),
                locations=read_lines(LOCATION, locations),
                products=read_lines(PRODUCT, products),
                items=read_lines(ITEM, items),
                **self._told(about),
            ),
            about,
        )

    @verb
    async def receive(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        expires_on: date | None = None,
        day: date | None = None,
        status: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Take goods in from a supplier; the lot "new" gets a code of its own. New lots are LIVE unless told."""
        return await self._do(
            Receive(
                site=site, lines=lines_of(lines), expires_on=expires_on, day=day, status=status, **self._told(about)
            ),
            about,
        )

    @verb
    async def sell(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Hand goods over to a customer: all lines or none."""
        return await self._do(Sell(site=site, lines=lines_of(lines), **self._told(about)), about)

    @verb
    async def take_back(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Take goods back from a customer; a line's state is available, quarantine or defective."""
        return await self._do(TakeBack(site=site, lines=lines_of(lines), **self._told(about)), about)

    @verb
    async def reserve(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        expires_at: datetime | None = None,
        priority: int = 0,
        hold_seconds: int | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Promise goods; `posting.made("reservation")` is the number of the promise.

        With `hold_seconds` the promise waits in line where the goods are not there, and is held so long once offered.
        """
        return await self._do(
            Reserve(
                site=site,
                lines=lines_of(lines),
                expires_at=expires_at,
                priority=priority,
                hold_seconds=hold_seconds,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def reserve_across(
        self,
        *,
        sites: Sequence[str],
        lines: Iterable[LineLike],
        policy: str = "fewest_branches",
        expires_at: datetime | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Promise goods from some branches in the order of preference; one reservation for each branch that is used.

        The policy is one of fewest_branches, in_order and one_branch.
        """
        return await self._do(
            ReserveAcross(
                sites=tuple(sites),
                lines=lines_of(lines),
                policy=policy,
                expires_at=expires_at,
                **self._told(about),
            ),
            about,
        )

    @verb
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
            Transfer(
                site=site,
                target=target,
                lines=lines_of(lines),
                target_location=target_location,
                in_transit=in_transit,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def arrive(
        self, *, transfer: int, lines: Iterable[LineLike] = (), close: bool = False, **about: Unpack[About]
    ) -> Posting:
        """Receive a transfer, in whole or in part; `close` writes off what has not come."""
        return await self._do(Arrive(transfer=transfer, lines=lines_of(lines), close=close, **self._told(about)), about)

    @verb
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
            Move(
                site=site, lines=lines_of(lines), source=state_of(source), target=state_of(target), **self._told(about)
            ),
            about,
        )

    @verb
    async def adjust(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Correct what is available by so much, up or down, with a reason."""
        return await self._do(Adjust(site=site, lines=lines_of(lines), **self._told(about)), about)

    @verb
    async def count(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Bring holdings to what was counted on hand."""
        return await self._do(Count(site=site, lines=lines_of(lines), **self._told(about)), about)

    @verb
    async def allow_negative(self, *, site: str, lines: Iterable[LineLike], **about: Unpack[About]) -> Posting:
        """Let items fall below zero at a site, down to a limit; a limit of zero forbids it again."""
        return await self._do(AllowNegative(site=site, lines=lines_of(lines), **self._told(about)), about)

    @verb
    async def revert(self, *, number: int, cascade: bool = False, **about: Unpack[About]) -> Posting:
        """
        Undo a posting exactly, or raise Refused with the later postings that stand in the way.

        With `cascade` those are undone too, newest first, in the same posting; with `dry_run` as well, the answer is
        the plan.
        """
        return await self._do(Revert(number=number, cascade=cascade, **self._told(about)), about)
