"""The verb `sell`."""

from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.values import lines_of, pair_of
from onhand.cli.verb import ACTS, Answer, Desk, posted, verb
from onhand.kernel.posting import Posting

if TYPE_CHECKING:
    from onhand.ledger.commerce.shop_port import ReceiptAnswer

Receipt = Annotated[bool, typer.Option("--receipt", help="Sell at the items' prices, and issue a receipt.")]
Prices = Annotated[
    list[str] | None,
    typer.Option(
        "--price", metavar="SKU=AMOUNT", help="Another price than the item's, VAT included; issues a receipt too."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "sell", panel=ACTS, acts=True)
    async def sell(
        desk: Desk,
        lines: Lines,
        site: Site,
        location: Location = None,
        receipt: Receipt = False,
        prices: Prices = None,
    ) -> Posting | Answer:
        """Hand goods over to a customer: all lines or none."""
        parsed = lines_of(lines, location=location)
        async with desk.ledger() as stock:
            if not receipt and not prices:
                return await stock.sell(site=site, lines=parsed, **desk.about)
            told = dict(pair_of(price, "=", "SKU=AMOUNT") for price in prices or [])
            posting = await stock.sell_at_counter(site=site, lines=parsed, prices=told, **desk.about)
            currency = (await stock.catalog.settings())["currency"]
        return with_receipt(desk, posting, currency)


def with_receipt(desk: Desk, posting: Posting, currency: str) -> Answer:
    """Answer with the posting and the receipt that it issued."""
    from onhand.cli.commerce.shop_shown import receipt_plain, receipt_shown

    receipt = _issued(posting)
    answer = posted(desk, posting, receipt=receipt_plain(receipt))
    return Answer(plain=answer.plain, shown=lambda: [*answer.shown(), *receipt_shown(receipt, currency)])


def _issued(posting: Posting) -> "ReceiptAnswer":
    from onhand.ledger.commerce.counter import receipt_in

    return receipt_in(posting)
