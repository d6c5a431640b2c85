"""
Keeps stock: never oversells, loses nothing, explains every number and can undo every act.

    async with onhand.connect() as stock:
        await stock.receive(site="london", lines=[("85123A", 600)], key="po-1")
        sale = await stock.sell(site="london", lines=[("85123A", 6)], key="till-7/000123")
        await stock.revert(number=sale.number, reason="voided", key="till-7/000124")
"""

from typing import TYPE_CHECKING, Any

from onhand.faults import Fault
from onhand.kernel.command import Line
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.define import ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.receive import NEW_LOT
from onhand.pauses import shorten_pauses

if TYPE_CHECKING:
    from onhand.bootstrap import connect, connect_sync

__all__ = [
    "NEW_LOT",
    "Change",
    "Fault",
    "ItemLine",
    "Line",
    "LocationLine",
    "Movement",
    "Posting",
    "ProductLine",
    "Refused",
    "SiteLine",
    "connect",
    "connect_sync",
    "shorten_pauses",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes have types of their own
    """Load the composition root when it is first asked for; the rest of the package is light."""
    if name in {"connect", "connect_sync"}:
        from onhand import bootstrap  # noqa: PLC0415 - see above

        return getattr(bootstrap, name)
    raise AttributeError(f"module 'onhand' has no attribute {name!r}")
