"""Lists of lots: each filter and order, words, pages, cursors that cannot be forged, and the plans behind them."""

import base64
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from onhand.kernel.refusals import Refused
from onhand.ledger.lots.port import ORDERS
from onhand.ledger.stock import Stock

DAY = date(2030, 1, 1)


@pytest.fixture
async def shelf(stock: Stock) -> Stock:
    """A ledger with five lots of two brands and vendors in two sites, one of them sold out."""
    await stock.define(sites=["london", "leeds"], key="sites")
    told = [
        ("Acme", "Leaf", "Blue Dream", "flower", "indoor", "london", DAY + timedelta(3)),
        ("Acme", "Leaf", "Sour Haze", "flower", "outdoor", "leeds", None),
        ("Bold", "Root", "Lemon Cr\u00e8me", "edible", None, "london", DAY + timedelta(1)),
        ("Bold", "Leaf", "Blue Kush", "flower", "indoor", "leeds", DAY + timedelta(2)),
        ("Bold", "Root", "Blueberry Gum", "edible", "vegan", "london", None),
    ]
    for number, (vendor, brand, product, category, subcategory, site, expires_on) in enumerate(told):
        await stock.lots.take_in(
            vendor=vendor,
            brand=brand,
            product=product,
            category=category,
            subcategory=subcategory,
            site=site,
            quantity=10,
            expires_on=expires_on,
            lot=f"L-{number}",
            key=f"intake-{number}",
        )
    sku = (await codes_and_skus(stock))["L-3"]
    await stock.sell(site="leeds", lines=[(sku, 10)], document=("invoice", "i-1"), key="sale")
    return stock


async def codes_and_skus(stock: Stock) -> dict[str, str]:
    """Give the item of each lot."""
    return {lot.code: lot.sku for lot in await stock.lots.list()}


async def codes(stock: Stock, **asked: Any) -> list[str]:  # noqa: ANN401 - whatever is asked
    """Give the codes that a question lists."""
    return [lot.code for lot in await stock.lots.list(**asked)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["L-4", "L-3", "L-2", "L-1", "L-0"]),
        ({"order": "oldest"}, ["L-0", "L-1", "L-2", "L-3", "L-4"]),
        ({"order": "code"}, ["L-0", "L-1", "L-2", "L-3", "L-4"]),
        ({"order": "expires_on"}, ["L-2", "L-3", "L-0"]),
        ({"status": "SOLD_OUT"}, ["L-3"]),
        ({"status": "LIVE"}, ["L-4", "L-2", "L-1", "L-0"]),
        ({"category": "flower"}, ["L-3", "L-1", "L-0"]),
        ({"subcategory": "indoor"}, ["L-3", "L-0"]),
        ({"brand": "Root"}, ["L-4", "L-2"]),
        ({"vendor": "Acme"}, ["L-1", "L-0"]),
        ({"vendor": "Acme", "brand": "Root"}, []),
        ({"vendor": "nobody"}, []),
        ({"site": "leeds"}, ["L-3", "L-1"]),
        ({"site": "leeds", "order": "expires_on"}, ["L-3"]),
        ({"site": "leeds", "text": "haze"}, ["L-1"]),
        ({"since": datetime(2020, 1, 1, tzinfo=UTC)}, ["L-4", "L-3", "L-2", "L-1", "L-0"]),
        ({"until": datetime(2020, 1, 1, tzinfo=UTC)}, []),
        ({"text": "blue"}, ["L-4", "L-3", "L-0"]),
        ({"text": "BLUE dream"}, ["L-0"]),
        ({"text": "cr\u00e8me"}, ["L-2"]),
        ({"text": "creme"}, ["L-2"]),
        ({"text": "l-4"}, ["L-4"]),
        ({"text": "bold edible", "order": "code"}, ["L-2", "L-4"]),
        ({"text": "lue"}, []),
        ({"text": "%"}, None),
    ],
)
async def test_lots_are_listed_as_asked(shelf: Stock, asked: dict[str, Any], found: list[str] | None) -> None:
    """L10: lots are listed by status, category, subcategory, brand, vendor, site, time and words, in four orders."""
    if found is None:
        with pytest.raises(Refused, match="0 words"):
            await codes(shelf, **asked)
    else:
        assert await codes(shelf, **asked) == found


