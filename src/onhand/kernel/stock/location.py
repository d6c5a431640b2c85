"""A location: where in a site."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Location(Entity):
    """A zone, rack, shelf or bin of a site; its code says the whole way."""

    entity: ClassVar[str] = "location"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "code")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    code: str
    retired: bool = False
    zone: str | None = None
    rack: str | None = None
    shelf: str | None = None
    bin: str | None = None
