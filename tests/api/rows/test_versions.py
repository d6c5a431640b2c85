"""Versions over HTTP: a change that is based on an old one is refused with both, wherever a thing has a version."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.rows.desk import define, head, receive
from tests.api.serving import Caller

SITE, SKU = "versions", "V"


@pytest.fixture(scope="module", autouse=True)
def _furnished(boss: Caller) -> None:
    """A site with goods of each kind, and documents about them."""
    define(boss, [SITE], [SKU, "V-PHONE"])
    receive(boss, SITE, (SKU, 100))
    receive(boss, SITE, {"sku": SKU, "quantity": 10, "lot": "V-L"})
    boss.done("/api/serials", {"site": SITE, "serials": [{"sku": "V-PHONE", "unit": "V-S"}]})
    boss.done("/api/customers", {"code": "V-C"})
    boss.done("/api/users/v-user", {"role": "clerk"}, method="PUT")
    boss.done("/api/recipes/V-TEA", {"ingredients": [{"name": "V", "amount": "1"}]}, method="PUT")
    mapping = {"ingredient": "V", "unit": "piece", "sku": SKU}
    boss.done(f"/api/sites/{SITE}/mappings", {"mappings": [mapping]}, method="PUT")


def _told(path: str) -> Callable[[Caller], int]:
    """Read a version off the mark of an answer, which says the same as its body."""

    def read(boss: Caller) -> int:
        answered = boss.get(path)
        assert answered.headers["etag"] == f'"{answered.body["version"]}"'
        return int(answered.body["version"])

    return read


def _stale_then_fresh(boss: Caller, read: Callable[[Caller], int], method: str, path: str, body: object) -> None:
    """A version too old and one too new are refused with both and change nothing; the one that was read is taken."""
    version = read(boss)
    before = head(boss)
    refused = [
        boss.post(path, body, method=method, headers={"If-Match": f'"{told}"'}) for told in (version - 1, version + 1)
    ]
    untouched = head(boss)
    done = boss.post(path, body, method=method, headers={"If-Match": f'"{version}"'})

    assert [(answer.status, answer.code) for answer in refused] == [(409, "VERSION_CONFLICT")] * 2, (path, refused)
    assert [answer.body["facts"]["expected"] for answer in refused] == [version - 1, version + 1]
    assert {answer.body["facts"]["actual"] for answer in refused} == {version}
    assert untouched == before
    assert done.status == 201, (path, done)


LOT = f"/api/items/{SKU}/lots/V-L"


@pytest.mark.parametrize(
    ("read", "method", "path", "body"),
    [
        (_told(f"/api/sites/{SITE}"), "PUT", f"/api/sites/{SITE}", {"name": "Versions"}),
        (_told(f"/api/items/{SKU}"), "PUT", f"/api/items/{SKU}", {"name": "Thing"}),
        (_told("/api/customers/V-C"), "POST", "/api/customers", {"code": "V-C", "name": "Ann"}),
        (_told("/api/users/v-user"), "PUT", "/api/users/v-user", {"role": "viewer"}),
        (_told("/api/serials/V-S"), "PUT", "/api/serials/V-S/grade", {"sku": "V-PHONE", "condition": "used"}),
        (_told(LOT), "PUT", f"{LOT}/costs", {"cost_mode": "FIXED", "unit_cost": "1", "reason": "r"}),
        (_told(LOT), "PUT", f"{LOT}/status", {"status": "ON_HOLD", "reason": "r"}),
        (_told(LOT), "POST", f"{LOT}/release", {"reason": "r"}),
        (_told(LOT), "POST", f"{LOT}/recall", {"reason": "r"}),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else "",
)
def test_what_is_known_is_changed_on_its_version(
    boss: Caller, read: Callable[[Caller], int], method: str, path: str, body: dict[str, Any]
) -> None:
    """P13: sites, items, customers, users, serials and lots."""
    _stale_then_fresh(boss, read, method, path, body)


def test_metadata_begins_at_nothing(boss: Caller) -> None:
    """P13, L12: metadata that nobody told has version 0; of two who both read that, the second is refused."""
    path = f"{LOT}/metadata"
    nothing = boss.get(path)
    first = boss.put(path, {"metadata": {"notes": "mine"}}, headers={"If-Match": nothing.headers["etag"]})
    second = boss.put(path, {"metadata": {"notes": "theirs"}}, headers={"If-Match": nothing.headers["etag"]})

    assert (nothing.headers["etag"], first.status, second.status) == ('"0"', 201, 409)
    assert (second.body["facts"]["expected"], second.body["facts"]["actual"]) == (0, 1)
    assert boss.get(path).body["metadata"] == {"notes": "mine"}
    _stale_then_fresh(boss, _told(path), "PUT", path, {"metadata": {"notes": "hers"}})


def _reserved(boss: Caller) -> int:
    return int(boss.done("/api/reservations", {"site": SITE, "lines": [{"sku": SKU, "quantity": 2}]})["reservation"])


@pytest.mark.parametrize("step", ["release", "commit"])
def test_a_promise_is_ended_on_its_version(boss: Caller, step: str) -> None:
    """P13: of a promise that was kept in part meanwhile nothing is ended that nobody has seen."""
    number = _reserved(boss)
    read = _told(f"/api/reservations/{number}")
    boss.done(f"/api/reservations/{number}/commit", {"lines": [{"sku": SKU, "quantity": 1}]})

    _stale_then_fresh(boss, read, "POST", f"/api/reservations/{number}/{step}", {})


def test_an_invoice_takes_each_step_on_its_version(boss: Caller) -> None:
    """P13: paid in part, paid, delivered, taken back and refunded; another is cancelled."""
    line = {"sku": SKU, "quantity": 2, "price": "5", "vat_rate": "0"}
    for number in ("V-I", "V-J"):
        boss.done("/api/invoices", {"site": SITE, "number": number, "lines": [line]})
        boss.done(f"/api/invoices/{number}/payments", {"amount": "1"})
    path, read = "/api/invoices/V-I", _told("/api/invoices/V-I")
    back = {"site": SITE, "lines": [{"sku": SKU, "quantity": 1}]}

    _stale_then_fresh(boss, read, "POST", f"{path}/payments", {})
    _stale_then_fresh(boss, read, "POST", f"{path}/delivery", {})
    _stale_then_fresh(boss, read, "POST", f"{path}/returns", back)
    _stale_then_fresh(boss, read, "POST", f"{path}/refunds", {"amount": "5"})
    _stale_then_fresh(boss, _told("/api/invoices/V-J"), "POST", "/api/invoices/V-J/cancellation", {})


def test_a_transition_is_based_on_a_version(boss: Caller) -> None:
    """P13, S7: what brings an invoice to a status at the addresses of dealers takes its version, and says so."""
    line = {"sku": SKU, "quantity": 2, "price": "5", "vat_rate": "0"}
    for number in ("V-T", "V-U"):
        boss.done("/api/invoices", {"site": SITE, "number": number, "lines": [line]})
        boss.done(f"/api/invoices/{number}/payments", {"amount": "1"})
    steps = "/api/inventory/lifecycle/invoice/{id}/transition"

    for number, status in (("V-T", "paid"), ("V-T", "delivered"), ("V-U", "cancelled")):
        read = _told(f"/api/invoices/{number}")
        _stale_then_fresh(boss, read, "POST", steps.replace("{id}", number), {"to": status})


def test_the_description_says_where_a_version_is_taken(boss: Caller) -> None:
    """P13: a write whose description does not name If-Match refuses it; one that does is not refused for it."""
    paths = boss.get("/openapi.json").body["paths"]
    wrong = []
    for path, methods in paths.items():
        for method, told in methods.items():
            named = {parameter["name"] for parameter in told["parameters"]}
            if "Idempotency-Key" not in named or path == "/api/session/password":  # that is for a session alone
                continue
            body = _least(told.get("requestBody"))
            address = re.sub(r"{\w+}", "999999", path.replace("{site}", SITE))
            answer = boss.post(address, body, method=method.upper(), headers={"If-Match": '"7"'})
            if (answer.code == "IF_MATCH_UNUSABLE") == ("If-Match" in named):
                wrong.append((method, path, answer.code))

    assert not wrong


def _least(body: Any) -> object:  # noqa: ANN401 - a tree of plain values
    """Give the least that a body may be, as far as is needed to come to the version."""
    schema = body["content"]["application/json"]["schema"] if body else {}
    first = schema.get("anyOf", [schema])[0]
    told = {"password": "correct horse battery staple", "limit": "1"}
    parts = first.get("properties", {}).items()
    return {name: part.get("const", told.get(name)) for name, part in parts if "const" in part or name in told}


def test_an_order_takes_each_step_on_its_version(boss: Caller) -> None:
    """P13: paid, fulfilled and handed over; another is cancelled after it was paid."""
    line = {"sku": SKU, "quantity": 2, "price": "5", "vat_rate": "0"}
    for number in ("V-O", "V-P"):
        boss.done("/api/orders", {"number": number, "reservations": [_reserved(boss)], "lines": [line]})
        boss.done(f"/api/orders/{number}/payments", {"amount": "1"})
    path, read = "/api/orders/V-O", _told("/api/orders/V-O")

    for step in ("payments", "fulfilment", "commitment"):
        _stale_then_fresh(boss, read, "POST", f"{path}/{step}", {})
    _stale_then_fresh(boss, _told("/api/orders/V-P"), "POST", "/api/orders/V-P/cancellation", {})


@pytest.mark.parametrize("decision", ["approval", "rejection"])
def test_a_manager_decides_on_what_he_saw(boss: Caller, decision: str) -> None:
    """P13, R14: a sale that waits is decided on by its version."""
    sale = {"transaction": f"v-{decision}", "site": SITE, "items": [{"product": "V-TEA", "quantity": 1}], "device": "d"}
    number = boss.done("/api/offline-sales", {**sale, "short": True})["offline_sale"]
    read = _told(f"/api/offline-sales/{number}")

    _stale_then_fresh(boss, read, "POST", f"/api/offline-sales/{number}/{decision}", {"reason": "r"})


def test_a_webhook_is_changed_on_its_version(boss: Caller) -> None:
    """P13: of two admins who both saw a webhook as it was, the second does not undo what the first did."""
    made = boss.done("/api/webhooks", {"name": "v", "url": "https://hooks.example.com/v"})["webhook"]
    path = f"/api/webhooks/{made}"

    _stale_then_fresh(boss, _told(path), "PUT", path, {"url": "https://hooks.example.com/w"})
    boss.done(f"{path}/disablement")


def test_a_retry_is_answered_though_the_version_has_moved(boss: Caller) -> None:
    """P13, R4: the same request again is the same act, and not a stale one; another version is another request."""
    version = _told("/api/customers/V-C")(boss)
    body = {"code": "V-C", "email": f"{version}@example.com"}
    answers = [
        boss.post("/api/customers", body, key="v-retry", headers={"If-Match": f'"{told}"'})
        for told in (version, version, version + 1)
    ]

    assert [answer.status for answer in answers] == [201, 200, 409]
    assert answers[2].code == "IDEMPOTENCY_KEY_REUSED"


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (f"/api/sites/{SITE}", ("PUT", f"/api/sites/{SITE}", {"name": "At noon"})),
        ("/api/products/V-TEA", ("PUT", "/api/products/V-TEA", {"name": "Green tea"})),
        (f"/api/items/{SKU}", ("PUT", f"/api/items/{SKU}", {"name": "At noon"})),
        ("/api/customers/V-C", ("POST", "/api/customers", {"code": "V-C", "name": "Bea"})),
        ("/api/users/v-user", ("PUT", "/api/users/v-user/password", {"password": "correct horse battery staple"})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_has_not_changed_is_not_sent_again(boss: Caller, path: str, change: tuple[str, str, object]) -> None:
    """P13, L15: its version is the mark of what is read alone: shown again it is answered 304, until it has changed."""
    first = boss.http.get(path)
    known = {"If-None-Match": first.headers["ETag"]}
    weak = {"If-None-Match": f'"0", W/{first.headers["ETag"]}'}

    again = [boss.http.get(path, headers=headers) for headers in (known, weak)]
    method, at, body = change
    boss.done(at, body, method=method)
    changed = boss.http.get(path, headers=known)

    for answer in again:
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert answer.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"
    assert changed.status_code == 200
    assert changed.json()["version"] == first.json()["version"] + 1
    assert changed.headers["ETag"] == f'"{changed.json()["version"]}"'


def test_what_waits_and_what_is_promised_is_not_sent_again(boss: Caller) -> None:
    """P13, L15: the mark of a reservation, of an offline sale and of a key goes with each of their steps."""
    promise = _reserved(boss)
    sale = {"transaction": "v-304", "site": SITE, "items": [{"product": "V-TEA", "quantity": 1}], "device": "d"}
    queued = boss.done("/api/offline-sales", {**sale, "short": True})["offline_sale"]
    api_key = boss.done("/api/keys", {"name": "v", "role": "viewer"})["api_key"]
    lines = {"lines": [{"sku": SKU, "quantity": 1}]}

    for path, step, body in (
        (f"/api/reservations/{promise}", "commit", lines),
        (f"/api/offline-sales/{queued}", "rejection", {"reason": "r"}),
        (f"/api/keys/{api_key}", "revocation", {}),
    ):
        first = boss.http.get(path)
        known = {"If-None-Match": first.headers["ETag"]}
        again = boss.http.get(path, headers=known)
        boss.done(f"{path}/{step}", body)
        changed = boss.http.get(path, headers=known)

        assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)
        assert changed.json()["version"] == first.json()["version"] + 1
        assert changed.json() != first.json()
