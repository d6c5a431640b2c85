"""An offline sale: what a till sold while it could not be deducted."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, NamedTuple

from onhand.kernel.entity import Entity


class QueuedItem(NamedTuple):
    """So many, in millionths, of a product; `name` is what the receipt calls it, or empty."""

    product: str
    quantity: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfflineSale(Entity):
    """
    A sale that waits to be deducted, or was.

    `reason` says why it was not deducted at once: offline, or insufficient_stock. `errors` are those of the last
    attempt. `decided_by` and `decision` are the manager's name and reason. It is never dropped, whatever becomes of it.
    """

    entity: ClassVar[str] = "offline_sale"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "transaction")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    outlives_undoing: ClassVar[bool] = True
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    transaction: str
    status: str
    reason: str
    device: str
    sequence: int
    sold_at: datetime
    arrived_at: datetime
    items: tuple[QueuedItem, ...]
    slice: int | None = None
    errors: tuple[str, ...] = ()
    decided_by: str | None = None
    decision: str | None = None
