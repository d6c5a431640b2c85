"""A random history of pieces on a real PostgreSQL, compared at every step with an independent model."""

import pytest

from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.ledger.pieces.piece_lives import live
from tests.ledger.soundness import flaws


async def check(stock: Stock, database: TestDatabase) -> None:
    """The ledger proves itself, and so do its pieces."""
    assert (await stock.verify()).ok
    assert await stock.pieces.verify() == ()
    assert flaws(database.admin_url) == []


async def test_a_history_agrees_with_the_model(stock: Stock, database: TestDatabase) -> None:
    """P3-P8, P12, P18: after each of 250 random acts the tables hold what the model says."""
    number, undone = await live(stock, database, 250, seed=4)

    assert number > 150
    assert undone > 20
    await check(stock, database)


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_ten_thousand_acts_agree_with_the_model(stock: Stock, database: TestDatabase) -> None:
    """P3-P8, P12, P18: after each of 16,000 random acts, 10,000 of them done, the tables hold what the model says."""
    number, undone = await live(stock, database, 16_000, seed=7)

    assert number > 10_000
    assert undone > 500
    await check(stock, database)
