"""The life of single items over HTTP, at the addresses that dealers know."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

import onhand
from onhand.api.routes.routes import find_routes
from tests.api.serving import Caller, Running, serving
from tests.conftest import TestDatabase

ROOT = "/api/inventory/lifecycle"
ADDRESSES = {
    ("POST", "/reserve"),
    ("POST", "/release"),
    ("POST", "/mark-sold"),
    ("POST", "/mark-delivered"),
    ("GET", "/invoice/{id}/status"),
    ("POST", "/invoice/{id}/transition"),
    ("POST", "/invoice/{id}/fix-inconsistencies"),
    ("GET", "/items/status"),
    ("GET", "/items/history"),
    ("GET", "/dashboard"),
    ("DELETE", "/cleanup-expired"),
}


@pytest.fixture(scope="module")
def running(module_database: TestDatabase) -> Iterator[Running]:
    """A dealer with six phones and ten cases."""
    with onhand.connect_sync(module_database.engine_url) as stock:
        stock.define(sites=["shop"], items=["PHONE", "CASE"], key="define")
        serials = [("PHONE", f"SN-{number}", "new") for number in range(1, 21)]
        stock.serials.receive(site="shop", serials=serials, key="in-1")
        stock.receive(site="shop", lines=[("CASE", 100)], key="in-2")
    with serving(module_database) as server:
        yield server


@pytest.fixture(scope="module")
def dealer(running: Running) -> Caller:
    """A manager of the dealer."""
    return running.caller(running.make_key("dealer", "manager"))


def _reserve(dealer: Caller, number: str, *units: str, **more: object) -> Any:  # noqa: ANN401 - a document
    lines = [{"sku": "PHONE", "quantity": 1, "unit": unit, "price": "100", "vat_rate": "20"} for unit in units]
    return dealer.done(f"{ROOT}/reserve", {"site": "shop", "number": number, "lines": lines, **more})


def _status(dealer: Caller, number: str) -> Any:  # noqa: ANN401 - a document
    return dealer.get(f"{ROOT}/invoice/{number}/status").body


def _items(dealer: Caller, number: str) -> dict[str, str]:
    return {item["unit"]: item["status"] for item in _status(dealer, number)["items"]}


def _steps(dealer: Caller, unit: str) -> list[tuple[str, str, str]]:
    rows = dealer.get(f"{ROOT}/items/history", unit=unit).body["rows"]
    return [(row["source"], row["target"], row["reason_code"]) for row in rows]


def test_the_addresses_are_exactly_these() -> None:
    """S7: these endpoints, and no others below their root."""
    routes = {(route.method, route.path) for route in find_routes() if route.path.startswith(ROOT)}

    assert routes == {(method, ROOT + path) for method, path in ADDRESSES}


def test_an_invoice_drives_its_items(dealer: Caller) -> None:
    """S2, S5, S7: reserved, paid in part, sold, delivered: each step has its reason code, the status what is due."""
    _reserve(dealer, "I-1", "SN-1", "SN-2")
    reserved = _status(dealer, "I-1")
    dealer.done(f"{ROOT}/mark-sold", {"invoice": "I-1", "amount": "50"})
    in_part = _status(dealer, "I-1")
    dealer.done(f"{ROOT}/mark-sold", {"invoice": "I-1", "method": "card"})
    sold = _status(dealer, "I-1")
    dealer.done(f"{ROOT}/mark-delivered", {"invoice": "I-1", "delivery": {"carrier": "post", "tracking": "T-1"}})
    delivered = _status(dealer, "I-1")

    assert (reserved["status"], reserved["due"], reserved["next_statuses"]) == ("open", "200.00", ["cancelled", "paid"])
    assert (in_part["status"], in_part["paid"], in_part["due"]) == ("open", "50.00", "150.00")
    assert (sold["status"], sold["due"], delivered["status"], delivered["next_statuses"]) == (
        "paid",
        "0.00",
        "delivered",
        [],
    )
    assert [item["status"] for item in (*reserved["items"], *sold["items"], *delivered["items"])] == [
        *["reserved"] * 2,
        *["sold"] * 2,
        *["delivered"] * 2,
    ]
    assert all(one["consistent"] for one in (reserved, in_part, sold, delivered))
    assert _steps(dealer, "SN-1") == [
        ("available", "reserved", "INVOICE_CREATED"),
        ("reserved", "sold", "INVOICE_PAID"),
        ("sold", "delivered", "DELIVERED"),
    ]


def test_all_items_or_none_are_reserved_and_released(dealer: Caller) -> None:
    """S4, S7: one item that is taken refuses the whole invoice; a release makes all of them available."""
    _reserve(dealer, "I-2", "SN-3")
    lines = [{"sku": "PHONE", "quantity": 1, "unit": unit, "price": "1", "vat_rate": "0"} for unit in ("SN-4", "SN-3")]
    refused = dealer.post(f"{ROOT}/reserve", {"site": "shop", "number": "I-3", "lines": lines})
    free = dealer.get("/api/serials/SN-4").body["status"]
    dealer.done(f"{ROOT}/release", {"invoice": "I-2"})

    assert (refused.status, free) == (400, "available")
    assert dealer.get("/api/serials/SN-3").body["status"] == "available"
    assert _steps(dealer, "SN-3")[-1] == ("reserved", "available", "INVOICE_CANCELLED")
    assert dealer.get(f"{ROOT}/invoice/I-3/status").code == "DOCUMENT_NOT_FOUND"


def test_a_cart_becomes_the_invoices(dealer: Caller) -> None:
    """S6: what a session has reserved becomes the invoice's, without being free in between."""
    cart = dealer.done(
        "/api/reservations",
        {
            "site": "shop",
            "lines": [{"sku": "PHONE", "quantity": 1, "unit": "SN-5"}],
            "expires_at": "2099-01-01T00:00:00Z",
        },
    )
    _reserve(dealer, "I-5", "SN-5", cart=cart["reservation"])

    assert _items(dealer, "I-5") == {"SN-5": "reserved"}
    assert [target for _, target, _ in _steps(dealer, "SN-5")] in ([], ["reserved"])


