"""
Commands and answers as JSON, read off their types: how a value is read, how it is written, and its schema.

Quantities and money travel as plain decimals in text, so that no reader makes floats of them; whole numbers are taken
as well. What is not well formed is refused, with the place where it stands.
"""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from onhand.api.routes.fields import FieldUnit, field_of, integers_of
from onhand.kernel.command import Command
from onhand.kernel.entity import time_text
from onhand.kernel.exact import decimal_text
from onhand.kernel.holding import Place
from onhand.kernel.lots.cost_steps import parse_cost
from onhand.kernel.money import money_text, parse_money
from onhand.kernel.quantity import parse_quantity, quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.snapshots import plain_snapshot
from onhand.kernel.states import STATES, WORDS, Outside, State, end_named
from onhand.ledger.core.answers import Balances, balances_of
from onhand.ledger.reading_lines import parse_rate

Schema = dict[str, Any]
"""A JSON schema; `Any` because it is a tree of plain values."""

_INTEGER_MAX = 2**63 - 1
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DECIMAL = r"^-?(0|[1-9][0-9]{0,12})(\.[0-9]{1,6})?$"


class Shape(NamedTuple):
    """How values of a type travel: read from JSON at a named place, written to JSON, and described."""

    read: Callable[[Any, str], Any]
    write: Callable[[Any], Any]
    schema: Schema


def wrong(place: str, detail: str) -> Refused:
    """Refuse what is not well formed, with its place."""
    return Refused("INVALID_COMMAND", detail=f"{place} {detail}")


def _kind(value: object) -> str:
    names = {NoneType: "null", bool: "a boolean", str: "text", dict: "an object", list: "a list"}
    return names.get(type(value), "a number")


def _text(value: Any, place: str) -> str:  # noqa: ANN401 - whatever JSON held
    if type(value) is not str:
        raise wrong(place, f"is {_kind(value)}, not text")
    if "\x00" in value or not is_whole(value):
        raise Refused("INVALID_TEXT", field=place, detail="it holds what is no character")
    return value


