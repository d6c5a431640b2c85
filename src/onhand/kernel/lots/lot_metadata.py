"""What is told of a lot beside its facts: lab results, harvest, notes, and fields of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class LotMetadata(Entity):
    """The metadata of one lot, as `onhand.kernel.lots.metadata` describes it."""

    entity: ClassVar[str] = "lot_metadata"
    named_by: ClassVar[tuple[str, ...]] = ("lot_id",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"lot"})

    lot_id: int
    facts: Mapping[str, Any]
