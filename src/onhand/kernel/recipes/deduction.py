"""A deduction: what a sale took of the ingredients of a site."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Self

from onhand.kernel.entity import Entity

DEDUCTED, VOIDED = "deducted", "voided"


class SoldItem(NamedTuple):
    """A line of the receipt: so many, in millionths, of a product; deducted, or voided since."""

    product: str
    name: str
    quantity: int
    status: str


class DeductionPart(NamedTuple):
    """So much of a holding, in millionths, was taken for an ingredient of a line; lines count from 1."""

    line: int
    ingredient: str
    holding_id: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction(Entity):
    """What a transaction of a site sold, and what that took from where."""

    entity: ClassVar[str] = "deduction"
    named_by: ClassVar[tuple[str, ...]] = ("site_id", "transaction")
    refers_to: ClassVar[frozenset[str]] = frozenset({"site"})
    at_sites: ClassVar[tuple[str, ...]] = ("site_id",)

    site_id: int
    transaction: str
    status: str
    items: tuple[SoldItem, ...]
    parts: tuple[DeductionPart, ...]

    def withdrawn(self) -> Self:
        """Give the deduction as voided in all its lines."""
        return self.next(status=VOIDED, items=tuple(item._replace(status=VOIDED) for item in self.items))
