"""The verbs that write."""

import re

import pytest

from tests.cli.command_line import CommandLine

_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?")


def test_a_posting_is_told_whole(cli: CommandLine) -> None:
    """B25: who, when, why and for which document stand in every posting, and so does every balance after it."""
    cli.stocked()

    sale = cli.done(
        *("sell", "--site", "london", "A=6", "B=1", "--key", "till-7/123", "--actor", "ann", "--reason", "a sale"),
        *("--document", "invoice:536365", "--occurred-at", "2026-01-31T09:30:00+01:00"),
    )

    assert sale["number"] == 3
    assert sale["kind"] == "sell"
    assert sale["key"] == "till-7/123"
    assert sale["actor"] == "ann"
    assert sale["reason"] == "a sale"
    assert sale["document"] == {"type": "invoice", "id": "536365"}
    assert sale["occurred_at"] == "2026-01-31T08:30:00.000000+00:00"
    assert sale["replayed"] is False
    assert sale["dry_run"] is False
    assert len(sale["hash"]) == 64
    first, second = sale["movements"]
    assert (first["site"], first["sku"], first["from"], first["to"], first["quantity"]) == (
        *("london", "A", "available", "customer", "6"),
    )
    assert second["lot"] == "L1"
    assert second["balances"]["on_hand"] == "1.5"


def test_quantities_are_plain_decimals(cli: CommandLine) -> None:
    """Every quantity of a JSON document is text in the one plain spelling, also in changes."""
    cli.stocked()

    count = cli.done("count", "--site", "london", "A=9.5", "--key", "c")
    reservation = cli.done("reserve", "--site", "london", "A=0.000001", "--key", "r")

    texts = [quantity for line in count["movements"] for quantity in [line["quantity"], *line["balances"].values()]]
    assert all(_DECIMAL.fullmatch(text) for text in texts)
    assert [change["after"] for change in count["changes"]] == [{"counted": "9.5", "on_hand": "10"}]
    (made,) = [change["after"] for change in reservation["changes"] if change["entity"] == "reservation"]
    assert made["lines"] == [{"holding": reservation["movements"][0]["holding"], "quantity": "0.000001"}]


def test_the_same_key_acts_once(cli: CommandLine) -> None:
    """A retry with the same key is answered from the journal; other content under it is refused."""
    cli.stocked()
    first = cli.done("sell", "--site", "london", "A=6", "--key", "k")

    again = cli.done("sell", "--site", "london", "A=6", "--key", "k")
    other = cli.run("sell", "--site", "london", "A=7", "--key", "k", "--json")

    assert again == {**first, "replayed": True}
    assert (other.code, other.refused) == (1, "IDEMPOTENCY_KEY_REUSED")
    assert cli.available("A") == "4"


def test_a_key_that_is_made_up_is_told(cli: CommandLine) -> None:
    """Without a key one is made up and told on stderr, so that a retry can use it; it never stands on stdout alone."""
    cli.stocked()

    result = cli.run("sell", "--site", "london", "A=1", "--json")

    key = result.err.strip().removeprefix("for a retry: --key ")
    assert result.json["key"] == key
    assert cli.done("sell", "--site", "london", "A=1", "--key", key)["replayed"]


def test_a_promise_is_kept_in_part_and_taken_back(cli: CommandLine) -> None:
    """Goods are reserved, handed over in part, and the rest is released."""
    cli.stocked()

    number = str(cli.done("reserve", "--site", "london", "A=5", "--key", "r", "--priority", "3")["reservation"])
    cli.done("commit", number, "A=2", "--key", "c")
    waiting = cli.done("reservations", "--site", "london", "--status", "active")["reservations"]
    cli.done("release", number, "--key", "l")

    shown = cli.run("trail", "reservation", number)

    assert f"reservation {number} committed in part; 3 wait" in shown.out
    assert [(line["reservation"], line["priority"]) for line in waiting] == [(int(number), 3)]
    assert [(line["sku"], line["quantity"]) for line in waiting[0]["lines"]] == [("A", "3")]
    assert cli.available("A") == "8"


def test_only_time_expires_a_promise(cli: CommandLine) -> None:
    """A reservation that is still valid cannot be expired; those that are due are listed, and there are none."""
    cli.stocked()
    until = "2126-01-31T09:30:00Z"
    number = str(cli.done("reserve", "--site", "london", "A=5", "--key", "r", "--expires-at", until)["reservation"])

    early = cli.run("expire", number, "--key", "e", "--json")
    passed = cli.run("reserve", "--site", "london", "A=1", "--expires-at", "2001-01-31T09:30:00Z", "--json")

    assert (early.code, early.refused) == (1, "RESERVATION_NOT_EXPIRED")
    assert (passed.code, passed.refused) == (2, "INVALID_TIME")
    assert cli.done("expire") == {"released": [], "offered": [], "dry_run": False}
    assert cli.done("expire", "--dry-run") == {"released": [], "offered": [], "dry_run": True}


