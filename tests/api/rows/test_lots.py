"""The rows of lots.md over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onhand.ledger.sync_stock import SyncStock
from tests.api.rows.desk import available, balances, define, head, new_key, receive
from tests.api.serving import Caller, Running

INTAKE: dict[str, Any] = {
    "vendor": "Acme Farms",
    "brand": "Green Leaf",
    "product": "Blue Dream",
    "category": "flower",
    "quantity": "20",
    "site": "l-depot",
}


@pytest.fixture(scope="module", autouse=True)
def _depot(boss: Caller) -> None:
    """A depot and an annex."""
    define(boss, ["l-depot", "l-annex"], ["L-A", "L-B"])


def test_every_change_of_stock_tells_what_when_why_and_who(boss: Caller) -> None:
    """L1: each change is a movement with kind, quantity, balances after it, document, reason and actor."""
    define(boss, ["l-one"], ["L-ONE"])
    line = {"sku": "L-ONE", "quantity": 30}
    receive(boss, "l-one", ("L-ONE", 100), document={"type": "purchase", "id": "po-1"})
    boss.done("/api/sales", {"site": "l-one", "lines": [line], "document": {"type": "invoice", "id": "i-1"}})
    boss.done("/api/returns", {"site": "l-one", "lines": [{**line, "quantity": 5}], "reason": "too many"})
    change = {"site": "l-one", "lines": [{"sku": "L-ONE", "quantity": "-2.5"}]}
    silent = boss.post("/api/adjustments", change)
    boss.done("/api/adjustments", {**change, "reason": "broken"})
    rows = boss.get("/api/movements", site="l-one", sku="L-ONE").body["rows"]

    told = [
        (row["kind"], row["from"], row["to"], row["quantity"], row["balances"]["available"], row["reason"])
        for row in rows
    ]
    assert told == [
        ("receive", "supplier", "available", "100", "100", None),
        ("sell", "available", "customer", "30", "70", None),
        ("return", "customer", "available", "5", "75", "too many"),
        ("adjust", "available", "loss", "2.5", "72.5", "broken"),
    ]
    assert [row["document"] for row in rows[:2]] == [
        {"type": "purchase", "id": "po-1"},
        {"type": "invoice", "id": "i-1"},
    ]
    assert {row["actor"] for row in rows} == {"boss"}
    assert (silent.status, silent.code) == (400, "REASON_REQUIRED")


def test_an_intake_makes_all_that_is_not_known_in_one_posting(boss: Caller) -> None:
    """L5, L4: vendor, brand, product, item, location and lot are made with the receipt; the next one finds them."""
    told = {**INTAKE, "zone": "A", "rack": "1", "day": "2026-01-31", "cost_mode": "FIXED", "unit_cost": "12.50"}
    first = boss.done("/api/intakes", told)
    second = boss.done("/api/intakes", told)
    lots = boss.get("/api/lots", vendor="Acme Farms", order="code").body["rows"]

    made = [change["entity"] for change in first["changes"] if change["action"] == "created"]
    assert {"vendor", "brand", "item", "location", "lot"} <= {*made}
    assert [change["entity"] for change in second["changes"] if change["action"] == "created"] == ["lot"]
    (movement,) = first["movements"]
    assert (movement["from"], movement["to"], movement["quantity"], movement["location"]) == (
        "supplier",
        "available",
        "20",
        "A/1",
    )
    assert [lot["code"] for lot in lots] == ["LOT-20260131-001", "LOT-20260131-002"]
    assert [(lot["cost_mode"], lot["unit_cost"], lot["status"]) for lot in lots] == [("FIXED", "12.50", "LIVE")] * 2
    assert lots[0]["sku"].endswith("-20260131-0001")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"vendor": ""}, "INVALID_TEXT"),
        ({"vendor": "v" * 256}, "INVALID_TEXT"),
        ({"brand": " b"}, "INVALID_TEXT"),
        ({"brand": "b" * 256}, "INVALID_TEXT"),
        ({"product": "p" * 501}, "INVALID_TEXT"),
        ({"category": "c" * 101}, "INVALID_TEXT"),
        ({"subcategory": "s" * 101}, "INVALID_TEXT"),
        ({"grade": "g" * 11}, "INVALID_TEXT"),
        ({"bin": "b" * 51}, "INVALID_TEXT"),
        ({"strain_id": 0}, "INVALID_COMMAND"),
        ({"strain_id": "7"}, "INVALID_COMMAND"),
        ({"quantity": "0"}, "NEGATIVE_QUANTITY"),
        ({"quantity": "Infinity"}, "INVALID_QUANTITY"),
        ({"cost_mode": "FIXED"}, "INVALID_COST"),
        ({"cost_mode": "RANGE", "cost_min": "5", "cost_max": "5"}, "INVALID_COST"),
        ({"cost_mode": "FIXED", "unit_cost": "1.005"}, "INVALID_COST"),
        ({"payment_terms": "NET_60"}, "INVALID_COMMAND"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_bad_intake_is_refused_and_leaves_nothing(boss: Caller, told: dict[str, Any], code: str) -> None:
    """L8, L5: each field has its bounds; what is beyond them is refused by name, and nothing of the intake is left."""
    before = head(boss)
    answered = boss.post("/api/intakes", {**INTAKE, "vendor": "Never Seen", **told})

    assert (answered.status in {400, 422}, answered.code) == (True, code), answered.body
    assert head(boss) == before
    assert boss.get("/api/lots", vendor="Never Seen").body.get("rows", []) == []


def test_an_intake_at_each_bound_is_taken(boss: Caller) -> None:
    """L8: the longest texts, the least strain, a range of costs and each of the payment terms are taken."""
    longest = {"vendor": 255, "brand": 255, "product": 500, "category": 100, "subcategory": 100, "grade": 10, "bin": 50}
    full = {name: "x" * length for name, length in longest.items()}
    for terms in ("COD", "NET_7", "NET_15", "NET_30", "CONSIGNMENT", "PARTIAL"):
        costs = {"cost_mode": "RANGE", "cost_min": "1", "cost_max": "1.01", "strain_id": 1}
        boss.done("/api/intakes", {**INTAKE, **full, **costs, "payment_terms": terms})
    lots = boss.get("/api/lots", category="x" * 100, order="oldest").body["rows"]

    assert [lot["payment_terms"] for lot in lots] == ["COD", "NET_7", "NET_15", "NET_30", "CONSIGNMENT", "PARTIAL"]
    assert {(lot["grade"], lot["cost_min"], lot["cost_max"], lot["strain_id"]) for lot in lots} == {
        ("x" * 10, "1.00", "1.01", 1)
    }


def test_lots_are_found_by_each_of_their_facts_and_sorted(boss: Caller) -> None:
    """L10: by status, category, subcategory, brand, vendor, site, creation and words, in four orders."""
    facts = [
        {"vendor": "L10 North", "brand": "L10 Ash", "category": "l10-oil", "subcategory": "l10-red", "site": "l-depot"},
        {
            "vendor": "L10 South",
            "brand": "L10 Ash",
            "category": "l10-oil",
            "subcategory": "l10-blue",
            "site": "l-annex",
        },
        {"vendor": "L10 South", "brand": "L10 Elm", "category": "l10-wax", "subcategory": "l10-red", "site": "l-depot"},
    ]
    expiry = ("2099-03-01", "2099-01-01", "2099-02-01")
    begun = datetime.now(UTC)
    for number, (fact, day) in enumerate(zip(facts, expiry, strict=True)):
        told = {**INTAKE, **fact, "product": f"Zebra {number}", "lot": f"L10-{2 - number}", "expires_on": day}
        boss.done("/api/intakes", {**told, "status": "AWAITING_INTAKE" if number == 2 else "LIVE"})

    def found(**wanted: object) -> list[str]:
        rows = boss.get("/api/lots", **{"q": "zebra", "order": "code", **wanted}).body["rows"]
        return [row["code"] for row in rows]

    assert found() == ["L10-0", "L10-1", "L10-2"]
    assert found(status="AWAITING_INTAKE") == ["L10-0"]
    assert found(category="l10-oil") == ["L10-1", "L10-2"]
    assert found(subcategory="l10-red") == ["L10-0", "L10-2"]
    assert found(brand="L10 Elm") == ["L10-0"]
    assert found(vendor="L10 South") == ["L10-0", "L10-1"]
    assert found(site="l-annex") == ["L10-1"]
    assert found(vendor="L10 South", site="l-depot", category="l10-wax") == ["L10-0"]
    assert found(since=begun.isoformat()) == ["L10-0", "L10-1", "L10-2"]
    assert found(until=begun.isoformat()) == []
    assert found(order="newest") == ["L10-0", "L10-1", "L10-2"]
    assert found(order="oldest") == ["L10-2", "L10-1", "L10-0"]
    assert found(order="expires_on") == ["L10-1", "L10-0", "L10-2"]
    assert boss.get("/api/lots", order="weight").code == "INVALID_COMMAND"
    assert boss.get("/api/lots", status="SLEEPING").code == "INVALID_COMMAND"


def test_metadata_has_a_schema_and_nd_is_not_zero(boss: Caller) -> None:
    """L12: what the schema allows is kept as it was told, each wrong field is named, and nothing of it is kept."""
    receive(boss, "l-depot", {"sku": "L-A", "quantity": 1, "lot": "L12"})
    path = "/api/items/L-A/lots/L12/metadata"
    good: dict[str, object] = {
        "thc": "21.4",
        "cbd": "ND",
        "terpenes": [{"name": "Myrcene", "percentage": "0.81"}],
        "harvest_code": "h" * 100,
        "certificate_url": "https://lab.example/c/1.pdf",
        "notes": "n" * 1000,
        "custom": {"shelf": {"row": 3}},
    }
    boss.done(path, {"metadata": good}, method="PUT")
    kept = boss.get(path).body
    wrong: list[dict[str, object]] = [
        {"thc": "100.1"},
        {"cbd": "-1"},
        {"terpenes": [{"name": "Myrcene"}]},
        {"harvest_code": "h" * 101},
        {"notes": "n" * 1001},
        {"certificate_url": "ftp://lab.example/"},
        {"colour": "green"},
    ]
    refused = [boss.put(path, {"metadata": {**good, **one}}) for one in wrong]

    assert kept == {"metadata": good, "problems": [], "version": 1}
    assert {(answer.status, answer.code) for answer in refused} == {(400, "INVALID_METADATA")}
    for answer, told in zip(refused, wrong, strict=True):
        assert next(iter(told)) in str(answer.body["facts"])
    assert boss.get(path).body == kept


def test_a_list_is_read_page_by_page_while_rows_are_added(boss: Caller) -> None:
    """L14: 7 lots in pages of 3 are each told once, in order, though lots are added before and behind meanwhile."""
    for number in range(7):
        receive(boss, "l-depot", {"sku": "L-B", "quantity": 1, "lot": f"L14-{number}"})
    codes: list[str] = []
    after: dict[str, object] = {}
    while True:
        page = boss.get("/api/lots", q="l14-", order="code", limit=3, **after).body
        codes += [row["code"] for row in page["rows"]]
        receive(boss, "l-depot", {"sku": "L-B", "quantity": 1, "lot": f"L14-00{len(codes)}"})
        if page["after"] is None:
            break
        after = {"after": page["after"]}
    bounds = [boss.get("/api/lots", limit=limit).status for limit in (0, 1, 100, 101)]

    assert codes == [f"L14-{number}" for number in range(7)]
    assert bounds == [422, 200, 200, 422]
    assert len(boss.get("/api/movements", sku="L-B").body["rows"]) == 10


def test_what_is_asked_again_is_not_answered_twice_and_is_never_stale(boss: Caller) -> None:
    """L15: asked again with its mark an answer is 304; after the client's own sale it is whole and shows the sale."""
    receive(boss, "l-annex", ("L-A", 10))
    first = boss.get("/api/items/live", site="l-annex", skus="L-A")
    mark = first.headers["etag"]
    path, shown = "/api/items/live?site=l-annex&skus=L-A", {"If-None-Match": mark}
    unchanged = boss.http.get(path, headers=shown)
    boss.done("/api/sales", {"site": "l-annex", "lines": [{"sku": "L-A", "quantity": 3}]})
    changed = boss.http.get(path, headers=shown)

    assert (first.body[0]["balances"]["available"], unchanged.status_code, unchanged.content) == ("10", 304, b"")
    assert (changed.status_code, changed.json()[0]["balances"]["available"]) == (200, "7")


