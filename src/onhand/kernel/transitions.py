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

TRANSITIONS: Mapping[str, Mapping[str, frozenset[str]]] = {"reservation": RESERVATION, "transfer": TRANSFER}
"""Each table by the word of its entity; the database has the same tables and refuses other steps."""


def check_transition(table: Mapping[str, frozenset[str]], entity: str, source: str, target: str) -> None:
    """Refuse a step that the table does not allow."""
    if target not in table[source]:
        raise Refused("INVALID_STATUS_TRANSITION", **{"entity": entity, "from": source, "to": target})