def is_whole(text: str) -> bool:
    """Tell whether a text has no half of a pair of surrogates in it, which cannot be written down."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _flag(value: Any, place: str) -> bool:  # noqa: ANN401 - whatever JSON held
    if type(value) is not bool:
        raise wrong(place, f"is {_kind(value)}, not true or false")
    return value


def _number(value: Any, place: str) -> int:  # noqa: ANN401 - whatever JSON held
    if type(value) is not int or not -_INTEGER_MAX <= value <= _INTEGER_MAX:
        raise wrong(place, "is not a whole number of at most 64 bits")
    return value


def _moment(value: Any, place: str) -> datetime:  # noqa: ANN401 - whatever JSON held
    text = _text(value, place)
    if not _MOMENT.fullmatch(text):
        raise Refused("INVALID_TIME", field=place, detail="it is not like 2026-01-31T09:30:00Z")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Refused("INVALID_TIME", field=place, detail="there is no such time") from None


def _day(value: Any, place: str) -> date:  # noqa: ANN401 - whatever JSON held
    text = _text(value, place)
    if not _DAY.fullmatch(text):
        raise Refused("INVALID_TIME", field=place, detail="it is not like 2026-01-31")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("INVALID_TIME", field=place, detail="there is no such day") from None


def _state(value: Any, place: str) -> State:  # noqa: ANN401 - whatever JSON held
    try:
        end = end_named(_text(value, place))
    except KeyError:
        end = None
    if end is None or end >= STATES:
        raise wrong(place, "is not a state")
    return State(end)


def _never(value: Any, place: str) -> Any:  # noqa: ANN401 - it gives nothing
    raise wrong(place, f"cannot be told, {_kind(value)} or not")


def _same(value: Any) -> Any:  # noqa: ANN401 - plain JSON already
    return value


def _decimal_schema(what: str) -> Schema:
    return {
        "anyOf": [{"type": "string", "pattern": _DECIMAL}, {"type": "integer"}],
        "description": what,
    }


_INTEGERS: Mapping[FieldUnit, Shape] = {
    FieldUnit.NUMBER: Shape(_number, _same, {"type": "integer", "minimum": -_INTEGER_MAX, "maximum": _INTEGER_MAX}),
    FieldUnit.QUANTITY: Shape(
        lambda value, _: parse_quantity(value), quantity_text, _decimal_schema("A quantity: a plain decimal.")
    ),
    FieldUnit.MONEY: Shape(parse_money, money_text, _decimal_schema("An amount of money: a plain decimal.")),
    FieldUnit.COST: Shape(
        parse_cost, money_text, _decimal_schema("A cost: a plain decimal with at most two decimals.")
    ),
    FieldUnit.RATE: Shape(lambda value, _: parse_rate(value), quantity_text, _decimal_schema("A percentage.")),
}
_DECIMALS: Mapping[FieldUnit, Shape] = {unit: shape._replace(write=decimal_text) for unit, shape in _INTEGERS.items()}
"""Answers tell what integers count as exact decimals."""
_PLAIN: Mapping[object, Shape] = {
    str: Shape(_text, _same, {"type": "string"}),
    bool: Shape(_flag, _same, {"type": "boolean"}),
    datetime: Shape(_moment, time_text, {"type": "string", "format": "date-time"}),
    date: Shape(_day, date.isoformat, {"type": "string", "format": "date"}),
    float: Shape(_never, _same, {"type": "number"}),
    bytes: Shape(_never, bytes.hex, {"type": "string"}),
    State: Shape(
        _state, lambda state: WORDS[state], {"title": "State", "type": "string", "enum": list(WORDS[:STATES])}
    ),
    Outside: Shape(_never, lambda end: WORDS[end], {"title": "End", "type": "string", "enum": list(WORDS)}),
    Any: Shape(lambda value, _: value, _same, {}),
    object: Shape(lambda value, _: value, _same, {}),
}


@cache
def shape_of(hint: Any, owner: str = "", name: str = "") -> Shape:  # noqa: ANN401 - a type is no one type
    """Give the shape of a type; integers are told by the name of the field."""
    if hint is int:
        return _INTEGERS[integers_of(owner, name) if name else FieldUnit.NUMBER]
    if hint is Decimal:
        return _DECIMALS[integers_of(owner, name)]
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _union(arguments, owner, name)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:  # noqa: PLR2004 - a tuple of one kind
        return _pairs() if arguments[0] == tuple[str, str] else _listed(shape_of(arguments[0], owner, name))
    if origin is tuple:
        return _fixed([shape_of(part, owner, name) for part in arguments])
    if origin is Sequence:
        return _listed(shape_of(arguments[0], owner, name))
    if origin is not None and issubclass(origin, Mapping):
        if name in {"before", "after"}:
            return SNAPSHOT
        return _mapping(shape_of(arguments[1], owner, name))
    if hint is Balances:
        return _balances()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Shape(_never, str, {"type": "string", "enum": [str(member) for member in hint]})
    if isinstance(hint, type) and issubclass(hint, tuple) and hasattr(hint, "_fields"):
        return _object(hint)
    if dataclasses.is_dataclass(origin or hint):
        return _object(hint)
    raise TypeError(f"{owner}.{name} has a type that does not travel: {hint}")


def _union(arguments: Sequence[Any], owner: str, name: str) -> Shape:
    """Give the shape of a value that may be null, or, in answers, of one of some types."""
    shapes = {kind: shape_of(kind, owner, name) for kind in arguments if kind is not NoneType}
    if len(shapes) == len(arguments):  # nothing is optional
        if {*shapes} <= {State, Outside}:
            return _PLAIN[Outside]
        return Shape(
            _never,
            lambda value: shapes[type(value)].write(value),
            {"anyOf": [shape.schema for shape in shapes.values()]},
        )
    one = next(iter(shapes.values())) if len(shapes) == 1 else _union([*shapes], owner, name)
    return Shape(
        lambda value, place: None if value is None else one.read(value, place),
        lambda value: None if value is None else one.write(value),
        {"anyOf": [one.schema, {"type": "null"}]},
    )


def _listed(one: Shape) -> Shape:
    def read(value: Any, place: str) -> tuple[Any, ...]:  # noqa: ANN401 - whatever JSON held
        if type(value) is not list:
            raise wrong(place, f"is {_kind(value)}, not a list")
        return tuple([one.read(part, f"{place}[{number}]") for number, part in enumerate(value)])

    return Shape(read, lambda value: [one.write(part) for part in value], {"type": "array", "items": one.schema})


def _fixed(parts: Sequence[Shape]) -> Shape:
    """Give the shape of a tuple of fixed length."""

    def read(value: Any, place: str) -> tuple[Any, ...]:  # noqa: ANN401 - whatever JSON held
        if type(value) is not list or len(value) != len(parts):
            raise wrong(place, f"is not a list of {len(parts)}")
        return tuple(
            part.read(told, f"{place}[{number}]") for number, (part, told) in enumerate(zip(parts, value, strict=True))
        )

    return Shape(
        read,
        lambda value: [part.write(told) for part, told in zip(parts, value, strict=True)],
        {
            "type": "array",
            "items": {"anyOf": [part.schema for part in parts]},
            "minItems": len(parts),
            "maxItems": len(parts),
        },
    )


def _mapping(one: Shape) -> Shape:
    def read(value: Any, place: str) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON held
        if type(value) is not dict:
            raise wrong(place, f"is {_kind(value)}, not an object")
        return {name: one.read(part, f"{place}.{ascii(name)[1:41]}") for name, part in value.items()}

    return Shape(
        read,
        lambda value: {str(name): one.write(part) for name, part in value.items()},
        {"type": "object", "additionalProperties": one.schema or True},
    )


def _pairs() -> Shape:
    """Give the shape of pairs of texts, as settings are: an object with text."""
    named = _mapping(_PLAIN[str])
    return Shape(lambda value, place: tuple(sorted(named.read(value, place).items())), dict, named.schema)


def _balances() -> Shape:
    fields = (*Balances._fields, "on_hand")

    def write(value: Balances | Sequence[int]) -> dict[str, str]:
        told = value if isinstance(value, Balances) else balances_of(value)
        written = dict(zip(Balances._fields, map(decimal_text, told), strict=True))
        written["on_hand"] = decimal_text(told.on_hand)
        return written

    schema = _object_schema({name: described(Balances, name, Decimal) for name in fields}, fields)
    return Shape(_never, write, {"title": "Balances", **schema})


_SECRETS = frozenset({"key_hash", "credential"})
"""What snapshots hold that is nobody's business outside."""


