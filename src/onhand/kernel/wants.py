"""What a batch wants to have loaded."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onhand.kernel.entity import Name


class Wants:
    """
    The names that a batch of commands may touch, collected before anything is loaded.

    Codes where people name things, ids where the book already knows them.
    """

    __slots__ = (
        "begun",
        "chains",
        "codes",
        "entities",
        "everywhere",
        "holdings",
        "items",
        "locations",
        "lots",
        "names",
        "places",
        "postings",
        "sites",
        "takers",
        "today",
        "units",
    )

    def __init__(self, today: date) -> None:
        """Want nothing yet; `today` is the day in UTC that codes given out in this batch carry."""
        self.today = today
        self.sites: set[str] = set()
        self.items: set[str] = set()
        self.locations: set[tuple[str, str]] = set()
        """Pairs of site and location."""
        self.places: set[tuple[str, str]] = set()
        """Pairs of site and sku: all holdings there that are not units."""
        self.everywhere: set[str] = set()
        """Skus: all holdings of the item, at all sites, units included."""
        self.lots: set[tuple[str, str]] = set()
        """Pairs of sku and lot."""
        self.units: set[tuple[str, str]] = set()
        """Pairs of sku and unit: the unit and its holdings everywhere."""
        self.codes: set[str] = set()
        """Names of sequences."""
        self.holdings: set[int] = set()
        self.names: set[Name] = set()
        """Other entities by the names that they are unique under, such as ("product", code)."""
        self.entities: set[tuple[str, int]] = set()
        """Entities by kind and id."""
        self.postings: set[int] = set()
        self.takers: set[tuple[int, int, int]] = set()
        """Holding, state, number: the postings after that number which took from that state of that holding."""
        self.chains: set[tuple[str, int, int]] = set()
        """Entity, id, number: the postings after that number which changed that entity."""
        self.begun: dict[int, set[int]] = {}
        """For each posting to undo, the numbers already in its plan, so that the next pass goes on from there."""

    def sets(self) -> "Iterator[tuple[str, set[Any]]]":
        """Give everything that is wanted, kind by kind."""
        for name in self.__slots__:
            if name not in {"today", "begun"}:
                yield name, getattr(self, name)

    def count(self) -> int:
        """Count what is wanted; where that does not grow from one pass to the next, nothing is left to load."""
        return sum(len(wanted) for _, wanted in self.sets())
