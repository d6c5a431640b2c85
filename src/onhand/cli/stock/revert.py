"""The verb `revert`."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from onhand.cli.options import Number
from onhand.cli.verb import ACTS, Answer, Desk, posted, verb
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from rich.console import RenderableType

    from onhand.ledger.stock import Stock

Plan = Annotated[
    bool, typer.Option("--plan", help="Only show what stands in the way and what would be undone, newest first.")
]
Cascade = Annotated[
    bool, typer.Option("--cascade", help="Undo the later postings that stand in the way as well, newest first.")
]


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @verb(app, "revert", panel=ACTS, acts=True)
    async def revert(desk: Desk, number: Number, plan: Plan = False, cascade: Cascade = False) -> Answer:
        """Undo a posting exactly, or say which later postings stand in the way."""
        async with desk.ledger() as stock:
            if plan:
                return await _plan(desk, stock, number)
            posting = await stock.revert(number=number, cascade=cascade, **desk.about)
        from onhand.cli import plain

        return posted(desk, posting, **plain.reverted_pieces(posting))


async def _plan(desk: Desk, stock: "Stock", number: int) -> Answer:
    """Ask for the blockers, then for what the cascade would do; both in transactions that are rolled back."""
    from onhand.cli import plain, shown
    from onhand.cli.tables import table

    # A question needs no key of its own, and one that stands for another act already must not answer it.
    about = replace(desk, key=f"plan/{uuid4()}", dry_run=True).about
    blockers: list[Mapping[str, Any]] = []
    try:
        reversal = await stock.revert(number=number, cascade=False, **about)
    except Refused as refusal:
        if refusal.code != "REVERT_BLOCKED":
            raise
        told = refusal.facts.get("blockers")
        blockers = [dict(blocker) for blocker in told] if isinstance(told, list) else []
        reversal = await stock.revert(number=number, cascade=True, **about)

    def show() -> "Iterator[RenderableType]":
        if blockers:
            yield f"These postings stand in the way of undoing {number}; --cascade undoes them first, in this order:"
            columns = ["posting", "kind", "by", "document", "reason"]
            yield table(["#", *columns[1:]], [[blocker.get(name) for name in columns] for blocker in blockers])
        else:
            yield f"Nothing stands in the way of undoing {number}."
        yield from shown.posting(replace(reversal, key=desk.key or ""), dry_run=True)

    return Answer(
        plain={
            "number": number,
            "blockers": blockers,
            "undoes": list(reversal.reverts),
            # The key that the plan was made under is no key of anything.
            "plan": {**plain.posting(reversal), **plain.reverted_pieces(reversal), "key": desk.key},
        },
        shown=show,
    )
