"""The verbs of a promise: `reserve`, `commit`, `release`, `expire`, and the list `reservations`."""

from typing import TYPE_CHECKING, Annotated

import typer

from onhand.cli.options import After, Limit, Lines, Location, Site, SomeLines, SomeSite
from onhand.cli.values import lines_of, time_of, whole_number
from onhand.cli.verb import ACTS, QUESTIONS, Answer, Desk, verb
from onhand.kernel.posting import Posting

if TYPE_CHECKING:
    from onhand.ledger.stock import Stock

Reservation = Annotated[
    int,
    typer.Argument(
        metavar="RESERVATION", parser=whole_number, show_default=False, help="The number that `reserve` gave."
    ),
]
SomeReservation = Annotated[
    int | None,
    typer.Argument(
        metavar="RESERVATION",
        parser=whole_number,
        show_default=False,
        help="The number that `reserve` gave; without it all that are due.",
    ),
]
ExpiresAt = Annotated[
    str | None,
    typer.Option("--expires-at", metavar="TIME", help="When the promise ends: 2026-01-31T09:30:00Z."),
]
Priority = Annotated[
    int, typer.Option("--priority", metavar="N", parser=whole_number, help="0 to 1000: so many places ahead in line.")
]
HoldSeconds = Annotated[
    int | None,
    typer.Option(
        "--hold-seconds",
        metavar="N",
        parser=whole_number,
        help="Wait in line where the goods are not there; what is offered then is held so long.",
    ),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="STATUS",
        help="pending, active, releasing, committed, released or expired.",
        show_default=False,
    ),
]
DueBefore = Annotated[str | None, typer.Option("--due-before", metavar="TIME", help="Only those that expire by then.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    verb(app, "reserve", panel=ACTS, acts=True)(reserve)
    verb(app, "commit", panel=ACTS, acts=True)(commit)
    verb(app, "release", panel=ACTS, acts=True)(release)
    verb(app, "expire", panel=ACTS, acts=True)(expire)
    verb(app, "reservations", panel=QUESTIONS, asks=True)(reservations)


async def reserve(
    desk: Desk,
    lines: Lines,
    site: Site,
    location: Location = None,
    expires_at: ExpiresAt = None,
    priority: Priority = 0,
    hold_seconds: HoldSeconds = None,
) -> Posting:
    """Promise goods: all lines or none; prints the number of the reservation."""
    parsed = lines_of(lines, location=location)
    until = time_of(expires_at, "expires_at")
    async with desk.ledger() as stock:
        return await stock.reserve(
            site=site, lines=parsed, expires_at=until, priority=priority, hold_seconds=hold_seconds, **desk.about
        )


async def commit(desk: Desk, reservation: Reservation, lines: SomeLines = None) -> Posting:
    """Hand over what was reserved: all of it, or some lines."""
    parsed = lines_of(lines or [])
    async with desk.ledger() as stock:
        return await stock.reservations.commit(reservation=reservation, lines=parsed, **desk.about)


async def release(desk: Desk, reservation: Reservation) -> Posting:
    """Take a reservation back: its goods are available again."""
    async with desk.ledger() as stock:
        return await stock.reservations.release(reservation=reservation, **desk.about)


async def expire(desk: Desk, reservation: SomeReservation = None) -> Answer | Posting:
    """End a reservation whose time has passed, or all of them."""
    async with desk.ledger() as stock:
        if reservation is not None:
            return await stock.reservations.expire(reservation=reservation, **desk.about)
        return await _expire_due(desk, stock)


async def _expire_due(desk: Desk, stock: "Stock") -> Answer:
    if desk.dry_run:
        due = await stock.reservations.list_due()
        return Answer(
            plain={"released": list(due), "offered": [], "dry_run": True},
            shown=lambda: [f"Due: {', '.join(map(str, due))}." if due else "No reservation is due."],
        )
    done = await stock.reservations.release_expired()
    said = [f"Expired: {', '.join(map(str, done.released))}." if done.released else "No reservation was due."]
    said += [f"Offered to the next in line: {', '.join(map(str, done.offered))}."] if done.offered else []
    return Answer(
        plain={"released": list(done.released), "offered": list(done.offered), "dry_run": False},
        shown=lambda: said,
    )


async def reservations(
    desk: Desk,
    site: SomeSite = None,
    status: Status = None,
    due_before: DueBefore = None,
    limit: Limit = 50,
    after: After = None,
) -> Answer:
    """List reservations with what they still wait for."""
    due = time_of(due_before, "due_before")
    async with desk.ledger() as stock:
        page = await stock.reservations.list(site, status=status, due_before=due, limit=limit, after=after)
    from onhand.cli import plain, shown

    return Answer(
        plain={"reservations": [plain.reservation(line) for line in page], "after": page.after},
        shown=lambda: shown.reservations(page),
    )
