"""A till in Python on a real ledger: offline, restarted, killed, within its slice, and over a very bad network."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import onhand
from onhand import Fault, Refused
from onhand.client.library import transport_of
from onhand.client.outbox import Outbox, OutboxMessage, Transport
from onhand.client.till import Till
from onhand.ledger.offline.verbs import Synced
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import python
from tests.ledger.recipes.cafe import available, open_cafe
from tests.ledger.soundness import flaws

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)

KILLED = """
import asyncio, os, signal, onhand
from onhand.client.library import transport_of
from onhand.client.outbox import Outbox

async def main():
    async with onhand.connect(os.environ["URL"]) as stock:
        send = transport_of(stock.offline)
        async def die_after(message):
            await send(message)
            os.kill(os.getpid(), signal.SIGKILL)
        with Outbox(os.environ["OUTBOX"], device="till-7") as outbox:
            await outbox.send(die_after)

asyncio.run(main())
"""


async def test_sales_without_network_arrive_later(stock: Stock, tmp_path: Path) -> None:
    """R15, R12, R13: sold offline, kept through a restart, sent when there is a ledger, synchronised in order."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        Till(outbox, "soho").sell("7/1", [("CROFFLE", 1)], sold_at=NOON)
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        till = Till(outbox, "soho")
        till.sell("7/2", [("CROFFLE", "2")], sold_at=NOON + timedelta(minutes=1))
        assert outbox.waiting() == 2

        await outbox.send(transport_of(stock.offline))

        assert outbox.waiting() == 0
    first, second = await stock.offline.list("soho")
    assert (first.transaction, first.device, first.sold_at, first.sequence) == ("7/1", "till-7", NOON, 1)
    assert second.arrived_at > second.sold_at
    assert await stock.offline.sync("soho") == Synced(synced=2, need_approval=0)
    assert await available(stock, "soho") == {"FLOUR": "7", "BUTTER": "8.5", "BOX": "7"}


async def test_killed_after_the_ledger_took_it(stock: Stock, database: TestDatabase, tmp_path: Path) -> None:
    """R15: a till killed when the ledger had the sale, and before that was written down, does not sell it twice."""
    await open_cafe(stock, "soho", flour=10, butter=10, box=10)
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        for number in (1, 2):
            Till(outbox, "soho").sell(f"7/{number}", [("CROFFLE", 1)])
    environment = {"URL": database.engine_url, "OUTBOX": str(tmp_path / "o")}
    for _ in range(2):
        process = python(KILLED, environment=environment)
        await asyncio.to_thread(process.communicate, timeout=60)
        assert process.returncode == -9
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        assert outbox.waiting() >= 1
        await outbox.send(transport_of(stock.offline))
        assert outbox.waiting() == 0

    assert await stock.offline.sync("soho") == Synced(synced=2, need_approval=0)
    assert await available(stock, "soho") == {"FLOUR": "8", "BUTTER": "9", "BOX": "8"}


async def test_a_slice_cannot_oversell(stock: Stock, tmp_path: Path) -> None:
    """B2, R16: what was lent to a till is sold offline down to the last box, while the others sell all the rest."""
    await open_cafe(stock, "soho", flour=100, butter=100, box=5)
    lent = await stock.offline.lend(site="soho", device="till-7", items=[("CROFFLE", 3)], key="lend")
    number = lent.made("reservation")
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        till = Till(outbox, "soho")
        till.take_slice(number, {"CROFFLE": 3})
        till.sell("7/1", [("CROFFLE", 2)], slice=number)
        with pytest.raises(Refused, match=r"CROFFLE - slice .*: Need 2, Have 1 \(Short: 1\)"):
            till.sell("7/2", [("CROFFLE", 1), ("CROFFLE", 1)], slice=number)
        till.sell("7/3", [("CROFFLE", 1)], slice=number)
        await stock.recipes.deduct(transaction="8/1", site="soho", items=[("CROFFLE", 2)], key="8/1")
        with pytest.raises(Refused, match=r"Box: Need 1, Have 0"):
            await stock.recipes.deduct(transaction="8/2", site="soho", items=[("CROFFLE", 1)], key="8/2")

        await outbox.send(transport_of(stock.offline))

    assert await stock.offline.sync("soho") == Synced(synced=2, need_approval=0)
    assert await available(stock, "soho") == {"FLOUR": "95", "BUTTER": "97.5", "BOX": "0"}
    (slice_now,) = await stock.reservations.list("soho")
    assert (slice_now.status, slice_now.document_type, slice_now.document_id) == ("committed", "till", "till-7")
    assert (await stock.verify()).ok


