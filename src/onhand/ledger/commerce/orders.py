"""Orders: what a web shop does from cart to parcel, each step keyed, so that a crash between two loses nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Unpack

from onhand.faults import Fault
from onhand.kernel.commerce.cancel_order import CancelOrder
from onhand.kernel.commerce.commit_order import CommitOrder
from onhand.kernel.commerce.fulfil_order import FulfilOrder
from onhand.kernel.commerce.pay import Pay
from onhand.kernel.commerce.place_order import PlaceOrder
from onhand.kernel.commerce.refund import Refund
from onhand.kernel.commerce.sale_lines import stock_lines
from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve_across import ReserveAcross
from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import SALES_ORDER
from onhand.ledger.asking import check_codes, check_page, check_status
from onhand.ledger.commerce.answers import OrderAnswer
from onhand.ledger.commerce.port import OrdersWanted
from onhand.ledger.core.answers import Page
from onhand.ledger.engine.acting import About
from onhand.ledger.engine.faults_retried import retried
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.reading_lines import SALE_LINE, QuantityLike, SaleLineLike, read_lines


class Orders(Namespace):
    """One verb for each step of an order, and the checkout that goes through the first of them."""

    _name = "orders"

    @verb
    async def place(
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
            PlaceOrder(
                reservations=tuple(reservations),
                lines=read_lines(SALE_LINE, lines),
                number=number,
                customer=customer,
                prices_include_vat=prices_include_vat,
                **self._told(about),
            ),
            about,
        )

    @verb
    async def pay(
        self,
        *,
        order: str,
        amount: QuantityLike | None = None,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Record a payment for an order; without an amount, all that is due is paid."""
        money = None if amount is None else parse_money(amount)
        return await self._do(
            Pay(amount=money, order=order, method=method, reference=reference, **self._told(about)), about
        )

    @verb
    async def refund(
        self,
        *,
        order: str,
        amount: QuantityLike,
        method: str | None = None,
        reference: str | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Give money back on an order, never more than came."""
        return await self._do(
            Refund(amount=parse_money(amount), order=order, method=method, reference=reference, **self._told(about)),
            about,
        )

    @verb
    async def fulfil(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Say that the goods of a paid order are picked and packed."""
        return await self._do(FulfilOrder(order=order, **self._told(about)), about)

    @verb
    async def commit(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Hand the goods of a fulfilled order over."""
        return await self._do(CommitOrder(order=order, **self._told(about)), about)

    @verb
    async def cancel(self, *, order: str, **about: Unpack[About]) -> Posting:
        """Cancel an order before its goods are handed over; they are available again."""
        return await self._do(CancelOrder(order=order, **self._told(about)), about)

    @verb
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
        dry_run: bool = False,
    ) -> Posting:
        """
        Check a cart out: validate it, reserve its goods, place the order; payment, fulfilment and commit follow.

        Each step has a key made from `key`: after a crash, the same call goes on where it stopped, and the same order
        twice is one order. What nobody goes on with is ended by its expiry. A fault that may pass is retried three
        times. What can be seen before anything is reserved is refused then, and leaves the key free. Where the order
        is refused later, since somebody else took its number just then, what was reserved is released before the
        refusal is raised, and another order needs another key.

        Returns:
            The posting that placed the order; of a dry run, the one that would reserve its goods.
        """
        told = read_lines(SALE_LINE, lines)
        who = actor or self._actor
        promise = ReserveAcross(
            key=f"{key}/reserve",
            actor=who,
            sites=tuple(sites),
            lines=stock_lines(told),
            policy=policy,
            expires_at=expires_at,
            document_type="cart",
            document_id=key,
        )
        order = PlaceOrder(
            key=f"{key}/order",
            actor=who,
            reservations=(1,),  # stands for those that will be made
            lines=told,
            number=number,
            customer=customer,
            prices_include_vat=prices_include_vat,
        )
        try:
            await retried(lambda: self._validate(order))
            reserved = await retried(lambda: self._post(promise, dry_run=dry_run))
            if dry_run:
                return reserved
            return await retried(lambda: self._post(replace(order, reservations=_made_by(reserved))))
        except Refused:
            await self._give_back(promise, key)
            raise

    @question
    async def list(self, *, status: str | None = None, after: str | None = None, limit: int = 50) -> Page[OrderAnswer]:
        """List orders with their lines and payments."""
        check_page(limit)
        check_status(status, SALES_ORDER)
        cursor = await self._cursor("orders", status)
        (go_on,) = cursor.read(after, int) or (0,)
        found = await self._reading.documents.orders(OrdersWanted(status=status, after_id=go_on), limit + 1)
        return cursor.page(found.rows, limit, lambda order: (order.id,))

    @question
    async def get(self, number: str) -> OrderAnswer:
        """Give an order with its lines and payments; raises Refused DOCUMENT_NOT_FOUND."""
        check_codes(number=number)
        for found in await self._reading.documents.orders(OrdersWanted(number=number), 1):
            return found
        raise Refused("DOCUMENT_NOT_FOUND", document="order", number=number)

    async def _validate(self, order: PlaceOrder) -> None:
        """Refuse an order for what can be seen before its goods are reserved; one that is placed already is not."""
        (outcome,) = await self._bulk([order], dry_run=True)
        if isinstance(outcome, Fault) or (isinstance(outcome, Refused) and outcome.code in _SEEN_BEFORE):
            raise outcome

    async def _give_back(self, promise: ReserveAcross, key: str) -> None:
        """
        Release what a refused checkout had reserved, now or before a crash, and nobody has touched since.

        A dry run under a key that was used tells what was done under it. What is released or expired already stays so,
        and so does what an order was placed on: a checkout under a key that was used must not cancel that order.
        """
        (reserved,) = await self._bulk([promise], dry_run=True)
        if isinstance(reserved, Posting) and reserved.replayed:
            await self._bulk(
                ReleaseReservation(
                    key=f"{key}/release/{number}",
                    actor=promise.actor,
                    reservation=number,
                    version=1,  # as it was made; an order that is placed on it makes another of it
                    reason="the order was refused",
                )
                for number in _made_by(reserved)
            )


def _made_by(posting: Posting) -> tuple[int, ...]:
    """Give the reservations that a posting made."""
    return tuple(
        change.entity_id for change in posting.changes if (change.entity, change.action) == ("reservation", "created")
    )


_SEEN_BEFORE = frozenset({"UNKNOWN_CUSTOMER", "UNKNOWN_ITEM", "PRICE_UNKNOWN", "QUANTITY_TOO_LARGE", "DOCUMENT_EXISTS"})
"""What is wrong with an order whatever its reservations are."""
