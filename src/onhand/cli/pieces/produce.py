"""The verb `produce`."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

import typer

from onhand.cli.options import Location, Site
from onhand.cli.verb import ACTS, Answer, Desk, posted, verb
from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused

_TIMES = re.compile(r"(?:([1-9][0-9]{0,5})x)?([^x]+)", re.ASCII)

Sku = Annotated[str, typer.Argument(metavar="SKU", show_default=False, help="What is made.")]
Rolls = Annotated[
    list[str] | None, typer.Option("--roll", metavar="[N x]LENGTH", help="Rolls, as 100 or 3x100. May be repeated.")
]
Bundles = Annotated[
    list[str] | None, typer.Option("--bundle", metavar="[N x]SIZE", help="Bundles of so many pieces, as 10 or 4x10.")
]
Spares = Annotated[
    list[str] | None, typer.Option("--spare", metavar="[N x]COUNT", help="So many loose pieces together, as 7.")
]
Length = Annotated[
    str | None, typer.Option("--length", metavar="LENGTH", help="How long each piece of a bundle or of the spares is.")
]
Lot = Annotated[str | None, typer.Option("--lot", metavar="LOT", help="The lot that they belong to.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "produce", panel=ACTS, acts=True)(produce)


async def produce(
    desk: Desk,
    sku: Sku,
    site: Site,
    rolls: Rolls = None,
    bundles: Bundles = None,
    spares: Spares = None,
    length: Length = None,
    lot: Lot = None,
    location: Location = None,
) -> Answer:
    """Take rolls, bundles and spares into stock, each piece under a name of its own."""
    common = {"sku": sku, "lot": lot, "location": location}
    made = [
        *(_made("roll", text, common) for text in rolls or ()),
        *(_made("bundle", text, {**common, "length": length}) for text in bundles or ()),
        *(_made("spare", text, {**common, "length": length}) for text in spares or ()),
    ]
    async with desk.ledger() as stock:
        posting = await stock.pieces.produce(site=site, made=made, **desk.about)
    from onhand.cli.plain import made_pieces

    return posted(desk, posting, pieces=made_pieces(posting))


def times(text: str) -> tuple[int, str]:
    """Read so many of something: 3x100, or 100 for one."""
    match = _TIMES.fullmatch(text)
    if match is None:
        raise Refused("INVALID_COMMAND", detail=f"{shown(text)} is not like 100 or 3x100")
    return int(match[1] or 1), match[2]


def each(texts: Iterable[str]) -> list[str]:
    """Read lengths, each as often as it is told."""
    return [length for text in texts for count, length in [times(text)] for _ in range(count)]


def _made(kind: str, text: str, common: dict[str, str | None]) -> dict[str, Any]:
    pieces, size = times(text)
    return {**common, "kind": kind, "size": size, "pieces": pieces}
