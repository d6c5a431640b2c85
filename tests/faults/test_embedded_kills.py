"""The embedded server after kills and races: the next command works."""

import json
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from onhand import embedded
from onhand.embedded.processes import is_alive, living_postmaster, members
from onhand.faults import Fault
from tests.faults.servers import answer_of, data_of, homes_folder, needs_root, python, query, wait_for


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for homes, open to the server's user; its servers are stopped at the end."""
    with homes_folder() as path:
        yield path


UP = """
import json, sys
from pathlib import Path
from onhand import embedded
addresses = embedded.up(Path(sys.argv[1]))
status = embedded.status(Path(sys.argv[1]))
print(json.dumps([addresses.engine_url, status.pid]), flush=True)
sys.stdin.read()
"""

CONTAINER = ["unshare", "--pid", "--ipc", "--fork", "--kill-child", "--mount-proc"]

UP_WHEN_TOLD = UP.replace("addresses =", "print('ready', flush=True); input()\naddresses =")


def kill_server(home: Path) -> int:
    """Kill the postmaster with the signal that nothing survives, and wait until it is gone."""
    pid = embedded.status(home).pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert wait_for(lambda: not is_alive(pid))
    return pid


def server_log(home: Path) -> str:
    """All that the server of a home has logged."""
    return "".join(path.read_text() for path in (home / "postgres-log").glob("*.log"))


def test_processes_that_race_share_one_server(folder: Path) -> None:
    """
    Four processes that call `up` at once on a home that does not exist all end up on one server.

    It fails without the lock of the home: tried.
    """
    home = folder / "home"
    racers = [python(UP_WHEN_TOLD, home) for _ in range(4)]
    for racer in racers:
        assert racer.stdout is not None
        assert racer.stdout.readline() == "ready\n"

    answers = [answer_of(racer) for racer in race(racers)]

    assert len({json.dumps(answer) for answer in answers}) == 1
    assert query(answers[0][0], "SELECT 1") == [(1,)]
    assert server_log(home).count("starting PostgreSQL") == 1
    assert [path.name for path in home.glob("*.unfinished-*")] == []


