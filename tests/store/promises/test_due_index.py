"""What is due is found through an index."""

import json
from typing import Any

import psycopg
import pytest

from onhand.ledger.stock import Stock
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish

_OTHERS = """
    INSERT INTO reservation (org_id, id, version, site_id, status, expires_at, priority)
    SELECT org_id, 1000000 + number, 1, id, 'active', now() + number * interval '1 hour', 0
      FROM site CROSS JOIN generate_series({first}, {last}) AS number
"""
_DUE = """
    INSERT INTO reservation (org_id, id, version, site_id, status, expires_at, priority)
    SELECT org_id, 500000 + number, 1, id, 'active', now() - number * interval '1 second', 0
      FROM site CROSS JOIN generate_series(1, 10) AS number
"""


def plan_of(database: TestDatabase) -> dict[str, Any]:
    """How the question for what is due was answered, with what was touched."""
    text = load_statements()["read_claimable"].text
    with psycopg.connect(database.admin_url) as connection:
        ((plan,),) = connection.execute(
            f"EXPLAIN (ANALYZE, BUFFERS, FORMAT json) {text}".encode(), {"org_id": 1, "limit": 50}
        ).fetchall()
    return dict((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """All steps of a plan."""
    return [plan, *(node for part in plan.get("Plans", ()) for node in nodes(part))]


@pytest.mark.parametrize("analyzed", [False, True])
async def test_finding_what_is_due_does_not_depend_on_what_is_not(
    stock: Stock,
    database: TestDatabase,
    analyzed: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """C3: with 200 and with 20,200 reservations that are not due, the same ten are found with about as many pages."""
    await furnish(stock, ("A", 5))
    query(database.admin_url, _OTHERS.format(first=1, last=200))
    query(database.admin_url, _DUE)
    if analyzed:
        query(database.admin_url, "ANALYZE reservation")
    few = plan_of(database)

    query(database.admin_url, _OTHERS.format(first=201, last=20_200))
    if analyzed:
        query(database.admin_url, "ANALYZE reservation")
    many = plan_of(database)

    for plan in (few, many):
        assert plan["Actual Rows"] == 10
    scanned = [node for node in nodes(many) if "Index Name" in node]
    assert {node["Index Name"] for node in scanned} == {"reservation_due", "reservation_lease_over"}
    assert not [node for node in nodes(many) if node["Node Type"] == "Seq Scan"]
    assert many["Shared Hit Blocks"] + many["Shared Read Blocks"] <= 30