def write_snapshot(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """Write a snapshot: quantities and money, which the journal keeps in millionths, as plain decimals; no secrets."""
    return {name: value for name, value in plain_snapshot(snapshot).items() if name not in _SECRETS}


SNAPSHOT = Shape(_never, write_snapshot, {"type": "object", "additionalProperties": True})

_RENAMED = {"holding_id": "holding", "entity_id": "id", "source": "from", "target": "to"}
"""What a movement and a change call their parts outside."""
_TELLS_ENDS = {"Movement", "MovementLine", "Change", "ChangeLine", "ReservationLine"}


_DERIVED = {"Health": ("status",), "SiteMetrics": ("success_rate_24h",), "Variance": ("difference",)}
"""What answers compute of their fields, and tell as well."""


def described(owner: type, name: str, hint: Any) -> Schema:  # noqa: ANN401 - a type is no one type
    """Give the schema of a field with what it means."""
    owner_name = getattr(owner, "__name__", str(owner))
    return {**shape_of(hint, owner_name, name).schema, "description": field_of(owner_name, name).meaning}


def _object_schema(properties: Mapping[str, Schema], required: Sequence[str]) -> Schema:
    schema: Schema = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if required:
        schema["required"] = list(required)
    return schema


class _Part(NamedTuple):
    """One field of an object."""

    name: str
    outside: str
    shape: Shape
    schema: Schema
    required: bool


def hints_of(kind: Any) -> dict[str, Any]:  # noqa: ANN401 - a type is no one type
    """Give the types of the fields of a kind; those of a generic one filled in."""
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin)
    if get_args(kind):
        filled = dict(zip(origin.__parameters__, get_args(kind), strict=True))
        hints = {name: _filled(hint, filled) for name, hint in hints.items()}
    return hints


def _filled(hint: Any, filled: Mapping[Any, Any]) -> Any:  # noqa: ANN401 - a type is no one type
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(filled[parameter] for parameter in parameters)] if parameters else hint


