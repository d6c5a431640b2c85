"""Random lives of pieces on a real PostgreSQL, compared at every step with an independent model."""

import random
from collections.abc import Awaitable, Callable

import psycopg

from onhand import Refused
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.property.piece_model import PieceModel
from tests.property.piece_steps import PieceStep, agree, deed_of, furnishing, open_model, opening

_NOW = """SELECT unit.code, piece.kind, piece.status, piece.size
            FROM piece JOIN unit ON unit.org_id = piece.org_id AND unit.id = piece.id
           WHERE piece.status <> 'undone'"""


Watch = Callable[[int, PieceModel], Awaitable[None]]
"""Looks at the ledger after a posting."""


async def live(
    stock: Stock, database: TestDatabase, steps: int, seed: int, watch: Watch | None = None
) -> tuple[int, int]:
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
            if watch is not None and refused is None:
                await watch(number, model)
    return number, undone
