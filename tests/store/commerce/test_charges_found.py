"""A VAT report among many invoices, orders and receipts of other days."""

import re
from datetime import UTC, date, datetime

from onhand.ledger.stock import Stock
from onhand.store.engine.statements import load_statements
from tests.conftest import TestDatabase
from tests.faults.servers import query

MANY = """
INSERT INTO posting (org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash)
SELECT 1, 1000 + number, now(), '2020-01-01', md5(number::text)::uuid, md5(number::text)::uuid, 'old', 'old/' || number,
       'a', sha256(number::text::bytea)
  FROM generate_series(1, 60000) AS number;
INSERT INTO change (org_id, number, line, entity, entity_id, action, before, after)
SELECT 1, 1000 + number, line, entity, 1000000 + number, 'changed', before::json, after::json
  FROM generate_series(1, 60000) AS number
 CROSS JOIN (VALUES
       (1, 'invoice', NULL, '{"status": "open"}'),
       (2, 'invoice', '{"status": "open"}', '{"status": "paid"}'),
       (3, 'sales_order', '{"status": "placed"}', '{"status": "paid"}'),
       (4, 'receipt', NULL, '{"status": "issued"}'),
       (5, 'invoice_line', '{"returned": 0}', '{"returned": 0}')) AS told (line, entity, before, after);
ANALYZE posting, change;
"""
"""Sixty thousand invoices, orders and receipts of another day, as far as the report looks at them."""


async def test_charges_are_found_by_their_indexes(stock: Stock, database: TestDatabase) -> None:
    """C14: the report looks at the changes by which something began or ceased to be charged, by indexes."""
    await stock.define(sites=["london"], items=[{"sku": "A", "price": 12, "vat_rate": 20}], key="a")
    await stock.receive(site="london", lines=[("A", 9)], key="po")
    day = datetime(2026, 1, 5, 12, tzinfo=UTC)
    await stock.invoices.issue(site="london", lines=[("A", 1)], key="i", occurred_at=day)
    await stock.sell_at_counter(site="london", lines=[("A", 2)], key="s", occurred_at=day)
    query(database.admin_url, "ALTER TABLE change DISABLE TRIGGER USER")
    for statement in MANY.split(";")[:-1]:
        query(database.admin_url, statement)
    text = load_statements()["read_vat"].text
    for name, value in (("org_id", "1"), ("since", "'2026-01-05'"), ("until", "'2026-01-06'"), ("site_id", "NULL")):
        text = text.replace(f"%({name})s", value)

    plan = "\n".join(row[0] for row in query(database.admin_url, f"EXPLAIN {text}"))

    assert "posting_by_occurrence" in plan, plan
    assert not re.search("Seq Scan on (change|posting|receipt)", plan), plan
    report = await stock.reports.vat(date(2026, 1, 5), date(2026, 1, 5))
    assert {told.documents: told.gross for told in report.charges} == {"invoices": 12, "receipts": 24}
