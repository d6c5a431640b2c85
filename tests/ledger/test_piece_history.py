"""A random history of pieces on a real PostgreSQL, compared at every step with an independent model."""

import random

import psycopg
import pytest

from onhand import Refused
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.ledger.soundness import flaws
from tests.property.piece_model import PieceModel
from tests.property.piece_steps import PieceStep, agree, deed_of, furnishing, open_model, opening

_NOW = """SELECT unit.code, piece.kind, piece.status, piece.size
            FROM piece JOIN unit ON unit.org_id = piece.org_id AND unit.id = piece.id
           WHERE piece.status <> 'undone'"""


async def live(stock: Stock, database: TestDatabase, steps: int, seed: int) -> tuple[int, int]:
    """Let random acts happen to the ledger and to the model alike; give how many were done and how many undid."""
    model, chance = PieceModel(), random.Random(seed)
    await stock.post(furnishing())
    await stock.post(opening())
    open_model(model)
    promises: dict[int, int] = {}
    number, undone = 2, 0
    with psycopg.connect(database.admin_url, autocommit=True) as connection:
        for step in range(steps):
            wanted = PieceStep(chance.choice(PieceStep.KINDS), chance.getrandbits(30), chance.getrandbits(30))
            command, tell = deed_of(model, wanted, f"step-{step}", number + 1, promises.__getitem__)
            refused = None
            try:
                posting = await stock.post(command)
            except Refused as caught:
                refused = caught
            else:
                number, undone = posting.number, undone + len(posting.reverts)
                if command.kind == "reserve_pieces":
                    promises[number] = posting.made("reservation")
            agree(model, number if refused is None else number + 1, tell, refused)
            rows = connection.execute(_NOW).fetchall()
            assert {code: (kind, status, size) for code, kind, status, size in rows} == model.pieces(), step
    return number, undone


async def check(stock: Stock, database: TestDatabase) -> None:
    """The ledger proves itself, and so do its pieces."""
    assert (await stock.verify()).ok
    assert await stock.check_pieces() == ()
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
    """P3-P8, P12, P18: after each of 10,000 random acts the tables hold what the model says."""
    number, undone = await live(stock, database, 10_000, seed=7)

    assert number > 6000
    assert undone > 500
    await check(stock, database)
