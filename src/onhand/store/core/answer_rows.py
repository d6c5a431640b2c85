"""Rows of the journal as the kernel's movements and changes, and rows of holdings as they were."""

from operator import attrgetter

from onhand.kernel.holding import Place
from onhand.kernel.posting import Movement
from onhand.kernel.states import end_named
from onhand.ledger.core.answers import Balances, HoldingThen
from onhand.store.database.answering import NamedRow, answer_of
from onhand.store.engine.rows import STATE_COLUMNS

_balances = attrgetter(*STATE_COLUMNS)


def holding_then(row: NamedRow, later: Balances | None) -> HoldingThen:
    """Read a holding as it was, without what happened later."""
    then = answer_of(Balances, row)
    return answer_of(HoldingThen, row, balances=then if later is None else then.less(later))


def movement_of(row: NamedRow) -> Movement:
    """Read a movement as the journal keeps it."""
    return Movement(
        row.holding_id,
        answer_of(Place, row),
        end_named(row.source),
        end_named(row.target),
        row.quantity,
        _balances(row),
        row.value,
        row.value_held,
        row.unit_cost,
    )
