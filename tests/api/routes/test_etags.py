"""Answers that are asked for again: what has not changed is not sent twice, and nothing stale is, by any server."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import onhand
from onhand.api.routes.etags import is_known
from onhand.api.routes.routes import Ask, find_routes
from tests.api.conftest import Shop
from tests.api.serving import Caller, serving
from tests.conftest import TestDatabase


@pytest.fixture
def elsewhere(shop: Shop, module_database: TestDatabase) -> Iterator[Caller]:
    """The same caller at another server on the same database."""
    with serving(module_database) as second:
        yield second.caller(str(shop.boss.http.headers["Authorization"]).removeprefix("Bearer "))


def ask(caller: Caller, path: str, mark: str | None = None) -> httpx.Response:
    """Ask a question, showing a mark."""
    return caller.http.get(path, headers={} if mark is None else {"If-None-Match": mark})


def sold(caller: Caller, key: str) -> int:
    """Sell one of A at london; give the posting's number."""
    body: dict[str, Any] = {"site": "london", "lines": [{"sku": "A", "quantity": "1"}]}
    return int(caller.post("/api/sales", body, key=key).body["number"])


def available(answered: httpx.Response) -> str:
    """Tell what is available in an answer about holdings."""
    return str(answered.json()["rows"][0]["balances"]["available"])


def test_two_servers_never_show_what_was_before_a_change(shop: Shop, elsewhere: Caller) -> None:
    """
    L15, C11: a client that changes stock at one server sees it at both at once, whatever it had kept; else 304.

    Red where the mark does not hold the journal's number.
    """
    path = "/api/holdings?site=london&sku=A"
    kept = ask(shop.boss, path)
    for turn in range(5):
        for caller in (shop.boss, elsewhere):
            again = ask(caller, path, kept.headers["ETag"])
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"] == kept.headers["ETag"]
        sold(shop.boss if turn % 2 else elsewhere, f"fresh-{turn}")
        answers = [ask(caller, path, kept.headers["ETag"]) for caller in (elsewhere, shop.boss)]
        assert [answer.status_code for answer in answers] == [200, 200]
        assert {available(answer) for answer in answers} == {str(int(available(kept)) - 1)}
        assert answers[0].headers["ETag"] == answers[1].headers["ETag"] != kept.headers["ETag"]
        kept = answers[0]


def test_a_change_by_the_library_is_seen_too(shop: Shop, module_database: TestDatabase) -> None:
    """L15: another process that writes without the service makes a mark old as well."""
    path = "/api/holdings?site=london&sku=A"
    kept = ask(shop.boss, path)
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.sell(site="london", lines=[("A", 1)], key="fresh-library")

    again = ask(shop.boss, path, kept.headers["ETag"])

    assert (again.status_code, available(again)) == (200, str(int(available(kept)) - 1))


def test_a_mark_is_good_for_its_question_and_its_asker_alone(shop: Shop) -> None:
    """L15: a mark shown with another question, by another org, or by a key that sees less, is answered in full."""
    path = "/api/holdings?site=london"
    mark = ask(shop.boss, path).headers["ETag"]

    for caller, asked in (
        (shop.boss, "/api/holdings"),
        (shop.boss, "/api/holdings?site=paris"),
        (shop.boss, "/api/movements?site=london"),
        (shop.stranger, path),
        (shop.london_clerk, path),
    ):
        assert ask(caller, asked, mark).status_code == 200
    assert ask(shop.boss, path, mark).status_code == 304
    assert ask(shop.boss, path, f'"x", {mark}').status_code == 304
    assert shop.running.caller("ohk_live_1_x").http.get(path, headers={"If-None-Match": mark}).status_code == 401


@pytest.mark.parametrize(
    "shown", ["*", "", ",", "W/", 'W/"1-', '"' * 1000, "\u00e9", "," * 500, 'W/"0-0000000000000000"']
)
def test_what_is_no_mark_is_answered(shop: Shop, shown: str) -> None:
    """L15, T15: whatever stands in If-None-Match, an answer that was not had before is given."""
    answered = shop.boss.http.get("/api/holdings", headers={b"If-None-Match": shown.encode("utf-8")})

    assert answered.status_code == 200
    assert not is_known('W/"7-ab"', shown)


def test_an_answer_says_that_it_has_to_be_asked_for_again(shop: Shop) -> None:
    """L15: what bears a mark may be kept by its client alone, and only to be asked for again; nothing else is kept."""
    marked = ask(shop.boss, "/api/postings").headers
    unmarked = ask(shop.boss, "/api/alerts").headers

    assert (marked["Cache-Control"], marked["Vary"]) == ("private, no-cache", "Authorization, Cookie")
    assert unmarked["Cache-Control"] == "no-store"
    assert "ETag" not in unmarked


def test_answers_that_hang_on_more_than_the_journal_bear_no_mark() -> None:
    """L15: the clock, projections and deliveries move without the journal; what hangs on them is named here."""
    asks = [route for route in find_routes() if isinstance(route, Ask)]
    marked = {route.question: route.changes_with for route in asks if route.changes_with is not None}

    assert {route.question for route in asks} == marked.keys() | NOT_MARKED
    assert not marked.keys() & NOT_MARKED
    assert all(route.changes_with == marked.get(route.question) for route in asks), "each address of a question alike"


NOT_MARKED = {
    *(
        "lots.list_alerts",
        "reports.costs",
        "reports.dashboard",
        "planning.demand",
        "webhooks.list_deliveries",
        "head",
        "recipes.health",
    ),
    *(
        "invoices.get",
        "invoices.status",
        "reports.item_totals",
        "accounts.list_keys",
        "lots.get",
        "recipes.metrics",
        "offline.list",
        "orders.get",
        "pieces.get",
    ),
    *(
        "pieces.verify",
        "reports.product_totals",
        "serials.get",
        "accounts.list_users",
        "reports.vat",
        "verify",
        "webhooks.get",
        "webhooks.list",
    ),
}
"""Those that bear the version of one thing, with which it can be changed, bear no mark of the journal beside it."""
