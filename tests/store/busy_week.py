"""A week of everything, for the questions that tests ask afterwards, and what must come out of it."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from onhand.kernel.holding import Place
from onhand.kernel.posting import Movement, Posting
from onhand.kernel.states import STATES
from onhand.ledger.core.answers import Balances, balances_of
from onhand.ledger.stock import Stock

MONDAY = datetime(2026, 1, 26, 9, tzinfo=UTC)
UNIT = 1_000_000


async def a_busy_week(stock: Stock) -> list[Posting]:
    """Post every kind of act, some told late, some undone; gives the journal."""
    await stock.define(
        sites=["london", "paris"],
        locations=[("london", "A-1")],
        items=["tea", "mug", "drill"],
        key="define",
        data={"by": "import", "text": 'quote " and \\ and \u00e9\U0001f375', "rows": [1, None, True]},
    )
    await stock.receive(
        site="london", lines=[("tea", 100, "T-1"), ("tea", 50, "T-2")], key="po-1", occurred_at=MONDAY, reason="a\tb\n"
    )
    await stock.receive(site="london", lines=[{"sku": "mug", "quantity": 40, "location": "A-1"}], key="po-2")
    await stock.receive(site="paris", lines=[("mug", 5)], key="po-3", occurred_at=MONDAY + timedelta(days=1))
    await stock.receive(site="london", lines=[{"sku": "drill", "quantity": 1, "unit": "SN-1"}], key="po-4")
    held = await stock.reserve(site="london", lines=[("tea", 120)], document=("cart", "c-1"), key="cart-1")
    await stock.reservations.commit(
        reservation=held.made("reservation"), lines=[("tea", 100)], key="pay-1", actor="ann"
    )
    await stock.reservations.release(reservation=held.made("reservation"), key="free-1")
    sale = await stock.sell(site="london", lines=[("mug", 3)], document=("invoice", "i-7"), key="till-1", actor="ann")
    sent = await stock.transfer(site="london", target="paris", lines=[("mug", 10)], in_transit=True, key="van-1")
    await stock.arrive(transfer=sent.made("transfer"), lines=[("mug", 4)], key="van-2")
    await stock.move(site="paris", lines=[("mug", 2)], target="quarantine", reason="cracked", key="broken-1")
    await stock.revert(number=sale.number, reason="voided", key="void-1")
    late = MONDAY + timedelta(hours=3)
    await stock.sell(site="paris", lines=[("mug", 1)], key="offline-1", occurred_at=late)
    await stock.allow_negative(site="paris", lines=[("tea", 10)], key="policy-1")
    await stock.sell(site="paris", lines=[("tea", 2)], key="till-2")
    await stock.count(site="london", lines=[{"sku": "mug", "quantity": 29, "location": "A-1"}], key="count-1")
    await stock.transfer(
        site="london", target="paris", lines=[{"sku": "drill", "quantity": 1, "unit": "SN-1"}], key="v"
    )
    return await read_journal(stock)


async def read_journal(stock: Stock) -> list[Posting]:
    """Read the whole journal."""
    head = await stock.head()
    return list(await asyncio.gather(*[stock.get_posting(number) for number in range(1, head.number + 1)]))


def fold(postings: Iterable[Posting]) -> dict[Place, Balances]:
    """Add up the movements of some postings, by place; what the store says of balances is not looked at."""
    totals: dict[Place, list[int]] = {}
    for posting in postings:
        for movement in posting.movements:
            add(totals.setdefault(movement.place, [0] * STATES), movement)
    return {place: balances_of(balances) for place, balances in totals.items()}


def add(balances: list[int], movement: Movement) -> None:
    """Let a movement change balances."""
    if movement.source < STATES:
        balances[movement.source] -= movement.quantity
    if movement.target < STATES:
        balances[movement.target] += movement.quantity
