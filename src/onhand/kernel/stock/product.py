"""A product: what has items."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from onhand.kernel.entity import Entity


class OptionValue(NamedTuple):
    """One value of an option, as colour red."""

    option: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Entity):
    """What the trade names once and stocks in variants; `options` are all values of all options, in their order."""

    entity: ClassVar[str] = "product"
    named_by: ClassVar[tuple[str, ...]] = ("code",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    code: str
    name: str
    retired: bool = False
    options: tuple[OptionValue, ...] = ()
