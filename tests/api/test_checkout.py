"""The checkout over HTTP: a cart becomes an order in one call, once, and a failed payment leaves nothing reserved."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.api.conftest import Shop
from tests.api.serving import Caller

SOON = "2100-01-01T00:00:00Z"


USED = (("O-21", "cart-21"), ("O-22", "cart-22"))


def cart(number: str, quantity: str = "3", *sites: str, **more: object) -> dict[str, Any]:
    """A cart with one line, of which each costs 12 and a fifth on top is VAT."""
    line = {"sku": "A", "quantity": quantity, "price": "12", "vat_rate": "20"}
    return {"sites": [*sites] or ["london"], "lines": [line], "expires_at": SOON, "number": number, **more}


def stand(caller: Caller, site: str = "london") -> tuple[str, str]:
    """What is available and what is reserved of A."""
    (row,) = caller.get("/api/holdings", site=site, sku="A").body["rows"]
    return row["balances"]["available"], row["balances"]["reserved"]


def plus(told: tuple[str, str], available: int, reserved: int) -> tuple[str, str]:
    """What stands there after so much more."""
    return str(int(told[0]) + available), str(int(told[1]) + reserved)


def test_a_cart_is_checked_out_paid_and_handed_over(shop: Shop) -> None:
    """C5: one call validates, reserves and places the order; paid, fulfilled and committed, the goods are gone."""
    clerk, before = shop.by_role["clerk"], stand(shop.boss)
    trial = clerk.post("/api/checkouts", cart("O-1"), key="cart-1", query={"dry_run": "true"})
    untouched = stand(shop.boss)
    placed = clerk.post("/api/checkouts", cart("O-1"), key="cart-1")
    promised = stand(shop.boss)
    paid = clerk.done("/api/orders/O-1/payments", {"amount": "36", "method": "card"}, key="cart-1/pay")
    clerk.done("/api/orders/O-1/fulfilment", key="cart-1/fulfil")
    clerk.done("/api/orders/O-1/commitment", key="cart-1/commit")

    assert (trial.status, trial.body["dry_run"], untouched) == (200, True, before)
    assert (placed.status, placed.body["kind"], placed.body["actor"]) == (201, "order", "clerk")
    assert placed.headers["location"] == f"/api/postings/{placed.body['number']}"
    assert promised == plus(before, -3, 3)
    assert paid["kind"] == "pay"
    assert stand(shop.boss) == plus(before, -3, 0)
    order = clerk.get("/api/orders/O-1").body
    assert (order["status"], order["gross"], order["paid"]) == ("completed", "36.00", "36.00")


def test_a_retry_under_the_same_key_is_the_same_order(shop: Shop) -> None:
    """C5, C15: the same call, eight times at once and later again, places one order and reserves once."""
    clerk, before = shop.by_role["clerk"], stand(shop.boss)
    with ThreadPoolExecutor(8) as threads:
        answers = [*threads.map(lambda _: clerk.post("/api/checkouts", cart("O-2"), key="cart-2"), range(8))]
    again = clerk.post("/api/checkouts", cart("O-2"), key="cart-2")
    other = clerk.post("/api/checkouts", cart("O-2", "4"), key="cart-2")

    assert {answer.body["number"] for answer in answers} == {again.body["number"]}
    assert [answer.status for answer in answers].count(201) == 1
    assert (again.status, again.headers["idempotency-replayed"]) == (200, "true")
    assert (other.status, other.code) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert stand(shop.boss) == plus(before, -3, 3)


def test_a_key_that_was_used_for_another_cart_takes_nothing_back(shop: Shop) -> None:
    """C5, C15: the same goods under the same key for another number are refused, and the order stands, paid or not."""
    clerk, before = shop.by_role["clerk"], stand(shop.boss)
    clerk.done("/api/checkouts", cart("O-21"), key="cart-21")
    clerk.done("/api/checkouts", cart("O-22"), key="cart-22")
    clerk.done("/api/orders/O-22/payments", {"amount": "36"})

    refused = [clerk.post("/api/checkouts", cart(f"{number}-again"), key=key) for number, key in USED]

    assert [answered.code for answered in refused] == ["IDEMPOTENCY_KEY_REUSED"] * 2
    told = [shop.boss.get(f"/api/orders/{number}").body["status"] for number, _ in USED]
    assert told == ["placed", "paid"]
    assert stand(shop.boss) == plus(before, -6, 6)


def test_a_checkout_that_broke_off_goes_on(shop: Shop) -> None:
    """C5: where only the first step was done, the same call places the order on it and reserves nothing more."""
    clerk, before = shop.by_role["clerk"], stand(shop.boss)
    first = {"sites": ["london"], "lines": [{"sku": "A", "quantity": "3"}], "expires_at": SOON}
    clerk.done("/api/split-reservations", {**first, "document": {"type": "cart", "id": "cart-3"}}, key="cart-3/reserve")
    placed = clerk.post("/api/checkouts", cart("O-3"), key="cart-3")

    assert placed.status == 201
    assert stand(shop.boss) == plus(before, -3, 3)


def test_a_failed_payment_releases(shop: Shop) -> None:
    """C5: where the payment fails, cancelling the order makes its goods available, once however often it is asked."""
    clerk, before = shop.by_role["clerk"], stand(shop.boss)
    clerk.done("/api/checkouts", cart("O-4"), key="cart-4")
    cancelled = [
        clerk.post("/api/orders/O-4/cancellation", {"reason": "card declined"}, key="cart-4/cancel") for _ in range(2)
    ]
    paid = clerk.post("/api/orders/O-4/payments", {"amount": "36", "method": "card"})

    assert [answer.status for answer in cancelled] == [201, 200]
    assert stand(shop.boss) == before
    assert clerk.get("/api/orders/O-4").body["status"] == "cancelled"
    assert (paid.status, stand(shop.boss)) == (400, before)


def test_a_refused_checkout_leaves_nothing(shop: Shop) -> None:
    """C5: what is not there, has no price or is not well formed is refused; no goods and no number are taken."""
    clerk = shop.by_role["clerk"]
    clerk.done("/api/checkouts", cart("O-8"))
    before = stand(shop.boss)
    priceless = {**cart("O-5"), "lines": [{"sku": "A", "quantity": "1"}]}
    refused = [
        clerk.post("/api/checkouts", body, key="cart-5")
        for body in (cart("O-5", "999999"), cart("O-8"), priceless, {}, {**cart("O-5"), "coupon": "X"})
    ]
    viewer = shop.by_role["viewer"].post("/api/checkouts", cart("O-5"))
    keyless = clerk.http.post("/api/checkouts", json=cart("O-5"))
    versioned = clerk.post("/api/checkouts", cart("O-5"), headers={"If-Match": '"1"'})
    unchanged = stand(shop.boss)
    placed = clerk.post("/api/checkouts", cart("O-5"), key="cart-5")

    assert [answer.code for answer in refused] == [
        "INSUFFICIENT_INVENTORY",
        "DOCUMENT_EXISTS",
        "PRICE_UNKNOWN",
        "INVALID_COMMAND",
        "INVALID_COMMAND",
    ]
    assert (viewer.code, keyless.json()["code"]) == ("FORBIDDEN", "IDEMPOTENCY_KEY_MISSING")
    assert versioned.code == "IF_MATCH_UNUSABLE"
    assert unchanged == before
    assert placed.status == 201


def test_a_document_of_another_branch_is_as_one_that_is_nowhere(shop: Shop) -> None:
    """C8: a key of london pays, fulfils and cancels no order and no invoice of paris, and hears nothing of them."""
    clerk, boss = shop.london_clerk, shop.boss
    boss.done("/api/receipts-of-goods", {"site": "paris", "lines": [{"sku": "B", "quantity": "1"}]})
    both = cart("O-32", "3", "london", "paris", policy="in_order")
    both["lines"].append({"sku": "B", "quantity": "1", "price": "1"})
    boss.done("/api/checkouts", cart("O-31", "3", "paris"))
    assert len(boss.done("/api/checkouts", both)["changes"]) >= 3  # two reservations and the order
    boss.done("/api/invoices", {"site": "paris", "number": "I-31", "lines": cart("")["lines"]})
    acts = [("payments", {"amount": "1"}), ("fulfilment", {}), ("cancellation", {})]
    addresses = [(f"/api/orders/{{}}/{act}", "O-", body) for act, body in acts]
    addresses += [("/api/invoices/{}/payments", "I-", {"amount": "1"}), ("/api/invoices/{}/cancellation", "I-", {})]
    addresses += [("/api/inventory/lifecycle/invoice/{}/transition", "I-", {"to": to}) for to in ("paid", "x")]
    head = boss.get("/api/journal").body["number"]

    for path, stem, body in addresses:
        for number in (f"{stem}31", f"{stem}32") if stem == "O-" else (f"{stem}31",):
            there, nowhere = (clerk.post(path.format(told), body) for told in (number, f"{stem}99"))

            assert (there.status, there.code) == (404, "DOCUMENT_NOT_FOUND"), path
            assert there.body["detail"].replace(number, "") == nowhere.body["detail"].replace(f"{stem}99", "")
            assert there.body["facts"] == {**nowhere.body["facts"], "number": number}
    assert boss.get("/api/journal").body["number"] == head


def test_a_branch_is_answered_its_own_payment_again(shop: Shop) -> None:
    """C8, C15: a payment in part moves nothing; a key of london is answered its own again, and nobody else's."""
    shop.boss.done("/api/checkouts", cart("O-33"))
    paid = shop.london_clerk.done("/api/orders/O-33/payments", {"amount": "1"}, key="part-1")
    shop.boss.done("/api/orders/O-33/payments", {"amount": "2"}, key="part-2")

    again = shop.london_clerk.post("/api/orders/O-33/payments", {"amount": "1"}, key="part-1")
    guessed = shop.london_clerk.post("/api/orders/O-33/payments", {"amount": "2"}, key="part-2")

    assert (again.status, again.body["number"], again.body["replayed"]) == (200, paid["number"], True)
    assert guessed.code == "POSTING_NOT_FOUND"


def test_a_key_of_one_branch_checks_out_there_alone(shop: Shop) -> None:
    """C8: a key that is limited to london reserves there; another branch is for it as one that there is not."""
    before = stand(shop.boss, "paris")
    here = shop.london_clerk.post("/api/checkouts", cart("O-6"))
    elsewhere = shop.london_clerk.post("/api/checkouts", cart("O-7", "3", "london", "paris"))
    nowhere = shop.london_clerk.post("/api/checkouts", cart("O-7", "3", "london", "atlantis"))

    assert here.status == 201
    assert (elsewhere.status, elsewhere.code) == (nowhere.status, nowhere.code) == (404, "UNKNOWN_SITE")
    assert stand(shop.boss, "paris") == before
