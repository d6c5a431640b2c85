"""Questions over HTTP: what is asked of the ledger is answered as the ledger answers."""

from collections.abc import Iterator

import pytest

import onhand
from onhand.api.routes.routes import Ask, find_routes
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase

LOT = "/api/items/FLOUR/lots/L-1"


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A bakery with a lot of flour, a recipe, a deduction and a count."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["soho"], items=[{"sku": "FLOUR", "measure": "g"}], products=["BUN"], key="define")
        stock.receive(site="soho", lines=[("FLOUR", 1000, "L-1")], key="in")
        stock.recipes.define(product="BUN", ingredients=[("Flour", 60, "g")], key="recipe")
        stock.recipes.map_ingredients(site="soho", mappings=[("Flour", "g", "FLOUR")], key="map")
        stock.recipes.deduct(transaction="t-1", site="soho", items=[("BUN", 2)], key="t-1")
        stock.count(site="soho", lines=[("FLOUR", 870, "L-1")], key="count")
    with serving(module_database) as server:
        yield server


@pytest.fixture(scope="module")
def boss(running: Running) -> Caller:
    """An admin of the bakery."""
    return running.caller(running.make_key("boss", "admin"))


def test_lots_are_listed_told_and_followed(boss: Caller) -> None:
    """L10, L12: a lot is found by words, told with its metadata, and followed to whom it went."""
    listed = boss.get("/api/lots", q="l-1").body["rows"]
    told = boss.get(LOT).body
    boss.done(f"{LOT}/metadata", {"metadata": {"notes": "soft"}}, method="PUT")
    metadata = boss.get(f"{LOT}/metadata").body
    unknown = boss.get("/api/items/FLOUR/lots/L-2")
    received = boss.get(f"{LOT}/recipients").body["rows"]

    assert [row["code"] for row in listed] == ["L-1"]
    assert (told["balances"]["available"], told["status"]) == ("870", "LIVE")
    assert metadata == {"metadata": {"notes": "soft"}, "problems": [], "version": 1}
    assert (unknown.status, unknown.code) == (404, "BATCH_NOT_FOUND")
    assert [(row["kind"], row["quantity"]) for row in received] == [("deduct", "120")]


def test_receipts_are_followed_to_ingredients_and_back(boss: Caller) -> None:
    """R20: from a receipt to what it took, from an ingredient to the receipts, and what was counted."""
    trail = boss.get("/api/sites/soho/deductions/t-1").body
    uses = boss.get("/api/sites/soho/items/FLOUR/uses", lot="L-1").body["rows"]
    (variance,) = boss.get("/api/sites/soho/variances").body["rows"]

    assert [(part["sku"], part["quantity"]) for part in trail["parts"]] == [("FLOUR", "120")]
    assert [(use["transaction"], use["quantity"]) for use in uses] == [("t-1", "120")]
    assert (variance["booked"], variance["counted"], variance["difference"]) == ("880", "870", "-10")


def test_what_an_ingredient_is_at_a_site_is_listed(boss: Caller) -> None:
    """R7: a mapping that was made is read again as it was told, the factor exactly; one that was taken away is not."""
    path = "/api/sites/soho/mappings"
    cup = {"ingredient": "Cup of flour", "unit": "piece", "sku": "FLOUR", "factor": "250/3"}
    boss.done(path, {"mappings": [cup, {**cup, "unit": "jar"}]}, method="PUT")
    boss.done(path, {"mappings": [{**cup, "unit": "jar", "sku": None, "factor": None}]}, method="PUT")

    listed = boss.get(path).body["rows"]
    nowhere = boss.get("/api/sites/nowhere/mappings")

    assert [{name: row[name] for name in cup} for row in listed] == [
        cup,
        {"ingredient": "Flour", "unit": "g", "sku": "FLOUR", "factor": "1"},
    ]
    assert (nowhere.status, nowhere.code) == (404, "UNKNOWN_SITE")


def test_health_and_metrics_are_told(boss: Caller) -> None:
    """R17, R18: the health with each of its checks, and the figures of each site, for people and for Prometheus."""
    health = boss.get("/api/health").body
    metrics = boss.get("/api/metrics").body

    text = str(boss.get("/metrics").body)

    assert 'onhand_deductions_24h{org="1",site="soho"} 1.0' in text
    assert 'onhand_health{check="idempotency",org="1"} 0.0' in text
    assert health["status"] == "healthy"
    assert {"idempotency", "mappings", "queue age", "success rate"} <= {check["name"] for check in health["checks"]}
    assert [(site["site"], site["deducted"], site["success_rate_24h"]) for site in metrics["sites"]] == [
        ("soho", 1, 1.0)
    ]


