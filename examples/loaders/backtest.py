"""How good forecasts are on a retailer's invoices: the verb `backtest`."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from examples.loaders.online_retail import Entry, LineClass, read_entries
from examples.loaders.reading import read_lines
from onhand.cli.tables import table
from onhand.cli.values import day_of
from onhand.cli.verb import FILES, Answer, Desk, verb
from onhand.kernel.refusals import Refused
from onhand.ledger.planning.port import Demand
from onhand.planning.holdout import Trial, try_forecasts

File = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="A retailer's invoices, as `replay`.")]
Last = Annotated[str, typer.Option("--last", metavar="DAY", help="The last day that forecasts may see.")]
TrialUntil = Annotated[str, typer.Option("--until", metavar="DAY", help="The last day that is forecast.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "backtest", panel=FILES)(backtest)


def backtest(desk: Desk, file: File, last: Last, until: TrialUntil) -> Answer:
    """
    Say how good forecasts are: made from a retailer's invoices up to one day, held against those up to another.

    Nothing is written, and no database is needed.
    """
    first_day, last_day = day_of(last, "last"), day_of(until, "until")
    if first_day is None or last_day is None or first_day >= last_day:
        raise Refused("INVALID_COMMAND", detail="--last is a day before --until")
    with desk.waiting("reading the file"):
        trial = try_forecasts(demand_of(file), first_day, last_day)
    return Answer(plain=trial_plain(trial), shown=lambda: trial_shown(trial))


def demand_of(file: Path) -> Iterator[Demand]:
    """Read what customers took off a retailer's file, less what they brought back."""
    for entry in read_entries(read_lines(file)):
        if isinstance(entry, Entry) and entry.line_class in {LineClass.SOLD, LineClass.RETURNED}:
            yield Demand(entry.row.sku, entry.row.moment.date(), Decimal(entry.row.units))


def trial_plain(trial: Trial) -> dict[str, object]:
    """Give a trial as plain JSON values; shares are decimals in text."""
    return {
        "first": trial.first.isoformat(),
        "last": trial.last.isoformat(),
        "until": trial.until.isoformat(),
        "items": trial.items,
        "demand": f"{trial.demand:.0f}",
        "forecasts": [
            {
                "method": told.method,
                "error_share": f"{told.wape:.3f}",
                "root_mean_square": f"{told.rmse:.1f}",
                "bias_share": f"{told.bias:.3f}",
            }
            for told in trial.accuracies
        ],
        "used": dict(trial.used),
    }


def trial_shown(trial: Trial) -> Iterator[RenderableType]:
    """Show how good forecasts were."""
    yield Text(
        f"{trial.items:,} items, forecast from {trial.first} to {trial.last}, held against {trial.demand:,.0f} units "
        f"until {trial.until}:",
        style="bold",
    )
    rows = [
        (told.method, f"{told.wape:.1%}", f"{told.rmse:.1f}", f"{told.bias:+.1%}")
        for told in sorted(trial.accuracies, key=lambda told: -told.wape)
    ]
    yield table(["forecast", "off by", "root mean square", "too much"], rows)
    used = ", ".join(f"{count:,} {name}" for name, count in trial.used.items())
    yield Text(f"Chosen: {used} (naive where no forecast beat it).")
