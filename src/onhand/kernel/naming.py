"""Naming: what a command names, where that is, and what is answered to whoever is limited to other sites."""

from collections.abc import Iterator
from typing import NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.site import Site
from onhand.kernel.stock.transit import Transit
from onhand.kernel.stock.unit import Unit

NO_SITE = frozenset({0})
"""Stands for where nobody can tell: nobody who is limited to sites may touch it."""


class Named(NamedTuple):
    """Something that a command names: the ids of the sites that it belongs to, and the refusal as if it were not."""

    site_ids: frozenset[int]
    nowhere: Refused


def named_sites(book: Book, *codes: str) -> Iterator[Named]:
    """Give the sites that are named by their codes; one that is not known yet belongs to nobody."""
    for code in codes:
        found = book.names.get(("site", code))
        if isinstance(found, Site):
            yield Named(frozenset({found.id}), Refused("UNKNOWN_SITE", site=code))


def named_reservations(book: Book, *numbers: int | None) -> Iterator[Named]:
    """Give the reservations that are named by their numbers."""
    for number in numbers:
        found = book.entities.get(("reservation", number or 0))
        if isinstance(found, Reservation):
            yield Named(frozenset({found.site_id}), Refused("RESERVATION_NOT_FOUND", reservation=number))


def named_transfer(book: Book, number: int) -> Iterator[Named]:
    """Give the transfer that is named by its number; it belongs to both of its sites."""
    found = book.entities.get(("transfer", number))
    if isinstance(found, Transit):
        sites = frozenset({found.source_site_id, found.target_site_id})
        yield Named(sites, Refused("TRANSFER_NOT_FOUND", transfer=number))


def named_unit(book: Book, sku: str, code: str) -> Iterator[Named]:
    """Give the unit that is named by its code; it belongs to the sites that hold it, or held it if none does."""
    found = book.names.get(("unit", code))
    if isinstance(found, Unit):
        holdings = book.unit_places.get(found.id, [])
        standing = [holding for holding in holdings if any(holding.balances)] or holdings
        sites = frozenset(holding.key.site_id for holding in standing)
        yield Named(sites, Refused("UNIT_NOT_FOUND", sku=sku, unit=code))


def named_holding(book: Book, number: int, nowhere: Refused) -> Iterator[Named]:
    """Give the holding that is named by its id."""
    found = book.holdings.get(number)
    if found is not None:
        yield Named(frozenset({found.key.site_id}), nowhere)


def named_posting(book: Book, number: int) -> Iterator[Named]:
    """Give the posting that is named by its number; one that moved nothing belongs to the org as a whole."""
    found = book.postings.get(number)
    if found is not None:
        holdings = (book.holdings.get(movement.holding_id) for movement in found.movements)
        sites = frozenset(0 if holding is None else holding.key.site_id for holding in holdings)
        yield Named(sites or NO_SITE, Refused("POSTING_NOT_FOUND", number=number))
