"""The questions of costs on the command line."""

from tests.cli.command_line import CommandLine


def test_what_stock_is_worth(cli: CommandLine) -> None:
    """B30, C14: `receive --unit-cost` tells the cost, `sell` shows what went, `valuation` and `cost-report` add up."""
    cli.done("define", "--site", "london", "--item", "MUG", "--key", "mug")
    cli.done("receive", "--site", "london", "MUG=10", "--unit-cost", "1.005", "--key", "po-1")

    sale = cli.done("sell", "--site", "london", "MUG=3", "--key", "t-1")

    (movement,) = sale["movements"]
    assert (movement["value"], movement["value_held"], movement["unit_cost"]) == ("3.015", "7.035", "1.005")
    (holding,) = cli.done("stock", "MUG")["holdings"]
    assert (holding["value"], holding["unit_cost"]) == ("7.035", "1.005")
    assert cli.done("valuation")["value"] == "7.035"
    assert cli.done("valuation", "--at", "2")["value"] == "10.05"
    report = cli.done("cost-report", "1")
    assert (report["opening"], report["closing"]) == ("0.00", "7.035")
    assert report["lines"] == [
        {"kind": "receive", "end": "supplier", "value_in": "10.05", "value_out": "0.00"},
        {"kind": "sell", "end": "customer", "value_in": "0.00", "value_out": "3.015"},
    ]


def test_serials_have_their_own_cost(cli: CommandLine) -> None:
    """S1, C14: each single item goes at what it cost, not at the average of its kind."""
    cli.done("define", "--site", "london", "--item", "SAX", "--key", "sax")
    cli.done("serial", "receive", "SAX", "S-1", "--site", "london", "--unit-cost", "900", "--key", "in-1")
    cli.done("serial", "receive", "SAX", "S-2", "--site", "london", "--unit-cost", "1100", "--key", "in-2")

    sale = cli.done("sell", "--site", "london", '{"sku": "SAX", "quantity": "1", "unit": "S-2"}', "--key", "t-1")

    assert sale["movements"][0]["value"] == "1100.00"
    assert cli.done("valuation")["value"] == "900.00"


def test_what_came_is_told_its_cost(cli: CommandLine) -> None:
    """B26, C14: ordered goods are worth something when they come; a cost without lines is refused, not lost."""
    cli.done("define", "--site", "london", "--item", "MUG", "--key", "mug")
    ordered = cli.done("order-incoming", "--site", "london", "MUG=10", "--key", "order")
    assert cli.done("valuation")["value"] == "0.00"

    refused = cli.run("receive-incoming", str(ordered["purchase"]), "--unit-cost", "2", "--key", "came", "--json")
    cli.done("receive-incoming", str(ordered["purchase"]), "MUG=10", "--unit-cost", "2", "--key", "came")

    assert refused.refused == "INVALID_COMMAND"
    assert cli.done("valuation")["value"] == "20.00"
