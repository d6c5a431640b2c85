"""Map ingredients: which item an ingredient of the recipes is at a site."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.command import LINES_MAX, Command
from onhand.kernel.draft import Draft
from onhand.kernel.naming import Named, named_sites
from onhand.kernel.recipes.mapping import IngredientMapping
from onhand.kernel.recipes.measures import RatioText, factor_between, parse_ratio
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants


class MappingLine(NamedTuple):
    """
    An ingredient, in a unit of the recipes, is an item of the site.

    `factor` says how much of the item's measure one of the unit is, as "1/70"; where both are of one kind, as g and kg,
    it is known. Without a sku the mapping is taken away.
    """

    ingredient: str
    unit: str
    sku: str | None
    factor: RatioText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapIngredients(Command):
    """Set mappings of a site: one for each ingredient and unit. What is told alike stays untouched."""

    kind: ClassVar[str] = "map_ingredients"
    refuses: ClassVar[Codes] = frozenset(
        {"TOO_MANY_LINES", "UNKNOWN_SITE", "UNKNOWN_ITEM", "INVALID_RATIO", "UNIT_NOT_CONVERTIBLE", "MAPPING_MISSING"}
    )

    site: str
    mappings: tuple[MappingLine, ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.site, "site")
        if not self.mappings:
            raise Refused("INVALID_COMMAND", detail="it has no mappings")
        if len(self.mappings) > LINES_MAX:
            raise Refused("TOO_MANY_LINES", lines=len(self.mappings), lines_max=LINES_MAX)
        for line in self.mappings:
            check_code(line.ingredient, "ingredient")
            check_code(line.unit, "unit")
            if line.sku is not None:
                check_code(line.sku, "sku")
            if line.factor is not None:
                parse_ratio(line.factor)
        if len({line[:2] for line in self.mappings}) < len(self.mappings):
            raise Refused("INVALID_COMMAND", detail="an ingredient is mapped twice in the same unit")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the site and the items, then the mappings that are there."""
        wants.sites.add(self.site)
        wants.items.update(line.sku for line in self.mappings if line.sku is not None)
        site = book.names.get(("site", self.site))
        if site is None:
            return True
        wants.names.update(("mapping", site.id, line.ingredient, line.unit) for line in self.mappings)
        return False

    def named(self, book: Book) -> Iterable[Named]:
        """Name the site."""
        return named_sites(book, self.site)

    def decide(self, draft: Draft) -> None:
        """Make or change the mappings that differ."""
        site = draft.book.site(self.site)
        for line in self.mappings:
            known = draft.book.names.get(("mapping", site.id, line.ingredient, line.unit))
            _map(draft, site, line, known if isinstance(known, IngredientMapping) else None)


def _map(draft: Draft, site: Site, line: MappingLine, known: IngredientMapping | None) -> None:
    if line.sku is None:
        if known is None or known.retired:
            raise Refused("MAPPING_MISSING", site=site.code, missing=[f"{line.ingredient} ({line.unit})"])
        draft.change(known, known.next(retired=True))
        return
    item = draft.book.item(line.sku)
    factor = _factor(line, item)
    told: dict[str, Any] = {
        "item_id": item.id,
        "numerator": factor.numerator,
        "denominator": factor.denominator,
        "retired": False,
    }
    if known is None:
        draft.make(
            IngredientMapping(id=draft.next_id(), site_id=site.id, ingredient=line.ingredient, unit=line.unit, **told)
        )
    elif any(getattr(known, name) != value for name, value in told.items()):
        draft.change(known, known.next(**told))


def _factor(line: MappingLine, item: Item) -> Fraction:
    if line.factor is not None:
        return parse_ratio(line.factor)
    factor = factor_between(line.unit, item.measure)
    if factor is None:
        raise Refused("UNIT_NOT_CONVERTIBLE", unit=line.unit, measure=item.measure)
    return factor
