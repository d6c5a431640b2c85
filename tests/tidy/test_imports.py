"""Imports point inward only, and a module's name says which room it is in."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import pytest

from tests.tidy.rooms import MAY_KNOW_ALL, NEIGHBOURS, ROOMS
from tests.tidy.tree import PACKAGE, ROOT, python_files, spot

# The rooms that may touch each library of the database.
DATABASE = {
    "psycopg": ("store", "embedded"),
    "psycopg_pool": ("store", "embedded"),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
}
NAMES_WITHOUT_A_SUBJECT = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc"}


def room_of(module: str) -> str:
    """The first name below onhand; the package itself is a room, too."""
    return module.split(".")[1] if "." in module else module


def module_of(path: Path) -> str:
    """The dotted name of a file of the package."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(source: str, package: str) -> list[tuple[int, str]]:
    """The line and the full dotted name of each import, wherever in the module it stands."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return names


def is_below(name: str, allowed: str) -> bool:
    """Whether a name is what a row allows or stands within it; the package itself stands for nothing below it."""
    if "onhand" in {name, allowed}:
        return name == allowed
    wanted = allowed.split(".")
    parts = name.split(".")[1:]
    return len(parts) >= len(wanted) and all(map(fnmatchcase, parts, wanted))


def objection(room: str, name: str) -> str | None:
    """Why a room may not import a name; nothing if it may."""
    library = name.partition(".")[0]
    if library != "onhand":
        if room == "kernel" and library not in sys.stdlib_module_names:
            return "the kernel knows the standard library only"
        if library in DATABASE and room not in DATABASE[library]:
            return f"only {' and '.join(DATABASE[library])} may touch {library}"
        return None
    if room not in ROOMS:
        return f"{room} has no row in tests/tidy/rooms.py"
    if room_of(name) == room or any(is_below(name, allowed) for allowed in ROOMS[room].may_import):
        return None
    return f"{room} may import only {', '.join(ROOMS[room].may_import) or 'nothing of ours'}"


def wrong_imports(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Each import of a module that points the wrong way."""
    package = module if is_package else module.rpartition(".")[0]
    findings = []
    for line, name in imported_names(source, package):
        why = objection(room_of(module), name)
        if why:
            findings.append(f"{module}:{line} imports {name}: {why}")
    return findings


def imports_of_ours() -> Iterator[tuple[str, str]]:
    """Each module of the package with each name of ours that it imports."""
    for path in python_files("src/onhand"):
        module = module_of(path)
        package = module if path.stem == "__init__" else module.rpartition(".")[0]
        for _, name in imported_names(path.read_text(encoding="utf-8"), package):
            if name.partition(".")[0] == "onhand":
                yield module, name


def folder_of(module: str) -> tuple[str, str]:
    """The layer of a module, and its folder there; empty for what stands beside the folders."""
    _, layer, folder, *_ = [*module.split("."), "", ""]
    return layer, folder if PACKAGE.joinpath(layer, folder).is_dir() else ""


def neighbours() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Which folders each folder imports within its own layer."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for module, name in imports_of_ours():
        (layer, own), (other_layer, other) = folder_of(module), folder_of(name)
        if layer == other_layer and own and other and own != other and (layer, own) not in MAY_KNOW_ALL:
            found[layer][own].add(other)
    return {
        layer: {own: tuple(sorted(others)) for own, others in sorted(folders.items())}
        for layer, folders in found.items()
    }


def names_without_a_subject(path: PurePosixPath) -> set[str]:
    """The parts of a path that name no subject."""
    return {*path.parent.parts, path.stem} & NAMES_WITHOUT_A_SUBJECT


def test_imports_point_inward() -> None:
    """No module of onhand imports a room that lies further out than its own."""
    findings = [
        finding
        for path in python_files("src")
        for finding in wrong_imports(
            path.read_text(encoding="utf-8"), module_of(path), is_package=path.stem == "__init__"
        )
    ]

    assert PACKAGE.is_dir()
    assert not findings, "\n".join(findings)


def test_no_row_allows_what_nobody_needs() -> None:
    """The table says what is, not what once was: each import that a row allows is made somewhere in its room."""
    made = [*imports_of_ours()]
    idle = [
        f"{room}: {allowed}"
        for room, row in ROOMS.items()
        for allowed in row.may_import
        if not any(room_of(module) == room and is_below(name, allowed) for module, name in made)
    ]

    assert not idle, "\n".join(idle)


