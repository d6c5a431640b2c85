"""Who may do what: role by route, site by site, org by org."""

import re
import time

import pytest

from onhand.api.routes.routes import ALL, Act, Ask, Door, Route, find_routes
from onhand.credentials.keys import make_key
from onhand.kernel.accounts.roles import ROLES
from tests.api.conftest import Shop
from tests.api.serving import Answered, Caller

ROUTES = [route for route in find_routes() if route.path != "/api/events"]
_WRITERS = {"clerk", "manager", "admin"}


def _call(caller: Caller, route: Route, number: str = "999999") -> Answered:
    path = re.sub(r"\{\w+\}", number, route.path)
    if route.method == "GET":
        return caller.get(path)
    return caller.post(path, {}, method=route.method)


def test_no_route_is_open_to_more_than_it_says() -> None:
    """S12: each route has roles; no write is for viewers and auditors, accounts are for admins alone."""
    assert len(ROUTES) > 90
    for route in ROUTES:
        assert route.roles
        assert route.roles <= ALL
        if isinstance(route, Act):
            assert route.roles <= _WRITERS, route.path
        if re.match(r"/api/(users|keys)", route.path):
            assert route.roles <= ({"admin"} if isinstance(route, Act) else {"admin", "auditor"})
    with pytest.raises(ValueError, match="no roles"):
        Ask(path="/x", question="head", roles=frozenset())


@pytest.mark.parametrize("role", ROLES)
def test_each_route_answers_each_role_as_the_table_says(shop: Shop, role: str) -> None:
    """S12: a role that the table does not name gets 403, every other one gets past it; nothing is a fault."""
    head = shop.boss.get("/api/journal").body["number"]
    wrong = []
    for route in ROUTES:
        answered = _call(shop.by_role[role], route)
        forbidden = answered.status == 403 and answered.code == "FORBIDDEN"
        if forbidden == (role in route.roles) or answered.status >= 500:
            wrong.append((route.method, route.path, answered.status, answered.body))

    assert not wrong
    assert role in {"manager", "admin"} or shop.boss.get("/api/journal").body["number"] == head


@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if not isinstance(route, Door)],
    ids=lambda route: f"{route.method} {route.path}",
)
def test_without_a_key_nothing_is_answered(shop: Shop, route: Route) -> None:
    """T8: every route asks for a key."""
    assert _call(shop.running.caller(), route).status == 401


def test_keys_that_are_none(shop: Shop) -> None:
    """T15: a wrong prefix or checksum, an unknown key, one of another org, one in the query: one answer for all."""
    real = str(shop.boss.key)
    answers = [
        shop.running.caller(key).get("/api/me")
        for key in (
            real[:-1],
            real.replace("live", "test"),
            make_key(1).text,
            make_key(2).text,
            make_key(999_999).text,
            real.replace("ohk_live_1_", "ohk_live_2_"),
        )
    ]
    answers.append(shop.running.caller().get("/api/me", key=real))
    told = [{name: value for name, value in answer.body.items() if name != "request_id"} for answer in answers]

    assert all(one == told[0] for one in told)
    assert (answers[0].status, answers[0].code) == (401, "UNAUTHENTICATED")
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_is_refused_within_a_second(shop: Shop) -> None:
    """A key that was just used is refused a second after its revocation, on the same connection."""
    made = shop.boss.done("/api/keys", {"name": "short", "role": "viewer"})
    caller = shop.running.caller(made["api_key_text"])
    before = caller.get("/api/me").status
    shop.boss.done(f"/api/keys/{made['api_key']}/revocation")
    end = time.monotonic() + 1
    while (status := caller.get("/api/me").status) == 200 and time.monotonic() < end:
        pass

    assert (before, status) == (200, 401)


def test_another_orgs_numbers_are_as_if_they_were_not(shop: Shop) -> None:
    """T8: each route with a number in its path answers a number of another org as one that is nowhere."""
    held = shop.boss.done("/api/reservations", {"site": "london", "lines": [{"sku": "A", "quantity": 1}]})
    there = {"reservation": str(held["reservation"]), "number": str(held["number"])}
    checked = 0
    for route in ROUTES:
        if not set(route.in_path) & {"reservation", "transfer", "number", "offline_sale", "api_key"}:
            continue
        number = there.get(route.in_path[0], str(held["number"]))
        foreign, nowhere = _call(shop.stranger, route, number), _call(shop.stranger, route, "88888888")
        plain = [
            (one.status, one.code, re.sub(number if one is foreign else "88888888", "N", one.body["detail"]))
            for one in (foreign, nowhere)
        ]
        assert plain[0] == plain[1], route
        checked += 1

    assert checked >= 12


