"""No class and no type has the name of another: whoever reads a name knows which thing is meant."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping

from tests.tidy.tree import PACKAGE, python_files

APART: Mapping[str, str] = {
    "client": "a program that may not import the ledger, and has its words for the JSON of its own",
    "ledger/lines.py": "lines as programs write them, by the names of the commands' lines that they become",
}
"""Rooms, and a file, whose names are compared among themselves only, and why."""
MADE = ("client/shapes", "client/verbs")
"""Written by `make docs` from the description, whose names are the ledger's."""


def types_of(tree: ast.Module) -> Iterator[str]:
    """Each public class and type of a module; an option of the command line and a type variable are none."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ) if name[0].isupper() and not name.isupper():
                if not ast.unparse(value).startswith(("TypeVar(", "ParamSpec(", "Annotated[")):
                    yield name


def twice(sources: Mapping[str, str]) -> dict[str, list[str]]:
    """The names that stand for two things, with their files."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file, text in sources.items():
        room = file if file in APART else file.split("/")[0]
        for name in types_of(ast.parse(text)):
            if not name.startswith("_"):
                found[room if room in APART else "", name].append(file)
    return {name: files for (_, name), files in found.items() if len(files) > 1}


def sources() -> dict[str, str]:
    """The text of each file of the package that is written by hand."""
    named = {str(file.relative_to(PACKAGE)): file for file in python_files("src/onhand")}
    return {name: file.read_text() for name, file in named.items() if not name.startswith(MADE)}


def test_no_name_stands_for_two_things() -> None:
    """Each public class or type name is defined once."""
    assert not twice(sources())


def test_a_name_for_two_things_is_found() -> None:
    """Control: classes and aliases of types are seen; options, type variables and private ones are not."""
    shop = {"a.py": "class Order: ...\nSeen = int | str\n_Row = int\nRow = TypeVar('Row')\nSku = Annotated[str, 1]\n"}
    more = {"b.py": "class Order: ...\nSeen: type = bool\n_Row = str\nclass Row: ...\nclass Sku: ...\n"}

    assert twice(shop | more) == {"Order": ["a.py", "b.py"], "Seen": ["a.py", "b.py"]}
    assert not twice({"client/a.py": shop["a.py"], "b.py": shop["a.py"]})
    assert twice({"client/a.py": shop["a.py"], "client/b.py": shop["a.py"]})
