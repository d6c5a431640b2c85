"""
An entity: a thing that a ledger knows beside balances, such as a site, a lot or a reservation.

Each kind is one class in a file of its own, in the folder of its family. Entities are immutable; a change replaces one
by its next version, and the posting keeps both snapshots. Codes never change; what refers to a thing inside the ledger
uses its id.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, ClassVar, NamedTuple, Self, Union, get_args, get_origin, get_type_hints

Snapshot = Mapping[str, Any]
"""An entity as plain JSON values; `Any` because each entity has fields of its own."""

Name = tuple[object, ...]
"""What is unique in an org: the word of an entity, then the values that name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing with an id, whose versions are told by the journal."""

    entity: ClassVar[str]
    named_by: ClassVar[tuple[str, ...]] = ("id",)
    """The fields whose values are unique in the org, and never change."""
    refers_to: ClassVar[frozenset[str]] = frozenset()
    """The kinds that have to be saved before this one."""
    outlives_undoing: ClassVar[bool] = False
    """Whether undoing the posting that made it leaves it there, as a lot keeps its code; later changes are undone."""
    at_sites: ClassVar[tuple[str, ...]] = ()
    """The fields that hold the ids of the sites that it belongs to; none of what belongs to the org as a whole."""
    is_catalog: ClassVar[bool] = False
    """Whether processes cache it; the journal's row tells which posting changed the catalogue last."""

    id: int
    version: int = 1

    def snapshot(self) -> Snapshot:
        """Give the entity as plain JSON values; `restore` gives it back."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def restore(cls, snapshot: Snapshot) -> Self:
        """Make the entity that a snapshot, or a row of its table, shows."""
        readers = _readers(cls)
        return cls(**{name: readers[name](value) if name in readers else value for name, value in snapshot.items()})

    def next(self, **changed: object) -> Self:
        """Give the next version, with some fields changed."""
        return replace(self, version=self.version + 1, **changed)  # type: ignore[arg-type]  # fields of the subclass

    def withdrawn(self) -> Self:
        """Give the version that stands when the making of this entity is undone; nothing is ever deleted."""
        return self


class OpenLine(NamedTuple):
    """So much of one holding that a reservation or a transfer still waits for, in millionths."""

    holding_id: int
    quantity: int


def name_of(entity: Entity) -> Name:
    """Give the name under which an entity is unique in its org."""
    return entity.entity, *[getattr(entity, field) for field in entity.named_by]


def types_of(kind: type[Entity]) -> Mapping[str, tuple[Any, ...]]:
    """Give a pair for each field of a kind: its type without None, and of a tuple the type of its members."""
    found = _TYPES.get(kind.entity)
    if found is None:
        hints = get_type_hints(kind)
        found = _TYPES[kind.entity] = {field.name: _bare(hints[field.name]) for field in fields(kind)}
    return found


@lru_cache(maxsize=256)  # the postings of a batch share their moment
def time_text(moment: datetime) -> str:
    """Write a time as RFC 3339 in UTC, always with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _bare(hint: object) -> tuple[Any, ...]:
    """Take a type apart into such a pair: `tuple[OpenLine, ...] | None` into (tuple, OpenLine)."""
    if get_origin(hint) in {Union, UnionType}:
        (hint,) = [part for part in get_args(hint) if part is not NoneType]
    origin = get_origin(hint)
    return (hint, None) if origin is None else (origin, get_args(hint)[0])


def _readers(kind: type[Entity]) -> Mapping[str, Callable[[Any], Any]]:
    """Find how the fields are read that JSON has no type for."""
    found = _READERS.get(kind.entity)
    if found is None:
        readers = {name: _reader(*told) for name, told in types_of(kind).items()}
        found = _READERS[kind.entity] = {name: reader for name, reader in readers.items() if reader is not None}
    return found


_TYPES: dict[str, Mapping[str, tuple[Any, ...]]] = {}
_READERS: dict[str, Mapping[str, Callable[[Any], Any]]] = {}


def _reader(kind: type, member: type | None) -> Callable[[Any], Any] | None:
    if kind is datetime:
        return _time
    if kind is date:
        return _day
    if kind is tuple:
        make = getattr(member, "_make", None)
        return lambda values: None if values is None else tuple(values if make is None else map(make, values))
    return None


def _time(value: datetime | str | None) -> datetime | None:
    if value is None:
        return None
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return time_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [list(part) if isinstance(part, tuple) else part for part in value]
    return value
