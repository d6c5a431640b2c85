"""A command line on a database of the test's own."""

import pytest

from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase


@pytest.fixture
def cli(database: TestDatabase, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """A command line whose environment points to this test's database."""
    for name in ("ONHAND_HOME", "ONHAND_ORG", "ONHAND_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ONHAND_DATABASE_URL", database.engine_url)
    monkeypatch.setenv("ONHAND_OWNER_URL", database.owner_url)
    monkeypatch.setenv("ONHAND_ACTOR", "tester")
    return CommandLine(capsys)
