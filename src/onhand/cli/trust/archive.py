"""Old history in files: `archive write`, `verify`, `at`, `piece`, `trail` and `family`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import After, Limit, Sku, SomeLocation, SomeLot, SomeSite, SomeUnit
from onhand.cli.pieces.piece import Moment as OfMoment
from onhand.cli.pieces.piece import Piece, Svg, drawn, life, one_piece
from onhand.cli.stock.at import Happened, Moment
from onhand.cli.trust.verify import PublicKey
from onhand.cli.values import moment_of, time_of, unreadable, whole_number
from onhand.cli.verb import FILES, Answer, Desk, verb
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.ledger.trust.archive import Archive

Target = Annotated[
    Path, typer.Argument(metavar="FOLDER", show_default=False, help="Where the archive is, or is to be.")
]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False, help="Where the archive is.")]
Days = Annotated[
    int, typer.Option("--days", metavar="N", parser=whole_number, help="What is older than so many days is archived.")
]
Until = Annotated[
    int | None, typer.Option("--until", metavar="NUMBER", parser=whole_number, help="Up to this posting instead.")
]
Alone = Annotated[
    bool,
    typer.Option("--alone", help="Prove the files by themselves; no ledger is asked."),
]
Against = Annotated[
    Path | None,
    typer.Option("--against", metavar="FILE", help="Hold the files against a head that was sealed; asks no ledger."),
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    archive = typer.Typer(help="Write old history to files that prove themselves, and ask those.", no_args_is_help=True)
    for name, asked in (("write", write), ("verify", verify)):
        verb(archive, name, panel=None, asks=True)(asked)
    for name, question in (("at", at), ("piece", piece), ("trail", trail), ("family", family)):
        verb(archive, name, panel=None)(question)
    app.add_typer(archive, name="archive", rich_help_panel=FILES)


async def write(desk: Desk, folder: Target, days: Days = 180, until: Until = None) -> Answer:
    """
    Write old history to Parquet files that the journal's hash seals; prove them.

    Safe to run again: it goes on where the archive ends. Nothing is taken out of the ledger.
    """
    async with desk.ledger() as stock:
        try:
            with desk.waiting("archiving"):
                written = await stock.archive.write(folder, days=days, until=until)
                await stock.archive.verify(written)
        except OSError as error:
            raise unreadable(folder, error) from error
    return _told(written, "proved by the journal")


async def verify(
    desk: Desk, folder: Folder, alone: Alone = False, against: Against = None, public_key: PublicKey = None
) -> Answer:
    """Prove an archive: every hash, place and balance from its files, and that the journal holds its last hash."""
    from onhand.ledger.trust.archive import Archive

    if alone and against is not None:
        raise Refused("INVALID_COMMAND", detail="--alone asks nobody, --against a sealed head")
    if public_key is not None and against is None:
        raise Refused("INVALID_COMMAND", detail="--public-key is about the head of --against FILE")
    with desk.waiting("proving the archive"):
        found = Archive.open(folder)
        if against is not None:
            from onhand.ledger.trust.seal import read_head, read_public_key

            head = read_head(against)
            found.verify(head, None if public_key is None else read_public_key(public_key))
            return _told(found, f"and holds the posting {head.head.number} that was sealed")
        if alone:
            found.verify()
            return _told(found, "whole by themselves")
        async with desk.ledger() as stock:
            await stock.archive.verify(found)
    return _told(found, "proved by the journal")


def at(  # noqa: PLR0913, PLR0917 - each narrows the list
    desk: Desk,
    folder: Folder,
    moment: Moment,
    sku: Sku = None,
    site: SomeSite = None,
    lot: SomeLot = None,
    location: SomeLocation = None,
    unit: SomeUnit = None,
    occurred_at: Happened = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """Show from an archive how much of what was where: after a posting, or at a time."""
    when, happened = moment_of(moment, "moment"), time_of(occurred_at, "occurred_at")
    then = _opened(desk, folder).at(
        site, sku, lot, location, unit, moment=when, occurred_at=happened, limit=limit, after=after
    )
    from onhand.cli import plain, shown

    return Answer(plain=plain.then(then), shown=lambda: shown.then(then))


def piece(desk: Desk, folder: Folder, piece: Piece, at: OfMoment = None) -> Answer:
    """Show from an archive what a piece was, at its end or at a moment."""
    return one_piece(_opened(desk, folder).piece(piece, moment=moment_of(at, "at")))


def trail(desk: Desk, folder: Folder, piece: Piece) -> Answer:
    """Tell from an archive the life of a piece, as far as it goes."""
    from onhand.ledger.core.answers import Page

    return life(Page(rows=_opened(desk, folder).trail(piece)))


def family(desk: Desk, folder: Folder, piece: Piece, at: OfMoment = None, svg: Svg = None) -> Answer:
    """Draw from an archive what a piece was made from and what was made from it, up to its end or to a moment."""
    return drawn(_opened(desk, folder).family(piece, moment=moment_of(at, "at")), svg)


def _opened(desk: Desk, folder: Path) -> "Archive":
    from onhand.ledger.trust.archive import Archive

    with desk.waiting("opening the archive"):
        return Archive.open(folder)


def _told(found: "Archive", how: str) -> Answer:
    sentence = f"The archive in {found.folder} holds postings 1 to {found.last}, {how}."
    return Answer(
        plain={
            "folder": str(found.folder),
            "postings": found.last,
            "parts": len(found.parts),
            "hash": found.hash.hex(),
        },
        shown=lambda: [sentence] if found.last else ["Nothing is archived."],
    )
