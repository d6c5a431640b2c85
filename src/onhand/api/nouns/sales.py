"""Sales and returns at the counter, and their receipts."""

from onhand.api.routes.routes import ALL, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/counter-sales", operation="sell_at_counter", roles=TILLS),
    Act(path="/api/counter-returns", operation="take_back_at_counter", roles=TILLS),
    Ask(path="/api/receipts", question="list_receipts", changes_with="journal", roles=ALL),
    Ask(
        path="/api/receipts/{number}",
        question="get_receipt",
        changes_with="journal",
        roles=ALL,
        elsewhere="RECEIPT_NOT_FOUND",
    ),
    Ask(path="/api/vat-report", name="vat_report", question="reports.vat", roles=ALL),
)
