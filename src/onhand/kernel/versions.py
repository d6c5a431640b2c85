"""Versions (optimistic locking): an act that was decided on an older version of a thing is refused with both."""

from onhand.kernel.command import check_number
from onhand.kernel.entity import Entity
from onhand.kernel.refusals import Refused


def check_version(version: int | None) -> None:
    """Refuse a version that is none; 0 is that of what is not there yet."""
    if version is not None:
        check_number(version, "version", least=0)


def expect(known: Entity | None, version: int | None, entity: str) -> None:
    """Refuse another version than was told; whoever tells none takes what there is."""
    actual = 0 if known is None else known.version
    if version not in {None, actual}:
        raise Refused("VERSION_CONFLICT", entity=entity, expected=version, actual=actual)
