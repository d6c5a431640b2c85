"""A site: a store, branch, warehouse or depot."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Site(Entity):
    """A store, branch, warehouse or depot."""

    entity: ClassVar[str] = "site"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    code: str
    name: str
    retired: bool = False
