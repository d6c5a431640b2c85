"""
What a command may refuse: each tells its own codes, made up of these groups and of what only it says.

The tests hunt for every pair of a command and a code: one that is met and not told fails, and one that is told and not
met as well.
"""

from onhand.kernel.refusals import CATALOGUE

Codes = frozenset[str]

OF_ALL: Codes = frozenset({"INVALID_COMMAND", "INVALID_TEXT", "INVALID_TIME", "IDEMPOTENCY_KEY_REUSED"})
"""Of every command, so no command tells these: its key, its times and its texts may be none, or the key another's."""
OF_QUANTITIES: Codes = frozenset({"INVALID_QUANTITY", "NEGATIVE_QUANTITY", "QUANTITY_TOO_LARGE"})
OF_LINES: Codes = OF_QUANTITIES | {"TOO_MANY_LINES"}
OF_PLACES: Codes = frozenset(
    {"UNKNOWN_SITE", "UNKNOWN_ITEM", "UNKNOWN_LOCATION", "BATCH_NOT_FOUND", "UNIT_NOT_FOUND", "VERSION_CONFLICT"}
)
"""Of lines that name holdings of a site, and their versions."""
OF_TAKING: Codes = OF_LINES | OF_PLACES | {"INSUFFICIENT_INVENTORY", "PIECE_IS_WHOLE", "SERIAL_NOT_WHOLE"}
"""Of lines that are taken from what there is."""
OF_PUTTING: Codes = OF_LINES | OF_PLACES | {"PIECE_IS_WHOLE", "PIECES_NOT_THERE", "SERIAL_NOT_WHOLE", "VALUE_TOO_LARGE"}
"""Of lines that are put to where there may be some already."""
OF_SELLING: Codes = frozenset({"LOT_NOT_FOR_SALE", "LOT_EXPIRED"})
OF_LOTS: Codes = frozenset({"UNKNOWN_ITEM", "BATCH_NOT_FOUND", "VERSION_CONFLICT"})
"""Of one lot that is named by its item and code."""
OF_PIECES: Codes = frozenset(
    {"INVALID_PIECE_ID", "PIECE_NOT_FOUND", "PIECES_NOT_THERE", "TOO_MANY_LINES", "VERSION_CONFLICT"}
)
"""Of pieces that are named."""
OF_RESERVATIONS: Codes = frozenset({"RESERVATION_NOT_FOUND", "INVALID_STATUS_TRANSITION"})
OF_DOCUMENTS: Codes = frozenset({"DOCUMENT_NOT_FOUND", "INVALID_STATUS_TRANSITION", "VERSION_CONFLICT"})
OF_DEDUCTIONS: Codes = frozenset(
    {"UNKNOWN_PRODUCT", "RECIPE_MISSING", "UNIT_NOT_CONVERTIBLE", "MAPPING_MISSING", "INSUFFICIENT_INGREDIENTS"}
)
"""Of what was sold by its recipe."""
OF_THE_LIMITED: Codes = frozenset({"UNKNOWN_SITE", "POSTING_NOT_FOUND"})
"""Of every command of somebody who is limited to sites: what it touches, or its key stands for, is elsewhere."""


def in_order(codes: Codes) -> tuple[str, ...]:
    """List codes in the order of the catalogue; raises LookupError for one that is not in it."""
    if not codes <= CATALOGUE.keys():
        raise LookupError(*codes - CATALOGUE.keys())
    return tuple(code for code in CATALOGUE if code in codes)
