"""Sales and returns at the counter, and their receipts."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/counter-sales", operation="sell_at_counter", roles=TILLS),
    Act(path="/api/counter-returns", operation="take_back_at_counter", roles=TILLS),
    Ask(path="/api/receipts", question="receipts", roles=ALL),
    Ask(path="/api/receipts/{number}", question="receipt", roles=ALL, elsewhere="RECEIPT_NOT_FOUND"),
    Ask(path="/api/vat-report", question="vat_report", roles=ALL),
)
