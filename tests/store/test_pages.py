"""Every list comes in pages, by cursors that stay true while rows are added and that nobody can make up."""

import base64
import inspect
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import pytest

import onhand
from onhand.bootstrap import create_org
from onhand.kernel.refusals import Refused
from onhand.ledger.asking import PAGE_MAX
from onhand.ledger.core.answers import Difference, Explanation, Page, Then
from onhand.ledger.namespace import Namespace
from onhand.ledger.stock import Stock
from onhand.ledger.surface import namespaces
from onhand.ledger.worth.port import Valuation
from onhand.ledger.worth.totals import Totals
from tests.conftest import TestDatabase
from tests.ledger.ledgers import config_of
from tests.store.of_everything import ROWS, SINCE, another_of_everything

LISTS: Mapping[str, Mapping[str, Any]] = {
    "accounts.list_keys": {},
    "accounts.list_users": {},
    "catalog.list_customers": {},
    "catalog.list_items": {},
    "catalog.list_locations": {"site": "soho"},
    "catalog.list_products": {},
    "catalog.list_sites": {},
    "difference": {"since": 0},
    "explain": {"site": "soho", "sku": "mug"},
    "invoices.list": {},
    "list_holdings": {},
    "list_holdings_at": {},
    "list_movements": {},
    "list_postings": {},
    "list_receipts": {},
    "lots.list": {},
    "lots.list_alerts": {},
    "lots.list_recipients": {"sku": "tea", "lot": "T-0"},
    "offline.list": {},
    "orders.list": {},
    "pieces.list": {},
    "pieces.trail": {"code": "R-0"},
    "planning.list_purchases": {},
    "recipes.list_mappings": {"site": "soho"},
    "recipes.list_uses": {"site": "soho", "sku": "FLOUR"},
    "recipes.list_variances": {"site": "soho"},
    "reports.product_totals": {},
    "reports.valuation": {},
    "reservations.list": {},
    "serials.history": {"unit": "SN-0"},
    "serials.list": {},
    "trail": {"site": "soho", "sku": "mug"},
    "webhooks.list": {},
    "webhooks.list_deliveries": {},
}
"""Every list, and how it is asked for here."""

OTHERWISE: Mapping[str, Sequence[Mapping[str, Any]]] = {
    "list_holdings": [{"site": "soho"}, {"sku": "mug"}, {"empty": True}],
    "list_holdings_at": [{"site": "soho"}, {"number": 5}, {"empty": True}, {"occurred_at": SINCE}],
    "difference": [{"until": 5}, {"site": "soho"}],
    "explain": [{"state": "available"}],
    "list_movements": [{"newest_first": True}, {"kind": "sell"}, {"since": 1}, {"lot": "T-0"}],
    "list_postings": [{"newest_first": True}, {"kind": "sell"}, {"actor": "ann"}, {"until": 9}],
    "lots.list": [{"status": "LIVE"}, {"order": "oldest"}, {"text": "tea"}, {"until": SINCE}],
    "reservations.list": [{"status": "active"}, {"due_before": SINCE}],
    "pieces.list": [{"kind": "roll"}, {"status": None}, {"at_least": 1}],
    "serials.list": [{"status": "available"}],
    "lots.list_alerts": [{"status": "open"}, {"rule": "low_stock"}],
}
"""Other questions of some lists, for which their cursors are not good."""

ALONE: Mapping[str, tuple[str, str, str]] = {
    "catalog.get_site": ("catalog.list_sites", "code", "UNKNOWN_SITE"),
    "catalog.get_product": ("catalog.list_products", "code", "UNKNOWN_PRODUCT"),
    "catalog.get_item": ("catalog.list_items", "sku", "UNKNOWN_ITEM"),
    "catalog.get_customer": ("catalog.list_customers", "code", "UNKNOWN_CUSTOMER"),
    "accounts.get_user": ("accounts.list_users", "name", "USER_NOT_FOUND"),
    "accounts.get_key": ("accounts.list_keys", "id", "KEY_NOT_FOUND"),
    "reservations.get": ("reservations.list", "id", "RESERVATION_NOT_FOUND"),
    "offline.get": ("offline.list", "id", "OFFLINE_SALE_NOT_FOUND"),
    "planning.get_purchase": ("planning.list_purchases", "id", "PURCHASE_NOT_FOUND"),
}
"""What tells one thing alone: its list, by what it is named there, and the refusal where there is none."""

TRAILS = ({"entity": "lot", "id": 1}, {"site": "soho", "sku": "tea", "lot": "T-0"})


def called(stock: Stock, name: str) -> Callable[..., Any]:
    """Give the method of an open ledger that has a dotted name."""
    method: Callable[..., Any] = attrgetter(name)(stock)
    return method


