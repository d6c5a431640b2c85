"""A transformation: what a cut or a combination made of what."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity, OpenLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Transformation(Entity):
    """
    So much was used, so much was made of it: used = made + rest + waste + kerf, to the smallest unit.

    `lines` are the holdings that were used. `number` is the posting that did it. The record of it outlives its undoing,
    since a piece remembers for ever where it came from.
    """

    entity: ClassVar[str] = "transformation"
    refers_to: ClassVar[frozenset[str]] = frozenset({"item"})
    outlives_undoing: ClassVar[bool] = True

    number: int
    kind: str
    item_id: int
    lines: tuple[OpenLine, ...]
    used: int
    made: int
    rest: int = 0
    waste: int = 0
    kerf: int = 0
    size: int | None = None
    bundles: int | None = None
