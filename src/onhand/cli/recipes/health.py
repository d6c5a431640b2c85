"""The questions of recipes: `health`, `metrics`, `deduction` and `used`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from onhand.cli.exits import Exit
from onhand.cli.options import After, Limit, Site, Sku, SomeLot
from onhand.cli.recipes.deduct import Transaction
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.exact import decimal_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.recipes.health import Health
    from onhand.ledger.recipes.port import DeductionTrail
    from onhand.ledger.recipes.questions import Metrics

Prometheus = Annotated[bool, typer.Option("--prometheus", help="Print the text format of Prometheus.")]
Ingredient = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="The item that was used.")]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "health", panel=QUESTIONS, asks=True)(health)
    verb(app, "metrics", panel=QUESTIONS, asks=True)(metrics)
    verb(app, "deduction", panel=QUESTIONS, asks=True)(deduction)
    verb(app, "used", panel=QUESTIONS, asks=True)(used)
    verb(app, "variance", panel=QUESTIONS, asks=True)(variance)


async def health(desk: Desk) -> Answer:
    """Look whether recipes and deductions are in order: healthy, warning or critical, check by check."""
    async with desk.ledger() as stock:
        found = await stock.recipes.health()
    checks = [
        {"name": check.name, "status": check.status, "detail": check.detail, "findings": list(check.findings)}
        for check in found.checks
    ]
    return Answer(
        plain={"status": found.status, "checks": checks},
        shown=lambda: _health_shown(found),
        exit=Exit.CHECK_FAILED if found.status == "critical" else Exit.DONE,
    )


async def metrics(desk: Desk, prometheus: Prometheus = False) -> Answer:
    """Show how much is deducted, refused and waiting, site by site."""
    async with desk.ledger() as stock:
        found = await stock.recipes.metrics()
    return Answer(
        plain=_metrics_plain(found),
        shown=lambda: [found.prometheus().rstrip("\n")] if prometheus else _metrics_shown(found),
    )


async def deduction(desk: Desk, transaction: Transaction, site: Site) -> Answer:
    """Follow a receipt to each ingredient that it took."""
    async with desk.ledger() as stock:
        trail = await stock.recipes.deduction_trail(site, transaction)
    return Answer(plain=_trail_plain(trail), shown=lambda: _trail_shown(trail))


async def used(
    desk: Desk, sku: Ingredient, site: Site, lot: SomeLot = None, limit: Limit = 50, after: After = None
) -> Answer:
    """Follow an ingredient back to the receipts that took it, newest first."""
    from onhand.cli.tables import second, table
    from onhand.kernel.entity import time_text

    async with desk.ledger() as stock:
        page = await stock.recipes.list_uses(site, sku, lot, after=after, limit=limit)
    rows = [
        {**use._asdict(), "occurred_at": time_text(use.occurred_at), "quantity": decimal_text(use.quantity)}
        for use in page
    ]

    def shown() -> "Iterator[RenderableType]":
        cells = [
            (use.number, use.kind, use.transaction, decimal_text(use.quantity), second(use.occurred_at), use.actor)
            for use in page
        ]
        yield table(["#", "what", "transaction", "taken", "occurred (UTC)", "by"], cells) if cells else "Nothing."
        if page.after is not None:
            yield f"There are more: --after {page.after}"

    return Answer(plain={"uses": rows, "after": page.after}, shown=shown)


async def variance(desk: Desk, site: Site, sku: Sku = None, limit: Limit = 50, after: After = None) -> Answer:
    """Show what was counted beside what was booked, newest first."""
    from onhand.cli.plain import place
    from onhand.cli.tables import places, second, signed, table
    from onhand.kernel.entity import time_text

    async with desk.ledger() as stock:
        page = await stock.recipes.list_variances(site, sku, after=after, limit=limit)
    rows = [
        {
            "number": told.number,
            "place": place(told.place),
            "booked": decimal_text(told.booked),
            "counted": decimal_text(told.counted),
            "difference": decimal_text(told.difference),
            "actor": told.actor,
            "occurred_at": time_text(told.occurred_at),
            "reason": told.reason,
        }
        for told in page
    ]

    def shown() -> "Iterator[RenderableType]":
        headings, cells = places([told.place for told in page])
        drawn = [
            (
                told.number,
                *cell,
                decimal_text(told.booked),
                decimal_text(told.counted),
                signed(told.difference),
                second(told.occurred_at),
                told.actor,
            )
            for told, cell in zip(page, cells, strict=True)
        ]
        columns = ["#", *headings, "booked", "counted", "difference", "occurred (UTC)", "by"]
        yield table(columns, drawn) if drawn else "Nothing was counted."
        if page.after is not None:
            yield f"There are more: --after {page.after}"

    return Answer(plain={"variances": rows, "after": page.after}, shown=shown)


def _health_shown(found: "Health") -> "Iterator[RenderableType]":
    from onhand.cli.tables import table

    yield f"{found.status}"
    yield table(["check", "status", "detail"], [(check.name, check.status, check.detail) for check in found.checks])
    for check in found.checks:
        for finding in check.findings[1:]:
            yield f"  {check.name}: {finding}"


def _metrics_plain(found: "Metrics") -> dict[str, Any]:
    from onhand.kernel.entity import time_text

    return {
        "sites": [
            {
                "site": site.site,
                "deducted": site.deducted,
                "deducted_24h": site.deducted_24h,
                "voided": site.voided,
                "refused": site.refused,
                "refused_24h": site.refused_24h,
                "success_rate_24h": site.success_rate_24h,
                "queue": site.queue,
                "oldest_waiting": None if site.oldest_waiting is None else time_text(site.oldest_waiting),
            }
            for site in found.sites
        ],
        "alerts": found.alerts,
        "latency_p50_ms": found.latency_p50_ms,
        "latency_p99_ms": found.latency_p99_ms,
    }


def _metrics_shown(found: "Metrics") -> "Iterator[RenderableType]":
    from onhand.cli.tables import table

    standing = [f"{count} {rule.replace('_', ' ')}" for rule, count in found.alerts.items() if count]
    if standing:
        yield f"alerts that stand: {', '.join(standing)}"
    if not found.sites:
        if not standing:
            yield "Nothing."
        return
    rows = [
        (
            site.site,
            site.deducted,
            site.deducted_24h,
            site.voided,
            site.refused,
            "" if site.success_rate_24h is None else f"{site.success_rate_24h:.1%}",
            ", ".join(f"{count} {status}" for status, count in site.queue.items()),
        )
        for site in found.sites
    ]
    yield table(["site", "deducted", "last 24 h", "voided", "refused", "success 24 h", "queue"], rows)


def _trail_plain(trail: "DeductionTrail") -> dict[str, Any]:
    from onhand.cli.plain import place
    from onhand.kernel.entity import time_text

    return {
        "id": trail.id,
        "site": trail.site,
        "transaction": trail.transaction,
        "status": trail.status,
        "items": [{**item._asdict(), "quantity": decimal_text(item.quantity)} for item in trail.items],
        "parts": [
            {**part._asdict(), "place": place(part.place), "quantity": decimal_text(part.quantity)}
            for part in trail.parts
        ],
        "postings": [
            {
                **posting._asdict(),
                "recorded_at": time_text(posting.recorded_at),
                "occurred_at": time_text(posting.occurred_at),
            }
            for posting in trail.postings
        ],
    }


def _trail_shown(trail: "DeductionTrail") -> "Iterator[RenderableType]":
    from onhand.cli.tables import places, second, table

    yield f"Transaction {trail.transaction} of {trail.site}: {trail.status}"
    for line, item in enumerate(trail.items, start=1):
        yield f"  {line}. {item.name} {decimal_text(item.quantity)}, {item.status}"
    headings, cells = places([part.place for part in trail.parts])
    rows = [
        (part.line, part.ingredient, *cell, decimal_text(part.quantity))
        for part, cell in zip(trail.parts, cells, strict=True)
    ]
    yield table(["line", "ingredient", *headings, "taken"], rows)
    for posting in trail.postings:
        reason = "" if posting.reason is None else f", {posting.reason}"
        when = f"{second(posting.occurred_at)} UTC{reason}"
        yield f"  posting {posting.number}: {posting.kind} by {posting.actor}, {when}"