def test_a_transition_leads_where_it_may(dealer: Caller) -> None:
    """S2, L6: paid, delivered and cancelled lead on; all else is refused with from and to, and changes nothing."""
    _reserve(dealer, "I-6", "SN-6")
    path = f"{ROOT}/invoice/I-6/transition"
    early = dealer.post(path, {"to": "delivered"})
    odd = [dealer.post(path, {"to": to}) for to in ("open", "reserved", "sold\n", "")]
    trial = dealer.post(path, {"to": "paid"}, query={"dry_run": "true"})
    untouched = _status(dealer, "I-6")["status"]
    paid = dealer.post(path, {"to": "paid", "method": "cash"}, key="pay-6")
    again = dealer.post(path, {"to": "paid", "method": "cash"}, key="pay-6")
    twice = dealer.post(path, {"to": "paid"})
    delivered = dealer.post(path, {"to": "delivered", "delivery": {"carrier": "post"}})
    late = dealer.post(path, {"to": "cancelled"})
    foreign = dealer.post(path, {"to": "paid", "order": "O-1"})
    missing = dealer.post(path, {})
    halved = dealer.post(path, {"to": "\ud800"})
    nowhere = dealer.post(f"{ROOT}/invoice/none/transition", {"to": "paid"})

    assert (early.status, early.code) == (400, "INVALID_STATUS_TRANSITION")
    assert (early.body["facts"]["from"], early.body["facts"]["to"]) == ("open", "delivered")
    assert {answer.code for answer in odd} == {"INVALID_STATUS_TRANSITION"}
    assert (trial.status, trial.body["dry_run"], untouched) == (200, True, "open")
    assert (paid.status, again.status, again.body["replayed"]) == (201, 200, True)
    assert again.body["number"] == paid.body["number"]
    assert (twice.code, delivered.status, late.code) == ("INVALID_STATUS_TRANSITION", 201, "INVALID_STATUS_TRANSITION")
    assert {foreign.code, missing.code, halved.code} == {"INVALID_COMMAND"}
    assert nowhere.code == "DOCUMENT_NOT_FOUND"


def test_what_plain_sql_brought_out_of_line_is_repaired(
    dealer: Caller, module_database: TestDatabase, running: Running
) -> None:
    """S8, S7: a serial that no longer stands where its invoice says is told, tried, repaired by a posting, and once."""
    _reserve(dealer, "I-7", "SN-7")
    _reserve(dealer, "I-8", "SN-8")
    with psycopg.connect(module_database.admin_url) as connection:
        connection.execute("ALTER TABLE serial DISABLE TRIGGER USER")
        connection.execute(
            "UPDATE serial SET status = 'available', document_type = NULL, document_id = NULL, reserved_by = NULL, "
            "reserved_until = NULL, reservation_id = NULL "
            "WHERE unit_id IN (SELECT id FROM unit WHERE code IN ('SN-7', 'SN-8'))"
        )
        connection.execute("ALTER TABLE serial ENABLE TRIGGER USER")
    path = f"{ROOT}/invoice/I-7/fix-inconsistencies"
    broken = _status(dealer, "I-7")
    seen = dealer.get(f"{ROOT}/dashboard").body["inconsistencies"]
    clerk = running.caller(running.make_key("till", "clerk")).post(path)
    trial = dealer.post(path, query={"dry_run": "true"})
    still = _items(dealer, "I-7")
    fixed = dealer.post(path)
    again = dealer.post(path)

    assert (broken["consistent"], broken["items"][0]["status"], clerk.status) == (False, "available", 403)
    assert {found["subject"] for found in seen} == {"serial SN-7", "serial SN-8"}
    assert [found["subject"] for found in trial.body["findings"]] == ["serial SN-7"]
    assert (trial.body["dry_run"], len(trial.body["postings"]), still) == (True, 1, {"SN-7": "available"})
    assert [posting["actor"] for posting in fixed.body["postings"]] == ["dealer"]
    assert _status(dealer, "I-7")["consistent"]
    assert (again.body["findings"], again.body["postings"]) == ([], [])
    assert _items(dealer, "I-8") == {"SN-8": "available"}
    dealer.done(f"{ROOT}/invoice/I-8/fix-inconsistencies")


