"""
Following: what movements of lots bring about by themselves, as changes of the same posting.

The last unit sold makes a lot sold out, and goods that come back make it live again. Such a status is derived from the
goods. So where a posting is undone, it is set back if nothing changed it since, and else computed anew from the goods.
"""

from onhand.kernel.draft import Draft
from onhand.kernel.lots.lot import FOR_SALE, Lot
from onhand.kernel.posting import Change
from onhand.kernel.states import End, Outside, State

SOLD_OUT = "sold_out"
RESTOCKED = "restocked"
_SELLING: frozenset[End] = frozenset({State.SOLD, Outside.CUSTOMER, Outside.USED})


def follow_lots(draft: Draft) -> None:
    """Let the status of each lot that was moved follow its goods."""
    sold: dict[int, bool] = {}
    for movement in draft.movements:
        lot_id = draft.book.holdings[movement.holding_id].key.lot_id
        if lot_id is not None:
            sold[lot_id] = sold.get(lot_id, False) or movement.target in _SELLING
    for lot_id, is_sold in sold.items():
        lot = draft.book.get(Lot, lot_id)
        if lot.status == "SOLD_OUT":
            if unsold(draft, lot):
                draft.change(lot, lot.next(status="LIVE", status_since=draft.now), RESTOCKED)
        elif is_sold and lot.status in FOR_SALE and not unsold(draft, lot):
            draft.change(lot, lot.next(status="SOLD_OUT", status_since=draft.now), SOLD_OUT)


def unsold(draft: Draft, lot: Lot) -> int:
    """Count what of a lot is there or on its way, in all places, and not sold."""
    return sum(
        holding.on_hand - holding.balances[State.SOLD] + holding.balances[State.INCOMING]
        for holding in draft.book.lot_places.get(lot.id, ())
    )


def follows_goods(change: Change) -> bool:
    """Tell whether a change was derived from the goods alone, as LIVE to SOLD_OUT is."""
    return change.entity == "lot" and change.action in {SOLD_OUT, RESTOCKED}
