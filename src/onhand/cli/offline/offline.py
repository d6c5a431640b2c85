"""The verbs of the queue of offline sales: `offline list`, `offline queue`, `offline sync`, `approve` and `reject`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onhand.cli.options import After, Limit, Site, SomeSite
from onhand.cli.recipes.deduct import Items, Slice, Transaction, sold_of
from onhand.cli.values import whole_number
from onhand.cli.verb import ACTS, Answer, Desk, verb
from onhand.kernel.exact import decimal_text
from onhand.kernel.posting import Posting

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.core.answers import Page
    from onhand.ledger.offline.port import OfflineSaleAnswer

Sale = Annotated[
    int,
    typer.Argument(metavar="SALE", parser=whole_number, show_default=False, help="Its number in `offline list`."),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="pending, insufficient_stock, approved, rejected or synced.",
        show_default=False,
    ),
]
Device = Annotated[str, typer.Option("--device", metavar="NAME", help="The till that sold it.")]
Sequence = Annotated[
    int, typer.Option("--sequence", metavar="N", parser=whole_number, help="The till's own count of its sales.")
]
Short = Annotated[bool, typer.Option("--short", help="It was tried, and there was not enough stock.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    queue = typer.Typer(no_args_is_help=True, help="Sales that wait to be deducted.")
    app.add_typer(queue, name="offline", rich_help_panel=ACTS)
    verb(queue, "list", panel=None, asks=True)(list_sales)
    verb(queue, "queue", panel=None, acts=True)(queue_sale)
    verb(queue, "sync", panel=None, acts=True)(sync)
    verb(queue, "approve", panel=None, acts=True)(approve)
    verb(queue, "reject", panel=None, acts=True)(reject)


async def list_sales(
    desk: Desk, site: SomeSite = None, status: Status = None, limit: Limit = 50, after: After = None
) -> Answer:
    """List the queue in the order in which it was sold."""
    async with desk.ledger() as stock:
        page = await stock.offline.list(site, status=status, limit=limit, after=after)
    return Answer(
        plain={"offline_sales": [_plain(sale) for sale in page], "after": page.after}, shown=lambda: _shown(page)
    )


async def queue_sale(
    desk: Desk,
    transaction: Transaction,
    items: Items,
    site: Site,
    device: Device,
    sequence: Sequence = 0,
    slice: Slice = None,  # noqa: A002 - what a till was lent is called its slice
    short: Short = False,
) -> Posting:
    """Take a sale into the queue as it was sold; --occurred-at says when that was."""
    sold = [sold_of(text) for text in items]
    async with desk.ledger() as stock:
        return await stock.offline.queue(
            transaction=transaction,
            site=site,
            items=sold,
            device=device,
            sequence=sequence,
            slice=slice,
            short=short,
            **desk.about,
        )


async def sync(desk: Desk, site: Site) -> Answer:
    """Deduct what waits at a site, in the order of sale; safe to run twice, and by anybody at once."""
    async with desk.ledger() as stock:
        if desk.dry_run:
            waiting = len([sale async for sale in stock.every(stock.offline.list, site, status="pending")])
            return Answer(plain={"pending": waiting, "dry_run": True}, shown=lambda: [f"{waiting} sales wait."])
        synced = await stock.offline.sync(site, desk.config.actor)
    return Answer(
        plain={"synced": synced.synced, "need_approval": synced.need_approval, "dry_run": False},
        shown=lambda: [f"{synced.synced} sales synced, {synced.need_approval} need approval."],
    )


async def approve(desk: Desk, sale: Sale) -> Posting:
    """Deduct a sale that waits, by a manager's decision; --reason is required."""
    async with desk.ledger() as stock:
        return await stock.offline.approve(offline_sale=sale, **desk.about)


async def reject(desk: Desk, sale: Sale) -> Posting:
    """Leave the stock as it is, by a manager's decision; --reason is required, and the sale stays in the queue."""
    async with desk.ledger() as stock:
        return await stock.offline.reject(offline_sale=sale, **desk.about)


def _plain(sale: "OfflineSaleAnswer") -> dict[str, Any]:
    from onhand.kernel.entity import time_text

    return {
        "id": sale.id,
        "site": sale.site,
        "transaction": sale.transaction,
        "status": sale.status,
        "reason": sale.reason,
        "device": sale.device,
        "sequence": sale.sequence,
        "sold_at": time_text(sale.sold_at),
        "arrived_at": time_text(sale.arrived_at),
        "items": [
            {"product": item.product, "name": item.name or None, "quantity": decimal_text(item.quantity)}
            for item in sale.items
        ],
        "slice": sale.slice,
        "errors": list(sale.errors),
        "decided_by": sale.decided_by,
        "decision": sale.decision,
    }


def _shown(page: "Page[OfflineSaleAnswer]") -> "Iterator[RenderableType]":
    from onhand.cli.tables import second, table

    if not page.rows:
        yield "Nothing."
        return
    rows = [
        (
            sale.id,
            sale.site,
            sale.transaction,
            ", ".join(f"{item.name or item.product} {decimal_text(item.quantity)}" for item in sale.items),
            second(sale.sold_at),
            sale.status,
            sale.decision or "; ".join(sale.errors) or sale.reason,
        )
        for sale in page
    ]
    yield table(["sale", "site", "transaction", "items", "sold (UTC)", "status", "why"], rows)
    if page.after is not None:
        yield f"There are more: --after {page.after}"
