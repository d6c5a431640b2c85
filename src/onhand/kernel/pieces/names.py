"""
What people name pieces by: a code that the ledger gave, or a UUID in any spelling.

Older installations wrote UUIDs with a prefix, `inv_` for what is in stock and `dsp_` for a dispatch. Every spelling is
read, and the clean one is stored: 32 hex digits in lower case, with hyphens.
"""

import re

from onhand.kernel.quantity import shown
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_code

_PREFIX = re.compile(r"(?:inv|dsp)_", re.IGNORECASE)
_UUID = re.compile(
    r"(?:urn:uuid:)?(\{)?([0-9a-f]{8})(-?)([0-9a-f]{4})\3([0-9a-f]{4})\3([0-9a-f]{4})\3([0-9a-f]{12})(?(1)\})",
    re.IGNORECASE | re.ASCII,
)
_MEANT = re.compile(r"urn:uuid:|\{|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE | re.ASCII)


def clean_uuid(text: str) -> str | None:
    """Give the one spelling of a UUID; None where the text is none."""
    bare = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    match = _UUID.fullmatch(bare)
    if match is None:
        return None
    return "-".join(match.group(2, 4, 5, 6, 7)).lower()


def piece_code(text: object, field: str = "piece") -> str:
    """
    Read the name of a piece.

    Raises:
        Refused: INVALID_PIECE_ID for what was meant as an id and is none; INVALID_TEXT for what is no code.
    """
    if not isinstance(text, str):
        raise Refused("INVALID_PIECE_ID", id=shown(text))
    found = clean_uuid(text)
    if found is not None:
        return found
    if _PREFIX.match(text) or _MEANT.match(text):
        raise Refused("INVALID_PIECE_ID", id=shown(text))
    return check_code(text, field)


def document_id(text: str | None) -> str | None:
    """Read the id of a document, which may have been written with a prefix."""
    if text is None or not _PREFIX.match(text):
        return text
    return piece_code(text)
