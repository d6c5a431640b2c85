"""The verbs `cut`, `combine` and `plan-cuts`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import Site
from onhand.cli.pieces.produce import each, times
from onhand.cli.values import whole_number
from onhand.cli.verb import ACTS, Answer, Desk, posted, verb

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.cutting.plans import CutPlan

Roll = Annotated[str, typer.Argument(metavar="PIECE", show_default=False, help="A roll, an offcut or a cut piece.")]
Lengths = Annotated[
    list[str], typer.Argument(metavar="LENGTHS...", show_default=False, help="As 30, or 3x12.5 for three of them.")
]
Kerf = Annotated[str, typer.Option("--kerf", metavar="LENGTH", help="The width of each cut.")]
Waste = Annotated[str, typer.Option("--waste", metavar="LENGTH", help="What is thrown away.")]
Keep = Annotated[str, typer.Option("--keep", metavar="LENGTH", help="A shorter rest is thrown away as well.")]
Reservation = Annotated[
    int | None,
    typer.Option("--reservation", metavar="NUMBER", parser=whole_number, help="The one that keeps the pieces."),
]
Pieces = Annotated[list[str], typer.Argument(metavar="PIECES...", show_default=False, help="Spares, by their names.")]
Size = Annotated[int, typer.Option("--size", metavar="N", parser=whole_number, help="How many pieces to a bundle.")]
Bundles = Annotated[int, typer.Option("--bundles", metavar="N", parser=whole_number, help="How many bundles.")]
Sku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="What is cut.")]
Demand = Annotated[
    list[str], typer.Argument(metavar="LENGTHS...", show_default=False, help="What is wanted, as 40x2.5 or 12.")
]
Execute = Annotated[bool, typer.Option("--execute", help="Cut as planned, in one posting.")]
Seconds = Annotated[
    int, typer.Option("--seconds", metavar="N", parser=whole_number, help="How long to look for a better plan.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "cut", panel=ACTS, acts=True)(cut)
    verb(app, "combine", panel=ACTS, acts=True)(combine)
    verb(app, "plan-cuts", panel=ACTS, acts=True)(plan_cuts)


async def cut(
    desk: Desk,
    piece: Roll,
    lengths: Lengths,
    kerf: Kerf = "0",
    waste: Waste = "0",
    keep: Keep = "0",
    reservation: Reservation = None,
) -> Answer:
    """Cut a roll, an offcut or a piece into lengths; what is left is an offcut."""
    async with desk.ledger() as stock:
        posting = await stock.pieces.cut_roll(
            piece, each(lengths), kerf=kerf, waste=waste, keep=keep, reservation=reservation, **desk.about
        )
    from onhand.cli.plain import made_pieces

    return posted(desk, posting, pieces=made_pieces(posting))


async def combine(desk: Desk, pieces: Pieces, size: Size, bundles: Bundles, reservation: Reservation = None) -> Answer:
    """Make bundles of spares; what does not fill a bundle stays one lot of spares."""
    async with desk.ledger() as stock:
        posting = await stock.pieces.combine_spares(pieces, size, bundles, reservation=reservation, **desk.about)
    from onhand.cli.plain import made_pieces

    return posted(desk, posting, pieces=made_pieces(posting))


async def plan_cuts(
    desk: Desk,
    sku: Sku,
    demand: Demand,
    site: Site,
    kerf: Kerf = "0",
    keep: Keep = "0",
    seconds: Seconds = 10,
    execute: Execute = False,
) -> Answer:
    """Plan what to cut from what, with the least material opened; an offcut counts half, so it comes first."""
    wanted = [(length, count) for count, length in map(times, demand)]
    async with desk.ledger() as stock:
        plan = await stock.pieces.plan_cuts(site=site, sku=sku, demand=wanted, kerf=kerf, seconds=seconds)
        if execute:
            posting = await stock.pieces.execute_plan(plan, keep=keep, **desk.about)
            return posted(desk, posting, plan=_plain(plan))
    return Answer(plain=_plain(plan), shown=lambda: _shown(plan))


def _plain(plan: "CutPlan") -> dict[str, object]:
    from onhand.kernel.quantity import quantity_text

    shares = {name: quantity_text(value) for name, value in plan.totals._asdict().items()}
    return {
        "cuts": [
            {
                "piece": cut.piece,
                "length": quantity_text(cut.size),
                "lengths": [quantity_text(length) for length in cut.lengths],
                **{name: quantity_text(value) for name, value in cut.shares._asdict().items()},
            }
            for cut in plan.cuts
        ],
        "total": {"used": quantity_text(sum(cut.size for cut in plan.cuts)), **shares},
        "cost": quantity_text(plan.cost),
        "bound": quantity_text(plan.bound),
        "is_optimal": plan.is_optimal,
        "missing": [{"length": quantity_text(length), "count": count} for length, count in plan.missing.items()],
    }


def _shown(plan: "CutPlan") -> "Iterator[RenderableType]":
    from collections import Counter

    from rich.text import Text

    from onhand.cli.tables import table
    from onhand.kernel.quantity import quantity_text

    rows = []
    for cut in plan.cuts:
        lengths = Counter(cut.lengths)
        told = ", ".join(f"{count}x{quantity_text(length)}" for length, count in sorted(lengths.items(), reverse=True))
        rows.append((cut.piece, quantity_text(cut.size), told, *map(quantity_text, cut.shares[1:])))
    yield table(["piece", "length", "lengths", "rest", "waste", "kerf"], rows)
    for length, count in plan.missing.items():
        yield Text(f"There is not enough for {count}x{quantity_text(length)}.", style="bold red")
    if plan.is_optimal:
        yield Text("No plan opens less.")
    elif not plan.missing:
        gap = float(plan.gap * 100)
        yield Text(f"A plan might open {gap:.1f} % less; none opens less than {quantity_text(plan.bound)}.")
