"""The rows of commerce.md over HTTP."""

import concurrent.futures
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from onhand.ledger.sync_stock import SyncStock
from tests.api.rows.desk import available, balances, define, head, new_key, receive
from tests.api.serving import Answered, Caller, Running


def _later(seconds: float = 3600) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def _reserve(boss: Caller, site: str, sku: str, quantity: int, **more: object) -> Answered:
    return boss.post("/api/reservations", {"site": site, "lines": [{"sku": sku, "quantity": quantity}], **more})


def _reservation(boss: Caller, number: int) -> dict[str, Any]:
    (row,) = boss.get("/api/reservations", id=number).body["rows"]
    found: dict[str, Any] = row
    return found


def _expired(boss: Caller, number: int) -> None:
    """End a reservation at the first moment at which it may be."""
    while (answered := boss.post(f"/api/reservations/{number}/expire")).status == 400:
        assert answered.code == "RESERVATION_NOT_EXPIRED", answered


def test_a_promise_goes_through_its_table(boss: Caller) -> None:
    """C1: pending, active, then committed, released or expired; from these three no step leads on."""
    define(boss, ["c1"], ["C1"])
    receive(boss, "c1", ("C1", 3))
    ids = [_reserve(boss, "c1", "C1", 1, expires_at=_later(1 if end == "expire" else 60)).body["reservation"]
           for end in ("commit", "release", "expire")]  # fmt: skip
    waiting = _reserve(boss, "c1", "C1", 1, hold_seconds=60).body["reservation"]
    pending = _reservation(boss, waiting)["status"]
    early = boss.post(f"/api/reservations/{ids[0]}/expire")
    boss.done(f"/api/reservations/{ids[0]}/commit")
    boss.done(f"/api/reservations/{ids[1]}/release")
    _expired(boss, ids[2])
    statuses = [_reservation(boss, number)["status"] for number in ids]
    onward = [
        boss.post(f"/api/reservations/{number}/{step}") for number in ids for step in ("commit", "release", "expire")
    ]

    assert (pending, early.status) == ("pending", 400)
    assert statuses == ["committed", "released", "expired"]
    assert {(answer.status, answer.code) for answer in onward} == {(400, "INVALID_STATUS_TRANSITION")}
    assert {(answer.body["facts"]["from"], answer.body["facts"]["to"]) for answer in onward} >= {
        ("committed", "released"),
        ("released", "committed"),
        ("expired", "expired"),
    }
    assert [row["id"] for row in boss.get("/api/reservations", site="c1", status="expired").body["rows"]] == [ids[2]]


def test_what_expired_is_released_once_by_any_number_of_callers(boss: Caller, service: Running) -> None:
    """C2: of 40 expired reservations three callers at once release each one once, 40 in all and not 120."""
    define(boss, ["c2"], ["C2"])
    receive(boss, "c2", ("C2", 40))
    line = [{"sku": "C2", "quantity": 1}]
    commands = [
        {"operation": "reserve", "key": f"c2/{n}", "site": "c2", "lines": line, "expires_at": _later(1)}
        for n in range(40)
    ]
    made = [one["posting"]["reservation"] for one in boss.done("/api/bulk", {"commands": commands})["outcomes"]]
    _expired(boss, made[0])
    path = "/api/inventory/lifecycle/cleanup-expired"
    callers = [service.caller(boss.key) for _ in range(3)]
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda caller: caller.post(path, method="DELETE").body["released"], callers))
    rest = boss.post(path, method="DELETE").body["released"]

    released = [number for answer in (*answers, rest) for number in answer]
    assert sorted(number for number in released if number in made) == sorted(made[1:])
    assert available(boss, "c2", "C2") == "40"


def test_a_promise_is_made_once_by_key_and_content(boss: Caller) -> None:
    """C4: a retry is the same promise; another basket under the same key is refused, and so is another expiry."""
    define(boss, ["c4"], ["C4"])
    receive(boss, "c4", ("C4", 10))
    basket = {"site": "c4", "lines": [{"sku": "C4", "quantity": 4}], "expires_at": "2099-01-01T00:00:00Z"}
    first = boss.post("/api/reservations", basket, key="c4-cart")
    again = boss.post("/api/reservations", basket, key="c4-cart")
    spelled = boss.post("/api/reservations", {**basket, "lines": [{"quantity": "4", "sku": "C4"}]}, key="c4-cart")
    more = boss.post("/api/reservations", {**basket, "lines": [{"sku": "C4", "quantity": 5}]}, key="c4-cart")
    longer = boss.post("/api/reservations", {**basket, "expires_at": "2099-01-02T00:00:00Z"}, key="c4-cart")

    assert (first.status, again.status, spelled.status) == (201, 200, 200)
    assert {answer.body["reservation"] for answer in (again, spelled)} == {first.body["reservation"]}
    assert {(answer.status, answer.code) for answer in (more, longer)} == {(409, "IDEMPOTENCY_KEY_REUSED")}
    assert balances(boss, "c4", "C4") == {"available": "6", "reserved": "4"}


