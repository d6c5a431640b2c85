"""The schema and every statement keep the rules that let the ledger grow past one machine."""

import ast
import re
from pathlib import Path

import pytest

from onhand.store.engine.statements import load_statements, statement_files
from tests.tidy.sql_rules import wrong_queries, wrong_schema
from tests.tidy.tree import PACKAGE, spot

STORE = PACKAGE / "store"

# Statements that name no org, each with its reason.
STATEMENTS_WITHOUT_AN_ORG: dict[str, str] = {
    "enter_org": "Sets the org that the transaction sees.",
    "begin_reading": "Starts a transaction that sees one moment.",
    "enter_reading": "Sets the org that the transaction sees.",
    "enter_verifying": "Sets the org that the transaction sees.",
    "stay_in_org": "Sets the org that the connection sees.",
    "name_org": "Sets the code of the org that is looked for.",
    "find_org": "Finds the id of an org by its code.",
    "create_org": "Makes the org whose id all others name.",
    "describe_session": "Asks about the login, not about an org.",
    "check_piece_triggers": "Asks which triggers are active, which is so for all orgs.",
    "read_guards": "Asks the catalogue of the database, which is no org's.",
    "find_revision": "Asks which migrations have run.",
}
# Tables that do not lead with org_id, each with its reason.
TABLES_WITHOUT_AN_ORG = {
    "alembic_version": "Alembic's own: which migrations have run.",
    "org": "Says which orgs there are.",
}


def query_files() -> list[Path]:
    """The files of named statements; those on entities are filled in for each kind."""
    return sorted(path for path in STORE.rglob("*.sql") if STORE / "migrations" not in path.parents)


def schema_texts() -> list[tuple[Path, str]]:
    """The SQL of the migrations, whether in a file of its own or in a string of a revision."""
    files = sorted(path for path in STORE.rglob("*.sql") if path not in query_files())
    texts = [(path, path.read_text(encoding="utf-8")) for path in files]
    for path in sorted(STORE.glob("migrations/**/*.py")):
        texts += [(path, text) for text in strings_with_sql(path.read_text(encoding="utf-8"))]
    return texts


def strings_with_sql(source: str) -> list[str]:
    """The string constants of a module that create or alter something."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.search(r"\b(?:CREATE|ALTER)\s+(?:UNIQUE\s+|UNLOGGED\s+)?(?:TABLE|INDEX)\b", node.value, re.IGNORECASE)
    ]


def test_each_statement_names_its_org() -> None:
    """Each query has a header, names one org by a parameter and uses nothing that several machines refuse."""
    findings = [
        f"{spot(path)} {finding}"
        for path, text in statement_files()
        for finding in wrong_queries(text, STATEMENTS_WITHOUT_AN_ORG)
    ]

    assert not findings, "\n".join(findings)


def test_each_table_and_key_begins_with_the_org() -> None:
    """Each table, primary key, unique key, foreign key and index leads with org_id."""
    findings = [
        f"{spot(path)} {finding}"
        for path, text in schema_texts()
        for finding in wrong_schema(text, TABLES_WITHOUT_AN_ORG)
    ]

    assert not findings, "\n".join(findings)


GOOD_QUERY = """
-- load_holdings --
-- The org's holdings; org_id is a parameter.
SELECT holding.id
  FROM holding
 WHERE holding.org_id = %(org_id)s;
