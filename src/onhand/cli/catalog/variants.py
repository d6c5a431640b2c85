"""The verb `variants`."""

from typing import Annotated

import typer

from onhand.cli.stock.define import Measure, Price, VatRate
from onhand.cli.values import pair_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

Product = Annotated[str, typer.Argument(metavar="PRODUCT", show_default=False, help="The product's code.")]
Options = Annotated[
    list[str] | None,
    typer.Option("--option", metavar="NAME=VALUE,VALUE", help="An option with all its values. May be repeated."),
]
Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="The product's name.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "variants", panel=ACTS, acts=True)
    async def variants(
        desk: Desk,
        product: Product,
        options: Options = None,
        name: Name = None,
        measure: Measure = None,
        price: Price = None,
        vat_rate: VatRate = None,
    ) -> Posting:
        """
        Make an item of each combination of a product's options, as every size in every colour.

        Variants that are there stay. Those that vanish are retired if they have no stock; otherwise all is refused.
        """
        parsed = [pair_of(option, "=", "NAME=VALUE,VALUE") for option in options or []]
        if len({option for option, _ in parsed}) < len(parsed):
            raise Refused("INVALID_COMMAND", detail="an option stands twice")
        async with desk.ledger() as stock:
            return await stock.catalog.define_variants(
                product=product,
                options={option: values.split(",") for option, values in parsed},
                name=name,
                measure=measure,
                price=price,
                vat_rate=vat_rate,
                **desk.about,
            )
