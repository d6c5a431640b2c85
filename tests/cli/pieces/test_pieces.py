"""The verbs and questions of pieces."""

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cli.command_line import CommandLine


def furnish(cli: CommandLine) -> None:
    """Make two rolls and two lots of spares."""
    cli.done("define", "--site", "works", "--item", "PIPE", "--item", "B", "--key", "d")
    cli.done("produce", "PIPE", "--site", "works", "--roll", "2x100", "--key", "p1")
    cli.done("produce", "B", "--site", "works", "--spare", "7", "--spare", "5", "--length", "6", "--key", "p2")


def test_pieces_are_produced_cut_and_combined(cli: CommandLine) -> None:
    """P1, P3, P5: each verb tells the pieces that it made, as JSON and as a table."""
    furnish(cli)

    cut = cli.done("cut", "ROLL-000001", "2x30", "12.5", "--kerf", "0.005", "--waste", "1", "--key", "c")
    bundled = cli.done("combine", "SPARE-000001", "SPARE-000002", "--size", "10", "--bundles", "1", "--key", "b")
    shown = cli.run("cut", "ROLL-000002", "10", "--key", "c2").out

    assert [(piece["piece"], piece["size"]) for piece in cut["pieces"]] == [
        ("CUT-000001", "30"),
        ("CUT-000002", "30"),
        ("CUT-000003", "12.5"),
        ("OFFCUT-000001", "26.48"),
    ]
    assert [piece["piece"] for piece in bundled["pieces"]] == ["BUNDLE-000001", "SPARE-000003"]
    assert "used 100 = made 10 + rest 90" in shown


def test_a_plan_is_shown_and_executed(cli: CommandLine) -> None:
    """P21: the plan states cost, bound and what is missing; --execute makes one posting of it."""
    furnish(cli)

    plan = cli.done("plan-cuts", "PIPE", "4x45", "20", "--site", "works")
    done = cli.done("plan-cuts", "PIPE", "4x45", "--site", "works", "--execute", "--key", "x")
    none = cli.run("plan-cuts", "PIPE", "4x45", "--site", "works")

    assert (plan["cost"], plan["bound"], plan["missing"]) == ("200", "0", [{"length": "20", "count": 1}])
    assert (done["kind"], done["plan"]["is_optimal"]) == ("cut", True)
    assert "There is not enough for 4x45." in none.out


def test_a_piece_is_asked_about(cli: CommandLine) -> None:
    """P10, P11, B7: shown now and then, listed, found by length, and its life told."""
    furnish(cli)
    cli.done("cut", "ROLL-000001", "30", "--key", "c")

    now = cli.done("piece", "show", "ROLL-000001")["piece"]
    then = cli.done("piece", "show", "ROLL-000001", "--at", "3")["piece"]
    listed = cli.done("piece", "list", "PIPE", "--at-least", "31")["pieces"]
    offcut = cli.done("piece", "find-offcut", "PIPE", "31")["piece"]
    nothing = cli.run("piece", "find-offcut", "PIPE", "101")
    trail = cli.run("piece", "trail", "ROLL-000001").out

    assert (now["status"], then["status"], now["creator"]) == ("used", "available", 2)
    assert [piece["piece"] for piece in listed] == ["OFFCUT-000001", "ROLL-000002"]
    assert offcut["piece"] == "OFFCUT-000001"
    assert (nothing.code, nothing.out) == (5, "Nothing is long enough.\n")
    assert "cut, used" in trail


