"""A reservation stands for what was asked: its key and the hash of its content are kept for ever."""

import pytest

from onhand import Refused
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import furnish


async def test_a_retry_is_the_same_reservation(stock: Stock, database: TestDatabase) -> None:
    """C4: the same basket under the same key is one reservation, whoever resends it and whatever became of it."""
    await furnish(stock, ("A", 5))
    first = await stock.reserve(site="london", lines=[("A", 2)], key="cart-1")
    await stock.reservations.release(reservation=first.made("reservation"), key="r")

    again = await stock.reserve(site="london", lines=[("A", 2)], key="cart-1", actor="another till")

    assert again.replayed
    assert again.made("reservation") == first.made("reservation")
    assert query(database.admin_url, "SELECT count(*) FROM reservation") == [(1,)]
    assert (
        query(database.admin_url, "SELECT fingerprint FROM posting WHERE key = 'cart-1'")[0][0].bytes
        == first.fingerprint
    )


@pytest.mark.parametrize(
    "other",
    [
        {"lines": [("A", 3)]},
        {"lines": [("A", 1), ("A", 1)]},
        {"site": "leeds"},
        {"hold_seconds": 60},
        {"priority": 1},
        {"document": ("cart", "c-2")},
    ],
    ids=lambda other: next(iter(other)),
)
async def test_another_basket_under_the_key_is_refused(stock: Stock, other: dict[str, object]) -> None:
    """C4: anything else under the key of a reservation is refused with the posting that it stands for."""
    await furnish(stock, ("A", 5))
    told = {"site": "london", "lines": [("A", 2)], "document": ("cart", "c-1")}
    first = await stock.reserve(**told, key="cart-1")  # type: ignore[arg-type]  # told as a caller would

    with pytest.raises(Refused) as caught:
        await stock.reserve(**{**told, **other}, key="cart-1")  # type: ignore[arg-type]  # as above

    assert (caught.value.code, caught.value.facts["number"]) == ("IDEMPOTENCY_KEY_REUSED", first.number)
