"""The questions `postings` and `show`: the journal, and one of its postings."""

from typing import Annotated

import typer

from onhand.cli.options import After, Kind, Limit, Newest, Number, Since, Until
from onhand.cli.values import document_of
from onhand.cli.verb import QUESTIONS, Answer, Desk, verb

By = Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Only those of this actor.")]
OfDocument = Annotated[str | None, typer.Option("--document", metavar="TYPE:ID", help="Only those for this document.")]


def register(app: typer.Typer) -> None:
    """Add the questions."""
    verb(app, "postings", panel=QUESTIONS, asks=True)(postings)
    verb(app, "show", panel=QUESTIONS, asks=True)(show)


async def postings(
    desk: Desk,
    kind: Kind = None,
    by: By = None,
    document: OfDocument = None,
    since: Since = 0,
    until: Until = None,
    newest_first: Newest = False,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """List the postings of the journal."""
    of_document = document_of(document)
    async with desk.ledger() as stock:
        page = await stock.list_postings(
            kind=kind,
            actor=by,
            document=of_document,
            since=since,
            until=until,
            newest_first=newest_first,
            limit=limit,
            after=after,
        )
    from onhand.cli import plain, shown

    return Answer(
        plain={"postings": [plain.summary(line) for line in page], "after": page.after},
        shown=lambda: shown.postings(page),
    )


async def show(desk: Desk, number: Number) -> Answer:
    """Show one posting with all its movements and changes."""
    async with desk.ledger() as stock:
        posting = await stock.get_posting(number)
    from onhand.cli import plain, shown

    return Answer(plain=plain.posting(posting), shown=lambda: shown.posting(posting))
