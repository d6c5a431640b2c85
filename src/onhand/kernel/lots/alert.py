"""An alert: a fact about stock that somebody should see to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Entity):
    """
    One rule about one subject, for as long as the ledger lasts: open, acknowledged or resolved.

    A lot's alert has its item too and no site, and one about the whole ledger has none of them: there zero stands.
    """

    entity: ClassVar[str] = "alert"
    named_by: ClassVar[tuple[str, ...]] = ("rule", "site_id", "item_id", "lot_id")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site", "item", "lot"})
    outlives_undoing: ClassVar[bool] = True
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    rule: str
    site_id: int
    item_id: int
    lot_id: int
    severity: str
    status: str
    raised_at: datetime
    resolved_at: datetime | None = None
    facts: Mapping[str, Any]
