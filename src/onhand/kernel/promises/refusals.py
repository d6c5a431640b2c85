"""The refusals of promises: waiting lines, and the cleanup of what has expired."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "OTHERS_WAIT",
        "{waiting} wait for {sku} at {site} already.",
        ("site", "sku", "waiting"),
        "What comes free is for those who wait. Tell how long an offer is to be held, and wait in line as well.",
    ),
    Entry(
        "WAITING_LINE_FULL",
        "No more than {waiting_max} can wait for {sku} at {site}.",
        ("site", "sku", "waiting_max"),
        "Ask again when the line is shorter.",
    ),
    Entry(
        "NOT_NEXT_IN_LINE",
        "Reservation {reservation} has {ahead} before it in the line for {sku} at {site}.",
        ("reservation", "site", "sku", "ahead"),
        "Those who wait are served in turn. Nothing was offered.",
    ),
    Entry(
        "NOTHING_TO_CLAIM",
        "None of the {named} reservations can be claimed.",
        ("named",),
        "They are not due, or another worker has claimed them; look again for what is due.",
    ),
    Entry(
        "RESERVATION_CLAIMED",
        "Reservation {reservation} was claimed by {by} until {until}.",
        ("reservation", "by", "until"),
        "One worker ends an expired reservation. When its lease is over, another may claim it.",
    ),
)