def _cart(boss: Caller, site: str, sku: str, number: str, key: str) -> int:
    lines = [{"sku": sku, "quantity": 2}]
    told = {"sites": [site], "lines": lines, "expires_at": "2099-01-01T00:00:00Z"}
    cart = int(boss.done("/api/split-reservations", told, key=f"{key}-cart")["reservation"])
    priced = [{"sku": sku, "quantity": 2, "price": "10", "vat_rate": "20"}]
    boss.done("/api/orders", {"number": number, "reservations": [cart], "lines": priced}, key=f"{key}-order")
    return cart


def test_a_checkout_is_completed_by_retries_wherever_it_broke(boss: Caller) -> None:
    """C5, C15: reserve, order, payment, fulfilment, handing over: each step sent twice is done once; taken once."""
    define(boss, ["c5"], ["C5"])
    receive(boss, "c5", ("C5", 10))
    early = boss.post("/api/orders/C5-1/fulfilment")
    steps = [
        ("payments", {"amount": "20", "method": "card"}),
        ("fulfilment", {}),
        ("commitment", {}),
    ]
    for _ in range(2):
        _cart(boss, "c5", "C5", "C5-1", "c5")
    reserved = balances(boss, "c5", "C5")
    unpaid = boss.post("/api/orders/C5-1/fulfilment")
    statuses = []
    for step, body in steps:
        twice = [boss.post(f"/api/orders/C5-1/{step}", body, key=f"c5-{step}").status for _ in range(2)]
        statuses.append((twice, boss.get("/api/orders/C5-1").body["status"]))

    assert (early.code, unpaid.code) == ("DOCUMENT_NOT_FOUND", "INVALID_STATUS_TRANSITION")
    assert reserved == {"available": "8", "reserved": "2"}
    assert statuses == [([201, 200], "paid"), ([201, 200], "fulfilled"), ([201, 200], "completed")]
    assert balances(boss, "c5", "C5") == {"available": "8"}
    late = boss.post("/api/orders/C5-1/cancellation")
    assert late.code == "INVALID_STATUS_TRANSITION"


@pytest.mark.parametrize("paid_steps", [(), ("payments",), ("payments", "fulfilment")])
def test_a_checkout_is_cancelled_at_any_point_before(boss: Caller, paid_steps: tuple[str, ...]) -> None:
    """C5: placed, paid or fulfilled, a cancelled order releases its goods, and nothing leads on from there."""
    site = f"c5-{len(paid_steps)}"
    define(boss, [site], ["C5-X"])
    receive(boss, site, ("C5-X", 3))
    number = f"C5-X-{len(paid_steps)}"
    cart = _cart(boss, site, "C5-X", number, number)
    for step in paid_steps:
        boss.done(f"/api/orders/{number}/{step}")
    boss.done(f"/api/orders/{number}/cancellation", {"reason": "changed her mind"})

    assert boss.get(f"/api/orders/{number}").body["status"] == "cancelled"
    assert balances(boss, site, "C5-X") == {"available": "3"}
    assert _reservation(boss, cart)["status"] == "released"
    assert boss.post(f"/api/orders/{number}/commitment").status == 400


def test_a_checkout_that_nobody_finishes_ends_with_its_reservation(boss: Caller) -> None:
    """C5: where nothing comes after the order, the expiry of its reservation cancels it and frees the goods."""
    define(boss, ["c5-end"], ["C5-E"])
    receive(boss, "c5-end", ("C5-E", 2))
    told = {"sites": ["c5-end"], "lines": [{"sku": "C5-E", "quantity": 2}], "expires_at": _later(1)}
    cart = boss.done("/api/split-reservations", told)["reservation"]
    line = {"sku": "C5-E", "quantity": 2, "price": "1", "vat_rate": "0"}
    boss.done("/api/orders", {"number": "C5-END", "reservations": [cart], "lines": [line]})
    _expired(boss, cart)

    assert boss.get("/api/orders/C5-END").body["status"] == "cancelled"
    assert balances(boss, "c5-end", "C5-E") == {"available": "2"}


