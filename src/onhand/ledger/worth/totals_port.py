"""What totals need of a store, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from onhand.ledger.core.answers import Balances


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductTotal:
    """A product with what there is of all its variants, at all sites."""

    id: int
    code: str
    name: str
    variants: int
    balances: Balances


class ItemTotal(NamedTuple):
    """What there is of an item."""

    sku: str
    balances: Balances


class Followed(NamedTuple):
    """How far a projection has read, and how far the journal is."""

    number: int
    head: int


class TotalsProjection(Protocol):
    """The totals of items, kept by reading the journal on; any number of processes may do so at once."""

    async def follow(self, limit: int) -> Followed:
        """Read the next postings, so many at most; each is counted once, whoever reads."""
        ...

    async def rebuild(self) -> Followed:
        """Read the whole journal again, in one step."""
        ...

    async def number(self) -> int:
        """How far it has read."""
        ...

    async def products(self, code: str | None, after: int, limit: int) -> Sequence[ProductTotal]:
        """Products with the totals of their variants."""
        ...

    async def items(self, skus: Sequence[str]) -> Sequence[ItemTotal]:
        """The totals of some items; those that there are not are left out."""
        ...

    async def live(self, skus: Sequence[str], site_id: int | None) -> Sequence[ItemTotal]:
        """What is held at this moment of some items; those that there are not are left out."""
        ...