"""


@pytest.mark.parametrize(
    "sql",
    [
        GOOD_QUERY,
        "-- add --\nINSERT INTO lot (org_id, id)\nSELECT %(org_id)s, id FROM unnest(%(ids)s::bigint[]) AS new (id);",
        "-- move --\nUPDATE lot SET code = 'it''s; x' FROM given WHERE lot.org_id = %(org_id)s;",
        "-- setup --\nSELECT set_config('role', 'onhand_engine', true);",
        "-- put --\nINSERT INTO lot (org_id) VALUES (%(org_id)s) ON CONFLICT (org_id) DO NOTHING;",
    ],
)
def test_a_good_query_passes(sql: str) -> None:
    """Control: what the rules allow is left alone, exceptions by name included."""
    assert not wrong_queries(sql, {"setup": "Sets the session."})


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        ("SELECT 1 WHERE org_id = %(org_id)s;", "header"),
        ("-- empty --\n-- A comment only.\n", "no statement"),
        (GOOD_QUERY.replace(" = %(org_id)s", " > 0"), "names its org"),
        (GOOD_QUERY.replace("WHERE holding", "-- WHERE holding"), "names its org"),
        (f"{GOOD_QUERY}DELETE FROM holding;", "names its org"),
        ("-- add --\nINSERT INTO lot (id) SELECT %(org_id)s;", "names its org"),
        ("-- add --\nINSERT INTO lot (org_id) SELECT %(other)s;", "names its org"),
        ("-- move --\nUPDATE lot SET a = 1, org_id = 2 WHERE org_id = %(org_id)s;", "never changes"),
        ("-- move --\nUPDATE lot SET a = random() WHERE org_id = %(org_id)s;", "volatile"),
        ("-- mix --\nMERGE INTO lot USING x ON org_id = %(org_id)s WHEN MATCHED THEN DELETE;", "MERGE"),
        ("-- plan --\nSELECT set_config('plan_cache_mode', 'x', true) WHERE org_id = %(org_id)s;", "forced"),
        ("-- put --\nINSERT INTO lot (org_id, id) VALUES (%(org_id)s, (SELECT 1));", "subquery"),
    ],
)
def test_a_bad_query_is_found(sql: str, why: str) -> None:
    """Control: each broken rule of a query is found."""
    assert any(why in finding for finding in wrong_queries(sql, {}))


GOOD_TABLE = """
CREATE TABLE lot (
    org_id bigint NOT NULL,
    id     bigint NOT NULL,
    item_id bigint NOT NULL,
    code text NOT NULL DEFAULT ('x;y'), -- UNIQUE within its item
    CONSTRAINT lot_key PRIMARY KEY (org_id, id),
    CONSTRAINT lot_code_is_unique UNIQUE NULLS NOT DISTINCT (org_id, item_id, code),
    CONSTRAINT lot_has_item FOREIGN KEY (org_id, item_id) REFERENCES item (org_id, id)
);
CREATE UNIQUE INDEX lot_by_code ON lot USING btree (org_id, code) WHERE code <> '';
ALTER TABLE lot ADD CONSTRAINT lot_is_one UNIQUE (org_id, code);
"""


@pytest.mark.parametrize(
    "sql",
    [
        GOOD_TABLE,
        "CREATE TABLE org (id bigint PRIMARY KEY, code text UNIQUE); CREATE INDEX ON org (code);" + GOOD_TABLE,
        "ALTER TABLE org ADD CONSTRAINT org_code_is_unique UNIQUE (code);",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE unique_violation; END $$;",
    ],
)
def test_a_good_schema_passes(sql: str) -> None:
    """Control: what the rules allow is left alone, exceptions by name included."""
    assert not wrong_schema(sql, {"org": "Says which orgs there are."})


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("org_id bigint NOT NULL", "org_id bigint", "org_id bigint NOT NULL"),
        ("org_id bigint NOT NULL", "org_id integer NOT NULL", "org_id bigint NOT NULL"),
        ("PRIMARY KEY (org_id, id)", "PRIMARY KEY (id, org_id)", "PRIMARY KEY"),
        ("    CONSTRAINT lot_key PRIMARY KEY (org_id, id),\n", "", "PRIMARY KEY"),
        ("DISTINCT (org_id, ", "DISTINCT (", "UNIQUE"),
        ("code text NOT NULL", "code text UNIQUE NOT NULL", "UNIQUE begins with no list"),
        ("FOREIGN KEY (org_id, item_id)", "FOREIGN KEY (item_id)", "FOREIGN KEY"),
        ("REFERENCES item (org_id, id)", "REFERENCES item (id)", "REFERENCES item"),
        ("REFERENCES item (org_id, id)", "REFERENCES item", "REFERENCES item"),
        ("btree (org_id, code)", "btree (code, org_id)", "index on lot"),
        ("INDEX lot_by_code ON", "INDEX CONCURRENTLY IF NOT EXISTS lot_by_code ON ONLY", ""),
        ("UNIQUE (org_id, code)", "UNIQUE (code)", "UNIQUE begins with code"),
        ("CREATE TABLE lot", "CREATE UNLOGGED TABLE lot", "not logged"),
        ("CREATE TABLE lot", "CREATE TABLE gone AS SELECT 1; CREATE TABLE lot", "written out"),
    ],
)
def test_a_bad_schema_is_found(old: str, new: str, why: str) -> None:
    """Control: each broken rule of a table, a key or an index is found, and only when it is broken."""
    changed = GOOD_TABLE.replace(old, new)

    findings = wrong_schema(changed, {})

    assert changed != GOOD_TABLE
    assert any(why in finding for finding in findings) if why else not findings


def test_sql_in_a_revision_is_read() -> None:
    """Control: a table made by a string of a revision is held to the same rules."""
    found = strings_with_sql('def upgrade() -> None:\n    op.execute("CREATE TABLE lot (id bigint)")\n')

    assert [bool(wrong_schema(sql, {})) for sql in found] == [True]


def test_holdings_are_loaded_alike() -> None:
    """Every statement that loads holdings gives the same columns in the same order, since one reader reads them all."""
    loads = {name: statement.text for name, statement in load_statements().items() if name in HOLDINGS}

    columns = {name: _LOADED.search(text) for name, text in loads.items()}

    assert columns.keys() == HOLDINGS
    assert len({found[1] for found in columns.values() if found is not None}) == 1
    assert None not in columns.values()


HOLDINGS = {"load_places", "load_holdings", "load_unit_holdings", "load_lot_holdings", "load_item_holdings"}
_LOADED = re.compile(r"(SELECT holding\.id,.*?)\s+FROM holding\b", re.DOTALL)
