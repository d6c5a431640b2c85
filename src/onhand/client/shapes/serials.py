"""
What lines and answers of serials look like.

Made from /openapi.json by `make docs`; edit docs/generating/client.py, not this.
"""

from typing import NotRequired, TypedDict


class SerialLine(TypedDict):
    """Serial line."""

    sku: str  # The code of an item.
    unit: str  # The code of a unit, or a unit of measure.
    condition: NotRequired[str]  # The condition of the single item.
    location: NotRequired[str]  # The code of a location of the site.
    lot: NotRequired[str]  # The code of a lot.
