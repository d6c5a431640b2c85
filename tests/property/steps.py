"""Random acts: small numbers, few names, so that the acts get in each other's way."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from onhand.kernel.command import Command, Line
from onhand.kernel.lots.recall_lot import RecallLot
from onhand.kernel.lots.release_lot import ReleaseLot
from onhand.kernel.lots.set_lot_costs import SetLotCosts
from onhand.kernel.lots.set_lot_status import SetLotStatus
from onhand.kernel.promises.commit_reservation import CommitReservation
from onhand.kernel.promises.expire_reservation import ExpireReservation
from onhand.kernel.promises.release_reservation import ReleaseReservation
from onhand.kernel.promises.reserve import Reserve
from onhand.kernel.refusals import Refused
from onhand.kernel.states import State
from onhand.kernel.stock.adjust import Adjust
from onhand.kernel.stock.allow_negative import AllowNegative
from onhand.kernel.stock.arrive import Arrive
from onhand.kernel.stock.count import Count
from onhand.kernel.stock.move import MOVABLE, Move
from onhand.kernel.stock.receive import NEW_LOT, Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.take_back import TakeBack
from onhand.kernel.stock.transfer import Transfer
from onhand.kernel.transitions import LOT
from tests.property.world import World, furnished

COST = 7_123_457_000_000
"""What a millionth of a unit costs at first is worth counting: seven millionths and a bit."""
LOTS_EXPIRE_ON = date(2026, 6, 1)
"""The last good day of the lots that are there from the opening."""

KINDS = (
    "receive",
    "receive",
    "receive_units",
    "sell",
    "sell",
    "sell_units",
    "take_back",
    "reserve",
    "release",
    "commit",
    "expire",
    "transfer",
    "arrive",
    "move",
    "adjust",
    "count",
    "allow_negative",
    "lot_status",
    "recall",
    "release_lot",
    "lot_costs",
)


@dataclass(frozen=True)
class Step:
    """One act before it is known what it meets: `choice` picks among the reservations, transfers or postings."""

    kind: str
    site: str
    lines: tuple[Line, ...]
    choice: int
    flag: bool
    source: State
    target: State


def _line(sku: str, quantity: int, lot: str | None, location: str | None) -> Line:
    return Line(sku, quantity, lot, location)


LINES = st.lists(
    st.builds(
        _line,
        st.sampled_from(("A", "B")),
        st.integers(1, 6),
        st.sampled_from((None, None, None, "L-1", "L-2")),
        st.sampled_from((None, None, None, "R-1")),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


PLAIN_LINES = st.integers(1, 6).map(lambda quantity: (Line("A", quantity),))


def steps(*kinds: str, lines: st.SearchStrategy[tuple[Line, ...]] = LINES) -> st.SearchStrategy[Step]:
    """Give a strategy for acts of some kinds."""
    states = st.sampled_from(sorted(MOVABLE))
    return st.builds(
        Step,
        kind=st.sampled_from(kinds),
        site=st.sampled_from(("london", "leeds")) if lines is LINES else st.just("london"),
        lines=lines,
        choice=st.integers(0, 30),
        flag=st.booleans(),
        source=states,
        target=states,
    )


HISTORIES = st.lists(steps(*KINDS), min_size=8, max_size=20)
"""Acts without reversals."""


def _shuffled(seed: int) -> list[Step]:
    """Make a longer history from a seed; hypothesis prefers small numbers, and tangles want all of them."""
    source = random.Random(seed)
    kinds = ("receive", "receive", "sell", "sell", "reserve", "commit", "allow_negative", "revert", "revert", "revert")
    return [
        Step(
            kind=source.choice(kinds),
            site="london",
            lines=(Line("A", source.randint(1, 6)),),
            choice=source.randint(1, 16),
            flag=source.random() < 0.5,
            source=State.AVAILABLE,
            target=State.AVAILABLE,
        )
        for _ in range(14)
    ]


TANGLED = st.one_of(
    st.integers(0, 2**32).map(_shuffled),
    st.lists(
        steps(
            "receive", "sell", "reserve", "commit", "allow_negative", "revert", "revert", "revert", lines=PLAIN_LINES
        ),
        min_size=9,
        max_size=14,
    ),
    st.lists(steps(*KINDS, "revert", "revert"), min_size=10, max_size=20),
)
"""Acts and reversals of acts and of reversals; all but the last part on one holding."""


def replayed(history: Sequence[Step]) -> World:
    """Make a world with a little stock, in which some acts were tried one after the other."""
    world = furnished(skus=("A", "B", "S"))
    opening = (Line("A", 5, unit_cost=COST), Line("A", 3, "L-1"), Line("A", 2, "L-2", "R-1"), Line("B", 6))
    world.execute(Receive(key="opening", site="london", lines=opening, expires_on=LOTS_EXPIRE_ON))
    for step in history:
        attempt(world, step)
    return world


def attempt(world: World, step: Step) -> Refused | None:
    """Try an act; gives its refusal."""
    world.pass_time(1)
    try:
        world.execute(command_of(world, step, f"step-{world.now.timestamp()}"))
    except Refused as refused:
        return refused
    return None


def command_of(world: World, step: Step, key: str) -> Command:
    """Make the command of an act, as things stand; raises Refused where it is not well formed."""
    site, lines = step.site, step.lines
    place = "R-2" if step.choice % 3 == 0 else None
    other = "leeds" if (site == "london") == step.flag else "london"
    match step.kind:
        case "receive":
            lines = (*lines, lines[0]._replace(lot=NEW_LOT)) if step.choice == 0 else lines
            told = LOTS_EXPIRE_ON + timedelta(step.choice % 5 == 1) if step.flag else None  # a day late is refused
            return Receive(key=key, site=site, lines=costed(lines, step.choice), expires_on=told)
        case "receive_units":
            units = tuple(Line("S", line.quantity, line.lot, unit=f"U-{step.choice % 3}") for line in lines[:1])
            return Receive(key=key, site=site, lines=units)
        case "sell":
            return Sell(key=key, site=site, lines=lines)
        case "sell_units":
            return Sell(key=key, site=site, lines=(Line("S", lines[0].quantity, unit=f"U-{step.choice % 3}"),))
        case "take_back":
            return TakeBack(key=key, site=site, lines=costed(lines, step.choice))
        case "reserve":
            expires_at = world.now + timedelta(seconds=step.choice + 1) if step.flag else None
            return Reserve(key=key, site=site, lines=lines, expires_at=expires_at)
        case "release":
            return ReleaseReservation(key=key, reservation=_pick(world, "reservation", step.choice))
        case "commit":
            some = lines[:1] if step.flag else ()
            return CommitReservation(key=key, reservation=_pick(world, "reservation", step.choice), lines=some)
        case "expire":
            return ExpireReservation(key=key, reservation=_pick(world, "reservation", step.choice))
        case "transfer":
            return Transfer(
                key=key, site=site, target=other, lines=lines, target_location=place, in_transit=step.choice % 2 == 0
            )
        case "arrive":
            some = tuple(line._replace(quantity=line.quantity - 1) for line in lines[:1]) if step.flag else ()
            close = step.choice % 2 == 0
            return Arrive(
                key=key, transfer=_pick(world, "transfer", step.choice), lines=some, close=close, reason="as counted"
            )
        case _:
            return _correction_of(world, step, key)


def _lot_costs(step: Step, key: str) -> SetLotCosts:
    """Tell the costs of a lot: none, one for each unit, or a range."""
    rounded = COST // 10**9 * 10**9
    mode = (None, "RANGE", "FIXED", "FIXED")[step.choice % 4]
    return SetLotCosts(
        key=key,
        sku=step.lines[0].sku,
        lot=("L-1", "L-2")[step.flag],
        reason="told",
        cost_mode=mode,
        unit_cost=rounded if mode == "FIXED" else None,
        cost_min=step.choice * 10**10 if mode == "RANGE" else None,
        cost_max=rounded if mode == "RANGE" else None,
    )


def costed(lines: tuple[Line, ...], choice: int) -> tuple[Line, ...]:
    """Tell what the goods cost, in two of three acts."""
    return tuple(line._replace(unit_cost=COST + choice * 10**12) for line in lines) if choice % 3 else lines


def _correction_of(world: World, step: Step, key: str) -> Command:
    site, lines = step.site, step.lines
    match step.kind:
        case "move":
            return Move(key=key, site=site, lines=lines, source=step.source, target=step.target, reason="moved")
        case "adjust":
            signed = tuple(line._replace(quantity=line.quantity - 3 or 1) for line in lines)
            return Adjust(key=key, site=site, lines=signed, reason="adjusted")
        case "count":
            return Count(key=key, site=site, lines=lines)
        case "allow_negative":
            limits = tuple(Line(line.sku, 0 if step.flag else line.quantity) for line in lines)
            return AllowNegative(key=key, site=site, lines=limits)
        case "lot_costs":
            return _lot_costs(step, key)
        case "lot_status":
            lot = ("L-1", "L-2")[step.flag]
            word = sorted(LOT)[step.choice % len(LOT)]
            return SetLotStatus(key=key, sku=lines[0].sku, lot=lot, status=word, reason="looked at")
        case "recall":
            return RecallLot(key=key, sku=lines[0].sku, lot=("L-1", "L-2")[step.flag], reason="recalled")
        case "release_lot":
            return ReleaseLot(key=key, sku=lines[0].sku, lot=("L-1", "L-2")[step.flag], reason="released")
        case "revert":
            number = 1 + len(world.journal) - min(1 + step.choice // 2, len(world.journal))
            return Revert(key=key, number=number, cascade=step.flag)
        case _:
            raise AssertionError(step.kind)


def _pick(world: World, entity: str, choice: int) -> int:
    """Pick an entity of a kind; where there is none, an id that is none's."""
    found = [entity_id for kind, entity_id in world.book.entities if kind == entity]
    return found[choice % len(found)] if found else 999
