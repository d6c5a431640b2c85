"""A customer: who buys."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer(Entity):
    """Who buys, and how to write to him."""

    entity: ClassVar[str] = "customer"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    outlives_undoing: ClassVar[bool] = True

    code: str
    name: str
    email: str | None = None
    vat_number: str | None = None
