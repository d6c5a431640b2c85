"""
What somebody asks for: the part that all operations share.

A command that exists is well formed; whether it can be done is decided on the book.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from onhand.kernel.canonical import canonical_json, fingerprint_of
from onhand.kernel.moving_average import check_unit_cost, worth
from onhand.kernel.quantity import QUANTITY_MAX, quantity_text, shown
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_ALL, Codes, in_order
from onhand.kernel.states import State
from onhand.kernel.text import KEY_LENGTH_MAX, LOCATION_LENGTH_MAX, check_code, check_note, check_time

if TYPE_CHECKING:
    from onhand.kernel.book import Book
    from onhand.kernel.draft import Draft
    from onhand.kernel.naming import Named
    from onhand.kernel.wants import Wants

LINES_MAX = 10_000
DATA_BYTES_MAX = 16_384
_INTEGER_MAX = 2**63 - 1


class Line(NamedTuple):
    """
    One line of a command.

    `quantity` is in millionths of the item's measure. `lot`, `location` and `unit` narrow where it is taken from or
    put to. `state` names the other state where an operation lets one choose. `version` is the version of
    the holding that the caller decided on; another one is refused. `unit_cost` is what one unit of goods that come in
    costs, in millionths of the currency.
    """

    sku: str
    quantity: int
    lot: str | None = None
    location: str | None = None
    unit: str | None = None
    state: State | None = None
    version: int | None = None
    unit_cost: int | None = None


PLAIN_REST = (None,) * 6
"""What stands behind sku and quantity in a line that tells no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """
    One operation, with who asks, why, and for which document.

    `key` makes every retry exactly-once, for ever: make it where the act happens, before sending; never from the clock.
    `data` is reference data that is kept with the posting as it came: JSON values without floats, 16 KiB at most.
    """

    kind: ClassVar[str]
    refuses: ClassVar[Codes] = frozenset()
    """The codes that it may be refused with, besides those of every command; `refusals_of` gives all."""
    alone: ClassVar[bool] = False
    """Whether it has to see all earlier postings in the database, and so is executed in a batch of its own."""

    key: str
    actor: str = "somebody"
    reason: str | None = None
    document_type: str | None = None
    document_id: str | None = None
    occurred_at: datetime | None = None
    data: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.key, "key", KEY_LENGTH_MAX)
        check_code(self.actor, "actor")
        if self.reason is not None:
            check_note(self.reason, "reason")
            if not self.reason.strip():
                raise Refused("INVALID_TEXT", field="reason", detail="it is blank")
        if self.document_type is not None:
            check_code(self.document_type, "document_type")
        if self.document_id is not None:
            check_code(self.document_id, "document_id")
        if self.occurred_at is not None:
            object.__setattr__(self, "occurred_at", check_time(self.occurred_at, "occurred_at"))
        if self.data is not None:
            check_data(self.data)
        self.check()

    def check(self) -> None:
        """Refuse what is not well formed in the fields of this operation."""

    @abstractmethod
    def footprint(self, book: "Book", wants: "Wants") -> bool:
        """
        Say what of the ledger has to be loaded to decide.

        Returns:
            True where what is loaded now may show that more is needed; then it is asked again.
        """

    def named(self, book: "Book") -> "Iterable[Named]":
        """Tell what of a site the command names, as far as it is in the book; whoever is limited to others may not."""
        del book
        return ()

    def names_made(self, book: "Book", wants: "Wants") -> bool:
        """
        Want whatever already has the name that this act would give, such as the transaction of a deduction.

        A footprint may leave a name to a unique index, since nearly none is taken: then the batch fails, and is decided
        again with keys and names looked up. This is asked then, and for a dry run, which no index would ever see.
        """
        del book, wants
        return False

    @abstractmethod
    def decide(self, draft: "Draft") -> None:
        """Draft the movements and changes; raises Refused, and then the draft is dropped whole."""

    def fingerprint(self) -> bytes:
        """Condense everything but the key and the actor: who resends an act does not make it another."""
        return fingerprint_of(self.kind, content_of(self))


def refusals_of(kind: type[Command]) -> tuple[str, ...]:
    """List what a command may be refused with, in the order of the catalogue."""
    return in_order(OF_ALL | kind.refuses)


def content_of(command: Command) -> dict[str, object]:
    """
    Give what a command asks for, without key and actor.

    What is None is left out, so that a field added later leaves the fingerprints of older commands as they were.
    """
    names, values = _FIELDS.get(command.kind) or _fields_of(command)
    return {
        name: [_trimmed(line) for line in value] if name == "lines" else value
        for name, value in zip(names, values(command), strict=True)
        if value is not None
    }


