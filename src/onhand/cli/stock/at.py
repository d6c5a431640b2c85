"""The questions about the past: `at` and `difference`."""

from datetime import datetime
from typing import Annotated

import typer

from onhand.cli.options import After, Limit, Sku, SomeLocation, SomeLot, SomeSite, SomeUnit
from onhand.cli.values import moment_of, time_of
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

Moment = Annotated[
    str,
    typer.Argument(metavar="MOMENT", show_default=False, help="A posting's number, or a time as 2026-01-31T09:30:00Z."),
]
Since = Annotated[
    str, typer.Argument(metavar="SINCE", show_default=False, help="The earlier moment: a posting's number, or a time.")
]
Until = Annotated[
    str | None,
    typer.Argument(metavar="UNTIL", show_default=False, help="The later moment; now unless told."),
]
Happened = Annotated[
    str | None,
    typer.Option("--occurred-at", metavar="TIME", help="Only what had happened by then, as far as was known."),
]
OfSku = Annotated[str | None, typer.Option("--item", metavar="SKU", help="Only this item.")]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "at", panel=QUESTIONS, asks=True)(at)
    verb(app, "difference", panel=QUESTIONS, asks=True)(difference)


async def at(
    desk: Desk,
    moment: Moment,
    sku: Sku = None,
    site: SomeSite = None,
    lot: SomeLot = None,
    location: SomeLocation = None,
    unit: SomeUnit = None,
    occurred_at: Happened = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """Show how much of what was where: after a posting, or at a time."""
    when, happened = moment_of(moment, "moment"), time_of(occurred_at, "occurred_at")
    number, recorded_at = (None, when) if isinstance(when, datetime) else (when, None)
    async with desk.ledger() as stock:
        then = await stock.list_holdings_at(
            site,
            sku,
            lot,
            location,
            unit,
            number=number,
            recorded_at=recorded_at,
            occurred_at=happened,
            limit=limit,
            after=after,
        )
    from onhand.cli import plain, shown

    return Answer(plain=plain.then(then), shown=lambda: shown.then(then))


async def difference(
    desk: Desk,
    since: Since,
    until: Until = None,
    sku: OfSku = None,
    site: SomeSite = None,
    lot: SomeLot = None,
    location: SomeLocation = None,
    unit: SomeUnit = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """Show what changed between two moments, and by which postings."""
    first, last = moment_of(since, "since") or 0, moment_of(until, "until")
    async with desk.ledger() as stock:
        difference = await stock.difference(
            first, last, site=site, sku=sku, lot=lot, location=location, unit=unit, limit=limit, after=after
        )
    from onhand.cli import plain, shown

    return Answer(plain=plain.difference(difference), shown=lambda: shown.difference(difference))