def test_folders_know_those_neighbours_that_the_table_names() -> None:
    """Within a layer a folder imports just the folders that the table names; a new tie is written down with its row."""
    assert neighbours() == NEIGHBOURS


def test_each_module_names_its_subject() -> None:
    """No module or folder is called by a name that says nothing of its subject."""
    findings = [
        spot(path)
        for path in python_files("src", "tests", "bench")
        if names_without_a_subject(PurePosixPath(path.relative_to(ROOT).as_posix()))
    ]

    assert not findings, "\n".join(findings)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onhand.kernel.book", "import psycopg"),
        ("onhand.kernel.book", "import structlog"),
        ("onhand.kernel.book", "from onhand.ledger.engine import ports"),
        ("onhand.kernel.stock.sell", "from ...ledger.engine import ports"),
        ("onhand.kernel.stock.sell", "from onhand import Refused"),
        ("onhand.kernel.book", "def late() -> None:\n    import onhand.faults"),
        ("onhand.ledger.engine.batcher", "from onhand.store.engine import rows"),
        ("onhand.ledger.engine.batcher", "import onhand.config"),
        ("onhand.ledger.engine.batcher", "from psycopg.rows import tuple_row"),
        ("onhand.store.engine.rows", "from onhand.ledger.engine.batcher import Batcher"),
        ("onhand.store.engine.rows", "from onhand.ledger import Stock"),
        ("onhand.store.engine.rows", "from onhand.bootstrap import build"),
        ("onhand.embedded.launcher", "from onhand import bootstrap"),
        ("onhand.faults", "from onhand.kernel import refusals"),
        ("onhand.config", "from onhand.store.engine import rows"),
        ("onhand.api.app", "from onhand.console import pages"),
        ("onhand.planning.holdout", "from onhand.cli import main"),
        ("onhand.planning.holdout", "from psycopg_pool import ConnectionPool"),
        ("onhand.client.till", "from onhand.ledger.stock import Stock"),
        ("onhand.embedded.server", "from onhand.config import Config"),
        ("onhand.jobs.tasks", "from onhand.api.routes import postings"),
        ("onhand.cutting.plans", "from onhand.ledger.reading_lines import lines_of"),
        ("onhand.store.lots.reading", "from onhand.ledger.lots.verbs import Lots"),
        ("onhand.cli.running.db", "from onhand.store.engine import rows"),
        ("onhand.api.app", "import onhand"),
        ("onhand.nowhere.room", "from onhand.kernel import book"),
    ],
)
def test_an_import_that_points_outward_is_found(module: str, source: str) -> None:
    """Control: the walk goes red on each kind of wrong import."""
    assert wrong_imports(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("onhand.kernel.stock.sell", "from ..book import Draft\nimport dataclasses"),
        ("onhand.ledger.engine.execute", "from onhand.kernel import book\nfrom onhand.faults import Fault"),
        (
            "onhand.store.engine.rows",
            "import psycopg\nfrom onhand.ledger.engine.ports import Rows\nfrom onhand.ledger.engine import ports",
        ),
        ("onhand.cli.running.demo", "from onhand.demo import story\nfrom onhand.bootstrap import build"),
        ("onhand.bootstrap", "from onhand.store.engine import rows\nfrom onhand.embedded import launcher"),
        ("onhand.store.lots.reading", "from onhand.ledger.lots.port import LotAnswer"),
        ("onhand.cli.running.bench", "import onhand"),
        ("onhand", "from onhand.exports import PLACES"),
    ],
)
def test_an_import_that_points_inward_passes(module: str, source: str) -> None:
    """Control: the walk does not object to what the layout allows."""
    assert not wrong_imports(source, module, is_package=module == "onhand")


def test_a_relative_import_of_a_package_counts_from_itself() -> None:
    """Control: in an __init__.py one dot means the package, in a module the folder that holds it."""
    assert imported_names("from .batcher import Batcher", "onhand.ledger.engine") == [
        (1, "onhand.ledger.engine.batcher.Batcher")
    ]
    assert imported_names("from ...faults import Fault", "onhand.ledger.engine") == [(1, "onhand.faults.Fault")]


@pytest.mark.parametrize("path", ["src/onhand/store/utils.py", "src/onhand/common/rows.py", "tests/helpers.py"])
def test_a_name_without_a_subject_is_found(path: str) -> None:
    """Control: such a name is found, be it a file or a folder."""
    assert names_without_a_subject(PurePosixPath(path))
