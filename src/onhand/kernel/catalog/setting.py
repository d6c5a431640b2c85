"""A setting: how an org wants something done."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entity):
    """One choice of an org, by the name of what is chosen; see `kernel/catalog/settings.py` for those there are."""

    entity: ClassVar[str] = "setting"
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    outlives_undoing: ClassVar[bool] = True

    name: str
    value: str
