"""The verb `archive`."""

from pathlib import Path
from typing import Annotated

import typer

from onhand.cli.values import unreadable, whole_number
from onhand.cli.verb import FILES, Answer, Desk, verb

Folder = Annotated[
    Path, typer.Argument(metavar="FOLDER", show_default=False, help="Where the archive is, or is to be.")
]
Days = Annotated[
    int, typer.Option("--days", metavar="N", parser=whole_number, help="What is older than so many days is archived.")
]
Until = Annotated[
    int | None, typer.Option("--until", metavar="NUMBER", parser=whole_number, help="Up to this posting instead.")
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; prove what is there.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "archive", panel=FILES, asks=True)(archive)


async def archive(desk: Desk, folder: Folder, days: Days = 180, until: Until = None, check: Check = False) -> Answer:
    """
    Write old history to Parquet files that the journal's hash seals; prove them.

    Safe to run again: it goes on where the archive ends. Nothing is taken out of the ledger.
    """
    from onhand.ledger.archive import Archive

    async with desk.ledger() as stock:
        try:
            with desk.waiting("archiving"):
                written = Archive.open(folder) if check else await stock.write_archive(folder, days=days, until=until)
                proved = await stock.check_archive(written)
        except OSError as error:
            raise unreadable(folder, error) from error
    sentence = f"The archive in {folder} holds postings 1 to {proved}, proved." if proved else "Nothing is archived."
    return Answer(
        plain={"folder": str(folder), "postings": proved, "parts": len(written.parts), "hash": written.hash.hex()},
        shown=lambda: [sentence],
    )
