"""A retailer's file through the ledger: the verb `replay`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.console import RenderableType

from examples.loaders.pizza_place import read_pizza_place
from examples.loaders.pizza_run import replay_pizzas
from examples.loaders.plan import Lifecycle, Opening, Terms
from examples.loaders.run import replay
from examples.loaders.showing import Screen, pizzas_shown, summary_shown, troubles_shown
from examples.loaders.summary import Summary
from onhand.cli.exits import Exit
from onhand.cli.options import Actor
from onhand.cli.printing import paper, say
from onhand.cli.values import unreadable
from onhand.cli.verb import FILES, Answer, Desk, verb
from onhand.kernel.refusals import Refused
from onhand.pauses import shorten_pauses


class Format(StrEnum):
    """The formats that can be replayed."""

    ONLINE_RETAIL = "online-retail"
    PIZZA_PLACE = "pizza-place"


class OpeningChoice(StrEnum):
    """Where the stock comes from that the file's sales take."""

    DERIVE = "derive"
    NONE = "none"


File = Annotated[
    Path,
    typer.Argument(metavar="FILE", show_default=False, help="The file, plain or gzipped, or a folder."),
]


class LifecycleChoice(StrEnum):
    """What becomes of an invoice's lines."""

    SALE = "sale"
    INVOICE = "invoice"


LifecycleOption = Annotated[
    LifecycleChoice,
    typer.Option(
        "--lifecycle",
        help="sale: goods are sold at once. invoice: they are reserved, then paid, then delivered; the totals are the "
        "same.",
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", help="What the file holds.")]
OpeningOption = Annotated[
    OpeningChoice,
    typer.Option(
        "--opening",
        help="derive: first receive the least that makes every sale possible. none: start without stock; sales that "
        "find none are refused and reported.",
    ),
]
SiteOption = Annotated[
    str | None,
    typer.Option("--site", metavar="SITE", help="The site that the sales are of. Default: the name of the format."),
]
Grams = Annotated[
    Path | None,
    typer.Option(
        "--grams",
        metavar="FILE",
        help="pizza-place: the grams of each ingredient by size, as a table. Default: grams.csv beside the files.",
    ),
]
Batch = Annotated[
    int, typer.Option("--batch", metavar="N", min=1, max=1000, help="So many postings are handed in at a time.")
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report", metavar="FILE", help="Write every line that was refused or cannot be read there, as JSON lines."
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "replay", panel=FILES, asks=True)
    async def replay_file(
        desk: Desk,
        file: File,
        file_format: FormatOption = Format.ONLINE_RETAIL,
        opening: OpeningOption = OpeningChoice.DERIVE,
        lifecycle: LifecycleOption = LifecycleChoice.SALE,
        site: SiteOption = None,
        batch: Batch = 1000,
        report: Report = None,
        grams: Grams = None,
        actor: Actor = None,
    ) -> Answer:
        """
        Put a retailer's file of sales through the ledger, every line accounted for.

        Each line ends in one class: sold, returned, written off, found, not stock, refused or unreadable, and the
        classes add up to what the file holds. Replaying a file again changes nothing; a run that was stopped is
        finished by running it again. Of pizza-place, the ingredients of each order are deducted, and a sample voided.
        """
        shorten_pauses()
        acting = desk.config.actor if actor is None else actor
        if file_format is Format.PIZZA_PLACE:
            return await _replay_pizzas(desk, file, grams, site or "pizza-place", acting)
        if lifecycle is LifecycleChoice.INVOICE and opening is OpeningChoice.NONE:
            raise Refused("INVALID_COMMAND", detail="--lifecycle invoice is for --opening derive")
        terms = Terms(
            site=site or "online-retail",
            opening=Opening(opening.value),
            actor=acting,
            lifecycle=Lifecycle(lifecycle.value),
        )
        with _opened(report) as written:
            screen = Screen(paper(stderr=True), written)
            async with desk.ledger() as stock:
                with screen:
                    summary = await replay(stock, file, terms, screen, batch_acts=batch)
        if desk.json and screen.troubles_count:
            say(f"{screen.troubles_count:,} lines were refused or cannot be read; --report FILE writes them.")
        return Answer(
            plain=summary.plain(),
            shown=lambda: _shown(summary, screen),
            exit=Exit.DONE if summary.adds_up else Exit.CHECK_FAILED,
        )


async def _replay_pizzas(desk: Desk, folder: Path, grams: Path | None, site: str, actor: str) -> Answer:
    place = read_pizza_place(folder, grams)
    screen = Screen(paper(stderr=True))
    async with desk.ledger() as stock:
        with screen:
            screen.expecting(place.lines)
            summary = await replay_pizzas(stock, place, screen, site=site, actor=actor)
    return Answer(
        plain=summary.plain(),
        shown=lambda: pizzas_shown(summary),
        exit=Exit.DONE if summary.adds_up else Exit.CHECK_FAILED,
    )


def _shown(summary: Summary, screen: Screen) -> Iterable[RenderableType]:
    yield from troubles_shown(screen)
    yield from summary_shown(summary)


@contextmanager
def _opened(report: Path | None) -> Iterator[TextIO | None]:
    if report is None:
        yield None
        return
    try:
        stream = report.open("w", encoding="utf-8")
    except OSError as error:
        raise unreadable(report, error) from error
    with stream:
        yield stream
