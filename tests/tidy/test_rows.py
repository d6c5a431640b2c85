"""The rows of the specification and the tests hold each other: each row has its proof, each citation its row."""

import ast
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.tidy.tree import ROOT, spot

SPEC = ROOT / "docs" / "spec"
TESTS = ROOT / "tests"
FIVE = ("lots", "pieces", "recipes", "commerce", "serials")
"""The pages of the five kinds of stock-keeping."""
PAGES = ("trust", *FIVE, "beyond")

_ROW = re.compile(r"^- \*\*([A-Z][0-9]+)\*\*(?: \(([a-zA-Z, ]+)\))?\. \S", re.MULTILINE)
_BEGUN = re.compile(r"^- \*\*([A-Z][0-9]+)\b", re.MULTILINE)
_RANGE = re.compile(r"^\| \[([a-z]+)\]\(\1\.md\) \| ([A-Z][0-9]+) to ([A-Z][0-9]+) \|", re.MULTILINE)
_LISTED = re.compile(r"^\| ([A-Z][0-9]+) \| [^|]+ \|$", re.MULTILINE)
_SURFACE = re.compile(r"^\| ([a-zA-Z ]+) \| [^|]+ \|$", re.MULTILINE)

_ID = r"[A-Z][0-9]+"
_CITED = re.compile(rf"({_ID}(?:-{_ID})?(?:, {_ID}(?:-{_ID})?)*)(?:, control)?: ")
_ALIKE = re.compile(rf"{_ID}\b")

MEASURED = {"L21": "`make coverage` measures it, over all tests"}
"""The rows that no single test can prove."""

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


def page(name: str) -> str:
    """The text of a page of the specification."""
    return (SPEC / f"{name}.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """A section of the first page, without its heading."""
    return page("README").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> list[tuple[str, frozenset[str]]]:
    """The rows of a page in order, each with the surfaces that it names, as often as they stand there."""
    return [(row, frozenset(named.split(", ") if named else ())) for row, named in _ROW.findall(text)]


def all_rows() -> dict[str, frozenset[str]]:
    """Every row of the specification."""
    return {row: surfaces for name in PAGES for row, surfaces in rows(page(name))}


def number(row: str) -> int:
    """The number of a row within its letter."""
    return int(row[1:])


def cited_by(docstring: str) -> list[str]:
    """The rows that a docstring says it proves: what stands before its first colon."""
    head = _CITED.match(docstring)
    found: list[str] = []
    for part in head[1].split(", ") if head else ():
        first, _, last = part.partition("-")
        found += [f"{first[0]}{count}" for count in range(number(first), number(last or first) + 1)]
    return found


def docstrings(source: str) -> list[tuple[str, str]]:
    """The name and docstring of each test in a module; empty where it has none."""
    return [
        (node.name, ast.get_docstring(node) or "")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]


def citations(*sources: str) -> dict[str, list[str]]:
    """By each row that is cited the tests that do so."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for test, docstring in docstrings(source):
            for row in cited_by(docstring):
                found.setdefault(row, []).append(test)
    return found


def sources(folder: Path) -> list[str]:
    """The text of each module of tests below a folder."""
    return [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("test_*.py"))]


def without_proof(spec: Iterable[str], cited: Mapping[str, object], excused: Iterable[str]) -> list[str]:
    """The rows that are neither cited nor excused, and those that are both."""
    return sorted(row for row in spec if (row in cited) == (row in set(excused)))


def without_row(spec: Iterable[str], cited: Mapping[str, object]) -> list[str]:
    """The citations of what is no row."""
    return sorted(set(cited) - set(spec))


@pytest.fixture(scope="module")
def spec() -> dict[str, frozenset[str]]:
    """Every row with its surfaces."""
    return all_rows()


@pytest.fixture(scope="module")
def cited() -> dict[str, list[str]]:
    """What the tests say that they prove."""
    return citations(*sources(TESTS))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_its_rows(name: str) -> None:
    """A page begins and ends with the rows that the first page says, in order, each of its letter and well formed."""
    found = [row for row, _ in rows(page(name))]
    said = {told: (first, last) for told, first, last in _RANGE.findall(page("README"))}
    surfaces = {*_SURFACE.findall(section("How ids work"))} - {"surface"}

    assert found == _BEGUN.findall(page(name))
    assert (found[0], found[-1]) == said[name]
    assert len({row[0] for row in found}) == 1
    assert [number(row) for row in found] == sorted({number(row) for row in found})
    assert surfaces.issuperset(one for _, named in rows(page(name)) for one in named)
    assert name not in FIVE or all(named for _, named in rows(page(name)))


