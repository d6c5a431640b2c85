"""Hostile and mistaken input: a clear refusal, an exit code, nothing changed, never a traceback."""

from collections.abc import Sequence

import pytest

from tests.cli.command_line import CommandLine

HOSTILE_QUANTITIES = [
    "",
    " ",
    "1e999999",
    "1e5",
    "NaN",
    "nan",
    "Infinity",
    "-Infinity",
    "0.30000000000000004",
    "1.0000001",
    "9000000000001",
    "9" * 5_000,
    "\u0661\u0662",
    "1_000",
    "+5",
    "-0",
    "-1",
    "0",
    "0x10",
    "1,5",
    " 5",
    "5 ",
    "true",
    "null",
    "01",
    ".5",
    "5.",
    "--5",
    "5\u200b",
    "=1+1",
]

HOSTILE_TEXTS = [
    "",
    " london",
    "london ",
    "lon\ndon",
    "lon\u200bdon",
    "\u202elondon",
    "lon\x1b[31mdon",
    "\ufefflondon",
    "lon\udcffdon",
    "x" * 101,
    "x" * 10_000,
]

HOSTILE_TIMES = [
    "",
    "now",
    "infinity",
    "yesterday",
    "0000-01-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-01-31T24:00:00Z",
    "2026-01-31T23:59:60Z",
    "2026-01-31T09:30:00",
    "2026-01-31",
    "1769851800",
    "9999-12-31T23:59:59Z",
    "1969-12-31T23:59:59Z",
    "20260131T093000Z",
    "2026-01-31T09:30:00+99:00",
]


HOSTILE_LINES = [
    "A",
    "=",
    "=5",
    "A@=5",
    "@L=5",
    "{}",
    "{",
    "[]",
    "{]",
    '{"sku": "A"}',
    '{"quantity": "1"}',
    '{"sku": "A", "quantity": 0.30000000000000004}',
    '{"sku": "A", "quantity": 1e5}',
    '{"sku": "A", "quantity": NaN}',
    '{"sku": "A", "quantity": true}',
    '{"sku": "A", "quantity": null}',
    '{"sku": "A", "quantity": ["1"]}',
    '{"sku": 5, "quantity": "1"}',
    '{"sku": "A", "quantity": "1", "sku": "B"}',
    '{"sku": "A", "quantity": "1", "price": "1"}',
    '{"sku": "A", "quantity": "1", "state": "broken"}',
    '{"sku": "A", "quantity": "1", "version": "1"}',
    '{"sku": "A", "quantity": ' + "9" * 5_000 + "}",
    '{"sku": ' + "[" * 100_000 + "}",
]

HOSTILE_DAYS = ["", "now", "2026-02-30", "2026-1-1", "31.01.2026", "20260131", "0000-01-01", "9999-01-01"]
HOSTILE_NUMBERS = ["0", "-1", "1_0", "\u0661", "1.0", "abc", "", "9" * 30, "0x1", "+1", " 1"]
HOSTILE_LIMITS = ["0", "-1", "1001", "1000000000", "x", "1_0"]
HOSTILE_CURSORS = ["", "x", "holdings", "holdings-1", "movements-1-1", "holdings-1-1-99999999999999999999"]

WRONG_USAGE = [
    ("nonsense",),
    ("sell",),
    ("sell", "A=1"),
    ("sell", "--site"),
    ("sell", "--site", "london"),
    ("sell", "--site", "london", "A=1", "--wrong"),
    ("sell", "--site", "london", "A=1", "--document", "invoice"),
    ("define",),
    ("define", "--location", "london"),
    ("difference",),
    ("trail",),
    ("trail", "reservation"),
    ("trail", "nonsense", "1"),
    ("explain", "A"),
    ("race", "--clients", "0"),
    ("race", "--processes", "65"),
    ("race", "--clients", "1", "--processes", "2"),
    ("race", "--units", "x"),
    ("import", "sell", "file.csv"),
    ("export", "nonsense"),
    ("export", "stock"),
    ("db", "nonsense"),
    ("db", "downgrade", "base"),
]

