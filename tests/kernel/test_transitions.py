"""The tables of transitions: every pair of statuses, allowed or not."""

from collections.abc import Mapping

import pytest

from onhand.kernel.refusals import Refused
from onhand.kernel.transitions import LOT, TRANSITIONS, check_transition

ALLOWED = {
    "reservation": {
        ("pending", "active"),
        ("pending", "released"),
        ("pending", "expired"),
        ("pending", "releasing"),
        ("active", "active"),
        ("active", "committed"),
        ("active", "released"),
        ("active", "expired"),
        ("active", "releasing"),
        ("releasing", "active"),
        ("releasing", "released"),
        ("releasing", "expired"),
        ("releasing", "releasing"),
    },
    "transfer": {("in_transit", "in_transit"), ("in_transit", "received")},
    "deduction": {
        ("deducted", "partly_voided"),
        ("deducted", "voided"),
        ("partly_voided", "partly_voided"),
        ("partly_voided", "voided"),
    },
    "offline_sale": {
        ("pending", "synced"),
        ("pending", "insufficient_stock"),
        ("pending", "approved"),
        ("pending", "rejected"),
        ("insufficient_stock", "approved"),
        ("insufficient_stock", "rejected"),
    },
    "lot": {
        (source, target)
        for source in LOT
        for target in LOT
        if source not in {target, "CLOSED"} and {source, target} != {"AWAITING_INTAKE", "SOLD_OUT"}
    },
    "serial": {
        ("available", "reserved"),
        ("available", "sold"),
        ("available", "gone"),
        ("reserved", "available"),
        ("reserved", "sold"),
        ("sold", "delivered"),
        ("sold", "available"),
        ("delivered", "available"),
        ("gone", "available"),
    },
    "invoice": {("open", "paid"), ("open", "cancelled"), ("paid", "delivered"), ("paid", "cancelled")},
    "sales_order": {
        ("placed", "paid"),
        ("placed", "cancelled"),
        ("paid", "fulfilled"),
        ("paid", "cancelled"),
        ("fulfilled", "completed"),
        ("fulfilled", "cancelled"),
    },
}
TABLES = {**TRANSITIONS, "lot": LOT}
PAIRS = [(name, table, source, target) for name, table in TABLES.items() for source in table for target in table]


@pytest.mark.parametrize(("name", "table", "source", "target"), PAIRS, ids=lambda value: value or "")
def test_each_step_is_allowed_or_refused(
    name: str, table: Mapping[str, frozenset[str]], source: str, target: str
) -> None:
    """L16, L19, S2: a step that the table does not name is refused with both statuses."""
    if (source, target) in ALLOWED[name]:
        check_transition(table, f"{name} 7", source, target)
        assert target in table[source]
        return

    with pytest.raises(Refused) as caught:
        check_transition(table, f"{name} 7", source, target)

    assert caught.value.facts == {"entity": f"{name} 7", "from": source, "to": target}
    assert str(caught.value) == f"{name} 7 is {source}, so it cannot become {target}."


def test_every_target_is_a_status() -> None:
    """A table leads nowhere that it does not know."""
    for table in TABLES.values():
        assert frozenset().union(*table.values()) <= table.keys()