def test_an_order_is_paid_and_committed(boss: Caller) -> None:
    """C5, C8: a cart over branches becomes an order, is paid, fulfilled and committed; the stock is taken once."""
    cart = boss.done(
        "/api/split-reservations",
        {"sites": ["soho"], "lines": [{"sku": "FLOUR", "quantity": 10}], "policy": "in_order"},
    )
    line = {"sku": "FLOUR", "quantity": 10, "price": "2", "vat_rate": "20"}
    boss.done("/api/orders", {"number": "O-1", "reservations": [cart["reservation"]], "lines": [line]})
    boss.done("/api/orders/O-1/payments", {})
    for step in ("fulfilment", "commitment"):
        boss.done(f"/api/orders/O-1/{step}")

    assert boss.get("/api/orders/O-1").body["status"] == "completed"
    assert boss.get(LOT).body["balances"]["available"] == "860"


def test_alerts_are_listed_and_low_stock_is_set(boss: Caller, module_database: TestDatabase) -> None:
    """L18: what is low is told as an alert, which somebody sees to."""
    boss.done("/api/low-stock", {"site": "soho", "lines": [{"sku": "FLOUR", "quantity": 5000}]}, method="PUT")
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.lots.check_alerts()
    (alert,) = boss.get("/api/alerts", rule="low_stock").body["rows"]
    boss.done(f"/api/alerts/{alert['id']}/acknowledgement")

    assert boss.get("/api/alerts", rule="low_stock").body["rows"][0]["status"] == "acknowledged"


def test_reorder_points_travel_in_the_items_measure(boss: Caller) -> None:
    """S15: a reorder point is a quantity in text, as every other; it is read as it was told."""
    points = [{"sku": "FLOUR", "point": "500", "target": "2000.5"}]
    boss.done("/api/reorder-points", {"site": "soho", "points": points})
    (position,) = boss.get("/api/positions", site="soho").body
    boss.done("/api/purchases", {"site": "soho", "lines": [{"sku": "FLOUR", "quantity": "2.5"}]})
    (purchase,) = boss.get("/api/purchases").body["rows"]

    assert (position["point"], position["target"]) == ("500", "2000.5")
    assert purchase["lines"] == [["FLOUR", "2.5"]]


def test_a_thing_may_be_called_like_a_question(boss: Caller) -> None:
    """An item called search and a product called totals are changed and followed at their addresses, and are listed."""
    made = [
        boss.put(path, {"name": "Odd"}).status
        for path in ("/api/items/search", "/api/items/live", "/api/items/totals", "/api/products/totals")
    ]
    boss.done("/api/receipts-of-goods", {"site": "soho", "lines": [{"sku": "search", "quantity": 1, "lot": "L"}]})
    refused = boss.post("/api/items/search", {})

    assert made == [201] * 4
    assert boss.get("/api/items/search/lots/L").body["code"] == "L"
    assert [row["sku"] for row in boss.get("/api/items/search", q="search").body] == ["search"]
    assert {"search", "live", "totals"} <= {row["sku"] for row in boss.get("/api/items").body["rows"]}
    assert (refused.status, refused.headers["allow"]) == (405, "GET, PUT")


def test_what_narrows_a_question_has_to_be_known(boss: Caller) -> None:
    """P13: a site, item, lot, product or customer that is nowhere is 404 wherever it narrows, never an empty page."""
    told = {
        "site": "soho",
        "sku": "FLOUR",
        "skus": "FLOUR",
        "length": "1",
        "since": "2026-01-01",
        "until": "2026-01-31",
    }
    answers = {}
    for route in find_routes():
        if not isinstance(route, Ask) or route.in_path:
            continue
        needed = {name: one.schema for name, one in route.parameters.items() if one.required and name in told}
        asked = {name: "1" if "anyOf" in schema else told[name] for name, schema in needed.items()}
        for name in route.parameters.keys() & {"site", "sku", "lot", "location", "unit", "product", "customer"}:
            answers[route.path, name] = boss.get(route.path, **{**asked, name: "nowhere"})

    assert len(answers) > 50
    assert {key: answer for key, answer in answers.items() if answer.status != 404} == {}