def test_a_lot_goes_through_its_statuses_as_the_table_says(boss: Caller) -> None:
    """L16: allowed steps are made, others refused with from and to; LIVE and PHOTOGRAPHY_COMPLETE are sold."""
    receive(boss, "l-depot", {"sku": "L-A", "quantity": 10, "lot": "L16"}, status="AWAITING_INTAKE")
    path = "/api/items/L-A/lots/L16"
    sale = {"site": "l-depot", "lines": [{"sku": "L-A", "quantity": 4, "lot": "L16"}]}

    def step(status: str) -> int:
        return boss.put(f"{path}/status", {"status": status, "reason": "r"}).status

    early = boss.post("/api/sales", sale)
    jump = boss.put(f"{path}/status", {"status": "SOLD_OUT"})
    live, photographed = step("LIVE"), step("PHOTOGRAPHY_COMPLETE")
    sold = boss.post("/api/sales", sale).status
    back, held = step("LIVE"), step("ON_HOLD")
    on_hold = boss.post("/api/sales", sale)
    again = step("LIVE")
    boss.done("/api/sales", {**sale, "lines": [{"sku": "L-A", "quantity": 6, "lot": "L16"}]})
    emptied = boss.get(path).body["status"]
    boss.done("/api/returns", {**sale, "lines": [{"sku": "L-A", "quantity": 1, "lot": "L16"}]})
    returned = boss.get(path).body["status"]

    assert (early.status, jump.status, jump.code) == (400, 400, "INVALID_STATUS_TRANSITION")
    assert (jump.body["facts"]["from"], jump.body["facts"]["to"]) == ("AWAITING_INTAKE", "SOLD_OUT")
    assert (live, photographed, sold, back, held, again) == (201,) * 6
    assert on_hold.status == 400
    assert (emptied, returned) == ("SOLD_OUT", "LIVE")


