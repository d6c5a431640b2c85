"""The verbs that ask."""

import re
from pathlib import Path

import psycopg
import pytest

from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase


def test_stock_comes_in_pages(cli: CommandLine) -> None:
    """A page tells the cursor of the next one; the last page tells none."""
    cli.stocked()

    first = cli.done("stock", "--limit", "1")
    second = cli.done("stock", "--limit", "1", "--after", first["after"])
    shown = cli.run("stock", "--limit", "1")

    assert [page["holdings"][0]["sku"] for page in (first, second)] == ["A", "B"]
    assert second["after"] is None
    assert f"--after {first['after']}" in shown.out


def test_stock_tells_balances_and_dates(cli: CommandLine) -> None:
    """A holding tells its place, lot, expiry, version, floor, and its balances by state and on hand."""
    cli.stocked()
    cli.done("receive", "--site", "paris", "B@L2=1", "--expires-on", "2027-01-31", "--key", "r")

    (holding,) = cli.done("stock", "B", "--site", "paris")["holdings"]

    assert (holding["site"], holding["sku"], holding["lot"], holding["expires_on"]) == (
        "paris",
        "B",
        "L2",
        "2027-01-31",
    )
    assert (holding["version"], holding["floor"], holding["available"], holding["on_hand"]) == (1, "0", "1", "1")


def test_the_journal_is_read(cli: CommandLine) -> None:
    """B25: postings and movements tell who, why and for which document, and can be asked for by them."""
    cli.stocked()
    cli.done("sell", "--site", "london", "A=1", "--key", "s", "--actor", "ann", "--reason", "why", "--document", "i:1")

    by_actor = cli.done("postings", "--actor", "ann")["postings"]
    by_document = cli.done("postings", "--document", "i:1")["postings"]
    newest = cli.done("postings", "--newest-first", "--limit", "1")["postings"]
    later = cli.done("postings", "--since", "1", "--until", "2")["postings"]
    movements = cli.done("movements", "A", "--kind", "sell")["movements"]
    of_posting = cli.done("movements", "--posting", "2")["movements"]
    shown = cli.done("show", "3")

    assert [line["number"] for line in by_actor] == [line["number"] for line in by_document] == [3]
    assert [line["number"] for line in newest] == [3]
    assert [line["number"] for line in later] == [2]
    assert [(line["number"], line["actor"], line["reason"], line["document"]) for line in movements] == [
        (3, "ann", "why", {"type": "i", "id": "1"})
    ]
    assert [(line["sku"], line["quantity"]) for line in of_posting] == [("A", "10"), ("B", "2.5")]
    assert (shown["number"], shown["kind"], shown["key"]) == (3, "sell", "s")


def test_a_number_is_explained(cli: CommandLine) -> None:
    """B3: a balance leads to the movements, who, why, for which document, and the running sum."""
    cli.stocked()
    cli.done("sell", "--site", "london", "A=6", "--key", "s", "--actor", "ann", "--document", "invoice:1")
    cli.done("adjust", "--site", "london", "A=-1", "--key", "a", "--reason", "broken")

    explanation = cli.done("explain", "A", "--site", "london")
    reserved = cli.done("explain", "A", "--site", "london", "--state", "reserved")
    last = cli.done("explain", "A", "--site", "london", "--limit", "1")
    earlier = cli.done("explain", "A", "--site", "london", "--before", last["earlier"])
    shown = cli.run("explain", "A", "--site", "london")

    assert explanation["total"] == "3"
    told = [(line["change"], line["total"], line["actor"], line["reason"]) for line in explanation["movements"]]
    assert told == [("10", "10", "tester", None), ("-6", "4", "ann", None), ("-1", "3", "tester", "broken")]
    assert explanation["movements"][1]["document"] == {"type": "invoice", "id": "1"}
    assert reserved["total"] == "0"
    assert (last["brought_forward"], earlier["total"]) == ("4", "4")
    assert "A at london: 3 on hand, because:" in shown.out


