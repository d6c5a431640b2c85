"""Authorisation by site: a command of a user or key that is limited to some sites may touch no other."""

from typing import TYPE_CHECKING, Any

from onhand.kernel.entities import ENTITIES
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.site import Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onhand.kernel.book import Book
    from onhand.kernel.command import Command
    from onhand.kernel.draft import Draft
    from onhand.kernel.posting import Change, Posting
    from onhand.kernel.wants import Wants


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
        """Decide like the command, and refuse what names or would touch another site; raises Refused."""
        found = [draft.book.names.get(("site", site)) for site in self.sites]
        ids = {site.id for site in found if isinstance(site, Site)}
        for named in self.command.named(draft.book):
            if not named.site_ids <= ids:
                raise named.nowhere
        self.command.decide(draft)
        for movement in draft.movements:
            if movement.place.site not in self.sites:
                if movement.place.unit is not None:
                    raise Refused("PIECE_NOT_FOUND", piece=movement.place.unit)
                raise Refused("UNKNOWN_SITE", site=movement.place.site)
        for change in draft.changes:
            for site_id in _sites_of(change):
                if site_id not in ids:
                    raise Refused("UNKNOWN_SITE", site=str(site_id))


def _sites_of(change: "Change") -> list[int]:
    """Give the ids of the sites of what was made or changed; zero stands for no site."""
    if change.entity == "evidence":
        return []
    fields = ("site_id",) if change.entity == "holding" else ENTITIES[change.entity].at_sites
    return [site_id for field in fields if (site_id := change.after.get(field))]


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
    told = {site_id for change in posting.changes for site_id in _sites_of(change)}
    is_known = bool(touched or told) or getattr(command, "site", None) in codes or posting.actor == command.actor
    return is_known and touched <= codes and told <= numbers
