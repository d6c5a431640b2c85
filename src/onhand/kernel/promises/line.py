"""
The waiting line: who cannot be served now stands in line, and is served in turn.

rank = ticket number - priority, and the lower rank is served first. With priorities from 0 to 1000 at most 1000 later
tickets can pass anybody, so nobody starves. Tickets are numbered by site, so that two baskets stand in the same order
in each line that they share. Who comes while others wait for the same item stands in line behind them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from onhand.kernel.book import Book
from onhand.kernel.draft import Draft
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.promises.waiting_line import Ticket, WaitingLine
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.site import Site
from onhand.kernel.wants import Wants

if TYPE_CHECKING:
    from onhand.kernel.entity import Name

WAITING_MAX = 1000
"""More than so many do not wait for one item at one site."""


def want_waiting(wants: Wants, site: str, skus: Iterable[str]) -> None:
    """Want the lines of some items at a site."""
    names: set[Name] = {("waiting_line", site, sku) for sku in skus}
    wants.names.update(names)


def want_tickets(wants: Wants, site: str) -> None:
    """Want the sequence from which tickets are drawn."""
    wants.codes.add(_stem(site))


def want_places_in_line(book: Book, wants: Wants, reservation: Reservation) -> bool:
    """Want the lines in which a reservation stands; true where its site has to be loaded first."""
    if not reservation.wanted:
        return False
    wants.entities.add(("site", reservation.site_id))
    site = book.entities.get(("site", reservation.site_id))
    if not isinstance(site, Site):
        return True
    want_waiting(wants, site.code, (line.sku for line in reservation.wanted))
    return False


def check_nobody_waits(book: Book, site: str, skus: Iterable[str]) -> None:
    """Refuse to pass those who wait."""
    for sku in skus:
        line = _line(book, site, sku)
        if line is not None and line.tickets:
            raise Refused("OTHERS_WAIT", site=site, sku=sku, waiting=len(line.tickets))


def is_waited_for(book: Book, site: str, skus: Iterable[str]) -> bool:
    """Tell whether anybody waits for one of some items."""
    found = (_line(book, site, sku) for sku in skus)
    return any(line is not None and line.tickets for line in found)


def next_ticket(draft: Draft, site: str) -> int:
    """Draw the next ticket of a site."""
    return draft.next_of(_stem(site))


def join(draft: Draft, site: str, skus: Iterable[str], ticket: Ticket) -> None:
    """Put a ticket into the lines of some items."""
    for sku in dict.fromkeys(skus):
        line = _line(draft.book, site, sku)
        if line is None:
            draft.make(WaitingLine(id=draft.next_id(), site=site, sku=sku, tickets=(ticket,)))
            continue
        if len(line.tickets) >= WAITING_MAX:
            raise Refused("WAITING_LINE_FULL", site=site, sku=sku, waiting_max=WAITING_MAX)
        draft.change(line, line.next(tickets=tuple(sorted((*line.tickets, ticket)))), "joined")


def leave(draft: Draft, reservation: Reservation) -> None:
    """Take a reservation out of the lines in which it stands."""
    for line in _lines_of(draft.book, reservation):
        kept = tuple(ticket for ticket in line.tickets if ticket.reservation_id != reservation.id)
        if len(kept) < len(line.tickets):
            draft.change(line, line.next(tickets=kept), "left")


def check_its_turn(book: Book, reservation: Reservation) -> None:
    """Refuse a reservation that is not the first in each line in which it stands."""
    for line in _lines_of(book, reservation):
        if line.tickets and line.tickets[0].reservation_id != reservation.id:
            ahead = [ticket.reservation_id for ticket in line.tickets].index(reservation.id)
            raise Refused("NOT_NEXT_IN_LINE", reservation=reservation.id, site=line.site, sku=line.sku, ahead=ahead)


def _lines_of(book: Book, reservation: Reservation) -> list[WaitingLine]:
    site = book.get(Site, reservation.site_id).code if reservation.wanted else ""
    skus = dict.fromkeys(wanted.sku for wanted in reservation.wanted or ())
    return [line for sku in skus if (line := _line(book, site, sku)) is not None]


def _line(book: Book, site: str, sku: str) -> WaitingLine | None:
    found = book.names.get(("waiting_line", site, sku))
    return found if isinstance(found, WaitingLine) else None


def _stem(site: str) -> str:
    return f"WAIT-{site}"