def test_what_has_expired_is_cleaned_up_once(dealer: Caller) -> None:
    """C2, S7: the cleanup ends each expired reservation once, in the name of who asked; a second one finds nothing."""
    soon_over = (datetime.now(UTC) + timedelta(seconds=1.5)).isoformat()
    _reserve(dealer, "I-9", "SN-9", expires_at=soon_over)
    early = dealer.post(f"{ROOT}/cleanup-expired", method="DELETE")
    soon: list[Any] = []
    while not soon:
        soon = dealer.get(f"{ROOT}/dashboard", expiring_seconds=0).body["expiring"]
    trial = dealer.post(f"{ROOT}/cleanup-expired", method="DELETE", query={"dry_run": "true"})
    untouched = _status(dealer, "I-9")["status"]
    done = dealer.post(f"{ROOT}/cleanup-expired", method="DELETE")
    again = dealer.post(f"{ROOT}/cleanup-expired", method="DELETE")
    without_key = dealer.http.delete(f"{ROOT}/cleanup-expired")
    last = dealer.get(f"{ROOT}/dashboard", limit=1).body["last_steps"]

    assert early.body == {"released": [], "offered": [], "dry_run": False}
    assert [one["document"]["id"] for one in soon] == ["I-9"]
    assert (trial.body["released"], untouched) == ([soon[0]["reservation"]], "open")
    assert (done.body["released"], again.body["released"]) == ([soon[0]["reservation"]], [])
    assert without_key.json()["code"] == "IDEMPOTENCY_KEY_MISSING"
    assert (_status(dealer, "I-9")["status"], _items(dealer, "I-9")) == ("cancelled", {"SN-9": "available"})
    assert [(step["unit"], step["reason_code"], step["actor"]) for step in last] == [
        ("SN-9", "RESERVATION_EXPIRED", "dealer")
    ]


def test_the_dashboard_counts_what_the_journal_says(dealer: Caller, module_database: TestDatabase) -> None:
    """S11: counts by status, what ends soon, the last steps and the throughput are those of the journal."""
    _reserve(dealer, "I-10", "SN-10", "SN-11")
    _reserve(dealer, "I-11", "SN-12", expires_at="2099-01-01T00:00:00Z")
    shown = dealer.get(f"{ROOT}/dashboard").body
    far = dealer.get(f"{ROOT}/dashboard", expiring_seconds=30 * 24 * 3600).body["expiring"]
    too_far = dealer.get(f"{ROOT}/dashboard", expiring_seconds=30 * 24 * 3600 + 1)
    listed = dealer.get(f"{ROOT}/items/status", limit=100).body["rows"]
    head = dealer.get("/api/journal").body["number"]
    with onhand.connect_sync(module_database.engine_url) as stock:
        invoices = [invoice.status for invoice in stock.invoices.list(limit=100)]

    counts = {status: sum(row["status"] == status for row in listed) for status in {row["status"] for row in listed}}
    assert shown["serials_by_status"] == counts
    assert shown["invoices_by_status"] == {status: invoices.count(status) for status in set(invoices)}
    assert shown["reservations_by_status"] == {"active": invoices.count("open")}
    assert (shown["expiring"], far, too_far.code) == ([], [], "INVALID_COMMAND")
    assert shown["inconsistencies"] == []
    assert [step["unit"] for step in shown["last_steps"][:3]] == ["SN-12", "SN-11", "SN-10"]
    assert shown["throughput"]["last_day"] == head
    assert 0 < shown["throughput"]["last_minute"] <= shown["throughput"]["last_hour"] <= head


def test_who_may_only_look_looks(running: Running, dealer: Caller) -> None:
    """S12: a viewer sees status, history and dashboard, and changes nothing."""
    viewer = running.caller(running.make_key("visitor", "viewer"))
    head = dealer.get("/api/journal").body["number"]
    looked = [viewer.get(ROOT + path) for path in ("/items/status", "/dashboard", "/invoice/I-1/status")]
    refused = [
        viewer.post(ROOT + path.replace("{id}", "I-10"), {"to": "paid"}, method=method)
        for method, path in sorted(ADDRESSES)
        if method != "GET"
    ]

    assert [answer.status for answer in looked] == [200] * 3
    assert {(answer.status, answer.code) for answer in refused} == {(403, "FORBIDDEN")}
    assert dealer.get("/api/journal").body["number"] == head
    assert "I-1" in json.dumps(looked[0].body)
