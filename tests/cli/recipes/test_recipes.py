"""The verbs of recipes, as they are typed."""

import pytest

from onhand.cli.exits import Exit
from tests.cli.command_line import CommandLine


@pytest.fixture
def cafe(cli: CommandLine) -> CommandLine:
    """A cafe with flour and boxes that sells buns."""
    cli.done("define", "--site", "soho", "--item", "FLOUR", "--measure", "kg", "--key", "1")
    cli.done("define", "--item", "BOX", "--key", "2")
    cli.done("recipe", "BUN=Bun", "Flour=100 g", "Box=1", "--key", "3")
    cli.done("mapping", "--site", "soho", "Flour/g=FLOUR", "Box/piece=BOX 1", "--key", "4")
    cli.done("receive", "--site", "soho", "FLOUR=1", "BOX=5", "--key", "5")
    return cli


def test_a_sale_from_recipe_to_void(cafe: CommandLine) -> None:
    """R1, R9, R10, R20: recipe, mapping, deduct, deduction, used and void do as they are told."""
    sale = cafe.done("deduct", "t-1", "BUN=2=Sweet bun", "BUN=1", "--site", "soho", "--key", "6")
    short = cafe.run("deduct", "t-2", "BUN=3", "--site", "soho", "--key", "7", "--json")
    cafe.done("void", "t-1", "--site", "soho", "--line", "1", "--reason", "cold", "--key", "8")
    trail = cafe.done("deduction", "t-1", "--site", "soho")
    used = cafe.done("used", "BOX", "--site", "soho")["uses"]

    assert {line["sku"]: line["quantity"] for line in sale["movements"]} == {"FLOUR": "0.3", "BOX": "3"}
    assert (short.code, short.refused) == (Exit.REFUSED, "INSUFFICIENT_INGREDIENTS")
    assert short.json["refused"]["facts"]["errors"] == ["Bun - Box: Need 3, Have 2 (Short: 1)"]
    assert [(item["name"], item["status"]) for item in trail["items"]] == [("Sweet bun", "voided"), ("Bun", "deducted")]
    assert [use["quantity"] for use in used] == ["-2", "3"]
    assert "Sweet bun 2, voided" in cafe.run("deduction", "t-1", "--site", "soho").out
    assert "void" in cafe.run("used", "BOX", "--site", "soho").out
    assert cafe.available("BOX", "soho") == "4"


def test_the_queue(cafe: CommandLine) -> None:
    """R12, R13, R14: queue, list, sync, approve and reject, each with what it says."""
    for number, count in enumerate((1, 9, 8), start=1):
        told = ("--site", "soho", "--device", "till-1", "--sequence", str(number), "--key", f"q{number}")
        cafe.done("offline", "queue", f"t-{number}", f"BUN={count}", *told)
    assert cafe.done("offline", "sync", "--site", "soho", "--dry-run") == {"pending": 3, "dry_run": True}
    assert cafe.done("offline", "sync", "--site", "soho")["synced"] == 1
    short = cafe.done("offline", "list", "--status", "insufficient_stock")["offline_sales"]
    cafe.done("receive", "--site", "soho", "BOX=9", "FLOUR=1", "--key", "more")
    cafe.done("offline", "approve", str(short[0]["id"]), "--reason", "delivered", "--key", "a")
    cafe.done("offline", "reject", str(short[1]["id"]), "--reason", "a test", "--key", "r")
    without = cafe.run("offline", "reject", str(short[1]["id"]), "--key", "r2", "--json")

    listed = cafe.done("offline", "list", "--site", "soho")["offline_sales"]
    assert {sale["transaction"]: sale["status"] for sale in listed} == {
        "t-1": "synced",
        "t-2": "approved",
        "t-3": "rejected",
    }
    assert short[0]["errors"] == ["Bun - Box: Need 9, Have 4 (Short: 5)"]
    assert without.refused == "REASON_REQUIRED"
    assert "a test" in cafe.run("offline", "list").out


def test_health_metrics_and_variance(cafe: CommandLine) -> None:
    """R17, R18: health ends with 0 unless something is critical; metrics are told for people, programs and scrapers."""
    cafe.done("deduct", "t-1", "BUN=1", "--site", "soho", "--key", "6")
    cafe.done("count", "--site", "soho", "BOX=3", "--key", "7")

    assert cafe.done("health")["status"] == "healthy"
    assert "cross-store deductions" in cafe.run("health").out
    (site,) = cafe.done("metrics")["sites"]
    assert (site["site"], site["deducted"], site["refused"]) == ("soho", 1, 0)
    assert "soho" in cafe.run("metrics").out
    assert 'onhand_deductions_total{site="soho"} 1' in cafe.run("metrics", "--prometheus").out
    (variance,) = cafe.done("variance", "--site", "soho")["variances"]
    assert (variance["booked"], variance["counted"], variance["difference"]) == ("4", "3", "-1")
    assert "-1" in cafe.run("variance", "--site", "soho", "BOX").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("recipe", "BUN", "Flour"),
        ("recipe", "BUN", "Flour=x g"),
        ("recipe", "BUN", "Flour=1 g ~x"),
        ("recipe", "BUN", "Flour=1 g", "--makes", "1"),
        ("mapping", "--site", "soho", "Flour=FLOUR"),
        ("mapping", "--site", "soho", "Flour/g=FLOUR 1/0"),
        ("deduct", "t", "BUN", "--site", "soho"),
        ("deduct", "t", "BUN=1e3", "--site", "soho"),
        ("void", "t", "--site", "soho", "--line", "x", "--reason", "r"),
        ("offline", "list", "--status", "lost"),
        ("offline", "approve", "x"),
    ],
)
def test_odd_arguments_are_refused(cli: CommandLine, arguments: tuple[str, ...]) -> None:
    """R1: what is not well formed is said in a sentence, with the exit code for it."""
    result = cli.run(*arguments, "--json")

    assert result.code == Exit.MALFORMED, result.out + result.err
    assert result.refused in {"INVALID_COMMAND", "INVALID_RATIO", "INVALID_QUANTITY"}
