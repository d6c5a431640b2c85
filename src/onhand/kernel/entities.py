"""
The things that a ledger knows beside balances: sites, items, lots, units, reservations, transfers.

Each is immutable; a change replaces it by a new version, and the posting keeps both snapshots.
Codes never change; what refers to a thing inside the ledger uses its id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, NamedTuple, Self

Snapshot = Mapping[str, Any]
"""An entity as plain JSON values; `Any` because each entity has fields of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing with an id, whose versions are told by the journal."""

    entity: ClassVar[str]

    id: int
    version: int = 1

    def snapshot(self) -> Snapshot:
        """Give the entity as plain JSON values; `restore` gives it back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Self:
        """Make the entity that a snapshot shows."""
        return cls(**snapshot)

    def next(self, **changed: object) -> Self:
        """Give the next version, with some fields changed."""
        return replace(self, version=self.version + 1, **changed)  # type: ignore[arg-type]  # fields of the subclass

    def withdrawn(self) -> Self:
        """Give the version that stands when the making of this entity is undone; nothing is ever deleted."""
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Entity):
    """A store, branch, warehouse or depot."""

    entity: ClassVar[str] = "site"

    code: str
    name: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Entity):
    """A zone, rack, shelf or bin of a site; its code says the whole way."""

    entity: ClassVar[str] = "location"

    site_id: int
    code: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Entity):
    """What the trade names once and stocks in variants."""

    entity: ClassVar[str] = "product"

    code: str
    name: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entity):
    """What is stocked: a product or one variant of it. Quantities are counted in its measure."""

    entity: ClassVar[str] = "item"

    sku: str
    name: str
    product_id: int | None = None
    measure: str = "piece"
    pick_policy: str = "fefo"
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Entity):
    """Goods of one item that came together."""

    entity: ClassVar[str] = "lot"

    item_id: int
    code: str
    received_at: datetime
    expires_on: date | None = None

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Self:
        """Make the lot that a snapshot shows."""
        values = dict(snapshot)
        values["received_at"] = datetime.fromisoformat(values["received_at"])
        values["expires_on"] = values["expires_on"] and date.fromisoformat(values["expires_on"])
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit(Entity):
    """One thing with a name of its own: a serial or a piece."""

    entity: ClassVar[str] = "unit"

    item_id: int
    code: str
    lot_id: int | None = None
    retired: bool = False

    def withdrawn(self) -> Self:
        """Give the unit as retired; it may be received again."""
        return self.next(retired=True)


class OpenLine(NamedTuple):
    """So much of one holding that a reservation or a transfer still waits for, in millionths."""

    holding_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation(Entity):
    """A promise of stock to a document or a cart, usually with an expiry."""

    entity: ClassVar[str] = "reservation"

    site_id: int
    status: str
    lines: tuple[OpenLine, ...]
    expires_at: datetime | None = None
    priority: int = 0
    document_type: str | None = None
    document_id: str | None = None

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Self:
        """Make the reservation that a snapshot shows."""
        values = dict(snapshot)
        values["lines"] = tuple(OpenLine(*line) for line in values["lines"])
        values["expires_at"] = values["expires_at"] and datetime.fromisoformat(values["expires_at"])
        return cls(**values)

    def withdrawn(self) -> Self:
        """Give the reservation as released, with nothing waiting."""
        return self.next(status="released", lines=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(Entity):
    """Goods on their way between two sites, until they are received."""

    entity: ClassVar[str] = "transfer"

    source_site_id: int
    target_site_id: int
    status: str
    lines: tuple[OpenLine, ...]

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Self:
        """Make the transfer that a snapshot shows."""
        values = dict(snapshot)
        values["lines"] = tuple(OpenLine(*line) for line in values["lines"])
        return cls(**values)

    def withdrawn(self) -> Self:
        """Give the transfer as cancelled, with nothing on its way."""
        return self.next(status="cancelled", lines=())


ENTITIES: Mapping[str, type[Entity]] = {
    kind.entity: kind for kind in (Site, Location, Product, Item, Lot, Unit, Reservation, Transfer)
}
"""Every kind of entity by its word; also the order in which they are saved."""

CATALOG = frozenset({"site", "location", "product", "item"})
"""The kinds that make up the catalogue; the journal remembers when they last changed."""


def time_text(moment: datetime) -> str:
    """Write a time as RFC 3339 in UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [list(part) for part in value]
    return value
