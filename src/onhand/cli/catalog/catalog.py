"""The questions `sites`, `locations`, `products`, `items` and `customers`: what is known."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onhand.cli.options import After, Limit
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.exact import decimal_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.core.answers import Page

OfSite = Annotated[str, typer.Argument(metavar="SITE", show_default=False, help="The site's code.")]
OfProduct = Annotated[str | None, typer.Option("--product", metavar="PRODUCT", help="Only of this product.")]

_NOT_SHOWN = frozenset({"id", "version"})


def register(app: typer.Typer) -> None:
    """Add the questions."""
    for question in (sites, locations, products, items, customers):
        verb(app, question.__name__, panel=QUESTIONS, asks=True)(question)


async def sites(desk: Desk, limit: Limit = 50, after: After = None) -> Answer:
    """List the sites, in the order of their codes."""
    async with desk.ledger() as stock:
        return _answer("sites", await stock.catalog.list_sites(limit=limit, after=after))


async def locations(desk: Desk, site: OfSite, limit: Limit = 50, after: After = None) -> Answer:
    """List the locations of a site, in the order of their codes."""
    async with desk.ledger() as stock:
        return _answer("locations", await stock.catalog.list_locations(site, limit=limit, after=after))


async def products(desk: Desk, limit: Limit = 50, after: After = None) -> Answer:
    """List the products, in the order of their codes."""
    async with desk.ledger() as stock:
        return _answer("products", await stock.catalog.list_products(limit=limit, after=after))


async def items(desk: Desk, product: OfProduct = None, limit: Limit = 50, after: After = None) -> Answer:
    """List the items, in the order of their skus."""
    async with desk.ledger() as stock:
        return _answer("items", await stock.catalog.list_items(product, limit=limit, after=after))


async def customers(desk: Desk, limit: Limit = 50, after: After = None) -> Answer:
    """List the customers, in the order of their codes."""
    async with desk.ledger() as stock:
        return _answer("customers", await stock.catalog.list_customers(limit=limit, after=after))


def _answer(what: str, page: "Page[Any]") -> Answer:
    rows = [_plain(row) for row in page]
    return Answer(plain={what: rows, "after": page.after}, shown=lambda: _shown(what, rows, page.after))


def _plain(row: Any) -> dict[str, object]:  # noqa: ANN401 - an answer of any list here
    """Give an entry as plain JSON values: money and rates as plain decimals."""
    plain = {field.name: getattr(row, field.name) for field in fields(row)}
    if plain.get("price") is not None:
        plain["price"] = decimal_text(plain["price"])
    if "vat_rate" in plain:
        plain["vat_rate"] = decimal_text(plain["vat_rate"])
    return plain


def _shown(what: str, rows: Sequence[dict[str, object]], after: str | None) -> "Iterator[RenderableType]":
    from onhand.cli.tables import table

    if not rows:
        yield f"There are no {what}."
        return
    columns = [name for name in rows[0] if name not in _NOT_SHOWN]
    cells = [[_cell(row[name]) for name in columns] for row in rows]
    yield table([name.replace("_", " ") for name in columns], cells)
    if after is not None:
        yield f"There are more: --after {after}"


def _cell(value: object) -> object:
    return value if not isinstance(value, bool) else "yes" if value else ""
