"""Planning: what was ordered from suppliers, reorder points, demand, and what can be promised when."""

from onhand.api.routes import ALL, MANAGERS, TILLS, Act, Ask

ROUTES = (
    Act(path="/api/purchases", operation="order_incoming", roles=MANAGERS),
    Ask(path="/api/purchases", question="purchases", roles=ALL, whole_org=True),
    Act(path="/api/purchases/arrivals", operation="receive_incoming", roles=TILLS),
    Act(path="/api/reorder-points", operation="set_reorder_points", roles=MANAGERS),
    Ask(path="/api/promisable", question="promisable", roles=ALL),
    Ask(path="/api/demand", question="demand", roles=ALL),
    Ask(path="/api/positions", question="positions", roles=ALL),
)
