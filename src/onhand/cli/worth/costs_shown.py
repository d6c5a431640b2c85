"""Valuations and reports of costs, for people and as plain JSON values."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.shown import listed
from onhand.cli.tables import kind, table
from onhand.kernel.exact import decimal_text
from onhand.ledger.worth.port import CostReport, Valuation


def valuation_plain(valuation: Valuation) -> dict[str, object]:
    """Give a valuation as plain JSON values."""
    return {
        "number": valuation.number,
        "value": decimal_text(valuation.value),
        "items": [
            {
                "site": item.site,
                "sku": item.sku,
                "quantity": decimal_text(item.quantity),
                "value": decimal_text(item.value),
                "unit_cost": None if item.unit_cost is None else decimal_text(item.unit_cost),
            }
            for item in valuation.items
        ],
        "after": valuation.items.after,
    }


def valuation_shown(valuation: Valuation) -> Iterator[RenderableType]:
    """List what the goods of each item are worth, and all of them."""
    yield Text(f"After posting {valuation.number} stock is worth {decimal_text(valuation.value)}:", style="bold")
    rows = [
        (
            item.site,
            item.sku,
            decimal_text(item.quantity),
            "" if item.unit_cost is None else decimal_text(item.unit_cost),
            decimal_text(item.value),
        )
        for item in valuation.items
    ]
    yield from listed(valuation.items, table(["site", "item", "quantity", "unit cost", "worth"], rows))


def report_plain(report: CostReport) -> dict[str, object]:
    """Give a report of costs as plain JSON values."""
    return {
        "since": report.since,
        "until": report.until,
        "opening": decimal_text(report.opening),
        "lines": [
            {
                "kind": line.kind,
                "end": line.end,
                "value_in": decimal_text(line.value_in),
                "value_out": decimal_text(line.value_out),
            }
            for line in report.lines
        ],
        "closing": decimal_text(report.closing),
    }


def report_shown(report: CostReport) -> Iterator[RenderableType]:
    """List what came and went between opening and closing."""
    yield Text(f"From after posting {report.since} to after posting {report.until}:", style="bold")
    rows = [
        ("opening", "", "", "", decimal_text(report.opening)),
        *(
            (
                kind(line.kind),
                line.end,
                decimal_text(line.value_in) if line.value_in else "",
                decimal_text(line.value_out) if line.value_out else "",
                "",
            )
            for line in report.lines
        ),
        ("closing", "", "", "", decimal_text(report.closing)),
    ]
    yield table(["kind", "from or to", "came in", "went out", "worth"], rows)
