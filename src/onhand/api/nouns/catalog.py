"""Sites, locations, products and items, and the settings of the org."""

from onhand.api.routes import ALL, MANAGERS, Act, Ask

ROUTES = (
    Act(path="/api/definitions", operation="define", roles=MANAGERS, whole_org=True),
    Act(
        path="/api/sites/{code}",
        name="define_site",
        method="PUT",
        operation="define",
        member="sites",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(
        path="/api/sites/{site}/locations/{code}",
        name="define_location",
        method="PUT",
        operation="define",
        member="locations",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(
        path="/api/products/{code}",
        name="define_product",
        method="PUT",
        operation="define",
        member="products",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(
        path="/api/items/{sku}",
        name="define_item",
        method="PUT",
        operation="define",
        member="items",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(
        path="/api/products/{product}/variants",
        method="PUT",
        operation="define_variants",
        roles=MANAGERS,
        whole_org=True,
    ),
    Act(path="/api/settings", method="PUT", operation="configure", roles=MANAGERS, whole_org=True),
    Ask(path="/api/sites", question="sites", roles=ALL, whole_org=True),
    Ask(path="/api/sites/{site}/locations", question="locations", roles=ALL),
    Ask(path="/api/products", question="products", roles=ALL),
    Ask(path="/api/items", question="items", roles=ALL),
    Ask(path="/api/settings", question="settings", roles=ALL),
    Ask(path="/api/items/search", question="find_items", renamed={"text": "q"}, roles=ALL),
)
