"""The rows of recipes.md over HTTP."""

import concurrent.futures
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onhand.ledger.sync_stock import SyncStock
from tests.api.rows.desk import available, balances, define, head, new_key, receive
from tests.api.serving import Caller, Running

INGREDIENTS = [
    {"name": "Flour", "amount": "1", "unit": "kg"},
    {"name": "Butter", "amount": "0.5", "unit": "kg"},
    {"name": "Box", "amount": "1", "unit": "piece"},
]
MAPPINGS = [
    {"ingredient": "Flour", "unit": "kg", "sku": "FLOUR"},
    {"ingredient": "Butter", "unit": "kg", "sku": "BUTTER"},
    {"ingredient": "Box", "unit": "piece", "sku": "BOX"},
]


@pytest.fixture(scope="module", autouse=True)
def _kitchen(boss: Caller) -> None:
    """What a croffle is made of."""
    define(boss, [], [{"sku": "FLOUR", "measure": "kg"}, {"sku": "BUTTER", "measure": "kg"}, "BOX"])
    boss.done("/api/recipes/CROFFLE", {"name": "Croffle", "ingredients": INGREDIENTS}, method="PUT")


def _cafe(boss: Caller, site: str, flour: int, butter: int, box: int) -> str:
    define(boss, [site], [])
    boss.done(f"/api/sites/{site}/mappings", {"mappings": MAPPINGS}, method="PUT")
    receive(boss, site, ("FLOUR", flour), ("BUTTER", butter), ("BOX", box))
    return site


def _left(boss: Caller, site: str) -> tuple[str, str, str]:
    return available(boss, site, "FLOUR"), available(boss, site, "BUTTER"), available(boss, site, "BOX")


def _sale(site: str, transaction: str, count: int = 1, product: str = "CROFFLE", **more: object) -> dict[str, Any]:
    items = [{"product": product, "name": product.capitalize(), "quantity": count}]
    return {"transaction": transaction, "site": site, "items": items, **more}


def _queue(boss: Caller, site: str, transaction: str, count: int = 1, **more: Any) -> int:  # noqa: ANN401 - handed on
    told = _sale(site, transaction, count, device="till-7", **more)
    return int(boss.done("/api/offline-sales", told)["offline_sale"])


def _waiting(boss: Caller, site: str) -> list[tuple[str, str]]:
    rows = boss.get("/api/offline-sales", site=site).body["rows"]
    return [(row["transaction"], row["status"]) for row in rows]


def test_one_call_takes_all_ingredients_and_tells_from_where(boss: Caller) -> None:
    """R1: two croffles take 2 kg flour, 1 kg butter and 2 boxes of that store; the answer names each with its place."""
    site = _cafe(boss, "r1", 10, 10, 10)
    sale = boss.done("/api/deductions", _sale(site, "r1-1", 2))

    assert [(part["site"], part["sku"], part["quantity"], part["to"]) for part in sale["movements"]] == [
        ("r1", "FLOUR", "2", "used"),
        ("r1", "BUTTER", "1", "used"),
        ("r1", "BOX", "2", "used"),
    ]
    assert (sale["kind"], sale["actor"], _left(boss, site)) == ("deduct", "boss", ("8", "9", "8"))
    wrong = [
        boss.post("/api/deductions", {**_sale(site, "r1-2"), "items": []}),
        boss.post("/api/deductions", _sale(site, "r1-2", -1)),
        boss.post("/api/deductions", _sale(site, " ")),
    ]
    assert [answer.code for answer in wrong] == ["INVALID_COMMAND", "NEGATIVE_QUANTITY", "INVALID_TEXT"]


def test_all_shortages_are_told_before_anything_is_taken(boss: Caller) -> None:
    """R2, R1, R3: every shortage in its words, by form and as facts, and nothing of the sale is taken."""
    site = _cafe(boss, "r2", 10, 1, 3)
    before = head(boss)
    refused = boss.post("/api/deductions", _sale(site, "r2-1", 4))

    assert (refused.status, refused.code) == (400, "INSUFFICIENT_INGREDIENTS")
    assert refused.body["facts"]["errors"] == [
        "Croffle - Butter: Need 2, Have 1 (Short: 1)",
        "Croffle - Box: Need 4, Have 3 (Short: 1)",
    ]
    assert (head(boss), _left(boss, site)) == (before, ("10", "1", "3"))


