"""The verb `define`."""

from typing import Annotated

import typer

from onhand.cli.values import code_and_name, pair_of
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting
from onhand.kernel.refusals import Refused

_ITEMS = "Items"

Sites = Annotated[list[str] | None, typer.Option("--site", metavar="CODE[=NAME]", help="A site. May be repeated.")]
Locations = Annotated[
    list[str] | None, typer.Option("--location", metavar="SITE/CODE", help="A location of a site. May be repeated.")
]
Products = Annotated[
    list[str] | None, typer.Option("--product", metavar="CODE[=NAME]", help="A product. May be repeated.")
]
Items = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="SKU[=NAME]", help="An item. May be repeated.", rich_help_panel=_ITEMS),
]
OfProduct = Annotated[
    str | None,
    typer.Option("--of", metavar="PRODUCT", help="The product whose variants these items are.", rich_help_panel=_ITEMS),
]
Measure = Annotated[
    str | None,
    typer.Option(
        "--measure", metavar="WORD", help="What they are counted in, as kg; piece unless told.", rich_help_panel=_ITEMS
    ),
]
PickPolicy = Annotated[
    str | None,
    typer.Option(
        "--pick-policy",
        metavar="POLICY",
        help="The order in which lots are taken: fefo (unless told), fifo or lifo.",
        rich_help_panel=_ITEMS,
    ),
]
Price = Annotated[
    str | None,
    typer.Option("--price", metavar="AMOUNT", help="What one costs, VAT included, as 2.50.", rich_help_panel=_ITEMS),
]
VatRate = Annotated[
    str | None,
    typer.Option(
        "--vat-rate", metavar="PERCENT", help="The VAT in the price, as 20; 0 unless told.", rich_help_panel=_ITEMS
    ),
]
Barcode = Annotated[
    str | None,
    typer.Option("--barcode", metavar="CODE", help="What a scanner reads off the one item.", rich_help_panel=_ITEMS),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "define", panel=ACTS, acts=True)
    async def define(  # noqa: PLR0913, PLR0917 - one for each fact of what is defined
        desk: Desk,
        sites: Sites = None,
        locations: Locations = None,
        products: Products = None,
        items: Items = None,
        of_product: OfProduct = None,
        measure: Measure = None,
        pick_policy: PickPolicy = None,
        price: Price = None,
        vat_rate: VatRate = None,
        barcode: Barcode = None,
    ) -> Posting:
        """Make sites, locations, products and items known, or change what is known of them."""
        from onhand.kernel.stock.define import LocationLine, ProductLine, SiteLine

        if not any((sites, locations, products, items)):
            raise Refused("INVALID_COMMAND", detail="there is nothing to define; give --site, --item or the like")
        if barcode is not None and len(items or []) != 1:
            raise Refused("INVALID_COMMAND", detail="--barcode is of one item")
        item_lines = [
            {
                "sku": sku,
                "name": name,
                "product": of_product,
                "measure": measure,
                "pick_policy": pick_policy,
                "price": price,
                "vat_rate": vat_rate,
                "barcode": barcode,
            }
            for sku, name in map(code_and_name, items or [])
        ]
        location_lines = [LocationLine(*pair_of(location, "/", "SITE/CODE")) for location in locations or []]
        async with desk.ledger() as stock:
            return await stock.define(
                sites=[SiteLine(*code_and_name(site)) for site in sites or []],
                locations=location_lines,
                products=[ProductLine(*code_and_name(product)) for product in products or []],
                items=item_lines,
                **desk.about,
            )
