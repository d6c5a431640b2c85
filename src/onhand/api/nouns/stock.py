"""What is where, now and at any moment, and the acts that bring, take, move and correct it."""

from onhand.api.routes.routes import ALL, MANAGERS, TILLS, Act, Ask

ROUTES = (
    Ask(path="/api/holdings", question="list_holdings", changes_with="journal", roles=ALL),
    Ask(path="/api/holdings/at", question="list_holdings_at", changes_with="journal", roles=ALL),
    Ask(path="/api/holdings/difference", question="difference", changes_with="journal", roles=ALL),
    Ask(path="/api/holdings/explanation", question="explain", changes_with="journal", roles=ALL),
    Act(path="/api/receipts-of-goods", operation="receive", roles=TILLS),
    Act(path="/api/intakes", operation="take_in", roles=TILLS),
    Act(path="/api/sales", operation="sell", roles=TILLS),
    Act(path="/api/returns", operation="take_back", roles=TILLS),
    Act(path="/api/moves", operation="move", roles=TILLS),
    Act(path="/api/transfers", operation="transfer", roles=TILLS),
    Act(path="/api/transfers/{transfer}/arrivals", operation="arrive", roles=TILLS),
    Act(path="/api/adjustments", operation="adjust", roles=MANAGERS),
    Act(path="/api/counts", operation="count", roles=TILLS),
    Act(path="/api/negative-stock", operation="allow_negative", roles=MANAGERS),
)