def test_a_closed_lot_stays_closed(boss: Caller) -> None:
    """L16: a lot is closed when nothing is left of it, and from CLOSED no step leads anywhere."""
    receive(boss, "l-depot", {"sku": "L-A", "quantity": 1, "lot": "L16-END"})
    path = "/api/items/L-A/lots/L16-END/status"
    full = boss.put(path, {"status": "CLOSED", "reason": "over"})
    boss.done("/api/sales", {"site": "l-depot", "lines": [{"sku": "L-A", "quantity": 1, "lot": "L16-END"}]})
    boss.done(path, {"status": "CLOSED", "reason": "over"}, method="PUT")
    onward = [
        boss.put(path, {"status": status, "reason": "r"})
        for status in ("LIVE", "AWAITING_INTAKE", "ON_HOLD", "QUARANTINED", "SOLD_OUT", "PHOTOGRAPHY_COMPLETE")
    ]

    assert full.code == "LOT_NOT_EMPTY"
    assert {answer.code for answer in onward} == {"INVALID_STATUS_TRANSITION"}


@pytest.mark.parametrize("state", ["quarantine", "hold", "defective", "sample"])
def test_a_part_of_a_lot_goes_to_another_state_and_back(boss: Caller, state: str) -> None:
    """L17: 4 of 10 go to each state and 1 comes back, with a reason, each a posting; more than is there is refused."""
    lot = f"L17-{state}"
    receive(boss, "l-depot", {"sku": "L-A", "quantity": 10, "lot": lot})

    def move(quantity: int, source: str, target: str, **why: str) -> Any:  # noqa: ANN401 - an answer
        line = {"sku": "L-A", "quantity": quantity, "lot": lot}
        return boss.post("/api/moves", {"site": "l-depot", "lines": [line], "source": source, "target": target, **why})

    silent = move(4, "available", state)
    there = move(4, "available", state, reason="smells")
    back = move(1, state, "available", reason="smells fine")
    too_much = move(4, state, "available", reason="all")

    assert (silent.code, there.status, back.status, too_much.status) == ("REASON_REQUIRED", 201, 201, 400)
    assert balances(boss, "l-depot", "L-A", lot=lot) == {"available": "7", state: "3"}
    trail = boss.get("/api/movements", sku="L-A", lot=lot, kind="move").body["rows"]
    assert [(row["from"], row["to"], row["quantity"], row["reason"]) for row in trail] == [
        ("available", state, "4", "smells"),
        (state, "available", "1", "smells fine"),
    ]


