"""The VAT report."""

from collections.abc import Iterable
from datetime import date, timedelta

from onhand.kernel.catalog.settings import zone_of
from onhand.kernel.days import begin_of
from onhand.kernel.exact import money_decimal
from onhand.kernel.money import summed
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_day
from onhand.ledger.catalog.verbs import settings_of
from onhand.ledger.commerce.shop_port import Charge, DocumentsTotal, VatReport, rate_answer
from onhand.ledger.core.wanted import Where
from onhand.ledger.namespace import Namespace, question


class VatQuestions(Namespace):
    """What VAT is owed."""

    _name = "reports"

    @question
    async def vat(self, since: date, until: date, *, site: str | None = None) -> VatReport:
        """
        Report net, VAT and gross of each rate, of the days from `since` to `until` in the org's time zone.

        Receipts count when they are issued, invoices when they are made, orders when they are paid. What is voided,
        cancelled or brought back counts against the day on which that happens, so a report of days gone by stays as it
        was. Orders are of no site, so the report of one is without them.
        """
        if check_day(since, "since") > check_day(until, "until"):
            raise Refused("INVALID_COMMAND", detail="since is later than until")
        chosen = await settings_of(self._reading)
        zone = zone_of(chosen["time_zone"])
        found = await self._reading.find(Where(site))
        begin, end = begin_of(since, zone), begin_of(until + timedelta(days=1), zone)
        charges = await self._reading.shop.vat(begin, end, found.site_id)
        rates = summed(charge.total for charge in charges)
        return VatReport(
            since=since,
            until=until,
            time_zone=chosen["time_zone"],
            currency=chosen["currency"],
            rates=tuple(map(rate_answer, rates)),
            charges=_by_documents(charges),
            net=money_decimal(sum(rate.net for rate in rates)),
            vat=money_decimal(sum(rate.vat for rate in rates)),
            gross=money_decimal(sum(rate.gross for rate in rates)),
        )


def _by_documents(charges: Iterable[Charge]) -> tuple[DocumentsTotal, ...]:
    """Add up what each kind of document comes to."""
    sums: dict[str, list[int]] = {}
    for documents, total in charges:
        known = sums.setdefault(documents, [0, 0, 0])
        known[:] = [amount + more for amount, more in zip(known, total[1:], strict=True)]
    return tuple(
        DocumentsTotal(documents=name, net=money_decimal(net), vat=money_decimal(vat), gross=money_decimal(gross))
        for name, (net, vat, gross) in sums.items()
    )