def test_the_counter_takes_at_once_and_gives_a_receipt(boss: Caller) -> None:
    """C6, C14: 3 mugs at 2.50 with 20 % and a pen at 1.99 without: VAT by rate, totals and number; more are refused."""
    items = [
        {"sku": "C6-MUG", "name": "Blue mug", "price": "2.50", "vat_rate": "20", "barcode": "4006381333931"},
        {"sku": "C6-PEN", "name": "Pen", "price": "1.99"},
    ]
    define(boss, ["c6"], [*items])
    receive(boss, "c6", ("C6-MUG", 3), ("C6-PEN", 5))
    lines = [{"sku": "C6-MUG", "quantity": 3}, {"sku": "C6-PEN", "quantity": 1}]
    sale = boss.post("/api/counter-sales", {"site": "c6", "lines": lines}, key="c6-1")
    again = boss.post("/api/counter-sales", {"site": "c6", "lines": lines}, key="c6-1")
    short = boss.post("/api/counter-sales", {"site": "c6", "lines": lines})
    newest = boss.get("/api/receipts", site="c6", limit=1).body["rows"][0]
    receipt = boss.get(f"/api/receipts/{newest['number']}").body

    assert (sale.status, again.status, short.code) == (201, 200, "INSUFFICIENT_INVENTORY")
    assert len(boss.get("/api/receipts", site="c6").body["rows"]) == 1
    assert receipt == newest
    assert [(line["name"], line["quantity"], line["price"], line["gross"]) for line in receipt["sold"]] == [
        ("Blue mug", "3", "2.50", "7.50"),
        ("Pen", "1", "1.99", "1.99"),
    ]
    assert [(rate["vat_rate"], rate["net"], rate["vat"], rate["gross"]) for rate in receipt["rates"]] == [
        ("0", "1.99", "0.00", "1.99"),
        ("20", "6.25", "1.25", "7.50"),
    ]
    assert (receipt["net"], receipt["vat"], receipt["gross"]) == ("8.24", "1.25", "9.49")
    assert balances(boss, "c6", "C6-MUG") == {}


def test_an_item_is_found_by_sku_barcode_and_name(boss: Caller) -> None:
    """C6: each of the three finds the one item and says by which; words as far as they are typed, in any order."""
    items = [
        {"sku": "C6-CUP", "name": "Green espresso cup", "barcode": "5010029000016", "price": "3"},
        {"sku": "C6-SAUCER", "name": "Green saucer", "price": "2"},
    ]
    define(boss, ["c6-find"], [*items])

    def found(text: str) -> list[tuple[str, str]]:
        return [(row["sku"], row["found_by"]) for row in boss.get("/api/items/search", q=text).body]

    assert found("C6-CUP") == [("C6-CUP", "sku")]
    assert found("5010029000016") == [("C6-CUP", "barcode")]
    assert found("espr GREEN") == [("C6-CUP", "name")]
    assert sorted(found("green")) == [("C6-CUP", "name"), ("C6-SAUCER", "name")]
    assert found("green teapot") == []
    misread = boss.get("/api/items/search", q="5010029000017")
    assert (misread.status, misread.code, misread.body["facts"]["check_digit"]) == (400, "CHECK_DIGIT_WRONG", "6")


def _events(boss: Caller, since: int, count: int) -> list[tuple[int, str]]:
    told: list[tuple[int, str]] = []
    with boss.http.stream("GET", "/api/events", params={"since": str(since)}) as stream:
        for line in stream.iter_lines():
            if line.startswith("data:") and len(line) > 5:
                posting = json.loads(line[5:])
                told.append((posting["number"], posting["kind"]))
                if len(told) == count:
                    break
    return told


def test_many_items_are_taken_and_restored_in_one_call_and_told_once(boss: Caller) -> None:
    """C7: five items at once, all or none; subscribers hear of each posting in order, not of the one that failed."""
    skus = [f"C7-{n}" for n in range(5)]
    define(boss, ["c7"], [*skus])
    receive(boss, "c7", *[(sku, 2) for sku in skus])
    since = head(boss)
    lines = [{"sku": sku, "quantity": 2} for sku in skus]
    failed = boss.post("/api/sales", {"site": "c7", "lines": [*lines, {"sku": skus[0], "quantity": 1}]})
    untouched = [available(boss, "c7", sku) for sku in skus]
    sold = boss.done("/api/sales", {"site": "c7", "lines": lines})
    emptied = [available(boss, "c7", sku) for sku in skus]
    back = boss.done("/api/returns", {"site": "c7", "lines": lines})

    assert (failed.code, untouched, emptied) == ("INSUFFICIENT_INVENTORY", ["2"] * 5, ["0"] * 5)
    assert [available(boss, "c7", sku) for sku in skus] == ["2"] * 5
    assert len(sold["movements"]) == len(back["movements"]) == 5
    assert _events(boss, since, 2) == [(since + 1, "sell"), (since + 2, "return")]