def test_the_past_is_told(cli: CommandLine) -> None:
    """B3: the stock after any posting or at any time, and what differs between two moments and by which postings."""
    cli.stocked()
    sale = cli.done("sell", "--site", "london", "A=6", "--key", "s")
    cli.done("sell", "--site", "london", "A=1", "--key", "s2")

    by_number = cli.done("at", "2", "A")
    by_time = cli.done("at", sale["recorded_at"].replace("+00:00", "Z"), "A")
    before_all = cli.done("at", "2001-01-01T00:00:00Z")
    difference = cli.done("difference", "2", "3")
    to_now = cli.done("difference", "2", "--item", "A")

    assert [holding["available"] for holding in by_number["holdings"]] == ["10"]
    assert [holding["available"] for holding in by_time["holdings"]] == ["4"]
    assert before_all["holdings"] == []
    (changed,) = difference["holdings"]
    assert (changed["before"]["available"], changed["after"]["available"], changed["change"]["available"]) == (
        *("10", "4", "-6"),
    )
    assert [line["number"] for line in changed["movements"]] == [3]
    assert (to_now["until"], to_now["holdings"][0]["change"]["on_hand"]) == (4, "-7")


def test_a_life_is_told(cli: CommandLine) -> None:
    """The trail of a reservation or of a lot tells each change and movement in the order of the journal."""
    cli.stocked()
    number = str(cli.done("reserve", "--site", "london", "B=1", "--key", "r")["reservation"])
    cli.done("release", number, "--key", "l")

    of_reservation = cli.done("trail", "reservation", number)["trail"]
    of_lot = cli.done("trail", "--item", "B", "--lot", "L1")["trail"]
    shown = cli.run("trail", "reservation", number)

    changes = [
        line["action"] for line in of_reservation if line["what"] == "change" and line["entity"] == "reservation"
    ]
    assert changes == ["created", "released"]
    assert [line["kind"] for line in of_lot if line["what"] == "movement"] == ["receive", "reserve", "release"]
    assert f"reservation {number} created" in shown.out


