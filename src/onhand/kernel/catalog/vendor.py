"""A vendor: who goods are bought from."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Vendor(Entity):
    """Who goods are bought from, by the name that intakes tell."""

    entity: ClassVar[str] = "vendor"
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    name: str
