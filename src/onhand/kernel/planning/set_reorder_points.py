"""Set reorder points: somebody decides at how much of an item more of it is ordered."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.planning.reorder_point import ReorderPoint
from onhand.kernel.quantity import QUANTITY_MAX
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


class ReorderLine(NamedTuple):
    """Order an item when no more than `point` is left, up to `target`; without a target it is forecast again."""

    sku: str
    point: int
    target: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReorderPoints(Command):
    """Decide reorder points of items at a site, or leave them to the forecast again."""

    kind: ClassVar[str] = "set_reorder_points"
    refuses: ClassVar[Codes] = frozenset({"UNKNOWN_SITE", "UNKNOWN_ITEM"})

    site: str
    points: tuple[ReorderLine, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        if not 1 <= len(self.points) <= LINES_MAX:
            raise Refused("INVALID_COMMAND", detail=f"1 to {LINES_MAX} items can be told")
        for line in self.points:
            check_code(line.sku, "sku")
            target = line.point if line.target is None else line.target
            if type(line.point) is not int or type(target) is not int or not 0 <= line.point <= target <= QUANTITY_MAX:
                raise Refused("INVALID_COMMAND", detail="a reorder point is from zero on, and no more than its target")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the site and the items, and once these are loaded their reorder points."""
        wants.sites.add(self.site)
        wants.items.update(line.sku for line in self.points)
        site = book.names.get(("site", self.site))
        items = [book.names.get(("item", line.sku)) for line in self.points]
        if site is None or None in items:
            return True
        wants.names.update(("reorder_point", site.id, item.id) for item in items if item is not None)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make or change what differs."""
        site = draft.book.site(self.site)
        for line in self.points:
            item = draft.book.item(line.sku)
            known = draft.book.names.get(("reorder_point", site.id, item.id))
            told = {"point": line.point, "target": line.target or 0, "retired": line.target is None}
            if isinstance(known, ReorderPoint):
                if (known.point, known.target, known.retired) != tuple(told.values()):
                    draft.change(known, known.next(**told))
            elif line.target is not None:
                draft.make(
                    ReorderPoint(
                        id=draft.next_id(), site_id=site.id, item_id=item.id, point=line.point, target=line.target
                    )
                )
