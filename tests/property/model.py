"""
A second ledger, written from the vocabulary alone: plain dicts of what is where, and lists of what is promised.

It knows nothing of holdings, drafts or postings. It has two items, two sites and three lots; goods are taken from
EARLY, then LATE, then from what has no lot, which may fall below zero as far as its limit allows.
"""

from collections.abc import Sequence

ORDER = ("EARLY", "LATE", None)
Part = tuple[str, int, str | None]
"""An item, a quantity, and a lot where one is named."""
Open = dict[tuple[str, str, str | None], int]
"""What is still waited for, by site, item and lot."""


class Short(Exception):  # noqa: N818 - an answer, as in the ledger
    """There is not enough."""


class Below(Exception):  # noqa: N818 - an answer, as in the ledger
    """Less was counted than is promised."""


class Ended(Exception):  # noqa: N818 - an answer, as in the ledger
    """A promise or a transfer is over."""


class Model:
    """What is where by (site, item, lot, state), and what is open."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.stock: dict[tuple[str, str, str | None, str], int] = {}
        self.limits: dict[tuple[str, str], int] = {}
        self.promises: dict[int, Open] = {}
        """By name, what is still reserved."""
        self.ways: dict[int, Open] = {}
        """By name, what is still on its way."""

    def copy(self) -> "Model":
        """Give a copy that lives on its own."""
        twin = Model()
        twin.stock, twin.limits = dict(self.stock), dict(self.limits)
        twin.promises = {name: dict(waiting) for name, waiting in self.promises.items()}
        twin.ways = {name: dict(waiting) for name, waiting in self.ways.items()}
        return twin

    def add(self, site: str, item: str, lot: str | None, state: str, quantity: int) -> None:
        """Put so much there, or take it away."""
        key = site, item, lot, state
        self.stock[key] = self.stock.get(key, 0) + quantity
        if not self.stock[key]:
            del self.stock[key]

    def take(
        self, site: str, parts: Sequence[Part], state: str = "available", *, owed: bool = False
    ) -> list[tuple[str, str | None, int]]:
        """
        Take all parts from one state, the ones that name a lot first; raises Short and then takes nothing.

        What is `owed` may be taken before it is there, as far as the limit allows.
        """
        before = dict(self.stock)
        taken = []
        for item, quantity, named in sorted(parts, key=lambda part: part[2] is None):
            missing = quantity
            for lot in ORDER:
                portion = min(missing, max(self.stock.get((site, item, lot, state), 0), 0))
                if portion and named in {None, lot}:
                    self.add(site, item, lot, state, -portion)
                    taken.append((item, lot, portion))
                    missing -= portion
            if missing and named is None and owed:
                room = self.limits.get((site, item), 0) + self.stock.get((site, item, None, state), 0)
                portion = min(missing, room)
                if portion:
                    self.add(site, item, None, state, -portion)
                    taken.append((item, None, portion))
                    missing -= portion
            if missing:
                self.stock = before
                raise Short
        return taken

    def reserve(self, name: int, site: str, parts: Sequence[Part]) -> None:
        """Promise parts."""
        self.promises[name] = self._placed(self.take(site, parts, owed=True), site, "reserved")

    def end_promise(self, name: int, *, sold: bool, parts: Sequence[Part] = ()) -> None:
        """Give a promise back, or hand it over, wholly or in part."""
        for (site, item, lot), quantity in self._settle(self.promises, name, parts).items():
            self.add(site, item, lot, "reserved", -quantity)
            if not sold:
                self.add(site, item, lot, "available", quantity)

    def send(self, name: int | None, site: str, target: str, parts: Sequence[Part]) -> None:
        """Bring parts to another site, at once or under a name."""
        taken = self.take(site, parts)
        if name is None:
            self._placed(taken, target, "available")
        else:
            self.ways[name] = self._placed(taken, target, "incoming")

    def arrive(self, name: int, parts: Sequence[Part], *, close: bool) -> None:
        """Receive what was sent; what is missing at the close is lost."""
        for (site, item, lot), quantity in self._settle(self.ways, name, parts).items():
            self.add(site, item, lot, "incoming", -quantity)
            self.add(site, item, lot, "available", quantity)
        if close:
            for (site, item, lot), quantity in self.ways[name].items():
                self.add(site, item, lot, "incoming", -quantity)
            self.ways[name] = {}

    def count(self, site: str, item: str, lot: str | None, counted: int) -> None:
        """Make true what was counted on hand, if no more is missing than is available; raises Below."""
        on_hand = sum(
            self.stock.get((site, item, lot, state), 0) for state in ("available", "reserved", "quarantine", "hold")
        )
        available = self.stock.get((site, item, lot, "available"), 0)
        if on_hand - counted > max(available, 0):
            raise Below
        self.add(site, item, lot, "available", counted - on_hand)

    def limit(self, site: str, item: str, limit: int) -> None:
        """Set how far an item may fall below zero at a site."""
        if self.stock.get((site, item, None, "available"), 0) < -limit:
            raise Short
        self.limits[site, item] = limit

    def _placed(self, taken: Sequence[tuple[str, str | None, int]], site: str, state: str) -> Open:
        """Put what was taken into a state of a site, and give it by lot."""
        placed: Open = {}
        for item, lot, quantity in taken:
            self.add(site, item, lot, state, quantity)
            placed[site, item, lot] = placed.get((site, item, lot), 0) + quantity
        return placed

    def _settle(self, opened: dict[int, Open], name: int, parts: Sequence[Part]) -> Open:
        """Take parts, or everything, from what is open; raises Ended or Short."""
        waiting = opened[name]
        if not waiting:
            raise Ended
        left, settled = dict(waiting), {} if parts else dict(waiting)
        for item, quantity, named in parts:
            missing = quantity
            for key in waiting:
                portion = min(missing, left[key]) if key[1] == item and named in {None, key[2]} else 0
                left[key] -= portion
                missing -= portion
                settled[key] = settled.get(key, 0) + portion
            if missing:
                raise Short
        opened[name] = {key: quantity for key, quantity in left.items() if quantity} if parts else {}
        return settled
