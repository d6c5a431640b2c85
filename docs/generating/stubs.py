# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""
Stubs: what editors and type checkers know of the package itself, and of the ledger without `await`.

What is exported is loaded when it is first asked for, and the methods of `connect_sync()` are made as they are called;
so neither stands in a module where a type could be read off it.
"""

import ast
import builtins
import inspect
import sys
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path

from onhand.exports import PLACES
from onhand.ledger.surface import Method, methods, namespaces

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "onhand"
_NOTE = "# Made by `make docs` from {source}; edit there, not here.\n"
_EVERY = (
    """    def every(self, question: Callable[..., Page[Row]], *codes: str, **asked: object) -> Iterator[Row]: ..."""
)


def stubs() -> Mapping[Path, str]:
    """Give the text of each stub by its file."""
    return {PACKAGE / "__init__.pyi": _package(), PACKAGE / "ledger" / "sync_stock.pyi": _sync()}


def write_stubs() -> None:
    """Write the stubs."""
    for path, text in stubs().items():
        path.write_text(text, encoding="utf-8")


def _package() -> str:
    imports = "".join(
        f"from {module} import (\n" + "".join(f"    {name} as {name},\n" for name in sorted(names)) + ")\n"
        for module, names in sorted(PLACES.items())
    )
    every = "".join(f'    "{name}",\n' for name in sorted(name for names in PLACES.values() for name in names))
    return f"{_NOTE.format(source='src/onhand/exports.py')}{imports}\n__all__ = [\n{every}]\n"


def _sync() -> str:
    names = _Names()
    families = [_family(family, kind, names) for family, kind in namespaces().items() if family]
    stock = _family("", namespaces()[""], names)
    held = "".join(f"    {family}: Sync{kind.__name__}\n" for family, kind in namespaces().items() if family)
    head = (
        "import builtins\nfrom collections.abc import Callable, Iterator\nfrom types import TracebackType\n"
        "from typing import Self, TypeVar\n\n" + names.imports() + '\nRow = TypeVar("Row")\n'
    )
    return (
        _NOTE.format(source="the verbs and questions of the ledger")
        + head
        + "".join(families)
        + stock.replace(":\n", ":\n" + held, 1)
        + "    @property\n    def org_id(self) -> int: ...\n"
        + "    def __enter__(self) -> Self: ...\n"
        + "    def __exit__(\n        self, kind: type[BaseException] | None, error: BaseException | None, "
        "traceback: TracebackType | None\n    ) -> None: ...\n"
    )


def _family(family: str, kind: type, names: "_Names") -> str:
    mine = [method for name, method in methods().items() if name.rpartition(".")[0] == family]
    body = "\n".join(_EVERY if method.__name__ == "every" else names.method(method) for method in mine)
    return f"\nclass Sync{kind.__name__}:\n{body}\n"


class _Names:
    """Writes signatures, and remembers from where the names in them come."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {"Page": "onhand.ledger.core.answers"}

    def method(self, method: Method) -> str:
        """Write the signature of a method without `await`."""
        plain = inspect.unwrap(method)
        (node,) = ast.parse(textwrap.dedent(inspect.getsource(plain))).body
        if not isinstance(node, ast.AsyncFunctionDef):
            raise TypeError(f"{plain.__qualname__} is not asynchronous")
        module = sys.modules[plain.__module__]
        known = _imported(ast.parse(inspect.getsource(module)))
        for annotation in _annotations(node):
            for name in ast.walk(annotation):
                if isinstance(name, ast.Name):
                    name.id = self._told(name.id, known.get(name.id, module.__name__))
        node.args.defaults = [_default(default) for default in node.args.defaults]
        node.args.kw_defaults = [None if one is None else _default(one) for one in node.args.kw_defaults]
        returns = "None" if node.returns is None else ast.unparse(node.returns)
        return f"    def {node.name}({ast.unparse(node.args)}) -> {returns}: ..."

    def imports(self) -> str:
        """Write the imports of all names that were written."""
        modules: dict[str, list[str]] = {}
        for name, place in sorted(self._places.items()):
            modules.setdefault(place, []).append(name)
        return "".join(f"from {place} import {', '.join(names)}\n" for place, names in sorted(modules.items()))

    def _told(self, name: str, module: str) -> str:
        if hasattr(builtins, name):
            return f"builtins.{name}" if name == "list" else name  # a family has a method of that name
        if self._places.setdefault(name, module) != module:
            raise LookupError(f"{name} is of {module} and of {self._places[name]}")
        return name


def _imported(tree: ast.Module) -> dict[str, str]:
    """Give from where a module has the names that it imports."""
    return {
        alias.asname or alias.name: str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _annotations(node: ast.AsyncFunctionDef) -> Iterator[ast.expr]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    yield from (one.annotation for one in every if one is not None and one.annotation is not None)
    if isinstance(node.returns, ast.Constant) and isinstance(node.returns.value, str):
        node.returns = ast.parse(node.returns.value, mode="eval").body  # a class that stands further down
    if node.returns is not None:
        yield node.returns


def _default(default: ast.expr) -> ast.expr:
    """Keep a default that is a plain value; any other is there, and no more."""
    return default if isinstance(default, ast.Constant) else ast.Constant(value=...)
