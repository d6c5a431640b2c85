"""Answers of the ledger as plain JSON values: quantities are plain decimals in text, times RFC 3339 in UTC."""

from datetime import datetime
from typing import Any

from onhand.kernel.entity import time_text
from onhand.kernel.exact import decimal_text
from onhand.kernel.holding import Place
from onhand.kernel.money import money_text
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.quantity import quantity_text
from onhand.kernel.snapshots import plain_snapshot
from onhand.kernel.states import WORDS
from onhand.ledger.core.answers import (
    Balances,
    ChangeLine,
    Circumstances,
    Difference,
    Explanation,
    HoldingAnswer,
    HoldingThen,
    MovementLine,
    PostingSummary,
    ReservationAnswer,
    Then,
    Verification,
    balances_of,
)
from onhand.ledger.pieces.verbs import made_pieces as read_made_pieces
from onhand.ledger.pieces.verbs import reverted_pieces as read_reverted_pieces

Plain = dict[str, Any]
"""A JSON object; `Any` because each kind has members of its own."""

_MADE = frozenset({"reservation", "transfer", "purchase", "invoice", "sales_order", "payment"})


def posting(posting: Posting) -> Plain:
    """Give a posting with its movements and changes."""
    made = {
        change.entity: change.entity_id
        for change in posting.changes
        if change.entity in _MADE and change.action == "created"
    }
    return {
        "number": posting.number,
        "kind": posting.kind,
        "key": posting.key,
        "actor": posting.actor,
        "recorded_at": time_text(posting.recorded_at),
        "occurred_at": time_text(posting.occurred_at),
        "reason": posting.reason,
        "document": _document(posting.document_type, posting.document_id),
        "data": None if posting.data is None else dict(posting.data),
        "reverts": list(posting.reverts),
        "replayed": posting.replayed,
        "hash": posting.hash.hex(),
        **made,
        "movements": [_movement(movement) for movement in posting.movements],
        "changes": [_change(change) for change in posting.changes],
    }


def reverted_pieces(posting: Posting) -> Plain:
    """Give the pieces that a reversal brought back and those that it took away; nothing where it touched none."""
    restored, removed = read_reverted_pieces(posting)
    return {"restored": list(restored), "removed": list(removed)} if restored or removed else {}


def made_pieces(posting: Posting) -> list[Plain]:
    """Give the pieces that a posting made."""
    return [
        {"piece": made.code, "kind": made.kind, "size": decimal_text(made.size)} for made in read_made_pieces(posting)
    ]


def summary(posting: PostingSummary) -> Plain:
    """Give a posting without its lines."""
    return {
        **_telling(posting),
        "key": posting.key,
        "reverts": list(posting.reverts),
        "movements": posting.movements,
        "changes": posting.changes,
    }


def holding(holding: HoldingAnswer) -> Plain:
    """Give a holding as it is."""
    return {
        "id": holding.id,
        **holding.place._asdict(),
        "expires_on": None if holding.expires_on is None else holding.expires_on.isoformat(),
        "version": holding.version,
        "floor": decimal_text(holding.floor),
        "value": decimal_text(holding.value),
        "unit_cost": decimal_text(holding.unit_cost),
        **balances(holding.balances),
    }


def then(then: Then) -> Plain:
    """Give holdings as they were."""
    return {
        "number": then.number,
        "occurred_at": _moment(then.occurred_at),
        "holdings": [_holding_then(holding) for holding in then.holdings],
        "after": then.holdings.after,
    }


def difference(difference: Difference) -> Plain:
    """Give what differs between two moments."""
    return {
        "since": difference.since,
        "until": difference.until,
        "holdings": [
            {
                "id": holding.id,
                **holding.place._asdict(),
                "before": balances(holding.before),
                "after": balances(holding.after),
                "change": balances(holding.after.less(holding.before)),
                "movement_count": holding.count,
                "movements": [movement_line(movement) for movement in holding.movements],
            }
            for holding in difference.holdings
        ],
        "after": difference.holdings.after,
    }