def race(racers: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    """Let all go before the first answer is awaited."""
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("\n")
        racer.stdin.flush()
    return racers


def test_a_killed_server_is_started_again_with_its_data(folder: Path) -> None:
    """After kill -9 of the postmaster the next `up` replays the log, and what was committed is there."""
    home = folder / "home"
    addresses = embedded.up(home)
    query(addresses.owner_url, "CREATE TABLE kept AS SELECT generate_series(1, 100000) AS number")
    killed = kill_server(home)

    again = embedded.up(home)

    assert again == addresses
    assert query(again.owner_url, "SELECT count(*) FROM kept") == [(100000,)]
    assert embedded.status(home).pid != killed
    assert "redo done at" in server_log(home)


def test_a_child_that_outlives_its_server_is_ended(folder: Path) -> None:
    """A session that spins on after its postmaster was killed still could write; `up` ends it before it starts."""
    home = folder / "home"
    addresses = embedded.up(home)
    orphan = psycopg.connect(addresses.owner_url, autocommit=True)
    session = orphan.info.backend_pid

    def spin() -> None:
        with suppress(psycopg.OperationalError):
            orphan.execute("DO 'BEGIN LOOP END LOOP; END'")

    thread = threading.Thread(target=spin)
    thread.start()
    active = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {session} AND state = 'active'"
    assert wait_for(lambda: query(addresses.admin_url, active) == [(1,)])
    kill_server(home)
    outlived = is_alive(session)

    again = embedded.up(home)
    thread.join(timeout=10)
    orphan.close()

    assert outlived
    assert not is_alive(session)
    assert not thread.is_alive()
    assert query(again.engine_url, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("file", ["postmaster.pid", ".s.PGSQL.5432.lock"])
def test_a_stale_pid_file_does_not_stop_the_start(folder: Path, file: str) -> None:
    """A pid file whose number belongs to a stranger by now, of the server's own user even, is no obstacle."""
    home = folder / "home"
    addresses = embedded.up(home)
    stale = data_of(home) / file
    pid = kill_server(home)
    owner = data_of(home).stat()
    with subprocess.Popen(["sleep", "60"], user=None if os.geteuid() else owner.st_uid) as stranger:
        stale.write_text(stale.read_text().replace(str(pid), str(stranger.pid), 1))
        running = embedded.status(home).running

        again = embedded.up(home)

        spared = stranger.poll() is None
        stranger.kill()
    assert not running
    assert spared
    assert again == addresses
    assert query(again.engine_url, "SELECT 1") == [(1,)]


def test_the_server_outlives_the_program_that_started_it(folder: Path) -> None:
    """Kill -9 of the Python that started the server, with all its process group, leaves the server at work."""
    home = folder / "home"
    starter = python(UP, home)
    assert starter.stdout is not None
    url, pid = json.loads(starter.stdout.readline())

    os.killpg(starter.pid, signal.SIGKILL)
    starter.communicate()

    assert starter.returncode == -signal.SIGKILL
    assert query(url, "SELECT 1") == [(1,)]
    assert embedded.up(home).engine_url == url
    assert embedded.status(home).pid == pid


def test_a_killed_creation_is_begun_again(folder: Path) -> None:
    """Kill -9 while the data folder is being made leaves no half database, and the next `up` makes a whole one."""
    home = folder / "home"
    starter = python(UP, home)
    assert wait_for(lambda: any(home.glob("*.unfinished-*/data/PG_VERSION")) or data_of_any(home))

    os.killpg(starter.pid, signal.SIGKILL)
    starter.communicate()
    halves = list(home.glob("*.unfinished-*"))
    made = data_of_any(home)
    addresses = embedded.up(home)

    assert halves
    assert not made
    assert query(addresses.engine_url, "SELECT 1") == [(1,)]
    assert list(home.glob("*.unfinished-*")) == []


def data_of_any(home: Path) -> bool:
    """Whether a home has a data folder."""
    return any(home.glob("postgres[0-9]*/PG_VERSION"))


def test_a_half_furnished_database_is_completed(folder: Path) -> None:
    """If the first start is cut off between the roles and the database, the next `up` makes what is missing."""
    home = folder / "home"
    addresses = embedded.up(home)
    query(addresses.admin_url, "DROP DATABASE onhand")
    query(addresses.admin_url, "DROP ROLE onhand_reader, onhand_engine")
    query(addresses.admin_url, "ALTER ROLE onhand_owner PASSWORD NULL")

    again = embedded.up(home)

    assert again == addresses
    assert query(again.engine_url, "SELECT current_user::text") == [("onhand_engine",)]
    assert query(again.owner_url, "SELECT pg_has_role('onhand_reader', 'MEMBER')") == [(True,)]


def test_a_server_that_does_not_answer_is_waited_for(folder: Path) -> None:
    """While the server lives but takes no connection, `up` waits as long as told, and then says to try again."""
    home = folder / "home"
    addresses = embedded.up(home)
    pid = embedded.status(home).pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)

    try:
        with pytest.raises(Fault) as fault:
            embedded.up(home, seconds_max=0.5)
    finally:
        os.kill(pid, signal.SIGCONT)

    assert (fault.value.code, fault.value.retryable) == ("EMBEDDED_NOT_READY", True)
    assert embedded.up(home) == addresses
    assert living_postmaster(data_of(home)) == pid


def test_a_server_that_cannot_start_says_why(folder: Path) -> None:
    """A server that dies while starting is a fault with the end of its log; once mended, it starts."""
    home = folder / "home"
    embedded.up(home)
    embedded.down(home)
    settings = data_of(home) / "postgresql.auto.conf"
    settings.write_text("no_such_setting = 1\n")

    with pytest.raises(Fault, match="no_such_setting") as fault:
        embedded.up(home)
    settings.write_text("")
    addresses = embedded.up(home)

    assert fault.value.code == "EMBEDDED_START_FAILED"
    assert query(addresses.engine_url, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("text", [None, "", "{}"])
def test_lost_passwords_are_a_clear_fault(folder: Path, text: str | None) -> None:
    """Without the passwords the data is not touched, and the fault names the file."""
    home = folder / "home"
    addresses = embedded.up(home)
    passwords = (home / "passwords.json").read_text()
    if text is None:
        (home / "passwords.json").unlink()
    else:
        (home / "passwords.json").write_text(text)

    with pytest.raises(Fault, match=r"passwords\.json") as fault:
        embedded.up(home)
    (home / "passwords.json").write_text(passwords)

    assert fault.value.code == "EMBEDDED_PASSWORDS_MISSING"
    assert embedded.up(home) == addresses


def test_passwords_of_another_home_are_a_clear_fault(folder: Path) -> None:
    """Passwords that do not fit are reported at once, not waited for."""
    home = folder / "home"
    embedded.up(home)
    roles = json.loads((home / "passwords.json").read_text())
    (home / "passwords.json").write_text(json.dumps(dict.fromkeys(roles, "of another home")))

    with pytest.raises(Fault) as fault:
        embedded.up(home)

    assert fault.value.code == "EMBEDDED_PASSWORDS_WRONG"
    assert not fault.value.retryable


def test_a_starter_that_hangs_is_a_fault_that_can_be_retried(folder: Path) -> None:
    """Whoever waits for the lock of a home gives up in time and says so."""
    home = folder / "home"
    addresses = embedded.up(home)
    holder = python(HOLD, home)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"

    with pytest.raises(Fault) as fault:
        embedded.up(home, seconds_max=0.2)
    holder.kill()
    holder.communicate()

    assert (fault.value.code, fault.value.retryable) == ("EMBEDDED_BUSY", True)
    assert embedded.up(home) == addresses


HOLD = """
import fcntl, sys
from pathlib import Path
lock = (Path(sys.argv[1]) / "postgres.lock").open("w")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@needs_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare makes the containers of this test")
def test_two_containers_that_share_a_home_share_its_server(folder: Path) -> None:
    """
    A server that cannot be seen, since it runs in another container, is used; no second one is started on its data.

    It fails if the server is judged by its pid alone: tried.
    """
    home = folder / "home"
    first = python(UP, home, within=CONTAINER)
    assert first.stdout is not None
    answer = json.loads(first.stdout.readline())

    other = answer_of(python(UP, home, within=CONTAINER))
    stopped = answer_of(python(DOWN, home, within=CONTAINER))
    outside = embedded.up(home)

    assert other == answer
    assert stopped == "EMBEDDED_ELSEWHERE"
    assert outside.engine_url == answer[0]
    assert server_log(home).count("starting PostgreSQL") == 1
    first.kill()
    first.communicate()
    assert wait_for(lambda: not members(data_of(home)))
    assert query(embedded.up(home).engine_url, "SELECT 1") == [(1,)]


DOWN = """
import json, sys
from pathlib import Path
from onhand import embedded
from onhand.faults import Fault
try:
    print(json.dumps(embedded.down(Path(sys.argv[1]))))
except Fault as fault:
    print(json.dumps(fault.code))
"""


@needs_root
@pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare makes the containers of this test")
def test_no_second_server_starts_on_data_in_use(folder: Path) -> None:
    """
    A server that can neither be seen nor be reached, its socket being lost, still keeps others off its data.

    It fails without the lifeline: tried.
    """
    home = folder / "home"
    first = python(UP, home, within=CONTAINER)
    assert first.stdout is not None
    assert json.loads(first.stdout.readline())
    (data_of(home) / ".s.PGSQL.5432").unlink()

    code = answer_of(python(UP_IN_VAIN, home, within=CONTAINER))

    assert code == "EMBEDDED_NOT_READY"
    assert server_log(home).count("starting PostgreSQL") == 1
    first.kill()
    first.communicate()


UP_IN_VAIN = DOWN.replace("embedded.down(Path(sys.argv[1]))", "embedded.up(Path(sys.argv[1]), seconds_max=0.5)")
