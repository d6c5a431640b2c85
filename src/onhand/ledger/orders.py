"""Orders: what a web shop does from cart to parcel, each step keyed, so that a crash between two loses nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Unpack

from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.rules.cancel import CancelOrder
from onhand.kernel.rules.order import CommitOrder, FulfilOrder, PlaceOrder
from onhand.kernel.rules.release import Release
from onhand.kernel.rules.reserve_across import ReserveAcross
from onhand.kernel.sale_lines import stock_lines
from onhand.ledger.acting import About, Acting
from onhand.ledger.lines import LineLike, lines_of
from onhand.ledger.retrying import retried
from onhand.ledger.sale_lines import SaleLineLike, sale_lines_of


class Orders(Acting):
    """One verb for each step of an order, and the checkout that goes through the first of them."""

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
            ReserveAcross, about, sites=tuple(sites), lines=lines_of(lines), policy=policy, expires_at=expires_at
        )

    async def place_order(
        self,
        *,
        reservations: Iterable[int],
        lines: Iterable[SaleLineLike],
        number: str | None = None,
        customer: str | None = None,
        prices_include_vat: bool = True,
        **about: Unpack[About],
    ) -> Posting:
        """Place an order on reservations; its lines are what they hold, with prices."""
        return await self._do(
            PlaceOrder,
            about,
            reservations=tuple(reservations),
            lines=sale_lines_of(lines),
            number=number,
            customer=customer,
            prices_include_vat=prices_include_vat,
        )

    async def fulfil_order(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Say that the goods of a paid order are picked and packed."""
        return await self._do(FulfilOrder, about, order=order)

    async def commit_order(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Hand the goods of a fulfilled order over."""
        return await self._do(CommitOrder, about, order=order)

    async def cancel_order(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Cancel an order before its goods are handed over; they are available again."""
        return await self._do(CancelOrder, about, order=order)

    async def checkout(
        self,
        *,
        key: str,
        sites: Sequence[str],
        lines: Iterable[SaleLineLike],
        expires_at: datetime,
        number: str | None = None,
        customer: str | None = None,
        policy: str = "fewest_branches",
        prices_include_vat: bool = True,
        actor: str | None = None,
    ) -> Posting:
        """
        Check a cart out: validate it, reserve its goods, place the order; payment, fulfilment and commit follow.

        Each step has a key made from `key`: after a crash, the same call goes on where it stopped, and the same order
        twice is one order. What nobody goes on with is ended by its expiry. A fault that may pass is retried three
        times. Where the order is refused, what was reserved is released before the refusal is raised.

        Returns:
            The posting that placed the order.
        """
        told = sale_lines_of(lines)
        who = actor or self._actor

        async def reserve() -> Posting:
            return await self.reserve_across(
                sites=sites,
                lines=[line._replace(lot=None, location=None, unit=None) for line in stock_lines(told)],
                policy=policy,
                expires_at=expires_at,
                document=("cart", key),
                key=f"{key}/reserve",
                actor=who,
            )

        async def place() -> Posting:
            return await self.place_order(
                reservations=made,
                lines=told,
                number=number,
                customer=customer,
                prices_include_vat=prices_include_vat,
                key=f"{key}/order",
                actor=who,
            )

        reserved = await retried(reserve)
        made = [change.entity_id for change in reserved.changes if (change.entity, change.action) == _MADE]
        try:
            return await retried(place)
        except Refused:
            await self._compensate(made, key, who)
            raise

    async def _compensate(self, reservations: Iterable[int], key: str, actor: str) -> None:
        """Release what a failed checkout had reserved; what is released or expired already stays so."""
        await self.bulk(
            Release(key=f"{key}/release/{number}", actor=actor, reservation=number, reason="the order was refused")
            for number in reservations
        )


_MADE = ("reservation", "created")
