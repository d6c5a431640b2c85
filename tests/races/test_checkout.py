"""The web checkout, cut off between any two steps: a retry completes it, or an expiry releases it."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from onhand import Refused
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import answer_of, python, query, wait_for
from tests.ledger.ledgers import furnish, ledger
from tests.ledger.soundness import flaws

STEPS = ("reserve", "order", "pay", "fulfil", "commit")

SHOP = """
import asyncio, json, os, signal, sys
from datetime import datetime
import onhand

url, expires_at, dies_after = sys.argv[1:4]
done = 0

def dying(orders):
    post = orders._post
    async def posted(command, **told):
        posting = await post(command, **told)
        global done
        done += 1
        if done == int(dies_after):
            os.kill(os.getpid(), signal.SIGKILL)
        return posting
    orders._post = posted

async def main():
    async with onhand.connect(url) as stock:
        dying(stock.orders)
        await stock.orders.checkout(
            key="c-1", sites=["london", "leeds"], lines=[("A", 5, "2"), ("B", 1, "1.50", "20")], number="O-1",
            expires_at=datetime.fromisoformat(expires_at),
        )
        await stock.orders.pay(order="O-1", amount="11.50", key="c-1/pay")
        await stock.orders.fulfil(order="O-1", key="c-1/fulfil")
        await stock.orders.commit(order="O-1", key="c-1/commit")
        order = await stock.orders.get("O-1")
    print(json.dumps([order.status, done]))

asyncio.run(main())
"""


async def stocked(database: TestDatabase) -> None:
    """Put three of A and one of B to london and four of A to leeds."""
    async with ledger(database) as stock:
        await furnish(stock, ("A", 3), ("B", 1))
        await stock.define(sites=["leeds"], key="leeds")
        await stock.receive(site="leeds", lines=[("A", 4)], key="po-leeds")


def shop(database: TestDatabase, expires_at: datetime, dies_after: int = 0) -> Any:  # noqa: ANN401 - what it printed
    """Let a shop go through all steps in a process of its own, and die after so many postings."""
    process = python(SHOP, Path(database.engine_url), Path(expires_at.isoformat()), Path(str(dies_after)))
    if not dies_after:
        return answer_of(process)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    return None


@pytest.mark.parametrize("dies_after", range(1, 6), ids=[f"after {step}" for step in STEPS])
async def test_a_retry_completes_what_was_cut_off(database: TestDatabase, dies_after: int) -> None:
    """C5, C15: killed after each step, the same calls again complete the one order; each step was done once."""
    await stocked(database)
    expires_at = datetime.now(UTC) + timedelta(hours=1)

    await asyncio.to_thread(shop, database, expires_at, dies_after)
    status, _ = await asyncio.to_thread(shop, database, expires_at)

    assert status == "completed"
    kinds = query(database.admin_url, "SELECT kind, count(*) FROM posting WHERE key LIKE 'c-1/%' GROUP BY 1 ORDER BY 1")
    assert kinds == [("commit_order", 1), ("fulfil_order", 1), ("order", 1), ("pay", 1), ("reserve_across", 1)]
    assert query(database.admin_url, "SELECT sum(available) / 1000000, sum(on_hand) / 1000000 FROM holding") == [(2, 2)]
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize("dies_after", [1, 2], ids=["after reserve", "after order"])
async def test_an_expiry_releases_what_nobody_goes_on_with(database: TestDatabase, dies_after: int) -> None:
    """C5: killed before the payment, and never tried again in time: all is available again, the order cancelled."""
    await stocked(database)
    expires_at = datetime.now(UTC) + timedelta(seconds=4)
    await asyncio.to_thread(shop, database, expires_at, dies_after)
    due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
    assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(2,)])

    async with ledger(database) as stock:
        done = await stock.reservations.release_expired(worker="w")
        with pytest.raises(Refused) as caught:
            await stock.orders.pay(order="O-1", amount="11.50", key="c-1/pay")

    assert len(done.released) >= 1
    assert caught.value.code == ("DOCUMENT_NOT_FOUND" if dies_after == 1 else "INVALID_STATUS_TRANSITION")
    assert query(database.admin_url, "SELECT sum(available) / 1000000 FROM holding") == [(8,)]
    assert set(query(database.admin_url, "SELECT status FROM sales_order")) <= {("cancelled",)}
    assert flaws(database.admin_url) == []


async def test_a_number_that_is_taken_is_seen_first(stock: Stock, database: TestDatabase) -> None:
    """C15, C5: the same order twice is one; a second checkout under its number is refused, and reserves nothing."""
    await stocked(database)
    told: dict[str, Any] = {
        "sites": ["london", "leeds"],
        "lines": [("A", 3, "2")],
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
    }
    await stock.orders.checkout(key="c-1", number="O-1", **told)
    again = await stock.orders.checkout(key="c-1", number="O-1", **told)
    with pytest.raises(Refused) as caught:
        await stock.orders.checkout(key="c-2", number="O-1", **told)

    assert again.replayed
    assert caught.value.code == "DOCUMENT_EXISTS"
    assert query(database.admin_url, "SELECT status FROM reservation") == [("active",)]
    assert not (await stock.orders.checkout(key="c-2", number="O-2", **told)).replayed


async def test_a_refused_order_gives_back_what_it_had_reserved(
    stock: Stock, database: TestDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C5, S10, C15: of two who take a number at once the second is refused, and its reservations are released."""
    await stocked(database)
    later = datetime.now(UTC) + timedelta(hours=1)
    cart: dict[str, Any] = {"sites": ["london"], "lines": [("A", 1, "2")], "number": "O-1", "expires_at": later}
    post = stock.orders._post  # noqa: SLF001 - each step of a checkout goes through it

    async def overtaken(command: Command, *, dry_run: bool = False) -> Posting:
        posting = await post(command, dry_run=dry_run)
        if command.kind == "reserve_across":
            async with ledger(database) as other:
                await other.orders.checkout(key="c-1", **cart)
        return posting

    monkeypatch.setattr(stock.orders, "_post", overtaken)
    with pytest.raises(Refused) as caught:
        await stock.orders.checkout(key="c-2", **cart)

    assert caught.value.code == "DOCUMENT_EXISTS"
    assert query(database.admin_url, "SELECT status, count(*) FROM reservation GROUP BY 1 ORDER BY 1") == [
        ("active", 1),
        ("released", 1),
    ]
    assert query(
        database.admin_url,
        "SELECT sum(available) / 1000000 FROM holding JOIN item ON item.id = item_id WHERE sku = 'A'",
    ) == [(6,)]


