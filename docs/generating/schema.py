# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""The page of the schema, from a migrated database and the comments of the migrations."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

import onhand.store
from docs.generating.markdown import code, page, table

_ROLES = ("onhand_engine", "onhand_reader")

_RELATIONS = """
SELECT oid, relname, relkind
  FROM pg_class
 WHERE relnamespace = 'public'::regnamespace AND relkind = ANY(%(kinds)s) AND relname <> 'alembic_version'
 ORDER BY relname
"""
_COLUMNS = """
SELECT attribute.attname,
       format_type(attribute.atttypid, attribute.atttypmod),
       attribute.attnotnull,
       pg_get_expr(fallback.adbin, fallback.adrelid),
       attribute.attgenerated::text,
       attribute.attidentity::text
  FROM pg_attribute AS attribute
  LEFT JOIN pg_attrdef AS fallback ON fallback.adrelid = attribute.attrelid AND fallback.adnum = attribute.attnum
 WHERE attribute.attrelid = %(oid)s AND attribute.attnum > 0 AND NOT attribute.attisdropped
 ORDER BY attribute.attnum
"""
_CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid)
  FROM pg_constraint
 WHERE conrelid = %(oid)s AND contype IN ('p', 'u', 'f', 'c')
 ORDER BY array_position(ARRAY['p', 'u', 'f', 'c'], contype::text), conname
"""
_INDEXES = """
SELECT indexed.relname, pg_get_indexdef(indexed.oid)
  FROM pg_index AS facts
  JOIN pg_class AS indexed ON indexed.oid = facts.indexrelid
 WHERE facts.indrelid = %(oid)s
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexed.oid AND conrelid = %(oid)s)
 ORDER BY indexed.relname
"""
_TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %(oid)s AND NOT tgisinternal ORDER BY tgname"
_RIGHTS = """
SELECT grantee, string_agg(lower(privilege_type), ', ' ORDER BY privilege_type)
  FROM information_schema.role_table_grants
 WHERE table_schema = 'public' AND table_name = %(name)s AND grantee = ANY(%(roles)s)
 GROUP BY grantee
 ORDER BY grantee
"""
_WORDS = "SELECT enumlabel FROM pg_enum WHERE enumtypid = 'stock_end'::regtype ORDER BY enumsortorder"
_COMMENTED = re.compile(r"((?:^-- .*\n)+)CREATE TABLE (\w+)", re.MULTILINE)

Connection = psycopg.Connection[tuple[Any, ...]]


def schema_page(url: str) -> str:
    """Write the page of the schema of a database."""
    with psycopg.connect(url) as connection:
        words = ", ".join(code(row[0]) for row in connection.execute(_WORDS))
        tables = [_table(connection, oid, name) for oid, name, _ in _relations(connection, "r", "p")]
        views = [_view(connection, oid, name) for oid, name, _ in _relations(connection, "v")]
    intro = (
        "Quantities are in millionths of the item's measure. Every table has row-level security, forced: a session "
        "sees the rows of the org that `onhand.org_id` names. History (posting, movement, change, reversal, "
        "outside_edit) is only added to.\n\n"
        f"The ends of a movement, the type `stock_end`, are {words}."
    )
    return page("The schema", "a migrated database", intro, "## Tables", *tables, "## Views", *views)


def _relations(connection: Connection, *kinds: str) -> list[tuple[Any, ...]]:
    return connection.execute(_RELATIONS, {"kinds": list(kinds)}).fetchall()


def _table(connection: Connection, oid: int, name: str) -> str:
    where = {"oid": oid, "name": name, "roles": list(_ROLES)}
    parts = [f"### {name}", _comments().get(name, ""), _columns(connection, oid)]
    parts.append(table(["constraint", "rule"], _coded(connection.execute(_CONSTRAINTS, where))))
    indexes = connection.execute(_INDEXES, where).fetchall()
    if indexes:
        parts.append(
            table(["index", "definition"], [(code(row[0]), code(row[1].split(" ON public.")[1])) for row in indexes])
        )
    triggers = [code(row[0]) for row in connection.execute(_TRIGGERS, where)]
    rights = [f"{code(grantee)} may {privileges}" for grantee, privileges in connection.execute(_RIGHTS, where)]
    parts.append(
        "\n".join([f"- Triggers: {', '.join(triggers) or 'none'}", f"- Rights: {'; '.join(rights) or 'none'}"])
    )
    return "\n\n".join(part for part in parts if part)


def _view(connection: Connection, oid: int, name: str) -> str:
    return f"### {name}\n\n{_columns(connection, oid)}"


def _columns(connection: Connection, oid: int) -> str:
    rows = []
    for column, kind, is_needed, fallback, generated, identity in connection.execute(_COLUMNS, {"oid": oid}):
        told = f"generated: {fallback}" if generated else "counted up" if identity else fallback
        rows.append((code(column), code(kind), "" if is_needed else "null", code(told)))
    return table(["column", "type", "", "default"], rows)


def _coded(rows: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    return [[code(cell) for cell in row] for row in rows]


def _comments() -> dict[str, str]:
    """Find the comments above the tables in the migrations."""
    folder = Path(str(onhand.store.__file__)).parent / "migrations" / "versions"
    return {
        name: " ".join(line.removeprefix("-- ") for line in comment.splitlines() if not line.startswith("-- ----"))
        for path in sorted(folder.glob("*_up.sql"))
        for comment, name in _COMMENTED.findall(path.read_text(encoding="utf-8"))
    }