async def turn(stock: Stock, name: str, asked: Mapping[str, Any], cursor: str | None, limit: int = 1) -> Page[Any]:
    """Give a page of any list in the shape that most have."""
    after = "before" if name == "explain" else "after"
    if name == "webhooks.list_deliveries":
        asked = {"webhook": (await stock.webhooks.list()).rows[0].id}
    answer = await called(stock, name)(**asked, **{after: cursor}, limit=limit)
    match answer:
        case Explanation():
            return Page(rows=tuple(line.movement for line in answer.movements), after=answer.earlier)
        case Then() | Difference():
            return answer.holdings
        case Totals():
            return answer.products
        case Valuation():
            return answer.items
        case _:
            assert isinstance(answer, Page)
            return answer


def identity(row: object) -> tuple[object, ...]:
    """Give what a row is known by, whatever becomes of it."""
    names = ("id", "attempt", "entity", "line", "place", "site", "sku", "target")
    known = [getattr(row, name, None) for name in names]
    return type(row).__name__, getattr(row, "number", None) if known[0] is None else None, *known


def lists_of(family: Namespace) -> set[str]:
    """Name the methods that take a cursor."""
    methods = inspect.getmembers(type(family), inspect.isfunction)
    return {
        name
        for name, method in methods
        if name[0] != "_" and {"after", "before"} & inspect.signature(method).parameters.keys()
    }


async def test_every_list_is_tried(full: Stock) -> None:
    """L14: a list of the ledger, or of any namespace of it, that is not among those tried here is a defect of these."""
    families = {name: family for name, family in inspect.getmembers(full) if isinstance(family, Namespace)}
    assert {name: type(family) for name, family in families.items()} == {
        name: kind for name, kind in namespaces().items() if name
    }

    lists = lists_of(full) | {f"{name}.{each}" for name, family in families.items() for each in lists_of(family)}

    assert lists == set(LISTS)


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_the_same_whatever_is_added_meanwhile(full: Stock, name: str) -> None:
    """L14: row by row, each that was there comes once and in its place, while others are added."""
    asked = LISTS[name]
    before = [identity(row) for row in (await turn(full, name, asked, None, PAGE_MAX)).rows]
    assert len(before) == len(set(before)) >= ROWS

    seen: list[tuple[object, ...]] = []
    cursor = None
    while True:
        page = await turn(full, name, asked, cursor)
        assert len(page) <= 1
        seen += [identity(row) for row in page]
        cursor = page.after
        if cursor is None:
            break
        if len(seen) == 1:
            await another_of_everything(full, ROWS)

    assert len(set(seen)) == len(seen)
    there = [known for known in seen if known in set(before)]
    assert there == (before[::-1] if name == "explain" else before)


@pytest.mark.parametrize("name", ALONE)
async def test_each_thing_is_told_alone_as_in_its_list(full: Stock, name: str) -> None:
    """P13: each row of a list can be asked for by what names it, and is the same; of what is not there, it is said."""
    plural, known_by, code = ALONE[name]
    ask = called(full, name)
    rows = [row async for row in full.every(called(full, plural))]
    before_first = rows[0].id - 1 if known_by == "id" else f"{getattr(rows[0], known_by)}x"

    alone = [await ask(getattr(row, known_by)) for row in rows]

    assert alone == rows
    assert len(rows) >= ROWS
    for nowhere in (before_first, 2**63 - 1 if known_by == "id" else "nowhere"):
        with pytest.raises(Refused) as caught:
            await ask(nowhere)
        assert (caught.value.code, [*caught.value.facts.values()]) == (code, [nowhere])
    with pytest.raises(Refused, match="not a whole number" if known_by == "id" else "INVALID_TEXT|text|empty|long"):
        await ask(0 if known_by == "id" else "")


@pytest.mark.parametrize(
    ("name", "asked", "code"),
    [
        ("pieces.list", {"site": "nowhere"}, "UNKNOWN_SITE"),
        ("pieces.list", {"site": "soho", "sku": "nowhere"}, "UNKNOWN_ITEM"),
        ("pieces.find_offcut", {"sku": "nowhere", "length": 1}, "UNKNOWN_ITEM"),
        ("pieces.find_offcut", {"sku": "pipe", "length": 1, "site": "nowhere"}, "UNKNOWN_SITE"),
        ("lots.list", {"site": "nowhere"}, "UNKNOWN_SITE"),
        ("catalog.list_items", {"product": "nowhere"}, "UNKNOWN_PRODUCT"),
        ("reports.product_totals", {"product": "nowhere"}, "UNKNOWN_PRODUCT"),
        ("invoices.list", {"customer": "nowhere"}, "UNKNOWN_CUSTOMER"),
    ],
)
async def test_what_narrows_a_list_has_to_be_known(full: Stock, name: str, asked: dict[str, Any], code: str) -> None:
    """P13: a misspelt code is refused, since an empty list would say that there is nothing."""
    with pytest.raises(Refused) as caught:
        await called(full, name)(**asked)

    assert (caught.value.code, [*caught.value.facts.values()]) == (code, ["nowhere"])


