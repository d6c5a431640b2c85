"""The counter: sales and returns with receipts."""

from collections.abc import Iterable, Mapping
from typing import Unpack

from onhand.kernel.command import Line, check_number
from onhand.kernel.commerce.receipt import Receipt, ReceiptLine
from onhand.kernel.commerce.sell_at_counter import SellAtCounter
from onhand.kernel.commerce.take_back_at_counter import TakeBackAtCounter
from onhand.kernel.exact import money_decimal, quantity_decimal
from onhand.kernel.money import parse_money
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused
from onhand.ledger.asking import check_page
from onhand.ledger.commerce.shop_port import ReceiptAnswer, ReceiptLineAnswer, rate_answer
from onhand.ledger.core.answers import Page
from onhand.ledger.core.wanted import NUMBER_MAX, Where
from onhand.ledger.engine.acting import About
from onhand.ledger.namespace import Namespace, question, verb
from onhand.ledger.reading_lines import COUNTER_LINE, LineLike, MoneyLike, read_lines


class Counter(Namespace):
    """Sells at the counter, takes back there, and gives receipts."""

    @verb
    async def sell_at_counter(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        prices: Mapping[str, MoneyLike] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Hand goods over and issue a receipt: all lines or none; `receipt_in` reads it off the posting.

        A line that is a mapping may tell a `price`, VAT included; otherwise it is that of `prices`, by sku, or the
        item's.
        """
        parsed, charged = _priced(lines, prices or {})
        return await self._do(SellAtCounter(site=site, lines=parsed, prices=charged, **self._told(about)), about)

    @verb
    async def take_back_at_counter(
        self,
        *,
        site: str,
        lines: Iterable[LineLike],
        prices: Mapping[str, MoneyLike] | None = None,
        **about: Unpack[About],
    ) -> Posting:
        """
        Take goods back and issue a receipt below zero; a line's state is available, quarantine or defective.

        Tell the prices that were paid, where they were not those of the items.
        """
        parsed, charged = _priced(lines, prices or {})
        return await self._do(TakeBackAtCounter(site=site, lines=parsed, prices=charged, **self._told(about)), about)

    @question
    async def get_receipt(self, number: int) -> ReceiptAnswer:
        """Give a receipt; raises Refused RECEIPT_NOT_FOUND."""
        check_number(number, "number")
        found = await self._reading.shop.receipt(number)
        if found is None:
            raise Refused("RECEIPT_NOT_FOUND", receipt=number)
        return found

    @question
    async def list_receipts(
        self, site: str | None = None, *, after: str | None = None, limit: int = 50
    ) -> Page[ReceiptAnswer]:
        """List receipts, the newest first."""
        check_page(limit)
        found = await self._reading.find(Where(site))
        cursor = await self._cursor("receipts", site)
        (below,) = cursor.read(after, int) or (NUMBER_MAX,)
        rows = await self._reading.shop.receipts(below, found.site_id, limit + 1)
        return cursor.page(rows, limit, lambda receipt: (receipt.number,))


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
                sold=tuple(map(_line_answer, receipt.sold)),
                rates=tuple(map(rate_answer, receipt.rates)),
                net=money_decimal(receipt.net),
                vat=money_decimal(receipt.vat),
                gross=money_decimal(receipt.gross),
            )
    raise LookupError(f"posting {posting.number} issued no receipt")


def _line_answer(line: ReceiptLine) -> ReceiptLineAnswer:
    return ReceiptLineAnswer(
        sku=line.sku,
        name=line.name,
        quantity=quantity_decimal(line.quantity),
        measure=line.measure,
        price=money_decimal(line.price),
        vat_rate=quantity_decimal(line.vat_rate),
        net=money_decimal(line.net),
        vat=money_decimal(line.vat),
        gross=money_decimal(line.gross),
    )


def _priced(
    lines: Iterable[LineLike], prices: Mapping[str, MoneyLike]
) -> tuple[tuple[Line, ...], tuple[int | None, ...]]:
    """Read lines that may tell a price, and give lines and prices beside each other; no prices where none is told."""
    read = read_lines(COUNTER_LINE, lines)
    unsold = sorted(prices.keys() - {line.sku for line in read})
    if unsold:
        raise Refused("INVALID_COMMAND", detail=f"a price is told for {unsold[0]}, which no line sells")
    of_items = {sku: parse_money(price, "price") for sku, price in prices.items()}
    charged = tuple(of_items.get(line.sku) if line.price is None else line.price for line in read)
    return tuple(Line(*line[:-1]) for line in read), charged if any(price is not None for price in charged) else ()