REFUSED_BY_RULES = [
    (("sell", "--site", "nowhere", "A=1"), "UNKNOWN_SITE"),
    (("sell", "--site", "london", "NONE=1"), "UNKNOWN_ITEM"),
    (("sell", "--site", "london", "a=1"), "UNKNOWN_ITEM"),
    (("sell", "--site", "london", "A@NONE=1"), "BATCH_NOT_FOUND"),
    (("sell", "--site", "london", "--location", "NONE", "A=1"), "UNKNOWN_LOCATION"),
    (("sell", "--site", "london", "A=6", "A=5"), "INSUFFICIENT_INVENTORY"),
    (("commit", "99"), "RESERVATION_NOT_FOUND"),
    (("arrive", "99"), "TRANSFER_NOT_FOUND"),
    (("revert", "99"), "POSTING_NOT_FOUND"),
    (("revert", "1"), "NOT_REVERTIBLE"),
    (("show", "99"), "POSTING_NOT_FOUND"),
    (("stock", "NONE"), "UNKNOWN_ITEM"),
    (("stock", "--site", "' OR 1=1 --"), "UNKNOWN_SITE"),
    (("transfer", "--site", "london", "--to", "london", "A=1"), "SAME_PLACE"),
]


def expect(cli: CommandLine, arguments: Sequence[str], code: int, *refusals: str) -> None:
    """Expect a command line to end with an exit code and one of some refusals, told as one JSON document."""
    result = cli.run(*arguments[:1], "--json", *arguments[1:])

    assert (result.code, result.refused in refusals) == (code, True), (ascii(arguments)[:200], result.out, result.err)


def test_a_hostile_quantity_is_refused(cli: CommandLine) -> None:
    """What is no plain decimal above zero is refused as malformed, and nothing is changed."""
    for quantity in HOSTILE_QUANTITIES:
        refusals = "INVALID_QUANTITY", "NEGATIVE_QUANTITY", "QUANTITY_TOO_LARGE"
        expect(cli, ("sell", "--site", "london", f"A={quantity}"), 2, *refusals)

    assert cli.postings() == 0


def test_a_hostile_line_is_refused(cli: CommandLine) -> None:
    """A line that is not well formed is refused as malformed, and nothing is changed."""
    for line in HOSTILE_LINES:
        refusals = "INVALID_COMMAND", "INVALID_QUANTITY", "INVALID_TEXT", "QUANTITY_TOO_LARGE"
        expect(cli, ("receive", "--site", "london", line), 2, *refusals)

    assert cli.postings() == 0


def test_hostile_text_is_refused(cli: CommandLine) -> None:
    """Text that nobody can see or compare is refused wherever it is told; keys and locations may be longer."""
    for text in HOSTILE_TEXTS:
        expect(cli, ("define", "--item", text), 2, "INVALID_TEXT")
        expect(cli, ("stock", "--org", text), 2, "INVALID_TEXT")
        expect(cli, ("sell", "A=1", "--site", text), 2, "INVALID_TEXT")
        expect(cli, ("sell", "A=1", "--site", "london", "--actor", text), 2, "INVALID_TEXT")
        if len(text) != 101:
            expect(cli, ("sell", "A=1", "--site", "london", "--location", text), 2, "INVALID_TEXT")
            expect(cli, ("sell", "A=1", "--site", "london", "--key", text), 2, "INVALID_TEXT")

    expect(cli, ("sell", "A=1", "--site", "london", "--key", "x" * 200), 1, "UNKNOWN_SITE")
    expect(cli, ("sell", "A=1", "--site", "london", "--key", "x" * 201), 2, "INVALID_TEXT")
    expect(cli, ("sell", "A=1", "--site", "london", "--location", "x" * 204), 2, "INVALID_TEXT")
    assert cli.postings() == 0