def test_a_sound_ledger_is_verified_and_sealed(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B8: a sound ledger verifies, and so it does against a head that was sealed before and kept elsewhere."""
    cli.stocked()
    monkeypatch.setenv("ONHAND_HOME", str(tmp_path / "home"))
    seal = tmp_path / "head.json"

    sealed = cli.done("verify", "--seal", str(seal))
    cli.done("sell", "--site", "london", "A=1", "--key", "s")
    later = cli.done("verify", "--against", str(seal))

    assert (sealed["ok"], sealed["postings"], sealed["findings"]) == (True, 2, [])
    assert (later["ok"], later["postings"]) == (True, 3)
    assert (tmp_path / "home" / "seal.key").stat().st_mode & 0o077 == 0


def test_a_head_that_was_signed_anew_is_found(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B8: whoever signs a head anew with another key is found by the public key that was told at the sealing."""
    cli.stocked()
    monkeypatch.setenv("ONHAND_HOME", str(tmp_path / "home"))
    first, second, anew, known = (tmp_path / name for name in ("1.seal", "2.seal", "anew.seal", "known.txt"))
    told = [cli.run("verify", "--seal", str(file)).err for file in (first, second)]
    stranger = cli.run("verify", "--seal", str(anew), "--seal-key", str(tmp_path / "stranger.key")).err
    public_keys = [re.findall("public key is ([0-9a-f]{64})", text)[0] for text in [*told, stranger]]
    known.write_text(f"{public_keys[0]}\n", encoding="utf-8")

    by_hex = cli.done("verify", "--against", str(first), "--public-key", public_keys[0])
    by_file = cli.done("verify", "--against", str(second), "--public-key", str(known))
    found = cli.run("verify", "--against", str(anew), "--public-key", str(known), "--json")

    assert by_hex["ok"]
    assert by_file["ok"]
    assert cli.done("verify", "--against", str(anew))["ok"]
    assert public_keys[0] == public_keys[1] != public_keys[2]
    assert (found.code, found.json["findings"][0]["code"]) == (5, "HEAD_FORGED")
    assert "another key" in found.json["findings"][0]["detail"]


def test_a_public_key_that_cannot_be_read_is_told(cli: CommandLine, tmp_path: Path) -> None:
    """A public key is 64 hexadecimal digits, or a file that holds them, and of no use without a head."""
    (tmp_path / "nonsense").write_text("11", encoding="utf-8")
    (tmp_path / "binary").write_bytes(b"\xff" * 32)

    for told in ("11", "x" * 64, "", str(tmp_path / "nonsense"), str(tmp_path / "binary"), str(tmp_path)):
        wrong = cli.run("verify", "--against", "head.json", "--public-key", told, "--json")
        assert (wrong.code, wrong.json["fault"]["code"]) == (2, "KEY_UNREADABLE"), told

    assert cli.run("verify", "--public-key", "11" * 32, "--json").refused == "INVALID_COMMAND"


def test_a_rewritten_ledger_is_found(cli: CommandLine, database: TestDatabase, tmp_path: Path) -> None:
    """B8: what somebody changes in the tables is found, with the first wrong posting; nothing is sealed then."""
    cli.stocked()
    with psycopg.connect(database.admin_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("UPDATE posting SET actor = 'nobody' WHERE number = 2")
    seal = tmp_path / "head.json"

    found = cli.run("verify", "--json")
    shown = cli.run("verify", "--seal", str(seal), "--seal-key", str(tmp_path / "key"))

    assert (found.code, found.json["ok"], found.json["findings"][0]["number"]) == (5, False, 2)
    assert (shown.code, seal.exists()) == (5, False)
    assert "Something is wrong" in shown.out


def test_a_head_of_another_journal_is_found(cli: CommandLine, tmp_path: Path) -> None:
    """B8: a journal that lost its end does not hold the head that was sealed; a file that is no head is told."""
    cli.stocked()
    seal, nonsense = tmp_path / "head.json", tmp_path / "nonsense.json"
    cli.done("verify", "--seal", str(seal), "--seal-key", str(tmp_path / "key"))
    seal.write_text(seal.read_text(encoding="utf-8").replace('"number": 2', '"number": 3'), encoding="utf-8")
    nonsense.write_text("{}", encoding="utf-8")

    forged = cli.run("verify", "--against", str(seal), "--json")
    unreadable = cli.run("verify", "--against", str(nonsense), "--json")
    missing = cli.run("verify", "--against", str(tmp_path / "none"), "--json")

    assert (forged.code, forged.json["findings"][0]["code"]) == (5, "HEAD_FORGED")
    assert [result.code for result in (unreadable, missing)] == [2, 2]
    assert unreadable.json["fault"]["code"] == "HEAD_UNREADABLE"


@pytest.mark.parametrize("question", ["stock", "movements", "postings", "reservations"])
def test_an_empty_ledger_answers(cli: CommandLine, question: str) -> None:
    """Where there is nothing, the answer says so."""
    document = cli.done(question)
    shown = cli.run(question)

    assert [document[name] for name in document if name != "after"] == [[]]
    assert shown.out == "Nothing.\n"


def test_what_is_known_is_listed(cli: CommandLine) -> None:
    """L14: sites, locations, products, items and customers are listed in the order of their codes, page by page."""
    cli.stocked()
    for name in ("MUG", "CUP"):
        cli.done("define", "--product", name, "--key", f"product/{name}")
    cli.done("define", "--location", "london/B-1", "--location", "london/A-1", "--key", "places")

    first = cli.done("items", "--limit", "1")
    second = cli.done("items", "--limit", "1", "--after", first["after"])

    assert [item["sku"] for item in (*first["items"], *second["items"])] == ["A", "B"]
    assert (first["items"][0]["name"], second["after"]) == ("Apple", None)
    assert [site["code"] for site in cli.done("sites")["sites"]] == ["london", "paris"]
    assert [product["code"] for product in cli.done("products")["products"]] == ["CUP", "MUG"]
    assert [place["code"] for place in cli.done("locations", "london")["locations"]] == ["A-1", "B-1"]
    assert cli.done("customers") == {"customers": [], "after": None}
    assert "There are no customers." in cli.run("customers").out
    assert "Apple" in cli.run("items").out
    assert f"--after {first['after']}" in cli.run("items", "--limit", "1").out
    assert cli.run("locations", "rome", "--json").refused == "UNKNOWN_SITE"