def _parts_of(kind: Any, left_out: frozenset[str] = frozenset()) -> list[_Part]:  # noqa: ANN401 - a type is no one type
    origin = get_origin(kind) or kind
    hints = hints_of(kind)
    if dataclasses.is_dataclass(origin):
        needed = {
            field.name: field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
            for field in dataclasses.fields(origin)
        }
    else:
        needed = {name: name not in origin._field_defaults for name in origin._fields}
    renamed = _RENAMED if origin.__name__ in _TELLS_ENDS else {}
    for name in _DERIVED.get(origin.__name__, ()):
        hints[name] = get_type_hints(vars(origin)[name].fget)["return"]
        needed[name] = True
    return [
        _Part(
            name,
            renamed.get(name, name),
            shape_of(hints[name], origin.__name__, name),
            described(origin, name, hints[name]),
            required,
        )
        for name, required in needed.items()
        if name not in left_out
    ]


_BUILDING: set[Any] = set()
"""The kinds whose shape is being made; one that holds itself is looked up when it is read."""


def _object(kind: Any) -> Shape:  # noqa: ANN401 - a type is no one type
    if kind in _BUILDING:
        return Shape(
            lambda value, place: shape_of(kind).read(value, place),
            lambda value: shape_of(kind).write(value),
            {"type": "object"},
        )
    _BUILDING.add(kind)
    try:
        return _object_of(kind, _parts_of(kind))
    finally:
        _BUILDING.discard(kind)


