"""The verbs `alerts`, `acknowledge` and `low-stock`: what somebody should see to."""

from typing import Annotated

import typer

from onhand.cli.options import After, Limit, Lines, Site
from onhand.cli.values import lines_of, whole_number
from onhand.cli.verb import ACTS, QUESTIONS, Answer, Desk, verb
from onhand.kernel.entity import time_text
from onhand.kernel.posting import Posting

Status = Annotated[
    str | None, typer.Option("--status", metavar="STATUS", help="open, acknowledged or resolved; else the first two.")
]
Rule = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        help="low_stock, out_of_stock, negative, expiring, expired, on_hold, inconsistency, failure_rate or "
        "slow_operations; else all.",
    ),
]
ExpiringDays = Annotated[
    int, typer.Option("--expiring-days", metavar="N", parser=whole_number, help="Expiring is what expires so soon.")
]
HoldDays = Annotated[
    int, typer.Option("--hold-days", metavar="N", parser=whole_number, help="On hold too long is a lot after so many.")
]
Number = Annotated[
    int, typer.Argument(metavar="ALERT", parser=whole_number, show_default=False, help="The alert's number.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "alerts", panel=QUESTIONS, asks=True)(alerts)
    verb(app, "acknowledge", panel=ACTS, acts=True)(acknowledge)
    verb(app, "low-stock", panel=ACTS, acts=True)(low_stock)


async def alerts(
    desk: Desk,
    status: Status = None,
    rule: Rule = None,
    expiring_days: ExpiringDays = 30,
    hold_days: HoldDays = 14,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """Show what somebody should see to; alerts are raised and resolved by the facts as they are now."""
    async with desk.ledger() as stock:
        await stock.lots.check_alerts(expiring_days=expiring_days, hold_days=hold_days)
        page = await stock.lots.list_alerts(status=status, rule=rule, limit=limit, after=after)
    from onhand.cli.lots import lot_shown

    rows = [
        {
            "alert": alert.id,
            "rule": alert.rule,
            "severity": alert.severity,
            "status": alert.status,
            "raised_at": time_text(alert.raised_at),
            "resolved_at": None if alert.resolved_at is None else time_text(alert.resolved_at),
            "sku": alert.sku,
            "facts": dict(alert.facts),
        }
        for alert in page
    ]
    return Answer(plain={"alerts": rows, "after": page.after}, shown=lambda: lot_shown.alerts(page))


async def acknowledge(desk: Desk, alert: Number) -> Posting:
    """Say that somebody sees to an alert; only the facts resolve it."""
    async with desk.ledger() as stock:
        return await stock.lots.acknowledge_alert(alert=alert, **desk.about)


async def low_stock(desk: Desk, lines: Lines, site: Site) -> Posting:
    """Set up to what quantity items are low at a site; being out of stock is alerted there too."""
    parsed = lines_of(lines)
    async with desk.ledger() as stock:
        return await stock.lots.set_low_stock(site=site, lines=parsed, **desk.about)
