"""Valuations and reports of costs, for people and as plain JSON values."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.shown import listed
from onhand.cli.tables import kind, table
from onhand.kernel.money import money_text
from onhand.kernel.quantity import quantity_text
from onhand.ledger.worth.port import CostReport, Valuation


def valuation_plain(valuation: Valuation) -> dict[str, object]:
    """Give a valuation as plain JSON values."""
    return {
        "number": valuation.number,
        "value": money_text(valuation.value),
        "items": [
            {
                "site": item.site,
                "sku": item.sku,
                "quantity": quantity_text(item.quantity),
                "value": money_text(item.value),
                "unit_cost": None if item.unit_cost is None else money_text(item.unit_cost),
            }
            for item in valuation.items
        ],
        "after": valuation.items.after,
    }


def valuation_shown(valuation: Valuation) -> Iterator[RenderableType]:
    """List what the goods of each item are worth, and all of them."""
    yield Text(f"After posting {valuation.number} stock is worth {money_text(valuation.value)}:", style="bold")
    rows = [
        (
            item.site,
            item.sku,
            quantity_text(item.quantity),
            "" if item.unit_cost is None else money_text(item.unit_cost),
            money_text(item.value),
        )
        for item in valuation.items
    ]
    yield from listed(valuation.items, table(["site", "item", "quantity", "unit cost", "worth"], rows))


def report_plain(report: CostReport) -> dict[str, object]:
    """Give a report of costs as plain JSON values."""
    return {
        "since": report.since,
        "until": report.until,
        "opening": money_text(report.opening),
        "lines": [
            {
                "kind": line.kind,
                "end": line.end,
                "value_in": money_text(line.value_in),
                "value_out": money_text(line.value_out),
            }
            for line in report.lines
        ],
        "closing": money_text(report.closing),
    }


def report_shown(report: CostReport) -> Iterator[RenderableType]:
    """List what came and went between opening and closing."""
    yield Text(f"From after posting {report.since} to after posting {report.until}:", style="bold")
    rows = [
        ("opening", "", "", "", money_text(report.opening)),
        *(
            (
                kind(line.kind),
                line.end,
                money_text(line.value_in) if line.value_in else "",
                money_text(line.value_out) if line.value_out else "",
                "",
            )
            for line in report.lines
        ),
        ("closing", "", "", "", money_text(report.closing)),
    ]
    yield table(["kind", "from or to", "came in", "went out", "worth"], rows)
