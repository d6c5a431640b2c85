"""The verb `demo`."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import typer

from onhand.cli.exits import Exit
from onhand.cli.printing import paper
from onhand.cli.verb import START, Answer, Desk, verb
from onhand.demo.story import NORTH, DemoStep, Story

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.core.answers import Explanation, HoldingAnswer, Page, Verification

_EXPLAINED = "MUG"


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "demo", panel=START)(demo)


async def demo(desk: Desk) -> Answer:
    """
    Show onhand at work: a small chain of cafes with a web shop, in an org of its own.

    Each run makes an org of its own (demo-1, demo-2, and so on) and leaves it there to explore.
    """
    from rich.padding import Padding

    from onhand.bootstrap import create_next_org

    with desk.waiting("starting the database"):
        org = await create_next_org(desk.config, "demo")
    began = perf_counter()
    steps: list[DemoStep] = []
    console = None if desk.json else paper()
    if console is not None:
        console.print(f"A week at a small chain of cafes, in the org {org}:\n", style="bold")
    async with replace(desk, config=replace(desk.config, org=org)).ledger() as stock:
        story = Story(stock, org)
        async for step in story.play():
            steps.append(step)
            if console is not None:
                console.print(Padding(step.title, (0, 0, 0, 2)), style="bold cyan")
                console.print(Padding(step.told, (0, 0, 0, 4)))
        holdings = await stock.list_holdings(limit=100)
        explanation = await stock.explain(NORTH, _EXPLAINED)
        verification = await stock.verify()
    return _answer(org, steps, story.refused, perf_counter() - began, (holdings, explanation, verification))


def _answer(
    org: str,
    steps: list[DemoStep],
    refused: int,
    seconds: float,
    found: "tuple[Page[HoldingAnswer], Explanation, Verification]",
) -> Answer:
    from onhand.cli import plain, shown

    holdings, explanation, verification = found

    def show() -> "Iterator[RenderableType]":
        from rich.text import Text

        yield Text("\nWhat is where now:", style="bold")
        yield from shown.holdings(holdings)
        yield Text("\nWhy one number is what it is:", style="bold")
        yield from shown.explanation(explanation, f"{_EXPLAINED} at {NORTH}")
        yield Text("\nWhether all of it is true:", style="bold")
        yield from shown.verification(verification)
        yield Text(
            f"{verification.postings} postings and {refused} refusals took {seconds:.1f} s, this proof included.\n"
        )
        yield Text("It is all still there. Try:", style="bold")
        tries = _tries(org)
        width = max(len(command) for command, _ in tries)
        for command, what in tries:
            yield Text.assemble("  ", (command.ljust(width), "green"), f"  {what}")

    return Answer(
        plain={
            "org": org,
            "steps": [{"title": step.title, "told": step.told} for step in steps],
            "postings": verification.postings,
            "refused": refused,
            "seconds": round(seconds, 3),
            "holdings": [plain.holding(holding) for holding in holdings],
            "explanation": plain.explanation(explanation),
            "verification": plain.verification(verification),
        },
        shown=show,
        exit=Exit.DONE if verification.ok else Exit.CHECK_FAILED,
    )


def _tries(org: str) -> list[tuple[str, str]]:
    onhand = _command()
    return [
        (f"export ONHAND_ORG={org}", "or --org with each command"),
        (f"{onhand} stock", "what is where"),
        (f"{onhand} explain GIFT-BOX --site web-shop", "where did the boxes go?"),
        (f"{onhand} trail --item OAT-MILK --lot MILK-EARLY", "the life of a lot"),
        (f"{onhand} at 11", "the stock as it was"),
        (f"{onhand} revert 9 --plan", "what undoing takes"),
        (f"{onhand} sell --site web-shop GIFT-BOX=99", "a clear no"),
        (f"{onhand} race", "64 clients, 50 units"),
        (f"{onhand} --help", "everything else"),
    ]


def _command() -> str:
    """Give what a user types to run this program: its name, or its path where the name is not found."""
    if shutil.which("onhand") is not None:
        return "onhand"
    path = Path(sys.argv[0])
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
