"""A brand: under whose name goods are sold."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand(Entity):
    """Under whose name goods are sold, as intakes tell it."""

    entity: ClassVar[str] = "brand"
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    name: str
