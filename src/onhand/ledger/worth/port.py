"""What the questions of costs ask of a store."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from onhand.kernel.exact import MoneyDecimal, QuantityDecimal
from onhand.ledger.core.answers import Page


class ValueSpot(NamedTuple):
    """A place in a valuation, which goes by item and site."""

    item_id: int
    site_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedItem:
    """
    What the goods of an item at a site are worth: quantity, value and the cost of one unit.

    The quantity counts all that is there: on hand, defective and samples. `unit_cost` is None where nothing is there.
    """

    site: str
    sku: str
    quantity: QuantityDecimal
    value: MoneyDecimal
    unit_cost: MoneyDecimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """What stock was worth after posting `number`; `value` is that of all items, on whatever page they stand."""

    number: int
    value: MoneyDecimal
    items: Page[ValuedItem]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """What acts of one kind brought into the value of stock from one end, and took out of it to that end."""

    kind: str
    end: str
    value_in: MoneyDecimal
    value_out: MoneyDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostReport:
    """What stock was worth after posting `since`, what came and went up to posting `until`, and its worth then."""

    since: int
    until: int
    opening: MoneyDecimal
    lines: tuple[CostLine, ...]
    closing: MoneyDecimal


class CostsReading(Protocol):
    """What stock is worth and why."""

    async def valuation(
        self, site_id: int | None, item_id: int | None, number: int | None, after: ValueSpot, limit: int
    ) -> tuple[tuple[ValuedItem, ...], ValueSpot | None, Decimal]:
        """
        What the goods of each item at each site are worth, after a posting or now.

        Returns:
            The items of a page, where the next one begins (None at the end), and what all items are worth.
        """
        ...

    async def between(self, since: int, until: int, site_id: int | None) -> Sequence[CostLine]:
        """What came into the value of stock and went out of it after one posting and up to another."""
        ...