def test_a_transfer_comes_in_parts(cli: CommandLine) -> None:
    """Goods in transit are incoming until they arrive; what never comes is written off with a reason."""
    cli.stocked()

    sent = cli.done("transfer", "--site", "london", "--to", "paris", "A=6", "--in-transit", "--key", "t")
    number = str(sent["transfer"])
    cli.done("arrive", number, "A=4", "--key", "a1")
    unexplained = cli.run("arrive", number, "A=1", "--close", "--key", "a2", "--json")
    in_part = cli.run("arrive", number, "A=4", "--key", "a1").out
    closed = cli.run("arrive", number, "A=1", "--close", "--key", "a3", "--reason", "broken").out

    assert unexplained.refused == "REASON_REQUIRED"
    assert f"transfer {number} received in part; 2 wait" in in_part
    assert f"transfer {number} received\n" in closed
    assert cli.available("A", "paris") == "5"
    assert cli.available("A", "london") == "4"


def test_goods_move_between_locations_and_states(cli: CommandLine) -> None:
    """Goods go to a shelf of the same site, to quarantine with a reason, and come back from a customer defective."""
    cli.stocked()
    cli.done("define", "--location", "london/A-1", "--key", "shelf")

    cli.done("transfer", "--site", "london", "--to", "london", "--to-location", "A-1", "A=4", "--key", "t")
    cli.done(
        "move", "--site", "london", "--to", "quarantine", "--location", "A-1", "A=3", "--key", "m", "--reason", "wet"
    )
    cli.done("return", "--site", "london", "--state", "defective", "A=2", "--key", "b")

    holdings = cli.done("stock", "A")["holdings"]
    assert {
        (holding["location"], holding["available"], holding["quarantine"], holding["defective"]) for holding in holdings
    } == {(None, "6", "0", "2"), ("A-1", "1", "3", "0")}


def test_the_ledger_is_corrected(cli: CommandLine) -> None:
    """An adjustment has a sign and a reason; a count brings the ledger to what is there."""
    cli.stocked()

    without_reason = cli.run("adjust", "--site", "london", "A=-2", "--json")
    cli.done("adjust", "--site", "london", "A=-2", "B@L1=1", "--key", "a", "--reason", "found and lost")
    cli.done("count", "--site", "london", "A=7", "--key", "c")

    assert (without_reason.code, without_reason.refused) == (1, "REASON_REQUIRED")
    assert (cli.available("A"), cli.available("B")) == ("7", "3.5")


def test_below_zero_only_by_policy(cli: CommandLine) -> None:
    """B28: stock falls below zero only where an explicit policy of item and site allows it, down to its limit."""
    cli.stocked()

    forbidden = cli.run("sell", "--site", "london", "A=12", "--json")
    policy = cli.done("allow-negative", "--site", "london", "A=5", "--key", "p")
    cli.done("sell", "--site", "london", "A=12", "--key", "s")
    too_deep = cli.run("sell", "--site", "london", "A=4", "--json")

    assert forbidden.refused == too_deep.refused == "INSUFFICIENT_INVENTORY"
    assert policy["changes"][0]["after"]["floor"] == "-5"
    assert cli.available("A") == "-2"


def test_lots_get_codes_and_are_picked_by_date(cli: CommandLine) -> None:
    """A new lot gets the next code of its day; what ends first is sold first, unless a lot is named."""
    cli.stocked()
    late = ("receive", "--site", "london", "A@LATE=1", "--expires-on", "2027-02-01", "--key", "late")
    early = (
        "receive",
        "--site",
        "london",
        "A@new=1",
        "--expires-on",
        "2027-01-01",
        "--day",
        "2026-01-31",
        "--key",
        "early",
    )

    cli.done(*late)
    given = cli.done(*early)["movements"][0]["lot"]
    picked = cli.done("sell", "--site", "london", "A=1", "--key", "s1")["movements"][0]["lot"]
    named = cli.done("sell", "--site", "london", "A@LATE=1", "--key", "s2")["movements"][0]["lot"]

    assert given == picked == "LOT-20260131-001"
    assert named == "LATE"


def test_a_line_can_tell_all_as_json(cli: CommandLine) -> None:
    """A line as JSON names what the short form cannot: a unit, a version, a sku with any character."""
    cli.done("define", "--site", "london", "--key", "d")
    cli.done("define", "--item", "a@b", "--key", "i")

    received = cli.done("receive", "--site", "london", '{"sku": "a@b", "quantity": "1", "unit": "S-1"}', "--key", "r")
    late = cli.run("sell", "--site", "london", '{"sku": "a@b", "quantity": "1", "version": 7}', "--json")

    assert received["movements"][0]["unit"] == "S-1"
    assert late.refused == "VERSION_CONFLICT"


