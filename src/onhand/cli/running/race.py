"""The verb `race`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from onhand.cli.exits import Exit
from onhand.cli.running.contest import Heat, Score, contest
from onhand.cli.values import whole_number
from onhand.cli.verb import START, Answer, Desk, verb
from onhand.kernel.exact import millionths_of
from onhand.kernel.quantity import SCALE, quantity_text
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.engine.acting import About
    from onhand.ledger.stock import Stock

_CLIENTS_MAX, _PROCESSES_MAX, _UNITS_MAX, _ROUNDS_MAX = 10_000, 64, 1_000_000, 100_000

Clients = Annotated[int, typer.Option("--clients", metavar="N", parser=whole_number, help="How many want the goods.")]
Processes = Annotated[
    int, typer.Option("--processes", metavar="N", parser=whole_number, help="In how many real processes.")
]
Units = Annotated[int, typer.Option("--units", metavar="N", parser=whole_number, help="How many units there are.")]
Rounds = Annotated[int, typer.Option("--rounds", metavar="N", parser=whole_number, help="How often.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceResult:
    """What all rounds came to; `left` and `drift` are in millionths."""

    score: Score
    left: int
    drift: int


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "race", panel=START, asks=True)(race)


async def race(
    desk: Desk, clients: Clients = 64, processes: Processes = 2, units: Units = 50, rounds: Rounds = 1
) -> Answer:
    """
    Prove on your own database that the last units cannot be oversold.

    A site and items of its own are made, with some units each; then all clients are released at the same moment, and
    each sells one unit after the other until it is refused. The drift is what does not add up; exit code 5 unless 0.
    """
    _check("clients", clients, _CLIENTS_MAX)
    _check("processes", processes, min(_PROCESSES_MAX, clients))
    _check("units", units, _UNITS_MAX)
    _check("rounds", rounds, _ROUNDS_MAX)
    site = f"race-{uuid4().hex[:12]}"
    async with desk.ledger() as stock:
        # The database is up and the org is there, so the processes only connect.
        with contest(replace(desk.config, actor="race"), clients=clients, processes=processes) as running:
            with desk.waiting("starting the processes"):
                await running.ready()
            results = []
            with desk.progress() as progress:
                for number in progress.track(range(1, rounds + 1), description="racing"):
                    heat = Heat(site=site, sku=f"{site}-{number}", stem=f"race/{site}/{number}")
                    await _prepare(stock, heat, units)
                    results.append(await _judge(stock, heat, units, await running.run(heat)))
    facts = {"clients": clients, "processes": processes, "rounds": rounds, "units": units}
    return _answer(facts, site, _total(results))


async def _prepare(stock: "Stock", heat: Heat, units: int) -> None:
    await stock.define(sites=[heat.site], items=[heat.sku], **_about(f"{heat.stem}/define"))
    await stock.receive(site=heat.site, lines=[(heat.sku, units)], **_about(f"{heat.stem}/receive"))


def _about(key: str) -> "About":
    return {"key": key, "actor": "race", "reason": "onhand race"}


async def _judge(stock: "Stock", heat: Heat, units: int, score: Score) -> RaceResult:
    """Hold what the clients were told against what the ledger holds."""
    holdings = await stock.list_holdings(heat.site, heat.sku, empty=True)
    left = sum(millionths_of(holding.on_hand) for holding in holdings)
    sold, there = score.sold * SCALE, units * SCALE
    # Everybody was refused in the end, so every unit must be sold, none twice, and nothing be left.
    return RaceResult(score=score, left=left, drift=max(abs(there - sold), abs(left), abs(there - sold - left)))


def _total(results: list[RaceResult]) -> RaceResult:
    score = Score()
    for result in results:
        score = replace(score.plus(result.score), seconds=score.seconds + result.score.seconds)
    return RaceResult(
        score=score, left=sum(result.left for result in results), drift=sum(result.drift for result in results)
    )


def _answer(facts: dict[str, int], site: str, result: RaceResult) -> Answer:
    score = result.score
    plain = {
        **facts,
        "sold": score.sold,
        "refused": score.refused,
        "left": quantity_text(result.left),
        "drift": quantity_text(result.drift),
        "retried": score.retried,
        "seconds": round(score.seconds, 3),
        "sales_per_second": round(score.sold / score.seconds) if score.seconds else 0,
        "site": site,
    }

    def show() -> "Iterator[RenderableType]":
        from rich.text import Text

        from onhand.cli.tables import table

        rounds, units = facts["rounds"], facts["units"]
        yield (
            f"{facts['clients']} clients in {facts['processes']} processes, released at the same moment, "
            f"{'once' if rounds == 1 else f'{rounds} times'}, for the last {units} units in site {site}:"
        )
        names = ["sold", "refused", "left", "drift", "seconds"]
        yield table(names, [[plain[name] for name in names]])
        if result.drift:
            yield Text(f"Drift: {units * rounds} units should have been sold, none twice.", style="bold red")
        else:
            yield Text("Every unit was sold once, and nobody got one that was not there.", style="bold green")

    return Answer(plain=plain, shown=show, exit=Exit.CHECK_FAILED if result.drift else Exit.DONE)


def _check(field: str, value: int, value_max: int) -> None:
    if not 1 <= value <= value_max:
        raise Refused("INVALID_COMMAND", detail=f"{field} is 1 to {value_max}")
