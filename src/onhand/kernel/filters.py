"""Filters of postings: which postings somebody wants to hear of, the same for live streams and webhooks."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from onhand.kernel.posting import Posting


class Filter(NamedTuple):
    """
    Which postings are told; an empty set lets all through.

    A posting is at a site, or of an item, where one of its movements is, or where it raises or resolves an alert
    about it.
    """

    kinds: AbstractSet[str] = frozenset()
    sites: AbstractSet[str] = frozenset()
    skus: AbstractSet[str] = frozenset()

    def lets_through(self, posting: Posting) -> bool:
        """Tell whether somebody wants to hear of a posting."""
        if self.kinds and posting.kind not in self.kinds:
            return False
        if not self.sites and not self.skus:
            return True
        return any(
            (not self.sites or site in self.sites) and (not self.skus or sku in self.skus)
            for site, sku in _places(posting)
        )


def _places(posting: Posting) -> Iterator[tuple[str | None, str | None]]:
    for movement in posting.movements:
        yield movement.place.site, movement.place.sku
    for change in posting.changes:
        facts = change.after.get("facts") if change.entity == "alert" else None
        if isinstance(facts, Mapping):
            yield facts.get("site"), facts.get("sku")