def test_an_item_is_defined_in_full(cli: CommandLine) -> None:
    """Products, variants, measures and pick policies can be told; telling them again changes nothing."""
    define = ("define", "--product", "tee=T-shirt", "--item", "TEE-M=Medium", "--of", "tee", "--measure", "kg")

    first = cli.done(*define, "--pick-policy", "lifo", "--key", "d1")
    again = cli.done(*define, "--pick-policy", "lifo", "--key", "d2")
    nothing = cli.run("define", "--json")

    (item,) = [change["after"] for change in first["changes"] if change["entity"] == "item"]
    assert (item["sku"], item["name"], item["measure"], item["pick_policy"]) == ("TEE-M", "Medium", "kg", "lifo")
    assert again["changes"] == []
    assert (nothing.code, nothing.refused) == (2, "INVALID_COMMAND")


@pytest.mark.parametrize(
    "act",
    [
        ("receive", "--site", "london", "A=1"),
        ("sell", "--site", "london", "A=1"),
        ("return", "--site", "london", "A=1"),
        ("reserve", "--site", "london", "A=1"),
        ("transfer", "--site", "london", "--to", "paris", "A=1"),
        ("move", "--site", "london", "--to", "hold", "--reason", "x", "A=1"),
        ("adjust", "--site", "london", "--reason", "x", "A=1"),
        ("count", "--site", "london", "A=1"),
        ("allow-negative", "--site", "london", "A=1"),
        ("define", "--item", "C"),
        ("revert", "2"),
    ],
)
def test_a_dry_run_tells_all_and_writes_nothing(cli: CommandLine, act: tuple[str, ...]) -> None:
    """B4: a dry run of every write gives the very posting that the act then makes, and writes nothing."""
    cli.stocked()

    planned = cli.done(*act, "--dry-run", "--key", "k")
    postings = cli.postings()
    made = cli.done(*act, "--key", "k")

    assert postings == 2
    assert (planned["dry_run"], made["dry_run"], made["replayed"]) == (True, False, False)
    assert [planned[name] for name in ("number", "movements")] == [made[name] for name in ("number", "movements")]
    assert len(planned["changes"]) == len(made["changes"])


def test_a_dry_run_gives_the_refusal(cli: CommandLine) -> None:
    """B4: a dry run gives the refusal that the act would get."""
    cli.stocked()

    planned = cli.run("sell", "--site", "london", "A=11", "B=3", "--key", "k", "--dry-run", "--json")
    made = cli.run("sell", "--site", "london", "A=11", "B=3", "--key", "k", "--json")

    assert planned.json == made.json
    assert [shortage["sku"] for shortage in made.json["refused"]["facts"]["shortages"]] == ["A", "B"]


def test_a_revert_is_planned_blocked_and_cascaded(cli: CommandLine) -> None:
    """B6: the plan lists what blocks a revert, newest first; one command reverts all of it."""
    cli.stocked()
    cli.done("sell", "--site", "london", "A=6", "--key", "s1", "--reason", "first", "--actor", "ann")
    cli.done("sell", "--site", "london", "A=4", "--key", "s2", "--document", "invoice:9")

    plan = cli.done("revert", "2", "--plan")
    blocked = cli.run("revert", "2", "--key", "v1", "--json")
    shown = cli.run("revert", "2", "--plan")
    undone = cli.done("revert", "2", "--cascade", "--key", "v2", "--reason", "never came")

    assert [blocker["posting"] for blocker in plan["blockers"]] == [4, 3]
    assert (plan["blockers"][0]["document"], plan["blockers"][1]["by"]) == ("9", "ann")
    assert plan["undoes"] == undone["reverts"] == [4, 3, 2]
    assert plan["plan"]["movements"] == undone["movements"]
    assert (plan["plan"]["key"], "key" in shown.out) == (None, False)
    assert (blocked.code, blocked.refused) == (1, "REVERT_BLOCKED")
    assert "stand in the way" in shown.out
    assert "4  sell" in shown.out
    assert cli.available("A") == "0"


def test_a_plan_without_blockers_says_so(cli: CommandLine) -> None:
    """B6: where nothing stands in the way, the plan says so and still writes nothing."""
    cli.stocked()

    plan = cli.done("revert", "2", "--plan")
    shown = cli.run("revert", "2", "--plan")

    assert (plan["blockers"], plan["undoes"]) == ([], [2])
    assert "Nothing stands in the way of undoing 2." in shown.out
    assert cli.postings() == 2
