"""The verb `check`: what is not as it should be, and its repair."""

from datetime import timedelta
from typing import Annotated

import typer

from onhand.cli.exits import Exit
from onhand.cli.values import whole_number
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

Fix = Annotated[bool, typer.Option("--fix", help="Repair what can be repaired, each by a posting with its reason.")]
Days = Annotated[
    int,
    typer.Option(
        "--reserved-days", metavar="N", parser=whole_number, help="A reservation that nobody paid for is not older."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "check", panel=QUESTIONS, asks=True)(check)


async def check(desk: Desk, fix: Fix = False, reserved_days: Days = 30) -> Answer:
    """Look for what is out of line: serials, reservations, invoices, money; tell what would be done, or do it."""
    async with desk.ledger() as stock:
        found = await stock.find_inconsistencies(reserved_at_most=timedelta(days=min(reserved_days, 36_500)))
        repaired = await stock.repair_inconsistencies(found) if fix and found else ()
    from onhand.cli.commerce import sale_plain, sale_shown

    done = len(repaired) if fix else None
    return Answer(
        plain={
            "found": [sale_plain.inconsistency(one) for one in found],
            "repaired": [posting.number for posting in repaired],
        },
        shown=lambda: sale_shown.inconsistencies(found, done),
        exit=Exit.DONE if not found or (fix and len(repaired) == len(found)) else Exit.CHECK_FAILED,
    )
