"""Plans of cuts: what to cut from what, so that little is opened and offcuts come before rolls."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import TYPE_CHECKING, NamedTuple

from onhand.extras import needs
from onhand.kernel.command import LINES_MAX
from onhand.kernel.pieces.cut_pieces import Cutting, Shares, shares_of
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.quantity import QUANTITY_MAX, parse_quantity
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.cutting.patterns import ScaledSizes

SECONDS_MAX = 9.0
"""When a search ends unless told otherwise; what is under way then is finished, so that an answer takes ten seconds."""

_UNITS_MAX = 100_000
"""The largest capacity that patterns are counted through; beyond it sizes are rounded, to the safe side."""

Length = int | str | Decimal
"""A length as people write it: whole units, or a plain decimal; never a float."""

LengthLike = tuple[str, Length]
"""A piece that can be cut: its name and its length."""


class PlannedCut(NamedTuple):
    """One piece, the lengths that come off it, and what becomes of all of it, in millionths."""

    piece: str
    size: int
    lengths: tuple[int, ...]
    shares: Shares


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPlan:
    """
    What to cut from what.

    `cost` is the length that is opened, where an offcut counts half, and no plan costs less than `bound`; where both
    are the same this one is proved to be best. `missing` is what there is not enough for: lengths with how many.
    """

    cuts: tuple[PlannedCut, ...]
    kerf: int
    cost: int
    bound: int
    missing: Mapping[int, int]

    @property
    def is_optimal(self) -> bool:
        """Whether no plan is better."""
        return self.cost == self.bound and not self.missing

    @property
    def gap(self) -> Fraction:
        """By how much of its cost the plan may be too dear, at most."""
        return Fraction(self.cost - self.bound, self.cost) if self.cost else Fraction(0)

    @property
    def totals(self) -> Shares:
        """What becomes of all that is opened."""
        made, rest, waste, kerf = (sum(cut.shares[share] for cut in self.cuts) for share in range(4))
        return Shares(made, rest, waste, kerf)

    def cuttings(self, *, keep: int = 0) -> tuple[Cutting, ...]:
        """Give the cuts as one act takes them; a rest shorter than `keep` is thrown away."""
        return tuple(Cutting(cut.piece, cut.lengths, self.kerf, 0, keep) for cut in self.cuts)


def plan_cuts(
    demand: Iterable[tuple[Length, int]],
    rolls: Iterable[LengthLike],
    offcuts: Iterable[LengthLike] = (),
    kerf: Length = 0,
    *,
    seconds: float = SECONDS_MAX,
) -> CutPlan:
    """
    Plan what to cut from what, with the least material opened; an offcut counts half, so it is preferred.

    Args:
        demand: Lengths and how many of each.
        rolls: Names and lengths of the rolls that there are.
        offcuts: The same of what is left of earlier cuts.
        kerf: The width of each cut.
        seconds: When to stop looking for a better plan.
    """
    wanted = _wanted(demand)
    stocks = [(code, size, False) for code, size in _stocks(rolls)] + [(c, s, True) for c, s in _stocks(offcuts)]
    if len({code for code, _, _ in stocks}) < len(stocks):
        raise Refused("INVALID_COMMAND", detail="a piece is named twice")
    width = parse_quantity(kerf)
    if width < 0:
        raise Refused("INVALID_COMMAND", detail="kerf is a length from 0 on")
    kinds: dict[tuple[int, bool], list[str]] = {}
    for code, size, is_offcut in stocks:
        kinds.setdefault((size, is_offcut), []).append(code)
    usable = {kind: codes for kind, codes in kinds.items() if kind[0] >= min(wanted)}
    if not usable:
        return CutPlan(cuts=(), kerf=width, cost=0, bound=0, missing=wanted)
    return _plan(wanted, usable, width, seconds)


def _plan(
    wanted: Mapping[int, int], kinds: Mapping[tuple[int, bool], Sequence[str]], kerf: int, seconds: float
) -> CutPlan:
    with needs("cutting"):
        from onhand.cutting.column_generation import CutProblem, solve  # noqa: PLC0415 - loads a solver of some size

    order = sorted(kinds, key=lambda kind: (not kind[1], kind[0]))
    shape, relaxed = _shapes([length + kerf for length in wanted], [size + kerf for size, _ in order])
    problem = CutProblem(
        shape,
        tuple(wanted.values()),
        tuple(len(kinds[kind]) for kind in order),
        tuple(-(-size // 2) if is_offcut else size for size, is_offcut in order),
        relaxed,
    )
    solution = solve(problem, seconds=seconds)
    names = {kind: iter(codes) for kind, codes in kinds.items()}
    cuts: list[PlannedCut] = []
    for stock, pattern, times in sorted(solution.uses, key=lambda use: (use[0], use[1])):
        lengths = tuple(length for length, count in zip(wanted, pattern, strict=True) for _ in range(count))
        for _ in range(times):
            code, size = next(names[order[stock]]), order[stock][0]
            cuts.append(PlannedCut(code, size, lengths, shares_of(size, Cutting(code, lengths, kerf))))
    missing = {length: count for length, count in zip(wanted, solution.missing, strict=True) if count}
    return CutPlan(cuts=tuple(cuts), kerf=kerf, cost=solution.cost, bound=solution.bound, missing=missing)


def _shapes(sizes: Sequence[int], capacities: Sequence[int]) -> "tuple[ScaledSizes, ScaledSizes | None]":
    """Measure in the largest unit that all are multiples of, or in one that is coarse enough, rounding safely."""
    from onhand.cutting.patterns import ScaledSizes  # noqa: PLC0415 - loads numpy, which no other verb needs

    unit = gcd(*sizes, *capacities)
    if max(capacities) // unit <= _UNITS_MAX:
        return ScaledSizes(tuple(size // unit for size in sizes), tuple(size // unit for size in capacities)), None
    unit = -(-max(capacities) // _UNITS_MAX)
    rounded_down = tuple(capacity // unit for capacity in capacities)
    shape = ScaledSizes(tuple(-(-size // unit) for size in sizes), rounded_down)
    return shape, ScaledSizes(tuple(size // unit for size in sizes), rounded_down)


def _wanted(demand: Iterable[tuple[Length, int]]) -> dict[int, int]:
    """Put equal lengths together, the longest first."""
    wanted: dict[int, int] = {}
    for told in demand:
        if not _is_pair(told):
            raise Refused("INVALID_COMMAND", detail="demand is pairs of a length and how many")
        length, count = parse_quantity(told[0]), told[1]
        if type(count) is not int or not 1 <= count <= LINES_MAX or not 0 < length <= QUANTITY_MAX:
            raise Refused("INVALID_COMMAND", detail="demand is lengths above zero, each at least once")
        wanted[length] = wanted.get(length, 0) + count
    if not wanted:
        raise Refused("INVALID_COMMAND", detail="no length is wanted")
    if sum(wanted.values()) > LINES_MAX:
        raise Refused("TOO_MANY_LINES", lines=sum(wanted.values()), lines_max=LINES_MAX)
    return dict(sorted(wanted.items(), reverse=True))


def _is_pair(told: object) -> bool:
    return isinstance(told, tuple | list) and len(told) == 2  # noqa: PLR2004 - a pair


def _stocks(stocks: Iterable[LengthLike]) -> list[tuple[str, int]]:
    return [(piece_code(code), parse_quantity(length)) for code, length in stocks]
