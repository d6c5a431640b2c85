# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the library: what is opened, what it can do, and what it answers, as the source has it."""

import ast
import inspect
import textwrap
from itertools import pairwise
from types import ModuleType

import onhand.bootstrap
import onhand.ledger.core.answers
import onhand.ledger.core.verbs
import onhand.ledger.reading_lines
import onhand.ledger.stock
from docs.generating.markdown import code, docstring, page, signature, table, text_of
from onhand.bootstrap import connect, connect_sync
from onhand.faults import Fault
from onhand.kernel.command import Line
from onhand.kernel.entities import ENTITIES
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.states import ON_HAND, Outside, State
from onhand.kernel.stock.define import ItemLine, LocationLine, ProductLine, SiteLine
from onhand.ledger.asking import Asking
from onhand.ledger.core.questions import Queries
from onhand.ledger.core.verbs import Verbs
from onhand.ledger.engine.acting import About, Acting
from onhand.ledger.stock import Stock

Function = ast.FunctionDef | ast.AsyncFunctionDef


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
        "## Verbs",
        docstring(Acting),
        *(_method(function) for function in (*_methods(Acting), *_methods(Verbs))),
        *(_method(function) for function in _methods(Stock) if function.name != "close"),
        "## Questions",
        docstring(Asking),
        *(_method(function) for function in _methods(Queries)),
        *(part for family in _families() for part in _family(family)),
        "## Lines",
        f"A line of a command is one of: {_value(onhand.ledger.reading_lines, 'LineLike')}.",
        _shape(Line),
        *(_shape(kind) for kind in (SiteLine, LocationLine, ProductLine, ItemLine)),
        "## Postings",
        *(_shape(kind) for kind in (Posting, Movement, Change, Place)),
        _words(),
        "## Answers",
        *(_shape(kind) for kind in _classes(onhand.ledger.core.answers)),
        "## Refusals and faults",
        *(f"### {kind.__name__}\n\n{docstring(kind)}" for kind in (Refused, Fault)),
        "All [refusals](refusals.md) and all [faults](faults.md) have a page.",
    )


def _families() -> list[type]:
    """The families of verbs and questions that an open ledger has beside those of the core."""
    return [kind for kind in Stock.__bases__ if kind not in {Verbs, Queries}]


def _family(kind: type) -> list[str]:
    return [f"## {kind.__name__}", docstring(kind), *(_method(function) for function in _methods(kind))]


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
            *(_method(function) for function in _methods(Stock) if function.name == "close"),
        ]
    )


def _functions(owner: type | ModuleType, name: str | None = None) -> list[Function]:
    tree = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    body = tree.body if isinstance(owner, ModuleType) else _body(tree)
    return [
        node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and name in {None, node.name}
    ]


def _body(tree: ast.Module) -> list[ast.stmt]:
    (node,) = tree.body
    return node.body if isinstance(node, ast.ClassDef) else []


def _methods(kind: type) -> list[Function]:
    return [function for function in _functions(kind) if not function.name.startswith("_")]


def _method(function: Function) -> str:
    told = text_of(inspect.cleandoc(ast.get_docstring(function) or ""))
    return f"### {function.name}\n\n{signature(function.name, function)}\n\n{told}"


def _classes(module: ModuleType) -> list[type]:
    return [value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__]


def _shape(kind: type) -> str:
    """Describe a class of plain fields."""
    bases = [base.__name__ for base in kind.__bases__ if base.__module__.startswith("onhand")]
    more = [f"With all fields of {' and '.join(f'`{base}`' for base in bases)}."] if bases else []
    told = docstring(kind)
    return "\n\n".join(part for part in [f"### {kind.__name__}", told, *more, _fields(kind), _properties(kind)] if part)


def _fields(kind: type) -> str:
    fields = [
        node for node in _body(ast.parse(textwrap.dedent(inspect.getsource(kind)))) if isinstance(node, ast.AnnAssign)
    ]
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
        for function in _methods(kind)
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
        f"### States and kinds\n\nThe states of a holding are {states}; on hand are {on_hand}. A movement also begins "
        f"or ends outside: {outside}. The kinds of entities are {kinds}."
    )
