"""A ledger with something in every list, for the tests of pages."""

from datetime import UTC, datetime, timedelta

from onhand.ledger.stock import Stock
from onhand.ledger.webhooks.port import Try
from tests.ledger.ledgers import reading_of
from tests.ledger.recipes.cafe import open_cafe

SINCE = datetime(2026, 1, 26, 9, tzinfo=UTC)
ROWS = 3
"""So many rows at least has every list."""


async def something_of_everything(stock: Stock) -> None:
    """Make a cafe that does whatever a ledger can do, and do each of it so many times."""
    await open_cafe(stock, "soho", flour=100, butter=100, box=100)
    await stock.define(items=["mug", "tea", "drill", "pipe"], key="items")
    for n in range(ROWS):
        await another_of_everything(stock, n)


async def another_of_everything(stock: Stock, n: int) -> None:
    """Add at least one row to every list."""
    day = SINCE + timedelta(hours=n)
    await stock.define(
        products=[f"P-{n}"], items=[f"new-{n}"], sites=[f"site-{n}"], locations=[("soho", f"L-{n}")], key=f"{n}/define"
    )
    await stock.receive(site="soho", lines=[("mug", 10), (f"new-{n}", 1)], key=f"{n}/po")
    expires_on = (datetime.now(UTC) + timedelta(days=10)).date()
    await stock.receive(site="soho", lines=[("tea", 9, f"T-{n}")], expires_on=expires_on, key=f"{n}/tea")
    await stock.sell(site="soho", lines=[("tea", 1, "T-0")], document=("invoice", f"t-{n}"), key=f"{n}/sale")
    await stock.sell_at_counter(site="soho", lines=[("mug", 1)], prices={"mug": 2}, key=f"{n}/till")
    await stock.reserve(site="soho", lines=[("mug", 1)], document=("cart", f"c-{n}"), key=f"{n}/cart")
    await stock.invoices.issue(site="soho", lines=[("mug", 1, 1)], number=f"I-{n}", key=f"{n}/invoice")
    ends = datetime.now(UTC) + timedelta(days=1)
    await stock.orders.checkout(sites=["soho"], lines=[("mug", 1, 1)], expires_at=ends, key=f"{n}/order")
    await stock.serials.receive(site="soho", serials=[("drill", f"SN-{n}")], key=f"{n}/serials")
    await stock.invoices.issue(
        site="soho", lines=[{"sku": "drill", "unit": "SN-0", "price": 1}], number=f"S-{n}", key=f"{n}/s"
    )
    await stock.invoices.cancel(invoice=f"S-{n}", key=f"{n}/cancel")
    roll = {"sku": "pipe", "kind": "roll", "size": 10 + n, "codes": [f"R-{n}"]}
    await stock.pieces.produce(site="soho", made=[roll], key=f"{n}/roll")
    hold = await stock.pieces.reserve(pieces=["R-0"], key=f"{n}/hold")
    await stock.reservations.release(reservation=hold.made("reservation"), key=f"{n}/free")
    await stock.offline.queue(
        transaction=f"o-{n}", site="soho", items=[("CROFFLE", 1)], device="till", occurred_at=day, key=f"{n}/queue"
    )
    await stock.recipes.deduct(transaction=f"d-{n}", site="soho", items=[("CROFFLE", 1)], key=f"{n}/deduct")
    await stock.count(site="soho", lines=[("BOX", 90 - n)], reason="counted", key=f"{n}/count")
    await stock.planning.order_incoming(site="soho", lines=[("mug", 1)], key=f"{n}/purchase")
    await stock.accounts.define_user(user=f"user-{n}", role="clerk", key=f"{n}/user")
    await stock.accounts.create_key(name=f"key-{n}", role="clerk", key_hash=f"{n:064x}", key=f"{n}/key")
    await stock.catalog.define_customer(code=f"customer-{n}", name="Ann", key=f"{n}/customer")
    await stock.webhooks.create(name=f"hook-{n}", url="https://example.com/", key=f"{n}/hook")
    await deliver(stock)
    await stock.lots.check_alerts()
    await stock.worker.follow_totals()


async def deliver(stock: Stock) -> None:
    """Note that the first webhook was told of a posting."""
    webhooks = reading_of(stock).webhooks
    (first, *_) = await stock.webhooks.list()
    claimed = await webhooks.claim(first.id, "test", 60)
    assert claimed is not None
    number, tries = (await stock.head()).number, claimed.tries + 1
    tried = Try(tries, number, datetime.now(UTC), 200, None, 3)
    assert await webhooks.advance(claimed._replace(number=number, tries=tries), 60, tried)
    await webhooks.release(claimed)