REFUSED = """
import asyncio, json, os, signal, sys
from datetime import datetime
import onhand

url, expires_at, dies, later = sys.argv[1:5]

async def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

async def main():
    async with onhand.connect(url) as stock:
        if dies == "1":
            stock.orders._give_back = die
        post = stock.orders._post
        async def overtaken(command, **told):
            posting = await post(command, **told)
            if command.kind == "reserve_across":
                async with onhand.connect(url) as other:
                    await other.orders.checkout(
                        key="c-1", sites=["london", "leeds"], lines=[("A", 1, "2")], number="O-1",
                        expires_at=datetime.fromisoformat(later),
                    )
            return posting
        stock.orders._post = overtaken
        try:
            await stock.orders.checkout(
                key="c-2", sites=["london", "leeds"], lines=[("A", 5, "2")], number="O-1",
                expires_at=datetime.fromisoformat(expires_at),
            )
        except onhand.Refused as refused:
            print(json.dumps(refused.code))

asyncio.run(main())
"""


@pytest.mark.parametrize("retried", [True, False], ids=["retried", "never retried"])
async def test_a_crash_before_the_giving_back(stock: Stock, database: TestDatabase, *, retried: bool) -> None:
    """C5, S10: killed between the refusal of the order and the release, the same call again or the expiry releases."""
    await stocked(database)
    later = datetime.now(UTC) + timedelta(hours=1)
    expires_at = later if retried else datetime.now(UTC) + timedelta(seconds=4)
    told = Path(database.engine_url), Path(expires_at.isoformat())
    process = python(REFUSED, *told, Path("1"), Path(later.isoformat()))
    await asyncio.to_thread(process.communicate, timeout=60)
    assert process.returncode == -signal.SIGKILL
    held = "SELECT sum(reserved) / 1000000 FROM holding"
    assert query(database.admin_url, held) == [(6,)]

    if retried:
        again = python(REFUSED, *told, Path("0"), Path(later.isoformat()))
        assert await asyncio.to_thread(answer_of, again) == "DOCUMENT_EXISTS"
    else:
        due = "SELECT count(*) FROM reservation WHERE expires_at <= now()"
        assert await asyncio.to_thread(wait_for, lambda: query(database.admin_url, due) == [(2,)])
        await stock.reservations.release_expired(worker="w")

    assert query(database.admin_url, held) == [(1,)]
    assert flaws(database.admin_url) == []


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"lines": [("A", 1, "1", "101")]}, "INVALID_COMMAND"),
        ({"lines": [{"sku": "A", "unit": "SN-1", "price": 1}]}, "INVALID_COMMAND"),
        ({"lines": [("A", 1)]}, "PRICE_UNKNOWN"),
        ({"customer": "nobody"}, "UNKNOWN_CUSTOMER"),
        ({"lines": [("X", 1, 1)]}, "UNKNOWN_ITEM"),
        ({"sites": ["york"]}, "UNKNOWN_SITE"),
    ],
)
async def test_what_is_wrong_is_seen_before_anything_is_reserved(
    stock: Stock, database: TestDatabase, told: dict[str, Any], code: str
) -> None:
    """C5: a cart that cannot become an order is refused first; put right, it is checked out under the same key."""
    await stocked(database)
    cart: dict[str, Any] = {
        "key": "c-1",
        "sites": ["london"],
        "lines": [("A", 1, "1")],
        "expires_at": datetime.now(UTC) + timedelta(hours=1),
    }
    before = query(database.admin_url, "SELECT count(*) FROM posting")

    with pytest.raises(Refused) as caught:
        await stock.orders.checkout(**{**cart, **told})

    assert caught.value.code == code
    assert query(database.admin_url, "SELECT count(*) FROM posting") == before
    assert (await stock.orders.checkout(**cart)).kind == "order"


async def test_checkouts_at_once_never_sell_twice(stock: Stock, database: TestDatabase) -> None:
    """C5, C8: ten carts of two for seven pieces in two branches: three orders, and one piece is left."""
    await stocked(database)
    expires_at = datetime.now(UTC) + timedelta(hours=1)
    async with ledger(database) as other:
        outcomes = await asyncio.gather(
            *(
                who.orders.checkout(
                    key=f"c-{number}", sites=["london", "leeds"], lines=[("A", 2, 1)], expires_at=expires_at
                )
                for number, who in enumerate([stock, other] * 5)
            ),
            return_exceptions=True,
        )

    assert sum(isinstance(outcome, Posting) for outcome in outcomes) == 3
    assert {outcome.code for outcome in outcomes if isinstance(outcome, Refused)} == {"INSUFFICIENT_INVENTORY"}
    assert flaws(database.admin_url) == []
