"""The SQL of the store: named statements, read from the files beside the modules that send them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import LiteralString, NamedTuple

from onhand.store.engine.entity_tables import entity_statements
from onhand.store.lots.listing import lot_statements

_STORE = Path(__file__).parents[1]
_MIGRATIONS = _STORE / "migrations"
_TEMPLATE = ".template.sql"
"""Files of this name are filled in: for each kind of entity, or for each order of a list."""

_HEADER = re.compile(r"^-- (\w+) --$", re.MULTILINE)
_PLAN = re.compile(r"^-- plan:    (kept|renewed)$", re.MULTILINE)
_PARAMETER = re.compile(r"%\((\w+)\)s")


class Statement(NamedTuple):
    """
    A statement as it is sent: parameters numbered, and their names in that order.

    `text` is the same with parameters by name, as the driver takes it. `keeps_plan` and `renews_plan` let the server
    keep its plan (a prepared statement): for ever, since it reads no table that grows, or until the org has doubled.
    """

    sql: bytes
    names: tuple[str, ...]
    text: LiteralString
    keeps_plan: bool = False
    renews_plan: bool = False


Statements = Mapping[str, Statement]


@cache
def load_statements() -> Statements:
    """Read all statements; a name that stands twice is a defect of the package."""
    found: dict[str, Statement] = {}
    for path, whole in statement_files():
        parts = _HEADER.split(whole)
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if name in found:
                raise LookupError(f"the statement {name} stands twice, the second time in {path.name}")
            found[name] = statement_of(text)
    return found


def statement_files() -> Iterator[tuple[Path, str]]:
    """Give each file of statements with its text; those on entities once for each kind."""
    for path in sorted(_STORE.rglob("*.sql")):
        if _MIGRATIONS not in path.parents and not path.name.endswith(_TEMPLATE):
            yield path, path.read_text(encoding="utf-8")
    yield from entity_statements()
    yield from lot_statements()


def statement_of(text: str) -> Statement:
    """Make a statement of its text, comments left out."""
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    names = tuple(dict.fromkeys(_PARAMETER.findall(bare)))
    numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
    sql = _PARAMETER.sub(lambda match: numbers[match[1]], bare).encode()
    plans = set(_PLAN.findall(text))
    return Statement(sql, names, bare, keeps_plan="kept" in plans, renews_plan="renewed" in plans)
