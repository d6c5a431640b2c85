"""A transfer: goods on their way."""

from dataclasses import dataclass
from typing import ClassVar, Self

from onhand.kernel.entity import Entity, OpenLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Transit(Entity):
    """
    Goods on their way between two sites, until they are received.

    `line_values` is what the goods of each line are worth, in millionths of the currency; None where nothing is known.
    """

    entity: ClassVar[str] = "transfer"
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    at_sites: ClassVar[tuple[str, ...]] = ("source_site_id", "target_site_id")

    source_site_id: int
    target_site_id: int
    status: str
    lines: tuple[OpenLine, ...]
    line_values: tuple[int, ...] | None = None

    def withdrawn(self) -> Self:
        """Give the transfer as cancelled, with nothing on its way."""
        return self.next(status="cancelled", lines=(), line_values=None)