async def test_a_lot_tells_what_is_of_it_everywhere(shelf: Stock) -> None:
    """L10: a lot has its facts and the sum of its holdings in all places."""
    sku = (await codes_and_skus(shelf))["L-0"]
    await shelf.transfer(site="london", target="leeds", lines=[(sku, 4, "L-0")], key="t")
    await shelf.move(site="leeds", lines=[(sku, 1)], target="quarantine", reason="wet", key="m")

    lot = await shelf.lots.get(sku, "L-0")

    assert (lot.vendor, lot.brand, lot.category, lot.status) == ("Acme", "Leaf", "flower", "LIVE")
    assert (lot.balances.available, lot.balances.quarantine, lot.balances.on_hand) == (
        Decimal(9),
        Decimal(1),
        Decimal(10),
    )
    with pytest.raises(Refused, match="There is no lot L-9"):
        await shelf.lots.get(sku, "L-9")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_pages_follow_each_other(shelf: Stock, order: str, limit: int) -> None:
    """L14: pages of any size make up the list, each lot once, also while lots are added."""
    whole = await codes(shelf, order=order)
    found: list[str] = []
    after = None
    while True:
        page = await shelf.lots.list(order=order, after=after, limit=limit)
        found += [lot.code for lot in page]
        after = page.after
        if after is None:
            break
        if len(found) == limit:
            await _add(shelf, f"{order}-{limit}")
    assert [code for code in found if code.startswith("L-")] == whole
    assert len(set(found)) == len(found)


async def _add(stock: Stock, name: str) -> None:
    told = {"vendor": "Acme", "brand": "Leaf", "product": "Late", "category": "flower", "site": "london"}
    await stock.lots.take_in(**told, quantity=1, lot=f"A-{name}", expires_on=DAY, key=f"late-{name}")  # type: ignore[arg-type]  # texts


@pytest.mark.parametrize(("limit", "fits"), [(0, False), (1, True), (99, True), (100, True), (101, False)])
async def test_a_page_has_one_to_a_hundred_rows(shelf: Stock, limit: int, fits: object) -> None:
    """L14: 1 to 100 rows a page, 50 unless told."""
    if fits:
        assert len(await shelf.lots.list(limit=limit)) == min(limit, 5)
    else:
        with pytest.raises(Refused, match="limit is 1 to 100"):
            await shelf.lots.list(limit=limit)


async def test_a_cursor_cannot_be_forged_or_used_elsewhere(shelf: Stock) -> None:
    """L14: a cursor that was changed in any byte, made up, or given out for another question, is refused."""
    cursor = (await shelf.lots.list(limit=2)).after
    assert cursor is not None
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    forged = []
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        forged.append(base64.urlsafe_b64encode(changed).decode().rstrip("="))

    for wrong in [*forged, "", "x", "lots-3", cursor[:-1], cursor + "AA", "\u00e9", "=" * 5]:
        with pytest.raises(Refused, match="the cursor is not one of this list"):
            await shelf.lots.list(limit=2, after=wrong)
    for asked in ({"status": "LIVE"}, {"order": "oldest"}, {"text": "blue"}, {"site": "london"}):
        with pytest.raises(Refused, match="the cursor is not one of this list"):
            await shelf.lots.list(**asked, after=cursor)  # type: ignore[arg-type]  # each as its parameter has it
    assert [lot.code for lot in await shelf.lots.list(limit=2, after=cursor)] == ["L-2", "L-1"]
    assert [lot.code for lot in await shelf.lots.list(limit=100, after=cursor)] == ["L-2", "L-1", "L-0"]


async def test_who_received_a_lot(shelf: Stock) -> None:
    """B22: sales and uses of a lot that stand are listed with document and site; what was undone is not."""
    sku = (await codes_and_skus(shelf))["L-0"]
    reserved = await shelf.reserve(site="london", lines=[(sku, 2)], document=("cart", "c-1"), key="r")
    await shelf.reservations.commit(reservation=reserved.made("reservation"), document=("invoice", "i-2"), key="c")
    void = await shelf.sell(site="london", lines=[(sku, 1)], document=("invoice", "i-3"), key="s3")
    await shelf.revert(number=void.number, reason="voided", key="u")
    await shelf.sell(site="london", lines=[(sku, 3)], document=("invoice", "i-4"), data={"customer": "Ann"}, key="s4")
    await shelf.lots.recall(sku=sku, lot="L-0", reason="glass", key="recall")

    rows = (await shelf.lots.list_recipients(sku, "L-0")).rows
    first = await shelf.lots.list_recipients(sku, "L-0", limit=1)
    second = await shelf.lots.list_recipients(sku, "L-0", limit=1, after=first.after)

    assert [(row.document_id, row.quantity, row.site, row.target) for row in rows] == [
        ("i-2", Decimal(2), "london", "customer"),
        ("i-4", Decimal(3), "london", "customer"),
    ]
    assert rows[1].data == {"customer": "Ann"}
    assert (first.rows + second.rows, second.after) == (rows, None)
