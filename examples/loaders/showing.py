"""
How a replay is shown to people: a bar with rate and time left while it runs, a table of the account at its end.

What comes from the file is plain text; the console that prints it must not read it as markup.
"""

import json
from collections.abc import Iterator
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from examples.loaders.pizza_run import PizzaSummary
from examples.loaders.run import Trouble
from examples.loaders.summary import Control, Summary
from onhand.kernel.quantity import quantity_text

TROUBLES_SHOWN_MAX = 20
"""So many lines that were refused or cannot be read are shown; a report has them all."""


class _RateColumn(ProgressColumn):
    """Lines a second."""

    def render(self, task: Task) -> Text:
        """Draw the rate."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} lines/s")


class Screen:
    """
    Watches a replay and shows it; use it in a `with` statement.

    Args:
        console: Where the bar is drawn; without a terminal nothing is.
        report: Gets every line that was refused or cannot be read, as JSON lines; None for no report.
    """

    def __init__(self, console: Console, report: TextIO | None = None) -> None:
        self.troubles: list[Trouble] = []
        self.troubles_count = 0
        self._report = report
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _RateColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("Reading", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._progress.stop()

    def surveying(self, lines: int) -> None:
        """Show how much has been read."""
        self._progress.update(self._task, completed=lines)

    def surveyed(self, control: Control) -> None:
        """Start the bar."""
        self.expecting(control.lines)

    def expecting(self, lines: int) -> None:
        """Start the bar for so many lines."""
        self._progress.remove_task(self._task)
        self._task = self._progress.add_task("Posting", total=lines)

    def replayed(self, lines: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=lines)

    def trouble(self, trouble: Trouble) -> None:
        """Note a line that was refused or cannot be read."""
        self.troubles_count += 1
        if len(self.troubles) < TROUBLES_SHOWN_MAX:
            self.troubles.append(trouble)
        if self._report is not None:
            number, invoice, line_class, reason = trouble
            told = {"line": number, "invoice": invoice, "class": str(line_class), "reason": reason}
            self._report.write(json.dumps(told) + "\n")


def summary_shown(summary: Summary) -> Iterator[RenderableType]:
    """Show the account of a replay."""
    tally, control = summary.tally, summary.control
    table = Table("class", title="What became of the lines", title_justify="left")
    for name in ("lines", "units", "value"):
        table.add_column(name, justify="right")
    for line_class, part in tally.classes.items():
        table.add_row(str(line_class), *_figures(part.lines, part.units, part.value))
    table.add_section()
    table.add_row("all classes", *_figures(tally.lines, tally.units, tally.value))
    table.add_row("the file", *_figures(control.lines, control.units, control.value))
    yield table
    if tally.not_stock:
        yield f"Not stock: {', '.join(f'{kind} {count:,}' for kind, count in tally.not_stock.most_common())}."
    lines, units, value = _figures(control.lines, control.units, control.value)
    yield (
        f"The classes add up to the file: {lines} lines, {control.invoices:,} invoices, {units} units, value {value}."
        if summary.adds_up
        else f"The classes do NOT add up to the file: {', '.join(summary.differences)} differ."
    )
    yield (
        f"{tally.postings:,} postings in the journal, {tally.replayed:,} of them there before; "
        f"{summary.seconds:.1f} s, {summary.postings_per_second:,.0f} postings/s, "
        f"{summary.lines_per_second:,.0f} lines/s."
    )


def pizzas_shown(summary: PizzaSummary) -> Iterator[RenderableType]:
    """Show the account of a pizza place."""
    lines = f"{summary.lines:,} lines of {summary.pizzas:,} pizzas"
    yield f"{summary.orders:,} orders with {lines}, by {summary.recipes:,} recipes."
    yield f"Taken: {_grams(summary.grams_taken)} of {summary.items:,} items."
    yield f"Voided: {summary.voided:,} orders, {_grams(summary.grams_returned)} put back."
    yield (
        "The stock is what the files say, to the gram, after the sales and after the voids."
        if summary.adds_up
        else f"The stock is NOT what the files say: {'; '.join(summary.differences)}."
    )
    rate = summary.lines / summary.seconds if summary.seconds > 0 else 0.0
    yield f"{summary.postings:,} postings; {summary.seconds:.1f} s, {rate:,.0f} lines/s."


def _grams(millionths: int) -> str:
    whole, point, decimals = quantity_text(millionths).partition(".")
    return f"{int(whole):,}{point}{decimals} g"


def troubles_shown(screen: Screen) -> Iterator[RenderableType]:
    """Show the first of the lines that were refused or cannot be read."""
    if not screen.troubles:
        return
    table = Table("line", "invoice", "class", "why", title="Refused or unreadable", title_justify="left")
    for number, invoice, line_class, reason in screen.troubles:
        table.add_row(str(number), invoice or "", str(line_class), reason)
    yield table
    rest = screen.troubles_count - len(screen.troubles)
    if rest:
        yield f"... and {rest:,} more; --report FILE writes them all."


def _figures(lines: int, units: int, value: int) -> tuple[str, str, str]:
    whole, point, decimals = quantity_text(abs(value)).partition(".")
    return f"{lines:,}", f"{units:,}", f"{'-' if value < 0 else ''}{int(whole):,}{point}{decimals}"
