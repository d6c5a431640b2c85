"""Proposals and purchases, for people and as plain JSON values."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from onhand.cli.tables import table
from onhand.kernel.exact import decimal_text
from onhand.ledger.core.answers import Page
from onhand.ledger.planning.port import PurchaseAnswer

if TYPE_CHECKING:
    from onhand.planning.proposal import Proposal


def proposals_plain(proposals: "Sequence[Proposal]") -> dict[str, object]:
    """Give proposals as plain JSON values."""
    return {
        "proposals": [
            {
                "sku": proposal.sku,
                "quantity": decimal_text(proposal.quantity),
                "available": decimal_text(proposal.available),
                "incoming": decimal_text(proposal.incoming),
                "point": decimal_text(proposal.point),
                "target": decimal_text(proposal.target),
                "is_set": proposal.is_set,
                "weekly": decimal_text(proposal.weekly),
                "days_of_cover": None if proposal.days_of_cover is None else f"{proposal.days_of_cover:.1f}",
                "method": proposal.method,
                "beats_naive": proposal.beats_naive,
                "error": None if proposal.error is None else decimal_text(proposal.error),
            }
            for proposal in proposals
        ]
    }


def proposals_shown(proposals: "Sequence[Proposal]") -> Iterator[RenderableType]:
    """List proposals."""
    if not proposals:
        yield Text("Nothing has to be ordered.")
        return
    rows = [
        (
            proposal.sku,
            decimal_text(proposal.quantity),
            decimal_text(proposal.available),
            decimal_text(proposal.incoming),
            decimal_text(proposal.point),
            decimal_text(proposal.target),
            "" if proposal.days_of_cover is None else f"{proposal.days_of_cover:.0f}",
            f"{proposal.weekly:.1f}",
            "" if proposal.error is None else f"{proposal.error:.1f}",
            "set" if proposal.is_set else proposal.method if proposal.beats_naive else "naive: no forecast beat it",
        )
        for proposal in proposals
    ]
    columns = ["item", "order", "available", "incoming", "point", "target", "days of cover", "a week", "off by", "by"]
    yield table(columns, rows)


def purchases_plain(page: Page[PurchaseAnswer]) -> dict[str, object]:
    """Give purchases as plain JSON values."""
    return {
        "purchases": [
            {
                "purchase": bought.id,
                "site": bought.site,
                "status": bought.status,
                "supplier": bought.supplier,
                "expected_on": None if bought.expected_on is None else bought.expected_on.isoformat(),
                "waiting": {sku: decimal_text(quantity) for sku, quantity in bought.lines},
            }
            for bought in page
        ],
        "after": page.after,
    }


def purchases_shown(page: Page[PurchaseAnswer]) -> Iterator[RenderableType]:
    """List purchases."""
    if not page.rows:
        yield Text("Nothing.")
        return
    rows = [
        (
            bought.id,
            bought.site,
            bought.status,
            bought.supplier,
            bought.expected_on,
            ", ".join(f"{decimal_text(quantity)} {sku}" for sku, quantity in bought.lines),
        )
        for bought in page
    ]
    yield table(["#", "site", "status", "supplier", "expected on", "waits for"], rows)
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")