def movement_line(movement: MovementLine) -> Plain:
    """Give a movement with the posting that it stands in."""
    return {
        **_telling(movement),
        "line": movement.line,
        "holding": movement.holding_id,
        **movement.place._asdict(),
        "from": WORDS[movement.source],
        "to": WORDS[movement.target],
        "quantity": decimal_text(movement.quantity),
        "balances": balances(movement.balances),
        "value": decimal_text(movement.value),
        "value_held": decimal_text(movement.value_held),
        "unit_cost": decimal_text(movement.unit_cost),
    }


def trail_line(line: MovementLine | ChangeLine) -> Plain:
    """Give a line of a trail; `what` says which of the two it is."""
    if isinstance(line, MovementLine):
        return {"what": "movement", **movement_line(line)}
    change = Change(line.entity, line.entity_id, line.action, line.before, line.after)
    return {"what": "change", **_telling(line), "line": line.line, **_change(change)}


def explanation(explanation: Explanation) -> Plain:
    """Give how a figure came to be."""
    return {
        "state": "on_hand" if explanation.state is None else WORDS[explanation.state],
        "total": decimal_text(explanation.total),
        "brought_forward": decimal_text(explanation.brought_forward),
        "movements": [
            {
                **movement_line(line.movement),
                "change": decimal_text(line.change),
                "total": decimal_text(line.total),
            }
            for line in explanation.movements
        ],
        "earlier": explanation.earlier,
    }


def reservation(reservation: ReservationAnswer) -> Plain:
    """Give a reservation with what it still waits for."""
    return {
        "reservation": reservation.id,
        "version": reservation.version,
        "site": reservation.site,
        "status": reservation.status,
        "expires_at": _moment(reservation.expires_at),
        "priority": reservation.priority,
        "document": _document(reservation.document_type, reservation.document_id),
        "lines": [
            {"holding": line.holding_id, **line.place._asdict(), "quantity": decimal_text(line.quantity)}
            for line in reservation.lines
        ],
        "wanted": [{"sku": sku, "quantity": decimal_text(quantity)} for sku, quantity in reservation.wanted],
        "claimed_by": reservation.claimed_by,
    }


def verification(verification: Verification) -> Plain:
    """Give what a verification came to."""
    return {
        "ok": verification.ok,
        "postings": verification.postings,
        "head": {"number": verification.head.number, "hash": verification.head.hash.hex()},
        "findings": [
            {"code": finding.code, "number": finding.number, "entity": finding.entity, "detail": finding.detail}
            for finding in verification.findings
        ],
    }


def balances(balances: Balances) -> Plain:
    """Give the quantities by state, and what is on hand."""
    plain: Plain = {state: decimal_text(quantity) for state, quantity in balances._asdict().items()}
    plain["on_hand"] = decimal_text(balances.on_hand)
    return plain


def _holding_then(holding: HoldingThen) -> Plain:
    return {"id": holding.id, **holding.place._asdict(), "number": holding.number, **balances(holding.balances)}


def _movement(movement: Movement) -> Plain:
    return {
        "holding": movement.holding_id,
        **place(movement.place),
        "from": WORDS[movement.source],
        "to": WORDS[movement.target],
        "quantity": quantity_text(movement.quantity),
        "balances": balances(balances_of(movement.balances)),
        "value": money_text(movement.value),
        "value_held": money_text(movement.value_held),
        "unit_cost": money_text(movement.unit_cost),
    }


def place(place: Place) -> Plain:
    """Give a place in codes."""
    return place._asdict()


def _change(change: Change) -> Plain:
    return {
        "entity": change.entity,
        "id": change.entity_id,
        "action": change.action,
        "before": None if change.before is None else plain_snapshot(change.before),
        "after": plain_snapshot(change.after),
    }


def _telling(told: Circumstances) -> Plain:
    return {
        "number": told.number,
        "kind": told.kind,
        "actor": told.actor,
        "recorded_at": time_text(told.recorded_at),
        "occurred_at": time_text(told.occurred_at),
        "reason": told.reason,
        "document": _document(told.document_type, told.document_id),
        "reverted_by": told.reverted_by,
    }


def _document(document_type: str | None, document_id: str | None) -> Plain | None:
    if document_type is None and document_id is None:
        return None
    return {"type": document_type, "id": document_id}


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)
