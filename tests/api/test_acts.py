"""Writes over HTTP: done once, refused with codes and statuses, tried without a trace."""

import concurrent.futures
from typing import Any

import pytest

from onhand.api.nouns.service import IN_BULK
from onhand.kernel.operations import BY_NAME
from tests.api.conftest import Shop

SALE = {"site": "london", "lines": [{"sku": "A", "quantity": "6"}]}


def _available(shop: Shop, site: str = "london", sku: str = "A") -> str:
    rows = shop.boss.get("/api/holdings", site=site, sku=sku).body["rows"]
    return str(rows[0]["balances"]["available"])


def test_a_sale_is_told_whole_and_done_once(shop: Shop) -> None:
    """L1, R4: a posting comes back with its movements; a retry is answered, another content refused with 409."""
    before = float(_available(shop))
    first = shop.boss.post("/api/sales", {**SALE, "document": {"type": "invoice", "id": "i-1"}}, key="sale-1")
    again = shop.boss.post("/api/sales", {**SALE, "document": {"type": "invoice", "id": "i-1"}}, key="sale-1")
    other = shop.boss.post("/api/sales", SALE, key="sale-1")

    assert (first.status, again.status, other.status) == (201, 200, 409)
    assert first.headers["location"] == f"/api/postings/{first.body['number']}"
    assert again.headers["idempotency-replayed"] == "true"
    assert {**again.body, "replayed": False} == first.body
    assert first.body["actor"] == "admin"
    assert first.body["document"] == {"type": "invoice", "id": "i-1"}
    (movement,) = first.body["movements"]
    assert (movement["from"], movement["to"], movement["quantity"]) == ("available", "customer", "6")
    assert other.code == "IDEMPOTENCY_KEY_REUSED"
    assert float(_available(shop)) == before - 6
    assert shop.boss.get(f"/api/postings/{first.body['number']}").body == {
        name: value for name, value in first.body.items() if name != "dry_run"
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "facts"),
    [
        (
            "/api/sales",
            {"site": "london", "lines": [{"sku": "A", "quantity": "5000"}, {"sku": "B", "quantity": 1}]},
            400,
            "INSUFFICIENT_INVENTORY",
            {"shortages", "errors"},
        ),
        ("/api/sales", {**SALE, "lines": [{"sku": "A", "quantity": "-1"}]}, 400, "NEGATIVE_QUANTITY", {"quantity"}),
        ("/api/sales", {**SALE, "lines": [{"sku": "A", "quantity": "1e3"}]}, 400, "INVALID_QUANTITY", {"quantity"}),
        ("/api/sales", {**SALE, "lines": [{"sku": "A", "quantity": 1, "lot": "L"}]}, 404, "BATCH_NOT_FOUND", {"lot"}),
        ("/api/sales", {**SALE, "site": "nowhere"}, 404, "UNKNOWN_SITE", {"site"}),
        ("/api/sales", {**SALE, "colour": 1}, 422, "INVALID_COMMAND", {"detail"}),
        ("/api/sales", {"lines": []}, 422, "INVALID_COMMAND", {"detail"}),
        ("/api/reservations/999999/release", {}, 404, "RESERVATION_NOT_FOUND", {"reservation"}),
        ("/api/postings/999999/reversals", {}, 404, "POSTING_NOT_FOUND", {"number"}),
    ],
)
def test_a_refusal_has_its_status_code_and_facts(
    shop: Shop, path: str, body: dict[str, Any], status: int, code: str, facts: set[str]
) -> None:
    """L6: a refusal is problem+json with code, status and facts, and changes nothing."""
    head = shop.boss.get("/api/journal").body["number"]
    answered = shop.boss.post(path, body)

    assert (answered.status, answered.code) == (status, code)
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.body["status"] == status
    assert {*answered.body["facts"]} & facts
    assert answered.body["request_id"] == answered.headers["x-request-id"]
    assert shop.boss.get("/api/journal").body["number"] == head


