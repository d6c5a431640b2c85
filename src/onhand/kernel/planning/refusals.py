"""The refusals of planning, in order of precedence."""

from onhand.kernel.refusal_entry import Entry

ENTRIES = (
    Entry(
        "PURCHASE_NOT_FOUND", "There is no purchase {purchase}.", ("purchase",), "The number is not one of this org."
    ),
)
