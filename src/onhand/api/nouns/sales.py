"""Sales and returns at the counter, and their receipts."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/counter-sales", name="sell_at_counter", operation="counter_sale", roles=TILLS),
    Act(path="/api/counter-returns", name="return_at_counter", operation="counter_return", roles=TILLS),
    Ask(path="/api/receipts", question="receipts", roles=ALL),
    Ask(path="/api/receipts/{number}", question="receipt", roles=ALL, elsewhere="RECEIPT_NOT_FOUND"),
    Ask(path="/api/vat-report", question="vat_report", roles=ALL),
)
