"""The peers' own tables, and the proof that the peers kept their stock right."""

from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from bench.cases import ITEMS, STOCK

SQL = Path(__file__).parent / "sql"
_FILL = """
    INSERT INTO stock (site_id, item_id, available)
    SELECT 1, item, %(stock)s
      FROM generate_series(1, %(items)s) AS item
"""
_UNEXPLAINED = """
    SELECT count(*)
      FROM stock
      LEFT JOIN (SELECT item_id, sum(quantity) AS sold FROM movement GROUP BY item_id) AS history
     USING (item_id)
     WHERE available + coalesce(sold, 0) <> %(stock)s
"""


def fill(url: str) -> None:
    """Make the tables, with plenty of each item."""
    with psycopg.connect(url) as connection:
        connection.execute((SQL / "tables.sql").read_bytes())
        connection.execute(_FILL, {"stock": STOCK, "items": ITEMS})


def check(url: str) -> None:
    """
    See that the balance of each item is what its history says.

    Raises:
        RuntimeError: A peer was quick but wrong, so its figures say nothing.
    """
    with psycopg.connect(url) as connection:
        row = connection.execute(_UNEXPLAINED, {"stock": STOCK}).fetchone()
    if row != (0,):
        raise RuntimeError(f"the peers' history does not explain their stock; items that differ: {row}")


def connection_variables(url: str) -> dict[str, str]:
    """The environment that lets pgbench in; among its arguments all users could read the password."""
    info = conninfo_to_dict(url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    return {variable: str(info[name]) for name, variable in names.items() if name in info}
