"""
What several nouns share.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import Any, Literal, NotRequired, TypedDict

from onhand.client.speaking import Quantity


class Balances(TypedDict):
    """Balances."""

    available: str  # What may be promised now, in the item's measure.
    reserved: str  # What is promised, in the item's measure.
    sold: str  # What is sold and still here, in the item's measure.
    quarantine: str  # What is in quarantine, in the item's measure.
    hold: str  # What is on hold, in the item's measure.
    incoming: str  # What is on its way, in the item's measure.
    defective: str  # What is defective, in the item's measure.
    sample: str  # What is a sample, in the item's measure.
    on_hand: str  # What is physically there and ours to keep, in the item's measure.


class Change(TypedDict):
    """Change."""

    entity: str  # The kind of thing.
    id: int  # Its number.
    action: str  # What happened to it.
    before: dict[str, Any] | None  # As it was, told as `after`; null where it was made.
    # As it is now. Quantities in the item's measure, money, costs and percentages are plain decimals in text, in the
    # rows of its lists too; numbers are ids, counts and the parts of a ratio.
    after: dict[str, Any]


class Document(TypedDict):
    """Document."""

    type: str | None  # The type of the document.
    id: str | None  # The id of the document.


End = Literal[
    "available",
    "reserved",
    "sold",
    "quarantine",
    "hold",
    "incoming",
    "defective",
    "sample",
    "supplier",
    "customer",
    "used",
    "made",
    "loss",
    "found",
    "elsewhere",
]


class SaleLine(TypedDict):
    """Sale line."""

    sku: str  # The code of an item.
    quantity: Quantity  # How much, in the item's measure.
    # The price of one, VAT included unless told otherwise, in the currency of the org; null takes the item's.
    price: NotRequired[Quantity]
    vat_rate: NotRequired[Quantity]  # The rate of VAT, in percent; null takes the item's.
    lot: NotRequired[str]  # The code of a lot.
    location: NotRequired[str]  # The code of a location of the site.
    unit: NotRequired[str]  # The code of a unit, or a unit of measure.


class Sold(TypedDict):
    """Sold."""

    product: str  # The code of a product.
    quantity: Quantity  # How much, in the item's measure.
    name: NotRequired[str]  # The name.


State = Literal["available", "reserved", "sold", "quarantine", "hold", "incoming", "defective", "sample"]


class ChangeLine(TypedDict):
    """Change line."""

    number: int  # The number of a posting in the journal, or of a document.
    kind: str  # The kind: of an operation, of a piece.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded: RFC 3339 in UTC.
    occurred_at: str  # When it happened, if not now: RFC 3339 with a time zone.
    reason: str | None  # Why.
    reverted_by: int | None  # The number of the posting that undid it; null where none did.
    line: int  # The place of the line in its posting, from zero.
    entity: str  # The kind of thing.
    id: int  # The number of the thing.
    action: str  # What happened to it.
    before: dict[str, Any] | None  # As it was before.
    after: dict[str, Any]  # As it is after it.
    document: Document | None  # The document behind it.
    what: Literal["change"]  # Which of the two it is.


class Line(TypedDict):
    """Line."""

    sku: str  # The code of an item.
    quantity: Quantity  # How much, in the item's measure.
    lot: NotRequired[str]  # The code of a lot.
    location: NotRequired[str]  # The code of a location of the site.
    unit: NotRequired[str]  # The code of a unit, or a unit of measure.
    state: NotRequired[State]  # A state: available, reserved, sold, quarantine, hold, incoming, defective or sample.
    version: NotRequired[int]  # The version, a whole number; another one than told is refused.
    unit_cost: NotRequired[Quantity]  # What one costs, in the currency of the org; a plain decimal.


Movement = TypedDict(
    "Movement",
    {
        "holding": int,  # The number of the holding.
        "site": str,  # The code of a site.
        "sku": str,  # The code of an item.
        "location": str | None,  # The code of a location of the site.
        "lot": str | None,  # The code of a lot.
        "unit": str | None,  # The code of a unit, or a unit of measure.
        "from": End,  # Where it came from: a state, or the outside.
        "to": End,  # Where it went: a state, or the outside.
        "quantity": str,  # How much, in the item's measure.
        "balances": Balances,  # The quantities by state after it, in the item's measure.
        "value": str,  # What goods are worth, in the currency of the org; or the value of an option.
        "value_held": str,  # What the goods of the holding are worth after it, in the currency of the org.
        "unit_cost": str,  # What one costs, in the currency of the org; a plain decimal.
    },
)


MovementLine = TypedDict(
    "MovementLine",
    {
        "number": int,  # The number of a posting in the journal, or of a document.
        "kind": str,  # The kind: of an operation, of a piece.
        "actor": str,  # Who acted.
        "recorded_at": str,  # When it was recorded: RFC 3339 in UTC.
        "occurred_at": str,  # When it happened, if not now: RFC 3339 with a time zone.
        "reason": str | None,  # Why.
        "reverted_by": int | None,  # The number of the posting that undid it; null where none did.
        "line": int,  # The place of the line in its posting, from zero.
        "holding": int,  # The number of a holding.
        "from": End,  # Where from: a state, or the outside.
        "to": End,  # Where to: the code of a site, or a state; of a reorder point, up to how much is ordered.
        "quantity": str,  # How much, in the item's measure.
        "balances": Balances,  # The quantities by state after it, in the item's measure.
        "value": str,  # What goods are worth, in the currency of the org; or the value of an option.
        "value_held": str,  # What the goods of the holding are worth after it, in the currency of the org.
        "unit_cost": str,  # What one cost, in the currency of the org, with at most two decimals.
        "site": str,  # The code of a site.
        "sku": str,  # The code of an item.
        "location": str | None,  # The code of a location of the site.
        "lot": str | None,  # The code of a lot.
        "unit": str | None,  # The code of a unit, or a unit of measure.
        "document": Document | None,  # The document behind it.
        "what": Literal["movement"],  # Which of the two it is.
    },
)


class Posted(TypedDict):
    """Posted."""

    number: int  # The number of the posting in the journal of the org.
    kind: str  # The operation.
    key: str  # The idempotency key.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded, by the clock of the journal.
    occurred_at: str  # When it happened, as it was told.
    reason: str | None  # Why.
    document: Document | None  # The document behind it.
    data: dict[str, Any] | None  # Reference data, as it came.
    reverts: list[int]  # The postings that it undid, newest first.
    replayed: bool  # Whether this is the answer to a retry.
    hash: str  # Seals the journal up to here, in hex; empty in a dry run.
    movements: list[Movement]  # The movements, in order.
    changes: list[Change]  # The changes, in order.
    api_key: NotRequired[int]  # The number of the api_key that it made.
    invoice: NotRequired[int]  # The number of the invoice that it made.
    offline_sale: NotRequired[int]  # The number of the offline_sale that it made.
    order: NotRequired[int]  # The number of the order that it made.
    purchase: NotRequired[int]  # The number of the purchase that it made.
    receipt: NotRequired[int]  # The number of the receipt that it made.
    reservation: NotRequired[int]  # The number of the reservation that it made.
    slice: NotRequired[int]  # The number of the slice that it made.
    transfer: NotRequired[int]  # The number of the transfer that it made.
    webhook: NotRequired[int]  # The number of the webhook that it made.
    restored: NotRequired[list[str]]  # The names of the pieces that an undoing brought back.
    removed: NotRequired[list[str]]  # The names of the pieces that an undoing took away.
    dry_run: NotRequired[bool]  # Whether it was computed only, and nothing written.
    api_key_text: NotRequired[str]  # The new key; it is shown here alone.
    secret: NotRequired[str]  # The new secret of a webhook; it is shown here alone.


class Posting(TypedDict):
    """Posting."""

    number: int  # The number of the posting in the journal of the org.
    kind: str  # The operation.
    key: str  # The idempotency key.
    actor: str  # Who acted.
    recorded_at: str  # When it was recorded, by the clock of the journal.
    occurred_at: str  # When it happened, as it was told.
    reason: str | None  # Why.
    document: Document | None  # The document behind it.
    data: dict[str, Any] | None  # Reference data, as it came.
    reverts: list[int]  # The postings that it undid, newest first.
    replayed: bool  # Whether this is the answer to a retry.
    hash: str  # Seals the journal up to here, in hex; empty in a dry run.
    movements: list[Movement]  # The movements, in order.
    changes: list[Change]  # The changes, in order.
    api_key: NotRequired[int]  # The number of the api_key that it made.
    invoice: NotRequired[int]  # The number of the invoice that it made.
    offline_sale: NotRequired[int]  # The number of the offline_sale that it made.
    order: NotRequired[int]  # The number of the order that it made.
    purchase: NotRequired[int]  # The number of the purchase that it made.
    receipt: NotRequired[int]  # The number of the receipt that it made.
    reservation: NotRequired[int]  # The number of the reservation that it made.
    slice: NotRequired[int]  # The number of the slice that it made.
    transfer: NotRequired[int]  # The number of the transfer that it made.
    webhook: NotRequired[int]  # The number of the webhook that it made.
    restored: NotRequired[list[str]]  # The names of the pieces that an undoing brought back.
    removed: NotRequired[list[str]]  # The names of the pieces that an undoing took away.