def test_a_recalled_lot_is_sold_nowhere(boss: Caller) -> None:
    """L17, L16: a recall quarantines a lot at all sites in one act; its release makes all of it available again."""
    for site, quantity in (("l-depot", 5), ("l-annex", 3)):
        receive(boss, site, {"sku": "L-B", "quantity": quantity, "lot": "L17-BAD"})
    path = "/api/items/L-B/lots/L17-BAD"
    recalled = boss.done(f"{path}/recall", {"reason": "mould"})
    told = boss.get(path).body
    boss.done(f"{path}/release", {"reason": "only dust"})

    assert sorted(movement["quantity"] for movement in recalled["movements"]) == ["3", "5"]
    assert (told["status"], told["balances"]["quarantine"], told["balances"]["available"]) == ("QUARANTINED", "8", "0")
    released = boss.get(path).body
    assert (released["status"], released["balances"]["available"]) == ("LIVE", "8")


def test_alerts_follow_the_facts(boss: Caller, worker: SyncStock) -> None:
    """L18: low, out of stock, negative, expiring, expired, long on hold: raised and resolved by the facts."""
    site, today = "l-alerts", datetime.now(UTC).date()
    define(boss, [site], ["L18-LOW", "L18-OUT", "L18-NEG", "L18-EXP"])
    low = [{"sku": sku, "quantity": 5} for sku in ("L18-LOW", "L18-OUT")]
    boss.done("/api/low-stock", {"site": site, "lines": low}, method="PUT")
    receive(boss, site, ("L18-LOW", 5), ("L18-OUT", 6), ("L18-NEG", 1))
    soon, past = str(today + timedelta(days=3)), str(today - timedelta(days=1))
    receive(boss, site, {"sku": "L18-EXP", "quantity": 1, "lot": "L18-SOON"}, expires_on=soon)
    receive(boss, site, {"sku": "L18-EXP", "quantity": 1, "lot": "L18-PAST"}, expires_on=past)
    boss.done("/api/negative-stock", {"site": site, "lines": [{"sku": "L18-NEG", "quantity": 9}]}, method="POST")
    boss.done(
        "/api/sales", {"site": site, "lines": [{"sku": "L18-OUT", "quantity": 6}, {"sku": "L18-NEG", "quantity": 3}]}
    )
    receive(boss, site, {"sku": "L18-EXP", "quantity": 1, "lot": "L18-HELD"})
    boss.done("/api/items/L18-EXP/lots/L18-HELD/status", {"status": "ON_HOLD", "reason": "r"}, method="PUT")

    def raised(status: str) -> dict[str, list[str]]:
        rows = boss.get("/api/alerts", status=status, limit=100).body["rows"]
        mine = [(row["rule"], row["sku"]) for row in rows if (row["sku"] or "").startswith("L18-")]
        return {rule: sorted(sku for one, sku in mine if one == rule) for rule, _ in mine}

    worker.lots.check_alerts(hold_days=0)
    opened = raised("open")
    rows = boss.get("/api/alerts", rule="low_stock").body["rows"]
    alert = next(row for row in rows if row["sku"] == "L18-LOW")
    boss.done(f"/api/alerts/{alert['id']}/acknowledgement", {"reason": "ordered"})
    seen = raised("acknowledged")
    receive(boss, site, ("L18-LOW", 1), ("L18-OUT", 6), ("L18-NEG", 3))
    worker.lots.check_alerts(hold_days=0)

    assert opened == {
        "low_stock": ["L18-LOW"],
        "out_of_stock": ["L18-OUT"],
        "negative": ["L18-NEG"],
        "expiring": ["L18-EXP"],
        "expired": ["L18-EXP"],
        "on_hold": ["L18-EXP"],
    }
    assert alert["severity"] in {"info", "warning", "critical"}
    assert seen == {"low_stock": ["L18-LOW"]}
    assert {"low_stock", "out_of_stock", "negative"} <= raised("resolved").keys()
    assert raised("open").keys() == {"expiring", "expired", "on_hold"}


