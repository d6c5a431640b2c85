"""What every family of questions stands on: a store to ask, and the limits of an answer."""

from onhand.kernel.refusals import Refused
from onhand.kernel.text import CODE_LENGTH_MAX, LOCATION_LENGTH_MAX, check_code
from onhand.ledger.reading import Reading

LIMIT_MAX = 1000


class Asking:
    """Asks a store about one org. Codes that are not known are refused, since an empty answer would mislead."""

    def __init__(self, reading: Reading, org_id: int) -> None:
        """Ask a store about an org."""
        self.reading = reading
        self.org_id = org_id


def check_limit(limit: int) -> None:
    """Refuse a page that is empty or too large."""
    if type(limit) is not int or not 1 <= limit <= LIMIT_MAX:
        raise Refused("INVALID_COMMAND", detail=f"limit is 1 to {LIMIT_MAX}")


def check_codes(**codes: str | None) -> None:
    """Check codes by which a list is narrowed."""
    for field, code in codes.items():
        if code is not None:
            check_code(code, field, LOCATION_LENGTH_MAX if field == "location" else CODE_LENGTH_MAX)
