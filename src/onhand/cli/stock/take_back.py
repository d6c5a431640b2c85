"""The verb `return`: goods that a customer brings back."""

from typing import Annotated

import typer

from onhand.cli.options import Lines, Location, Site
from onhand.cli.stock.sell import with_receipt
from onhand.cli.values import lines_of, pair_of
from onhand.cli.verb import ACTS, Answer, Desk, verb
from onhand.kernel.posting import Posting

Decision = Annotated[
    str | None,
    typer.Option("--state", metavar="STATE", help="available (unless told), quarantine or defective."),
]
Receipt = Annotated[bool, typer.Option("--receipt", help="Give back the items' prices, and issue a receipt.")]
Prices = Annotated[
    list[str] | None,
    typer.Option(
        "--price", metavar="SKU=AMOUNT", help="What was paid where it was not the item's price; issues a receipt too."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "return", panel=ACTS, acts=True)
    async def take_back(
        desk: Desk,
        lines: Lines,
        site: Site,
        location: Location = None,
        state: Decision = None,
        receipt: Receipt = False,
        prices: Prices = None,
    ) -> Posting | Answer:
        """Take goods back from a customer."""
        parsed = lines_of(lines, location=location, state=state)
        async with desk.ledger() as stock:
            if not receipt and not prices:
                return await stock.take_back(site=site, lines=parsed, **desk.about)
            told = dict(pair_of(price, "=", "SKU=AMOUNT") for price in prices or [])
            posting = await stock.take_back_at_counter(site=site, lines=parsed, prices=told, **desk.about)
            currency = (await stock.catalog.settings())["currency"]
        return with_receipt(desk, posting, currency)