def test_a_lot_moves_between_places_and_arrives_in_part(boss: Caller) -> None:
    """L19: 6 of 10 leave a bin for another site; they are in transit until 5 arrive and 1 is written off, with why."""
    site = "l-depot"
    boss.put(f"/api/sites/{site}/locations/A-1-2-B")
    boss.put(f"/api/sites/{site}/locations/C")
    receive(boss, site, {"sku": "L-A", "quantity": 10, "lot": "L19", "location": "A-1-2-B"})
    line = {"sku": "L-A", "lot": "L19"}
    within = {"site": site, "target": site, "target_location": "C"}
    boss.done("/api/transfers", {**within, "lines": [{**line, "quantity": 1, "location": "A-1-2-B"}]})
    away = {"site": site, "target": "l-annex", "in_transit": True}
    sent = boss.done("/api/transfers", {**away, "lines": [{**line, "quantity": 6, "location": "A-1-2-B"}]})
    number = next(change["id"] for change in sent["changes"] if change["entity"] == "transfer")
    under_way = balances(boss, "l-annex", "L-A", lot="L19")
    path = f"/api/transfers/{number}/arrivals"
    boss.done(path, {"lines": [{**line, "quantity": 4}]})
    silent = boss.post(path, {"lines": [{**line, "quantity": 1}], "close": True})
    boss.done(path, {"lines": [{**line, "quantity": 1}], "close": True, "reason": "one broke"})
    late = boss.post(path, {"lines": [{**line, "quantity": 1}]})

    assert balances(boss, site, "L-A", lot="L19", location="A-1-2-B") == {"available": "3"}
    assert balances(boss, site, "L-A", lot="L19", location="C") == {"available": "1"}
    assert (under_way, silent.code, late.status) == ({"incoming": "6"}, "REASON_REQUIRED", 400)
    assert balances(boss, "l-annex", "L-A", lot="L19") == {"available": "5"}
    losses = boss.get("/api/movements", site="l-annex", sku="L-A", lot="L19").body["rows"]
    assert [(row["quantity"], row["reason"]) for row in losses if row["to"] == "loss"] == [("1", "one broke")]