def test_two_products_that_share_an_ingredient_are_taken_together_or_not(boss: Caller) -> None:
    """R3: each of two products would have fitted alone; together they need 4 boxes of 3, so neither is taken."""
    site = _cafe(boss, "r3", 10, 10, 3)
    boss.done("/api/recipes/PARCEL", {"ingredients": [{"name": "Box", "amount": "2"}]}, method="PUT")
    items = [{"product": "CROFFLE", "quantity": 2}, {"product": "PARCEL", "quantity": 1}]
    both = boss.post("/api/deductions", {"transaction": "r3-1", "site": site, "items": items})
    alone = boss.post("/api/deductions", {"transaction": "r3-1", "site": site, "items": items[:1]})

    assert (both.code, alone.status) == ("INSUFFICIENT_INGREDIENTS", 201)
    assert _left(boss, site) == ("8", "9", "1")


def test_a_key_stands_for_one_sale_for_ever(boss: Caller) -> None:
    """R4: the same key gives the first answer, after a void too; another content, or the sale again, is refused."""
    site = _cafe(boss, "r4", 10, 10, 10)
    first = boss.post("/api/deductions", _sale(site, "r4-1"), key="r4-till/1")
    boss.done(f"/api/sites/{site}/deductions/r4-1/void", {"reason": "sent back"})
    again = boss.post("/api/deductions", _sale(site, "r4-1"), key="r4-till/1")
    other = boss.post("/api/deductions", _sale(site, "r4-1", 2), key="r4-till/1")
    renamed = boss.post("/api/deductions", _sale(site, "r4-1"), key="r4-till/2")

    assert (first.status, again.status, again.headers["idempotency-replayed"]) == (201, 200, "true")
    assert (again.body["number"], again.body["hash"]) == (first.body["number"], first.body["hash"])
    assert (other.status, other.code, renamed.code) == (409, "IDEMPOTENCY_KEY_REUSED", "TRANSACTION_EXISTS")
    assert _left(boss, site) == ("10", "10", "10")


