"""The verb `import`: the lines of one operation from a CSV file, all of them or none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from onhand.cli.files.csv_file import CsvRow, RowTrouble, Sheet, read_sheet
from onhand.cli.printing import say
from onhand.cli.values import day_of
from onhand.cli.verb import FILES, Answer, Desk, posted, verb
from onhand.kernel.quantity import shown as shown_value
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.kernel.command import Command
    from onhand.ledger.stock import Stock

_TROUBLES_SHOWN_MAX = 100
_SEARCHES_MAX = 100
_LINE_COLUMNS = ("sku", "quantity", "lot", "location", "unit", "state")
_ITEM_COLUMNS = ("sku", "name", "product", "measure", "pick_policy")


class Operation(StrEnum):
    """What a file may hold the lines of."""

    RECEIVE = "receive"
    ADJUST = "adjust"
    COUNT = "count"
    DEFINE = "define"
    LOTS = "lots"
    CERTIFICATES = "certificates"


What = Annotated[
    Operation,
    typer.Argument(
        metavar="OPERATION", show_default=False, help="receive, adjust, count, define, lots or certificates."
    ),
]
File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        show_default=False,
        help="A CSV file in UTF-8; - is the standard input. Lots also as .xlsx, .parquet; certificates as JSON lines.",
    ),
]
AtSite = Annotated[str | None, typer.Option("--site", metavar="SITE", help="The site, for all operations but define.")]
ExpiresOn = Annotated[
    str | None, typer.Option("--expires-on", metavar="DAY", help="For receive: the last good day of new lots.")
]

RowByRow = Annotated[
    bool,
    typer.Option(
        "--row-by-row", help="For lots and certificates: take the rows that are right, each as a posting of its own."
    ),
]
OfSku = Annotated[
    str | None, typer.Option("--sku", metavar="SKU", help="For certificates: the item whose lots they are of.")
]
LotFrom = Annotated[
    str | None,
    typer.Option(
        "--lot-from", metavar="FIELD", help="For certificates: the field that tells the lot. Default: sample_id."
    ),
]

LineMaker = Callable[[Sequence[CsvRow]], "Command"]
"""Makes the command of some rows; raises Refused for what is not well formed."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    verb(app, "import", panel=FILES, acts=True)(import_file)


async def import_file(
    desk: Desk,
    operation: What,
    file: File,
    site: AtSite = None,
    expires_on: ExpiresOn = None,
    row_by_row: RowByRow = False,
    sku: OfSku = None,
    lot_from: LotFrom = None,
) -> Answer:
    """
    Post the lines of a CSV file as one operation: all of them or none.

    The first row names the columns: sku and quantity, and if need be lot, location, unit, state. For define: sku, name,
    product, measure, pick_policy; or site, name; or site, location; or product, name. For lots: vendor, brand, product,
    category, quantity, and what else an intake can be told; also as XLSX or Parquet. For certificates: one JSON object
    a line, also packed with gzip, which become the metadata of the lots that they name. With --dry-run nothing is
    written; either way every row that is wrong is told by its line in the file.
    """
    if operation is Operation.LOTS:
        from onhand.cli.lots.import_lots import import_lots

        return await import_lots(desk, file, site, row_by_row=row_by_row)
    if operation is Operation.CERTIFICATES:
        from onhand.cli.lots.import_certificates import import_certificates

        return await import_certificates(desk, file, sku, lot_from, row_by_row=row_by_row)
    sheet = read_sheet(file)
    maker = _maker(desk, operation, sheet, site, expires_on)
    troubles = [*sheet.troubles, *_malformed(maker, sheet.rows)]
    if operation is Operation.COUNT:
        troubles += _counted_twice(sheet.rows)
    if not sheet.rows and not troubles:
        raise Refused("INVALID_COMMAND", detail="the file has no rows below its first")
    async with desk.ledger() as stock:
        if not troubles:
            try:
                posting = await stock.post(maker(sheet.rows), dry_run=desk.dry_run)
            except Refused as refusal:
                found = await _refused(stock, maker, sheet.rows)
                raise Refused(refusal.code, **refusal.facts, **_told(desk, found)) from refusal
            return posted(desk, posting, rows=len(sheet.rows))
        wrong = {trouble.line for trouble in troubles}
        troubles += await _refused(stock, maker, [row for row in sheet.rows if row.line not in wrong])
    what = "1 row of the file" if len(troubles) == 1 else f"{len(troubles)} rows of the file"
    raise Refused("INVALID_COMMAND", detail=f"{what} cannot be taken, so none was", **_told(desk, troubles))


def _maker(desk: Desk, operation: Operation, sheet: Sheet, site: str | None, expires_on: str | None) -> LineMaker:
    """Choose how rows become a command; the columns tell what a file to define is about."""
    from onhand.kernel.operations import OPERATIONS

    told = desk.about
    document = told.get("document") or (None, None)
    about: dict[str, Any] = {
        "key": told["key"],
        "actor": told["actor"],
        "reason": told["reason"],
        "document_type": document[0],
        "document_id": document[1],
        "occurred_at": told["occurred_at"],
    }
    kind = OPERATIONS[operation.value]
    if operation is Operation.DEFINE:
        field, line_of = _defined(sheet.columns)
        return lambda rows: _made(kind, about, {field: tuple(line_of(row.cells) for row in rows)})
    _check_columns(sheet.columns, ("sku", "quantity"), _LINE_COLUMNS)
    if site is None:
        raise Refused("INVALID_COMMAND", detail=f"to {operation.value}, --site is needed")
    more: dict[str, Any] = {"site": site}
    if operation is Operation.RECEIVE:
        more["expires_on"] = day_of(expires_on, "expires_on")
    return lambda rows: _made(kind, about, {**more, "lines": _lines(rows)})


