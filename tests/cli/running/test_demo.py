"""The demo: what a newcomer sees first."""

from tests.cli.command_line import CommandLine


def test_the_demo_shows_the_ledger_at_work(cli: CommandLine) -> None:
    """The demo works concurrently on an org of its own, refuses what is not there, proves itself and stays there."""
    shown = cli.run("demo")

    assert shown.code == 0, shown.err
    for words in (
        "12 carts got one, 48 were told no; not one too many",
        "24 mugs were sent, 20 came, then 2; 2 are written off",
        "71 mugs where 72 should be; the ledger follows",
        "answered from the journal",
        "the cascade undoes",
        "MUG at cafe-north: 71 on hand, because:",
        "every balance follows from them",
        "ONHAND_ORG=demo-1",
    ):
        assert words in shown.out, words
    (mugs,) = cli.done("stock", "MUG", "--site", "cafe-north", "--org", "demo-1")["holdings"]
    assert (mugs["on_hand"], mugs["available"]) == ("71", "71")
    assert cli.done("stock")["holdings"] == []


def test_each_demo_has_an_org_of_its_own(cli: CommandLine) -> None:
    """The demo can be run again and again; every run comes to the same stock."""
    first = cli.done("demo")
    second = cli.done("demo")

    assert (first["org"], second["org"]) == ("demo-1", "demo-2")
    figures = [
        {(holding["site"], holding["sku"], holding["lot"]): holding["on_hand"] for holding in run["holdings"]}
        for run in (first, second)
    ]
    assert figures[0] == figures[1]
    assert (first["refused"], first["postings"]) == (second["refused"], second["postings"]) == (49, 82)
    assert first["verification"]["ok"]
    assert len(first["steps"]) == 11


def test_what_the_demo_suggests_can_be_run(cli: CommandLine) -> None:
    """Each command that the demo suggests does what is said of it."""
    cli.done("demo")

    explained = cli.done("explain", "GIFT-BOX", "--site", "web-shop", "--org", "demo-1")
    life = cli.done("trail", "--item", "OAT-MILK", "--lot", "MILK-EARLY", "--org", "demo-1")
    past = cli.done("at", "11", "--org", "demo-1")
    plan = cli.done("revert", "9", "--plan", "--org", "demo-1")
    no = cli.run("sell", "--site", "web-shop", "GIFT-BOX=99", "--org", "demo-1", "--json")

    assert explained["total"] == "3"
    assert life["trail"][0]["kind"] == "receive"
    assert past["number"] == 11
    assert [blocker["kind"] for blocker in plan["blockers"]] == ["arrive", "arrive"]
    assert no.refused == "INSUFFICIENT_INVENTORY"
