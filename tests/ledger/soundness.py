"""What must hold of every ledger at any time, asked of the tables with SQL that shares nothing with the engine."""

from tests.faults.servers import query

_STATES = ("available", "reserved", "sold", "quarantine", "hold", "incoming", "defective", "sample")
_HELD = ", ".join(f"('{state}'::stock_end, {state})" for state in _STATES)

LAWS = {
    "a holding is the fold of its movements": f"""
        WITH told AS (
            SELECT org_id, holding_id, state, sum(quantity) AS quantity
              FROM (SELECT org_id, holding_id, source AS state, -quantity AS quantity FROM movement
                     UNION ALL
                    SELECT org_id, holding_id, target, quantity FROM movement) AS line
             WHERE state <= 'sample'
             GROUP BY org_id, holding_id, state
        ), held AS (
            SELECT org_id, id AS holding_id, cell.state, cell.quantity
              FROM holding CROSS JOIN LATERAL (VALUES {_HELD}) AS cell (state, quantity)
        )
        SELECT org_id, holding_id, state, held.quantity, told.quantity
          FROM held FULL JOIN told USING (org_id, holding_id, state)
         WHERE coalesce(held.quantity, 0) <> coalesce(told.quantity, 0)
    """,
    "the last movement of a holding tells its balances": f"""
        SELECT holding.org_id, holding.id
          FROM holding
          JOIN LATERAL (SELECT * FROM movement
                         WHERE movement.org_id = holding.org_id AND holding_id = holding.id
                         ORDER BY number DESC, line DESC LIMIT 1) AS last ON true
         WHERE ({", ".join(f"holding.{state}" for state in _STATES)})
               IS DISTINCT FROM ({", ".join(f"coalesce(last.{state}, 0)" for state in _STATES)})
    """,
    "nothing is below what its holding allows": f"""
        SELECT org_id, id FROM holding WHERE available < floor OR least({", ".join(_STATES[1:])}) < 0
    """,
    "the journal counts without gap": """
        SELECT journal.org_id, journal.number, count(posting.number), max(posting.number)
          FROM journal LEFT JOIN posting USING (org_id)
         GROUP BY journal.org_id, journal.number
        HAVING journal.number <> count(posting.number) OR journal.number <> coalesce(max(posting.number), 0)
    """,
    "the head of the journal is the seal of the last posting": """
        SELECT org_id, number FROM journal JOIN posting USING (org_id, number) WHERE journal.hash <> posting.hash
    """,
    "lines belong to postings and count from one": """
        SELECT org_id, number FROM movement
         GROUP BY org_id, number HAVING min(line) <> 1 OR max(line) <> count(*)
         UNION ALL
        SELECT org_id, number FROM movement LEFT JOIN posting USING (org_id, number) WHERE posting.kind IS NULL
         UNION ALL
        SELECT org_id, number FROM change LEFT JOIN posting USING (org_id, number) WHERE posting.kind IS NULL
    """,
    "what leaves for elsewhere arrives": """
        SELECT movement.org_id, number, item_id
          FROM movement JOIN holding ON (holding.org_id, holding.id) = (movement.org_id, holding_id)
         GROUP BY movement.org_id, number, item_id
        HAVING sum(quantity * ((target = 'elsewhere')::integer - (source = 'elsewhere')::integer)) <> 0
    """,
    "open lines of reservations are what is reserved": """
        SELECT org_id, id, reserved, waiting
          FROM holding
          LEFT JOIN (SELECT org_id, holding_id AS id, sum(quantity) AS waiting
                       FROM reservation_line GROUP BY org_id, holding_id) AS line USING (org_id, id)
         WHERE reserved <> coalesce(waiting, 0)
    """,
    "what is sold waits on a paid invoice": """
        SELECT org_id, id, sold, waiting
          FROM holding
          LEFT JOIN (SELECT org_id, (part ->> 0)::bigint AS id, sum((part ->> 1)::bigint) AS waiting
                       FROM invoice CROSS JOIN LATERAL jsonb_array_elements(coalesce(sold, '[]')) AS parts (part)
                      GROUP BY 1, 2) AS line USING (org_id, id)
         WHERE holding.sold <> coalesce(waiting, 0)
    """,
    "a unit is on at most one open document": """
        SELECT org_id, unit_id, count(DISTINCT document)
          FROM (SELECT holding.org_id, unit_id, reservation_id AS document
                  FROM reservation_line AS line JOIN holding ON (holding.org_id, holding.id) = (line.org_id, holding_id)
                 WHERE quantity > 0 AND unit_id IS NOT NULL
                 UNION ALL
                SELECT invoice_line.org_id, unit_id, reservation_id
                  FROM invoice_line JOIN invoice ON (invoice.org_id, invoice.id) = (invoice_line.org_id, invoice_id)
                 WHERE is_open AND unit_id IS NOT NULL) AS bound
         GROUP BY org_id, unit_id HAVING count(DISTINCT document) > 1
    """,
    "a serial is where its status says": """
        SELECT serial.org_id, serial.id, status, reserved, sold, held
          FROM serial
          LEFT JOIN LATERAL (SELECT sum(reserved) AS reserved, sum(sold) AS sold,
                                    sum(on_hand + incoming + defective + sample) AS held
                               FROM holding
                              WHERE (holding.org_id, holding.unit_id) = (serial.org_id, serial.unit_id)) AS at ON true
         WHERE status IS DISTINCT FROM CASE WHEN reserved > 0 THEN 'reserved' WHEN sold > 0 THEN 'sold'
                                            WHEN held > 0 THEN 'available'
                                            WHEN status IN ('delivered', 'gone') THEN status ELSE 'nowhere' END
    """,
    "money adds up": """
        SELECT org_id, id, paid FROM invoice AS document
         WHERE paid <> (SELECT coalesce(sum(amount), 0) FROM payment
                         WHERE (payment.org_id, payment.invoice_id) = (document.org_id, document.id))
            OR (SELECT (sum(net), sum(vat), sum(gross)) <> (document.net, document.vat, document.gross)
                  FROM invoice_line AS line
                 WHERE (line.org_id, line.invoice_id) = (document.org_id, document.id))
         UNION ALL
        SELECT org_id, id, paid FROM sales_order AS document
         WHERE paid <> (SELECT coalesce(sum(amount), 0) FROM payment
                         WHERE (payment.org_id, payment.order_id) = (document.org_id, document.id))
    """,
}
"""Each law, and the statement that finds where it is broken."""


def flaws(admin_url: str) -> list[str]:
    """Where any law is broken, in any org."""
    return [f"{law}: {row}" for law, statement in LAWS.items() for row in query(admin_url, statement)]
