"""The tables of allowed transitions: what may follow what, as data."""

from collections.abc import Mapping

from onhand.kernel.refusals import Refused

RESERVATION: Mapping[str, frozenset[str]] = {
    "pending": frozenset({"active", "released", "expired", "releasing"}),
    "active": frozenset({"active", "committed", "released", "expired", "releasing"}),
    "releasing": frozenset({"active", "released", "expired", "releasing"}),
    "committed": frozenset(),
    "released": frozenset(),
    "expired": frozenset(),
}
"""A pending reservation waits in line; a commit in part leaves one active; releasing is a cleanup under way."""

TRANSFER: Mapping[str, frozenset[str]] = {
    "in_transit": frozenset({"in_transit", "received"}),
    "received": frozenset(),
    "cancelled": frozenset(),
}
"""A receipt in part leaves a transfer in transit."""

DEDUCTION: Mapping[str, frozenset[str]] = {
    "deducted": frozenset({"partly_voided", "voided"}),
    "partly_voided": frozenset({"partly_voided", "voided"}),
    "voided": frozenset(),
}
"""A sale is voided line by line or as a whole, each line once."""

OFFLINE_SALE: Mapping[str, frozenset[str]] = {
    "pending": frozenset({"synced", "insufficient_stock", "approved", "rejected"}),
    "insufficient_stock": frozenset({"approved", "rejected"}),
    "synced": frozenset(),
    "approved": frozenset(),
    "rejected": frozenset(),
}
"""What waits is synchronised, or a manager decides; nothing ever leaves the queue."""

SERIAL: Mapping[str, frozenset[str]] = {
    "available": frozenset({"reserved", "sold", "gone"}),
    "reserved": frozenset({"available", "sold"}),
    "sold": frozenset({"delivered", "available"}),
    "delivered": frozenset({"available"}),
    "gone": frozenset({"available"}),
}
"""From sold and delivered only a return leads back; gone is written off, used up or never received."""

INVOICE: Mapping[str, frozenset[str]] = {
    "open": frozenset({"paid", "cancelled"}),
    "paid": frozenset({"delivered", "cancelled"}),
    "delivered": frozenset(),
    "cancelled": frozenset(),
}
"""A payment in part leaves an invoice open, a delivery in part leaves it paid."""

SALES_ORDER: Mapping[str, frozenset[str]] = {
    "placed": frozenset({"paid", "cancelled"}),
    "paid": frozenset({"fulfilled", "cancelled"}),
    "fulfilled": frozenset({"completed", "cancelled"}),
    "completed": frozenset(),
    "cancelled": frozenset(),
}
"""Placed, paid, fulfilled (picked and packed), completed (handed over); it is cancelled at any point before."""

TRANSITIONS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "reservation": RESERVATION,
    "transfer": TRANSFER,
    "deduction": DEDUCTION,
    "offline_sale": OFFLINE_SALE,
    "serial": SERIAL,
    "invoice": INVOICE,
    "sales_order": SALES_ORDER,
}
"""Each table by the word of its entity; the database has the same tables and refuses other steps."""
PURCHASE: Mapping[str, frozenset[str]] = {
    "expected": frozenset({"expected", "received", "cancelled"}),
    "received": frozenset(),
    "cancelled": frozenset(),
}
"""A receipt in part leaves a purchase expected. The database keeps the same: tests/ledger/planning/test_planning.py."""

LOT: Mapping[str, frozenset[str]] = {
    "AWAITING_INTAKE": frozenset({"LIVE", "PHOTOGRAPHY_COMPLETE", "ON_HOLD", "QUARANTINED", "CLOSED"}),
    "LIVE": frozenset({"AWAITING_INTAKE", "PHOTOGRAPHY_COMPLETE", "ON_HOLD", "QUARANTINED", "SOLD_OUT", "CLOSED"}),
    "PHOTOGRAPHY_COMPLETE": frozenset({"AWAITING_INTAKE", "LIVE", "ON_HOLD", "QUARANTINED", "SOLD_OUT", "CLOSED"}),
    "ON_HOLD": frozenset({"AWAITING_INTAKE", "LIVE", "PHOTOGRAPHY_COMPLETE", "QUARANTINED", "SOLD_OUT", "CLOSED"}),
    "QUARANTINED": frozenset({"AWAITING_INTAKE", "LIVE", "PHOTOGRAPHY_COMPLETE", "ON_HOLD", "SOLD_OUT", "CLOSED"}),
    "SOLD_OUT": frozenset({"LIVE", "PHOTOGRAPHY_COMPLETE", "ON_HOLD", "QUARANTINED", "CLOSED"}),
    "CLOSED": frozenset(),
}
"""
What was taken one way can be undone the other way, but nothing leads out of CLOSED, and nothing is sold out that was
never for sale. The database keeps the same table: tests/store/lots/test_lot_guards.py compares them.
"""


ALERT: Mapping[str, frozenset[str]] = {
    "open": frozenset({"acknowledged", "resolved"}),
    "acknowledged": frozenset({"resolved"}),
    "resolved": frozenset({"open"}),
}
"""The facts resolve an alert, and raise it again when they are true again."""


def check_transition(table: Mapping[str, frozenset[str]], entity: str, source: str, target: str) -> None:
    """Refuse a step that the table does not allow."""
    if target not in table[source]:
        raise Refused("INVALID_STATUS_TRANSITION", **{"entity": entity, "from": source, "to": target})
