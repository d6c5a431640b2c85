"""The refusals of the core, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "INVALID_COMMAND",
        "The request is not well formed: {detail}.",
        ("detail",),
        "A field is missing, unknown or of the wrong kind.",
    ),
    Entry(
        "INVALID_TEXT",
        "{field} is not acceptable text: {detail}.",
        ("field", "detail"),
        "Text is empty, too long, or holds control or invisible characters.",
    ),
    Entry(
        "INVALID_TIME",
        "{field} is not an acceptable time: {detail}.",
        ("field", "detail"),
        "Times are aware, exact to the microsecond, and lie between the years 1970 and 9998.",
    ),
    Entry(
        "INVALID_QUANTITY",
        "{quantity} is not a quantity.",
        ("quantity",),
        "A quantity is a plain decimal with ASCII digits and at most six decimals, never a float or an exponent.",
    ),
    Entry(
        "NEGATIVE_QUANTITY",
        "{quantity} is not above zero.",
        ("quantity",),
        "This operation takes quantities above zero; the direction is in its name.",
    ),
    Entry(
        "QUANTITY_TOO_LARGE",
        "{quantity} is more than {quantity_max}.",
        ("quantity", "quantity_max"),
        "A quantity or the balance that it would lead to is larger than the ledger can hold.",
    ),
    Entry(
        "TOO_MANY_LINES",
        "{lines} lines are more than {lines_max}.",
        ("lines", "lines_max"),
        "Split the request; each part needs a key of its own.",
    ),
    Entry(
        "IDEMPOTENCY_KEY_REUSED",
        "The key {key} was used for other content in posting {number}.",
        ("key", "number"),
        "A key stands for one act for ever. Nothing was done now; make a new key for a new act.",
    ),
    Entry("UNKNOWN_SITE", "There is no site {site}.", ("site",), "Define the site first."),
    Entry(
        "UNKNOWN_LOCATION",
        "There is no location {location} in site {site}.",
        ("site", "location"),
        "Define the location first.",
    ),
    Entry(
        "UNKNOWN_ITEM",
        "There is no item {sku}.",
        ("sku",),
        "Define the item first; codes are compared letter by letter, case included.",
    ),
    Entry(
        "BATCH_NOT_FOUND",
        "There is no lot {lot} of item {sku}.",
        ("sku", "lot"),
        "Lots are made by receiving into them.",
    ),
    Entry(
        "UNIT_NOT_FOUND",
        "There is no unit {unit} of {sku}.",
        ("sku", "unit"),
        "Units are made by receiving or producing them.",
    ),
    Entry(
        "UNIT_ALREADY_EXISTS",
        "The unit {unit} exists already.",
        ("unit",),
        "A unit is received once; its later life is told by other operations.",
    ),
    Entry(
        "RESERVATION_NOT_FOUND",
        "There is no reservation {reservation}.",
        ("reservation",),
        "The number is not one of this org.",
    ),
    Entry(
        "TRANSFER_NOT_FOUND", "There is no transfer {transfer}.", ("transfer",), "The number is not one of this org."
    ),
    Entry(
        "POSTING_NOT_FOUND",
        "There is no posting {number}.",
        ("number",),
        "The number is not in the journal of this org.",
    ),
    Entry(
        "VERSION_CONFLICT",
        "Version {expected} was expected of {entity}, version {actual} is there.",
        ("entity", "expected", "actual"),
        "Somebody changed it since it was read. Read again and decide again.",
    ),
    Entry(
        "MEASURE_FIXED",
        "Item {sku} is kept at {site}, so its measure stays {measure}.",
        ("sku", "site", "measure"),
        "Its history would mean something else. Define an item for the other measure, and bring the stock over.",
    ),
    Entry("REASON_REQUIRED", "A reason is required.", (), "This act is explained only by its reason."),
    Entry("SAME_PLACE", "Source and target are the same.", (), "Goods cannot be moved to where they are."),
    Entry(
        "INVALID_STATUS_TRANSITION",
        "{entity} is {from}, so it cannot become {to}.",
        ("entity", "from", "to"),
        "The table of transitions does not allow this step.",
    ),
    Entry(
        "RESERVATION_NOT_EXPIRED",
        "Reservation {reservation} is valid until {expires_at}.",
        ("reservation", "expires_at"),
        "Only the time can expire a reservation; release it instead.",
    ),
    Entry(
        "NOT_REVERTIBLE",
        "Posting {number} cannot be undone: {detail}.",
        ("number", "detail"),
        "The catalogue is not undone by postings; define it anew.",
    ),
    Entry(
        "ALREADY_REVERTED",
        "Posting {number} was undone by posting {by}.",
        ("number", "by"),
        "An act is undone once. To do it again, revert the posting that undid it.",
    ),
    Entry(
        "REVERT_BLOCKED",
        "Posting {number} cannot be undone; later postings stand in the way: {blockers}.",
        ("number", "blockers"),
        "Later postings used what it brought. Revert them first, newest first, or ask for the cascade.",
    ),
    Entry(
        "COUNTED_BELOW_PROMISED",
        "Less was counted than is promised: {places}.",
        ("places",),
        "What is reserved, sold, held or in quarantine is not there. Release or move it first, then count again.",
    ),
    Entry(
        "INSUFFICIENT_INVENTORY",
        "Not enough stock: {shortages}.",
        ("shortages",),
        "Every shortage is listed, not only the first. Nothing was taken.",
    ),
)
