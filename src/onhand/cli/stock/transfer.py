"""The verbs of goods that go from place to place: `transfer` and `arrive`."""

from typing import Annotated

import typer

from onhand.cli.options import Lines, Location, Site, SomeLines
from onhand.cli.values import lines_of, whole_number
from onhand.cli.verb import ACTS, Desk, verb
from onhand.kernel.posting import Posting

Target = Annotated[str, typer.Option("--to", metavar="SITE", help="Where the goods go.")]
TargetLocation = Annotated[
    str | None, typer.Option("--to-location", metavar="LOCATION", help="The shelf or bin there.")
]
InTransit = Annotated[bool, typer.Option("--in-transit", help="They are on their way until `arrive` says what came.")]
Transfer = Annotated[
    int,
    typer.Argument(
        metavar="TRANSFER", parser=whole_number, show_default=False, help="The number that `transfer` gave."
    ),
]
Close = Annotated[
    bool, typer.Option("--close", help="Write off what has not come; needs a reason if something is missing.")
]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "transfer", panel=ACTS, acts=True)(transfer)
    verb(app, "arrive", panel=ACTS, acts=True)(arrive)


async def transfer(
    desk: Desk,
    lines: Lines,
    site: Site,
    target: Target,
    location: Location = None,
    target_location: TargetLocation = None,
    in_transit: InTransit = False,
) -> Posting:
    """Move goods to another site, or to another location of the same site."""
    parsed = lines_of(lines, location=location)
    async with desk.ledger() as stock:
        return await stock.transfer(
            site=site,
            target=target,
            lines=parsed,
            target_location=target_location,
            in_transit=in_transit,
            **desk.about,
        )


async def arrive(desk: Desk, transfer: Transfer, lines: SomeLines = None, close: Close = False) -> Posting:
    """Receive a transfer that is on its way: all of it, or some lines."""
    parsed = lines_of(lines or [])
    async with desk.ledger() as stock:
        return await stock.arrive(transfer=transfer, lines=parsed, close=close, **desk.about)
