"""The refusals of lots, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "INVALID_COST",
        "{field} is not acceptable: {detail}.",
        ("field", "detail"),
        "A cost is a plain decimal from zero on with at most two decimals. FIXED needs unit_cost, RANGE needs cost_min "
        "below cost_max.",
    ),
    Entry(
        "INVALID_METADATA",
        "The metadata is not acceptable: {problems}.",
        ("problems",),
        "Percentages lie from 0 to 100, or are what a lab writes instead of a number; each wrong field is listed.",
    ),
    Entry("ALERT_NOT_FOUND", "There is no alert {alert}.", ("alert",), "The number is not one of this org."),
    Entry(
        "INTAKE_CONTRADICTS",
        "{field} is known as {known}, so it cannot be taken in as {told}.",
        ("field", "known", "told"),
        "The lot or the item is known already, and differently. Leave the field out, or take them in as another lot.",
    ),
    Entry(
        "VALUE_TOO_LARGE",
        "The value that it would lead to is more than {value_max}.",
        ("value_max",),
        "What the goods of a holding cost together is larger than the ledger can hold.",
    ),
    Entry(
        "COST_MODE_FIXED",
        "Lot {lot} of item {sku} was sold from in posting {number}, so its cost mode stays {cost_mode}.",
        ("sku", "lot", "cost_mode", "number"),
        "Amounts within the mode can still be corrected. Undo the sales first to change the mode.",
    ),
    Entry(
        "LOT_NOT_EMPTY",
        "Lot {lot} of item {sku} still has {on_hand}, so it cannot become {status}.",
        ("sku", "lot", "on_hand", "status"),
        "A lot is sold out or closed only when nothing of it is on hand or on its way.",
    ),
    Entry(
        "LOT_CLOSED",
        "Lot {lot} of item {sku} is closed.",
        ("sku", "lot"),
        "A closed lot takes no more goods in; receive into another one.",
    ),
    Entry(
        "LOT_NOT_FOR_SALE",
        "Lot {lot} of item {sku} is {status}, so nothing of it can be sold.",
        ("sku", "lot", "status"),
        "Goods are sold, reserved and used only from lots that are LIVE or PHOTOGRAPHY_COMPLETE.",
    ),
    Entry(
        "LOT_EXPIRED",
        "The last good day of lot {lot} of item {sku} was {expires_on}.",
        ("sku", "lot", "expires_on"),
        "Expired goods can be moved and written off, but not sold, reserved or used. Days are in UTC.",
    ),
)
