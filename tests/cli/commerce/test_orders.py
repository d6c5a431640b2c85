"""The verbs of serials, invoices, orders and checks."""

from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import query


def dealer(cli: CommandLine) -> None:
    """Put ten of A and the serials SN-1 and SN-2 of M to london."""
    cli.done("define", "--site", "london", "--item", "A", "--item", "M", "--key", "setup")
    cli.done("receive", "A=10", "--site", "london", "--key", "po")
    cli.done("serial", "receive", "M", "SN-1", "SN-2", "--site", "london", "--condition", "new", "--key", "po-M")


def test_an_invoice_from_reserve_to_return(cli: CommandLine) -> None:
    """S1, S3, S5: create, show, pay, deliver, return, refund, and each step of the serial in its history."""
    dealer(cli)
    line = '{"sku": "M", "unit": "SN-1", "price": "1200", "vat_rate": "20"}'
    cli.done("customer", "ann", "--name", "Ann", "--key", "c")
    cli.done(
        *("invoice", "issue", "A=2:3.50:5", line, "--site", "london", "--number", "I-1", "--customer", "ann"),
        *("--expires-at", "2100-01-01T00:00:00Z", "--key", "i"),
    )
    assert cli.done("serial", "show", "SN-1")["document"] == ["invoice", "I-1"]
    cli.done("pay", "1207", "--invoice", "I-1", "--method", "card", "--reference", "T-1", "--key", "p")
    cli.done("deliver", "I-1", "--carrier", "post", "--recipient", "Ann", "--key", "d")
    back = '{"sku": "M", "quantity": "1", "unit": "SN-1"}'
    cli.done("invoice", "take-back", "I-1", back, "--site", "london", "--state", "defective", "--key", "r")
    cli.done("refund", "1200", "--invoice", "I-1", "--key", "m")

    invoice = cli.done("invoice", "show", "I-1")
    assert (invoice["status"], invoice["gross"], invoice["paid"]) == ("delivered", "1207.00", "7.00")
    assert [payment["amount"] for payment in invoice["payments"]] == ["1207.00", "-1200.00"]
    assert [line["returned"] for line in invoice["lines"]] == ["0", "1"]
    assert invoice["delivery"] == {"carrier": "post", "recipient": "Ann"}
    codes = [step["reason_code"] for step in cli.done("serial", "history", "SN-1")["steps"]]
    assert codes == ["INVOICE_CREATED", "INVOICE_PAID", "DELIVERED", "RETURNED"]
    states = [serial["state"] for serial in cli.done("serial", "list", "--sku", "M")["serials"]]
    assert states == ["defective", "available"]
    assert [found["number"] for found in cli.done("invoice", "list", "--customer", "ann")["invoices"]] == ["I-1"]


def test_an_order_from_cart_to_parcel(cli: CommandLine) -> None:
    """C5, C8: place, pay, fulfil, commit; a second one is cancelled, and a dry run reserves nothing."""
    dealer(cli)
    told = ("--site", "london", "--expires-at", "2100-01-01T00:00:00Z")
    assert cli.done("order", "place", "A=3:2", *told, "--dry-run", "--key", "x")["dry_run"] is True
    cli.done("order", "place", "A=3:2", *told, "--number", "O-1", "--key", "c-1")
    cli.done("order", "place", "A=3:2", *told, "--number", "O-2", "--key", "c-2")
    cli.done("pay", "6", "--order", "O-1", "--key", "p")
    cli.done("order", "fulfil", "O-1", "--key", "f")
    cli.done("order", "commit", "O-1", "--key", "k")
    cli.done("order", "cancel", "O-2", "--key", "x-2")

    assert cli.done("order", "show", "O-1")["status"] == "completed"
    statuses = {order["number"]: order["status"] for order in cli.done("order", "list")["orders"]}
    assert statuses == {"O-1": "completed", "O-2": "cancelled"}
    assert cli.done("stock", "A")["holdings"][0]["available"] == "7"


def test_who_waits_is_listed_and_offered(cli: CommandLine) -> None:
    """C18: a pending reservation tells what it waits for; `expire` offers what came free."""
    dealer(cli)
    cli.done("reserve", "A=12", "--site", "london", "--hold-seconds", "60", "--key", "w")
    (waiting,) = cli.done("reservations", "--status", "pending")["reservations"]
    assert waiting["wanted"] == [{"sku": "A", "quantity": "12"}]
    cli.done("receive", "A=2", "--site", "london", "--key", "more")

    assert cli.done("expire")["offered"] == [waiting["reservation"]]


def test_a_check_finds_and_repairs(cli: CommandLine, database: TestDatabase) -> None:
    """S8: damage by plain SQL is told with its remedy and another exit code; --fix repairs it."""
    dealer(cli)
    assert cli.done("check")["found"] == []
    query(database.admin_url, "UPDATE holding SET available = 8000000, reserved = 2000000 WHERE on_hand = 10000000")

    found = cli.run("check", "--json")
    fixed = cli.done("check", "--fix")

    assert found.code == 5
    assert [one["kind"] for one in found.json["found"]] == ["reserved_otherwise"]
    assert len(fixed["repaired"]) == 1
    assert cli.done("check")["found"] == []
    assert "Everything is as it should be." in cli.run("check").out


