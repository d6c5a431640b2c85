"""A product: what has items."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Entity):
    """What the trade names once and stocks in variants."""

    entity: ClassVar[str] = "product"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    code: str
    name: str
    retired: bool = False