async def test_a_page_has_one_to_a_hundred_rows(full: Stock) -> None:
    """L14: 1 to 100 rows a page of any list, 50 unless told; 0 and 101 are refused."""
    for name, asked in LISTS.items():
        assert inspect.signature(called(full, name)).parameters["limit"].default == 50
        assert len(await turn(full, name, asked, None, PAGE_MAX)) >= ROWS
        assert len(await turn(full, name, asked, None, 1)) == 1
        for limit in (0, PAGE_MAX + 1, -1, True):
            with pytest.raises(Refused, match="limit is 1 to 100"):
                await turn(full, name, asked, None, limit)


async def test_a_cursor_is_good_for_its_own_question_alone(full: Stock, full_database: TestDatabase) -> None:
    """
    L14: changed in any byte, made up, of another list, of another question or of another org, it is refused.

    Red with the question left out of what is signed, and with the signature not looked at.
    """
    cursors = {name: (await turn(full, name, asked, None)).after for name, asked in LISTS.items()}
    assert None not in cursors.values()
    assert len(set(cursors.values())) == len(LISTS)

    for name, asked in LISTS.items():
        wrong = [cursor for other, cursor in cursors.items() if other != name]
        wrong += [*forged(str(cursors[name])), "", "x", f"{name}-1", "=" * 5, "\u00e9", "A" * 5000]
        for cursor in wrong:
            with pytest.raises(Refused, match="the cursor is not one of this list"):
                await turn(full, name, asked, cursor)
        for change in OTHERWISE.get(name, ()):
            with pytest.raises(Refused, match="the cursor is not one of this list"):
                await turn(full, name, {**asked, **change}, cursors[name])
    for trail in TRAILS:
        with pytest.raises(Refused, match="the cursor is not one of this list"):
            await turn(full, "trail", trail, cursors["trail"])
    await create_org(config_of(full_database, "other"))
    async with onhand.connect(full_database.engine_url, org="other", actor="test") as other:
        for name in ("list_postings", "accounts.list_keys", "accounts.list_users", "invoices.list", "pieces.list"):
            with pytest.raises(Refused, match="the cursor is not one of this list"):
                await turn(other, name, LISTS[name], cursors[name])


async def test_a_cursor_is_good_in_another_process(full: Stock, full_database: TestDatabase) -> None:
    """L14: whoever opened the ledger later, or elsewhere, goes on with the cursor."""
    first = await full.list_postings(limit=2)

    async with onhand.connect(full_database.engine_url, actor="somebody") as elsewhere:
        second = await elsewhere.list_postings(limit=2, after=first.after)

    assert [row.number for row in (*first, *second)] == [1, 2, 3, 4]


async def test_pages_of_a_moment_keep_to_it(full: Stock) -> None:
    """L14, B3: `list_holdings_at` and `difference` without a last moment stay at that of their first page."""
    page = await full.list_holdings_at(limit=1)
    changed = await full.difference(0, limit=1)
    await another_of_everything(full, 9)

    then = await full.list_holdings_at(limit=1, after=page.holdings.after)
    between = await full.difference(0, limit=1, after=changed.holdings.after)

    assert then.number == page.number < (await full.head()).number
    assert (between.since, between.until) == (changed.since, changed.until)


async def test_all_rows_are_given_one_by_one(full: Stock) -> None:
    """L14: whoever wants a whole list asks for every row, and the pages are turned behind it."""
    await full.define(items=[f"i-{number:03}" for number in range(250)], key="many")
    await full.receive(site="soho", lines=[(f"i-{number:03}", 1) for number in range(250)], key="much")

    every = [holding.place async for holding in full.every(full.list_holdings, "soho")]
    sold = [row.kind async for row in full.every(full.list_postings, kind="sell", limit=2)]

    assert len(every) == len(set(every)) > 250
    assert sold == ["sell"] * 3


def test_all_rows_are_given_without_an_event_loop(database: TestDatabase) -> None:
    """L14: the same for a program without `await`; one that stops in the middle leaves nothing behind."""
    with onhand.connect_sync(database.engine_url, actor="test") as stock:
        stock.define(sites=["soho"], items=[f"i-{number:03}" for number in range(120)], key="define")
        stock.receive(site="soho", lines=[(f"i-{number:03}", 1) for number in range(120)], key="po")

        every = [holding.place.sku for holding in stock.every(stock.list_holdings, "soho")]
        first = next(iter(stock.every(stock.list_holdings, site="soho")))
        items = [item.sku for item in stock.every(stock.catalog.list_items)]

    assert every == items == [f"i-{number:03}" for number in range(120)]
    assert first.place.sku == "i-000"


def forged(cursor: str) -> list[str]:
    """Give a cursor with each of its bytes changed, cut, and longer."""
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    changed = [bytes([*raw[:place], raw[place] ^ 1, *raw[place + 1 :]]) for place in range(len(raw))]
    made = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in changed]
    return [*made, cursor[:-2], cursor + "AA", cursor.upper(), f"{cursor[:9]}.{cursor[9:]}"]
