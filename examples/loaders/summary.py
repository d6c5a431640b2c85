"""
The account of a replay: every line in one class, and the classes add up to what the file holds.

The control totals come from the first reading of the file, the classes from what the ledger answered during the
second, so that they agree is a finding and not a matter of course. Sums are integers: units whole, values in
millionths.
"""

from collections import Counter
from dataclasses import dataclass, field

from examples.loaders.online_retail import LineClass
from onhand.kernel.quantity import quantity_text


@dataclass(slots=True, kw_only=True)
class Control:
    """
    What a file holds: lines, invoices, units and value with the signs of the file.

    Of a line that cannot be read in full, its invoice, units and value count as far as they could be read.
    """

    lines: int = 0
    units: int = 0
    value: int = 0
    _invoices: set[str] = field(default_factory=set)

    @property
    def invoices(self) -> int:
        """How many different invoices there are."""
        return len(self._invoices)

    def add(self, invoice: str | None, units: int, value: int) -> None:
        """Count one line in."""
        self.lines += 1
        self.units += units
        self.value += value
        if invoice is not None:
            self._invoices.add(invoice)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What has become of the lines so far, by class, and the postings that they stand in."""

    classes: dict[LineClass, Control] = field(default_factory=lambda: {kind: Control() for kind in LineClass})
    not_stock: Counter[str] = field(default_factory=Counter)
    """Lines that are not stock by what they are."""
    postings: int = 0
    replayed: int = 0

    def add(self, line_class: LineClass, invoice: str | None, units: int, value: int) -> None:
        """Count one line in."""
        self.classes[line_class].add(invoice, units, value)

    @property
    def lines(self) -> int:
        """How many lines have an outcome."""
        return sum(part.lines for part in self.classes.values())

    @property
    def units(self) -> int:
        """The units of all classes."""
        return sum(part.units for part in self.classes.values())

    @property
    def value(self) -> int:
        """The value of all classes, in millionths."""
        return sum(part.value for part in self.classes.values())

    @property
    def invoices(self) -> int:
        """How many different invoices the lines of all classes stand on."""
        return len(set().union(*(part._invoices for part in self.classes.values())))  # noqa: SLF001 - of its own kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """
    The account of a whole replay.

    `tally.postings` counts the postings that the file has in the journal, definitions and opening stock included,
    whether this run made them or an earlier one; so it is the same when a file is replayed again. `tally.replayed`
    says how many of them were there before. `seconds` is the time of the whole run, both readings included.
    """

    control: Control
    tally: Tally
    seconds: float

    @property
    def adds_up(self) -> bool:
        """Whether the classes add up to the control totals, to the last digit."""
        return self.differences == ()

    @property
    def differences(self) -> tuple[str, ...]:
        """Name the totals in which the classes and the file differ."""
        return tuple(
            name
            for name in ("lines", "invoices", "units", "value")
            if getattr(self.control, name) != getattr(self.tally, name)
        )

    @property
    def postings_per_second(self) -> float:
        """The rate of the whole run."""
        return self.tally.postings / self.seconds if self.seconds > 0 else 0.0

    @property
    def lines_per_second(self) -> float:
        """The rate of the whole run in lines of the file."""
        return self.control.lines / self.seconds if self.seconds > 0 else 0.0

    def plain(self) -> dict[str, object]:
        """Give the account as plain JSON values; a value is a decimal in text, exact."""
        return {
            "lines": self.control.lines,
            "invoices": self.control.invoices,
            "units": self.control.units,
            "value": quantity_text(self.control.value),
            "classes": {
                str(name): {"lines": part.lines, "units": part.units, "value": quantity_text(part.value)}
                for name, part in self.tally.classes.items()
            },
            "postings": self.tally.postings,
            "seconds": round(self.seconds, 3),
            "postings_per_second": round(self.postings_per_second, 1),
        }
