"""Undoing what much was built upon: up to a bound in one act, beyond it in several."""

import pytest

from onhand import Posting, Refused
from onhand.ledger.stock import Stock
from onhand.store.engine.postings import LATER_MAX
from tests.conftest import TestDatabase
from tests.ledger.ledgers import available, furnish, sell
from tests.ledger.soundness import flaws


async def test_a_cascade_undoes_as_many_as_its_bound(stock: Stock, database: TestDatabase) -> None:
    """B6: a delivery is undone with a thousand later sales; with one more it is refused, until the newest is undone."""
    await furnish(stock, ("A", LATER_MAX + 1))
    received = (await stock.head()).number
    sales = await stock.bulk([sell("A", 1, key=f"till/{number}") for number in range(LATER_MAX + 1)])
    newest = sales[-1]
    assert isinstance(newest, Posting)

    with pytest.raises(Refused) as refused:
        await stock.revert(number=received, cascade=True, key="all")
    await stock.revert(number=newest.number, key="newest")
    undone = await stock.revert(number=received, cascade=True, key="all")

    assert refused.value.code == "REVERT_BLOCKED"
    blockers = refused.value.facts["blockers"]
    assert isinstance(blockers, list)
    assert [blocker["posting"] for blocker in blockers] == list(range(newest.number, received + 1, -1))
    assert len(undone.reverts) == LATER_MAX + 1
    assert available(database, "A") == 0
    assert flaws(database.admin_url) == []