def _made(kind: "type[Command]", about: Mapping[str, Any], fields: Mapping[str, Any]) -> "Command":
    return kind(**about, **fields)


def _lines(rows: Sequence[CsvRow]) -> tuple[Any, ...]:
    from onhand.ledger.reading_lines import lines_of

    return lines_of([{**row.cells, **{name: row.cells[name] or "" for name in ("sku", "quantity")}} for row in rows])


def _defined(columns: Sequence[str]) -> tuple[str, Callable[[Mapping[str, str | None]], Any]]:
    """Tell by the columns what is defined, and how a row becomes a line."""
    from onhand.ledger.reading_lines import ITEM, LOCATION, PRODUCT, SITE, read_line

    if "sku" in columns:
        _check_columns(columns, ("sku",), _ITEM_COLUMNS)
        return "items", lambda cells: read_line(ITEM, cells)
    if "location" in columns:
        _check_columns(columns, ("site", "location"), ("site", "location"))
        return "locations", lambda cells: read_line(LOCATION, (cells["site"], cells["location"]))
    if "site" in columns:
        _check_columns(columns, ("site",), ("site", "name"))
        return "sites", lambda cells: read_line(SITE, (cells["site"], cells.get("name")))
    _check_columns(columns, ("product",), ("product", "name"))
    return "products", lambda cells: read_line(PRODUCT, (cells["product"], cells.get("name")))


def _check_columns(columns: Sequence[str], needed: Sequence[str], known: Sequence[str]) -> None:
    missing = [name for name in needed if name not in columns]
    unknown = [shown_value(name) for name in columns if name not in known]
    if missing:
        raise Refused("INVALID_COMMAND", detail=f"the first row lacks {', '.join(missing)}")
    if unknown:
        detail = f"the first row has {', '.join(unknown)}; the columns are {', '.join(known)}"
        raise Refused("INVALID_COMMAND", detail=detail)


def _malformed(maker: LineMaker, rows: Sequence[CsvRow]) -> list[RowTrouble]:
    """Find the rows that are not well formed, each by the ledger's own rules for a command of that row alone."""
    troubles = []
    for row in rows:
        try:
            maker([row])
        except Refused as refusal:
            if refusal.code == "REASON_REQUIRED":
                raise
            troubles.append(RowTrouble(row.line, refusal.code, str(refusal)))
    return troubles


def _counted_twice(rows: Sequence[CsvRow]) -> list[RowTrouble]:
    """Find the rows of a count that name the same place as one before."""
    first: dict[tuple[str | None, ...], int] = {}
    troubles = []
    for row in rows:
        place = tuple(row.cells.get(name) for name in ("sku", "lot", "location", "unit"))
        if first.setdefault(place, row.line) != row.line:
            message = f"the place of line {first[place]} is counted twice"
            troubles.append(RowTrouble(row.line, "INVALID_COMMAND", message))
    return troubles


async def _refused(stock: "Stock", maker: LineMaker, rows: Sequence[CsvRow]) -> list[RowTrouble]:
    """Find the rows that the ledger refuses, in dry runs: each refusal takes its rows out, the rest is asked again."""
    troubles: list[RowTrouble] = []
    for _ in range(_SEARCHES_MAX):
        if not rows:
            break
        try:
            # Under a key of its own: this is another question than the import itself.
            await stock.post(replace(maker(rows), key=f"import/{uuid4()}"), dry_run=True)
        except Refused as refusal:
            found = [RowTrouble(row.line, refusal.code, str(refusal)) for row in rows if _concerns(refusal, row)]
            troubles += found
            lines = {trouble.line for trouble in found}
            if not lines:
                break
            rows = [row for row in rows if row.line not in lines]
        else:
            break
    return troubles


def _concerns(refusal: Refused, row: CsvRow) -> bool:
    """
    Tell whether a refusal is about a row of the file.

    A refusal names sku, lot, location or unit of what is wrong. It is about each row that names one of these alike, and
    none otherwise; what the row leaves empty does not count. A refusal of a shortage is about the rows of any of its
    shortages; one that names only a site, about the rows of that site.
    """
    listed = refusal.facts.get("shortages", refusal.facts.get("places"))
    subjects = listed if isinstance(listed, list) else [refusal.facts]
    return any(_names(subject, row.cells) for subject in subjects)


def _names(subject: Mapping[str, object], cells: Mapping[str, str | None]) -> bool:
    named = {name: subject[name] for name in ("sku", "lot", "location", "unit") if subject.get(name) is not None}
    if not named and "site" in cells and subject.get("site") is not None:
        named = {"site": subject["site"]}
    return (
        bool(named)
        and all(cells.get(name) in {value, None} for name, value in named.items())
        and any(cells.get(name) == value for name, value in named.items())
    )


def _told(desk: Desk, troubles: Sequence[RowTrouble]) -> dict[str, Any]:
    """Tell every row that is wrong; give them as facts of the refusal."""
    ordered = sorted(troubles)
    if not desk.json:
        for trouble in ordered[:_TROUBLES_SHOWN_MAX]:
            say(f"line {trouble.line}: {trouble.message}")
        if len(ordered) > _TROUBLES_SHOWN_MAX:
            say(f"... and {len(ordered) - _TROUBLES_SHOWN_MAX} more")
    return {"rows": [trouble._asdict() for trouble in ordered[:_TROUBLES_SHOWN_MAX]]}