def test_each_row_is_proved(spec: dict[str, frozenset[str]], cited: dict[str, list[str]]) -> None:
    """A test cites each row that is built, even in part, and none that the first page says is not built yet."""
    not_built = _LISTED.findall(section("Not built yet"))
    in_part = _LISTED.findall(section("Proved in part"))

    assert len(spec) > 130
    assert in_part
    assert spec.keys() >= {*not_built, *in_part, *MEASURED}
    assert not without_proof(spec, cited, {*not_built, *MEASURED})
    assert cited.keys() >= {*in_part}


def test_each_citation_has_its_row(spec: dict[str, frozenset[str]], cited: dict[str, list[str]]) -> None:
    """What a test says that it proves stands in the specification."""
    assert not without_row(spec, cited), {row: cited[row] for row in without_row(spec, cited)}


def test_each_citation_is_well_formed() -> None:
    """A docstring that begins with an id cites it: with commas, ranges, `control`, then a colon."""
    odd = [
        f"{spot(path)}: {docstring.splitlines()[0]}"
        for path in sorted(TESTS.rglob("test_*.py"))
        for _, docstring in docstrings(path.read_text(encoding="utf-8"))
        if _ALIKE.match(docstring) and not cited_by(docstring)
    ]

    assert not odd, "\n".join(odd)


def test_each_row_is_proved_over_http() -> None:
    """A row of the five kinds of stock-keeping is cited by a test of the service, or excused with a reason."""
    of_five = [row for name in FIVE for row, _ in rows(page(name))]
    over_http = citations(*sources(TESTS / "api"))

    assert len(of_five) > 90
    missing = sorted(row for row in of_five if row not in WITHOUT_HTTP and row not in over_http)
    assert not missing, f"no test below tests/api cites {', '.join(missing)}"


def test_only_rows_without_http_are_excused(spec: dict[str, frozenset[str]]) -> None:
    """What is excused is a row, names a reason, and none of them asks for the service."""
    asking = {row for row, surfaces in spec.items() if surfaces & {"service", "all"}}

    assert spec.keys() >= WITHOUT_HTTP.keys()
    assert all(WITHOUT_HTTP.values())
    assert not asking & WITHOUT_HTTP.keys()


@pytest.mark.parametrize(
    ("docstring", "found"),
    [
        ("L3: one.", ["L3"]),
        ("L3, C18: two.", ["L3", "C18"]),
        ("P3-P5, P8: a range.", ["P3", "P4", "P5", "P8"]),
        ("T1, control: without the lock.", ["T1"]),
        ("B1: control: a control.", ["B1"]),
        ("L10: not L1, which is only mentioned.", ["L10"]),
        ("The lot of L1: no citation.", []),
        ("L1 is not cited without a colon.", []),
        ("L1 and L2: no.", []),
        ("", []),
    ],
)
def test_what_a_docstring_cites(docstring: str, found: list[str]) -> None:
    """What stands before the first colon is cited, and nothing that is mentioned after it."""
    assert cited_by(docstring) == found


def test_what_is_missing_is_found() -> None:
    """Control: a row that no test cites, a citation without a row, and an excuse that is not needed are found."""
    text = "# Rows\n\n- **L1** (library). One.\n- **L2** (library, SQL). Two.\n- **L3** no row.\n- **L4**. Four.\n"
    cited = citations('def test_a():\n    """L1, L7: a."""\n\ndef help_b():\n    """L2: b."""\n')
    found = [row for row, _ in rows(text)]

    assert rows(text) == [("L1", {"library"}), ("L2", {"library", "SQL"}), ("L4", frozenset())]
    assert _BEGUN.findall(text) == ["L1", "L2", "L3", "L4"]
    assert without_proof(found, cited, {"L4"}) == ["L2"]
    assert without_proof(found, cited, {"L1", "L2", "L4"}) == ["L1"]
    assert without_row(found, cited) == ["L7"]