def test_the_tree_is_drawn(cli: CommandLine, tmp_path: Path) -> None:
    """P10: the tree in the terminal, as JSON, and as a drawing that is well formed and names each piece."""
    furnish(cli)
    cli.done("cut", "ROLL-000001", "30", "--key", "c")
    cli.done("cut", "CUT-000001", "10", "--key", "c2")
    file = tmp_path / "tree.svg"

    shown = cli.run("piece", "family", "CUT-000001", "--svg", str(file)).out
    told = cli.done("piece", "family", "CUT-000001")
    drawn = ET.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - written above
    unwritten = cli.run("piece", "family", "CUT-000001", "--svg", str(tmp_path / "no" / "tree.svg"))

    assert shown.index("ROLL-000001") < shown.index("CUT-000001  cut") < shown.index("CUT-000002")
    assert (told["ancestors"], told["descendants"]) == (["ROLL-000001"], ["CUT-000002", "OFFCUT-000002"])
    texts = ["".join(text.itertext()) for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {text.partition(":")[0] for text in texts} == {"ROLL-000001", "CUT-000001", "CUT-000002", "OFFCUT-000002"}
    assert unwritten.code == 2


def test_the_check_ends_with_its_finding(cli: CommandLine) -> None:
    """P20: one command, exit code 0 where all adds up."""
    furnish(cli)

    result = cli.run("piece", "verify")

    assert (result.code, result.out) == (0, "Everything about pieces adds up.\n")


def test_what_is_not_well_formed_is_refused(cli: CommandLine) -> None:
    """P15: nonsense is refused with its code and changes nothing."""
    furnish(cli)
    wrong = {
        ("produce", "PIPE", "--site", "works", "--roll", "x3"): "INVALID_COMMAND",
        ("produce", "PIPE", "--site", "works"): "INVALID_COMMAND",
        ("cut", "inv_7", "3"): "INVALID_PIECE_ID",
        ("cut", "ROLL-000001", "3x"): "INVALID_COMMAND",
        ("cut", "ROLL-000001", "1e3"): "INVALID_QUANTITY",
        ("piece", "show", "ROLL-9"): "PIECE_NOT_FOUND",
        ("combine", "ROLL-000001", "--size", "1", "--bundles", "1"): "PIECE_KIND_WRONG",
    }

    assert {arguments: cli.run(*arguments, "--json").refused for arguments in wrong} == wrong
    assert cli.postings() == 3


def test_an_undoing_tells_what_came_back_and_what_went(cli: CommandLine) -> None:
    """P7: how many pieces were restored and how many removed, by name, as JSON and as sentences; also by a plan."""
    furnish(cli)
    cut = str(cli.done("cut", "ROLL-000001", "30", "20", "--key", "c")["number"])

    plan = cli.done("revert", cut, "--plan")["plan"]
    shown = cli.run("revert", cut, "--key", "u").out
    again = cli.done("revert", cut, "--key", "u")

    gone = ["OFFCUT-000001", "CUT-000002", "CUT-000001"]
    assert (plan["restored"], plan["removed"]) == (again["restored"], again["removed"]) == (["ROLL-000001"], gone)
    assert "  1 piece is back: ROLL-000001\n" in shown
    assert f"  3 pieces are gone: {', '.join(gone)}\n" in shown


def test_history_is_archived_and_asked(cli: CommandLine, tmp_path: Path) -> None:
    """P17: an archive is written and proved, and gives by itself the very answers of the ledger."""
    furnish(cli)
    cli.done("cut", "ROLL-000001", "30", "--key", "c")
    folder, svg = str(tmp_path / "files"), tmp_path / "tree.svg"

    young = cli.run("archive", "write", folder).out
    written = cli.done("archive", "write", folder, "--until", "4")
    checked = cli.done("archive", "verify", folder)
    asked = {
        ("at", "3", "--site", "works"): ("at", "3", "--site", "works"),
        ("at", "4", "--unit", "ROLL-000001"): ("at", "4", "--unit", "ROLL-000001"),
        ("piece", "ROLL-000001", "--at", "3"): ("piece", "show", "ROLL-000001", "--at", "3"),
        ("trail", "CUT-000001"): ("piece", "trail", "CUT-000001"),
        ("family", "ROLL-000001"): ("piece", "family", "ROLL-000001"),
    }
    drawn = cli.run("archive", "family", folder, "ROLL-000001", "--svg", str(svg)).out
    beyond = cli.run("archive", "piece", folder, "ROLL-000001", "--at", "9")

    assert young == "Nothing is archived.\n"
    assert (written["postings"], checked["hash"]) == (4, written["hash"])
    for (verb, *rest), question in asked.items():
        assert cli.done("archive", verb, folder, *rest) == cli.done(*question)
    assert drawn == cli.run("piece", "family", "ROLL-000001").out
    assert svg.read_text().startswith("<svg")
    assert (beyond.code, "ARCHIVE_ENDS" in beyond.err) == (3, True)


def test_an_archive_is_held_against_a_sealed_head(cli: CommandLine, tmp_path: Path) -> None:
    """P17: a head that was kept elsewhere proves an archive without the ledger, if it is the known key's."""
    furnish(cli)
    folder, head = str(tmp_path / "files"), str(tmp_path / "head.json")
    key = ("--seal-key", str(tmp_path / "seal.key"))
    cli.done("verify", "--seal", head, *key)
    cli.done("archive", "write", folder, "--until", "3")

    alone = cli.run("archive", "verify", folder, "--alone")
    held = cli.run("archive", "verify", folder, "--against", head)
    other_key = cli.run("archive", "verify", folder, "--against", head, "--public-key", "0" * 64)
    both = cli.run("archive", "verify", folder, "--against", head, "--alone")

    assert (alone.code, "whole by themselves" in alone.out) == (0, True)
    assert (held.code, "holds the posting 3 that was sealed" in held.out) == (0, True)
    assert (other_key.code, "ARCHIVE_BROKEN" in other_key.err) == (3, True)
    assert both.code == 2