def test_what_is_typed_wrongly_is_refused(cli: CommandLine) -> None:
    """S5: lines without a price, prices that are none, unknown documents: a clear answer, and nothing is done."""
    dealer(cli)
    assert cli.run("invoice", "issue", "A=1", "--site", "london", "--json").refused == "PRICE_UNKNOWN"
    for line in ("A", "A=1:x", "A:1", "{", "A=1:1:1:1"):
        assert cli.run("invoice", "issue", line, "--site", "london", "--json").code == 2
    assert cli.run("pay", "1", "--invoice", "I-9", "--json").code == 1
    assert cli.run("pay", "1", "--json").code == 2
    assert cli.run("order", "show", "O-9", "--json").code == 1
    assert cli.run("serial", "show", "SN-9", "--json").code == 1


def test_what_is_not_told_of_a_line_is_the_items(cli: CommandLine) -> None:
    """C14: without price and rate a line has those of its item, on invoices and orders; the VAT report has both."""
    dealer(cli)
    cli.done("define", "--item", "A", "--price", "2.55", "--vat-rate", "20", "--key", "price")
    cli.done("invoice", "issue", "A=3", "A=1:1", "A=1:1:5.5", "--site", "london", "--number", "I-1", "--key", "i")
    cli.done(
        *("order", "place", "A=1", "--site", "london", "--expires-at", "2100-01-01T00:00:00Z"),
        *("--number", "O-1", "--key", "c"),
    )
    cli.done("pay", "2.55", "--order", "O-1", "--key", "p")

    lines = cli.done("invoice", "show", "I-1")["lines"]
    report = cli.done("vat-report", "--since", "2000-01-01", "--until", "2100-01-01")

    assert [(line["price"], line["vat_rate"]) for line in lines] == [("2.55", "20"), ("1.00", "20"), ("1.00", "5.5")]
    # 8.65 hold 1.44 and 2.55 hold 0.43 at 20 percent; 1.00 holds 0.05 at 5.5.
    assert [(rate["vat_rate"], rate["vat"], rate["gross"]) for rate in report["rates"]] == [
        ("5.5", "0.05", "1.00"),
        ("20", "1.87", "11.20"),
    ]
    assert {told["documents"]: told["gross"] for told in report["charges"]} == {"invoices": "9.65", "orders": "2.55"}
    assert "invoices" in cli.run("vat-report", "--since", "2000-01-01", "--until", "2100-01-01").out


def test_a_cart_becomes_an_invoice(cli: CommandLine) -> None:
    """S6: `invoice issue --cart` takes the reservation of a cart over; with other lines it is refused."""
    dealer(cli)
    serial = '{"sku": "M", "quantity": "1", "unit": "SN-1"}'
    cli.done("reserve", "A=2", serial, "--site", "london", "--document", "cart:7", "--key", "c")
    (cart,) = [str(line["reservation"]) for line in cli.done("reservations")["reservations"]]
    sold = ("A=2:1", '{"sku": "M", "unit": "SN-1", "price": "9"}')
    told = ("--cart", cart, "--site", "london", "--number", "I-1")

    assert cli.run("invoice", "issue", "A=3:1", sold[1], *told, "--json").refused == "RESERVATION_DIFFERS"
    cli.done("invoice", "issue", *sold, *told, "--key", "i")

    assert cli.done("serial", "show", "SN-1")["document"] == ["invoice", "I-1"]
    assert cli.done("reservations")["reservations"][0]["document"] == {"type": "invoice", "id": "I-1"}
    assert cli.run("invoice", "issue", *sold, *told, "--json").refused == "DOCUMENT_EXISTS"


def test_what_no_list_can_have_is_refused(cli: CommandLine) -> None:
    """C1, S1, S5: a status that there is not, an unknown item or site: told, rather than an empty list."""
    dealer(cli)
    for verbs in (("invoice", "list"), ("order", "list"), ("serial", "list"), ("reservations",)):
        told = cli.run(*verbs, "--status", "lost", "--json")
        assert (told.code, told.refused) == (2, "INVALID_COMMAND"), verbs
        assert "status is one of" in told.out
    assert cli.run("serial", "list", "--sku", "X", "--json").refused == "UNKNOWN_ITEM"
    assert cli.run("serial", "list", "--site", "york", "--json").refused == "UNKNOWN_SITE"


def test_money_is_in_whole_cents_and_above_nothing(cli: CommandLine) -> None:
    """S5: a payment of a part of a cent, or of nothing where something is due, is refused; a free invoice takes it."""
    dealer(cli)
    cli.done("invoice", "issue", "A=1:1", "--site", "london", "--number", "I-1", "--key", "i-1")
    cli.done("invoice", "issue", "A=1:0", "--site", "london", "--number", "I-2", "--key", "i-2")

    for amount in ("0.001", "0"):
        assert cli.run("pay", amount, "--invoice", "I-1", "--json").refused == "INVALID_COMMAND"
    assert cli.run("refund", "0", "--invoice", "I-1", "--json").refused == "INVALID_COMMAND"
    cli.done("pay", "0", "--invoice", "I-2", "--key", "p-2")
    cli.done("pay", "0.99", "--invoice", "I-1", "--key", "p-1")
    cli.done("pay", "--invoice", "I-1", "--key", "p-3")  # what is due

    assert {found["status"] for found in cli.done("invoice", "list")["invoices"]} == {"paid"}
