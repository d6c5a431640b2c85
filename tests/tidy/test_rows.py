"""Each row of the five kinds of stock-keeping has a test over HTTP, or stands here with the reason why it has none."""

import re
from pathlib import Path

import pytest

from tests.tidy.tree import ROOT

SPEC = ROOT.parent / "shared" / "spec"
PAGES = ("lots", "pieces", "recipes", "commerce", "serials")
_ROW = re.compile(r"^\| ([LPRCS][0-9]+) \| .* \| ([^|]+) \|$", re.MULTILINE)
WITHOUT_HTTP = {
    "L2": "retries of the library, below every surface",
    "L9": "a rule of the ledger; its refusals are those of adjustments, moves and costs",
    "L11": "columns and constraints of the database",
    "L13": "a trigger that sees plain SQL; the journal itself is read at /api/postings and /api/trail",
    "L20": "migrations, by the command line",
    "L21": "coverage, measured by `make coverage`",
    "P6": "a trigger of the database",
    "P9": "privileges and triggers of the database",
    "P12": "a constraint of the database",
    "P14": "nothing is deleted in the database",
    "P16": "views for people with a SQL client",
    "P17": "archives are files, by the command line",
    "P19": "takeovers are files, by the command line",
    "P20": "a check with an exit code, by the command line",
    "R5": "a loop of the library; a caller over HTTP sees VERSION_CONFLICT and decides",
    "R19": "a page of the console",
    "C3": "an index of the database",
    "C9": "privileges and triggers of the database",
    "C13": "jobs of the worker",
    "S9": "schedules of the worker",
    "S10": "retries of the library, below every surface",
}
"""The rows that no caller over HTTP can see at work."""


def rows() -> dict[str, str]:
    """Give the rows of the five pages with the surfaces that they name."""
    return dict(_ROW.findall("\n".join((SPEC / f"{page}.md").read_text(encoding="utf-8") for page in PAGES)))


def named(row: str, text: str) -> bool:
    """Whether a text names a row, and not a longer one that begins like it."""
    return re.search(rf"\b{row}\b", text) is not None


def docstrings(folder: Path) -> str:
    """Give what the tests of a folder say of themselves."""
    sources = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("test_*.py"))]
    return "\n".join(re.findall(r'"""(.*?)"""', "\n".join(sources), re.DOTALL))


@pytest.fixture(scope="module")
def spec() -> dict[str, str]:
    """The rows, where they are beside this checkout."""
    if not SPEC.is_dir():
        pytest.skip(f"the specification is not beside this checkout, at ../{SPEC.relative_to(ROOT.parent)}")
    return rows()


def test_each_row_has_a_test_over_http(spec: dict[str, str]) -> None:
    """A row of the five pages is named by a test of the service, unless it is excused with a reason."""
    told = docstrings(ROOT / "tests" / "api")
    missing = sorted(row for row in spec if row not in WITHOUT_HTTP and not named(row, told))

    assert len(spec) > 90
    assert not missing, f"no test below tests/api names {', '.join(missing)}"


def test_only_rows_without_http_are_excused(spec: dict[str, str]) -> None:
    """What is excused is a row, names a reason, and none of them asks for the API."""
    asking = {row for row, surface in spec.items() if {"API", "all"} & {*re.findall(r"\w+", surface)}}

    assert spec.keys() >= WITHOUT_HTTP.keys()
    assert all(WITHOUT_HTTP.values())
    assert not asking & WITHOUT_HTTP.keys()


def test_a_row_is_not_named_by_a_longer_one() -> None:
    """L1 is not shown by a test of L10, nor by one that has its letters within a word."""
    assert named("L1", "L10, L1: both")
    assert not named("L1", "L10: ten, AL1, L1x")