def test_each_refusal_of_the_row_tells_its_context(boss: Caller) -> None:
    """L6: the five codes that the row names come with their status and with the context that it names."""
    define(boss, ["l-six"], ["L-SIX"])
    receive(boss, "l-six", ("L-SIX", 3))
    sale = {"site": "l-six", "lines": [{"sku": "L-SIX", "quantity": "5"}]}
    short = boss.post("/api/sales", sale)
    missing = boss.post("/api/sales", {**sale, "lines": [{"sku": "L-SIX", "quantity": 1, "lot": "none"}]})
    wrong = boss.post("/api/sales", {**sale, "lines": [{"sku": "L-SIX", "quantity": "many"}]})
    negative = boss.post("/api/sales", {**sale, "lines": [{"sku": "L-SIX", "quantity": "-5"}]})

    assert [answer.status for answer in (short, missing, wrong, negative)] == [400, 404, 400, 400]
    (shortage,) = short.body["facts"]["shortages"]
    assert (shortage["available"], shortage["requested"]) == ("3", "5")
    assert (missing.code, wrong.code, negative.code) == ("BATCH_NOT_FOUND", "INVALID_QUANTITY", "NEGATIVE_QUANTITY")
    assert (wrong.body["facts"]["quantity"], negative.body["facts"]["quantity"]) == ("'many'", "-5")
    assert available(boss, "l-six", "L-SIX") == "3"


def test_a_key_of_a_site_moves_no_lot_of_another(boss: Caller, service: Running) -> None:
    """L19: who is limited to a site takes from its places alone, and can send goods nowhere else by himself."""
    receive(boss, "l-annex", {"sku": "L-B", "quantity": 2, "lot": "L19-KEY"})
    clerk = new_key(boss, service, "l-clerk", "clerk", "l-depot")
    line = {"sku": "L-B", "quantity": 1, "lot": "L19-KEY"}
    answers = [
        clerk.post("/api/moves", {"site": "l-annex", "lines": [line], "target": "hold", "reason": "r"}),
        clerk.post("/api/transfers", {"site": "l-annex", "target": "l-depot", "lines": [line]}),
        clerk.post("/api/sales", {"site": "l-annex", "lines": [line]}),
    ]

    assert {answer.status for answer in answers} <= {403, 404}
    assert balances(boss, "l-annex", "L-B", lot="L19-KEY") == {"available": "2"}
