"""The edge: help, exit codes, settings, interrupts, pipes."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import onhand
from onhand.cli import building, edge, exits
from onhand.cli.building import build, build_for
from onhand.cli.main import run as run_program
from onhand.cli.printing import print_json
from onhand.cli.running import bench
from onhand.cli.verbs_by_name import MODULES
from onhand.faults import Fault
from onhand.kernel.refusals import CATALOGUE, Refused
from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import query

VERBS = sorted(command.name or "" for command in build().registered_commands)

PROGRAM = (sys.executable, "-c", "from onhand.cli.main import run; run()")


def environment(database: TestDatabase) -> dict[str, str]:
    """The environment of a process that works on a test's database."""
    return {**os.environ, "ONHAND_DATABASE_URL": database.engine_url, "ONHAND_OWNER_URL": database.owner_url}


def run(database: TestDatabase, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a process of its own."""
    command = [*PROGRAM, *arguments]
    return subprocess.run(command, env=environment(database), capture_output=True, text=True, check=False, timeout=60)


def test_every_verb_has_help_and_json(cli: CommandLine) -> None:
    """Each verb is listed, explains itself, and can answer in JSON."""
    listed = cli.run("--help").out

    assert len(VERBS) == len(set(VERBS))
    for name in VERBS:
        helped = cli.run(name, "--help")
        assert helped.code == 0
        assert "--json" in helped.out
        assert name in listed
        panels = re.findall(r"^\W*([A-Z][a-z, ]+) \W+$", helped.out, re.MULTILINE)
        assert len(panels) == len(set(panels)), name
    assert {"demo", "race", "sell", "revert", "explain", "verify", "import", "export", "bench", "up"} <= set(VERBS)


def test_the_exit_codes_are_documented(cli: CommandLine) -> None:
    """`onhand --help` lists every exit code with its meaning."""
    listed = " ".join(cli.run("--help").out.split())

    for code, meaning in exits.EXITS.items():
        assert f"{code} {meaning}" in listed
    assert set(exits.EXITS) == set(exits.Exit)


def test_every_refusal_has_an_exit_code() -> None:
    """What is malformed ends with 2, what a rule refuses with 1; a slip of the user is never a breakdown."""
    malformed = {code for code in CATALOGUE if exits.exit_of_refusal(Refused(code)) is exits.Exit.MALFORMED}

    assert malformed == {
        "INVALID_COMMAND",
        "INVALID_TEXT",
        "INVALID_TIME",
        "INVALID_QUANTITY",
        "INVALID_RATIO",
        "NEGATIVE_QUANTITY",
        "QUANTITY_TOO_LARGE",
        "TOO_MANY_LINES",
    }
    assert exits.exit_of_fault(Fault(code="X", message="", retryable=True)) is exits.Exit.RETRY
    assert exits.exit_of_fault(Fault(code="X", message="", retryable=False)) is exits.Exit.BROKEN


def test_the_version_is_told(cli: CommandLine) -> None:
    """`onhand --version` tells the version."""
    result = cli.run("--version")

    assert (result.code, result.out.startswith("onhand ")) == (0, True)


def test_help_loads_neither_database_nor_driver() -> None:
    """The command line starts quickly, since a verb loads what it needs when it runs."""
    script = (
        "import sys; from onhand.cli.building import build; import typer.main; typer.main.get_command(build());"
        "print([name for name in ('psycopg', 'sqlalchemy', 'alembic', 'cryptography', 'onhand.bootstrap', "
        "'rich.progress') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("name", "value", "code", "fault"),
    [
        ("ONHAND_POSTGRES", "abc", 2, "SETTING_INVALID"),
        ("ONHAND_POSTGRES", "17", 2, "SETTING_INVALID"),
        ("ONHAND_POSTGRES", "1_8", 2, "SETTING_INVALID"),
        ("ONHAND_DATABASE_URL", "postgresql://ann:hush%zz@127.0.0.1:1/x", 2, "SETTING_INVALID"),
        ("ONHAND_DATABASE_URL", "postgresql://127.0.0.1:1/x", 4, "DATABASE_UNREACHABLE"),
    ],
)
def test_a_wrong_setting_is_told(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, name: str, value: str, code: int, fault: str
) -> None:
    """A setting that cannot be read, or leads nowhere, is told in a sentence."""
    monkeypatch.setenv(name, value)

    as_json = cli.run("stock", "--json")
    for_people = cli.run("stock")

    assert (as_json.code, as_json.json["fault"]["code"]) == (code, fault)
    assert set(as_json.json["fault"]) == {"code", "message", "retryable", "facts"}
    assert (for_people.code, for_people.out, fault in for_people.err) == (code, "", True)
    assert "hush" not in as_json.out + as_json.err + for_people.err


def test_a_bug_is_told_in_one_sentence(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is told in one sentence, which says how to see more."""

    def broken(_: Sequence[str]) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(building, "build_for", lambda _: lambda arguments, **_: broken(arguments))

    result = cli.run("stock", "--json")
    monkeypatch.setenv("ONHAND_TRACEBACK", "1")

    assert (result.code, result.json["fault"]["code"]) == (3, "UNFORESEEN")
    assert "ZeroDivisionError: by zero" in result.json["fault"]["message"]
    with pytest.raises(ZeroDivisionError):
        cli.run("stock")


def test_an_interrupt_is_no_traceback(database: TestDatabase) -> None:
    """Ctrl-C ends a race and its processes at once, with exit code 130 and a sentence."""
    command = [*PROGRAM, "race", "--rounds", "100000", "--clients", "4"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment(database), start_new_session=True, **pipes)  # type: ignore[call-overload]
    while json.loads(run(database, "postings", "--limit", "3", "--json").stdout).get("postings", []) == []:
        assert process.poll() is None

    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, b"")
    assert err.startswith(b"Interrupted.")
    assert b"Traceback" not in err


