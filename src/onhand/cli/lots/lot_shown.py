"""Lots as people read them, and as plain JSON values."""

from collections.abc import Iterator
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from onhand.cli import plain
from onhand.cli.tables import BALANCES, document, figures, kind, minute, table
from onhand.kernel.entity import time_text
from onhand.kernel.exact import decimal_text
from onhand.ledger.core.answers import HoldingAnswer, Page
from onhand.ledger.lots.port import AlertAnswer, LotAnswer, Recipient


def plain_lot(lot: LotAnswer) -> dict[str, Any]:
    """Give a lot with what is of it everywhere."""
    costs = {"unit_cost": lot.unit_cost, "cost_min": lot.cost_min, "cost_max": lot.cost_max}
    return {
        "id": lot.id,
        "sku": lot.sku,
        "name": lot.name,
        "lot": lot.code,
        "status": lot.status,
        "status_since": None if lot.status_since is None else time_text(lot.status_since),
        "received_at": time_text(lot.received_at),
        "expires_on": None if lot.expires_on is None else lot.expires_on.isoformat(),
        "vendor": lot.vendor,
        "brand": lot.brand,
        "category": lot.category,
        "subcategory": lot.subcategory,
        "grade": lot.grade,
        "strain_id": lot.strain_id,
        "cost_mode": lot.cost_mode,
        **{name: None if cost is None else decimal_text(cost) for name, cost in costs.items()},
        "payment_terms": lot.payment_terms,
        "version": lot.version,
        **plain.balances(lot.balances),
    }


def plain_recipient(row: Recipient) -> dict[str, Any]:
    """Give who received goods of a lot."""
    return {
        "number": row.number,
        "kind": row.kind,
        "actor": row.actor,
        "recorded_at": time_text(row.recorded_at),
        "occurred_at": time_text(row.occurred_at),
        "reason": row.reason,
        "document": None if row.document_id is None else {"type": row.document_type, "id": row.document_id},
        "data": row.data,
        "site": row.site,
        "to": row.target,
        "quantity": decimal_text(row.quantity),
    }


def lots(page: Page[LotAnswer]) -> Iterator[RenderableType]:
    """List lots."""
    rows = [
        (
            lot.code,
            lot.sku,
            lot.status,
            lot.vendor,
            lot.brand,
            lot.category,
            minute(lot.received_at),
            lot.expires_on,
            *figures(lot.balances),
        )
        for lot in page
    ]
    columns = ["lot", "item", "status", "vendor", "brand", "category", "came in (UTC)", "expires on", *BALANCES]
    if not rows:
        yield Text("Nothing.")
        return
    yield table(columns, rows)
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")


def lot(lot: LotAnswer, holdings: Page[HoldingAnswer], recipients: Page[Recipient]) -> Iterator[RenderableType]:
    """Show one lot: its facts, where it lies, and who received it."""
    yield Text.assemble((f"Lot {lot.code} of {lot.sku}", "bold"), f" ({lot.name}): ", (lot.status, "bold"))
    told = plain_lot(lot)
    facts = ("vendor", "brand", "category", "subcategory", "grade", "strain_id", "payment_terms", "expires_on")
    costs = ("cost_mode", "unit_cost", "cost_min", "cost_max")
    for name in (*facts, *costs):
        if told[name] is not None:
            yield Text(f"  {name.replace('_', ' '):<13} {told[name]}")
    rows = [
        (" / ".join(part for part in (held.place.site, held.place.location) if part), *figures(held.balances))
        for held in holdings
    ]
    yield table(["site / location", *BALANCES], rows) if rows else Text("Nothing of it is anywhere.")
    if recipients.rows:
        yield from received(recipients)


def received(page: Page[Recipient]) -> Iterator[RenderableType]:
    """List who received goods of a lot."""
    if not page.rows:
        yield Text("Nobody has received any of it.")
        return
    yield Text("Who received it:", style="bold")
    rows = [
        (
            row.number,
            minute(row.recorded_at),
            kind(row.kind),
            row.site,
            row.target,
            decimal_text(row.quantity),
            " ".join(part for part in (document(row.document_type, row.document_id), row.reason) if part),
            row.actor,
        )
        for row in page
    ]
    yield table(["#", "recorded (UTC)", "kind", "site", "to", "quantity", "document and reason", "by"], rows)
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")


def alerts(page: Page[AlertAnswer]) -> Iterator[RenderableType]:
    """List alerts."""
    if not page.rows:
        yield Text("Nothing needs to be seen to.")
        return
    rows = [
        (
            alert.id,
            alert.severity,
            alert.rule.replace("_", " "),
            alert.status,
            minute(alert.raised_at),
            alert.sku,
            ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in alert.facts.items() if name != "sku"),
        )
        for alert in page
    ]
    yield table(["#", "severity", "what", "status", "raised (UTC)", "item", "facts when it was raised"], rows)
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")
