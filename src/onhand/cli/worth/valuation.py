"""The questions of costs: `valuation` and `cost-report`."""

from datetime import datetime
from typing import Annotated

import typer

from onhand.cli.options import After, Limit, Sku, SomeSite
from onhand.cli.values import moment_of
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

SomeMoment = Annotated[
    str | None,
    typer.Option("--at", metavar="MOMENT", help="A posting's number, or a time as 2026-01-31T09:30:00Z. Default: now."),
]
Since = Annotated[
    str, typer.Argument(metavar="SINCE", show_default=False, help="The earlier moment: a posting's number, or a time.")
]
Until = Annotated[
    str | None, typer.Argument(metavar="UNTIL", show_default=False, help="The later moment; now unless told.")
]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "valuation", panel=QUESTIONS, asks=True)(valuation)
    verb(app, "cost-report", panel=QUESTIONS, asks=True)(cost_report)


async def valuation(
    desk: Desk,
    sku: Sku = None,
    site: SomeSite = None,
    moment: SomeMoment = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """Show what stock is worth, or was at a moment: all that is there, and not what is on its way."""
    from onhand.cli.worth.costs_shown import valuation_plain, valuation_shown

    when = moment_of(moment, "at")
    number, recorded_at = (None, when) if isinstance(when, datetime) else (when, None)
    async with desk.ledger() as stock:
        found = await stock.reports.valuation(
            site, sku, number=number, recorded_at=recorded_at, limit=limit, after=after
        )
    return Answer(plain=valuation_plain(found), shown=lambda: valuation_shown(found))


async def cost_report(desk: Desk, since: Since, until: Until = None, site: SomeSite = None) -> Answer:
    """Report how the value of stock came from one moment to another, by what was done; it adds up."""
    from onhand.cli.worth.costs_shown import report_plain, report_shown

    first, last = moment_of(since, "since") or 0, moment_of(until, "until")
    async with desk.ledger() as stock:
        report = await stock.reports.costs(first, last, site=site)
    return Answer(plain=report_plain(report), shown=lambda: report_shown(report))
