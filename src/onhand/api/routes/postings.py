"""Postings as JSON: who, when, why, and every movement and change."""

from typing import Any

from onhand.api.routes.commands import DOCUMENT, Schema, Shape, described, shape_of, write_snapshot
from onhand.api.routes.fields import field_of
from onhand.kernel.entity import time_text
from onhand.kernel.holding import Place
from onhand.kernel.money import money_text
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.quantity import quantity_text
from onhand.kernel.states import WORDS
from onhand.ledger.core.answers import Balances
from onhand.ledger.pieces.verbs import reverted_pieces

_MADE = frozenset(
    {
        "reservation",
        "transfer",
        "api_key",
        "offline_sale",
        "order",
        "invoice",
        "purchase",
        "receipt",
        "slice",
        "webhook",
    }
)
"""Of these, a posting tells the number of the one that it made; of a receipt the one that is printed on it."""

_VALUES = ("value", "value_held", "unit_cost")

_AFTER = (
    "As it is now. Quantities in the item's measure, money, costs and percentages are plain decimals in text, in the "
    "rows of its lists too; numbers are ids, counts and the parts of a ratio."
)

_balances = shape_of(Balances)


def write_posting(posting: Posting) -> dict[str, Any]:
    """Write a posting with its movements and changes."""
    written: dict[str, Any] = {
        "number": posting.number,
        "kind": posting.kind,
        "key": posting.key,
        "actor": posting.actor,
        "recorded_at": time_text(posting.recorded_at),
        "occurred_at": time_text(posting.occurred_at),
        "reason": posting.reason,
        "document": _document(posting),
        "data": None if posting.data is None else dict(posting.data),
        "reverts": list(posting.reverts),
        "replayed": posting.replayed,
        "hash": posting.hash.hex(),
        "movements": [_movement(movement) for movement in posting.movements],
        "changes": [_change(change) for change in posting.changes],
    }
    for change in posting.changes:
        if change.entity in _MADE and change.action == "created":
            written[change.entity] = change.after["number"] if change.entity == "receipt" else change.entity_id
    if posting.reverts:
        restored, removed = reverted_pieces(posting)
        if restored or removed:
            written |= {"restored": list(restored), "removed": list(removed)}
    return written


def _document(posting: Posting) -> dict[str, str | None] | None:
    if posting.document_type is None and posting.document_id is None:
        return None
    return {"type": posting.document_type, "id": posting.document_id}


def _movement(movement: Movement) -> dict[str, Any]:
    return {
        "holding": movement.holding_id,
        **movement.place._asdict(),
        "from": WORDS[movement.source],
        "to": WORDS[movement.target],
        "quantity": quantity_text(movement.quantity),
        "balances": _balances.write(movement.balances),
        "value": money_text(movement.value),
        "value_held": money_text(movement.value_held),
        "unit_cost": money_text(movement.unit_cost),
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "id": change.entity_id,
        "action": change.action,
        "before": None if change.before is None else write_snapshot(change.before),
        "after": write_snapshot(change.after),
    }


def _posting_schema() -> Schema:
    text, number = {"type": "string"}, {"type": "integer"}
    place = {name: described(Place, name, hint) for name, hint in Place.__annotations__.items()}
    place = {name: {**schema, "description": schema["description"]} for name, schema in place.items()}
    end = {"title": "End", "type": "string", "enum": list(WORDS)}
    movement = {
        "holding": {**number, "description": "The number of the holding."},
        **place,
        "from": {**end, "description": "Where it came from: a state, or the outside."},
        "to": {**end, "description": "Where it went: a state, or the outside."},
        "quantity": {**text, "description": "How much, in the item's measure."},
        "balances": {**_balances.schema, "description": "The quantities by state after it, in the item's measure."},
        **{name: {**text, "description": field_of("Movement", name).meaning} for name in _VALUES},
    }
    snapshot = {"type": "object", "additionalProperties": True}
    change = {
        "entity": {**text, "description": "The kind of thing."},
        "id": {**number, "description": "Its number."},
        "action": {**text, "description": "What happened to it."},
        "before": {
            "anyOf": [snapshot, {"type": "null"}],
            "description": "As it was, told as `after`; null where it was made.",
        },
        "after": {**snapshot, "description": _AFTER},
    }
    moment = {**text, "format": "date-time"}
    plain: Schema = {
        "number": {**number, "description": "The number of the posting in the journal of the org."},
        "kind": {**text, "description": "The operation."},
        "key": {**text, "description": "The idempotency key."},
        "actor": {**text, "description": "Who acted."},
        "recorded_at": {**moment, "description": "When it was recorded, by the clock of the journal."},
        "occurred_at": {**moment, "description": "When it happened, as it was told."},
        "reason": {"anyOf": [text, {"type": "null"}], "description": "Why."},
        "document": DOCUMENT,
        "data": {"anyOf": [snapshot, {"type": "null"}], "description": "Reference data, as it came."},
        "reverts": {"type": "array", "items": number, "description": "The postings that it undid, newest first."},
        "replayed": {"type": "boolean", "description": "Whether this is the answer to a retry."},
        "hash": {**text, "description": "Seals the journal up to here, in hex; empty in a dry run."},
        "movements": {
            "type": "array",
            "items": _object("Movement", movement),
            "description": "The movements, in order.",
        },
        "changes": {"type": "array", "items": _object("Change", change), "description": "The changes, in order."},
    }
    made = {word: {**number, "description": f"The number of the {word} that it made."} for word in sorted(_MADE)}
    names = {"type": "array", "items": text}
    undone = {
        "restored": {**names, "description": "The names of the pieces that an undoing brought back."},
        "removed": {**names, "description": "The names of the pieces that an undoing took away."},
    }
    return {**_object("Posting", plain), "properties": {**plain, **made, **undone}}


def _object(title: str, properties: Schema) -> Schema:
    return {
        "title": title,
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def _unread(value: object, place: str) -> object:
    raise TypeError(f"{place} is written only, {value!r:.40}")


POSTING = Shape(_unread, write_posting, _posting_schema())
