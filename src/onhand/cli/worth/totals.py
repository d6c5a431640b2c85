"""The questions `totals` and `live`."""

from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import After, Limit, SomeSite
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from onhand.ledger.worth.totals import Totals
    from onhand.ledger.worth.totals_port import ItemTotal

SomeProduct = Annotated[str | None, typer.Argument(metavar="PRODUCT", show_default=False, help="Only this product.")]
Rebuild = Annotated[bool, typer.Option("--rebuild", help="First make the totals anew from the whole journal.")]
Skus = Annotated[list[str], typer.Argument(metavar="SKUS...", show_default=False, help="Up to a thousand items.")]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "totals", panel=QUESTIONS, asks=True)(totals)
    verb(app, "live", panel=QUESTIONS, asks=True)(live)


async def totals(
    desk: Desk, product: SomeProduct = None, rebuild: Rebuild = False, limit: Limit = 50, after: After = None
) -> Answer:
    """Show what there is of each product, over all variants and sites, after reading the journal on."""
    from onhand.cli.plain import balances

    async with desk.ledger() as stock:
        await (stock.worker.rebuild_totals() if rebuild else stock.worker.follow_totals())
        found = await stock.reports.product_totals(product, limit=limit, after=after)
    return Answer(
        plain={
            "number": found.number,
            "products": [
                {
                    "product": total.code,
                    "name": total.name,
                    "variants": total.variants,
                    **balances(total.balances),
                }
                for total in found.products
            ],
            "after": found.products.after,
        },
        shown=lambda: _products_shown(found),
    )


async def live(desk: Desk, skus: Skus, site: SomeSite = None) -> Answer:
    """Show what is held of many items at this moment, in one call."""
    from onhand.cli.plain import balances

    async with desk.ledger() as stock:
        found = await stock.reports.live_totals(skus, site=site)
    return Answer(
        plain={"items": [{"sku": total.sku, **balances(total.balances)} for total in found]},
        shown=lambda: _items_shown(found),
    )


def _products_shown(found: "Totals") -> "Iterator[RenderableType]":
    from rich.text import Text

    from onhand.cli.tables import BALANCES, figures, table

    yield Text(f"After posting {found.number}:", style="bold")
    rows = [(total.code, total.name, total.variants, *figures(total.balances)) for total in found.products]
    yield table(["product", "name", "variants", *BALANCES], rows)
    if found.products.after is not None:
        yield Text(f"There are more: --after {found.products.after}")


def _items_shown(found: "Sequence[ItemTotal]") -> "Iterator[RenderableType]":
    from onhand.cli.tables import BALANCES, figures, table

    yield table(["item", *BALANCES], [(total.sku, *figures(total.balances)) for total in found])
