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

_COLUMNS = "columns.sql"
"""Files of this name hold what statements share."""

_HEADER = re.compile(r"^-- (\w+) --$", re.MULTILINE)
_SHARED = re.compile(r"\$\{(\w+)(?: (\w+))?\}")
_EACH = re.compile(r"^-- each:    (\w+) = ([\w|]+)\n", re.MULTILINE)
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
    shared = _shared_columns()
    for path in sorted(_STORE.rglob("*.sql")):
        if _MIGRATIONS not in path.parents and path.name != _COLUMNS and not path.name.endswith(_TEMPLATE):
            yield path, _for_each(with_shared(path.read_text(encoding="utf-8"), shared))
    yield from entity_statements()
    yield from ((path, with_shared(text, shared)) for path, text in lot_statements())


def with_shared(text: str, shared: Mapping[str, str]) -> str:
    """
    Put what statements share where they name it, as ${balances} or ${balances page}.

    The word behind the name stands for `it`. Lines are indented as the first one. Other names are left as they are.
    """

    def fill(match: re.Match[str]) -> str:
        name, table = match.groups()
        if name not in shared:
            return match[0]
        indent = " " * (match.start() - text.rfind("\n", 0, match.start()) - 1)
        found = with_shared(shared[name], shared)
        return (found if table is None else re.sub(r"\bit\.", f"{table}.", found)).replace("\n", f"\n{indent}")

    return _SHARED.sub(fill, text)


def _shared_columns() -> Mapping[str, str]:
    """Read what statements share, by name; where a name stands twice, it is a defect of the package."""
    shared: dict[str, str] = {}
    for path in sorted(_STORE.rglob(_COLUMNS)):
        parts = _HEADER.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            if name in shared:
                raise LookupError(f"{name} is shared twice, the second time in {path}")
            shared[name] = _bare(text)
    return shared


def _for_each(text: str) -> str:
    """
    Write a statement once for each word that its header lists, as in `-- each:    direction = ASC|DESC`.

    The word is put where its name stands, and in small letters behind the name of the statement.
    """
    first, *parts = _HEADER.split(text)
    written = [first]
    for name, part in zip(parts[::2], parts[1::2], strict=True):
        each = _EACH.search(part)
        if each is None:
            written.append(f"-- {name} --{part}")
            continue
        word, values = each.groups()
        rest = _EACH.sub("", part)
        written += [
            f"-- {name}_{value.lower()} --{rest.replace(f'${{{word}}}', value)}".rstrip() + "\n\n"
            for value in values.split("|")
        ]
    return "".join(written)


def statement_of(text: str) -> Statement:
    """Make a statement of its text, comments left out."""
    bare = _bare(text)
    if left := _SHARED.search(bare):
        raise LookupError(f"nothing is shared under the name {left[1]}")
    names = tuple(dict.fromkeys(_PARAMETER.findall(bare)))
    numbers = {name: f"${number}" for number, name in enumerate(names, start=1)}
    sql = _PARAMETER.sub(lambda match: numbers[match[1]], bare).encode()
    plans = set(_PLAN.findall(text))
    return Statement(sql, names, bare, keeps_plan="kept" in plans, renews_plan="renewed" in plans)


def _bare(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
