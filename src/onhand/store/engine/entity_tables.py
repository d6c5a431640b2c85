"""
The tables of the entities: each statement on them is written once, and made for every kind.

What a kind is made of is told by its class; the columns of its table have the names of its fields. Lines that wait have
a table of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from string import Template

from onhand.kernel.entities import ENTITIES
from onhand.kernel.entity import Entity, OpenLine, types_of
from onhand.store.engine.arrays import Bigints, Column, Texts
from onhand.store.engine.rows import DriverRow

_TYPES: Mapping[type, str] = {int: "bigint", str: "text", bool: "boolean", datetime: "timestamptz", date: "date"}
_OPEN_LINES = (tuple, OpenLine)
_FOLDER = Path(__file__).parent


def has_lines(kind: type[Entity]) -> bool:
    """Tell whether a kind has lines that wait, in a table of their own."""
    return types_of(kind).get("lines") == _OPEN_LINES


def entity_of(kind: type[Entity], row: DriverRow) -> Entity:
    """Read an entity from a row of its table; lines come last."""
    return kind.restore(dict(zip([*_columns(kind), "lines"], row, strict=False)))


def entity_row(entity: Entity) -> Mapping[str, object]:
    """Write an entity as a row, without the lines that have rows of their own."""
    row = dict(entity.snapshot())
    if has_lines(type(entity)):
        del row["lines"]
    return row


def name_columns(kind: type[Entity], names: Sequence[Sequence[object]]) -> Mapping[str, Column]:
    """Give the values that name some entities of a kind, without its word, as the columns that a statement takes."""
    types = types_of(kind)
    return {
        f"{field}s": Bigints(values) if types[field][0] is int else Texts(values)
        for field, values in zip(kind.named_by, zip(*names, strict=True), strict=True)
    }


def entity_statements() -> Iterator[tuple[Path, str]]:
    """Give the files of statements on entities, filled in for each kind."""
    for kind in ENTITIES.values():
        parts = _parts(kind)
        for name in ("every_entity", "entity_with_lines" if has_lines(kind) else "plain_entity"):
            path = _FOLDER / f"{name}.template.sql"
            yield path, Template(path.read_text(encoding="utf-8")).substitute(parts)


def _parts(kind: type[Entity]) -> Mapping[str, str]:
    word, columns, types = kind.entity, _columns(kind), types_of(kind)
    moments = "".join(
        f", '{name}', to_char({word}.{name} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')"
        for name in columns
        if types[name][0] is datetime
    )
    return {
        "entity": word,
        "columns": ", ".join(columns),
        "own_columns": ",\n              ".join(f"{word}.{name}" for name in columns),
        "row_columns": ", ".join(f"row.{name}" for name in columns),
        "definitions": ", ".join(f"{name} {_TYPES.get(types[name][0], 'jsonb')}" for name in columns),
        "updates": ",\n       ".join(
            f"{name} = excluded.{name}" for name in columns if name not in {"id", *kind.named_by}
        ),
        "key_arrays": ", ".join(f"%({name}s)s::{_TYPES[types[name][0]]}[]" for name in kind.named_by),
        "key_columns": ", ".join(kind.named_by),
        "key_matches": "\n          AND ".join(f"{word}.{name} = key.{name}" for name in kind.named_by),
        "moments": f"jsonb_build_object({moments.removeprefix(', ')})",
    }


def _columns(kind: type[Entity]) -> list[str]:
    return [name for name, told in types_of(kind).items() if not (name == "lines" and told == _OPEN_LINES)]
