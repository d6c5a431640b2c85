"""Totals of products and items, from the projection and live."""

from onhand.api.routes.routes import ALL, Ask

ROUTES = (
    Ask(path="/api/products/totals", question="product_totals", roles=ALL, whole_org=True),
    Ask(path="/api/items/totals", question="item_totals", roles=ALL, whole_org=True),
    Ask(path="/api/items/live", question="live", roles=ALL),
)
