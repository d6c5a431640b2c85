"""What is measured beside what, and the goals, as the design states them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

ITEMS = 10_000
STOCK = 1_000_000_000
"""Of each item, in whole units: nothing runs out."""
BULK_SALES = 1_000
VERIFIED_POSTINGS = 100_000


class Contender(StrEnum):
    """Who bears a load."""

    ONHAND = "onhand"
    ONHAND_BULK = "onhand_bulk"
    ONHAND_VERIFY = "onhand_verify"
    ONHAND_DEDUCT = "onhand_deduct"
    SINGLE = "single_statement"
    QUEUED = "single_statement_queued"
    ROW_LOCK = "row_lock_service"
    ROW_LOCK_LEAN = "row_lock_service_lean"


class Load(NamedTuple):
    """A contender with so many callers, each of whom asks again as soon as he is answered."""

    contender: Contender
    callers: int

    def __str__(self) -> str:
        """The name of the load in results.json."""
        return f"{self.contender}_{self.callers}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """
    What all loads of a case sell.

    Attributes:
        items: Each line sells one of so many; with one item all lines of a sale sell it.
        commit_delay: Microseconds by which the server's commits are slowed.
        warm_seconds: How long each load runs before it is measured.
        from_checkpoint: Whether each load comes after a checkpoint, and not only the first of the workload.
    """

    name: str
    items: int = 1
    lines: int = 1
    commit_delay: int = 0
    warm_seconds: int = 1
    from_checkpoint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """
    A bound for a figure of the case's load, or for its ratio to the same figure of another.

    A rate is to be at least so much, anything else at most.
    """

    figure: Literal["rate", "p50_ms", "p99_ms", "wal_bytes"]
    bound: float
    reach: float | None = None
    over: Load | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row of the design's table."""

    name: str
    title: str
    workload: Workload
    load: Load
    peers: tuple[Load, ...] = ()
    goals: tuple[Goal, ...]


ALONE, MANY, CROWD = (Load(Contender.ONHAND, callers) for callers in (1, 32, 256))
SINGLE_1, SINGLE_32 = (Load(Contender.SINGLE, callers) for callers in (1, 32))
QUEUED_32 = Load(Contender.QUEUED, 32)
ROW_LOCK_32 = Load(Contender.ROW_LOCK, 32)
ROW_LOCK_LEAN_32 = Load(Contender.ROW_LOCK_LEAN, 32)
BULK = Load(Contender.ONHAND_BULK, 1)
VERIFY = Load(Contender.ONHAND_VERIFY, 1)
DEDUCT = Load(Contender.ONHAND_DEDUCT, 64)

HOT = Workload(name="one hot item, one line")
HOT_FOUR = Workload(name="one hot item, four lines", lines=4)
# Long enough for each item to be sold once, as in a shop that opened this morning.
WIDE = Workload(name="10,000 items, one line", items=ITEMS, warm_seconds=4)
WIDE_FOUR = Workload(name="10,000 items, four lines", items=ITEMS, lines=4, warm_seconds=4)
SLOW_COMMIT = Workload(name="hot item, commit slowed to 1 ms", commit_delay=1000)
# Long enough for each page of the indexes to be touched: from then on no full page image is written.
WAL = Workload(name="hot item, log measured", warm_seconds=4, from_checkpoint=True)
BULKS = Workload(name="10,000 items, 1,000 sales a call", items=ITEMS, warm_seconds=4)
KITCHEN = Workload(name="one store, sales of three ingredients")
CHAIN = Workload(name="a chain of 100,000 postings", items=ITEMS)

_ALL_PEERS = (SINGLE_32, SINGLE_1, ROW_LOCK_32)
_HOT_PEERS = (SINGLE_32, SINGLE_1, QUEUED_32, ROW_LOCK_32)

