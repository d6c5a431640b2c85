"""Recipes, mappings, deductions, and the queue of offline sales."""

from onhand.api.routes import ALL, MANAGERS, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/recipes/{product}", method="PUT", operation="define_recipe", roles=MANAGERS, whole_org=True),
    Act(path="/api/sites/{site}/mappings", method="PUT", operation="map_ingredients", roles=MANAGERS),
    Act(path="/api/deductions", operation="deduct", roles=TILLS),
    Act(path="/api/sites/{site}/deductions/{transaction}/void", operation="void", roles=TILLS),
    Act(path="/api/offline-sales", operation="queue_sale", roles=TILLS),
    Ask(path="/api/offline-sales", question="offline_sales", roles=ALL),
    Act(path="/api/offline-sales/{offline_sale}/synchronisation", operation="sync_sale", roles=TILLS),
    Act(path="/api/offline-sales/{offline_sale}/approval", operation="approve_sale", roles=MANAGERS),
    Act(path="/api/offline-sales/{offline_sale}/rejection", operation="reject_sale", roles=MANAGERS),
    Act(path="/api/slices", operation="lend", roles=TILLS),
    Ask(path="/api/sites/{site}/deductions/{transaction}", question="deduction_trail", roles=ALL),
    Ask(path="/api/sites/{site}/items/{sku}/uses", question="ingredient_trail", roles=ALL),
    Ask(path="/api/sites/{site}/variances", question="variances", roles=ALL),
    Ask(path="/api/health", question="health", roles=ALL, whole_org=True),
    Ask(path="/api/metrics", question="metrics", roles=ALL, whole_org=True),
)
