"""A serial: a single item in its life from receipt to delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Serial(Entity):
    """
    What is known of a unit that is sold as a single item: its condition, its status, and for whom it is.

    The status follows from where the unit stands: promised, sold, handed over, or none of these. The document is
    what it is reserved for or was sold on.
    """

    entity: ClassVar[str] = "serial"
    named_by: ClassVar[tuple[str, ...]] = ("unit_id",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"unit"})

    unit_id: int
    status: str = "available"
    condition: str | None = None
    document_type: str | None = None
    document_id: str | None = None
    reserved_by: str | None = None
    reserved_until: datetime | None = None
    reservation_id: int | None = None

    def withdrawn(self) -> Self:
        """Give the serial as gone; its unit may be received again."""
        return self.standing("gone")

    def standing(self, status: str) -> Self:
        """Give the next version, in a status in which nobody has it reserved."""
        kept = status in {"sold", "delivered"}
        return self.next(
            status=status,
            document_type=self.document_type if kept else None,
            document_id=self.document_id if kept else None,
            reserved_by=None,
            reserved_until=None,
            reservation_id=None,
        )
