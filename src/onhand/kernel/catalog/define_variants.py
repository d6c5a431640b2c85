"""Define variants: the items of a product are generated from its options, kept, or retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product as combinations
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import is_given_sku
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.money import check_price, check_rate
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import Codes
from onhand.kernel.stock.define import define_product
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.product import OptionValue, Product
from onhand.kernel.text import check_code
from onhand.kernel.wants import Wants

VARIANTS_MAX = 1000

Options = tuple[OptionValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineVariants(Command):
    """
    Make an item for each combination of the options' values, as every size in every colour.

    `options` are all values of all options, in the order in which they are shown. Variants that are there stay as they
    are. Those that vanish are retired if nothing of them is left in any state at any site; otherwise all is refused.
    `measure`, `price` and `vat_rate` are for new variants.
    """

    kind: ClassVar[str] = "define_variants"
    refuses: ClassVar[Codes] = frozenset({"VARIANT_HAS_STOCK"})

    product: str
    options: Options
    name: str | None = None
    measure: str | None = None
    price: int | None = None
    vat_rate: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.product, "product")
        for field, text in (("name", self.name), ("measure", self.measure)):
            if text is not None:
                check_code(text, field)
        if self.price is not None:
            check_price(self.price)
        if self.vat_rate is not None:
            check_rate(self.vat_rate)
        for option, value in self.options:
            check_code(option, "option")
            check_code(value, option)
        if len(set(self.options)) < len(self.options):
            raise Refused("INVALID_COMMAND", detail="a value of an option stands twice")
        variants = variants_of(self.product, self.options)
        for sku in variants:
            check_code(sku, "sku")
            if is_given_sku(sku):
                raise Refused("INVALID_TEXT", field="sku", detail="codes of this form are given out by the ledger")

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the product, the items that are to be, and those that were with all that is left of them."""
        wants.names.add(("product", self.product))
        wants.items.update(variants_of(self.product, self.options))
        known = book.product(self.product)
        if known is None:
            return True
        gone = variants_of(self.product, known.options).keys() - variants_of(self.product, self.options).keys()
        wants.items.update(gone)
        wants.everywhere.update(gone)
        return False

    def decide(self, draft: Draft) -> None:
        """Make what is missing, restore what was retired, retire what vanishes."""
        product = define_product(draft, self.product, self.name)
        variants = variants_of(self.product, self.options)
        gone = variants_of(self.product, product.options).keys() - variants.keys()
        _retire(draft, product, sorted(gone))
        if product.options != self.options:
            changed = product.next(options=self.options)
            draft.change(product, changed)
            product = changed
        for sku, values in variants.items():
            self._define(draft, product, sku, values)

    def _define(self, draft: Draft, product: Product, sku: str, values: Options) -> None:
        known = draft.book.names.get(("item", sku))
        if not isinstance(known, Item):
            draft.make(
                Item(
                    id=draft.next_id(),
                    sku=sku,
                    name=" ".join([product.name, *(value for _, value in values)]),
                    product_id=product.id,
                    measure=self.measure or "piece",
                    price=self.price,
                    vat_rate=self.vat_rate or 0,
                    options=values,
                )
            )
        elif known.product_id != product.id or known.options != values:
            raise Refused("INVALID_COMMAND", detail=f"item {sku} is there already, and is not this variant")
        elif known.retired:
            draft.change(known, known.next(retired=False), "restored")


def variants_of(product: str, options: Sequence[OptionValue]) -> Mapping[str, Options]:
    """
    Give the skus of all variants, with the values of each: PRODUCT-VALUE-VALUE, options and values in their order.

    Raises:
        Refused: INVALID_COMMAND where there are too many, or two would have the same sku.
    """
    by_option: dict[str, list[OptionValue]] = {}
    for told in options:
        by_option.setdefault(told.option, []).append(told)
    count = 1
    for values in by_option.values():
        count *= len(values)
    if not by_option:
        return {}
    if count > VARIANTS_MAX:
        raise Refused("INVALID_COMMAND", detail=f"{count} variants are more than {VARIANTS_MAX}")
    found = {
        "-".join([product, *(value for _, value in values)]): values for values in combinations(*by_option.values())
    }
    if len(found) < count:
        raise Refused("INVALID_COMMAND", detail="two variants would have the same sku")
    return found


def _retire(draft: Draft, product: Product, skus: Sequence[str]) -> None:
    gone: list[Item] = []
    for sku in skus:
        item = draft.book.names.get(("item", sku))
        if isinstance(item, Item) and item.product_id == product.id and not item.retired:
            gone.append(item)
    left = _left(draft.book, gone)
    if left:
        raise Refused("VARIANT_HAS_STOCK", variants=left)
    for item in gone:
        draft.change(item, item.next(retired=True), "retired")


def _left(book: Book, items: Sequence[Item]) -> list[dict[str, object]]:
    """Tell what is left of some items, in any state, site by site."""
    ids = {item.id for item in items}
    totals: dict[tuple[str, str], int] = {}
    for holding in book.holdings.values():
        if holding.key.item_id in ids and any(holding.balances):
            place = holding.place.sku, holding.place.site
            totals[place] = totals.get(place, 0) + sum(holding.balances)
    return [{"sku": sku, "site": site, "left": quantity_text(left)} for (sku, site), left in sorted(totals.items())]
