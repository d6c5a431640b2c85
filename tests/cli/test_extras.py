"""What the base does without its extras, and what it says of what it cannot do."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import TestDatabase

ROOT = Path(__file__).resolve().parents[2]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
HIDDEN = (
    "fastexcel",
    "highspy",
    "httpcore",
    "httptools",
    "httpx",
    "litestar",
    "numpy",
    "opentelemetry",
    "polars",
    "prometheus_client",
    "pwdlib",
    "uvicorn",
    "uvloop",
)
"""What the extras bring, as it is imported."""

BARE = f"""
import sys


class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in {HIDDEN}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, Hidden)
"""
RUN = f"{BARE}\nfrom onhand.cli.main import run\nrun(sys.argv[1:])"


def bare(database: TestDatabase, *arguments: str) -> tuple[int, dict[str, object]]:
    """Run a command line without what the extras bring; give its exit code and its JSON document."""
    environment = {**os.environ, "ONHAND_DATABASE_URL": database.engine_url, "ONHAND_LOG": "info"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stdout)


def test_the_hidden_packages_are_those_of_the_extras() -> None:
    """Control: each package that an extra brings is hidden, so that no test passes by what happens to be installed."""
    brought = {
        need.partition(">")[0].partition("[")[0].replace("-", "_")
        for extra, needs in EXTRAS.items()
        if extra not in {"all", "dev"}
        for need in needs
    }

    assert {name.partition("_api")[0].partition("_sdk")[0] for name in brought} == set(HIDDEN)
    assert EXTRAS["all"] == [f"onhand[{','.join(sorted(EXTRAS.keys() - {'all', 'dev'}))}]"]


@pytest.mark.timeout(300)  # many commands, each of which starts anew
def test_the_base_keeps_a_ledger(database: TestDatabase, tmp_path: Path) -> None:
    """Without any extra a ledger is kept, asked, verified, undone, exported and imported, with its log."""
    items = tmp_path / "items.csv"
    items.write_text("sku,name\nB,Bag\n", encoding="utf-8")

    answers = [
        bare(database, *arguments.split(" "))
        for arguments in (
            "define --site london --item A",
            f"import define {items}",
            "receive --site london A=6",
            "sell --site london A=2 --key sale",
            "stock",
            "explain A --site london",
            "revert 4 --key undo --reason oops",
            "verify",
        )
    ]

    assert [told for code, told in answers if code] == []


@pytest.mark.parametrize(
    ("arguments", "extra", "package"),
    [
        ("serve --port 0", "service", "uvloop"),
        ("user create ann --role clerk --password-stdin", "service", "pwdlib"),
        ("worker --until-idle", "worker", "httpcore"),
        ("webhook test 1", "worker", "httpcore"),
        ("reorder --site london", "planning", "numpy"),
        ("plan-cuts A 12 --site london", "cutting", "highspy"),
        ("import lots {path}/lots.xlsx --site london", "files", "fastexcel"),
        ("import lots {path}/lots.parquet --site london", "files", "polars"),
        ("archive write {path}/archive --days 0", "files", "polars"),
    ],
)
def test_a_verb_says_which_extra_it_lacks(
    arguments: str, extra: str, package: str, database: TestDatabase, tmp_path: Path
) -> None:
    """Where an extra is not installed, what needs it says which one brings it."""
    for name in ("lots.xlsx", "lots.parquet"):
        (tmp_path / name).write_bytes(b"PK")
    for before in ("define --site london --item A", "produce A --site london --roll 1x100"):
        assert bare(database, *before.split(" "))[0] == 0

    code, told = bare(database, *arguments.format(path=tmp_path).split(" "))

    assert code
    assert told["fault"] == {
        "code": "EXTRA_MISSING",
        "message": f"This needs {package}, which is not installed: pip install 'onhand[{extra}]' brings it.",
        "retryable": False,
        "facts": {"extra": extra, "package": package},
    }


def test_the_client_says_which_extra_it_lacks() -> None:
    """The same holds for the client, which stands beside the library."""
    done = subprocess.run(
        [sys.executable, "-c", f"{BARE}\nfrom onhand.client import Client"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "pip install 'onhand[client]' brings it" in done.stderr
