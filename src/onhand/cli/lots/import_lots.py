"""The verb `import lots`: the lots of a file taken in, all of them or row by row."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from onhand.cli.files.csv_file import CsvRow, RowTrouble, Sheet
from onhand.cli.files.table_file import read_table
from onhand.cli.printing import say
from onhand.cli.values import day_of
from onhand.cli.verb import Answer, Desk, posted
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import shown as shown_value
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.kernel.lots.take_in import TakeIn
    from onhand.ledger.stock import Stock

_SHOWN_MAX = 100
_NOT_TOLD = frozenset({"day"})


async def import_lots(desk: Desk, file: Path, site: str | None, *, row_by_row: bool) -> Answer:
    """
    Take the lots of a file in.

    Without `row_by_row` all of them come in as one posting, or none. With it each row is a posting of its own, under
    the key with the line's number, so that the file can be sent again once its wrong rows are mended.
    """
    from onhand.kernel.lots.take_in_lots import TakeInLots

    sheet = read_table(file)
    _check_columns(sheet)
    key = str(desk.about["key"])
    intakes, troubles = _intakes(desk, sheet, site, key)
    if not intakes and not troubles:
        raise Refused("INVALID_COMMAND", detail="the file has no rows below its first")
    async with desk.ledger() as stock:
        if row_by_row:
            return await _row_by_row(desk, stock, intakes, troubles)
        if not troubles:
            about = {**about_of(desk), "key": key, "intakes": tuple(intake for _, intake in intakes)}
            try:
                posting = await stock.post(TakeInLots(**about), dry_run=desk.dry_run)
            except Refused as refusal:
                troubles = await _refused(stock, intakes)
                if not troubles:
                    raise
                raise none_taken(desk, troubles) from refusal
            return posted(desk, posting, rows=len(intakes))
        troubles += await _refused(stock, intakes)
    raise none_taken(desk, troubles)


def about_of(desk: Desk) -> dict[str, Any]:
    """Give who, when and why as the fields of a command."""
    document_type, document_id = desk.document or (None, None)
    return {
        "actor": desk.config.actor,
        "reason": desk.reason,
        "document_type": document_type,
        "document_id": document_id,
        "occurred_at": desk.occurred_at,
    }


def _check_columns(sheet: Sheet) -> None:
    from onhand.ledger.engine.acting import About
    from onhand.ledger.lots.verbs import IntakeTold

    known = [name for name in IntakeTold.__annotations__ if name not in {*About.__annotations__, *_NOT_TOLD}]
    missing = [name for name in ("vendor", "brand", "product", "category", "quantity") if name not in sheet.columns]
    unknown = [shown_value(name) for name in sheet.columns if name not in known]
    if missing:
        raise Refused("INVALID_COMMAND", detail=f"the first row lacks {', '.join(missing)}")
    if unknown:
        detail = f"the first row has {', '.join(unknown)}; the columns are {', '.join(known)}"
        raise Refused("INVALID_COMMAND", detail=detail)


def _intakes(
    desk: Desk, sheet: Sheet, site: str | None, key: str
) -> "tuple[list[tuple[int, TakeIn]], list[RowTrouble]]":
    """Make the intake of each row that is well formed; tell what is wrong with the others."""
    from onhand.kernel.lots.take_in import TakeIn
    from onhand.ledger.lots.verbs import intake_fields

    found: list[tuple[int, TakeIn]] = []
    troubles = list(sheet.troubles)
    for row in sheet.rows:
        try:
            fields = intake_fields(_facts(row, site))
            found.append((row.line, TakeIn(**about_of(desk), key=f"{key}/{row.line}", **fields)))
        except Refused as refusal:
            troubles.append(RowTrouble(row.line, refusal.code, str(refusal)))
    return found, troubles


def _facts(row: CsvRow, site: str | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"site": site, **{name: cell for name, cell in row.cells.items() if cell is not None}}
    if facts.get("expires_on") is not None:
        facts["expires_on"] = day_of(facts["expires_on"], "expires_on")
    if facts.get("strain_id") is not None:
        strain = str(facts["strain_id"])
        facts["strain_id"] = int(strain) if strain.isascii() and strain.isdigit() and len(strain) < 20 else strain  # noqa: PLR2004 - no id is longer
    return facts


async def _row_by_row(
    desk: Desk, stock: "Stock", intakes: "Sequence[tuple[int, TakeIn]]", troubles: list[RowTrouble]
) -> Answer:
    outcomes = await stock.bulk([intake for _, intake in intakes], dry_run=desk.dry_run)
    taken: list[dict[str, object]] = []
    for (line, _), outcome in zip(intakes, outcomes, strict=True):
        if isinstance(outcome, Posting):
            place = outcome.movements[0].place
            taken.append({"line": line, "number": outcome.number, "sku": place.sku, "lot": place.lot})
        elif isinstance(outcome, Refused):
            troubles.append(RowTrouble(line, outcome.code, str(outcome)))
        else:
            raise outcome
    tell(desk, troubles)
    wrong = [trouble._asdict() for trouble in sorted(troubles)]
    verbs = "would be taken in" if desk.dry_run else "taken in"
    return Answer(
        plain={"taken": taken, "wrong": wrong, "dry_run": desk.dry_run},
        shown=lambda: [f"{len(taken)} rows {verbs}, {len(wrong)} rows wrong."],
    )


async def _refused(stock: "Stock", intakes: "Sequence[tuple[int, TakeIn]]") -> list[RowTrouble]:
    """Find the rows that the ledger refuses, each in a dry run of its own."""
    from dataclasses import replace

    probes = [replace(intake, key=f"import/{uuid4()}") for _, intake in intakes]
    outcomes = await stock.bulk(probes, dry_run=True)
    return [
        RowTrouble(line, outcome.code, str(outcome))
        for (line, _), outcome in zip(intakes, outcomes, strict=True)
        if isinstance(outcome, Refused)
    ]


def none_taken(desk: Desk, troubles: Sequence[RowTrouble]) -> Refused:
    """Tell what is wrong, and give the refusal of the whole file."""
    tell(desk, troubles)
    what = "1 row of the file" if len(troubles) == 1 else f"{len(troubles)} rows of the file"
    rows = [trouble._asdict() for trouble in sorted(troubles)[:_SHOWN_MAX]]
    return Refused("INVALID_COMMAND", detail=f"{what} cannot be taken, so none was", rows=rows)


def tell(desk: Desk, troubles: Sequence[RowTrouble]) -> None:
    """Tell people every row that is wrong, by its line."""
    if desk.json:
        return
    for trouble in sorted(troubles)[:_SHOWN_MAX]:
        say(f"line {trouble.line}: {trouble.message}")
    if len(troubles) > _SHOWN_MAX:
        say(f"... and {len(troubles) - _SHOWN_MAX} more")
