# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The types of what travels, read off the schemas of the description: names of Python, and typed dictionaries."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
"""A JSON schema; `Any` because it is a tree of plain values."""

_LINE_LENGTH_MAX = 120
_SPEAKING = ("About", "AsyncSpeaker", "Day", "Moment", "Page", "Quantity", "Speaker", "Versioned", "Write")
_TYPING = ("Any", "Literal", "NotRequired", "Required", "TypedDict", "Unpack")
_PLAIN = {"string": "str", "integer": "int", "boolean": "bool", "number": "float", "null": "None"}


class Asked(NamedTuple):
    """A field that is told: its type, what it means, and whether it has to be told."""

    hint: str
    meaning: str
    is_required: bool


@dataclass(slots=True)
class Shape:
    """A type that has a name: how it is written, and the nouns that use it."""

    text: str
    nouns: set[str] = field(default_factory=set)


class Shapes:
    """The named types that were met on the way."""

    def __init__(self, components: Mapping[str, Schema]) -> None:
        """Begin with what the description has under names of its own."""
        self._components = components
        self._shapes: dict[str, Shape] = {}
        self._noun = self._owner = ""
        self._is_asked = False

    @contextmanager
    def within(self, noun: str, owner: str) -> Iterator[None]:
        """Read for an operation; `owner` names what has no name."""
        self._noun, self._owner = noun, owner
        yield

    def asked(self, schema: Schema, meaning: str, *, is_required: bool) -> Asked:
        """Read a field that callers tell; what is not told need not be null."""
        self._is_asked = True
        return Asked(self._hint(_never_null(schema)), meaning, is_required)

    def members(self, body: Schema) -> Mapping[str, Asked]:
        """Read the fields of a body; of several bodies those of all, where what not all need is not needed."""
        kinds = body.get("anyOf", [body])
        found: dict[str, Asked] = {}
        for name in dict.fromkeys(name for kind in kinds for name in kind.get("properties", {})):
            schemas = [kind["properties"][name] for kind in kinds if name in kind["properties"]]
            values = [schema["const"] for schema in schemas if "const" in schema]
            schema = {"enum": values, "description": schemas[0]["description"]} if values else schemas[0]
            needed = all(name in kind.get("required", ()) for kind in kinds)
            found[name] = self.asked(schema, schema["description"], is_required=needed)
        return found

    def answered(self, schema: Schema) -> str:
        """Read what comes back."""
        self._is_asked = False
        return self._hint(schema, "Answer")

    def of(self, noun: str) -> Mapping[str, Shape]:
        """Give the shapes that a noun has for itself; those of several nouns are shared."""
        return {
            name: shape
            for name, shape in sorted(self._shapes.items())
            if (shape.nouns == {noun} if noun != "shared" else len(shape.nouns) > 1)
        }

    def module(self, noun: str, made: str) -> str:
        """Write the module of the shapes of a noun."""
        body = "\n\n\n".join(self._in_order(self.of(noun)))
        title = "What several nouns share" if noun == "shared" else f"What lines and answers of {noun} look like"
        return f'"""{title}.\n\n{made}\n"""\n\n{self.imports(body, own=noun)}\n\n\n{body}\n'

    def imports(self, body: str, *, own: str = "", speaking: bool = False) -> str:
        """Write the imports that a text needs."""
        words = _words(body)
        homes: dict[str, set[str]] = {}
        for name, shape in self._shapes.items():
            home = next(iter(shape.nouns)) if len(shape.nouns) == 1 else "shared"
            if name in words and (speaking or home != own):
                homes.setdefault(f"onhand.client.shapes.{home}", set()).add(name)
        ours = {**homes, "onhand.client.speaking": {*_SPEAKING} & words}
        theirs = {"collections.abc": {"Mapping", "Sequence"} & words, "typing": {*_TYPING} & words}
        blocks = [
            [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(block.items()) if names]
            for block in (theirs, ours)
        ]
        return "\n\n".join("\n".join(lines) for lines in blocks)

    @staticmethod
    def field(name: str, hint: str, meaning: str) -> list[str]:
        """Write a field with what it means: behind it, or above it where the line is too long."""
        return _with_comment(f"    {name}: {hint}", meaning)

    def _in_order(self, shapes: Mapping[str, Shape]) -> Iterator[str]:
        """Give what others are made of before them."""
        left = dict(shapes)
        while left:
            free = [name for name, shape in left.items() if not (_words(shape.text) & left.keys()) - {name}]
            if not free:
                raise ValueError(f"these are made of one another: {', '.join(left)}")
            yield from (left.pop(name).text for name in free)

    def _hint(self, schema: Schema, suffix: str = "") -> str:
        if "$ref" in schema:
            return self._hint(self._components[schema["$ref"].rpartition("/")[2]])
        if "const" in schema:
            return f"Literal[{_quoted(schema['const'])}]"
        if "enum" in schema:
            values = f"Literal[{', '.join(_quoted(one) for one in schema['enum'])}]"
            return self._named(schema["title"], f"{schema['title']} = {values}") if "title" in schema else values
        if "anyOf" in schema:
            return self._union(schema["anyOf"])
        if isinstance(schema.get("type"), list):
            return " | ".join(_PLAIN[kind] for kind in schema["type"])
        if schema.get("format") == "date-time":
            return "Moment" if self._is_asked else "str"
        if schema.get("format") == "date":
            return "Day" if self._is_asked else "str"
        if schema.get("type") == "array":
            return f"{'Sequence' if self._is_asked else 'list'}[{self._hint(schema['items'], 'Row')}]"
        if schema.get("type") == "object":
            return self._object(schema, suffix)
        return _PLAIN.get(str(schema.get("type")), "Any")

    def _union(self, kinds: list[Schema]) -> str:
        if [kind.get("type") for kind in kinds] == ["string", "integer"] and "pattern" in kinds[0]:
            return "Quantity" if self._is_asked else "str"
        hints = dict.fromkeys(self._hint(kind) for kind in kinds)
        return " | ".join(sorted(hints, key=lambda hint: hint == "None"))

    def _object(self, schema: Schema, suffix: str) -> str:
        properties = schema.get("properties")
        if properties is None or schema.get("additionalProperties") is True:
            inner = schema.get("additionalProperties")
            value = self._hint(inner) if isinstance(inner, dict) else "Any"
            return f"{'Mapping' if self._is_asked else 'dict'}[str, {value}]"
        if schema.get("title") == "Page":
            return f"Page[{self._hint(properties['rows']['items'])}]"
        name = schema.get("title") or f"{self._owner}{suffix}"
        text = self._dictionary(name, schema)
        known = self._shapes.get(name)
        if known is not None and known.text != text:
            name = f"{self._owner}{name}"
            text = self._dictionary(name, schema)
        return self._named(name, text)

    def _named(self, name: str, text: str) -> str:
        self._shapes.setdefault(name, Shape(text)).nouns.add(self._noun)
        return name

    def _dictionary(self, name: str, schema: Schema) -> str:
        """Write an object as a typed dictionary; one with a field that is a word of Python has to be a call."""
        fields = []
        for member, inner in schema["properties"].items():
            needed = member in schema.get("required", ())
            told = inner if needed or not self._is_asked else _never_null(inner)
            hint = self._hint(told, member.capitalize())
            fields.append((member, hint if needed else f"NotRequired[{hint}]", inner.get("description", "")))
        if any(iskeyword(member) for member, _, _ in fields):
            written = [_with_comment(f'        "{member}": {hint},', meaning) for member, hint, meaning in fields]
            lines = [line for one in written for line in one]
            return "\n".join([f"{name} = TypedDict(", f'    "{name}",', "    {", *lines, "    },", ")"])
        lines = [line for one in fields for line in self.field(*one)]
        return "\n".join([f"class {name}(TypedDict):", f'    """{_said(name)}"""', "", *lines])


def _with_comment(line: str, meaning: str) -> list[str]:
    """Write what a line means behind it, or above it where it would be too long."""
    if len(line) + len(meaning) + 4 <= _LINE_LENGTH_MAX:
        return [f"{line}  # {meaning}"]
    indent = line[: len(line) - len(line.lstrip())]
    width = _LINE_LENGTH_MAX - len(indent) - 2
    return [*(f"{indent}# {part}" for part in textwrap.wrap(meaning, width)), line]


def _words(text: str) -> set[str]:
    """Find the words of a text of Python, but for those of comments and docstrings."""
    return set(re.findall(r"[A-Za-z_]+", re.sub(r"#.*|\"\"\"(?s:.*?)\"\"\"", "", text)))


def _never_null(schema: Schema) -> Schema:
    """Leave null out, which means the same as a field that is not told."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    if not kinds or len(kinds) == len(schema["anyOf"]):
        return schema
    return kinds[0] if len(kinds) == 1 else {**schema, "anyOf": kinds}


def _quoted(value: object) -> str:
    return json.dumps(value)


def _said(name: str) -> str:
    """Say a name of several words as words."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name).lower()
    return f"{words.capitalize()}."
