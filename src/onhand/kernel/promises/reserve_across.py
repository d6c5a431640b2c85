"""Reserve across branches: a promise of goods of several branches, split by a stated policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import PLAIN_REST, Command, Line, check_lines
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.outstanding import merged
from onhand.kernel.pick import take, want_lines
from onhand.kernel.promises.line import is_waited_for, want_waiting
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.promises.split import BRANCHES_MAX, POLICIES, split
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LINES, Codes
from onhand.kernel.states import State
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code, check_time
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveAcross(Command):
    """
    Promise goods from some branches, in order of preference: all lines or none; one reservation for each branch.

    A line names an item and a quantity. What others wait for at a branch is not there.
    """

    kind: ClassVar[str] = "reserve_across"
    refuses: ClassVar[Codes] = OF_LINES | {"UNKNOWN_SITE", "UNKNOWN_ITEM", "INSUFFICIENT_INVENTORY"}

    sites: tuple[str, ...]
    lines: tuple[Line, ...]
    policy: str = "fewest_branches"
    expires_at: datetime | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        if not 1 <= len(self.sites) <= BRANCHES_MAX or len(set(self.sites)) < len(self.sites):
            raise Refused("INVALID_COMMAND", detail=f"1 to {BRANCHES_MAX} branches are told, each once")
        for site in self.sites:
            check_code(site, "site")
        check_lines(self.lines)
        if any(line[2:] != PLAIN_REST for line in self.lines):
            raise Refused("INVALID_COMMAND", detail="a line names an item and a quantity only")
        if self.policy not in POLICIES:
            raise Refused("INVALID_COMMAND", detail=f"policy is one of {', '.join(POLICIES)}")
        if self.expires_at is not None:
            object.__setattr__(self, "expires_at", check_time(self.expires_at, "expires_at"))

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the holdings of the items at each branch."""
        del book
        for site in self.sites:
            want_lines(wants, site, self.lines)
            want_waiting(wants, site, [line.sku for line in self.lines])
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the sites."""
        return named_sites(book, *self.sites)

    def decide(self, draft: Draft) -> None:
        """Split the lines by the policy, and reserve at each branch that gives something."""
        if self.expires_at is not None and self.expires_at <= draft.now:
            raise Refused("INVALID_TIME", field="expires_at", detail="it has passed")
        wanted: dict[str, int] = {}
        for line in self.lines:
            wanted[line.sku] = wanted.get(line.sku, 0) + line.quantity
        sites = [draft.book.site(code) for code in self.sites]
        stock = [{sku: _available(draft.book, site, sku) for sku in wanted} for site in sites]
        given = split(wanted, stock, self.policy)
        if given is None:
            raise Refused("INSUFFICIENT_INVENTORY", shortages=self._shortages(wanted, stock))
        for site, basket in zip(sites, given, strict=True):
            if basket:
                taken = take(draft, site, [Line(sku, part) for sku, part in basket.items()], State.RESERVED)
                draft.make(
                    Reservation(
                        id=draft.next_id(),
                        site_id=site.id,
                        status="active",
                        lines=merged(taken),
                        expires_at=self.expires_at,
                        document_type=self.document_type,
                        document_id=self.document_id,
                    )
                )

    def _shortages(self, wanted: dict[str, int], stock: list[dict[str, int]]) -> list[dict[str, object]]:
        """Tell what all branches together have too little of; where the policy is in the way, what each has."""
        where = "any of " + ", ".join(self.sites)
        short: list[dict[str, object]] = [
            {"site": where, "sku": sku, "requested": quantity_text(quantity), "available": quantity_text(held)}
            for sku, quantity in wanted.items()
            if (held := sum(basket[sku] for basket in stock)) < quantity
        ]
        return short or [
            {"site": site, "sku": sku, "requested": quantity_text(quantity), "available": quantity_text(basket[sku])}
            for site, basket in zip(self.sites, stock, strict=True)
            for sku, quantity in wanted.items()
            if basket[sku] < quantity
        ]


def _available(book: Book, site: Site, sku: str) -> int:
    if is_waited_for(book, site.code, [sku]):
        return 0
    return sum(holding.capacity for holding in book.at(site, book.item(sku)))
