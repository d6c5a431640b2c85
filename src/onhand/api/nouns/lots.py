"""Lots: their statuses, recalls and releases."""

from onhand.api.routes import MANAGERS, Act

ROUTES = (
    Act(
        path="/api/items/{sku}/lots/{lot}/status", method="PUT", operation="lot_status", roles=MANAGERS, whole_org=True
    ),
    Act(path="/api/items/{sku}/lots/{lot}/recall", operation="recall", roles=MANAGERS, whole_org=True),
    Act(path="/api/items/{sku}/lots/{lot}/release", operation="release_lot", roles=MANAGERS, whole_org=True),
)
