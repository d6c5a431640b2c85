"""An item: what is stocked."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity
from onhand.kernel.stock.product import OptionValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Entity):
    """
    What is stocked: a product or one variant of it. Quantities are counted in its measure.

    `price` is what one of its measure costs at the counter, VAT included, in millionths; `vat_rate` is in millionths of
    a percent. `options` are the values that make it this variant, one for each option of its product.
    """

    entity: ClassVar[str] = "item"
    named_by: ClassVar[tuple[str, ...]] = ("sku",)
    refers_to: ClassVar[frozenset[str]] = frozenset({"product"})
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    sku: str
    name: str
    product_id: int | None = None
    measure: str = "piece"
    pick_policy: str = "fefo"
    retired: bool = False
    price: int | None = None
    vat_rate: int = 0
    options: tuple[OptionValue, ...] = ()
