"""What is loaded, and what is not: nobody waits for what he did not ask for."""

import json
import subprocess
import sys

import pytest

import onhand

NEEDED = frozenset({"asyncio", "onhand.bootstrap", "onhand.kernel", "onhand.ledger", "onhand.store", "psycopg"})
"""What keeps a ledger."""
BASE = frozenset(
    {
        "alembic",
        "asyncio",
        "cryptography",
        "onhand.bootstrap",
        "onhand.kernel",
        "onhand.ledger",
        "onhand.store",
        "pydantic",
        "psycopg",
        "rich",
        "sqlalchemy",
        "structlog",
        "typer",
    }
)
"""What takes its time to load."""
EXTRAS = frozenset({"fastexcel", "highspy", "httpcore", "httpx", "litestar", "numpy", "polars", "pwdlib", "uvicorn"})


def loaded_by(program: str) -> frozenset[str]:
    """The modules that a process of its own has loaded at the end of a program."""
    told = f"{program}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, timeout=60)
    return frozenset(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    ("program", "unwanted"),
    [
        ("import onhand", BASE | EXTRAS),
        ("from onhand.cli.edge import answer\nassert answer(['--version']) == 0", BASE | EXTRAS),
        (
            "from onhand.cli.building import build_for\nbuild_for(['stock'])",
            (BASE | EXTRAS) - {"asyncio", "onhand.kernel", "onhand.ledger", "typer"},
        ),
        ("import onhand\nonhand.connect", (BASE | EXTRAS) - NEEDED),
    ],
)
def test_nothing_is_loaded_that_is_not_needed(program: str, unwanted: frozenset[str]) -> None:
    """The package alone loads next to nothing, and each verb what it needs."""
    loaded = loaded_by(program)

    assert unwanted & loaded == frozenset()


def test_the_package_lists_what_it_exports() -> None:
    """Each name of the package can be had, and is listed."""
    assert set(onhand.__all__) <= set(dir(onhand))
    assert all(getattr(onhand, name) is not None for name in onhand.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        onhand.nothing  # type: ignore[attr-defined]  # noqa: B018 - it is asked for, that is all
