"""Rows of the read statements as answers."""

from collections.abc import Iterable
from typing import Any

from onhand.kernel.holding import Place
from onhand.kernel.states import STATES, end_named
from onhand.ledger.core.answers import (
    Balances,
    ChangeLine,
    HoldingAnswer,
    HoldingDifference,
    HoldingThen,
    MovementLine,
    PostingSummary,
    ReservationAnswer,
    ReservationLine,
)
from onhand.store.engine.rows import Row, utc

_TOLD = 9
"""How many columns tell of the posting, in front of those of a line."""


def balances_of(row: Row) -> Balances:
    """Read balances: the next columns, in the order of the states."""
    return Balances(*row[:STATES])


def holding_answer(row: Row) -> HoldingAnswer:
    """Read a holding as it is."""
    return HoldingAnswer(
        id=row[2],
        version=row[3],
        floor=row[4],
        expires_on=row[5],
        place=Place(*row[6:11]),
        balances=balances_of(row[11:]),
        value=row[11 + STATES],
        unit_cost=row[12 + STATES],
    )


def holding_then(row: Row, later: Balances) -> HoldingThen:
    """Read a holding as it was, without what happened later."""
    return HoldingThen(id=row[2], number=row[3], place=Place(*row[4:9]), balances=balances_of(row[9:]).plus(later, -1))


def holding_difference(row: Row, movements: Iterable[MovementLine]) -> HoldingDifference:
    """Read a holding at two moments."""
    return HoldingDifference(
        id=row[2],
        count=row[3],
        place=Place(*row[4:9]),
        before=balances_of(row[9:]),
        after=balances_of(row[9 + STATES :]),
        movements=tuple(movements),
    )


def posting_summary(row: Row) -> PostingSummary:
    """Read a posting without its lines."""
    return PostingSummary(**_told(row), key=row[9], reverts=tuple(row[10]), movements=row[11], changes=row[12])


def movement_line(row: Row) -> MovementLine:
    """Read a movement with its posting."""
    line, holding_id, source, target, quantity, *rest = row[_TOLD:]
    return MovementLine(
        **_told(row),
        line=line,
        holding_id=holding_id,
        source=end_named(source),
        target=end_named(target),
        quantity=quantity,
        place=Place(*rest[:5]),
        balances=balances_of(rest[5:]),
        value=rest[5 + STATES],
        value_held=rest[6 + STATES],
        unit_cost=rest[7 + STATES],
    )


def change_line(row: Row) -> ChangeLine:
    """Read a change with its posting."""
    line, entity, entity_id, action, before, after = row[_TOLD:]
    return ChangeLine(
        **_told(row), line=line, entity=entity, entity_id=entity_id, action=action, before=before, after=after
    )


def reservation_answer(row: Row, lines: Iterable[Row]) -> ReservationAnswer:
    """Read a reservation with its open lines."""
    return ReservationAnswer(
        id=row[0],
        version=row[1],
        site=row[2],
        status=row[3],
        expires_at=row[4] and utc(row[4]),
        priority=row[5],
        document_type=row[6],
        document_id=row[7],
        wanted=tuple((wanted[0], wanted[1]) for wanted in row[8] or ()),
        claimed_by=row[9],
        lines=tuple(ReservationLine(holding_id=line[1], place=Place(*line[2:7]), quantity=line[7]) for line in lines),
    )


def _told(row: Row) -> dict[str, Any]:
    """Read who, when, why and which document; `Any`, since each column has a type of its own."""
    number, kind, actor, recorded_at, occurred_at, reason, document_type, document_id, reverted_by = row[:_TOLD]
    return {
        "number": number,
        "kind": kind,
        "actor": actor,
        "recorded_at": utc(recorded_at),
        "occurred_at": utc(occurred_at),
        "reason": reason,
        "document_type": document_type,
        "document_id": document_id,
        "reverted_by": reverted_by,
    }
