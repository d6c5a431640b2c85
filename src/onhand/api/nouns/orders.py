"""Customers, serials, invoices and orders."""

from onhand.api.routes import ALL, MANAGERS, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/customers", operation="customer", roles=TILLS, whole_org=True),
    Ask(path="/api/customers", question="customers", roles=ALL, whole_org=True),
    Act(path="/api/serials", operation="receive_serials", roles=TILLS),
    Ask(path="/api/serials", question="serials", roles=ALL, whole_org=True),
    Ask(path="/api/serials/{unit}", question="serial", roles=ALL, whole_org=True),
    Ask(path="/api/serials/{unit}/history", question="serial_history", roles=ALL, whole_org=True),
    Act(path="/api/serials/{unit}/grade", method="PUT", operation="grade", roles=TILLS, whole_org=True),
    Act(path="/api/invoices", operation="invoice", roles=TILLS),
    Ask(path="/api/invoices", question="invoices", roles=ALL, whole_org=True),
    Ask(path="/api/invoices/{number}", question="invoice_of", roles=ALL, whole_org=True),
    Act(path="/api/invoices/{invoice}/payments", operation="pay", roles=TILLS, hidden=("order",)),
    Act(path="/api/invoices/{invoice}/refunds", operation="refund", roles=MANAGERS, hidden=("order",)),
    Act(path="/api/invoices/{invoice}/delivery", operation="deliver", roles=TILLS),
    Act(path="/api/invoices/{invoice}/cancellation", operation="cancel_invoice", roles=TILLS),
    Act(path="/api/invoices/{invoice}/returns", operation="return_invoice", roles=TILLS),
    Act(path="/api/split-reservations", operation="reserve_across", roles=TILLS),
    Act(path="/api/orders", operation="order", roles=TILLS),
    Ask(path="/api/orders", question="orders", roles=ALL, whole_org=True),
    Ask(path="/api/orders/{number}", question="order_of", roles=ALL, whole_org=True),
    Act(path="/api/orders/{order}/payments", operation="pay", roles=TILLS, hidden=("invoice",)),
    Act(path="/api/orders/{order}/refunds", operation="refund", roles=MANAGERS, hidden=("invoice",)),
    Act(path="/api/orders/{order}/fulfilment", operation="fulfil_order", roles=TILLS),
    Act(path="/api/orders/{order}/commitment", operation="commit_order", roles=TILLS),
    Act(path="/api/orders/{order}/cancellation", operation="cancel_order", roles=TILLS),
)
