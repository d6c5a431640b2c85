"""The daily report: what an org did on a day of its own, kept in the journal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.days import begin_of, day_of
from onhand.kernel.exact import decimal_text
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_day
from onhand.kernel.worth.make_report import MakeReport
from onhand.ledger.catalog.verbs import settings_of
from onhand.ledger.namespace import question, verb
from onhand.ledger.serials.dashboard import DashboardQuestions
from onhand.ledger.worth.questions import CostQuestions
from onhand.ledger.worth.totals import TotalsQuestions
from onhand.ledger.worth.vat import VatQuestions

_TYPE = "report"


class Reports(CostQuestions, TotalsQuestions, VatQuestions, DashboardQuestions):
    """Makes the report of a day once, whoever and how often it is asked for, and shows it ever after."""

    _name = "reports"

    @question
    async def yesterday(self) -> date:
        """Give the day before this one, on the clocks of the org."""
        zone = zone_of((await settings_of(self._reading))["time_zone"])
        return day_of(datetime.now(UTC), zone) - timedelta(days=1)

    @verb
    async def make(self, day: date) -> Posting:
        """
        Make the report of a day that is over: its postings by kind, its VAT, and what was reserved at the end of it.

        The key is made from the day, so the first report of a day stays; a day that is not over has none.
        """
        known = await self._reported(check_day(day, "day"))
        if known is not None:
            return known
        chosen = await settings_of(self._reading)
        zone = zone_of(chosen["time_zone"])
        if day >= day_of(datetime.now(UTC), zone):
            raise Refused("INVALID_TIME", field="day", detail=f"{day} is not over in {chosen['time_zone']}")
        begin, end = begin_of(day, zone), begin_of(day + timedelta(days=1), zone)
        first, last = await self._reading.number_at(begin), await self._reading.number_at(end)
        vat = await self.vat(day, day)
        data = {
            "day": day.isoformat(),
            "time_zone": chosen["time_zone"],
            "currency": chosen["currency"],
            "first_posting": first + 1,
            "last_posting": last,
            "postings": dict(await self._reading.shop.acts(first, last)),
            "open_reservations": await self._reading.shop.open_reservations(last),
            "vat": [
                {
                    "vat_rate": decimal_text(rate.vat_rate),
                    "net": decimal_text(rate.net),
                    "vat": decimal_text(rate.vat),
                    "gross": decimal_text(rate.gross),
                }
                for rate in vat.rates
            ],
            "gross": decimal_text(vat.gross),
        }
        report = MakeReport(
            key=f"report/{day}", actor=self._actor, document_type=_TYPE, document_id=day.isoformat(), data=data
        )
        (outcome,) = await self._bulk([report])
        if isinstance(outcome, Posting):
            return outcome
        known = await self._reported(day)  # another worker was faster, and a posting later
        if known is None:
            raise outcome
        return known

    @question
    async def get(self, day: date) -> Mapping[str, object] | None:
        """Give the report of a day, if it was made."""
        known = await self._reported(check_day(day, "day"))
        return None if known is None else known.data

    async def _reported(self, day: date) -> Posting | None:
        number = await self._reading.shop.report_number(_TYPE, day.isoformat())
        return None if number is None else await self._reading.posting(number)
