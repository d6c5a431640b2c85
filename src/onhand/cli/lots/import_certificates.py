"""The verb `import certificates`: lab certificates become the metadata of lots, all of them or line by line."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onhand.cli.files.csv_file import RowTrouble
from onhand.cli.lots.certificate_file import read_certificates
from onhand.cli.lots.import_lots import about_of, none_taken, tell
from onhand.cli.printing import say
from onhand.cli.verb import Answer, Desk
from onhand.kernel.lots.certificates import Contradiction, Numbered, contradictions, of_sample, samples_of
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import shown as shown_value
from onhand.kernel.refusals import Refused

if TYPE_CHECKING:
    from onhand.kernel.lots.set_lot_metadata import SetLotMetadata
    from onhand.ledger.stock import Stock

_SHOWN_MAX = 100
SAMPLE = "sample_id"


class _Left(NamedTuple):
    """A field that is no metadata, as 560 percent; the certificate keeps it."""

    line: int
    field: str
    detail: str


class _Read(NamedTuple):
    """What a file comes to: metadata by the line of its last certificate, and what is to be said of it."""

    certificates: int
    told: Mapping[int, "SetLotMetadata"]
    left: Sequence[_Left]
    contradictions: Sequence[Contradiction]
    troubles: list[RowTrouble]


async def import_certificates(
    desk: Desk, file: Path, sku: str | None, lot_from: str | None, *, row_by_row: bool
) -> Answer:
    """
    Tell the certificates of a file of their lots.

    A lot is found by its code, which `lot_from` of the certificate tells. Of a sample that is repeated, the last one
    counts and the others are kept beside it; where they differ, that is told. Without `row_by_row` all of them are
    one posting, or none.
    """
    field = lot_from or SAMPLE
    certificates, troubles = read_certificates(file)
    if not certificates and not troubles:
        raise Refused("INVALID_COMMAND", detail="the file has no certificates")
    async with desk.ledger() as stock:
        read = await _read(desk, stock, certificates, list(troubles), sku, field)
        _tell(desk, read)
        if row_by_row:
            return await _line_by_line(desk, stock, read)
        return await _all_or_none(desk, stock, read)


async def _read(
    desk: Desk,
    stock: "Stock",
    certificates: Sequence[Numbered],
    troubles: list[RowTrouble],
    sku: str | None,
    field: str,
) -> _Read:
    """Find the lot of each sample, and map its certificates."""
    from onhand.kernel.lots.set_lot_metadata import SetLotMetadata

    named = [numbered for numbered in certificates if isinstance(numbered.certificate.get(field), str)]
    troubles += [
        RowTrouble(numbered.line, "INVALID_COMMAND", f"it has no text {shown_value(field)} to find its lot by")
        for numbered in certificates
        if not isinstance(numbered.certificate.get(field), str)
    ]
    samples = samples_of(named, field)
    items, unreadable = await _items(stock, samples)
    told: dict[int, SetLotMetadata] = {}
    left: list[_Left] = []
    for code, repeated in samples.items():
        line = repeated[-1].line
        skus = [one for one in items.get(code, ()) if sku in {None, one}]
        if code in unreadable:
            troubles.append(RowTrouble(line, "INVALID_TEXT", unreadable[code]))
        elif len(skus) != 1:
            troubles.append(_no_lot(line, code, skus))
        else:
            metadata, problems = of_sample([numbered.certificate for numbered in repeated])
            left += [_Left(line, problem.field, problem.detail) for problem in problems]
            about = {**about_of(desk), "key": f"{desk.about['key']}/{line}"}
            try:
                told[line] = SetLotMetadata(**about, sku=skus[0], lot=code, metadata=metadata)
            except Refused as refusal:
                troubles.append(RowTrouble(line, refusal.code, str(refusal)))
    return _Read(len(certificates), told, left, contradictions(named, field), troubles)


async def _items(
    stock: "Stock", samples: Mapping[str, Sequence[Numbered]]
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """Give the items that have a lot of each code, and why some codes cannot be any lot's."""
    from onhand.kernel.text import check_code

    unreadable: dict[str, str] = {}
    for code in samples:
        try:
            check_code(code, "lot")
        except Refused as refusal:
            unreadable[code] = str(refusal)
    return await stock.lots.items_of([code for code in samples if code not in unreadable]), unreadable


