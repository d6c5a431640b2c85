"""Tables for people: compact, with columns that say something, and wrapped between words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from rich import box
from rich.table import Table
from rich.text import Text

from onhand.kernel.exact import decimal_text
from onhand.kernel.holding import Place
from onhand.ledger.core.answers import Balances, Circumstances

_NUMBERS = frozenset(
    {
        "#",
        "quantity",
        "change",
        "makes",
        "before",
        "after",
        "movements",
        "changes",
        "priority",
        "may fall to",
        "price",
        "amount",
        "net",
        "VAT",
        "gross",
        "lines",
        *Balances._fields,
        "on hand",
        "sold",
        "refused",
        "paid",
        "left",
        "unit cost",
        "worth",
        "came in",
        "went out",
        "drift",
        "seconds",
    }
)
_WHOLE = _NUMBERS | {
    "recorded (UTC)",
    "expires (UTC)",
    "expires on",
    "kind",
    "from",
    "to",
    "status",
    "state",
    "came in (UTC)",
}
"""Columns that are short and never wrapped; the others give way where a terminal is narrow."""

BALANCES = (*Balances._fields, "on hand")
"""The columns of `figures`."""

_ALWAYS = (0, len(BALANCES) - 1)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """
    Draw a table; a column without any content is left out.

    Args:
        columns: The headings; those of numbers are set to the right.
        rows: Anything that has text; None is empty.
    """
    filled = [["" if cell is None else str(cell) for cell in row] for row in rows]
    kept = [place for place in range(len(columns)) if not filled or any(row[place] for row in filled)]
    # One space beside each cell and one between columns.
    drawn = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for place in kept:
        name = columns[place]
        drawn.add_column(
            Text(name), justify="right" if name in _NUMBERS else "left", no_wrap=name in _WHOLE, overflow="fold"
        )
    for row in filled:
        drawn.add_row(*(Text(row[place]) for place in kept))
    return drawn


def places(places: Sequence[Place]) -> tuple[list[str], list[tuple[str, str]]]:
    """Give the headings and cells of places in two columns: where it is, and what; only parts that occur are named."""
    where = ["site", *(["location"] if any(place.location for place in places) else [])]
    what = ["item"]
    what += ["lot"] if any(place.lot for place in places) else []
    what += ["unit"] if any(place.unit for place in places) else []
    cells = [(_joined(place.site, place.location), _joined(place.sku, place.lot, place.unit)) for place in places]
    return [" / ".join(where), " / ".join(what)], cells


def figures(balances: Balances) -> list[str]:
    """Give the cells of balances; where nothing stands is empty, but for what everybody looks for."""
    quantities = [*balances, balances.on_hand]
    return [decimal_text(quantity) if quantity or place in _ALWAYS else "" for place, quantity in enumerate(quantities)]


def signed(quantity: Decimal) -> str:
    """Write a change with its sign."""
    return f"+{decimal_text(quantity)}" if quantity > 0 else decimal_text(quantity)


def minute(moment: datetime | None) -> str:
    """Write a time for lists, to the minute, in UTC."""
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M")


def second(moment: datetime | None) -> str:
    """Write a time to the second, in UTC."""
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")


def document(document_type: str | None, document_id: str | None) -> str:
    """Write a reference document."""
    return " ".join(part for part in (document_type, document_id) if part)


def kind(kind: str) -> str:
    """Write the kind of a posting."""
    return kind.replace("_", " ")


def why(told: Circumstances) -> str:
    """Write who did it, for which document, why, and whether it was undone."""
    about = "; ".join(part for part in (document(told.document_type, told.document_id), told.reason) if part)
    who = f"{told.actor}: {about}" if about else told.actor
    return who if told.reverted_by is None else f"{who} (undone by {told.reverted_by})"


def _joined(*parts: str | None) -> str:
    return " / ".join(part for part in parts if part)