_FIELDS: "dict[str, tuple[tuple[str, ...], attrgetter[Any]]]" = {}


def _fields_of(command: Command) -> "tuple[tuple[str, ...], attrgetter[Any]]":
    names = tuple(field.name for field in fields(command) if field.name not in {"key", "actor"})
    _FIELDS[command.kind] = names, attrgetter(*names)
    return _FIELDS[command.kind]


def _trimmed(line: tuple[Any, ...]) -> tuple[Any, ...]:
    if line[2:] == PLAIN_REST:
        return line[:2]
    while line[-1] is None:
        line = line[:-1]
    return line


def check_lines(lines: Sequence[Line], *, least: int = 1, costs: bool = False) -> None:
    """
    Check the lines of a command.

    Args:
        lines: One to ten thousand.
        least: The least quantity in millionths; below zero for operations whose lines have a sign.
        costs: Whether goods come in, whose lines may tell what they cost.
    """
    if not 1 <= len(lines) <= LINES_MAX:
        if not lines:
            raise Refused("INVALID_COMMAND", detail="it has no lines")
        raise Refused("TOO_MANY_LINES", lines=len(lines), lines_max=LINES_MAX)
    for line in lines:
        check_code(line.sku, "sku")
        quantity = line.quantity
        if type(quantity) is not int:
            raise Refused("INVALID_QUANTITY", quantity=shown(quantity))
        if quantity < least:
            raise Refused("NEGATIVE_QUANTITY", quantity=_bounded_text(quantity))
        if quantity > QUANTITY_MAX:
            raise Refused(
                "QUANTITY_TOO_LARGE", quantity=_bounded_text(quantity), quantity_max=quantity_text(QUANTITY_MAX)
            )
        if line[2:] != PLAIN_REST:
            _check_rest(line, costs=costs)


def told_value(line: Line) -> int | None:
    """Give what the goods of a line are worth by what was told of it; None where nothing was."""
    return None if line.unit_cost is None else worth(line.unit_cost, line.quantity)


def _bounded_text(millionths: int) -> str:
    return quantity_text(millionths) if -(QUANTITY_MAX**2) < millionths < QUANTITY_MAX**2 else shown(millionths)


def _check_rest(line: Line, *, costs: bool) -> None:
    for field, code in (("lot", line.lot), ("unit", line.unit)):
        if code is not None:
            check_code(code, field)
    if line.location is not None:
        check_code(line.location, "location", LOCATION_LENGTH_MAX)
    if line.state is not None and type(line.state) is not State:
        raise Refused("INVALID_COMMAND", detail="the state of a line is none that a holding has")
    if line.version is not None:
        check_number(line.version, "version", least=0)
    if line.unit_cost is not None:
        if not costs:
            raise Refused("INVALID_COMMAND", detail="only goods that come in are told a unit_cost")
        check_unit_cost(line.unit_cost, line.quantity)


def check_number(value: object, field: str, *, least: int = 1) -> int:
    """Check a number that names something, such as a posting's."""
    if type(value) is not int or not least <= value <= _INTEGER_MAX:
        raise Refused("INVALID_COMMAND", detail=f"{field} is not a whole number from {least}")
    return value


def check_data(data: Mapping[str, Any]) -> None:
    """Check reference data: JSON values without floats, visible text, 16 KiB at most as canonical JSON."""
    if not isinstance(data, Mapping):
        raise Refused("INVALID_TEXT", field="data", detail=f"it is {type(data).__name__}, not members with names")
    _check_value(data, depth=0)
    if len(canonical_json(data).encode()) > DATA_BYTES_MAX:
        raise Refused("INVALID_TEXT", field="data", detail=f"it is larger than {DATA_BYTES_MAX} bytes")


def _check_value(value: object, depth: int) -> None:
    if depth > 8:  # noqa: PLR2004 - nobody reads deeper
        raise Refused("INVALID_TEXT", field="data", detail="it is nested too deeply")
    match value:
        case None | bool():
            return
        case int() if -_INTEGER_MAX <= value <= _INTEGER_MAX:
            return
        case "":
            return
        case str():
            check_note(value, "data", DATA_BYTES_MAX)
        case Mapping():
            for name, part in value.items():
                check_code(name, "data")
                _check_value(part, depth + 1)
        case list() | tuple():
            for part in value:
                _check_value(part, depth + 1)
        case _:
            raise Refused("INVALID_TEXT", field="data", detail=f"it holds {type(value).__name__}, not plain JSON")
