"""What lots ask of a store, and what it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from onhand.kernel.exact import CostDecimal, QuantityDecimal
from onhand.ledger.core.answers import Balances


class LotOrder(NamedTuple):
    """
    An order in which lots can be listed: the fields that it goes by, the last of which no two lots share.

    `types` are those of the spot at which a page ends: text and integers, as a cursor holds them.
    """

    fields: tuple[str, ...]
    types: tuple[type[int | str], ...]
    descending: bool = False

    def spot_of(self, lot: "LotAnswer") -> tuple[int | str, ...]:
        """Give the spot of a lot in this order."""
        return tuple(kind(getattr(lot, name)) for name, kind in zip(self.fields, self.types, strict=True))


ORDERS: Mapping[str, LotOrder] = {
    "newest": LotOrder(("id",), (int,), descending=True),
    "oldest": LotOrder(("id",), (int,)),
    "expires_on": LotOrder(("expires_on", "id"), (str, int)),
    "code": LotOrder(("code", "item_id"), (str, int)),
}
"""How lots can be listed; those that never expire are not in the list by expiry."""


class LotsWanted(NamedTuple):
    """Which lots are asked for, in the words that people use, a site by its id; None is any. `until` is exclusive."""

    status: str | None = None
    category: str | None = None
    subcategory: str | None = None
    brand: str | None = None
    vendor: str | None = None
    site_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: tuple[str, ...] = ()
    order: str = "newest"


@dataclass(frozen=True, slots=True, kw_only=True)
class LotAnswer:
    """A lot as it is now, with what is of it in all places."""

    id: int
    version: int
    sku: str
    name: str
    code: str
    status: str
    status_since: datetime | None
    received_at: datetime
    expires_on: date | None
    vendor: str | None
    brand: str | None
    category: str | None
    subcategory: str | None
    grade: str | None
    strain_id: int | None
    cost_mode: str | None
    unit_cost: CostDecimal | None
    cost_min: CostDecimal | None
    cost_max: CostDecimal | None
    payment_terms: str | None
    item_id: int
    balances: Balances


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A posting by which goods of a lot went to a customer or were used, and how much from which site."""

    number: int
    kind: str
    actor: str
    recorded_at: datetime
    occurred_at: datetime
    reason: str | None
    document_type: str | None
    document_id: str | None
    data: Mapping[str, Any] | None
    site: str
    target: str
    quantity: QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAnswer:
    """An alert as it is now; `facts` are those that raised it. One about the whole ledger has no item."""

    id: int
    version: int
    rule: str
    severity: str
    status: str
    raised_at: datetime
    resolved_at: datetime | None
    sku: str | None
    facts: Mapping[str, Any]


class LotsReading(Protocol):
    """Lists of lots, and who received them."""

    async def lots(self, wanted: LotsWanted, after: tuple[object, ...] | None, limit: int) -> tuple[LotAnswer, ...]:
        """Lots in their order, after what ended the page before."""
        ...

    async def recipients(self, lot_id: int, after: tuple[object, ...], limit: int) -> tuple[Recipient, ...]:
        """Who received or used goods of a lot, after a posting's number, a site and a target."""
        ...

    async def of_codes(self, codes: Sequence[str]) -> Sequence[tuple[str, str]]:
        """The lots that have one of some codes: sku and code."""
        ...

    async def metadata(self, lot_id: int) -> tuple[Any, int]:
        """What is told of a lot beside its facts, well formed or not, and its version; None and 0 where nothing is."""
        ...

    async def alert_subjects(
        self, today: date, expiring_on: date, held_since: datetime, limit: int
    ) -> tuple[tuple[str, int, int, int], ...]:
        """Rule, site, item and lot of the alerts that should be and are not, or are and should not be."""
        ...

    async def alert_counts(self, statuses: Sequence[str]) -> Mapping[str, int]:
        """How many alerts of each rule there are in some statuses."""
        ...

    async def alerts(
        self, statuses: Sequence[str], rule: str | None, after_id: int | None, limit: int
    ) -> tuple[AlertAnswer, ...]:
        """Alerts, the latest first."""
        ...