# These two come first, while the history has the size that they are about.
CASES = (
    Case(
        name="verify",
        title="verify a chain of 100,000 postings",
        workload=CHAIN,
        load=VERIFY,
        goals=(Goal(figure="rate", bound=100_000, reach=200_000),),
    ),
    Case(
        name="wal",
        title="WAL per one-line sale, hot item, 32 callers",
        workload=WAL,
        load=MANY,
        peers=(SINGLE_32,),
        goals=(Goal(figure="wal_bytes", bound=700, reach=550),),
    ),
    Case(
        name="hot-32",
        title="one hot item, one line, 32 callers",
        workload=HOT,
        load=MANY,
        peers=_HOT_PEERS,
        goals=(
            Goal(figure="rate", over=SINGLE_32, bound=5, reach=8),
            Goal(figure="rate", over=SINGLE_1, bound=1.8, reach=3),
        ),
    ),
    Case(
        name="hot-256",
        title="one hot item, one line, 256 callers",
        workload=HOT,
        load=CROWD,
        peers=_HOT_PEERS,
        goals=(
            Goal(figure="rate", over=SINGLE_32, bound=10, reach=14),
            Goal(figure="rate", over=SINGLE_1, bound=3, reach=5),
            Goal(figure="p99_ms", bound=15),
        ),
    ),
    Case(
        name="hot-four-32",
        title="one hot item, four lines, 32 callers",
        workload=HOT_FOUR,
        load=MANY,
        peers=_ALL_PEERS,
        goals=(Goal(figure="rate", over=SINGLE_32, bound=6, reach=9),),
    ),
    Case(
        name="wide-32",
        title="10,000 items, one line, 32 callers",
        workload=WIDE,
        load=MANY,
        peers=_ALL_PEERS,
        goals=(Goal(figure="rate", over=SINGLE_32, bound=1.0, reach=1.4),),
    ),
    Case(
        name="wide-256",
        title="10,000 items, one line, 256 callers",
        workload=WIDE,
        load=CROWD,
        peers=_ALL_PEERS,
        goals=(Goal(figure="rate", over=SINGLE_32, bound=1.5, reach=2.2),),
    ),
    Case(
        name="wide-four-32",
        title="10,000 items, four lines, 32 callers",
        workload=WIDE_FOUR,
        load=MANY,
        peers=_ALL_PEERS,
        goals=(Goal(figure="rate", over=SINGLE_32, bound=1.0, reach=1.2),),
    ),
    Case(
        name="wide-four-256",
        title="10,000 items, four lines, 256 callers",
        workload=WIDE_FOUR,
        load=CROWD,
        peers=_ALL_PEERS,
        goals=(Goal(figure="rate", over=SINGLE_32, bound=1.2, reach=1.5),),
    ),
    Case(
        name="alone",
        title="one caller alone",
        workload=HOT,
        load=ALONE,
        peers=(SINGLE_1,),
        goals=(Goal(figure="p50_ms", bound=1.0, reach=0.5),),
    ),
    Case(
        name="row-lock",
        title="hot item against a row-lock service, 32 callers",
        workload=HOT,
        load=MANY,
        peers=(ROW_LOCK_32, ROW_LOCK_LEAN_32),
        goals=(
            Goal(figure="rate", over=ROW_LOCK_32, bound=40, reach=80),
            Goal(figure="p99_ms", over=ROW_LOCK_32, bound=0.1),
        ),
    ),
    Case(
        name="slow-commit",
        title="commit slowed to 1 ms, hot item, 32 callers",
        workload=SLOW_COMMIT,
        load=MANY,
        peers=(SINGLE_32, SINGLE_1),
        goals=(Goal(figure="rate", over=SINGLE_32, bound=12, reach=20),),
    ),
    Case(
        name="bulk",
        title="bulk calls of 1,000 sales, 10,000 items, one connection",
        workload=BULKS,
        load=BULK,
        goals=(Goal(figure="rate", bound=25_000, reach=40_000),),
    ),
    Case(
        name="deduct",
        title="deductions of three ingredients, one store, 64 callers",
        workload=KITCHEN,
        load=DEDUCT,
        goals=(Goal(figure="rate", bound=5_000), Goal(figure="p99_ms", bound=40)),
    ),
)
