"""A holding: the quantity of one item at one place, split by state."""

from collections.abc import Sequence
from typing import NamedTuple

from onhand.kernel.states import ON_HAND, STATES, State


class Place(NamedTuple):
    """What a holding holds and where, in the codes that people use."""

    site: str
    sku: str
    location: str | None = None
    lot: str | None = None
    unit: str | None = None


class HoldingKey(NamedTuple):
    """The ids that identify a holding: there is one for each combination."""

    site_id: int
    item_id: int
    location_id: int | None = None
    lot_id: int | None = None
    unit_id: int | None = None


class Holding:
    """
    The balances of one item at one place, by state, in millionths.

    Mutable, since a batch changes it many times; only a draft may change it.
    `floor` is how far `available` may fall: zero, or below zero where negative stock is allowed.
    `value` is what its goods cost, and `unit_cost` the moving average for each unit, in millionths of the currency.
    """

    __slots__ = ("balances", "floor", "id", "key", "place", "unit_cost", "value", "version")

    def __init__(
        self,
        *,
        id: int,  # noqa: A002 - an id is called id
        key: HoldingKey,
        place: Place,
        balances: Sequence[int] | None = None,
        floor: int = 0,
        version: int = 0,
        value: int = 0,
        unit_cost: int = 0,
    ) -> None:
        """Make a holding as it was read, or a new and empty one."""
        self.id = id
        self.key = key
        self.place = place
        self.floor = floor
        self.version = version
        self.value = value
        self.unit_cost = unit_cost
        self.balances = list(balances) if balances is not None else [0] * STATES

    @property
    def on_hand(self) -> int:
        """What is physically there and ours to keep."""
        balances = self.balances
        return sum(balances[state] for state in ON_HAND)

    @property
    def capacity(self) -> int:
        """How much may be taken from what is available."""
        return max(self.balances[State.AVAILABLE] - self.floor, 0)

    def snapshot(self) -> dict[str, object]:
        """Give what the journal keeps of a holding's identity and policy; balances are told by movements."""
        return {"id": self.id, **self.key._asdict(), "floor": self.floor}
