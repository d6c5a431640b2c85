"""Authorisation by site: a command of a user or key that is limited to some sites may touch no other."""

from typing import TYPE_CHECKING, Any

from onhand.kernel.commerce.documents import INVOICE_WORD, ORDER_WORD
from onhand.kernel.commerce.invoice import Invoice
from onhand.kernel.commerce.sales_order import SalesOrder
from onhand.kernel.refusals import CATALOGUE, Refused
from onhand.kernel.stock.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onhand.kernel.book import Book
    from onhand.kernel.command import Command
    from onhand.kernel.draft import Draft
    from onhand.kernel.posting import Posting
    from onhand.kernel.wants import Wants

_SITES = ("site", "target")
_SITE_IDS = ("site_id", "source_site_id", "target_site_id")


class Within:
    """
    Wraps a command of somebody who is limited to sites: what is at another site is refused as if there were none.

    Key, content and so fingerprint are those of the command: a retry with other rights is the same act.
    """

    __slots__ = ("command", "sites")

    def __init__(self, command: "Command", sites: "Iterable[str]") -> None:
        """Limit a command to sites, by their codes."""
        self.command = command
        self.sites = frozenset(sites)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the command has
        """Give what the command has: its kind, key, lines and all else."""
        return getattr(self.command, name)

    def footprint(self, book: "Book", wants: "Wants") -> bool:
        """Want what the command wants, and the sites."""
        wants.sites.update(self.sites)
        return self.command.footprint(book, wants)

    def decide(self, draft: "Draft") -> None:
        """Decide like the command, and refuse what would touch another site; raises Refused."""
        for field in _SITES:
            site = getattr(self.command, field, None)
            if isinstance(site, str) and site not in self.sites and ("site", site) in draft.book.names:
                raise Refused("UNKNOWN_SITE", site=site)
        self._check_named(draft.book)
        self.command.decide(draft)
        for movement in draft.movements:
            if movement.place.site not in self.sites:
                if movement.place.unit is not None:
                    raise Refused("PIECE_NOT_FOUND", piece=movement.place.unit)
                raise Refused("UNKNOWN_SITE", site=movement.place.site)
        ids = self._ids(draft.book)
        for change in draft.changes:
            for field in _SITE_IDS:
                if change.after.get(field) is not None and change.after[field] not in ids:
                    raise Refused("UNKNOWN_SITE", site=str(change.after[field]))

    def _check_named(self, book: "Book") -> None:
        """
        Refuse an invoice, order, posting or entity of another site that the command names by its number.

        Of an entity with two sites, as a transfer, one has to be among those allowed; of all else every site.
        """
        ids = self._ids(book)
        for field, word in (("invoice", INVOICE_WORD), ("order", ORDER_WORD)):
            number = getattr(self.command, field, None)
            if isinstance(number, str) and not _sites_of(book, word, number) <= ids:
                raise Refused("DOCUMENT_NOT_FOUND", document=field, number=number)
        for name in self.command.__dataclass_fields__:
            number = getattr(self.command, name)
            if type(number) is not int:
                continue
            if name == "number" and number in book.postings and not touches_only(book.postings[number], self.sites):
                raise Refused("POSTING_NOT_FOUND", number=number)
            entity = book.entities.get((name, number))
            held = [getattr(entity, field) for field in _SITE_IDS if getattr(entity, field, None) is not None]
            if held and not ids.intersection(held):
                code = f"{name.upper()}_NOT_FOUND"
                if code in CATALOGUE:
                    raise Refused(code, **{name: number})
                raise Refused("INVALID_COMMAND", detail=f"there is no {name} {number}")

    def _ids(self, book: "Book") -> set[int]:
        found = [book.names.get(("site", site)) for site in self.sites]
        return {site.id for site in found if isinstance(site, Site)}


def _sites_of(book: "Book", word: str, number: str) -> set[int | None]:
    """Give the ids of a document's sites; None stands for one that is not known."""
    document = book.names.get((word, number))
    if isinstance(document, Invoice):
        return {document.site_id}
    if isinstance(document, SalesOrder):
        promises = [book.entities.get(("reservation", reservation)) for reservation in document.reservations]
        return {getattr(promise, "site_id", None) for promise in promises}
    return set()


def touches_only(posting: "Posting", sites: "Iterable[str]") -> bool:
    """Tell whether a posting moved something, and that at some sites only."""
    touched = {movement.place.site for movement in posting.movements}
    return bool(touched) and touched <= frozenset(sites)


def keeps_to(posting: "Posting", command: Any, sites: "Iterable[str]", ids: "Iterable[int]") -> bool:  # noqa: ANN401 - a command, or what stands for one
    """
    Tell whether a posting that a command made is of some sites only, so that who is limited to these may see it.

    A posting that names no site at all, as a payment, may be seen by whoever made it.

    Args:
        posting: What was made.
        command: What asked for it; it may name its site.
        sites: The sites by their codes.
        ids: The same by their numbers.
    """
    codes, numbers = frozenset(sites), frozenset(ids)
    touched = {movement.place.site for movement in posting.movements}
    told = {change.after[field] for change in posting.changes for field in _SITE_IDS if change.after.get(field)}
    is_known = bool(touched or told) or getattr(command, "site", None) in codes or posting.actor == command.actor
    return is_known and touched <= codes and told <= numbers