def _object_of(kind: Any, parts: "Sequence[_Part]") -> Shape:  # noqa: ANN401 - a type is no one type
    """
    Give the shape of an object by its fields.

    A `place` is written flat, its codes beside the other members; `document_type` and `document_id` become one member
    `document`; a line of a trail has a member `what` that tells a movement from a change.
    """
    read = reader_of(kind, parts)
    flattened = [part for part in parts if part.name == "place"]
    plain = [(part.name, part.outside, part.shape.write) for part in parts if part.name != "place"]
    tag = {"MovementLine": "movement", "ChangeLine": "change"}.get(getattr(kind, "__name__", ""))
    document = any(part.name == "document_type" for part in parts)

    def write(value: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of the kind
        written: dict[str, Any] = {} if tag is None else {"what": tag}
        for name, outside, convert in plain:
            written[outside] = convert(getattr(value, name))
        for _ in flattened:
            written.update(value.place._asdict())
        if document:
            written["document"] = _document(written.pop("document_type"), written.pop("document_id"))
        return written

    properties = {part.outside: part.schema for part in parts if part.name != "place"}
    if flattened:
        properties |= {name: described(Place, name, hint) for name, hint in get_type_hints(Place).items()}
    if document:
        for name in ("document_type", "document_id"):
            del properties[name]
        properties["document"] = DOCUMENT
    if tag is not None:
        properties["what"] = {"type": "string", "const": tag, "description": "Which of the two it is."}
    written = [*properties]
    schema = {"title": getattr(get_origin(kind) or kind, "__name__", ""), **_object_schema(properties, written)}
    schema["required"] = [part.outside for part in parts if part.required] if _is_asked(kind) else written
    return Shape(read, write, schema)


def _is_asked(kind: Any) -> bool:  # noqa: ANN401 - a type is no one type
    """Tell whether a kind is something that callers write, such as a line; what answers hold is always whole."""
    module = getattr(kind, "__module__", "")
    return module.startswith("onhand.kernel") and module != "onhand.kernel.posting"


_TEXT: Schema = {"type": "string"}
DOCUMENT: Schema = {
    "anyOf": [
        {
            "title": "Document",
            **_object_schema(
                {
                    "type": {"anyOf": [_TEXT, {"type": "null"}], "description": "The type of the document."},
                    "id": {"anyOf": [_TEXT, {"type": "null"}], "description": "The id of the document."},
                },
                ("type", "id"),
            ),
        },
        {"type": "null"},
    ],
    "description": "The document behind it.",
}


def _document(document_type: str | None, document_id: str | None) -> dict[str, str | None] | None:
    return None if document_type is document_id is None else {"type": document_type, "id": document_id}


def reader_of(kind: Any, parts: Sequence[_Part]) -> Callable[[Any, str], Any]:  # noqa: ANN401 - a type is no one type
    """Give what reads an object: unknown members are refused, missing ones too."""
    members = {part.name: part.shape.read for part in parts}
    needed = [part.name for part in parts if part.required]

    def read(value: Any, place: str) -> Any:  # noqa: ANN401 - whatever JSON held
        if type(value) is not dict:
            raise wrong(place, f"is {_kind(value)}, not an object")
        told = {}
        for name, part in value.items():
            convert = members.get(name)
            if convert is None:
                raise wrong(place, f"has no field {ascii(name)[:40]}")
            told[name] = convert(part, f"{place}.{name}")
        for name in needed:
            if name not in told:
                raise wrong(place, f"needs {name}")
        return kind(**told)

    return read


_ABOUT = frozenset({"key", "actor"})
_TOLD_TOGETHER = frozenset({"document_type", "document_id"})


class CommandShape:
    """How a command travels: its fields, but for what the path, the headers and the key of the caller say."""

    def __init__(
        self,
        kind: type[Command],
        in_path: Sequence[str] = (),
        *,
        member: str | None = None,
        left_out: Sequence[str] = (),
    ) -> None:
        """
        Read a kind off its class.

        Args:
            kind: The command.
            in_path: The fields that the path tells.
            member: The field of which the body is the one line; then the body and the path tell that line's fields.
            left_out: The fields that nobody tells.
        """
        self.kind = kind
        self._member = member
        self._line = None if member is None else get_args(hints_of(kind)[member])[0]
        own = _parts_of(kind if self._line is None else self._line)
        if self._line is not None:
            own = [*own, *_parts_of(kind, frozenset(part for part in hints_of(kind) if part not in _TOLD_OF_ALL))]
        self._own = {part.name for part in _parts_of(self._line)} if self._line is not None else set()
        self._in_path = {part.name: part for part in own if part.name in in_path}
        hidden = {*_ABOUT, *_TOLD_TOGETHER, *in_path, *left_out, "version"}
        parts = [part for part in own if part.name not in hidden]
        self.has_version = any(part.name == "version" for part in own)
        self._members = {part.name: part.shape.read for part in parts}
        self._needed = [part.name for part in parts if part.required]
        document: Schema = {**DOCUMENT["anyOf"][0], "description": DOCUMENT["description"]}
        self.schema = _object_schema({**{part.name: part.schema for part in parts}, "document": document}, self._needed)
        self.path_schemas = {name: part.schema for name, part in self._in_path.items()}

    def read(self, body: Any, in_path: Mapping[str, str], about: Mapping[str, object]) -> Command:  # noqa: ANN401 - whatever JSON held
        """
        Read a command; raises Refused for what is not well formed.

        Args:
            body: The JSON object that came.
            in_path: What the path tells, as text.
            about: The fields that the service tells: key, actor, version and what the route fixes.
        """
        if type(body) is not dict:
            raise wrong("the body", f"is {_kind(body)}, not an object")
        told: dict[str, Any] = dict(about)
        members = self._members
        for name, value in body.items():
            convert = members.get(name)
            if convert is not None:
                told[name] = convert(value, name)
            elif name == "document":
                told["document_type"], told["document_id"] = _read_document(value)
            else:
                raise wrong("the body", f"has no field {ascii(name)[:40]}")
        for name in self._needed:
            if name not in told:
                raise wrong("the body", f"needs {name}")
        for name, part in self._in_path.items():
            told[name] = part.shape.read(typed(in_path[name], part.schema), name)
        if self._line is not None:
            line = {name: told.pop(name) for name in [*told] if name in self._own}
            told[str(self._member)] = (self._line(**line),)
        return self.kind(**told)


_TOLD_OF_ALL = frozenset({"reason", "occurred_at", "data"})


def _read_document(value: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever JSON held
    if type(value) is not dict or value.keys() != {"type", "id"}:
        raise wrong("document", "has type and id, and nothing else")
    return _text(value["type"], "document.type"), _text(value["id"], "document.id")


_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,18})", re.ASCII)


def typed(text: str, schema: Schema) -> object:
    """Read what a path or a query holds as the JSON value that it stands for."""
    kinds = {schema.get("type"), *(one.get("type") for one in schema.get("anyOf", ()))}
    if "integer" in kinds and "string" not in kinds and _WHOLE.fullmatch(text):
        return int(text)
    if "boolean" in kinds and text in {"true", "false"}:
        return text == "true"
    return text