def test_a_hostile_time_is_refused(cli: CommandLine) -> None:
    """What is no full time with a zone, within the years that the ledger holds, is refused."""
    for time in HOSTILE_TIMES:
        expect(cli, ("sell", "--site", "london", "A=1", "--occurred-at", time), 2, "INVALID_TIME")
        expect(cli, ("reservations", "--due-before", time), 2, "INVALID_TIME")
        if not time.isdecimal():
            expect(cli, ("at", time), 2, "INVALID_TIME")


def test_a_hostile_day_is_refused(cli: CommandLine) -> None:
    """What is no day is refused."""
    for day in HOSTILE_DAYS:
        expect(cli, ("receive", "--site", "london", "A=1", "--expires-on", day), 2, "INVALID_TIME")


def test_a_hostile_number_is_refused(cli: CommandLine) -> None:
    """A posting is named by a whole number in ASCII digits, and by nothing that merely looks like one."""
    for number in HOSTILE_NUMBERS:
        for verb in ("revert", "show", "release"):
            expect(cli, (verb, "--", number), 2, "INVALID_COMMAND")

    assert cli.postings() == 0


def test_a_hostile_limit_or_cursor_is_refused(cli: CommandLine) -> None:
    """A page has 1 to 1000 rows; a cursor that is cut, of another list or made up is refused."""
    for limit in HOSTILE_LIMITS:
        for question in ("stock", "movements", "postings", "reservations"):
            expect(cli, (question, "--limit", limit), 2, "INVALID_COMMAND")
    for cursor in HOSTILE_CURSORS:
        expect(cli, ("stock", "--after", cursor), 2, "INVALID_COMMAND")


def test_a_rule_refuses_with_its_code(cli: CommandLine) -> None:
    """What a rule refuses ends with exit code 1, the stable code and a sentence, and changes nothing."""
    cli.stocked()

    for arguments, code in REFUSED_BY_RULES:
        as_json = cli.run(*arguments, "--json")
        for_people = cli.run(*arguments)

        assert (as_json.code, as_json.refused) == (1, code)
        assert set(as_json.json["refused"]) == {"code", "message", "facts"}
        assert (for_people.code, for_people.out) == (1, "")
        assert as_json.json["refused"]["message"] in for_people.err
        assert code in for_people.err
    assert cli.postings() == 2


def test_wrong_usage_is_told(cli: CommandLine) -> None:
    """A command line that is not well formed ends with exit code 2; with --json that is one document as well."""
    for arguments in WRONG_USAGE:
        result = cli.run(*arguments, "--json")

        assert (result.code, result.refused) == (2, "INVALID_COMMAND"), arguments


def test_wrong_usage_is_told_to_people(cli: CommandLine) -> None:
    """Without --json, wrong usage is told on stderr, and nothing stands on stdout."""
    result = cli.run("sell", "A=1")

    assert (result.code, result.out) == (2, "")
    assert "Missing option '--site'" in result.err


@pytest.mark.parametrize("lines", [10_000, 10_001])
def test_very_many_lines(cli: CommandLine, lines: int) -> None:
    """One item ten thousand times is summed before the check; one line more is refused as malformed."""
    cli.stocked()

    result = cli.run("sell", "--site", "london", *(["A=0.001"] * lines), "--key", "k", "--json")

    if lines > 10_000:
        assert (result.code, result.refused) == (2, "TOO_MANY_LINES")
        assert cli.available("A") == "10"
    else:
        assert result.code == 0
        assert cli.available("A") == "0"


def test_what_a_user_typed_is_no_markup(cli: CommandLine) -> None:
    """Brackets and colons in names are printed as they are."""
    cli.done("define", "--site", "[red]x[/red]", "--item", ":smile:=[bold]", "--key", "d")
    cli.done("receive", "--site", "[red]x[/red]", ":smile:=1", "--key", "r")

    shown = cli.run("stock")
    refused = cli.run("sell", "--site", "[red]x[/red]", ":smile:=2")

    assert "[red]x[/red]" in shown.out
    assert ":smile:" in shown.out
    assert ":smile: at [red]x[/red]" in refused.err
