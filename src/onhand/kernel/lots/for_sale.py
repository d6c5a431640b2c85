"""For sale: which lots may be sold, reserved and used, and what is said of those that may not."""

from collections.abc import Sequence
from datetime import date

from onhand.kernel.draft import Draft
from onhand.kernel.holding import Holding
from onhand.kernel.lots.lot import FOR_SALE, Lot
from onhand.kernel.quantity import quantity_text
from onhand.kernel.refusals import Refused
from onhand.kernel.states import End, Outside, State

FOR_CUSTOMERS: frozenset[End] = frozenset({State.RESERVED, State.SOLD, Outside.CUSTOMER, Outside.USED})
"""Where goods go only if their lot may be sold."""

CHOOSY: frozenset[End] = FOR_CUSTOMERS | {Outside.ELSEWHERE}
"""Where goods go only if their lot may be sold, unless the lot is named and merely brought elsewhere."""


def check_for_sale(lot: Lot, sku: str, today: date) -> None:
    """
    Refuse a lot that may not be sold; of one that is sold out, the shortage tells enough.

    Raises:
        Refused: LOT_NOT_FOR_SALE or LOT_EXPIRED.
    """
    if lot.status not in FOR_SALE and lot.status != "SOLD_OUT":
        raise Refused("LOT_NOT_FOR_SALE", sku=sku, lot=lot.code, status=lot.status)
    if lot.is_expired(today):
        raise Refused("LOT_EXPIRED", sku=sku, lot=lot.code, expires_on=str(lot.expires_on))


def check_holding_for_sale(draft: Draft, holding: Holding) -> None:
    """Refuse goods of a lot that may not be sold, such as promised ones whose lot was recalled since."""
    if holding.key.lot_id is not None:
        check_for_sale(draft.book.get(Lot, holding.key.lot_id), holding.place.sku, draft.today)


def only_for_sale(draft: Draft, holdings: Sequence[Holding]) -> list[Holding]:
    """Leave out the holdings whose lot may not be sold."""
    return [holding for holding in holdings if _obstacle(draft, holding) is None]


def blocked(draft: Draft, holdings: Sequence[Holding]) -> list[dict[str, object]]:
    """Tell what is available in lots that may not be sold, and why not."""
    return [
        {"lot": holding.place.lot, "quantity": quantity_text(holding.balances[State.AVAILABLE]), "because": why}
        for holding in holdings
        if holding.balances[State.AVAILABLE] > 0 and (why := _obstacle(draft, holding)) is not None
    ]


def _obstacle(draft: Draft, holding: Holding) -> str | None:
    lot_id = holding.key.lot_id
    if lot_id is None:
        return None
    lot = draft.book.get(Lot, lot_id)
    if lot.status not in FOR_SALE:
        return lot.status
    return f"expired after {lot.expires_on}" if lot.is_expired(draft.today) else None
