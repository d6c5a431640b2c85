"""The rows of serials.md over HTTP."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import psycopg
import pytest

from onhand.ledger.lots.alarms import CheckFindings
from onhand.ledger.recipes.health import Figures
from onhand.ledger.sync_stock import SyncStock
from tests.api.rows.desk import balances, define, head, new_key, receive
from tests.api.serving import Answered, Caller, Running
from tests.conftest import TestDatabase


@pytest.fixture(scope="module", autouse=True)
def _shop(boss: Caller) -> None:
    """A dealer."""
    define(boss, ["dealer"], ["PHONE"])


def _phones(boss: Caller, *units: str, site: str = "dealer") -> None:
    serials = [{"sku": "PHONE", "unit": unit, "condition": "new"} for unit in units]
    boss.done("/api/serials", {"site": site, "serials": serials})


def _lines(*units: str, price: str = "100") -> list[dict[str, object]]:
    return [{"sku": "PHONE", "quantity": 1, "unit": unit, "price": price, "vat_rate": "20"} for unit in units]


def _invoice(boss: Caller, number: str, *units: str, **more: object) -> Answered:
    return boss.post("/api/invoices", {"site": "dealer", "number": number, "lines": _lines(*units), **more})


def _serial(boss: Caller, unit: str) -> dict[str, Any]:
    found: dict[str, Any] = boss.get(f"/api/serials/{unit}").body
    return found


def _status(boss: Caller, unit: str) -> str:
    return str(_serial(boss, unit)["status"])


def _history(boss: Caller, unit: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = boss.get(f"/api/serials/{unit}/history").body["rows"]
    return rows


def test_each_item_is_known_by_its_number(boss: Caller) -> None:
    """S1: condition, place, status, and who reserved it for what until when; the number is unique in the org."""
    boss.put("/api/sites/dealer/locations/SAFE")
    told = {"sku": "PHONE", "unit": "S1-A", "condition": "used", "location": "SAFE"}
    boss.done("/api/serials", {"site": "dealer", "serials": [told]})
    free = _serial(boss, "S1-A")
    _invoice(boss, "S1-I", "S1-A", expires_at="2099-01-01T00:00:00Z")
    reserved = _serial(boss, "S1-A")
    define(boss, ["s1-other"], ["S1-RADIO"])
    again = [
        boss.post("/api/serials", {"site": site, "serials": [{"sku": sku, "unit": "S1-A"}]})
        for site, sku in (("dealer", "PHONE"), ("s1-other", "S1-RADIO"))
    ]
    boss.done("/api/serials/S1-A/grade", {"sku": "PHONE", "condition": "scratched"}, method="PUT")

    assert (free["sku"], free["status"], free["condition"]) == ("PHONE", "available", "used")
    assert (free["site"], free["location"], free["state"], free["reserved_by"]) == ("dealer", "SAFE", "available", None)
    assert (reserved["status"], reserved["reserved_by"]) == ("reserved", "boss")
    assert reserved["document"] == {"type": "invoice", "id": "S1-I"}
    assert datetime.fromisoformat(reserved["reserved_until"]) == datetime(2099, 1, 1, tzinfo=UTC)
    assert {answer.status // 100 for answer in again} == {4}
    assert _serial(boss, "S1-A")["condition"] == "scratched"
    listed = boss.get("/api/serials", sku="PHONE", status="reserved", site="dealer", limit=100).body["rows"]
    assert "S1-A" in [row["unit"] for row in listed]
    assert boss.get("/api/serials", status="lost").code == "INVALID_COMMAND"


def test_only_the_five_steps_and_a_return_are_made(boss: Caller) -> None:
    """S2: reserved, freed, sold, delivered, sold at once; all else is refused, steps of documents with from and to."""
    _phones(boss, "S2-A", "S2-B", "S2-C")
    _invoice(boss, "S2-I", "S2-A")
    taken = _invoice(boss, "S2-J", "S2-A")
    sold_elsewhere = boss.post("/api/sales", {"site": "dealer", "lines": [_plain("S2-A")]})
    early = boss.post("/api/invoices/S2-I/delivery")
    boss.done("/api/invoices/S2-I/cancellation")
    freed = _status(boss, "S2-A")
    paid_late = boss.post("/api/invoices/S2-I/payments")
    boss.done("/api/sales", {"site": "dealer", "lines": [_plain("S2-B")]})
    direct = _status(boss, "S2-B")
    twice = boss.post("/api/sales", {"site": "dealer", "lines": [_plain("S2-B")]})
    unsold = boss.post("/api/returns", {"site": "dealer", "lines": [_plain("S2-C")]})
    boss.done("/api/returns", {"site": "dealer", "lines": [{**_plain("S2-B"), "state": "quarantine"}]})

    assert {answer.status for answer in (taken, sold_elsewhere, twice, unsold)} == {400}
    assert {(answer.status, answer.code) for answer in (early, paid_late)} == {(400, "INVALID_STATUS_TRANSITION")}
    assert [(answer.body["facts"]["from"], answer.body["facts"]["to"]) for answer in (early, paid_late)] == [
        ("open", "delivered"),
        ("cancelled", "paid"),
    ]
    assert (freed, direct, _status(boss, "S2-B")) == ("available", "delivered", "available")
    assert _serial(boss, "S2-B")["state"] == "quarantine"


def _plain(unit: str) -> dict[str, object]:
    return {"sku": "PHONE", "quantity": 1, "unit": unit}


def test_the_history_of_an_item_has_each_step_with_its_reason(boss: Caller) -> None:
    """S3: from, to, reason code, reference, who, when and notes, for seven of the eight reasons."""
    _phones(boss, "S3-A", "S3-B")
    _invoice(boss, "S3-I", "S3-A")
    boss.done("/api/invoices/S3-I/cancellation", {"reason": "no money"})
    _invoice(boss, "S3-J", "S3-A")
    boss.done("/api/invoices/S3-J/payments")
    boss.done("/api/invoices/S3-J/delivery", {"delivery": {"carrier": "post"}})
    back = {"site": "dealer", "lines": [_plain("S3-A")], "reason": "broken"}
    boss.done("/api/invoices/S3-J/returns", back)
    document = {"type": "receipt", "id": "S3-R"}
    boss.done("/api/sales", {"site": "dealer", "lines": [_plain("S3-A")], "document": document})
    soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    held = boss.done("/api/reservations", {"site": "dealer", "lines": [_plain("S3-B")], "expires_at": soon})
    path = f"/api/reservations/{held['reservation']}/expire"
    while (answered := boss.post(path)).status == 400:
        assert answered.code == "RESERVATION_NOT_EXPIRED", answered
    steps = _history(boss, "S3-A")

    assert [(step["source"], step["target"], step["reason_code"]) for step in steps] == [
        ("available", "reserved", "INVOICE_CREATED"),
        ("reserved", "available", "INVOICE_CANCELLED"),
        ("available", "reserved", "INVOICE_CREATED"),
        ("reserved", "sold", "INVOICE_PAID"),
        ("sold", "delivered", "DELIVERED"),
        ("delivered", "available", "RETURNED"),
        ("available", "sold", "DIRECT_SALE"),
        ("sold", "delivered", "DELIVERED"),
    ]
    assert [(step["reference_type"], step["reference_id"]) for step in steps] == [
        *[("invoice", "S3-I")] * 2,
        *[("invoice", "S3-J")] * 4,
        *[("receipt", "S3-R")] * 2,
    ]
    assert {step["actor"] for step in steps} == {"boss"}
    assert [steps[1]["notes"], steps[5]["notes"]] == ["no money", "broken"]
    times = [datetime.fromisoformat(step["recorded_at"]) for step in steps]
    assert times == sorted(times)
    assert _history(boss, "S3-B")[-1]["reason_code"] == "RESERVATION_EXPIRED"


def test_all_items_of_an_invoice_are_reserved_or_none(boss: Caller) -> None:
    """S4: one that is taken refuses the invoice by name; the other is free, and no invoice was made."""
    _phones(boss, "S4-A", "S4-B")
    _invoice(boss, "S4-I", "S4-B")
    refused = _invoice(boss, "S4-J", "S4-A", "S4-B")

    assert refused.status == 400
    assert "S4-B" in str(refused.body["facts"])
    assert _status(boss, "S4-A") == "available"
    assert boss.get("/api/invoices/S4-J").code == "DOCUMENT_NOT_FOUND"


def test_an_invoice_is_followed_by_its_items(boss: Caller) -> None:
    """S5: created, paid in two parts of which the first changes nothing but is kept, delivered with information."""
    _phones(boss, "S5-A", "S5-B")
    _invoice(boss, "S5-I", "S5-A", "S5-B")
    seen = [_status(boss, "S5-A")]
    for amount in ("80", "120"):
        boss.done("/api/invoices/S5-I/payments", {"amount": amount, "method": "card", "reference": f"T-{amount}"})
        seen.append(_status(boss, "S5-A"))
    too_much = boss.post("/api/invoices/S5-I/payments", {"amount": "1"})
    delivery = {"carrier": "post", "tracking": "T-1"}
    boss.done("/api/invoices/S5-I/delivery", {"delivery": delivery, "lines": [_plain("S5-A")]})
    in_part = (_status(boss, "S5-A"), _status(boss, "S5-B"), boss.get("/api/invoices/S5-I").body["status"])
    boss.done("/api/invoices/S5-I/delivery")
    told = boss.get("/api/invoices/S5-I").body

    assert seen == ["reserved", "reserved", "sold"]
    assert too_much.status == 400
    assert in_part == ("delivered", "sold", "paid")
    assert (told["status"], told["gross"], told["vat"], told["paid"]) == ("delivered", "200.00", "33.33", "200.00")
    assert [(part["amount"], part["method"], part["reference"]) for part in told["payments"]] == [
        ("80.00", "card", "T-80"),
        ("120.00", "card", "T-120"),
    ]
    assert told["delivery"] == delivery
    assert _status(boss, "S5-B") == "delivered"


def test_a_number_with_a_slash_is_a_number(boss: Caller) -> None:
    """S5, S1: numbers as 2026/001 are usual on invoices, and slashes in serials, skus, lots and places as well."""
    define(boss, ["s/1"], ["S/KU"])
    boss.put("/api/sites/s%2F1/locations/A%2f1")
    line = {"sku": "S/KU", "quantity": 1, "lot": "L/1", "location": "A/1"}
    receive(boss, "s/1", line)
    _phones(boss, "SN/1")
    boss.done("/api/invoices", {"site": "dealer", "number": "2026/001 \u00e4%2F", "lines": _lines("SN/1")})
    path = "/api/invoices/2026%2F001%20%C3%A4%252F"
    boss.done(f"{path}/payments")

    assert boss.get(path).body["status"] == "paid"
    assert boss.get("/api/serials/SN%2F1").body["status"] == "sold"
    assert boss.get("/api/items/S%2FKU/lots/L%2F1").body["balances"]["available"] == "1"
    assert boss.get("/api/items/S%2FKU%2Flots%2FL%2F1").status in {404, 405}
    assert boss.get("/api%2Fjournal").code == "ROUTE_NOT_FOUND"


def test_a_cart_becomes_the_invoice_made_from_it(boss: Caller) -> None:
    """S6: what a session has reserved is never free in between, and is the invoice's; another's cart is not taken."""
    _phones(boss, "S6-A", "S6-B")
    session = {"site": "dealer", "lines": [_plain("S6-A")], "document": {"type": "session", "id": "web-1"}}
    cart = boss.done("/api/reservations", {**session, "expires_at": "2099-01-01T00:00:00Z"})["reservation"]
    in_cart = _serial(boss, "S6-A")
    without = _invoice(boss, "S6-I", "S6-A")
    other = _invoice(boss, "S6-I", "S6-B", cart=cart)
    made = _invoice(boss, "S6-I", "S6-A", cart=cart)
    billed = _serial(boss, "S6-A")

    assert (in_cart["status"], in_cart["document"]) == ("reserved", {"type": "session", "id": "web-1"})
    assert (without.status, other.status // 100, made.status) == (400, 4, 201)
    assert (billed["status"], billed["document"]) == ("reserved", {"type": "invoice", "id": "S6-I"})
    assert "available" not in {step["target"] for step in _history(boss, "S6-A")}
    assert balances(boss, "dealer", "PHONE", unit="S6-A") == {"reserved": "1"}
    assert boss.get("/api/inventory/lifecycle/invoice/S6-I/status").body["consistent"]


def _damage(database: TestDatabase, *statements: str) -> None:
    with psycopg.connect(database.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


def _found(boss: Caller, **asked: object) -> dict[str, str]:
    findings = boss.get("/api/inconsistencies", **asked).body["findings"]
    return {finding["subject"]: finding["kind"] for finding in findings}


def test_what_is_out_of_line_anywhere_is_found_and_repaired(
    boss: Caller, service: Running, rows_database: TestDatabase
) -> None:
    """S8: four kinds of damage are told with remedies; a trial changes nothing; repairs are postings, done once."""
    _phones(boss, "S8-A", "S8-B", "S8-C")
    define(boss, ["s8"], ["S8"])
    receive(boss, "s8", ("S8", 10))
    made = boss.done("/api/reservations", {"site": "s8", "lines": [{"sku": "S8", "quantity": 1}]})
    clean = _found(boss)
    unit = "unit_id = (SELECT id FROM unit WHERE code = '{}')"
    named = "document_type = 'invoice', document_id = 'S8-9'"
    bound = f"{named}, reservation_id = 99999"
    _damage(
        rows_database,
        f"UPDATE serial SET status = 'reserved', {bound} WHERE {unit.format('S8-A')}",
        f"UPDATE serial SET status = 'reserved', {bound} WHERE {unit.format('S8-B')}",
        f"UPDATE holding SET available = 0, reserved = 1000000 WHERE {unit.format('S8-B')}",
        f"UPDATE serial SET status = 'sold', {named} WHERE {unit.format('S8-C')}",
        f"UPDATE holding SET available = 0, sold = 1000000 WHERE {unit.format('S8-C')}",
        f"UPDATE posting SET recorded_at = recorded_at - interval '40 days' WHERE number = {made['number']}",
    )
    clerk = new_key(boss, service, "s8-till", "clerk")
    found = _found(boss)
    details = boss.get("/api/inconsistencies").body["findings"]
    path = "/api/inconsistencies/repairs"
    forbidden = clerk.post(path)
    before = head(boss)
    trial = boss.post(path, query={"dry_run": "true"}).body
    still, untouched = _found(boss), head(boss)
    repaired = boss.done(path)
    again = boss.done(path)

    assert clean == {}
    assert {found[f"serial S8-{name}"] for name in "ABC"} == {
        "status_against_place",
        "reserved_without_document",
        "sold_without_invoice",
    }
    assert all(finding["remedy"] and finding["detail"] for finding in details)
    assert forbidden.status == 403
    assert (trial["dry_run"], still, untouched) == (True, found, before)
    assert len(repaired["postings"]) == len([one for one in details if one["repairable"]])
    assert {posting["actor"] for posting in repaired["postings"]} == {"boss"}
    assert (again["findings"], again["postings"], _found(boss)) == ([], [], {})
    assert [_status(boss, f"S8-{name}") for name in "ABC"] == ["available"] * 3
    assert _history(boss, "S8-C")[-1]["reason_code"] == "CORRECTED"
    assert found[f"reservation {made['reservation']}"] == "reservation_too_old"
    assert balances(boss, "s8", "S8") == {"available": "10"}


def test_a_check_is_asked_for_within_bounds(boss: Caller) -> None:
    """S8: a limit and an age of reservations may be told; others, and unknown ones, are refused."""
    odd: list[dict[str, object]] = [
        {"limit": 0},
        {"limit": 101},
        {"reserved_days_max": 0},
        {"reserved_days_max": "x"},
        {"age": 1},
    ]

    assert {boss.get("/api/inconsistencies", **told).code for told in odd} == {"INVALID_COMMAND"}
    assert boss.get("/api/inconsistencies", limit=1, reserved_days_max=365).status == 200
    assert boss.post("/api/inconsistencies/repairs", {"all": True}).code == "INVALID_COMMAND"


def test_the_dashboard_shows_what_is_there(boss: Caller) -> None:
    """S11: counts by status rise by what was done, what ends soon is listed, the last steps come first."""
    _phones(boss, "S11-A", "S11-B", "S11-C")
    path = "/api/inventory/lifecycle/dashboard"
    before = boss.get(path).body
    soon = (datetime.now(UTC) + timedelta(minutes=30)).isoformat()
    _invoice(boss, "S11-I", "S11-A", expires_at=soon)
    _invoice(boss, "S11-J", "S11-B")
    after = boss.get(path, limit=100).body

    def risen(what: str, status: str) -> int:
        return int(after[what].get(status, 0)) - int(before[what].get(status, 0))

    assert (risen("serials_by_status", "reserved"), risen("serials_by_status", "available")) == (2, -2)
    assert (risen("invoices_by_status", "open"), risen("reservations_by_status", "active")) == (2, 2)
    ending = [one["document"]["id"] for one in after["expiring"] if one["document"]]
    assert [document for document in ending if document.startswith("S11")] == ["S11-I"]
    assert [(step["unit"], step["reason_code"]) for step in after["last_steps"][:2]] == [
        ("S11-B", "INVOICE_CREATED"),
        ("S11-A", "INVOICE_CREATED"),
    ]
    assert after["throughput"]["last_hour"] >= before["throughput"]["last_hour"] + 2


def test_alarms_about_the_whole_ledger_are_told(boss: Caller, worker: SyncStock) -> None:
    """S14: inconsistency, failure rate and slow acts are alerts and figures while they stand, and then are over."""
    rate, _ = Figures(deducted=90, refused=10, oldest_waiting=None).checks(datetime.now(UTC))
    fine, _ = Figures(deducted=99, refused=1, oldest_waiting=None).checks(datetime.now(UTC))
    worker.worker.sound_alarms(CheckFindings(inconsistencies=("serial S14",), success_rate=rate), slow_seconds=0)
    standing = {row["rule"]: row for row in boss.get("/api/alerts", status="open", limit=100).body["rows"]}
    figures = boss.get("/api/metrics").body["alerts"]
    worker.worker.sound_alarms(CheckFindings(inconsistencies=(), success_rate=fine), slow_seconds=60)
    over = {row["rule"] for row in boss.get("/api/alerts", status="open", limit=100).body["rows"]}
    raised = [row["kind"] for row in boss.get("/api/postings", kind="alarm").body["rows"]]

    rules = {"inconsistency", "failure_rate", "slow_operations"}
    assert rules <= standing.keys()
    assert standing["inconsistency"]["severity"] == "critical"
    assert standing["failure_rate"]["facts"]["detail"] == "90 of 100 deductions of the last 24 hours succeeded"
    assert {rule: figures[rule] for rule in rules} == dict.fromkeys(rules, 1)
    assert not rules & over
    assert raised == ["alarm"] * 6


def test_what_is_proposed_becomes_incoming_stock(boss: Caller) -> None:
    """S15: one a day for half a year and 8 left: 13 are proposed, with the forecast and its error; ordered, no more."""
    define(boss, ["s15"], ["S15-A", "S15-B"])
    receive(boss, "s15", ("S15-A", 190), ("S15-B", 100))
    until = date(2026, 6, 28)
    noon = datetime.combine(until, time(12), UTC)
    sale = {"operation": "sell", "site": "s15", "lines": [{"sku": "S15-A", "quantity": 1}]}
    commands = [
        {**sale, "key": f"s15/{back}", "occurred_at": (noon - timedelta(days=back)).isoformat()} for back in range(182)
    ]
    boss.done("/api/bulk", {"commands": commands})

    def proposals(**more: object) -> dict[str, dict[str, Any]]:
        rows = boss.get("/api/reorder-proposals", site="s15", until=until, **more).body["proposals"]
        return {row["sku"]: row for row in rows}

    first = proposals()
    lines = [{"sku": sku, "quantity": row["quantity"]} for sku, row in first.items() if row["quantity"] != "0"]
    bought = boss.done(
        "/api/purchases", {"site": "s15", "lines": lines, "supplier": "Acme", "expected_on": "2026-07-12"}
    )
    second = proposals()
    boss.done("/api/reorder-points", {"site": "s15", "points": [{"sku": "S15-B", "point": "100", "target": "150"}]})
    by_hand = proposals()["S15-B"]
    number = boss.get("/api/purchases", site="s15").body["rows"][0]["id"]
    boss.done("/api/purchases/arrivals", {"purchase": number})

    assert [(part["from"], part["to"], part["quantity"]) for part in bought["movements"]] == [
        ("supplier", "incoming", "13")
    ]
    steady = first["S15-A"]
    # 8 are left; 21 days until the next goods come take 21, and a steady demand needs no safety
    assert (steady["available"], steady["quantity"], steady["target"], steady["weekly"]) == ("8", "13", "21", "7")
    assert (steady["error"], steady["days_of_cover"], steady["is_set"]) == ("0", 8.0, False)
    assert (first["S15-B"]["quantity"], first["S15-B"]["days_of_cover"]) == ("0", None)
    assert (second["S15-A"]["incoming"], second["S15-A"]["quantity"]) == ("13", "0")
    assert (by_hand["is_set"], by_hand["quantity"]) == (True, "50")
    assert balances(boss, "s15", "S15-A") == {"available": "21"}


def test_proposals_are_asked_for_within_bounds(boss: Caller, service: Running) -> None:
    """S15: terms from one day to 366, a day that there is, a site that there is, and of one's own."""
    define(boss, ["s15-b", "s15-c"], [])
    clerk = new_key(boss, service, "s15-till", "clerk", "s15-b")
    path = "/api/reorder-proposals"
    odd: list[dict[str, object]] = [
        {},
        {"site": "s15-b", "lead_days": 0},
        {"site": "s15-b", "weeks": 367},
        {"site": "s15-b", "review_days": "many"},
        {"site": "s15-b", "horizon": 3},
    ]

    assert {boss.get(path, **told).code for told in odd} == {"INVALID_COMMAND"}
    assert boss.get(path, site="s15-b", until="2026-02-30").code == "INVALID_TIME"
    assert boss.get(path, site="nowhere").code == clerk.get(path, site="s15-c").code == "UNKNOWN_SITE"
    assert clerk.get(path, site="s15-b").body == {"proposals": []}