def test_a_basket_is_split_over_branches_as_the_policy_says(boss: Caller, service: Running) -> None:
    """C8: 5 of 3 and 4: in order 3 + 2, fewest branches refuses to split what one has; a branch sees its own alone."""
    define(boss, ["c8-a", "c8-b"], ["C8"])
    receive(boss, "c8-a", ("C8", 3))
    receive(boss, "c8-b", ("C8", 4))

    def split(quantity: int, policy: str) -> dict[str, str]:
        told = {"sites": ["c8-a", "c8-b"], "lines": [{"sku": "C8", "quantity": quantity}], "policy": policy}
        made = boss.done("/api/split-reservations", told, query={"dry_run": "true"})
        return {part["site"]: part["quantity"] for part in made["movements"]}

    clerk = new_key(boss, service, "c8-till", "clerk", "c8-a")
    own = clerk.get("/api/holdings").body["rows"]
    other = clerk.get("/api/holdings", site="c8-b")
    too_much = boss.post(
        "/api/split-reservations", {"sites": ["c8-a", "c8-b"], "lines": [{"sku": "C8", "quantity": 8}]}
    )

    assert split(5, "in_order") == {"c8-a": "3", "c8-b": "2"}
    assert split(4, "fewest_branches") == {"c8-b": "4"}
    assert split(4, "in_order") == {"c8-a": "3", "c8-b": "1"}
    assert ({row["site"] for row in own}, other.code) == ({"c8-a"}, "UNKNOWN_SITE")
    assert (too_much.status, available(boss, "c8-a", "C8")) == (400, "3")


def test_totals_of_the_catalogue_follow_and_live_numbers_are_of_now(boss: Caller, worker: SyncStock) -> None:
    """C10: the projection has what was posted once it has read on; 100 items are told live in one call."""
    skus = [f"C10-{n:03}" for n in range(100)]
    define(boss, ["c10"], [*skus])
    boss.done("/api/products/C10-P/variants", {"options": [{"option": "size", "value": "S"}]}, method="PUT")
    receive(boss, "c10", *[(sku, 1) for sku in skus], ("C10-P-S", 7))
    live = boss.get("/api/items/live", skus=",".join(skus)).body
    worker.worker.follow_totals()
    totals = boss.get("/api/products/totals", product="C10-P").body
    items = boss.get("/api/items/totals", skus="C10-P-S,C10-000").body
    boss.done("/api/sales", {"site": "c10", "lines": [{"sku": "C10-P-S", "quantity": 2}]})
    now = available(boss, "c10", "C10-P-S")

    assert [(row["sku"], row["balances"]["available"]) for row in live] == [(sku, "1") for sku in skus]
    (product,) = totals["products"]["rows"]
    assert (product["variants"], product["balances"]["available"]) == (1, "7")
    assert {row["sku"]: row["balances"]["on_hand"] for row in items} == {"C10-P-S": "7", "C10-000": "1"}
    assert now == "5"


def test_variants_follow_their_options(boss: Caller) -> None:
    """C12: size by colour; those that stay keep id and stock, an empty one is retired, one with stock refuses it."""
    path = "/api/products/C12/variants"

    def options(sizes: str, colours: str) -> dict[str, Any]:
        told = [("size", size) for size in sizes.split()] + [("colour", colour) for colour in colours.split()]
        return {"options": [{"option": option, "value": value} for option, value in told], "price": "9.99"}

    def skus() -> dict[str, int]:
        rows = boss.get("/api/items", product="C12").body["rows"]
        return {row["sku"]: row["id"] for row in rows if not row["retired"]}

    define(boss, ["c12"], [])
    boss.done(path, options("S M", "red blue"), method="PUT")
    before = skus()
    receive(boss, "c12", ("C12-S-red", 2), ("C12-M-red", 5))
    refused = boss.put(path, options("M", "red green"))
    boss.done("/api/sales", {"site": "c12", "lines": [{"sku": "C12-S-red", "quantity": 2}]})
    boss.done(path, options("M", "red green"), method="PUT")
    after = skus()
    sold = boss.done("/api/counter-sales", {"site": "c12", "lines": [{"sku": "C12-M-red", "quantity": 1}]})
    retired = boss.post("/api/receipts-of-goods", {"site": "c12", "lines": [{"sku": "C12-S-red", "quantity": 1}]})

    assert {*before} == {"C12-S-red", "C12-S-blue", "C12-M-red", "C12-M-blue"}
    assert refused.status == 400
    assert refused.body["facts"]["variants"] == [{"sku": "C12-S-red", "site": "c12", "left": "2"}]
    assert {*after} == {"C12-M-red", "C12-M-green"}
    assert after["C12-M-red"] == before["C12-M-red"]
    assert retired.status // 100 == 4
    assert boss.get(f"/api/receipts/{_receipt_of(sold)}").body["gross"] == "9.99"
    assert available(boss, "c12", "C12-M-red") == "4"