def test_an_interrupt_while_loading_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C before the command line is put together ends with exit code 130 as well."""

    def interrupted(_: Sequence[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(edge, "answer", interrupted)

    with pytest.raises(SystemExit) as ended:
        run_program(["stock"])

    assert ended.value.code == exits.Exit.INTERRUPTED


def test_a_closed_pipe_is_no_traceback(database: TestDatabase) -> None:
    """When the reader of a long export goes away, the export ends quietly."""
    run(database, "define", "--site", "s", "--item", "A", "--key", "d")
    run(database, "receive", "--site", "s", *["A=1"] * 5_000, "--key", "r")
    command = [*PROGRAM, "export", "movements", "--format", "jsonl"]
    with subprocess.Popen(
        command, env=environment(database), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["sku"] == "A"

        process.stdout.close()
        err = process.stderr.read()
        code = process.wait(timeout=30)

    assert (code, err) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
@pytest.mark.parametrize("arguments", [("stock",), ("stock", "--json"), ("show", "9", "--json"), ("--help",)])
def test_a_full_disk_is_told(database: TestDatabase, arguments: Sequence[str]) -> None:
    """T14: where the answer cannot be written, that is said, be it an answer, a refusal or help; it is no bug."""
    run(database, "define", "--site", "s", "--item", "A", "--key", "d")
    command = [*PROGRAM, *arguments]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command, env=environment(database), stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=60
        )

    assert (ended.returncode, "OUTPUT_LOST" in ended.stderr) == (3, True)
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "no.csv"), "Invalid value for 'OPERATION': 'no.csv' is not one of"),
        (("verify", "--against", "no.seal"), "no.seal cannot be read: No such file or directory."),
        (("verify", "--seal", "s", "--seal-key", "no/k"), "no/k cannot be read or made: No such file or directory."),
    ],
)
def test_a_slip_is_told_in_our_words(
    cli: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: Sequence[str], told: str
) -> None:
    """T15: what is told of a slip has no word of the libraries that found it."""
    monkeypatch.chdir(tmp_path)

    slip = cli.run(*arguments)

    assert slip.code == 2
    assert told in " ".join(slip.err.split())
    assert "Errno" not in slip.err


@pytest.mark.parametrize("closed", [">&-", ">&- 2>&- <&-"])
def test_closed_streams_are_no_obstacle(database: TestDatabase, closed: str) -> None:
    """A command does its work where its standard streams are closed, and nothing else comes to stand in their place."""
    command = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *PROGRAM, "define", "--site", "s", "--key", "d"]

    ended = subprocess.run(command, env=environment(database), capture_output=True, text=True, check=False, timeout=60)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert query(database.admin_url, "SELECT code FROM site") == [("s",)]


def test_a_terminal_without_unicode_is_served(database: TestDatabase) -> None:
    """A name that the terminal cannot write is escaped; JSON is ASCII everywhere."""
    narrow = {**environment(database), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [*PROGRAM, "define", "--item", "caf\u00e9", "--key", "d"]

    shown = subprocess.run(command, env=narrow, capture_output=True, check=False)
    as_json = subprocess.run([*command, "--json"], env=narrow, capture_output=True, check=False)

    assert (shown.returncode, b"caf\\xe9" in shown.stdout) == (0, True)
    assert json.loads(as_json.stdout.decode("ascii"))["changes"][0]["after"]["sku"] == "caf\u00e9"


def test_bench_needs_a_checkout(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Installed without the source, bench says what to do; in a checkout it finds the benchmark."""
    found = bench.find_checkout()
    monkeypatch.setattr(onhand, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))

    missing = cli.run("bench", "--json")

    assert (found / "bench" / "__main__.py").is_file()
    assert (missing.code, missing.json["fault"]["code"]) == (3, "BENCH_MISSING")


def test_json_is_one_line_of_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    """A document is one line that every program can read, whatever it holds."""
    print_json({"name": "caf\u00e9\n", "path": Path("x")})

    assert capsys.readouterr().out == '{"name": "caf\\u00e9\\n", "path": "x"}\n'


@pytest.mark.parametrize("word", VERBS)
def test_a_verb_is_found_whether_all_are_loaded_or_not(word: str) -> None:
    """What one command line needs is put together: its verb, as it is among all of them."""
    (found,) = [verb for verb in build_for([word, "--json"]).registered_commands if verb.name == word]
    (known,) = [verb for verb in build().registered_commands if verb.name == word]

    assert (found.help, found.rich_help_panel) == (known.help, known.rich_help_panel)


def test_every_module_with_verbs_is_in_the_map() -> None:
    """A verb is found by the map alone: whatever module registers some is in it, and nothing else is."""
    folder = Path(onhand.__file__).parent / "cli"
    found = {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if "\ndef register(" in path.read_text(encoding="utf-8")
    }

    assert found == {*MODULES.values()}


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--version"], ["edge"], ["verb"], ["nothing"], ["é"], ["../x"]])
def test_what_is_no_verb_is_looked_for_among_all(arguments: list[str]) -> None:
    """Help on the whole, and a word that is none, know every verb, so that the nearest can be named."""
    assert len(build_for(arguments).registered_commands) == len(VERBS)


def test_a_verb_of_its_own_file_loads_no_other() -> None:
    """Selling loads nothing of reports, plans and numbers; without that each call takes half as long again."""
    script = (
        "import sys\n"
        "from onhand.cli.building import build_for\n"
        "names = [verb.name for verb in build_for(['sell']).registered_commands]\n"
        "print(names, 'numpy' in sys.modules, 'onhand.cli.recipes.health' in sys.modules)\n"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)

    assert done.stdout == "['sell'] False False\n"