async def test_an_unused_slice_comes_back(stock: Stock, tmp_path: Path) -> None:
    """R16: given back after the sales that were made of it, or expired; sales of it that come late are deducted."""
    await open_cafe(stock, "soho", flour=100, butter=100, box=9)
    number = (await stock.offline.lend(site="soho", device="till-7", items=[("CROFFLE", 4)], key="1")).made(
        "reservation"
    )
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        till = Till(outbox, "soho")
        till.take_slice(number, {"CROFFLE": 4})
        till.sell("7/1", [("CROFFLE", 1)], slice=number)
        assert till.left(number) == {"CROFFLE": "3"}
        till.give_back(number)
        with pytest.raises(Refused, match="Have 0"):
            till.sell("7/2", [("CROFFLE", 1)], slice=number)
        await outbox.send(transport_of(stock.offline))
        assert outbox.waiting() == 0
    assert await available(stock, "soho") == {"FLOUR": "99", "BUTTER": "99.5", "BOX": "8"}
    assert await stock.offline.settle_loan(site="soho", slice=number, key="again") is None

    soon = datetime.now(UTC) + timedelta(seconds=0.3)
    lent = await stock.offline.lend(site="soho", device="till-8", items=[("CROFFLE", 2)], expires_at=soon, key="2")
    assert (await available(stock, "soho"))["BOX"] == "6"
    while not (await stock.reservations.release_expired(worker="w")).released:
        pass
    assert (await available(stock, "soho"))["BOX"] == "8"
    with Outbox(tmp_path / "p", device="till-8") as outbox:
        till = Till(outbox, "soho")
        till.take_slice(lent.made("reservation"), {"CROFFLE": 2}, expires_at=soon)
        with pytest.raises(Refused, match="Have 0"):
            till.sell("8/1", [("CROFFLE", 1)], slice=lent.made("reservation"))
        till.sell("8/1", [("CROFFLE", 1)], slice=lent.made("reservation"), sold_at=soon - timedelta(seconds=0.1))
        await outbox.send(transport_of(stock.offline))
    assert await stock.offline.sync("soho") == Synced(synced=1, need_approval=0)
    assert (await available(stock, "soho"))["BOX"] == "7"


async def test_a_slice_is_of_what_is_there(stock: Stock) -> None:
    """R16: what is not there is not lent, parts of a product are not, and a slice that would end at once is none."""
    await open_cafe(stock, "soho", flour=1, butter=1, box=1)

    for told, code in (
        ({"items": [("CROFFLE", 2)]}, "INSUFFICIENT_INGREDIENTS"),
        ({"items": [("CROFFLE", "0.5")]}, "INVALID_QUANTITY"),
        ({"items": [("TEA", 1)]}, "UNKNOWN_PRODUCT"),
        ({"items": [("CROFFLE", 1)], "expires_at": NOON}, "INVALID_TIME"),
        ({"items": [("CROFFLE", 1)], "device": ""}, "INVALID_TEXT"),
    ):
        with pytest.raises(Refused) as caught:
            await stock.offline.lend(**{"site": "soho", "device": "d", "key": "k", **told})  # type: ignore[arg-type]  # by case
        assert caught.value.code == code


async def test_baskets_of_thirds_fit_the_slice(stock: Stock) -> None:
    """R16: a slice of thirds is rounded up by product, so sales of it in any baskets leave nothing short."""
    await open_cafe(stock, "soho", flour=2)
    await stock.recipes.define(product="BUN", ingredients=[("Flour", "1/3", "kg")], key="bun")
    number = (await stock.offline.lend(site="soho", device="d", items=[("BUN", 5)], key="1")).made("reservation")

    for transaction, count in (("a", 1), ("b", 2), ("c", 2)):
        await stock.recipes.deduct(
            transaction=transaction, site="soho", items=[("BUN", count)], slice=number, key=transaction
        )

    holding = next(iter(await stock.list_holdings("soho", "FLOUR")))
    assert (holding.balances.available, holding.balances.reserved) == (Decimal("0.33333"), Decimal("0.000003"))