def test_another_store_is_never_touched(boss: Caller, service: Running) -> None:
    """R6: what the store has not is not taken of another, whatever is sent; a key of a store deducts there alone."""
    poor, rich = _cafe(boss, "r6-poor", 1, 1, 1), _cafe(boss, "r6-rich", 10, 10, 10)
    till = new_key(boss, service, "r6-till", "clerk", poor)
    lent = boss.done("/api/slices", {"site": rich, "device": "d", "items": [{"product": "CROFFLE", "quantity": 5}]})
    short = till.post("/api/deductions", _sale(poor, "r6-1", 2))
    across = till.post("/api/deductions", _sale(rich, "r6-2"))
    sliced = till.post("/api/deductions", _sale(poor, "r6-3", slice=lent["reservation"]))
    voided = till.post(f"/api/sites/{rich}/deductions/r6-2/void", {"reason": "r"})
    mapped = till.post(f"/api/sites/{rich}/mappings", {"mappings": MAPPINGS}, method="PUT")
    fine = till.post("/api/deductions", _sale(poor, "r6-4"))

    assert short.code == "INSUFFICIENT_INGREDIENTS"
    assert (across.status, voided.status // 100, mapped.status // 100) == (404, 4, 4)
    assert (sliced.status // 100, fine.status) == (4, 201)
    assert _left(boss, rich) == ("5", "7.5", "5")
    assert {part["site"] for part in fine.body["movements"]} == {poor}


def test_units_are_converted_exactly(boss: Caller) -> None:
    """R7: g to kg, cl and bottles, pieces; one mapping for an ingredient and unit; the rounding is to the millionth."""
    define(
        boss,
        ["r7"],
        [
            {"sku": "R7-FLOUR", "measure": "kg"},
            {"sku": "R7-MILK", "measure": "l"},
            {"sku": "R7-GIN", "measure": "bottle"},
        ],
    )
    receive(boss, "r7", ("R7-FLOUR", 10), ("R7-MILK", 10), ("R7-GIN", 10))
    parts = [
        {"name": "R7 Flour", "amount": "125", "unit": "g"},
        {"name": "R7 Milk", "amount": "3", "unit": "cl"},
        {"name": "R7 Gin", "amount": "4", "unit": "cl"},
    ]
    boss.done("/api/recipes/R7-DRINK", {"ingredients": parts}, method="PUT")
    mappings = [
        {"ingredient": "R7 Flour", "unit": "g", "sku": "R7-FLOUR"},
        {"ingredient": "R7 Milk", "unit": "cl", "sku": "R7-MILK"},
        {"ingredient": "R7 Gin", "unit": "cl", "sku": "R7-GIN", "factor": "1/70"},
    ]
    path = "/api/sites/r7/mappings"
    boss.done(path, {"mappings": mappings}, method="PUT")
    twice = boss.put(path, {"mappings": [mappings[0], mappings[0]]})
    impossible = boss.put(path, {"mappings": [{"ingredient": "R7 Milk", "unit": "kg", "sku": "R7-MILK"}]})
    sale = boss.done("/api/deductions", _sale("r7", "r7-1", 3, "R7-DRINK"))

    # 3 x 125 g = 0.375 kg; 3 x 3 cl = 0.09 l; 3 x 4/70 bottles = 0.171428(57...), which is 0.171429
    assert {part["sku"]: part["quantity"] for part in sale["movements"]} == {
        "R7-FLOUR": "0.375",
        "R7-MILK": "0.09",
        "R7-GIN": "0.171429",
    }
    assert twice.status // 100 == 4
    assert impossible.code == "UNIT_NOT_CONVERTIBLE"
    boss.done(path, {"mappings": [{**mappings[2], "factor": "1/75"}]}, method="PUT")
    later = boss.done("/api/deductions", _sale("r7", "r7-2", 1, "R7-DRINK"))
    assert later["movements"][2]["quantity"] == "0.053333"


def test_recipes_that_cannot_be_made_are_refused(boss: Caller) -> None:
    """R8: no ingredients, no mapping (with ingredient and store), no recipe, and a cycle with its way."""
    site = _cafe(boss, "r8", 1, 1, 1)
    define_recipe = "/api/recipes/R8-{}"
    empty = boss.put(define_recipe.format("AIR"), {"ingredients": []})
    parts = [{"name": "Flour", "amount": "1", "unit": "kg"}, {"name": "R8 Egg", "amount": "2"}]
    boss.done(define_recipe.format("CAKE"), {"ingredients": parts}, method="PUT")
    unmapped = boss.post("/api/deductions", _sale(site, "r8-1", 1, "R8-CAKE"))
    unknown = boss.post("/api/deductions", _sale(site, "r8-1", 1, "R8-TEA"))
    boss.put("/api/products/R8-BARE")
    bare = boss.post("/api/deductions", _sale(site, "r8-1", 1, "R8-BARE"))
    mixes: dict[str, dict[str, object]] = {
        "A": {"name": "Flour", "unit": "kg"},
        "B": {"name": "R8-A", "is_product": True},
    }
    for name, part in mixes.items():
        boss.done(define_recipe.format(name), {"ingredients": [{"amount": "1", **part}]}, method="PUT")
    cycle = boss.put(define_recipe.format("A"), {"ingredients": [{"name": "R8-B", "amount": "1", "is_product": True}]})

    assert [answer.status // 100 for answer in (empty, unmapped, unknown, bare, cycle)] == [4] * 5
    assert "no ingredients" in empty.body["detail"]
    assert unmapped.body["facts"] == {"site": site, "missing": ["R8 Egg (piece)"]}
    assert unknown.body["facts"] == {"product": "R8-TEA"}
    assert bare.body["facts"] == {"products": ["R8-BARE"]}
    assert cycle.body["facts"] == {"product": "R8-A", "path": "R8-A > R8-B > R8-A"}


def test_sub_recipes_yield_waste_versions_and_substitutes(boss: Caller) -> None:
    """R9: 20 % of the flour are lost, a dough makes 750 g, margarine steps in; versions hold from their time."""
    define(boss, ["r9"], [{"sku": "R9-MARGARINE", "measure": "kg"}])
    more = [{"ingredient": "R9 Margarine", "unit": "kg", "sku": "R9-MARGARINE"}]
    _cafe(boss, "r9", 10, 1, 10)
    boss.done("/api/sites/r9/mappings", {"mappings": more}, method="PUT")
    receive(boss, "r9", ("R9-MARGARINE", 5))
    butter = {
        "name": "Butter",
        "amount": "1/4",
        "unit": "kg",
        "substitutes": [{"name": "R9 Margarine", "amount": "0.3", "unit": "kg"}],
    }
    dough = [{"name": "Flour", "amount": "0.5", "unit": "kg", "waste": "20"}, butter]
    boss.done("/api/recipes/R9-DOUGH", {"ingredients": dough, "makes": "750", "unit": "g"}, method="PUT")
    bun = [{"name": "R9-DOUGH", "amount": "0.15", "unit": "kg", "is_product": True}, {"name": "Box", "amount": "1"}]
    boss.done("/api/recipes/R9-BUN", {"ingredients": bun}, method="PUT")

    first = boss.done("/api/deductions", _sale("r9", "r9-1", 10, "R9-BUN"))
    # 10 x 150 g are two doughs: 2 x 0.5 kg / 0.8 flour, 2 x 0.25 kg butter
    assert {part["sku"]: part["quantity"] for part in first["movements"]} == {
        "FLOUR": "1.25",
        "BUTTER": "0.5",
        "BOX": "10",
    }
    receive(boss, "r9", ("BOX", 30))
    second = boss.done("/api/deductions", _sale("r9", "r9-2", 15, "R9-BUN"))
    # three doughs need 0.75 kg butter of 0.5: each line is served whole, by 3 x 0.3 kg margarine
    assert {part["sku"]: part["quantity"] for part in second["movements"]} == {
        "FLOUR": "1.875",
        "R9-MARGARINE": "0.9",
        "BOX": "15",
    }
    boss.done("/api/recipes/R9-BUN", {"ingredients": [{"name": "Box", "amount": "2"}]}, method="PUT")
    new = boss.done("/api/deductions", _sale("r9", "r9-3", 1, "R9-BUN"))
    before = first["recorded_at"]
    old = boss.done("/api/deductions", _sale("r9", "r9-4", 5, "R9-BUN", occurred_at=before))
    assert [(part["sku"], part["quantity"]) for part in new["movements"]] == [("BOX", "2")]
    assert {part["sku"]: part["quantity"] for part in old["movements"]} == {
        "FLOUR": "0.625",
        "BUTTER": "0.25",
        "BOX": "5",
    }


def test_a_void_puts_back_exactly_what_was_taken_and_once(boss: Caller) -> None:
    """R10: one line, then the rest; again nothing more, under another key it is refused; each has its reason."""
    site = _cafe(boss, "r10", 10, 10, 10)
    items = [{"product": "CROFFLE", "quantity": 1}, {"product": "CROFFLE", "quantity": 2}]
    boss.done("/api/deductions", {"transaction": "r10-1", "site": site, "items": items})
    path = f"/api/sites/{site}/deductions/r10-1/void"
    boss.done(path, {"line_numbers": [2], "reason": "wrong"})
    in_part = _left(boss, site)
    whole = boss.post(path, {"reason": "sent back"}, key="r10-void")
    again = boss.post(path, {"reason": "sent back"}, key="r10-void")
    more = boss.post(path, {"reason": "sent back"})
    trail = boss.get(f"/api/sites/{site}/deductions/r10-1").body

    assert in_part == ("9", "9.5", "9")
    assert (whole.status, again.status, more.status) == (201, 200, 400)
    assert [(part["sku"], part["quantity"], part["to"]) for part in whole.body["movements"]] == [
        ("FLOUR", "1", "available"),
        ("BUTTER", "0.5", "available"),
        ("BOX", "1", "available"),
    ]
    assert _left(boss, site) == ("10", "10", "10")
    assert trail["status"] == "voided"
    assert [(posting["kind"], posting["reason"]) for posting in trail["postings"]][1:] == [
        ("void", "wrong"),
        ("void", "sent back"),
    ]


def test_stock_falls_below_zero_only_where_and_as_far_as_it_may(boss: Caller, worker: SyncStock) -> None:
    """R11: refused by default; down to the limit where allowed, then an alert is raised; other stores stay."""
    site, other = _cafe(boss, "r11", 1, 1, 1), _cafe(boss, "r11-b", 1, 1, 1)
    by_default = boss.post("/api/deductions", _sale(site, "r11-1", 3))
    lines = [{"sku": sku, "quantity": 2} for sku in ("FLOUR", "BUTTER", "BOX")]
    boss.done("/api/negative-stock", {"site": site, "lines": lines})
    boss.done("/api/deductions", _sale(site, "r11-2", 3))
    beyond = boss.post("/api/deductions", _sale(site, "r11-3", 1))
    elsewhere = boss.post("/api/deductions", _sale(other, "r11-4", 3))
    worker.lots.check_alerts()
    alerts = boss.get("/api/alerts", rule="negative", limit=100).body["rows"]

    assert {by_default.code, beyond.code, elsewhere.code} == {"INSUFFICIENT_INGREDIENTS"}
    assert _left(boss, site) == ("-2", "-0.5", "-2")
    assert {"FLOUR", "BUTTER", "BOX"} <= {alert["sku"] for alert in alerts if alert["status"] == "open"}


def test_a_store_as_a_whole_may_fall_below_zero(boss: Caller, service: Running) -> None:
    """R11: one limit for all ingredients of a store, exact, until zero forbids it; a manager of it alone may say so."""
    site, other = _cafe(boss, "r11-c", 1, 1, 1), _cafe(boss, "r11-d", 1, 1, 1)
    manager = new_key(boss, service, "r11-boss", "manager", site)
    path = "/api/sites/{}/negative-stock"
    odd = [
        boss.post(path.format(site), {}),
        boss.post(path.format(site), {"limit": "-1"}),
        boss.post(path.format(site), {"limit": "1", "site": other}),
        boss.post(path.format("nowhere"), {"limit": "1"}),
        manager.post(path.format(other), {"limit": "1"}),
    ]
    trial = manager.post(path.format(site), {"limit": "2"}, query={"dry_run": "true"})
    first = manager.post(path.format(site), {"limit": "2"}, key="r11-c")
    again = manager.post(path.format(site), {"limit": "2"}, key="r11-c")
    boss.done("/api/deductions", _sale(site, "r11-c-1", 3))
    beyond = boss.post("/api/deductions", _sale(site, "r11-c-2"))
    receive(boss, site, ("FLOUR", 2), ("BUTTER", 1), ("BOX", 2))
    manager.done(path.format(site), {"limit": 0})
    forbidden = boss.post("/api/deductions", _sale(site, "r11-c-3"))

    assert [answer.status // 100 for answer in odd] == [4] * 5
    assert [answer.code for answer in odd[3:]] == ["UNKNOWN_SITE"] * 2
    assert (trial.status, trial.body["dry_run"], first.status, again.status) == (200, True, 201, 200)
    assert beyond.body["facts"]["errors"][0] == "Croffle - Flour: Need 1, Have 0 (Short: 1)"
    assert (forbidden.code, _left(boss, site)) == ("INSUFFICIENT_INGREDIENTS", ("0", "0.5", "0"))


def test_an_offline_sale_waits_as_it_was_sold(boss: Caller) -> None:
    """R12: status, reason, device, time of sale and of arrival are told, and nothing is taken yet."""
    site = _cafe(boss, "r12", 10, 10, 10)
    sold_at = (datetime.now(UTC) - timedelta(hours=2)).replace(microsecond=0)
    number = _queue(boss, site, "r12-1", sequence=5, occurred_at=sold_at.isoformat())
    _queue(boss, site, "r12-2", 99, short=True)
    first, second = boss.get("/api/offline-sales", site=site).body["rows"]
    again = boss.post("/api/offline-sales", _sale(site, "r12-1", device="till-8"))

    assert (first["id"], first["status"], first["reason"]) == (number, "pending", "offline")
    assert (first["device"], first["sequence"]) == ("till-7", 5)
    assert datetime.fromisoformat(first["sold_at"]) == sold_at < datetime.fromisoformat(first["arrived_at"])
    assert first["items"] == [{"product": "CROFFLE", "name": "Croffle", "quantity": "1"}]
    assert (second["status"], second["reason"]) == ("insufficient_stock", "insufficient_stock")
    assert again.code == "TRANSACTION_EXISTS"
    assert _left(boss, site) == ("10", "10", "10")
    assert [row["id"] for row in boss.get("/api/offline-sales", site=site, status="pending").body["rows"]] == [number]


def test_a_till_of_a_store_may_send_again_what_moves_nothing(boss: Caller, service: Running) -> None:
    """R12, R4, R6: a till that is limited to its store is answered its queued sale again; another's till is not."""
    site, other = _cafe(boss, "r12-b", 1, 1, 1), _cafe(boss, "r12-c", 1, 1, 1)
    mine, theirs = (new_key(boss, service, f"r12-{one}", "manager", one) for one in (site, other))
    sale = _sale(site, "r12-b-1", device="till-7")
    first = mine.post("/api/offline-sales", sale, key="r12-b/1")
    again = mine.post("/api/offline-sales", sale, key="r12-b/1")
    unseen = theirs.post("/api/offline-sales", sale, key="r12-b/1")
    rejection = f"/api/offline-sales/{first.body['offline_sale']}/rejection"
    rejected = [mine.post(rejection, {"reason": "r"}, key="r12-b/2").status for _ in range(2)]
    mapped = [
        mine.post(f"/api/sites/{site}/mappings", {"mappings": MAPPINGS}, method="PUT", key="r12-b/3").status
        for _ in range(2)
    ]
    guessed = theirs.post(rejection, {"reason": "r"}, key="r12-b/2")

    assert (first.status, again.status, again.body["number"]) == (201, 200, first.body["number"])
    assert (rejected, mapped) == ([201, 200], [201, 200])
    assert {answer.status for answer in (unseen, guessed)} == {404}
    assert "number" not in unseen.body


def test_what_waits_at_a_store_is_synchronised_in_one_call(boss: Caller) -> None:
    """R13: of five sales the three that were sold first get the last three boxes; a trial tries each alone."""
    site = _cafe(boss, "r13", 10, 10, 3)
    noon = datetime.now(UTC) - timedelta(days=1)
    for minute in (4, 2, 5, 1, 3):
        _queue(boss, site, f"r13-{minute}", occurred_at=(noon + timedelta(minutes=minute)).isoformat())
    path = f"/api/sites/{site}/offline-sales/synchronisation"
    trial = boss.post(path, query={"dry_run": "true"})
    untouched = _left(boss, site)
    done, again = boss.post(path), boss.post(path)

    assert (trial.body["synced"], trial.body["dry_run"], untouched) == (5, True, ("10", "10", "3"))
    assert done.body == {"synced": 3, "need_approval": 2, "dry_run": False}
    assert again.body == {"synced": 0, "need_approval": 2, "dry_run": False}
    assert _waiting(boss, site) == [
        *[(f"r13-{minute}", "synced") for minute in (1, 2, 3)],
        *[(f"r13-{minute}", "insufficient_stock") for minute in (4, 5)],
    ]
    assert _left(boss, site) == ("7", "8.5", "0")
    short = boss.get("/api/offline-sales", site=site, status="insufficient_stock").body["rows"][0]
    assert short["errors"] == ["Croffle - Box: Need 1, Have 0 (Short: 1)"]


def test_two_people_synchronise_at_once(boss: Caller, service: Running) -> None:
    """R13: four callers synchronise forty sales of a store at the same time; each sale is deducted once."""
    site = _cafe(boss, "r13-b", 100, 100, 30)
    commands = [
        {"operation": "queue_sale", "key": f"r13-b/{number}", **_sale(site, f"r13-b-{number}", device="d")}
        for number in range(40)
    ]
    boss.done("/api/bulk", {"commands": commands})
    path = f"/api/sites/{site}/offline-sales/synchronisation"
    callers = [service.caller(boss.key) for _ in range(4)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda caller: caller.post(path).body, callers))

    assert sum(answer["synced"] for answer in answers) == 30
    assert _left(boss, site) == ("70", "85", "0")
    assert boss.post(path).body == {"synced": 0, "need_approval": 10, "dry_run": False}


def test_a_synchronisation_is_told_nothing_and_keeps_to_its_store(boss: Caller, service: Running) -> None:
    """R13, R6: a body, a query, a version, no key, an unknown store and one of another key are refused."""
    site, other = _cafe(boss, "r13-c", 1, 1, 1), _cafe(boss, "r13-d", 1, 1, 1)
    till = new_key(boss, service, "r13-till", "clerk", site)
    path = "/api/sites/{}/offline-sales/synchronisation"
    answers = [
        boss.post(path.format(site), {"all": True}),
        boss.post(path.format(site), query={"limit": "1"}),
        boss.post(path.format(site), headers={"If-Match": '"1"'}),
        boss.post(path.format("nowhere")),
        till.post(path.format(other)),
    ]
    without_key = boss.http.post(path.format(site), json={})

    assert [answer.code for answer in answers] == [
        "INVALID_COMMAND",
        "INVALID_COMMAND",
        "IF_MATCH_UNUSABLE",
        "UNKNOWN_SITE",
        "UNKNOWN_SITE",
    ]
    assert without_key.json()["code"] == "IDEMPOTENCY_KEY_MISSING"
    assert till.post(path.format(site)).status == 200


def test_a_manager_approves_or_rejects_with_a_reason(boss: Caller, service: Running) -> None:
    """R14: after the stock was corrected, or may go negative, or not at all; a clerk may not; none leaves the queue."""
    site = _cafe(boss, "r14", 10, 10, 1)
    ids = [_queue(boss, site, f"r14-{number}", 2) for number in range(3)]
    boss.post(f"/api/sites/{site}/offline-sales/synchronisation")
    manager = new_key(boss, service, "mia", "manager", site)
    clerk = new_key(boss, service, "r14-till", "clerk", site)

    def decide(who: Caller, number: int, decision: str, **why: str) -> Any:  # noqa: ANN401 - an answer
        return who.post(f"/api/offline-sales/{number}/{decision}", why)

    forbidden = decide(clerk, ids[0], "approval", reason="r")
    silent = decide(manager, ids[0], "approval")
    short = decide(manager, ids[0], "approval", reason="they were there")
    boss.done("/api/adjustments", {"site": site, "lines": [{"sku": "BOX", "quantity": 1}], "reason": "found one"})
    first = decide(manager, ids[0], "approval", reason="they were there")
    boss.done("/api/negative-stock", {"site": site, "lines": [{"sku": "BOX", "quantity": 2}]})
    second = decide(manager, ids[1], "approval", reason="will be delivered")
    third = decide(manager, ids[2], "rejection", reason="a test sale")
    late = decide(manager, ids[2], "approval", reason="after all")
    rows = boss.get("/api/offline-sales", site=site).body["rows"]
    trail = boss.get("/api/trail", entity="offline_sale", id=ids[2]).body["rows"]

    assert (forbidden.status, silent.code) == (403, "REASON_REQUIRED")
    assert short.body["facts"]["errors"] == ["Croffle - Box: Need 2, Have 1 (Short: 1)"]
    assert (first.status, second.status, third.status, late.code) == (201, 201, 201, "INVALID_STATUS_TRANSITION")
    assert [(row["id"], row["status"], row["decided_by"], row["decision"]) for row in rows] == [
        (ids[0], "approved", "mia", "they were there"),
        (ids[1], "approved", "mia", "will be delivered"),
        (ids[2], "rejected", "mia", "a test sale"),
    ]
    assert [(row["kind"], row["actor"]) for row in trail] == [
        ("queue_sale", "boss"),
        ("sync_sale", "boss"),
        ("reject_sale", "mia"),
    ]
    assert _left(boss, site) == ("6", "8", "-2")


def test_a_slice_serves_its_till_alone_and_comes_back(boss: Caller) -> None:
    """R16: 3 of 4 croffles are lent, others get 1; the till sells 2 of its slice offline, and the rest comes back."""
    site = _cafe(boss, "r16", 4, 4, 4)
    lent = boss.done(
        "/api/slices", {"site": site, "device": "till-7", "items": [{"product": "CROFFLE", "quantity": 3}]}
    )
    number = lent["reservation"]
    others = boss.post("/api/deductions", _sale(site, "r16-1", 2))
    boss.done("/api/deductions", _sale(site, "r16-2", 1))
    for sale in (1, 2):
        _queue(boss, site, f"r16-off-{sale}", slice=number)
    synced = boss.post(f"/api/sites/{site}/offline-sales/synchronisation").body
    under_way = (_left(boss, site), balances(boss, site, "BOX"))
    boss.done(f"/api/reservations/{number}/release", {"reason": "closing time"})
    too_much = boss.post(
        "/api/slices", {"site": site, "device": "till-8", "items": [{"product": "CROFFLE", "quantity": 2}]}
    )

    assert others.code == "INSUFFICIENT_INGREDIENTS"
    assert (synced["synced"], synced["need_approval"]) == (2, 0)
    assert under_way == (("0", "2", "0"), {"reserved": "1"})
    assert _left(boss, site) == ("1", "2.5", "1")
    assert too_much.status == 400


def test_health_tells_each_check_and_what_is_wrong(boss: Caller) -> None:
    """R17: seven checks, each with its status; an ingredient that a store has no item for turns one to a warning."""
    define(boss, [], ["R17-SOY"])
    parts = [{"name": "R17 Egg", "amount": "1", "substitutes": [{"name": "R17 Soy", "amount": "1"}]}]
    boss.done("/api/recipes/A-CAKE", {"ingredients": parts}, method="PUT")
    soy = [{"ingredient": "R17 Soy", "unit": "piece", "sku": "R17-SOY"}]
    for site in (_cafe(boss, "a-r17-a", 1, 1, 1), _cafe(boss, "a-r17-b", 1, 1, 1)):
        boss.done(f"/api/sites/{site}/mappings", {"mappings": MAPPINGS + soy}, method="PUT")
    _cafe(boss, "a-r17", 1, 1, 1)
    health = boss.get("/api/health").body
    checks = {check["name"]: check for check in health["checks"]}

    assert [*checks] == [
        "schema and triggers",
        "idempotency",
        "mappings",
        "cross-store deductions",
        "compensations",
        "success rate",
        "queue age",
    ]
    assert (checks["mappings"]["status"], health["status"] in {"warning", "critical"}) == ("warning", True)
    told = [finding for finding in checks["mappings"]["findings"] if "R17 Egg" in finding]
    assert "A-CAKE needs R17 Egg (piece), which is no item at a-r17" in told
    assert not [finding for finding in told if finding.endswith(("at a-r17-a", "at a-r17-b"))]
    assert {checks[name]["status"] for name in ("idempotency", "cross-store deductions", "compensations")} == {
        "healthy"
    }


def test_figures_are_told_by_store(boss: Caller, service: Running) -> None:
    """R18: deductions, voids, refusals, the rate of success and what waits of a store, as JSON and for Prometheus."""
    site = _cafe(boss, "r18", 10, 10, 10)
    for number in range(3):
        boss.done("/api/deductions", _sale(site, f"r18-{number}"))
    boss.done(f"/api/sites/{site}/deductions/r18-0/void", {"reason": "cold"})
    _queue(boss, site, "r18-9")
    for who in (boss, new_key(boss, service, "r18-till", "clerk", site)):
        assert who.post("/api/deductions", _sale(site, "r18-8", 99)).code == "INSUFFICIENT_INGREDIENTS"
        assert who.post("/api/deductions", _sale(site, "r18-8", 99), query={"dry_run": "true"}).status == 400
    metrics = boss.get("/api/metrics").body
    (mine,) = [one for one in metrics["sites"] if one["site"] == site]
    text = str(boss.get("/metrics").body)

    assert (mine["deducted"], mine["deducted_24h"], mine["voided"], mine["queue"]) == (3, 3, 1, {"pending": 1})
    assert mine["oldest_waiting"] is not None
    assert (mine["refused"], mine["refused_24h"], mine["success_rate_24h"]) == (2, 2, 0.6)
    assert 'onhand_deductions_24h{org="1",site="r18"} 3.0' in text
    assert 0 < metrics["latency_p50_ms"] <= metrics["latency_p99_ms"]


def test_a_receipt_is_followed_to_its_ingredients_and_back(boss: Caller) -> None:
    """R20: from the receipt to each ingredient, and from a lot of boxes to the receipts."""
    site = _cafe(boss, "r20", 10, 10, 1)
    receive(boss, site, {"sku": "BOX", "quantity": 5, "lot": "R20-LOT"})
    boss.done("/api/sales", {"site": site, "lines": [{"sku": "BOX", "quantity": 1}]})
    boss.done("/api/deductions", _sale(site, "r20-1", 2))
    boss.done("/api/deductions", _sale(site, "r20-2"))
    trail = boss.get(f"/api/sites/{site}/deductions/r20-1").body
    uses = boss.get(f"/api/sites/{site}/items/BOX/uses", lot="R20-LOT").body["rows"]
    missing = boss.get(f"/api/sites/{site}/deductions/r20-9")

    taken = {(part["ingredient"], part["sku"], part["quantity"]) for part in trail["parts"]}
    assert taken == {("Flour", "FLOUR", "2"), ("Butter", "BUTTER", "1"), ("Box", "BOX", "2")}
    assert {(use["transaction"], use["quantity"], use["kind"]) for use in uses} >= {("r20-2", "1", "deduct")}
    assert {use["site"] for use in uses} == {site}
    assert (missing.status, trail["postings"][0]["kind"]) == (404, "deduct")
