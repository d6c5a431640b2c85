"""
What has to be in the ledger before a file's lines are: its site, its items, and their opening stock.

Pure. Nothing in the file says what was received, so the opening stock is derived: for each item the deepest dip of
the running stock over the file, in the order of the file. That is the least that makes every sale and every
write-off possible.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from examples.loaders.online_retail import FORMAT, Entry, LineClass, Row, Unreadable
from examples.loaders.plan import CORRECTIONS, Lifecycle, Opening, Terms
from examples.loaders.summary import Control
from onhand.kernel.canonical import fingerprint_of
from onhand.kernel.command import Line
from onhand.kernel.quantity import QUANTITY_MAX, SCALE
from onhand.kernel.stock.define import Define, ItemLine, SiteLine
from onhand.kernel.stock.receive import Receive

_CHUNK_ITEMS = 200
_NAME_LENGTH_MAX = 500
_UNITS_MAX = QUANTITY_MAX // SCALE


@dataclass(slots=True, kw_only=True)
class Survey:
    """
    What the first reading of a file found.

    `source` and `began` name the file by its first readable line. `names` has every item in the order of appearance,
    with the first description on a sale. `openings` has the units that each item must have before the first line.
    """

    source: str = ""
    began: datetime | None = None
    control: Control = field(default_factory=Control)
    names: dict[str, str] = field(default_factory=dict)
    openings: dict[str, int] = field(default_factory=dict)
    _running: dict[str, int] = field(default_factory=dict)

    def add(self, entry: Entry | Unreadable) -> None:
        """Take one line into account."""
        if isinstance(entry, Unreadable):
            self.control.add(entry.invoice, entry.units, entry.value)
            return
        row = entry.row
        self.control.add(row.invoice, row.units, row.value)
        if self.began is None:
            self.source, self.began = row.invoice, row.moment
        if entry.line_class is not LineClass.NOT_STOCK:
            self._add_stock(row, entry.line_class)

    def _add_stock(self, row: Row, line_class: LineClass) -> None:
        sku = row.sku
        known = self.names.setdefault(sku, "")
        if not known and line_class is LineClass.SOLD:
            self.names[sku] = " ".join(row.description.split())
        # The file counts what customers get, so what they bring back is below zero; corrections count the stock itself.
        moved = row.units if line_class in CORRECTIONS else -row.units
        left = self._running.get(sku, 0) + moved
        self._running[sku] = left
        if left < -self.openings.get(sku, 0):
            self.openings[sku] = -left


def define_site(terms: Terms) -> Define:
    """Make the site known, and for good with which opening it is replayed."""
    return Define(
        key=f"{terms.stem}/site",
        actor=terms.actor,
        reason=f"replay of {FORMAT}",
        sites=(SiteLine(terms.site),),
        data={"format": FORMAT, "opening": str(terms.opening), **_lifecycle(terms)},
    )


def _lifecycle(terms: Terms) -> dict[str, object]:
    """Tell a lifecycle that is not the usual one; the usual one is not told, so that older sites stay as they are."""
    return {} if terms.lifecycle is Lifecycle.SALE else {"lifecycle": str(terms.lifecycle)}


def define_items(terms: Terms, names: Mapping[str, str]) -> Iterator[Define]:
    """Make items known; the key is made of what is told, so a longer file tells only what it adds."""
    for chunk in _chunks(names, _CHUNK_ITEMS):
        items = tuple(ItemLine(sku, names[sku][:_NAME_LENGTH_MAX].strip() or None) for sku in chunk)
        content = fingerprint_of("items", [list(item) for item in items]).hex()
        yield Define(key=f"{terms.stem}/items/{content}", actor=terms.actor, reason=f"replay of {FORMAT}", items=items)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningStock:
    """
    What some items must have before the first line of a file.

    A file that has grown can need more than it did. What it needed then has been received under the key of round 1,
    so the rest is received in the next round; a round's key never stands for two quantities.
    """

    terms: Terms
    source: str
    began: datetime
    chunk: int
    units: Mapping[str, int]

    def command(self, received: Mapping[str, int], number: int) -> Receive | None:
        """
        Give what is still to be received.

        Args:
            received: Units by sku that earlier rounds have brought.
            number: The number of the round, from 1.
        """
        missing = {sku: units - received.get(sku, 0) for sku, units in self.units.items()}
        lines = tuple(Line(sku, units * SCALE) for sku, units in missing.items() if units > 0)
        if not lines:
            return None
        return Receive(
            key=f"{self.terms.stem}/opening/{self.source}/{self.chunk}/{number}",
            actor=self.terms.actor,
            reason="opening stock, the least that makes every sale of the file possible",
            occurred_at=self.began,
            site=self.terms.site,
            lines=lines,
        )


def plan_openings(terms: Terms, survey: Survey) -> Iterator[OpeningStock]:
    """Put the opening stock of items together, by their order of appearance, which does not change as a file grows."""
    if terms.opening is Opening.NONE or survey.began is None:
        return
    for number, chunk in enumerate(_chunks(survey.names, _CHUNK_ITEMS), start=1):
        units = {sku: min(survey.openings[sku], _UNITS_MAX) for sku in chunk if sku in survey.openings}
        if units:
            yield OpeningStock(terms=terms, source=survey.source, began=survey.began, chunk=number, units=units)


def _chunks(values: Iterable[str], size: int) -> Iterator[list[str]]:
    source = iter(values)
    while chunk := list(islice(source, size)):
        yield chunk
