"""The questions about pieces: `piece show`, `trail`, `family`, `list`, `find-offcut` and `verify`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.exits import Exit
from onhand.cli.options import After, Limit, Sku, SomeSite
from onhand.cli.values import moment_of, unreadable
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb
from onhand.kernel.exact import decimal_text

if TYPE_CHECKING:
    from onhand.ledger.core.answers import ChangeLine, MovementLine, Page
    from onhand.ledger.pieces.port import Family, PieceAnswer

Piece = Annotated[str, typer.Argument(metavar="PIECE", show_default=False, help="Its name, or a UUID in any spelling.")]
Moment = Annotated[
    str | None, typer.Option("--at", metavar="MOMENT", help="After this posting, or at a time as 2026-01-31T09:30:00Z.")
]
Svg = Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write the tree as a drawing as well.")]
Kind = Annotated[
    str | None, typer.Option("--kind", metavar="KIND", help="Only rolls, cuts, offcuts, bundles or spares: roll, ...")
]
Status = Annotated[str, typer.Option("--status", metavar="STATUS", help="Where they stand: available, used, ...")]
AtLeast = Annotated[str, typer.Option("--at-least", metavar="SIZE", help="Only those that are so long or large.")]
OfSku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="What is looked for.")]
Length = Annotated[str, typer.Argument(metavar="LENGTH", show_default=False, help="How long it has to be at least.")]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    pieces = typer.Typer(help="Ask about rolls, cut pieces, bundles and spares.", no_args_is_help=True)
    for name, question in (
        *(("show", show), ("list", list_), ("trail", trail)),
        *(("family", family), ("find-offcut", find_offcut), ("verify", verify)),
    ):
        verb(pieces, name, panel=None, asks=True)(question)
    app.add_typer(pieces, name="piece", rich_help_panel=QUESTIONS)


async def show(desk: Desk, piece: Piece, at: Moment = None) -> Answer:
    """Show a piece, as it is or as it was at a moment."""
    moment = moment_of(at, "at")
    async with desk.ledger() as stock:
        if isinstance(moment, int | None):
            found = await stock.pieces.get(piece, number=moment)
        else:
            found = await stock.pieces.get(piece, recorded_at=moment)
    return one_piece(found)


async def list_(
    desk: Desk,
    sku: Sku = None,
    site: SomeSite = None,
    kind: Kind = None,
    status: Status = "available",
    at_least: AtLeast = "0",
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """List pieces, the smallest first."""
    async with desk.ledger() as stock:
        page = await stock.pieces.list(site, sku, kind=kind, status=status, at_least=at_least, limit=limit, after=after)
    return _pieces(list(page), {"pieces": [_plain(found) for found in page], "after": page.after})


async def trail(desk: Desk, piece: Piece, limit: Limit = 50, after: After = None) -> Answer:
    """Tell the whole life of a piece."""
    async with desk.ledger() as stock:
        return life(await stock.pieces.trail(piece, limit=limit, after=after))


async def family(desk: Desk, piece: Piece, svg: Svg = None) -> Answer:
    """Draw what a piece was made from and what was made from it, through any number of cuts and combinations."""
    async with desk.ledger() as stock:
        return drawn(await stock.pieces.family(piece), svg)


async def find_offcut(desk: Desk, sku: OfSku, length: Length, site: SomeSite = None) -> Answer:
    """Find the smallest length in stock that is long enough; exit code 5 where there is none."""
    async with desk.ledger() as stock:
        found = await stock.pieces.find_offcut(sku, length, site=site)
    if found is None:
        return Answer(plain={"piece": None}, shown=lambda: ["Nothing is long enough."], exit=Exit.CHECK_FAILED)
    return one_piece(found)


async def verify(desk: Desk) -> Answer:
    """Look for wrong quantities, missing creators and events, and inactive triggers; exit code 5 if there are any."""
    async with desk.ledger() as stock:
        findings = await stock.pieces.verify()
    from onhand.cli.tables import table

    return Answer(
        plain={"ok": not findings, "findings": [finding._asdict() for finding in findings]},
        shown=lambda: [table(["finding", "of", "what"], findings) if findings else "Everything about pieces adds up."],
        exit=Exit.CHECK_FAILED if findings else Exit.DONE,
    )


def one_piece(found: "PieceAnswer") -> Answer:
    """Answer with a piece."""
    return _pieces([found], {"piece": _plain(found)})


def life(page: "Page[MovementLine | ChangeLine]") -> Answer:
    """Answer with the life of a piece."""
    from onhand.cli import plain, shown

    return Answer(
        plain={"trail": [plain.trail_line(line) for line in page], "after": page.after},
        shown=lambda: shown.trail(page),
    )


def drawn(family: "Family", svg: Path | None) -> Answer:
    """Answer with a family tree, and write it as a drawing where that is asked for."""
    from onhand.cli.pieces.piece_tree import drawing, tree_of

    if svg is not None:
        try:
            svg.write_text(drawing(family), encoding="utf-8")
        except OSError as error:
            raise unreadable(svg, error) from error
    return Answer(plain=_family(family), shown=lambda: tree_of(family))


def _plain(piece: "PieceAnswer") -> dict[str, object]:

    return {
        "piece": piece.code,
        "kind": piece.kind,
        "sku": piece.sku,
        "size": decimal_text(piece.size),
        "length": None if piece.length is None else decimal_text(piece.length),
        "status": piece.status,
        "site": piece.site,
        "location": piece.location,
        "lot": piece.lot,
        "creator": piece.creator,
        "origin": piece.origin_id,
        "version": piece.version,
        "number": piece.number,
    }


def _pieces(pieces: "list[PieceAnswer]", plain: dict[str, object]) -> Answer:
    from onhand.cli.tables import table

    names = ("piece", "kind", "sku", "size", "length", "status", "site", "location", "lot", "creator")
    rows = [[told[name] for name in names] for told in map(_plain, pieces)]
    after = plain.get("after")
    more = [] if after is None else [f"There are more: --after {after}"]
    return Answer(
        plain=plain,
        shown=lambda: [table([*names[:-1], "made by"], rows), *more] if rows else ["Nothing."],
    )


def _family(family: "Family") -> dict[str, object]:

    names = {one.id: one.code for one in family.members.values()}
    return {
        "piece": names[family.id],
        "depth": family.depth,
        "ancestors": [names[one] for one in family.ancestors],
        "descendants": [names[one] for one in family.descendants],
        "members": [
            {
                "piece": one.code,
                "kind": one.kind,
                "size": decimal_text(one.size),
                "status": one.status,
                "creator": one.creator,
                "parents": [names[parent] for parent in one.parents if parent in names],
            }
            for one in family.members.values()
        ],
    }
