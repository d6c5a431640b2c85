# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the library: what is opened, what it can do, and what it answers, as the source has it."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from itertools import pairwise
from types import ModuleType
from typing import Any, get_args, get_type_hints

import onhand.bootstrap
import onhand.ledger.reading_lines
from docs.generating.markdown import code, docstring, page, signature, table, text_of
from onhand.bootstrap import connect, connect_sync
from onhand.faults import Fault
from onhand.kernel.entities import ENTITIES
from onhand.kernel.refusals import Refused
from onhand.kernel.states import ON_HAND, Outside, State
from onhand.kernel.stock.define import LocationLine, ProductLine, SiteLine
from onhand.ledger.engine.acting import About
from onhand.ledger.lines import Cutting, ItemLine, Line, Made, SaleLine, Sold
from onhand.ledger.stock import Stock
from onhand.ledger.surface import Method, methods, namespaces

Function = ast.FunctionDef | ast.AsyncFunctionDef
_INPUTS = (Line, SaleLine, SiteLine, LocationLine, ProductLine, ItemLine, Sold, Made, Cutting)


def library_page() -> str:
    """Write the page of the library."""
    intro = (
        "Everything that a program needs is in the package `onhand`. Quantities go in as whole units (`6`), or as "
        'plain decimals in text or `Decimal` (`"2.5"`), never as floats; they come out as integers in millionths. '
        "Times are aware."
    )
    return page(
        "The library",
        "src/onhand/ledger and src/onhand/kernel",
        intro,
        "## Open a ledger",
        _opening(),
        "## What every verb can be told",
        docstring(About),
        _fields(About),
        *(part for family in namespaces() for part in _family(family)),
        "## Lines",
        f"A line of a command is one of: {_value(onhand.ledger.reading_lines, 'LineLike')}",
        *(_shape(kind) for kind in _INPUTS),
        "## Answers",
        "What verbs and questions give, and what that is made of.",
        *(_shape(kind) for kind in answers()),
        "## Words",
        _words(),
        "## Refusals and faults",
        *(f"### {kind.__name__}\n\n{docstring(kind)}" for kind in (Refused, Fault)),
        "All [refusals](refusals.md) and all [faults](faults.md) have a page.",
    )


def _family(family: str) -> list[str]:
    """Describe the verbs and questions of a family, or those of the ledger itself."""
    kind = namespaces()[family]
    mine = {name: method for name, method in methods().items() if name.rpartition(".")[0] == family}
    return [f"## stock.{family}" if family else "## stock", docstring(kind), *(_method(*one) for one in mine.items())]


def _opening() -> str:
    started = next(function for function in _functions(connect) if function.name == "__init__")
    started.returns = None
    synchronous = _functions(onhand.bootstrap, "connect_sync")[0]
    return "\n\n".join(
        [
            "### connect",
            signature("connect", started),
            docstring(connect),
            "### connect_sync",
            signature("connect_sync", synchronous),
            docstring(connect_sync),
        ]
    )


@cache
def answers() -> tuple[type, ...]:
    """Give every class of ours that an answer of the library is, or is made of, in the order of their names."""
    found: dict[str, type] = {}
    for method in methods().values():
        _collect(get_type_hints(method).get("return"), found)
    return tuple(found[name] for name in sorted(found))


def _collect(hint: Any, found: dict[str, type]) -> None:  # noqa: ANN401 - a type is no one type
    """Add the classes that a type is made of, with those of their fields and properties."""
    for part in get_args(hint):
        _collect(part, found)
    kind = getattr(hint, "__origin__", hint)
    if not isinstance(kind, type) or not kind.__module__.startswith("onhand.") or kind in _HANDLED:
        return
    if kind.__name__ in found:
        if found[kind.__name__] is not kind:
            raise LookupError(f"two answers are called {kind.__name__}")
        return
    found[kind.__name__] = kind
    for part in _hints(kind).values():
        _collect(part, found)


_HANDLED = frozenset({Refused, Fault, Stock})
"""Described elsewhere on the page."""


def _hints(kind: type) -> Mapping[str, Any]:
    if issubclass(kind, Enum):
        return {}
    properties = {
        name: get_type_hints(value.fget).get("return")
        for name, value in inspect.getmembers(kind, lambda one: isinstance(one, property))
        if not name.startswith("_")
    }
    return {**get_type_hints(kind), **properties}


def _method(name: str, method: Method) -> str:
    (function,) = _functions(method)
    told = text_of(inspect.cleandoc(ast.get_docstring(function) or ""))
    return f"### {name}\n\n{signature(name, function)}\n\n{told}"


def _functions(owner: Any, name: str | None = None) -> list[Function]:  # noqa: ANN401 - whatever has a source
    """Give the functions that a module or a class holds, or a function itself, as the source has them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    (first, *_) = tree.body
    body: Iterable[ast.stmt] = first.body if isinstance(owner, type) and isinstance(first, ast.ClassDef) else tree.body
    return [
        node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and name in {None, node.name}
    ]


def _shape(kind: type) -> str:
    """Describe a class of plain fields."""
    bases = [
        base.__name__ for base in kind.__bases__ if base.__module__.startswith("onhand") and base.__name__[0] != "_"
    ]
    more = [f"With all fields of {' and '.join(f'`{base}`' for base in bases)}."] if bases else []
    told = docstring(kind)
    if issubclass(kind, Enum):
        return f"### {kind.__name__}\n\n{told}\n\n{', '.join(code(member.name.lower()) for member in kind)}."
    return "\n\n".join(part for part in [f"### {kind.__name__}", told, *more, _fields(kind), _properties(kind)] if part)


def _fields(kind: type) -> str:
    (node,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    body = node.body if isinstance(node, ast.ClassDef) else []
    fields = [field for field in body if isinstance(field, ast.AnnAssign)]
    rows = [
        (
            code(ast.unparse(field.target)),
            code(ast.unparse(field.annotation)),
            "" if field.value is None else code(ast.unparse(field.value)),
        )
        for field in fields
    ]
    return table(["field", "type", "default"], rows) if rows else ""


def _properties(kind: type) -> str:
    lines = [
        f"- `{function.name}{'' if _is_property(function) else '(...)'}`: {_first(function)}"
        for function in _functions(kind)
        if not function.name.startswith("_")
    ]
    return "\n".join(lines)


def _is_property(function: Function) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "property" for node in function.decorator_list)


def _first(function: Function) -> str:
    return (ast.get_docstring(function) or "").strip().splitlines()[0]


def _value(module: ModuleType, name: str) -> str:
    """Give the text of a string that follows an assignment in a module."""
    body = ast.parse(inspect.getsource(module)).body
    for node, after in pairwise(body):
        if isinstance(node, ast.Assign | ast.AnnAssign) and name in ast.unparse(node).split(" ")[0]:
            text = ast.literal_eval(after.value) if isinstance(after, ast.Expr) else ""
            return str(text).split(": ", 1)[1].rstrip(".")
    raise LookupError(name)


def _words() -> str:
    states = ", ".join(code(state.name.lower()) for state in State)
    on_hand = ", ".join(code(state.name.lower()) for state in ON_HAND)
    outside = ", ".join(code(end.name.lower()) for end in Outside)
    kinds = ", ".join(code(kind) for kind in ENTITIES)
    return (
        f"The states of a holding are {states}; on hand are {on_hand}. A movement also begins "
        f"or ends outside: {outside}. The kinds of entities are {kinds}."
    )
