"""Answers of the ledger as people read them: tables and sentences."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onhand.kernel.entities import Snapshot
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Posting
from onhand.kernel.quantity import quantity_text
from onhand.kernel.states import WORDS
from onhand.ledger.answers import (
    Balances,
    ChangeLine,
    Difference,
    Explanation,
    HoldingAnswer,
    MovementLine,
    Page,
    PostingSummary,
    ReservationAnswer,
    Then,
    Verification,
)

_USUAL = ("available", "reserved", "on_hand")
_NAMES = {"on_hand": "on hand"}


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[str] = ()) -> Table:
    """
    Draw a table; a column without any content is left out.

    Args:
        columns: The headings.
        rows: Anything that has text; None is empty.
        right: The columns of numbers.
    """
    filled = [["" if cell is None else str(cell) for cell in row] for row in rows]
    kept = [place for place in range(len(columns)) if not filled or any(row[place] for row in filled)]
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    numbers = set(right)
    for place in kept:
        is_number = columns[place] in numbers
        drawn.add_column(
            Text(columns[place]), justify="right" if is_number else "left", no_wrap=is_number, overflow="fold"
        )
    for row in filled:
        drawn.add_row(*(Text(row[place]) for place in kept))
    return drawn


def moment(moment: datetime | None) -> str:
    """Write a time for people, to the second, in UTC."""
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S")


def posting(posting: Posting, *, dry_run: bool = False) -> Iterator[RenderableType]:
    """Show what a posting did, or would do."""
    if dry_run:
        yield Text("Dry run: nothing was written. This would be the posting:", style="bold yellow")
    elif posting.replayed:
        yield Text("Done before under this key; nothing was done again. This is the posting:", style="bold yellow")
    yield Text.assemble((f"Posting {posting.number}: {_kind(posting.kind)}", "bold"), f" by {posting.actor}")
    told = [
        ("recorded", "" if dry_run else f"{moment(posting.recorded_at)} UTC"),
        ("occurred", "" if posting.occurred_at == posting.recorded_at else f"{moment(posting.occurred_at)} UTC"),
        ("key", posting.key),
        ("reason", posting.reason or ""),
        ("document", _document(posting.document_type, posting.document_id)),
        ("undoes", ", ".join(map(str, posting.reverts))),
    ]
    for name, value in told:
        if value:
            yield Text(f"  {name:<9} {value}")
    if posting.movements:
        rows = [
            (
                *movement.place,
                WORDS[movement.source],
                WORDS[movement.target],
                quantity_text(movement.quantity),
                quantity_text(movement.balances[0]),
                quantity_text(Balances(*movement.balances).on_hand),
            )
            for movement in posting.movements
        ]
        yield table(
            [*_PLACE, "from", "to", "quantity", "available", "on hand"],
            rows,
            right=("quantity", "available", "on hand"),
        )
    for change in posting.changes:
        if change.entity != "holding" or change.action != "opened":
            yield Text(f"  {_change(change)}")
    if not posting.movements and not posting.changes:
        yield Text("  Nothing changed: all of it was so already.")


def postings(page: Page[PostingSummary]) -> Iterator[RenderableType]:
    """List postings."""
    rows = [
        (
            line.number,
            moment(line.recorded_at),
            _kind(line.kind),
            line.actor,
            _document(line.document_type, line.document_id),
            line.reason,
            line.movements,
            line.changes,
            _undoing(line.reverts, line.reverted_by),
        )
        for line in page
    ]
    yield from _listed(
        page,
        table(
            ["number", "recorded (UTC)", "kind", "actor", "document", "reason", "movements", "changes", "undoing"],
            rows,
            right=("number", "movements", "changes"),
        ),
    )


def holdings(page: Page[HoldingAnswer]) -> Iterator[RenderableType]:
    """List holdings as they are."""
    rows = [
        (
            *holding.place,
            "" if holding.expires_on is None else holding.expires_on.isoformat(),
            *_figures(holding.balances),
            "" if not holding.floor else quantity_text(holding.floor),
        )
        for holding in page
    ]
    yield from _listed(
        page,
        _balance_table([*_PLACE, "expires on"], rows, [holding.balances for holding in page], last=["may fall to"]),
    )


def then(then: Then) -> Iterator[RenderableType]:
    """List holdings as they were."""
    when = "" if then.occurred_at is None else f", as far as it had happened by {moment(then.occurred_at)} UTC"
    yield Text(f"After posting {then.number}{when}:", style="bold")
    rows = [(*holding.place, *_figures(holding.balances)) for holding in then.holdings]
    yield from _listed(
        then.holdings, _balance_table(list(_PLACE), rows, [holding.balances for holding in then.holdings])
    )


def difference(difference: Difference) -> Iterator[RenderableType]:
    """List what moved between two moments."""
    yield Text(f"From after posting {difference.since} to after posting {difference.until}:", style="bold")
    rows = []
    for holding in difference.holdings:
        for state, before, after in zip(
            [*Balances._fields, "on hand"], _figures(holding.before), _figures(holding.after), strict=True
        ):
            if before != after:
                numbers = ", ".join(str(number) for number in sorted({line.number for line in holding.movements}))
                more = " ..." if holding.count > len(holding.movements) else ""
                rows.append((*holding.place, state, before, after, numbers + more))
    yield from _listed(
        difference.holdings,
        table([*_PLACE, "state", "before", "after", "by postings"], rows, right=("before", "after")),
    )


def movements(page: Page[MovementLine]) -> Iterator[RenderableType]:
    """List movements with who, when and why."""
    rows = [
        (
            line.number,
            moment(line.recorded_at),
            _kind(line.kind),
            *line.place,
            WORDS[line.source],
            WORDS[line.target],
            quantity_text(line.quantity),
            quantity_text(line.balances.on_hand),
            line.actor,
            _document(line.document_type, line.document_id),
            line.reason,
        )
        for line in page
    ]
    yield from _listed(
        page,
        table(
            [
                "posting",
                "recorded (UTC)",
                "kind",
                *_PLACE,
                "from",
                "to",
                "quantity",
                "on hand",
                "actor",
                "document",
                "reason",
            ],
            rows,
            right=("posting", "quantity", "on hand"),
        ),
    )


def explanation(explanation: Explanation, what: str) -> Iterator[RenderableType]:
    """Show how a figure came to be: what was brought forward, each movement, and the running sum."""
    figure = "on hand" if explanation.state is None else WORDS[explanation.state]
    yield Text.assemble(f"{what}: ", (quantity_text(explanation.total), "bold"), f" {figure}, because:")
    rows: list[Sequence[object]] = []
    if explanation.earlier is not None or explanation.brought_forward:
        brought = quantity_text(explanation.brought_forward)
        rows.append(("", "", "brought forward", "", "", "", "", "", "", brought, "", "", ""))
    for line in explanation.movements:
        movement = line.movement
        undone = "" if movement.reverted_by is None else f"undone by {movement.reverted_by}"
        rows.append(
            (
                movement.number,
                moment(movement.recorded_at),
                _kind(movement.kind),
                movement.place.location,
                movement.place.lot,
                movement.place.unit,
                WORDS[movement.source],
                WORDS[movement.target],
                _signed(line.change),
                quantity_text(line.total),
                movement.actor,
                _document(movement.document_type, movement.document_id),
                "; ".join(part for part in (movement.reason or "", undone) if part),
            )
        )
    columns = ["posting", "recorded (UTC)", "kind", "location", "lot", "unit", "from", "to"]
    columns += ["change", "makes", "actor", "document", "reason"]
    yield table(columns, rows, right=("posting", "change", "makes"))
    if explanation.earlier is not None:
        yield Text(f"There are earlier movements: --before {explanation.earlier}")


def trail(page: Page[MovementLine | ChangeLine]) -> Iterator[RenderableType]:
    """Tell the life of something."""
    rows = []
    for line in page:
        if isinstance(line, MovementLine):
            where = " ".join(part for part in line.place if part)
            what = f"{quantity_text(line.quantity)} {where}: {WORDS[line.source]} to {WORDS[line.target]}"
        else:
            what = _change(Change(line.entity, line.entity_id, line.action, line.before, line.after))
        document = _document(line.document_type, line.document_id)
        rows.append((line.number, moment(line.recorded_at), _kind(line.kind), what, line.actor, document, line.reason))
    columns = ["posting", "recorded (UTC)", "kind", "what", "actor", "document", "reason"]
    yield from _listed(page, table(columns, rows, right=("posting",)))


def reservations(page: Page[ReservationAnswer]) -> Iterator[RenderableType]:
    """List reservations with what they still wait for."""
    rows = [
        (
            line.id,
            line.site,
            line.status,
            moment(line.expires_at),
            line.priority or "",
            _document(line.document_type, line.document_id),
            ", ".join(f"{quantity_text(part.quantity)} {_item(part.place)}" for part in line.lines),
        )
        for line in page
    ]
    columns = ["reservation", "site", "status", "expires at (UTC)", "priority", "document", "waits for"]
    yield from _listed(page, table(columns, rows, right=("reservation", "priority")))


def verification(verification: Verification) -> Iterator[RenderableType]:
    """Say whether everything is as it was written, and what is not."""
    head = verification.head
    if verification.ok:
        yield Text(
            f"All {verification.postings} postings are as they were written, and every balance follows from them.",
            style="bold green",
        )
    else:
        yield Text(f"Something is wrong; of {verification.postings} postings this is the first:", style="bold red")
        rows = [(finding.number, finding.entity, finding.detail, finding.code) for finding in verification.findings]
        yield table(["posting", "what", "finding", "code"], rows, right=("posting",))
    yield Text(f"The journal stands at posting {head.number}, sealed by {head.hash.hex()}.")


_PLACE = ("site", "item", "location", "lot", "unit")


def _figures(balances: Balances) -> list[str]:
    return [*map(quantity_text, balances), quantity_text(balances.on_hand)]


def _balance_table(
    first: list[str], rows: list[tuple[str | None, ...]], all_balances: list[Balances], *, last: Sequence[str] = ()
) -> Table:
    """Draw the balances; a state in which nothing stands anywhere is left out, save those that everybody looks for."""
    states = [*Balances._fields, "on_hand"]
    used = {state for state in Balances._fields if any(getattr(balances, state) for balances in all_balances)}
    kept = [place for place, state in enumerate(states) if state in used or state in _USUAL]
    start, end = len(first), len(first) + len(states)
    narrowed = [(*row[:start], *(row[start + place] for place in kept), *row[end:]) for row in rows]
    names = [_NAMES.get(states[place], states[place]) for place in kept]
    return table([*first, *names, *last], narrowed, right=[*names, *last])


def _change(change: Change) -> str:
    after = change.after
    match change.entity, change.action:
        case "evidence", "counted":
            counted, on_hand = quantity_text(after["counted"]), quantity_text(after["on_hand"])
            return f"counted {counted} where {on_hand} stood in the ledger"
        case "evidence", "batch":
            return f"batch {after['batch']} of lot {after['lot']}"
        case "holding", "policy":
            return f"holding {change.entity_id} may fall to {quantity_text(after['floor'])}"
        case entity, action:
            return f"{entity} {_name(change.entity_id, after)} {action}{_status(change)}"


def _name(entity_id: int, after: Snapshot) -> str:
    code = after.get("sku") or after.get("code")
    name = after.get("name")
    if code is None:
        return str(entity_id)
    return str(code) if name in {None, code} else f"{code} ({name})"


def _status(change: Change) -> str:
    status = change.after.get("status")
    before = None if change.before is None else change.before.get("status")
    return f", {status}" if status not in {None, before, change.action} else ""


def _item(place: Place) -> str:
    return " ".join(part for part in (place.sku, place.lot, place.location, place.unit) if part)


def _kind(kind: str) -> str:
    return kind.replace("_", " ")


def _document(document_type: str | None, document_id: str | None) -> str:
    return " ".join(part for part in (document_type, document_id) if part)


def _undoing(reverts: Sequence[int], reverted_by: int | None) -> str:
    parts = [f"undoes {', '.join(map(str, reverts))}"] if reverts else []
    if reverted_by is not None:
        parts.append(f"undone by {reverted_by}")
    return "; ".join(parts)


def _signed(quantity: int) -> str:
    return f"+{quantity_text(quantity)}" if quantity > 0 else quantity_text(quantity)


def _listed(page: Page[object], drawn: Table) -> Iterator[RenderableType]:
    if not page.rows:
        yield Text("Nothing.")
        return
    yield drawn
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")