def test_a_trial_writes_nothing(shop: Shop) -> None:
    """L6: dry_run gives the exact movements or the refusal, and the key stays free."""
    before = _available(shop)
    trial = shop.boss.post("/api/sales", SALE, key="trial", query={"dry_run": "true"})
    refused = shop.boss.post(
        "/api/sales", {**SALE, "lines": [{"sku": "A", "quantity": 9999}]}, query={"dry_run": "true"}
    )
    untouched = _available(shop)
    done = shop.boss.post("/api/sales", SALE, key="trial")

    assert (trial.status, trial.body["dry_run"], refused.code) == (200, True, "INSUFFICIENT_INVENTORY")
    assert untouched == before
    assert done.status == 201
    assert [part["quantity"] for part in done.body["movements"]] == [
        part["quantity"] for part in trial.body["movements"]
    ]


def test_a_write_needs_one_key(shop: Shop) -> None:
    """T15: no key, an empty one, one that is too long: refused, nothing done; 200 characters are allowed."""
    plain = {"Content-Type": "application/json"}
    missing = shop.boss.http.post("/api/sales", json=SALE)
    empty = shop.boss.http.post("/api/sales", json=SALE, headers={"Idempotency-Key": ""})
    twice = shop.boss.http.post(
        "/api/sales", content=b"{}", headers=[*plain.items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    )
    longest = shop.boss.post("/api/sales", SALE, key="k" * 200)
    longer = shop.boss.post("/api/sales", SALE, key="k" * 201)
    huge = shop.boss.post("/api/sales", SALE, key="k" * 10_000)

    assert missing.json()["code"] == twice.json()["code"] == "IDEMPOTENCY_KEY_MISSING"
    assert empty.json()["code"] == "INVALID_TEXT"
    assert (longest.status, longer.code, huge.code) == (201, "INVALID_TEXT", "INVALID_TEXT")


def test_if_match_holds_the_version(shop: Shop) -> None:
    """P13: a change that is based on an old version is refused with 409 and both versions."""
    made = shop.boss.put("/api/items/C", {"name": "first"}, headers={"If-Match": '"0"'})
    old = shop.boss.put("/api/items/C", {"name": "second"}, headers={"If-Match": '"0"'})
    new = shop.boss.put("/api/items/C", {"name": "second"}, headers={"If-Match": '"1"'})
    unusable = shop.boss.post("/api/sales", SALE, headers={"If-Match": '"1"'})
    weak = shop.boss.put("/api/items/C", {"name": "third"}, headers={"If-Match": "*"})
    told = [("Idempotency-Key", "third"), ("Content-Type", "application/json"), *[("If-Match", f'"{n}"') for n in "21"]]
    twice = shop.boss.http.put("/api/items/C", content=b'{"name": "third"}', headers=told)

    assert (made.status, old.status, new.status) == (201, 409, 201)
    assert (old.body["facts"]["expected"], old.body["facts"]["actual"]) == (0, 1)
    assert unusable.code == weak.code == twice.json()["code"] == "IF_MATCH_UNUSABLE"


def test_what_the_bulk_call_does_not_take_is_refused(shop: Shop) -> None:
    """T15: an operation that the bulk call does not take is refused by its name, whatever it needs; nothing is done."""
    head = shop.boss.get("/api/journal").body["number"]
    answered = {
        operation: shop.boss.post("/api/bulk", {"commands": [{"operation": operation, "key": f"bulk {operation}"}]})
        for operation in BY_NAME.keys() - IN_BULK
    }

    forbidden = {operation for operation, answer in answered.items() if answer.code == "FORBIDDEN"}
    assert forbidden >= {"sound_alarm", "check_alerts"}
    assert {answer.code for answer in answered.values()} == {"FORBIDDEN", "INVALID_COMMAND"}
    assert shop.boss.get("/api/journal").body["number"] == head


def test_many_commands_in_one_call(shop: Shop) -> None:
    """C7: bulk executes in order, each on its own; its retry does nothing twice; a malformed one stops all."""
    commands = [
        {"operation": "sell", "key": "bulk-1", **SALE},
        {"operation": "sell", "key": "bulk-2", "site": "london", "lines": [{"sku": "A", "quantity": "99999"}]},
        {"operation": "reserve", "key": "bulk-3", **SALE},
    ]
    first = shop.boss.post("/api/bulk", {"commands": commands})
    again = shop.boss.post("/api/bulk", {"commands": commands})
    head = shop.boss.get("/api/journal").body["number"]
    broken = shop.boss.post("/api/bulk", {"commands": [{"operation": "sell", "key": "bulk-4", **SALE}, {"key": "x"}]})
    empty = shop.boss.post("/api/bulk", {"commands": []})

    assert [[*outcome] for outcome in first.body["outcomes"]] == [["posting"], ["problem"], ["posting"]]
    assert first.body["outcomes"][1]["problem"]["code"] == "INSUFFICIENT_INVENTORY"
    assert again.body["outcomes"][0]["posting"]["replayed"] is True
    assert (broken.code, empty.code) == ("INVALID_COMMAND", "TOO_MANY_LINES")
    assert shop.boss.get("/api/journal").body["number"] == head


def test_a_promise_from_beginning_to_end(shop: Shop) -> None:
    """C5: reserve, list, commit in part, release; undoing is a write too, and is done once."""
    held = shop.boss.done("/api/reservations", {**SALE, "expires_at": "2099-01-01T00:00:00Z"})
    number = held["reservation"]
    listed = shop.boss.get("/api/reservations", id=number).body["rows"]
    part = shop.boss.done(f"/api/reservations/{number}/commit", {"lines": [{"sku": "A", "quantity": 2}]})
    shop.boss.done(f"/api/reservations/{number}/release")
    twice = shop.boss.post(f"/api/reservations/{number}/release")
    path = f"/api/postings/{part['number']}/reversals"
    blocked = shop.boss.post(path, {"reason": "voided"})
    undone = shop.boss.done(path, {"reason": "voided", "cascade": True})
    again = shop.boss.post(path, {"reason": "voided"})

    assert (listed[0]["status"], listed[0]["lines"][0]["quantity"]) == ("active", "6")
    assert (twice.status, twice.code) == (400, "INVALID_STATUS_TRANSITION")
    assert {"from", "to"} <= twice.body["facts"].keys()
    assert (blocked.code, undone["reverts"]) == ("REVERT_BLOCKED", [part["number"] + 1, part["number"]])
    assert again.code == "ALREADY_REVERTED"


@pytest.mark.parametrize("callers", [10, 11])
def test_the_last_goods_are_sold_once(shop: Shop, callers: int) -> None:
    """L3, C7: 100 on hand and callers who take 10 each at once: ten have them, the others are refused, none is left."""
    sku = f"last-{callers}"
    shop.boss.put(f"/api/items/{sku}")
    shop.boss.done("/api/receipts-of-goods", {"site": "paris", "lines": [{"sku": sku, "quantity": 100}]})
    body = {"site": "paris", "lines": [{"sku": sku, "quantity": 10}]}
    with concurrent.futures.ThreadPoolExecutor(callers) as pool:
        answers = list(pool.map(lambda _: shop.running.caller(shop.boss.key).post("/api/sales", body), range(callers)))

    assert sorted(answer.status for answer in answers) == [201] * 10 + [400] * (callers - 10)
    assert shop.boss.get("/api/items/live", skus=sku).body[0]["balances"]["available"] == "0"


def test_a_key_is_made_shown_once_and_revoked(shop: Shop) -> None:
    """S12: an admin makes and revokes keys over HTTP; no answer shows a key or its hash again."""
    made = shop.boss.done("/api/keys", {"name": "new", "role": "clerk", "sites": ["paris"]})
    caller = shop.running.caller(made["api_key_text"])
    me = caller.get("/api/me").body
    shop.boss.done(f"/api/keys/{made['api_key']}/revocation")
    listed = shop.boss.get("/api/keys", limit=100)
    told = shop.boss.get(f"/api/postings/{made['number']}")

    assert me == {"name": "new", "role": "clerk", "sites": ["paris"]}
    assert "key_hash" not in str(told.body) + str(listed.body) + str(made["changes"])
    assert made["api_key_text"] not in str(told.body)
