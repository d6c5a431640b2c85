"""The shop: counter sales with receipts, VAT, variants, settings, and the look-up of items."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Unpack

from onhand.kernel.catalog.barcodes import check_gtin
from onhand.kernel.catalog.configure import Configure
from onhand.kernel.catalog.define_variants import DefineVariants
from onhand.kernel.catalog.settings import SETTINGS, zone_of
from onhand.kernel.command import Line, check_number
from onhand.kernel.commerce.receipt import Receipt
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.commerce.take_back_at_counter import TakeBackAtCounter
from onhand.kernel.days import begin_of
from onhand.kernel.money import parse_money, summed
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.search_words import words_of
from onhand.kernel.stock.product import OptionValue
from onhand.kernel.text import check_code, check_day
from onhand.ledger.asking import Asking, check_page
from onhand.ledger.catalog.reading_lines import parse_rate
from onhand.ledger.commerce.shop_port import Charge, DocumentsTotal, ItemAnswer, ReceiptAnswer, VatReport, WordRange
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import NUMBER_MAX, Where
from onhand.ledger.engine.acting import About, Acting
from onhand.ledger.reading_lines import LineLike, lines_of

Money = int | str | Decimal
"""Whole units of the currency as `int`, or a plain decimal; never a float."""

_TWICE_AT_MOST = 3
"""So many words of one name may begin alike before a page of found items is shorter than it could be."""
_LAST_LETTER = "\U0010ffff"


class ShopVerbs(Acting):
    """One verb for each operation of the shop."""

    async def sell_at_counter(
        self,
        *,
        site: str,
        lines: Iterable[LineLike | Mapping[str, Any]],
        prices: Mapping[str, Money] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Hand goods over and issue a receipt: all lines or none; `receipt_in` reads it off the posting.

        A line that is a mapping may tell a `price`, VAT included; otherwise it is that of `prices`, by sku, or the
        item's.
        """
        parsed, charged = _priced(lines, prices or {})
        return await self._do(SellAtCounter, about, site=site, lines=parsed, prices=charged)

    async def return_at_counter(
        self,
        *,
        site: str,
        lines: Iterable[LineLike | Mapping[str, Any]],
        prices: Mapping[str, Money] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Take goods back and issue a receipt below zero; a line's state is available, quarantine or defective.

        Tell the prices that were paid, where they were not those of the items.
        """
        parsed, charged = _priced(lines, prices or {})
        return await self._do(TakeBackAtCounter, about, site=site, lines=parsed, prices=charged)

    async def define_variants(
        self,
        *,
        product: str,
        options: Mapping[str, Sequence[str]],
        name: str | None = None,
        measure: str | None = None,
        price: Money | None = None,
        vat_rate: Money | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """Make an item for each combination of options, keep those that are there, retire those that vanish."""
        return await self._do(
            DefineVariants,
            about,
            product=product,
            options=options_of(options),
            name=name,
            measure=measure,
            price=None if price is None else parse_money(price, "price"),
            vat_rate=None if vat_rate is None else parse_rate(vat_rate),
        )

    async def configure(self, *, settings: Mapping[str, str], **about: Unpack[About]) -> Posting:
        """Choose settings of the org, as its time_zone and currency."""
        return await self._do(Configure, about, settings=tuple(sorted(settings.items())))


class ShopQuestions(Asking):
    """What a till and an accountant ask."""

    async def find_items(self, text: str, *, limit: int = 20) -> tuple[ItemAnswer, ...]:
        """
        Find items by sku, by barcode, or by words of their names as far as they are typed; the best first.

        A number that finds nothing and has the length of a barcode but a wrong check digit is refused with
        CHECK_DIGIT_WRONG, since it was misread or misspelt.
        """
        check_page(limit)
        check_code(text, "text", length_max=500)
        exact = await self.reading.shop.items_by_code(text) if len(text) <= 100 else ()  # noqa: PLR2004 - no code is longer
        if exact:
            return tuple(exact[:limit])
        ranges = [WordRange(word, word + _LAST_LETTER) for word in words_of(text)]
        if not ranges:
            return ()
        rows = await self.reading.shop.items_by_words(ranges, limit * _TWICE_AT_MOST)
        found: dict[int, ItemAnswer] = {}
        for row in rows:
            found.setdefault(row.id, row)
        if not found:
            check_gtin(text)
        return tuple(found.values())[:limit]

    async def settings(self) -> Mapping[str, str]:
        """Give every setting of the org, chosen or not."""
        chosen = await self.reading.shop.settings()
        return {name: chosen.get(name, known.default) for name, known in SETTINGS.items()}

    async def receipt(self, number: int) -> ReceiptAnswer:
        """Give a receipt; raises Refused RECEIPT_NOT_FOUND."""
        check_number(number, "number")
        found = await self.reading.shop.receipt(number)
        if found is None:
            raise Refused("RECEIPT_NOT_FOUND", receipt=number)
        return found

    async def receipts(
        self, site: str | None = None, *, after: str | None = None, limit: int = 50
    ) -> Page[ReceiptAnswer]:
        """List receipts, the newest first."""
        check_page(limit)
        found = await self.reading.find(Where(site))
        cursor = await self._cursor("receipts", site)
        (below,) = cursor.read(after, int) or (NUMBER_MAX,)
        rows = await self.reading.shop.receipts(below, found.site_id, limit + 1)
        return cursor.page(rows, limit, lambda receipt: (receipt.number,))

    async def vat_report(self, since: date, until: date, *, site: str | None = None) -> VatReport:
        """
        Report net, VAT and gross of each rate, of the days from `since` to `until` in the org's time zone.

        Receipts count when they are issued, invoices when they are made, orders when they are paid. What is voided,
        cancelled or brought back counts against the day on which that happens, so a report of days gone by stays as it
        was. Orders are of no site, so the report of one is without them.
        """
        if check_day(since, "since") > check_day(until, "until"):
            raise Refused("INVALID_COMMAND", detail="since is later than until")
        chosen = await self.settings()
        zone = zone_of(chosen["time_zone"])
        found = await self.reading.find(Where(site))
        begin, end = begin_of(since, zone), begin_of(until + timedelta(days=1), zone)
        charges = await self.reading.shop.vat(begin, end, found.site_id)
        rates = summed(charge.total for charge in charges)
        return VatReport(
            since=since,
            until=until,
            time_zone=chosen["time_zone"],
            currency=chosen["currency"],
            rates=rates,
            charges=_by_documents(charges),
            net=sum(rate.net for rate in rates),
            vat=sum(rate.vat for rate in rates),
            gross=sum(rate.gross for rate in rates),
        )


def receipt_in(posting: Posting) -> ReceiptAnswer:
    """Read the receipt that a posting issued; raises LookupError where it issued none."""
    for change in posting.changes:
        if (change.entity, change.action) == ("receipt", "created"):
            receipt = Receipt.restore(change.after)
            return ReceiptAnswer(
                number=receipt.number,
                site=posting.movements[0].place.site,
                status=receipt.status,
                issued_at=receipt.issued_at,
                sold=receipt.sold,
                rates=receipt.rates,
                net=receipt.net,
                vat=receipt.vat,
                gross=receipt.gross,
            )
    raise LookupError(f"posting {posting.number} issued no receipt")


def _by_documents(charges: Iterable[Charge]) -> tuple[DocumentsTotal, ...]:
    """Add up what each kind of document comes to."""
    sums: dict[str, list[int]] = {}
    for documents, total in charges:
        known = sums.setdefault(documents, [0, 0, 0])
        known[:] = [amount + more for amount, more in zip(known, total[1:], strict=True)]
    return tuple(
        DocumentsTotal(documents=name, net=net, vat=vat, gross=gross) for name, (net, vat, gross) in sums.items()
    )


def options_of(options: Mapping[str, Sequence[str]]) -> tuple[OptionValue, ...]:
    """Read options with their values, in order."""
    if any(isinstance(values, str) for values in options.values()):
        raise Refused("INVALID_COMMAND", detail="options are names with lists of values")
    return tuple(OptionValue(option, value) for option, values in options.items() for value in values)


def _priced(
    lines: Iterable[LineLike | Mapping[str, Any]], prices: Mapping[str, Money]
) -> tuple[tuple[Line, ...], tuple[int | None, ...]]:
    """Read lines that may tell a price, and give lines and prices beside each other; no prices where none is told."""
    told: list[Money | None] = []
    bare: list[LineLike] = []
    for line in lines:
        told.append(line.get("price") if isinstance(line, Mapping) else None)
        bare.append({name: line[name] for name in line if name != "price"} if isinstance(line, Mapping) else line)
    parsed = lines_of(bare)
    unsold = sorted(prices.keys() - {line.sku for line in parsed})
    if unsold:
        raise Refused("INVALID_COMMAND", detail=f"a price is told for {unsold[0]}, which no line sells")
    charged = [prices.get(line.sku) if price is None else price for line, price in zip(parsed, told, strict=True)]
    if all(price is None for price in charged):
        return parsed, ()
    return parsed, tuple(None if price is None else parse_money(price, "price") for price in charged)
