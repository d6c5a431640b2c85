"""Alerts on a real database: raised and resolved by the facts, acknowledged by people."""

from datetime import UTC, datetime, timedelta

import pytest

from onhand.kernel.refusals import Refused
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query


async def rules(stock: Stock, **asked: object) -> list[tuple[str, str, str]]:
    """Look at the facts, then list the alerts."""
    await stock.lots.check_alerts()
    return [(alert.rule, alert.severity, alert.status) for alert in await stock.lots.list_alerts(**asked)]  # type: ignore[arg-type]  # as asked


@pytest.fixture
async def shop(stock: Stock) -> Stock:
    """A ledger with two items in london, of which A is low at three."""
    await stock.define(sites=["london"], items=["A", "B"], key="define")
    await stock.receive(site="london", lines=[("A", 10)], key="po")
    await stock.lots.set_low_stock(site="london", lines=[("A", 3)], key="low")
    return stock


async def test_low_and_out_of_stock(shop: Stock) -> None:
    """L18: an item is low at its level, out at zero, and neither above; each alert comes and goes with the facts."""
    seen = [await rules(shop)]
    for key, quantity in (("1", 6), ("2", 1), ("3", 3)):
        await shop.sell(site="london", lines=[("A", quantity)], key=key)
        seen.append(await rules(shop))
    await shop.receive(site="london", lines=[("A", 4)], key="more")
    seen.append(await rules(shop))

    assert seen == [
        [],
        [],
        [("low_stock", "warning", "open")],
        [("out_of_stock", "critical", "open")],
        [],
    ]
    assert {status for _, _, status in await rules(shop, status="resolved")} == {"resolved"}
    assert (await shop.verify()).ok


async def test_negative_stock(shop: Stock) -> None:
    """L18: stock below zero is critical until it is not below any more."""
    await shop.allow_negative(site="london", lines=[("B", 5)], key="policy")
    await shop.sell(site="london", lines=[("B", 2)], key="s")
    assert await rules(shop, rule="negative") == [("negative", "critical", "open")]

    await shop.receive(site="london", lines=[("B", 2)], key="more")

    assert await rules(shop) == []


async def test_expiring_and_expired(shop: Stock) -> None:
    """L18: a lot that expires within the days told is alerted, an expired one more sternly; one that is gone, not."""
    today = datetime.now(UTC).date()
    for lot, days in (("OVER", -1), ("TODAY", 0), ("SOON", 30), ("LATER", 31)):
        lines = [("B", 5, lot)]
        await shop.receive(site="london", lines=lines, expires_on=today + timedelta(days), key=lot)
    await shop.lots.check_alerts()
    found = {alert.facts["lot"]: alert.rule for alert in await shop.lots.list_alerts()}
    assert found == {"OVER": "expired", "TODAY": "expiring", "SOON": "expiring"}

    await shop.adjust(site="london", lines=[("B", -5, "OVER")], reason="thrown away", key="gone")
    await shop.sell(site="london", lines=[("B", 5, "TODAY")], key="sold")
    await shop.lots.check_alerts(expiring_days=31)

    assert {alert.facts["lot"] for alert in await shop.lots.list_alerts()} == {"SOON", "LATER"}


async def test_a_lot_on_hold_too_long(shop: Stock) -> None:
    """L18: a lot that has been on hold or in quarantine for the days told is alerted until it is released."""
    await shop.receive(site="london", lines=[("B", 5, "L")], key="lot")
    await shop.lots.set_status(sku="B", lot="L", status="ON_HOLD", reason="smells", key="hold")
    assert await rules(shop) == []
    await shop.lots.check_alerts(hold_days=0)
    assert [alert.rule for alert in await shop.lots.list_alerts()] == ["on_hold"]

    await shop.lots.set_status(sku="B", lot="L", status="LIVE", key="live")
    await shop.lots.check_alerts(hold_days=0)

    assert (await shop.lots.list_alerts()).rows == ()


async def test_an_alert_is_acknowledged_once_and_resolved_by_the_facts(shop: Stock) -> None:
    """L18: open, acknowledged, resolved; nobody resolves one by hand, and it is raised again when it is true again."""
    await shop.sell(site="london", lines=[("A", 8)], key="s")
    await shop.lots.check_alerts()
    (alert,) = await shop.lots.list_alerts()

    await shop.lots.acknowledge_alert(alert=alert.id, key="ack")
    assert await rules(shop) == [("low_stock", "warning", "acknowledged")]
    with pytest.raises(Refused) as refused:
        await shop.lots.acknowledge_alert(alert=alert.id, key="ack2")
    assert refused.value.code == "INVALID_STATUS_TRANSITION"
    await shop.receive(site="london", lines=[("A", 5)], key="more")
    assert await rules(shop) == []
    await shop.sell(site="london", lines=[("A", 5)], key="s2")

    assert await rules(shop) == [("low_stock", "warning", "open")]
    with pytest.raises(Refused, match="There is no alert 999"):
        await shop.lots.acknowledge_alert(alert=999, key="ack3")


async def test_looking_twice_changes_nothing(shop: Stock, database: TestDatabase) -> None:
    """L18: where the facts are as the alerts say, looking at them posts nothing; pages are cut like all others."""
    await shop.receive(
        site="london",
        lines=[("B", 1, "L"), ("B", 1, "M"), ("B", 1, "N")],
        expires_on=datetime.now(UTC).date(),
        key="lots",
    )
    await shop.lots.check_alerts()
    before = query(database.admin_url, "SELECT count(*) FROM posting")

    assert await shop.lots.check_alerts() == []
    first = await shop.lots.list_alerts(limit=2)
    second = await shop.lots.list_alerts(limit=2, after=first.after)

    assert query(database.admin_url, "SELECT count(*) FROM posting") == before
    assert {alert.facts["lot"] for alert in (*first, *second)} == {"L", "M", "N"}
    assert second.after is None