def _receipt_of(posting: dict[str, Any]) -> int:
    change = next(change for change in posting["changes"] if change["entity"] == "receipt")
    return int(change["after"]["number"])


def test_costs_move_with_the_goods_and_the_vat_report_adds_up(boss: Caller) -> None:
    """C14: 10 at 2 and 30 at 4 are worth 3.50 each; the report of the day has net + VAT = gross at each rate."""
    define(
        boss,
        ["c14"],
        [{"sku": "C14-A", "price": "2.55", "vat_rate": "20"}, {"sku": "C14-B", "price": "1", "vat_rate": "5.5"}],
    )
    for quantity, cost in ((10, "2"), (30, "4")):
        receive(boss, "c14", {"sku": "C14-A", "quantity": quantity, "unit_cost": cost})
    receive(boss, "c14", ("C14-B", 3))
    value = boss.get("/api/valuation", site="c14", sku="C14-A").body["items"]["rows"][0]
    day = "2026-01-10"
    for n in range(3):
        lines = [{"sku": "C14-A", "quantity": 1}, {"sku": "C14-B", "quantity": 1}]
        boss.done("/api/counter-sales", {"site": "c14", "lines": lines, "occurred_at": f"{day}T12:00:0{n}Z"})
    report = boss.get("/api/vat-report", since=day, until=day, site="c14").body
    left = boss.get("/api/valuation", site="c14", sku="C14-A").body["items"]["rows"][0]

    assert (value["quantity"], value["value"], value["unit_cost"]) == ("40", "140.00", "3.50")
    assert (left["quantity"], left["value"]) == ("37", "129.50")
    # 2.55 holds 0.425 of VAT, which is 0.43 on each receipt; 1.00 holds 0.0521..., which is 0.05
    assert [(rate["vat_rate"], rate["net"], rate["vat"], rate["gross"]) for rate in report["rates"]] == [
        ("5.5", "2.85", "0.15", "3.00"),
        ("20", "6.36", "1.29", "7.65"),
    ]
    assert (report["net"], report["vat"], report["gross"]) == ("9.21", "1.44", "10.65")
    assert boss.get("/api/vat-report", since="2026-01-11", until=day).code == "INVALID_COMMAND"