def test_another_orgs_key_and_names_are_ones_own(shop: Shop) -> None:
    """T8: the same idempotency key and the same codes are another thing in another org."""
    body = {"site": "london", "lines": [{"sku": "A", "quantity": 1}]}
    mine = shop.boss.post("/api/sales", body, key="same")
    theirs = shop.stranger.post("/api/sales", body, key="same")
    unknown = shop.stranger.post("/api/sales", {**body, "site": "paris"})

    assert (mine.status, theirs.status, unknown.code) == (201, 201, "UNKNOWN_SITE")
    assert theirs.body["number"] < 10
    assert shop.stranger.get("/api/holdings").body["rows"][0]["balances"]["available"] == "9"


def test_a_key_of_one_site_touches_no_other(shop: Shop) -> None:
    """R6, C8, S12: a key that is limited to london sees and moves london alone, whatever numbers it is told."""
    clerk, boss = shop.london_clerk, shop.boss
    body = {"site": "paris", "lines": [{"sku": "A", "quantity": 1}]}
    held = boss.done("/api/reservations", body, key="paris-cart")
    own = clerk.done("/api/reservations", {**body, "site": "london"})
    head = boss.get("/api/journal").body["number"]

    refused = [
        clerk.post("/api/sales", body),
        clerk.post("/api/reservations", body, key="paris-cart"),
        clerk.post("/api/transfers", {**body, "site": "london", "target": "paris"}),
        clerk.post(f"/api/reservations/{held['reservation']}/release"),
        clerk.post(f"/api/reservations/{held['reservation']}/commit"),
        clerk.get("/api/holdings", site="paris"),
        clerk.get(f"/api/postings/{held['number']}"),
    ]
    lines = [
        {"operation": "sell", "key": "x-paris", **body},
        {"operation": "reserve", "key": "paris-cart", **body},
    ]
    bulk = clerk.post("/api/bulk", {"commands": lines})

    assert {answer.status for answer in refused} == {404}
    codes = [outcome["problem"]["code"] for outcome in bulk.body["outcomes"]]
    assert codes == ["UNKNOWN_SITE", "POSTING_NOT_FOUND"], "not even by its key is a posting of another site seen"
    assert clerk.get("/api/postings").code == "LIMITED_TO_SITES"
    assert {row["site"] for row in clerk.get("/api/holdings").body["rows"]} == {"london"}
    assert boss.get("/api/journal").body["number"] == head
    assert clerk.post(f"/api/reservations/{own['reservation']}/release").status == 201


def test_a_key_of_one_site_reads_what_stands_there_alone(shop: Shop) -> None:
    """R6, C8, S12: what is named by number at another site is told, word for word, as what is nowhere."""
    clerk, boss = shop.london_clerk, shop.boss
    line = {"sku": "A", "quantity": 1}
    till = {"lines": [line], "prices": ["1"]}
    sale = {"items": [{"product": "P", "quantity": 1}], "device": "d", "short": True}
    made = {
        site: {
            "reservations": boss.done("/api/reservations", {"site": site, "lines": [line]})["reservation"],
            "purchases": boss.done("/api/purchases", {"site": site, "lines": [line]})["purchase"],
            "receipts": boss.done("/api/counter-sales", {"site": site, **till})["receipt"],
            "offline-sales": boss.done("/api/offline-sales", {"site": site, "transaction": f"r-{site}", **sale})[
                "offline_sale"
            ],
        }
        for site in ("london", "paris")
    }

    for noun, number in made["london"].items():
        own = clerk.get(f"/api/{noun}/{number}")
        there, nowhere = (clerk.get(f"/api/{noun}/{one}") for one in (made["paris"][noun], 88888888))
        told = there.body["detail"].replace(str(made["paris"][noun]), "88888888")

        assert (own.status, own.body["site"]) == (200, "london")
        assert (there.status, there.code, told) == (404, nowhere.code, nowhere.body["detail"])
        assert there.body["facts"].keys() == nowhere.body["facts"].keys()
        assert boss.get(f"/api/{noun}/{made['paris'][noun]}").body["site"] == "paris"


def test_a_key_of_one_site_reads_the_catalogue_and_its_own_site(shop: Shop) -> None:
    """R6, S12: items and products are of the org, a site is its own, and customers, users and keys are not for it."""
    clerk = shop.london_clerk
    statuses = {
        path: clerk.get(f"/api/{path}").status for path in ("items/A", "products/P", "sites/london", "sites/paris")
    }

    assert statuses == {"items/A": 200, "products/P": 200, "sites/london": 200, "sites/paris": 404}
    assert clerk.get("/api/sites/paris").code == clerk.get("/api/sites/nowhere").code == "UNKNOWN_SITE"
    assert clerk.get("/api/customers/C-1").code == "LIMITED_TO_SITES"
    assert {clerk.get(path).code for path in ("/api/users/ann", "/api/keys/1")} == {"FORBIDDEN"}
