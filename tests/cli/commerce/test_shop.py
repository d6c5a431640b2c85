"""The verbs of the shop."""

import pytest

from tests.cli.command_line import CommandLine


def shop(cli: CommandLine) -> None:
    """Make a shop with a priced mug, and a tea without a price."""
    cli.done("configure", "time_zone=Europe/London", "currency=GBP", "--key", "settings")
    cli.done(
        *("define", "--site", "london", "--item", "MUG=Blue mug", "--price", "2.55", "--vat-rate", "20"),
        *("--barcode", "501", "--key", "mug"),
    )
    cli.done("define", "--item", "TEA", "--key", "tea")
    cli.done("receive", "--site", "london", "MUG=10", "TEA=10", "--key", "po")


def test_a_sale_with_a_receipt(cli: CommandLine) -> None:
    """C6: `sell --receipt` prints the receipt, and `receipt` shows it again."""
    shop(cli)

    sale = cli.done("sell", "--site", "london", "MUG=3", "TEA=1", "--receipt", "--price", "TEA=3.50", "--key", "t-1")
    shown = cli.run("receipt", "1")

    assert cli.done("receipt", "1") == sale["receipt"]
    assert (sale["receipt"]["net"], sale["receipt"]["vat"], sale["receipt"]["gross"]) == ("9.87", "1.28", "11.15")
    assert [line["price"] for line in sale["receipt"]["lines"]] == ["2.55", "3.50"]
    assert shown.code == 0
    assert "11.15" in shown.out
    assert [receipt["number"] for receipt in cli.done("receipt")["receipts"]] == [1]
    assert cli.available("MUG") == "7"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("sell", "--site", "london", "TEA=1", "--receipt"), "PRICE_UNKNOWN"),
        (("sell", "--site", "london", "TEA=1", "--price", "TEA=1,50"), "INVALID_COMMAND"),
        (("sell", "--site", "london", "TEA=1", "--price", "MUG=1"), "INVALID_COMMAND"),
        (("sell", "--site", "london", "MUG=11", "--receipt"), "INSUFFICIENT_INVENTORY"),
        (("receipt", "7"), "RECEIPT_NOT_FOUND"),
        (("vat-report", "--since", "2026-01-02", "--until", "2026-01-01"), "INVALID_COMMAND"),
        (("vat-report", "--since", "today", "--until", "2026-01-01"), "INVALID_TIME"),
        (("define", "--item", "TEA", "--barcode", "501"), "BARCODE_TAKEN"),
        (("define", "--item", "TEA", "--vat-rate", "120"), "INVALID_COMMAND"),
        (("configure", "time_zone=Mars"), "INVALID_COMMAND"),
        (("variants", "T", "--option", "size=S", "--option", "size=M"), "INVALID_COMMAND"),
    ],
)
def test_what_the_shop_refuses(cli: CommandLine, arguments: tuple[str, ...], code: str) -> None:
    """C6, C14: bad input gets a clear refusal and changes nothing."""
    shop(cli)
    before = cli.done("postings")["postings"]

    result = cli.run(*arguments, "--json")

    assert result.code != 0
    assert result.refused == code
    assert cli.done("postings")["postings"] == before


def test_a_vat_report(cli: CommandLine) -> None:
    """C14: `vat-report` adds up what the receipts of some days state."""
    shop(cli)
    for number in range(3):
        told = ("--occurred-at", f"2026-01-1{number}T12:00:00Z", "--key", f"t-{number}")
        cli.done("sell", "--site", "london", "MUG=1", "--receipt", *told)

    report = cli.done("vat-report", "--since", "2026-01-10", "--until", "2026-01-11")

    assert report["rates"] == [{"vat_rate": "20", "net": "4.24", "vat": "0.86", "gross": "5.10"}]
    assert (report["net"], report["vat"], report["gross"]) == ("4.24", "0.86", "5.10")
    assert "5.10" in cli.run("vat-report", "--since", "2026-01-10", "--until", "2026-01-11").out


def test_a_return_with_a_receipt(cli: CommandLine) -> None:
    """C17, C14: `return --receipt` decides where goods go, and gives back what was paid; the VAT report is right."""
    shop(cli)
    cli.done("sell", "--site", "london", "MUG=3", "--price", "MUG=2.00", "--key", "t-1")

    back = cli.done("return", "--site", "london", "MUG=1", "--price", "MUG=2", "--state", "defective", "--key", "t-2")
    report = cli.done("vat-report", "--since", "2000-01-01", "--until", "2100-01-01")

    assert (back["receipt"]["number"], back["receipt"]["gross"], back["receipt"]["vat"]) == (2, "-2.00", "-0.33")
    assert (report["vat"], report["gross"]) == ("0.67", "4.00")
    assert cli.done("stock", "MUG")["holdings"][0]["defective"] == "1"
    assert "-2.00" in cli.run("receipt", "2").out
    assert cli.run("return", "--site", "london", "TEA=1", "--receipt", "--json").refused == "PRICE_UNKNOWN"


def test_variants_and_finding_them(cli: CommandLine) -> None:
    """C12: `variants` makes an item of each combination, and `find` shows them."""
    cli.done("variants", "T", "--name", "Shirt", "--option", "size=S,M", "--option", "colour=red,blue", "--key", "1")

    found = cli.done("find", "shirt bl")

    assert [item["sku"] for item in found["items"]] == ["T-S-blue", "T-M-blue"]
    assert found["items"][0]["options"] == {"size": "S", "colour": "blue"}
    assert cli.done("find", "zzz") == {"items": []}
    assert "Nothing." in cli.run("find", "zzz").out


def test_settings(cli: CommandLine) -> None:
    """S9: `settings` tells what was chosen and what holds otherwise."""
    cli.done("configure", "time_zone=Europe/London", "--key", "1")

    assert cli.done("settings") == {"time_zone": "Europe/London", "currency": "EUR"}
    assert "Europe/London" in cli.run("settings").out


def test_totals_and_live_numbers(cli: CommandLine) -> None:
    """C10: `totals` reads the journal on and shows products; `live` asks the holdings of many items at once."""
    cli.done("variants", "T", "--option", "size=S,M", "--key", "v")
    cli.done("define", "--site", "london", "--key", "s")
    cli.done("receive", "--site", "london", "T-S=3", "T-M=4", "--key", "po-1")

    totals = cli.done("totals", "T")

    assert [(line["product"], line["available"]) for line in totals["products"]] == [("T", "7")]
    assert cli.done("totals", "--rebuild") == totals
    assert [item["available"] for item in cli.done("live", "T-M", "T-S")["items"]] == ["4", "3"]
    assert "7" in cli.run("totals").out
    assert cli.run("live", "X", "--json").refused == "UNKNOWN_ITEM"
