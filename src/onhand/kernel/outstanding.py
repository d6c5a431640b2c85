"""Open lines: what reservations and transfers still wait for, and how it is settled."""

from collections.abc import Iterable, Sequence

from onhand.kernel.book import Book
from onhand.kernel.command import Line
from onhand.kernel.entity import OpenLine
from onhand.kernel.holding import Holding
from onhand.kernel.moving_average import part_of
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused


def merged(parts: Iterable[tuple[Holding, int]]) -> tuple[OpenLine, ...]:
    """Put the parts of each holding together, in the order of the holdings' ids."""
    totals: dict[int, int] = {}
    for holding, quantity in parts:
        totals[holding.id] = totals.get(holding.id, 0) + quantity
    return tuple(OpenLine(holding_id, quantity) for holding_id, quantity in sorted(totals.items()))


def settle(
    book: Book, waiting: Sequence[OpenLine], lines: Sequence[Line]
) -> tuple[list[OpenLine], tuple[OpenLine, ...]]:
    """
    Choose what of the waiting quantities is settled by some lines.

    Args:
        book: Knows the holdings.
        waiting: What is open.
        lines: What is settled now; none means all of it.

    Returns:
        What is settled now, and what stays open.

    Raises:
        Refused: INSUFFICIENT_INVENTORY with every line that asks for more than is open.
    """
    if not lines:
        return list(waiting), ()
    left = {line.holding_id: line.quantity for line in waiting}
    settled: list[OpenLine] = []
    shortages: list[dict[str, object]] = []
    for line in sorted(lines, key=lambda line: line[2:5].count(None)):  # the narrower ones first, as in pick
        missing = line.quantity
        matching = [holding_id for holding_id in left if _matches(book.holdings[holding_id], line)]
        for holding_id in matching:
            portion = min(missing, left[holding_id])
            if portion:
                settled.append(OpenLine(holding_id, portion))
                left[holding_id] -= portion
                missing -= portion
        if missing or not matching:
            shortages.append(_shortage(book, waiting, line, line.quantity - missing))
    if shortages:
        raise Refused("INSUFFICIENT_INVENTORY", shortages=shortages)
    return settled, tuple(OpenLine(holding_id, quantity) for holding_id, quantity in left.items() if quantity)


def settle_values(
    waiting: Sequence[OpenLine], values: Sequence[int] | None, settled: Iterable[OpenLine]
) -> tuple[list[int], tuple[int, ...] | None]:
    """
    Share the values of waiting lines between what is settled and what stays open.

    Args:
        waiting: What was open.
        values: What each of these lines is worth; None where nothing is known.
        settled: What `settle` chose.

    Returns:
        What each settled line is worth, and what each line that stays open is; None where nothing is known.
    """
    left = {line.holding_id: (line.quantity, value) for line, value in zip(waiting, values or (), strict=False)}
    parts: list[int] = []
    for line in settled:
        quantity, value = left.get(line.holding_id, (line.quantity, 0))
        parts.append(part_of(value, line.quantity, quantity))
        left[line.holding_id] = quantity - line.quantity, value - parts[-1]
    rest = tuple(value for quantity, value in left.values() if quantity)
    return parts, rest if any(rest) else None


def _matches(holding: Holding, line: Line) -> bool:
    place = holding.place
    return (
        place.sku == line.sku
        and line.lot in {None, place.lot}
        and line.location in {None, place.location}
        and line.unit in {None, place.unit}
    )


def _shortage(book: Book, waiting: Sequence[OpenLine], line: Line, settled: int) -> dict[str, object]:
    site = book.holdings[waiting[0].holding_id].place.site if waiting else "nowhere"
    return {
        "site": site,
        "sku": line.sku,
        "requested": quantity_text(line.quantity),
        "available": quantity_text(settled),
    }
