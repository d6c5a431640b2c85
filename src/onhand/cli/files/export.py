"""The verb `export`: lists as CSV or JSON lines."""

import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO, assert_never

import typer

from onhand.cli.files.csv_file import csv_line, neutral_cell
from onhand.cli.options import Since, Sku, SomeSite, Until
from onhand.cli.values import unreadable
from onhand.cli.verb import FILES, Answer, Desk, verb
from onhand.kernel.refusals import Refused
from onhand.ledger.trust.lasting import put_in_place

if TYPE_CHECKING:
    from onhand.ledger.stock import Stock

_SLICE = 100
_STATES = ("available", "reserved", "sold", "quarantine", "hold", "incoming", "defective", "sample", "on_hand")
_TOLD = ("number", "kind", "recorded_at", "occurred_at", "actor", "reason", "document_type", "document_id")
_PLACE = ("site", "sku", "location", "lot", "unit")


class List(StrEnum):
    """What can be exported."""

    STOCK = "stock"
    MOVEMENTS = "movements"
    POSTINGS = "postings"


class Form(StrEnum):
    """How it is written."""

    CSV = "csv"
    JSONL = "jsonl"


COLUMNS: Mapping[List, tuple[str, ...]] = {
    List.STOCK: (*_PLACE, *_STATES),
    List.MOVEMENTS: (*_TOLD, "line", *_PLACE, "from", "to", "quantity", "on_hand"),
    List.POSTINGS: (*_TOLD, "key", "reverts", "reverted_by", "movements", "changes"),
}
"""The columns of each list in CSV."""

_NUMBERS = frozenset({*_STATES, "number", "line", "quantity", "reverted_by", "movements", "changes"})

What = Annotated[List, typer.Argument(metavar="LIST", show_default=False, help="stock, movements or postings.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file. Default: the standard output.")
]
As = Annotated[Form, typer.Option("--format", help="CSV for spreadsheets, or one JSON object a line.")]


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "export", panel=FILES, asks=True)(export)


async def export(
    desk: Desk,
    what: What,
    sku: Sku = None,
    site: SomeSite = None,
    since: Since = 0,
    until: Until = None,
    output: Output = None,
    form: As = Form.CSV,
) -> Answer:
    """
    Write a list as CSV or as JSON lines.

    All of it is as of one posting: --until, or the last one at the start. It is read in slices, so that nobody who
    writes is held up. In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    if desk.json and output is None:
        raise Refused("INVALID_COMMAND", detail="with --json the rows need a file of their own: --output FILE")
    if what is List.STOCK and since:
        raise Refused("INVALID_COMMAND", detail="stock is as it was after a posting: --until, not --since")
    if what is List.POSTINGS and (site, sku) != (None, None):
        raise Refused("INVALID_COMMAND", detail="postings are not exported by site or item")
    write = _csv_row(COLUMNS[what]) if form is Form.CSV else _json_row
    count = 0
    async with desk.ledger() as stock:
        number = (await stock.head()).number if until is None else until
        with _opened(output) as file, desk.progress() as progress:
            task = progress.add_task(f"exporting {what.value}", total=None)
            if form is Form.CSV:
                file.write(csv_line(COLUMNS[what]))
            async for row in _rows(stock, what, site, sku, since, number):
                file.write(write(row))
                count += 1
                progress.update(task, completed=count)
    plain = {"list": what.value, "rows": count, "number": number, "file": None if output is None else str(output)}
    sentence = f"{count} rows of {what.value}, as of posting {number}, are in {output}."
    return Answer(plain=plain, shown=lambda: [] if output is None else [sentence])


async def _rows(
    stock: "Stock", what: List, site: str | None, sku: str | None, since: int, until: int
) -> AsyncIterator[dict[str, Any]]:
    """Read a list page by page, each in a short read of its own; the number that all of it is as of never moves."""
    from onhand.cli import plain

    after: str | None = None
    while True:
        match what:
            case List.STOCK:
                then = await stock.list_holdings_at(site, sku, number=until, after=after, limit=_SLICE)
                lines, after = plain.then(then)["holdings"], then.holdings.after
            case List.MOVEMENTS:
                movements = await stock.list_movements(site, sku, since=since, until=until, after=after, limit=_SLICE)
                lines, after = [plain.movement_line(line) for line in movements], movements.after
            case List.POSTINGS:
                postings = await stock.list_postings(since=since, until=until, after=after, limit=_SLICE)
                lines, after = [plain.summary(line) for line in postings], postings.after
            case _:
                assert_never(what)
        for line in lines:
            yield line
        if after is None:
            return


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Open where rows go to; a file appears only when it is complete."""
    if output is None:
        yield sys.stdout
        return
    draft = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
        put_in_place(draft, output)
    except OSError as error:
        raise unreadable(output, error) from error
    finally:
        draft.unlink(missing_ok=True)


def _csv_row(columns: tuple[str, ...]) -> Callable[[Mapping[str, Any]], str]:
    def write(row: Mapping[str, Any]) -> str:
        document = row.get("document") or {}
        flat = {**row, "document_type": document.get("type"), "document_id": document.get("id")}
        if "balances" in row:
            flat["on_hand"] = row["balances"]["on_hand"]
        if isinstance(row.get("reverts"), list):
            flat["reverts"] = " ".join(map(str, row["reverts"]))
        return csv_line([flat[name] if name in _NUMBERS else _text(flat[name]) for name in columns])

    return write


def _text(value: object) -> str | None:
    return None if value is None else neutral_cell(str(value))


def _json_row(row: Mapping[str, Any]) -> str:
    return json.dumps(row) + "\n"
