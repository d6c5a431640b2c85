"""Questions of costs: what stock is worth, at any moment, and what made it so."""

from datetime import datetime

from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_time
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.core.answers import Page
from onhand.ledger.core.questions import Moment, moment_number
from onhand.ledger.core.wanted import Where
from onhand.ledger.namespace import Namespace, question
from onhand.ledger.worth.port import CostReport, Valuation, ValueSpot


class CostQuestions(Namespace):
    """What stock is worth, and the report that adds up."""

    _name = "reports"

    @question
    async def valuation(
        self,
        site: str | None = None,
        sku: str | None = None,
        *,
        number: int | None = None,
        recorded_at: datetime | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Valuation:
        """
        Tell what the goods of each item at each site are worth, now or at a moment, by item and site.

        Args:
            site: Only at this site.
            sku: Only of this item.
            number: After this posting; or
            recorded_at: as the journal was at this time; without both, as it is.
            after: The cursor of the page before; it keeps to that page's moment if `number` is told.
            limit: 1 to 100.
        """
        check_page(limit)
        check_codes(site=site, sku=sku)
        if number is not None and recorded_at is not None:
            raise Refused("INVALID_COMMAND", detail="a moment is told by number or by recorded_at, not by both")
        told = number if recorded_at is None else check_time(recorded_at, "recorded_at")
        cursor = await self._cursor("valuation", site, sku, told)
        spot = ValueSpot(*(cursor.read(after, int, int) or (0, 0)))
        is_now = told is None
        moment = await moment_number(self._reading, told)
        found = await self._reading.find(Where(site, sku))
        items, last, value = await self._reading.costs.valuation(
            found.site_id, found.item_id, None if is_now else moment, spot, limit
        )
        return Valuation(number=moment, value=value, items=Page(rows=items, after=cursor.write(last)))

    @question
    async def costs(self, since: Moment, until: Moment | None = None, *, site: str | None = None) -> CostReport:
        """
        Report how the value of stock came from one moment to another: opening, what came, what went, closing.

        A moment is a posting's number, or a time. What is on its way is no part of the value: it goes out when it is
        sent, to `elsewhere`, and comes in when it arrives, from `incoming`. So opening + in - out = closing, to the
        last millionth.
        """
        check_codes(site=site)
        first, last = await moment_number(self._reading, since), await moment_number(self._reading, until)
        if first > last:
            raise Refused("INVALID_COMMAND", detail="since is later than until")
        found = await self._reading.find(Where(site))
        costs, start = self._reading.costs, ValueSpot(0, 0)
        _, _, opening = await costs.valuation(found.site_id, None, first, start, 1)
        _, _, closing = await costs.valuation(found.site_id, None, last, start, 1)
        lines = tuple(await costs.between(first, last, found.site_id))
        return CostReport(since=first, until=last, opening=opening, lines=lines, closing=closing)
