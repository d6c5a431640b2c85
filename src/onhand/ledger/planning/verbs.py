"""Planning: what was taken, what is expected, what may be promised, and what is ordered."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Unpack

from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.command import check_number
from onhand.kernel.days import begin_of
from onhand.kernel.exact import quantity_sum
from onhand.kernel.planning.order_incoming import OrderIncoming
from onhand.kernel.planning.receive_incoming import ReceiveIncoming
from onhand.kernel.planning.set_reorder_points import ReorderLine, SetReorderPoints
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import parse_quantity
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_day
from onhand.ledger.asking import check_page
from onhand.ledger.catalog.verbs import settings_of
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import Where
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.planning.port import Demand, Position, Promisable, PurchaseAnswer
from onhand.ledger.reading_lines import LineLike, QuantityLike, lines_of


class Planning(Namespace):
    """Orders goods, takes them in, and tells what forecasts are made from."""

    _name = "planning"

    @verb
    async def order_incoming(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        supplier: str | None = None,
        expected_on: date | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Order goods; they are incoming, and `posting.made("purchase")` is what `receive_incoming` asks for."""
        return await self._do(
            OrderIncoming(
                site=site, lines=lines_of(lines), supplier=supplier, expected_on=expected_on, **self._told(about)
            ),
            about,
        )

    @verb
    async def receive_incoming(
        self, *, purchase: int, lines: Iterable[LineLike] = (), close: bool = False, **about: Unpack[About]
    ) -> Posting:
        """Take in what was ordered, in whole or in part; with `close`, the rest is not expected any more."""
        return await self._do(
            ReceiveIncoming(purchase=purchase, lines=lines_of(lines), close=close, **self._told(about)), about
        )

    @verb
    async def set_reorder_points(
        self, *, site: str, points: Mapping[str, tuple[QuantityLike, QuantityLike] | None], **about: Unpack[About]
    ) -> Posting:
        """Decide for items at which quantity to order and up to which; None leaves it to the forecast again."""
        told = tuple(
            ReorderLine(sku, 0, None)
            if pair is None
            else ReorderLine(sku, parse_quantity(pair[0]), parse_quantity(pair[1]))
            for sku, pair in points.items()
        )
        return await self._do(SetReorderPoints(site=site, points=told, **self._told(about)), about)

    @question
    async def list_purchases(
        self, site: str | None = None, *, expected: bool = True, after: str | None = None, limit: int = 50
    ) -> Page[PurchaseAnswer]:
        """List purchases with what they still wait for; only those that are expected, unless told."""
        check_page(limit)
        found = await self._reading.find(Where(site))
        cursor = await self._cursor("purchases", site, expected)
        (go_on,) = cursor.read(after, int) or (0,)
        rows = await self._reading.planning.purchases(found.site_id, go_on, limit + 1, expected=expected)
        return cursor.page(rows, limit, lambda purchase: (purchase.id,))

    @question
    async def get_purchase(self, purchase: int) -> PurchaseAnswer:
        """Give a purchase by its number, whatever has become of it; raises Refused PURCHASE_NOT_FOUND."""
        check_number(purchase, "purchase")
        rows = await self._reading.planning.purchases(None, purchase - 1, 1, expected=False)
        if not rows or rows[0].id != purchase:
            raise Refused("PURCHASE_NOT_FOUND", purchase=purchase)
        return rows[0]

    @question
    async def available_to_promise(self, site: str, sku: str, on: date | None = None) -> Decimal:
        """Give how much of an item may be promised at a site: now, or on a day with all that is expected by then."""
        by_day = await self.promisable(site, sku)
        if on is not None:
            check_day(on, "on")
        return quantity_sum(part.quantity for part in by_day if part.day is None or (on is not None and part.day <= on))

    @question
    async def promisable(self, site: str, sku: str) -> Sequence[Promisable]:
        """Tell what is available of an item at a site, then what is expected, day by day."""
        found = await self._reading.find(Where(site, sku))
        if found.site_id is None or found.item_id is None:
            raise Refused("UNKNOWN_ITEM", sku=sku)
        return await self._reading.planning.promisable(found.site_id, found.item_id)

    @question
    async def demand(self, since: date, until: date, *, site: str | None = None) -> Sequence[Demand]:
        """Tell what was taken of each item on each day of the org, less what came back; both days included."""
        if check_day(since, "since") > check_day(until, "until"):
            raise Refused("INVALID_COMMAND", detail="since is later than until")
        zone = (await settings_of(self._reading))["time_zone"]
        found = await self._reading.find(Where(site))
        begin, end = begin_of(since, zone_of(zone)), begin_of(until + timedelta(days=1), zone_of(zone))
        return await self._reading.planning.demand(begin, end, zone, found.site_id)

    @question
    async def positions(self, site: str) -> Sequence[Position]:
        """Tell what there is of each item at a site, what is expected, and its reorder point if one is set."""
        found = await self._reading.find(Where(site))
        if found.site_id is None:
            raise Refused("UNKNOWN_SITE", site=site)
        return await self._reading.planning.positions(found.site_id)
