"""The verb `takeover`."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import Site
from onhand.cli.values import unreadable
from onhand.cli.verb import FILES, Answer, Desk, verb
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.ledger.pieces.takeover import Takeover

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER",
        show_default=False,
        help="Holds stock.csv, cut_pieces.csv, spare_pieces.csv and transactions.csv of the older installation.",
    ),
]
Rollback = Annotated[bool, typer.Option("--rollback", help="Undo the takeover of these very files.")]
Plan = Annotated[bool, typer.Option("--plan", help="Only tell what would be taken and what does not add up.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "takeover", panel=FILES, asks=True)(takeover)


async def takeover(desk: Desk, folder: Folder, site: Site, plan: Plan = False, rollback: Rollback = False) -> Answer:
    """
    Take the pieces of an older installation over, and report what did not add up.

    Safe to run twice: the same files are taken over once. --rollback undoes it, unless pieces were used since.
    """
    from onhand.ledger.pieces.takeover import TABLES, plan_takeover

    told = plan_takeover({name: _read(folder / f"{name}.csv") for name in TABLES})
    numbers: list[int] = []
    if not plan:
        async with desk.ledger() as stock:
            with desk.waiting("taking over"):
                postings = await (
                    stock.pieces.undo_takeover(told) if rollback else stock.pieces.take_over(told, site=site)
                )
        numbers = [posting.number for posting in postings]
    return _answer(told, numbers, verb="undone" if rollback else "planned" if plan else "taken over")


def _read(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines, strict=True)
            return [{str(name): value or "" for name, value in row.items() if name} for row in reader]
    except OSError as error:
        raise unreadable(file, error) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise Refused("INVALID_COMMAND", detail=f"{file.name} is no CSV in UTF-8: {error}") from error


def _answer(told: "Takeover", numbers: list[int], *, verb: str) -> Answer:
    from onhand.cli.tables import table

    sentence = f"{len(told.pieces)} pieces of {len(told.skus)} items {verb}"
    where = f" in posting {', '.join(map(str, numbers))}" if numbers else ""
    rows = [(finding.table, finding.id, finding.code, finding.detail) for finding in told.findings]
    report = [table(["table", "id", "finding", "what"], rows)] if rows else ["Everything added up."]
    return Answer(
        plain={
            "name": told.name,
            "pieces": len(told.pieces),
            "postings": numbers,
            "findings": [finding._asdict() for finding in told.findings],
        },
        shown=lambda: [f"{sentence}{where}.", *report],
    )