def test_an_order_is_one_however_often_it_is_sent(boss: Caller) -> None:
    """C15: under its key it is the same order; under another its number is taken, also by eight callers at once."""
    define(boss, ["c15"], ["C15"])
    receive(boss, "c15", ("C15", 10))
    cart = _reserve(boss, "c15", "C15", 2).body["reservation"]
    line = {"sku": "C15", "quantity": 2, "price": "5", "vat_rate": "0"}
    order = {"number": "C15-1", "reservations": [cart], "lines": [line]}
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: boss.post("/api/orders", order, key="c15-order"), range(8)))
    renamed = boss.post("/api/orders", order)
    changed = boss.post("/api/orders", {**order, "number": "C15-2"}, key="c15-order")

    assert sorted(answer.status for answer in answers) == [200] * 7 + [201]
    assert len({answer.body["number"] for answer in answers}) == 1
    assert (renamed.status // 100, changed.status, changed.code) == (4, 409, "IDEMPOTENCY_KEY_REUSED")
    numbers = [row["number"] for row in boss.get("/api/orders", limit=100).body["rows"]]
    assert (numbers.count("C15-1"), "C15-2" in numbers) == (1, False)


def test_what_comes_back_goes_where_each_line_says(boss: Caller) -> None:
    """C17: a mug is fine, one broken, one to be looked at; at the counter and on an invoice; no other state."""
    define(boss, ["c17"], [{"sku": "C17", "price": "4", "vat_rate": "20"}])
    receive(boss, "c17", ("C17", 6))
    boss.done("/api/counter-sales", {"site": "c17", "lines": [{"sku": "C17", "quantity": 3}]})
    back = [{"sku": "C17", "quantity": 1, "state": state} for state in ("available", "defective", "quarantine")]
    posting = boss.done("/api/counter-returns", {"site": "c17", "lines": back})
    at_counter = balances(boss, "c17", "C17")
    boss.done("/api/invoices", {"site": "c17", "number": "C17-I", "lines": [{"sku": "C17", "quantity": 2}]})
    boss.done("/api/invoices/C17-I/payments")
    boss.done("/api/invoices/C17-I/delivery")
    path = "/api/invoices/C17-I/returns"
    boss.done(path, {"site": "c17", "lines": [{"sku": "C17", "quantity": 1, "state": "defective"}]})
    too_many = boss.post(path, {"site": "c17", "lines": [{"sku": "C17", "quantity": 2}]})
    nowhere = boss.post("/api/returns", {"site": "c17", "lines": [{"sku": "C17", "quantity": 1, "state": "sold"}]})

    assert at_counter == {"available": "4", "defective": "1", "quarantine": "1"}
    receipt = boss.get(f"/api/receipts/{_receipt_of(posting)}").body
    assert (receipt["net"], receipt["vat"], receipt["gross"]) == ("-10.00", "-2.00", "-12.00")
    assert balances(boss, "c17", "C17") == {"available": "2", "defective": "2", "quarantine": "1"}
    assert (too_many.status, nowhere.status // 100) == (400, 4)
    assert boss.get("/api/invoices/C17-I").body["lines"][0]["returned_gross"] == "4.00"


def test_the_next_in_line_is_offered_what_comes_free(boss: Caller) -> None:
    """C18: two wait for the one that is reserved; when it expires the first has it; nobody passes; then the second."""
    define(boss, ["c18"], ["C18"])
    receive(boss, "c18", ("C18", 1))
    holder = _reserve(boss, "c18", "C18", 1, expires_at=_later(1)).body["reservation"]
    first = _reserve(boss, "c18", "C18", 1, hold_seconds=600).body["reservation"]
    second = _reserve(boss, "c18", "C18", 1, hold_seconds=600).body["reservation"]
    queued = [_reservation(boss, number) for number in (first, second)]
    _expired(boss, holder)
    passing = _reserve(boss, "c18", "C18", 1)
    boss.post(f"/api/reservations/{second}/offer")
    unfair = _reservation(boss, second)["status"]
    boss.post(f"/api/reservations/{first}/offer")
    served = [_reservation(boss, number)["status"] for number in (first, second)]
    boss.done(f"/api/reservations/{first}/release")
    boss.post("/api/inventory/lifecycle/cleanup-expired", method="DELETE")

    assert [(row["status"], row["wanted"]) for row in queued] == [("pending", [["C18", "1"]])] * 2
    assert (passing.status, passing.code) == (400, "OTHERS_WAIT")
    assert (unfair, served) == ("pending", ["active", "pending"])
    assert _reservation(boss, second)["status"] == "active"
    assert _reservation(boss, second)["expires_at"] is not None


def test_a_priority_passes_some_and_never_all(boss: Caller) -> None:
    """C19: with priority 2 one passes who came just before, and none of a longer line; 1,001 is refused."""
    define(boss, ["c19"], ["C19"])
    waiting = [_reserve(boss, "c19", "C19", 1, hold_seconds=600).body["reservation"] for _ in range(4)]
    vip = _reserve(boss, "c19", "C19", 1, hold_seconds=600, priority=2).body["reservation"]
    beyond = [_reserve(boss, "c19", "C19", 1, hold_seconds=600, priority=priority).status for priority in (1001, -1)]
    served = []
    for _ in range(5):
        receive(boss, "c19", ("C19", 1))
        boss.post("/api/inventory/lifecycle/cleanup-expired", method="DELETE")
        active = [number for number in (*waiting, vip) if _reservation(boss, number)["status"] == "active"]
        served += [number for number in active if number not in served]

    # ranks: 1, 2, 3, 4 and 5 - 2 = 3, which comes after the 3 that came earlier
    assert served == [*waiting[:3], vip, waiting[3]]
    assert beyond == [422, 422]
    assert _reservation(boss, vip)["priority"] == 2
