"""The verbs of the embedded server, the schema and the orgs."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import homes_folder


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of this test's own, and an environment that points to it."""
    monkeypatch.delenv("ONHAND_DATABASE_URL", raising=False)
    monkeypatch.delenv("ONHAND_OWNER_URL", raising=False)
    with homes_folder() as folder:
        monkeypatch.setenv("ONHAND_HOME", str(folder / "home"))
        yield folder / "home"


def test_the_embedded_server_goes_up_and_down(cli: CommandLine, home: Path) -> None:
    """Any command starts the server, status tells it, down stops it, and the data is there at the next command."""
    before = cli.run("status")
    cli.stocked()
    running = cli.done("status")
    stopped = cli.done("down")
    again = cli.done("down")
    after = cli.done("status")
    started = cli.done("up")

    assert before.out == f"There is no database in {home} yet; the first command makes it.\n"
    assert (running["running"], running["home"], running["schema"]["is_current"]) == (True, str(home), True)
    assert (stopped["was_running"], again["was_running"]) == (True, False)
    assert (after["running"], after["version"], started["running"]) == (False, running["version"], True)
    assert started["pid"] != running["pid"]
    assert cli.available("A") == "10"
    assert "passwords" not in str(running)


def test_the_embedded_schema_goes_down_and_comes_back(cli: CommandLine, home: Path) -> None:
    """The schema of the embedded server can be taken back; the next command brings it up to date by itself."""
    del home
    cli.done("up")
    status = cli.done("status")

    base = cli.done("db", "downgrade", "base", "--yes")
    missing = cli.run("db", "check", "--json")
    upgraded = cli.done("db", "upgrade")
    cli.done("db", "downgrade", "base", "--yes")

    assert status["schema"]["is_current"]
    assert (missing.code, missing.json["current"], missing.json["is_current"]) == (5, None, False)
    assert upgraded["is_current"]
    assert base["current"] is None
    assert cli.done("postings")["postings"] == []
    assert cli.done("db", "check")["is_current"]


def test_the_address_is_told_whole_and_works(cli: CommandLine, home: Path) -> None:
    """`onhand url` starts the server and prints one line that other programs connect with, for each role."""
    del home
    for role in ("engine", "owner"):
        shown = cli.run("url", "--role", role)
        (address,) = shown.out.splitlines()

        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT current_user, count(*) FROM alembic_version").fetchone()

        assert row == (f"onhand_{role}", 1)
        assert cli.done("url", "--role", role) == {"role": role, "url": address}
        assert address not in shown.err
    assert "keep it secret" in " ".join(cli.run("url", "--help").out.split())


def test_a_server_of_ones_own_is_upgraded_by_its_owner(
    empty_database: TestDatabase, cli: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server given by URL is never migrated by the way: commands say what to do, `db upgrade` does it."""
    monkeypatch.setenv("ONHAND_DATABASE_URL", empty_database.engine_url)
    monkeypatch.setenv("ONHAND_OWNER_URL", empty_database.owner_url)

    before = cli.run("stock", "--json")
    status = cli.done("status")
    shown = cli.run("db", "check")
    upgraded = cli.done("db", "upgrade")

    assert (before.code, before.json["fault"]["code"]) == (3, "SCHEMA_NOT_CURRENT")
    assert status["schema"] == {"current": None, "newest": upgraded["newest"], "is_current": False}
    assert (shown.code, "`onhand db upgrade` brings it there." in shown.out) == (5, True)
    assert upgraded["is_current"]
    assert cli.done("stock")["holdings"] == []
    assert empty_database.owner_url not in before.out + str(status) + shown.out


def test_a_downgrade_wants_to_be_confirmed(cli: CommandLine) -> None:
    """Without --yes, and where nobody can be asked, nothing is taken back."""
    result = cli.run("db", "downgrade", "base")
    unknown = cli.run("db", "downgrade", "nonsense", "--yes", "--json")

    assert (result.code, "--yes confirms that" in result.err) == (2, True)
    assert (unknown.code, unknown.json["fault"]["code"]) == (2, "REVISION_UNKNOWN")
    assert cli.done("db", "check")["is_current"]


def test_orgs_see_nothing_of_each_other(cli: CommandLine) -> None:
    """An org is made once, has a journal of its own, and one that was never made is told."""
    cli.stocked()
    made = cli.done("org", "create", "other")
    again = cli.done("org", "create", "other")

    theirs = cli.done("stock", "--org", "other")
    unknown = cli.run("stock", "--org", "nobody", "--json")
    malformed = cli.run("org", "create", "x\n", "--json")

    assert made == again
    assert theirs["holdings"] == []
    assert cli.run("stock", "A", "--org", "other", "--json").refused == "UNKNOWN_ITEM"
    assert (unknown.code, unknown.json["fault"]["code"]) == (3, "ORG_UNKNOWN")
    assert (malformed.code, malformed.refused) == (2, "INVALID_TEXT")


def test_down_tells_when_it_is_of_no_use(cli: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a server of one's own, down says that it is about the embedded one."""
    monkeypatch.setenv("ONHAND_HOME", str(tmp_path))

    result = cli.run("down")

    assert (result.code, result.out) == (0, "It was not running.\n")
    assert "ONHAND_DATABASE_URL is set" in result.err
