"""Answers of the ledger as people read them: tables and sentences."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onhand.cli.tables import (
    BALANCES,
    document,
    figures,
    kind,
    minute,
    places,
    second,
    signed,
    table,
    why,
)
from onhand.kernel.entity import Snapshot
from onhand.kernel.exact import decimal_text, quantity_difference
from onhand.kernel.money import money_text
from onhand.kernel.posting import Change, Posting
from onhand.kernel.quantity import quantity_text
from onhand.kernel.states import ON_HAND, WORDS
from onhand.ledger.core.answers import (
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
from onhand.ledger.pieces.verbs import reverted_pieces

_LINES_SHOWN_MAX, _NAMES_SHOWN_MAX = 50, 20
_SHARES = ("made", "rest", "waste", "kerf")
_PIECE_EVENTS = ("created", "cut", "combined", "reserved", "released", "sold", "returned", "used", "sent", "moved")
_TOLD_BY_MOVEMENTS = {("holding", "opened"), ("piece", "reverted"), *(("piece", word) for word in _PIECE_EVENTS)}


def posting(posting: Posting, *, dry_run: bool = False) -> Iterator[RenderableType]:
    """Show what a posting did, or would do."""
    if dry_run:
        yield Text("Dry run: nothing was written. This would be the posting:", style="bold yellow")
    elif posting.replayed:
        yield Text("Done before under this key; nothing was done again. This is the posting:", style="bold yellow")
    yield Text.assemble((f"Posting {posting.number}: {kind(posting.kind)}", "bold"), f" by {posting.actor}")
    facts = [
        ("recorded", "" if dry_run else f"{second(posting.recorded_at)} UTC"),
        ("occurred", "" if posting.occurred_at == posting.recorded_at else f"{second(posting.occurred_at)} UTC"),
        ("key", posting.key),
        ("reason", posting.reason or ""),
        ("document", document(posting.document_type, posting.document_id)),
        ("undoes", ", ".join(map(str, posting.reverts))),
    ]
    for name, value in facts:
        if value:
            yield Text(f"  {name:<9} {value}")
    if posting.movements:
        yield from _posted_movements(posting)
    yield from _reverted_pieces(posting)
    told = [change for change in posting.changes if (change.entity, change.action) not in _TOLD_BY_MOVEMENTS]
    for change in told[:_LINES_SHOWN_MAX]:
        yield Text(f"  {_change(change)}")
    if len(told) > _LINES_SHOWN_MAX:
        yield Text(f"  ... and {len(told) - _LINES_SHOWN_MAX} more changes")
    if not posting.movements and not posting.changes:
        yield Text("  Nothing changed: all of it was so already.")


def _reverted_pieces(posting: Posting) -> Iterator[RenderableType]:
    """Tell by name and number what an undoing did to pieces."""
    restored, removed = reverted_pieces(posting) if posting.reverts else ((), ())
    for pieces, became in ((restored, "back"), (removed, "gone")):
        if pieces:
            more = f" and {len(pieces) - _NAMES_SHOWN_MAX} more" if len(pieces) > _NAMES_SHOWN_MAX else ""
            noun = "piece is" if len(pieces) == 1 else "pieces are"
            yield Text(f"  {len(pieces)} {noun} {became}: {', '.join(pieces[:_NAMES_SHOWN_MAX])}{more}")


def postings(page: Page[PostingSummary]) -> Iterator[RenderableType]:
    """List postings."""
    rows = [
        (
            line.number,
            minute(line.recorded_at),
            kind(line.kind),
            line.movements,
            line.changes,
            f"{why(line)}; undoes {', '.join(map(str, line.reverts))}" if line.reverts else why(line),
        )
        for line in page
    ]
    yield from listed(page, table(["#", "recorded (UTC)", "kind", "movements", "changes", "who and why"], rows))


def holdings(page: Page[HoldingAnswer]) -> Iterator[RenderableType]:
    """List holdings as they are."""
    headings, cells = places([holding.place for holding in page])
    rows = [
        (
            *cell,
            holding.expires_on,
            *figures(holding.balances),
            decimal_text(holding.floor) if holding.floor else "",
        )
        for cell, holding in zip(cells, page, strict=True)
    ]
    yield from listed(page, table([*headings, "expires on", *BALANCES, "may fall to"], rows))


def then(then: Then) -> Iterator[RenderableType]:
    """List holdings as they were."""
    when = "" if then.occurred_at is None else f", as far as it had happened by {second(then.occurred_at)} UTC"
    yield Text(f"After posting {then.number}{when}:", style="bold")
    headings, cells = places([holding.place for holding in then.holdings])
    rows = [(*cell, *figures(holding.balances)) for cell, holding in zip(cells, then.holdings, strict=True)]
    yield from listed(then.holdings, table([*headings, *BALANCES], rows))


def difference(difference: Difference) -> Iterator[RenderableType]:
    """List what moved between two moments."""
    yield Text(f"From after posting {difference.since} to after posting {difference.until}:", style="bold")
    headings, cells = places([holding.place for holding in difference.holdings])
    rows = []
    for cell, holding in zip(cells, difference.holdings, strict=True):
        numbers = ", ".join(str(number) for number in sorted({line.number for line in holding.movements}))
        more = " ..." if holding.count > len(holding.movements) else ""
        before, after = ([*balances, balances.on_hand] for balances in (holding.before, holding.after))
        rows += [
            (
                *cell,
                state,
                decimal_text(was),
                decimal_text(became),
                signed(quantity_difference(became, was)),
                numbers + more,
            )
            for state, was, became in zip(BALANCES, before, after, strict=True)
            if was != became
        ]
    columns = [*headings, "state", "before", "after", "change", "by postings"]
    yield from listed(difference.holdings, table(columns, rows))


def movements(page: Page[MovementLine]) -> Iterator[RenderableType]:
    """List movements with who, when and why."""
    headings, cells = places([line.place for line in page])
    rows = [
        (
            line.number,
            minute(line.recorded_at),
            kind(line.kind),
            *cell,
            WORDS[line.source],
            WORDS[line.target],
            decimal_text(line.quantity),
            decimal_text(line.balances.on_hand),
            why(line),
        )
        for cell, line in zip(cells, page, strict=True)
    ]
    columns = ["#", "recorded (UTC)", "kind", *headings, "from", "to", "quantity", "on hand", "who and why"]
    yield from listed(page, table(columns, rows))


def explanation(explanation: Explanation, what: str) -> Iterator[RenderableType]:
    """Show how a figure came to be: what was brought forward, each movement, and the running sum."""
    figure = "on hand" if explanation.state is None else WORDS[explanation.state]
    yield Text.assemble(f"{what}: ", (decimal_text(explanation.total), "bold"), f" {figure}, because:")
    rows: list[Sequence[object]] = []
    if explanation.earlier is not None or explanation.brought_forward:
        brought = decimal_text(explanation.brought_forward)
        rows.append(("", "", "", "", "", "", "", brought, "brought forward"))
    _, cells = places([line.movement.place for line in explanation.movements])
    several = len(set(cells)) > 1
    for cell, line in zip(cells, explanation.movements, strict=True):
        movement = line.movement
        rows.append(
            (
                movement.number,
                minute(movement.recorded_at),
                kind(movement.kind),
                " ".join(cell) if several else "",
                WORDS[movement.source],
                WORDS[movement.target],
                signed(line.change),
                decimal_text(line.total),
                why(movement),
            )
        )
    yield table(["#", "recorded (UTC)", "kind", "holding", "from", "to", "change", "makes", "who and why"], rows)
    if explanation.earlier is not None:
        yield Text(f"There are earlier movements: --before {explanation.earlier}")


def trail(page: Page[MovementLine | ChangeLine]) -> Iterator[RenderableType]:
    """Tell the life of something."""
    rows = []
    for line in page:
        if isinstance(line, MovementLine):
            where = " ".join(part for part in line.place if part)
            what = f"{decimal_text(line.quantity)} {where}: {WORDS[line.source]} to {WORDS[line.target]}"
        else:
            what = _change(Change(line.entity, line.entity_id, line.action, line.before, line.after))
        rows.append((line.number, minute(line.recorded_at), kind(line.kind), what, why(line)))
    yield from listed(page, table(["#", "recorded (UTC)", "kind", "what", "who and why"], rows))


def reservations(page: Page[ReservationAnswer]) -> Iterator[RenderableType]:
    """List reservations with what they still wait for."""
    rows = [
        (
            line.id,
            line.site,
            line.status,
            minute(line.expires_at),
            line.priority or "",
            document(line.document_type, line.document_id),
            ", ".join(
                " ".join([decimal_text(part.quantity), *(word for word in part.place[1:] if word)])
                for part in line.lines
            )
            or ", ".join(f"{decimal_text(quantity)} {sku}, in line" for sku, quantity in line.wanted),
        )
        for line in page
    ]
    columns = ["#", "site", "status", "expires (UTC)", "priority", "document", "waits for"]
    yield from listed(page, table(columns, rows))


def verification(verification: Verification) -> Iterator[RenderableType]:
    """Say whether everything is as it was written, and what is not."""
    head = verification.head
    if verification.ok:
        sentence = (
            f"All {verification.postings} postings are as they were written, and every balance follows from them."
        )
        yield Text(sentence, style="bold green")
    else:
        yield Text(f"Something is wrong; of {verification.postings} postings this is the first:", style="bold red")
        rows = [(finding.number, finding.entity, finding.detail, finding.code) for finding in verification.findings]
        yield table(["#", "what", "finding", "code"], rows)
    yield Text(f"The journal stands at posting {head.number}, sealed by")
    yield Text(f"  {head.hash.hex()}")


def _posted_movements(posting: Posting) -> Iterator[RenderableType]:
    movements = posting.movements[:_LINES_SHOWN_MAX]
    headings, cells = places([movement.place for movement in movements])
    rows = [
        (
            *cell,
            WORDS[movement.source],
            WORDS[movement.target],
            quantity_text(movement.quantity),
            quantity_text(movement.balances[0]),
            quantity_text(sum(movement.balances[state] for state in ON_HAND)),
            money_text(movement.value) if movement.value else "",
        )
        for cell, movement in zip(cells, movements, strict=True)
    ]
    yield table([*headings, "from", "to", "quantity", "available", "on hand", "worth"], rows)
    if len(posting.movements) > _LINES_SHOWN_MAX:
        yield Text(f"  ... and {len(posting.movements) - _LINES_SHOWN_MAX} more movements")


def _change(change: Change) -> str:
    after = change.after
    match change.entity, change.action:
        case "evidence", "counted":
            counted, on_hand = quantity_text(after["counted"]), quantity_text(after["on_hand"])
            return f"counted {counted} where {on_hand} stood in the ledger"
        case "evidence", "batch":
            return f"batch {after['batch']} of lot {after['lot']}"
        case "evidence", "rounded":
            return f"rounded {after['exact']} to {after['taken']} millionths"
        case "evidence", "below_zero":
            available, floor = quantity_text(after["available"]), quantity_text(after["floor"])
            return f"ALERT: holding {change.entity_id} is below zero, at {available}; it may fall to {floor}"
        case "transformation", "created":
            parts = " + ".join(f"{name} {quantity_text(after[name])}" for name in _SHARES if after[name])
            return f"used {quantity_text(after['used'])} = {parts}"
        case "holding", "policy":
            return f"holding {change.entity_id} may fall to {quantity_text(after['floor'])}"
        case ("reservation", "committed") | ("transfer", "received") if change.after["lines"]:
            waiting = sum(quantity for _, quantity in change.after["lines"])
            return f"{change.entity} {change.entity_id} {change.action} in part; {quantity_text(waiting)} wait"
        case entity, action:
            return f"{entity} {_name(change.entity_id, after)} {action}{_status(change)}"


def _name(entity_id: int, after: Snapshot) -> str:
    code = after.get("sku") or after.get("code") or after.get("transaction") or after.get("number")
    name = after.get("name")
    if code is None:
        return str(entity_id)
    return str(code) if name in {None, code} else f"{code} ({name})"


def _status(change: Change) -> str:
    status = change.after.get("status")
    before = None if change.before is None else change.before.get("status")
    return f", {status}" if status not in {None, before, change.action} else ""


def listed(page: Page[object], drawn: Table) -> Iterator[RenderableType]:
    """Give a table, and say how the list goes on."""
    if not page.rows:
        yield Text("Nothing.")
        return
    yield drawn
    if page.after is not None:
        yield Text(f"There are more: --after {page.after}")
