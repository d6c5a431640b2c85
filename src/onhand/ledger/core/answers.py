"""
What the read side answers: frozen facts, quantities and money as exact decimals.

`after` of a page is the cursor of the next one, or None at the end.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from onhand.kernel.entity import Snapshot
from onhand.kernel.exact import (
    NOTHING,
    ZERO,
    MoneyDecimal,
    QuantityDecimal,
    quantity_decimal,
    quantity_difference,
    quantity_sum,
)
from onhand.kernel.holding import Place
from onhand.kernel.states import ON_HAND, End, State

Row = TypeVar("Row", covariant=True)  # noqa: PLC0105 - it stands for one row


class Balances(NamedTuple):
    """The quantities of a holding by state, in the order of `State`."""

    available: QuantityDecimal = ZERO
    reserved: QuantityDecimal = ZERO
    sold: QuantityDecimal = ZERO
    quarantine: QuantityDecimal = ZERO
    hold: QuantityDecimal = ZERO
    incoming: QuantityDecimal = ZERO
    defective: QuantityDecimal = ZERO
    sample: QuantityDecimal = ZERO

    @property
    def on_hand(self) -> QuantityDecimal:
        """What is physically there and ours to keep."""
        return quantity_sum([self[state] for state in ON_HAND])

    def less(self, other: "Balances") -> "Balances":
        """Take other balances away."""
        return Balances(*(quantity_difference(mine, theirs) for mine, theirs in zip(self, other, strict=True)))


def balances_of(millionths: Iterable[int]) -> Balances:
    """Give balances as the journal keeps them, in the order of the states, as they are told."""
    return Balances(*map(quantity_decimal, millionths))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """Some rows of a list, and the cursor of those that follow."""

    rows: tuple[Row, ...]
    after: str | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingAnswer:
    """A holding as it is now; `value` is what its goods cost, `unit_cost` what one does."""

    id: int
    version: int
    place: Place
    floor: QuantityDecimal
    balances: Balances
    expires_on: date | None = None
    value: MoneyDecimal = NOTHING
    unit_cost: MoneyDecimal = NOTHING

    @property
    def on_hand(self) -> QuantityDecimal:
        """What is physically there and ours to keep."""
        return self.balances.on_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Who posted what, when, why and for which document; `reverted_by` is the posting that undid it."""

    number: int
    kind: str
    actor: str
    recorded_at: datetime
    occurred_at: datetime
    reason: str | None
    document_type: str | None
    document_id: str | None
    reverted_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSummary(Circumstances):
    """A posting without its lines; `reverts` lists what it undid, newest first."""

    key: str
    reverts: tuple[int, ...]
    movements: int
    changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementLine(Circumstances):
    """
    A movement with the posting that it stands in; `balances` are the holding's after it.

    `value` is what went with the goods; `value_held` and `unit_cost` are the holding's after it.
    """

    line: int
    holding_id: int
    place: Place
    source: End
    target: End
    quantity: QuantityDecimal
    balances: Balances
    value: MoneyDecimal = NOTHING
    value_held: MoneyDecimal = NOTHING
    unit_cost: MoneyDecimal = NOTHING

    @property
    def effect(self) -> Balances:
        """What the movement added to each state."""
        if self.source == self.target:
            return Balances()
        moved = {self.source: quantity_difference(ZERO, self.quantity), self.target: self.quantity}
        return Balances(*(moved.get(state, ZERO) for state in State))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine(Circumstances):
    """A change with the posting that it stands in."""

    line: int
    entity: str
    entity_id: int
    action: str
    before: Snapshot | None
    after: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A movement of an explanation: what it added to the explained figure, and the figure after it."""

    movement: MovementLine
    change: QuantityDecimal
    total: QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """
    How a figure came to be: what stands in `state` at a place, or what is on hand there where `state` is None.

    `movements` are the last ones, in journal order; each tells its holding's balances as well. `brought_forward` is the
    figure before the first of them, `total` the one after the last. `earlier` is the cursor of the movements before
    these, or None where there are none.
    """

    state: State | None
    movements: tuple[Explained, ...]
    brought_forward: QuantityDecimal
    total: QuantityDecimal
    earlier: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingThen:
    """A holding as it was; `number` is the last posting that had moved it."""

    id: int
    place: Place
    number: int
    balances: Balances

    @property
    def on_hand(self) -> QuantityDecimal:
        """What was physically there and ours to keep."""
        return self.balances.on_hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """
    The holdings as they were after posting `number`.

    With `occurred_at`, only what had happened by then counts, as far as it was recorded up to `number`.
    """

    number: int
    occurred_at: datetime | None
    holdings: Page[HoldingThen]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingDifference:
    """A holding at two moments; `count` says how many movements lie between them, of which the first are given."""

    id: int
    place: Place
    before: Balances
    after: Balances
    count: int
    movements: tuple[MovementLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What differs between the state after posting `since` and the state after posting `until`."""

    since: int
    until: int
    holdings: Page[HoldingDifference]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationLine:
    """So much of a holding that a reservation still waits for."""

    holding_id: int
    place: Place
    quantity: QuantityDecimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationAnswer:
    """
    A reservation as it is now, with what it still waits for.

    While it is pending it reserves nothing; `wanted` lists item and quantity of what it waits in line for.
    """

    id: int
    version: int
    site: str
    status: str
    expires_at: datetime | None
    priority: int
    document_type: str | None
    document_id: str | None
    lines: tuple[ReservationLine, ...]
    wanted: tuple[tuple[str, QuantityDecimal], ...] = ()
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalHead:
    """Where a journal stands: its last posting, whose hash seals all before it."""

    org_id: int
    number: int
    hash: bytes
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationFinding:
    """
    Something wrong that a verification found.

    `number` is the posting where it shows, `entity` the thing that it is about; None where there is none.
    """

    code: str
    number: int | None
    entity: str | None
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """
    What a verification came to; `findings` stand in the order of the postings, the first wrong one first.

    `postings` is how many were checked, `head` where the journal stood. Of very many findings the first ones are kept.
    """

    postings: int
    head: JournalHead
    findings: tuple[VerificationFinding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.findings

    @property
    def first(self) -> VerificationFinding | None:
        """The first thing wrong."""
        return self.findings[0] if self.findings else None

    @property
    def head_number(self) -> int:
        """The number of the last posting."""
        return self.head.number

    @property
    def head_hash(self) -> bytes:
        """The hash that seals the journal."""
        return self.head.hash
