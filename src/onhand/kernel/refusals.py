"""
The catalogue of refusals: every "no" that onhand can answer, in order of precedence.

A refusal changes nothing. Its code is stable and never reused; its facts say what a caller needs to act on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One refusal of the catalogue: the sentence shown to people may name facts in braces."""

    code: str
    sentence: str
    facts: tuple[str, ...]
    explanation: str


_ENTRIES = (
    Entry(
        "INVALID_COMMAND",
        "The request is not well formed: {detail}.",
        ("detail",),
        "A field is missing, unknown or of the wrong kind.",
    ),
    Entry(
        "INVALID_TEXT",
        "{field} is not acceptable text: {detail}.",
        ("field", "detail"),
        "Text is empty, too long, or holds control or invisible characters.",
    ),
    Entry(
        "INVALID_TIME",
        "{field} is not an acceptable time: {detail}.",
        ("field", "detail"),
        "Times are aware, exact to the microsecond, and lie between the years 1970 and 9998.",
    ),
    Entry(
        "INVALID_QUANTITY",
        "{quantity} is not a quantity.",
        ("quantity",),
        "A quantity is a plain decimal with ASCII digits and at most six decimals, never a float or an exponent.",
    ),
    Entry(
        "NEGATIVE_QUANTITY",
        "{quantity} is not above zero.",
        ("quantity",),
        "This operation takes quantities above zero; the direction is in its name.",
    ),
    Entry(
        "QUANTITY_TOO_LARGE",
        "{quantity} is more than {quantity_max}.",
        ("quantity", "quantity_max"),
        "A quantity or the balance that it would lead to is larger than the ledger can hold.",
    ),
    Entry(
        "TOO_MANY_LINES",
        "{lines} lines are more than {lines_max}.",
        ("lines", "lines_max"),
        "Split the request; each part needs a key of its own.",
    ),
    Entry(
        "IDEMPOTENCY_KEY_REUSED",
        "The key {key} was used for other content in posting {number}.",
        ("key", "number"),
        "A key stands for one act for ever. Nothing was done now; make a new key for a new act.",
    ),
    Entry("UNKNOWN_SITE", "There is no site {site}.", ("site",), "Define the site first."),
    Entry(
        "UNKNOWN_LOCATION",
        "There is no location {location} in site {site}.",
        ("site", "location"),
        "Define the location first.",
    ),
    Entry(
        "UNKNOWN_ITEM",
        "There is no item {sku}.",
        ("sku",),
        "Define the item first; codes are compared letter by letter, case included.",
    ),
    Entry(
        "BATCH_NOT_FOUND",
        "There is no lot {lot} of item {sku}.",
        ("sku", "lot"),
        "Lots are made by receiving into them.",
    ),
    Entry(
        "UNIT_NOT_FOUND",
        "There is no unit {unit} of item {sku}.",
        ("sku", "unit"),
        "Units are made by receiving or producing them.",
    ),
    Entry(
        "UNIT_ALREADY_EXISTS",
        "The unit {unit} exists already.",
        ("unit",),
        "A unit is received once; its later life is told by other operations.",
    ),
    Entry(
        "RESERVATION_NOT_FOUND",
        "There is no reservation {reservation}.",
        ("reservation",),
        "The number is not one of this org.",
    ),
    Entry(
        "TRANSFER_NOT_FOUND", "There is no transfer {transfer}.", ("transfer",), "The number is not one of this org."
    ),
    Entry(
        "POSTING_NOT_FOUND",
        "There is no posting {number}.",
        ("number",),
        "The number is not in the journal of this org.",
    ),
    Entry(
        "VERSION_CONFLICT",
        "Version {expected} was expected of {entity}, version {actual} is there.",
        ("entity", "expected", "actual"),
        "Somebody changed it since it was read. Read again and decide again.",
    ),
    Entry("REASON_REQUIRED", "A reason is required.", (), "This act is explained only by its reason."),
    Entry("SAME_PLACE", "Source and target are the same.", (), "Goods cannot be moved to where they are."),
    Entry(
        "INVALID_STATUS_TRANSITION",
        "{entity} is {from}, so it cannot become {to}.",
        ("entity", "from", "to"),
        "The table of transitions does not allow this step.",
    ),
    Entry(
        "RESERVATION_NOT_EXPIRED",
        "Reservation {reservation} is valid until {expires_at}.",
        ("reservation", "expires_at"),
        "Only the time can expire a reservation; release it instead.",
    ),
    Entry(
        "NOT_REVERTIBLE",
        "Posting {number} cannot be undone: {detail}.",
        ("number", "detail"),
        "The catalogue is not undone by postings; define it anew.",
    ),
    Entry(
        "ALREADY_REVERTED",
        "Posting {number} was undone by posting {by}.",
        ("number", "by"),
        "An act is undone once. To do it again, revert the posting that undid it.",
    ),
    Entry(
        "REVERT_BLOCKED",
        "Posting {number} cannot be undone; later postings stand in the way: {blockers}.",
        ("number", "blockers"),
        "Later postings used what it brought. Revert them first, newest first, or ask for the cascade.",
    ),
    Entry(
        "COUNTED_BELOW_PROMISED",
        "Less was counted than is promised: {places}.",
        ("places",),
        "What is reserved, sold, held or in quarantine is not there. Release or move it first, then count again.",
    ),
    Entry(
        "INSUFFICIENT_INVENTORY",
        "Not enough stock: {shortages}.",
        ("shortages",),
        "Every shortage is listed, not only the first. Nothing was taken.",
    ),
)

CATALOGUE: Mapping[str, Entry] = {entry.code: entry for entry in _ENTRIES}
"""All refusals by code, in order of precedence."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """
    An answer "no": a stable code and the facts; nothing was changed.

    Facts are plain JSON values; quantities in them are plain decimals.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Refuse with a code of the catalogue and its facts."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        """Give the sentence of the catalogue with the facts filled in."""
        facts = {name: _fact_text(value) for name, value in self.facts.items()}
        return CATALOGUE[self.code].sentence.format_map(facts)

    def __reduce__(self) -> tuple[object, ...]:
        """Let a refusal travel between processes with its facts."""
        return (_rebuild, (self.code, self.facts))


def _rebuild(code: str, facts: dict[str, object]) -> Refused:
    return Refused(code, **facts)


def _fact_text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_fact_text(part) for part in value)
    if isinstance(value, Mapping):
        if "requested" in value:
            return _shortage_text(value)
        return ", ".join(f"{name} {_fact_text(part)}" for name, part in value.items() if part is not None)
    return str(value)


def _shortage_text(shortage: Mapping[object, object]) -> str:
    place = " ".join(str(shortage[name]) for name in ("sku", "lot", "unit", "location") if shortage.get(name))
    return f"{place} at {shortage['site']}: need {shortage['requested']}, have {shortage['available']}"
