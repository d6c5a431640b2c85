"""A database that cannot be reached, or a URL that cannot be read: a clear fault, and never a word of a password."""

import logging
import traceback

import pytest

import onhand
from onhand import Fault
from onhand.store.database.connecting import connect
from onhand.store.database.database import Database
from onhand.store.database.revision import check_schema
from onhand.store.database.schema import upgrade_schema

SECRET = "hush1"
MALFORMED = [
    "nonsense hush1",
    "postgresql://ann:hush1 x@127.0.0.1:1/d",
    "postgresql://ann:hush1%zz@127.0.0.1:1/d",
    "postgresql://ann:hush1@x@127.0.0.1:1/d",
    "postgresql://ann:x@hush1@127.0.0.1:1/d",
    "postgresql://ann:hush1/x@127.0.0.1:1/d",
    "postgresql://ann:x/hush1@127.0.0.1:1/d",
    "postgresql://ann:hush1@[::1/d",
    "postgresql://ann:hush1@127.0.0.1:port/d",
    "postgresql://ann:hush1@127.0.0.1:99999999999999999999/d",
    "postgresql://ann:hush1@a..b/d",
    "host=127.0.0.1 password=x hush1",
]
UNREACHABLE = [
    "postgresql://ann:x?hush1=y@127.0.0.1:1/d",
    "postgresql://ann:x?hush1@127.0.0.1:1/d",
    "postgresql://ann:hush1@127.0.0.1:1/d",
    "postgresql://ann:hush1@127.0.0.1:1/hush1",
    "postgresql://ann:12/hush1@127.0.0.1:1/d",
    "postgresql://ann:x%2Fhush1@127.0.0.1:1/d?application_name=hush1",
    "postgresql:///d?host=/nowhere/hush1&password=hush1",
    "host=127.0.0.1 port=1 password=hush1",
]


async def faults_of(url: str) -> list[Fault]:
    """The fault of every way into a database."""
    faults: list[Fault] = []
    for act in (connect, check_schema, upgrade_schema):
        with pytest.raises(Fault) as caught:
            act(url)
        faults.append(caught.value)
    database = Database(url)
    for attempt in (database.open, lambda: database.find_org("main"), lambda: onhand.connect(url)):
        with pytest.raises(Fault) as caught:
            await attempt()
        faults.append(caught.value)
    await database.close()
    return faults


@pytest.mark.parametrize(
    ("url", "code"),
    [(url, "SETTING_INVALID") for url in MALFORMED] + [(url, "DATABASE_UNREACHABLE") for url in UNREACHABLE],
)
async def test_no_part_of_a_password_is_told(url: str, code: str, caplog: pytest.LogCaptureFixture) -> None:
    """T14: each way in tells a wrong URL from a server that does not answer; neither message, cause nor log has it."""
    caplog.set_level(logging.DEBUG)

    faults = await faults_of(url)

    assert [(fault.code, fault.retryable) for fault in faults] == [(code, code == "DATABASE_UNREACHABLE")] * 6
    for fault in faults:
        assert SECRET not in fault.message + repr(fault) + str(fault.facts)
        assert SECRET not in "".join(str(error) for error in (fault.__cause__, fault.__context__))
        assert "psycopg.errors" not in "".join(traceback.format_exception(fault))
    assert SECRET not in caplog.text


def test_what_the_server_says_is_told() -> None:
    """Where the driver's words hold no secret, they say what is wrong."""
    with pytest.raises(Fault, match="Connection refused"):
        check_schema("postgresql://ann:hush1@127.0.0.1:1/d")