class BadNetwork:
    """Drops messages and answers, delivers them twice and late, and now and then all at once in another order."""

    def __init__(self, send: Transport, seed: int) -> None:
        self._send = send
        self._chance = random.Random(seed)
        self._late: list[OutboxMessage] = []
        self.dropped = self.doubled = 0

    async def carry(self, message: OutboxMessage) -> None:
        """Carry a message, badly."""
        fate = self._chance.random()
        if fate < 0.15:
            self.dropped += 1
            raise OSError("lost on the way")
        if fate < 0.35:
            self._late.append(message)
            if fate < 0.25:
                self.dropped += 1
                raise TimeoutError
        if fate > 0.95:
            await self.deliver_late()
        await self._send(message)
        if self._chance.random() < 0.15:
            self.dropped += 1
            raise TimeoutError

    async def deliver_late(self) -> None:
        """Deliver what was held back, in any order; nobody waits for the answers."""
        self._chance.shuffle(self._late)
        late, self._late = self._late, []
        for message in late:
            self.doubled += 1
            await self._send(message)


async def sold_over_a_bad_network(stock: Stock, folder: Path, messages: int, seed: int) -> BadNetwork:
    """Sell over it with four tills until all outboxes are empty, then deliver what is still under way."""
    network = BadNetwork(transport_of(stock.offline), seed)
    boxes = [Outbox(folder / f"o{number}", device=f"till-{number}") for number in range(4)]
    for number in range(messages):
        outbox = boxes[number % len(boxes)]
        Till(outbox, "soho").sell(
            f"t/{number}", [("CROFFLE", 1 + number % 3)], sold_at=NOON + timedelta(seconds=number)
        )

    async def empty(outbox: Outbox) -> None:
        while (await outbox.send(network.carry)).waiting:
            pass
        outbox.close()

    await asyncio.gather(*(empty(outbox) for outbox in boxes))
    await network.deliver_late()
    return network


async def check_bad_network(stock: Stock, folder: Path, messages: int) -> None:
    """Sell over a bad network; exactly the right stock is left."""
    sold = sum(1 + number % 3 for number in range(messages))
    await open_cafe(stock, "soho", flour=sold, butter=sold, box=sold + 5)

    network = await sold_over_a_bad_network(stock, folder, messages, seed=6)
    synced = await stock.offline.sync("soho")

    assert network.dropped > messages / 10
    assert network.doubled > messages / 10
    assert synced == Synced(synced=messages, need_approval=0)
    left = await available(stock, "soho")
    assert (left["FLOUR"], left["BOX"]) == ("0", "5")
    times = [sale.sold_at async for sale in stock.every(stock.offline.list, "soho")]
    assert times == sorted(times)


async def test_a_bad_network_ends_in_exactly_the_right_stock(
    stock: Stock, database: TestDatabase, tmp_path: Path
) -> None:
    """R15, R4: 200 messages over a network that drops, doubles, delays and reorders them are 200 sales."""
    await check_bad_network(stock, tmp_path, 200)

    assert flaws(database.admin_url) == []
    assert (await stock.verify()).ok


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_ten_thousand_messages_over_a_bad_network(stock: Stock, database: TestDatabase, tmp_path: Path) -> None:
    """R15, R4: the same with 10,000 messages."""
    await check_bad_network(stock, tmp_path, 10_000)

    assert flaws(database.admin_url) == []


async def test_an_unknown_message_is_told(stock: Stock, tmp_path: Path) -> None:
    """R15: a message that the transport does not know waits, and says so."""
    with Outbox(tmp_path / "o", device="d") as outbox:
        outbox.add("dance", {})

        sent = await outbox.send(transport_of(stock.offline))

        assert (sent.waiting, sent.why) == (1, "Nobody knows dance.")
        assert isinstance(Fault(code="CLOSED", message="", retryable=False), onhand.Fault)
