"""Imports point inward only, and a module's name says which room it is in."""

import ast
import sys
from pathlib import Path, PurePosixPath

import pytest

from tests.tidy.tree import PACKAGE, ROOT, python_files, spot

# What a room may import of ours. A room that is not listed here is an edge or the composition root.
INWARD = {
    "kernel": ("onhand.kernel",),
    "faults": (),
    "pauses": (),
    "config": ("onhand.faults",),
    "logs": (),
    "ledger": ("onhand.ledger", "onhand.cutting", "onhand.kernel", "onhand.faults"),
    "cutting": ("onhand.cutting", "onhand.kernel"),
    # The store knows the ledger's ports (of writing, of reading, of verifying) and the answers that they give.
    "store": (
        "onhand.store",
        "onhand.ledger.engine.ports",
        "onhand.ledger.core.wanted",
        *sorted(
            f"onhand.ledger.{path.parent.name}.{path.stem}"
            for pattern in ("*/*port.py", "*/answers.py")
            for path in (PACKAGE / "ledger").glob(pattern)
        ),
        "onhand.ledger.trust.verify",
        "onhand.kernel",
        "onhand.faults",
        "onhand.config",
    ),
    "delivery": ("onhand.delivery", "onhand.ledger", "onhand.kernel", "onhand.faults"),
    "credentials": ("onhand.credentials", "onhand.ledger", "onhand.kernel", "onhand.faults"),
}
EDGES = ("cli", "replay", "planning", "jobs", "api", "console")
EDGES_THAT_MEET = {("cli", "replay"), ("cli", "jobs"), ("cli", "planning"), ("api", "planning")}
MAY_COMPOSE = ("bootstrap", "cli", "")
# The rooms that may touch each library of the database.
DATABASE = {
    "psycopg": ("store", "embedded"),
    "psycopg_pool": ("store", "embedded"),
    "sqlalchemy": ("store",),
    "alembic": ("store",),
}
NAMES_WITHOUT_A_SUBJECT = {"utils", "util", "common", "helpers", "helper", "manager", "managers", "misc"}


def room_of(module: str) -> str:
    """The first name below onhand; empty for the package itself."""
    return module.split(".")[1] if "." in module else ""


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


def is_below(name: str, prefix: str) -> bool:
    """Whether the name is the prefix or stands within it."""
    return name == prefix or name.startswith(f"{prefix}.")


def objection(room: str, name: str) -> str | None:
    """Why a room may not import a name; nothing if it may."""
    target = room_of(name)
    library = name.partition(".")[0]
    if library != "onhand":
        if room == "kernel" and library not in sys.stdlib_module_names:
            return "the kernel knows the standard library only"
        if library in DATABASE and room not in DATABASE[library]:
            return f"only {' and '.join(DATABASE[library])} may touch {library}"
        return None
    if room in INWARD and not any(is_below(name, prefix) for prefix in INWARD[room]):
        return f"{room} may import only {', '.join(INWARD[room]) or 'nothing of ours'}"
    if room in EDGES and target in EDGES and room != target and (room, target) not in EDGES_THAT_MEET:
        return f"the edges {room} and {target} must not know each other"
    if target == "bootstrap" and room not in MAY_COMPOSE:
        return "only the command line and the package itself may call the composition root"
    return None


def wrong_imports(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """Each import of a module that points the wrong way."""
    package = module if is_package else module.rpartition(".")[0]
    findings = []
    for line, name in imported_names(source, package):
        why = objection(room_of(module), name)
        if why:
            findings.append(f"{module}:{line} imports {name}: {why}")
    return findings


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
        ("onhand.replay.run", "from onhand.cli import main"),
        ("onhand.replay.run", "from psycopg_pool import ConnectionPool"),
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
        ("onhand.cli.running.replay", "from onhand.replay import run\nfrom onhand.bootstrap import build"),
        ("onhand.bootstrap", "from onhand.store.engine import rows\nfrom onhand.embedded import launcher"),
        ("onhand", "from onhand.bootstrap import connect"),
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
