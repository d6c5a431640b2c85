"""A till finds items through indexes, in time that does not grow with the catalogue."""

import re
from collections.abc import Mapping

import psycopg

from onhand.ledger.stock import Stock
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.servers import query

_ITEMS = 50_000

_FILL = f"""
    SET ROLE onhand_engine;
    SELECT set_config('onhand.org_id', '1', false);
    INSERT INTO item (org_id, id, version, sku, name, measure, pick_policy, retired)
    SELECT 1, 1000 + number, 1, 'SKU-' || number,
           'set of ' || number % 7 || ' heart ' || number % 1000 || ' lantern ' || number, 'piece', 'fefo', false
      FROM generate_series(1, {_ITEMS}) AS number;
    INSERT INTO barcode (org_id, id, version, code, item_id)
    SELECT 1, 1000000 + number, 1, (5010000000000 + number)::text, 1000 + number
      FROM generate_series(1, {_ITEMS}) AS number;
    INSERT INTO item_word (org_id, word, item_id, present)
    SELECT DISTINCT 1, word, id, true FROM item CROSS JOIN regexp_split_to_table(name, ' ') AS word;
"""
"""Items as a catalogue of giftware has them: a few words that all share, some that many share, one of their own."""


_TEXTS = (
    *("SKU-4711", "5010000004711", "lantern", "lantern 4711", "heart lan 47", "set of 3", "heart 99", "s h l"),
    "lantern set",
)


_SEVERAL = (
    "of lantern",
    "set 3 lantern 77",
    "heart 5 lantern",
    "4 5",
    "1 2 3",
    "1 set 2",
    "77 88 99 heart",
    "set nothing",
)
"""Words of which many names have all, few, or none, though each stands in many."""


def scans(database: TestDatabase, statement: str, params: Mapping[str, object]) -> str:
    """How a statement of the store is carried out by the role that reads, row-level security and all."""
    with psycopg.connect(database.engine_url) as connection:
        connection.execute("SELECT set_config('role', 'onhand_reader', false), set_config('onhand.org_id', '1', false)")
        explained = connection.execute(
            f"EXPLAIN {load_statements()[statement].text}".encode(), {"org_id": 1, **params}
        ).fetchall()
    return "\n".join(line for (line,) in explained)


async def test_items_are_found_through_indexes(stock: Stock, database: TestDatabase) -> None:
    """C6: among 50,000 items a sku, a barcode and words of a name are found, by indexes and under RLS."""
    with psycopg.connect(database.admin_url) as connection:
        connection.execute(_FILL.encode())
    walk: dict[str, object] = {"low": "lantern", "high": "lanternz", "lows": ["47"], "highs": ["48"], "limit": 60}
    two: dict[str, object] = {"second_low": "heart", "second_high": "heartz", **walk}
    for analyzed in (False, True):
        if analyzed:
            query(database.admin_url, "ANALYZE item, barcode, item_word")

        tried = scans(database, "read_items_by_words", {**walk, "walked_max": 500})
        walked = scans(database, "read_items_by_words", {**walk, "walked_max": None})
        common = scans(database, "read_items_of_common_words", two)
        by_code = scans(database, "read_items_by_code", {"code": "x"})
        found = {text: await stock.catalog.find_items(text) for text in _TEXTS}

        assert "Seq Scan" not in tried + walked + by_code
        assert all(re.search(r"Index Cond: .*word >= 'lantern'", plan) for plan in (tried, walked, common))
        assert "barcode_code_unique" in by_code
        assert "item_sku_unique" in by_code
        assert all(found.values()), found


async def test_words_are_found_together_however_many_names_have_each(stock: Stock, database: TestDatabase) -> None:
    """
    C6: what is found has all words that were typed, and of what has all of them a page is found.

    Red where the two rarest words are held against each other and the others are not asked for.
    """
    with psycopg.connect(database.admin_url) as connection:
        connection.execute(_FILL.encode())
        names = [row[0].split(" ") for row in connection.execute("SELECT name FROM item").fetchall()]

    for text in _SEVERAL:
        wanted = text.split(" ")
        fitting = sum(all(any(word.startswith(begin) for word in name) for begin in wanted) for name in names)
        found = await stock.catalog.find_items(text, limit=100)

        assert len(found) == min(fitting, 100), text
        assert all(any(word.startswith(begin) for word in item.name.split(" ")) for item in found for begin in wanted)