def _no_lot(line: int, code: str, skus: Sequence[str]) -> RowTrouble:
    if not skus:
        return RowTrouble(line, "BATCH_NOT_FOUND", f"there is no lot {shown_value(code)}")
    return RowTrouble(line, "INVALID_COMMAND", f"{', '.join(skus)} have a lot {shown_value(code)}; tell --sku")


async def _all_or_none(desk: Desk, stock: "Stock", read: _Read) -> Answer:
    from onhand.kernel.lots.set_lots_metadata import SetLotsMetadata

    if read.troubles:
        raise none_taken(desk, read.troubles)
    told = tuple(read.told.values())
    command = SetLotsMetadata(**about_of(desk), key=str(desk.about["key"]), told=told)
    posting = await stock.post(command, dry_run=desk.dry_run)
    done = [{"line": line, "sku": one.sku, "lot": one.lot} for line, one in read.told.items()]
    return _answer(desk, read, done, changed=len(posting.changes), number=posting.number, replayed=posting.replayed)


async def _line_by_line(desk: Desk, stock: "Stock", read: _Read) -> Answer:
    outcomes = await stock.bulk(read.told.values(), dry_run=desk.dry_run)
    done: list[dict[str, object]] = []
    changed = 0
    for (line, one), outcome in zip(read.told.items(), outcomes, strict=True):
        if isinstance(outcome, Posting):
            done.append({"line": line, "sku": one.sku, "lot": one.lot, "number": outcome.number})
            changed += len(outcome.changes)
        elif isinstance(outcome, Refused):
            read.troubles.append(RowTrouble(line, outcome.code, str(outcome)))
        else:
            raise outcome
    tell(desk, read.troubles)
    return _answer(desk, read, done, changed=changed)


def _answer(desk: Desk, read: _Read, done: Sequence[Mapping[str, object]], *, changed: int, **more: object) -> Answer:
    wrong = [trouble._asdict() for trouble in sorted(read.troubles)]
    plain: dict[str, Any] = {
        "certificates": read.certificates,
        "told": done,
        "changed": changed,
        "left_out": [left._asdict() for left in read.left],
        "contradictions": [_plain(found) for found in read.contradictions],
        "wrong": wrong,
        "dry_run": desk.dry_run,
        **more,
    }
    verb = "would be told" if desk.dry_run else "told"
    sentence = (
        f"{read.certificates} certificates {verb} of {len(done)} lots, {changed} changed; "
        f"{len(read.contradictions)} contradictions, {len(wrong)} lines wrong."
    )
    return Answer(plain=plain, shown=lambda: [sentence])


def _plain(found: Contradiction) -> dict[str, object]:
    return {**found._asdict(), "values": [_text(value) for value in found.values]}


def _text(value: object) -> object:
    """Write a value of a certificate for people and programs: a result as its value and unit."""
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value if part is not None)
    return None if value is None else str(value)


def _tell(desk: Desk, read: _Read) -> None:
    """Tell people what is not as it should be and stands in nobody's way."""
    if desk.json:
        return
    for left in read.left[:_SHOWN_MAX]:
        say(f"line {left.line}: {left.field} is left out: {left.detail}")
    for found in read.contradictions[:_SHOWN_MAX]:
        values = ", ".join(shown_value(_text(value)) for value in found.values)
        say(f"lines {', '.join(map(str, found.lines))}: {found.field} differs: {values}")
    if len(read.contradictions) > _SHOWN_MAX:
        say(f"... and {len(read.contradictions) - _SHOWN_MAX} more contradictions")
