"""The reference is what the code says."""

import hashlib
import re
from pathlib import Path

import pytest

from docs.generate import REFERENCE, pages
from docs.generating.catalogues import VARIABLES
from docs.generating.client import CLIENT, client_modules
from docs.generating.command_line import command_line_page
from docs.generating.encoding import vectors
from docs.generating.markdown import table, text_of
from onhand.faults import FAULTS
from onhand.kernel.refusals import CATALOGUE
from onhand.ledger.engine.acting import Acting
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "onhand"

_VARIABLE = re.compile(r"\bONHAND_[A-Z]+(?:_[A-Z]+)*\b")
_HEADING = re.compile(r"^##+ (.+)$", re.MULTILINE)


def headings(page: str) -> list[str]:
    """The headings of a committed page of the reference, without its title."""
    return _HEADING.findall((REFERENCE / page).read_text(encoding="utf-8"))


def test_the_reference_is_fresh(database: TestDatabase) -> None:
    """Each page of the reference is what `make docs` writes, and there is no page beside these."""
    written = pages(database.owner_url)

    assert {path.name for path in REFERENCE.iterdir()} == set(written)
    stale = [name for name, text in written.items() if (REFERENCE / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_the_verbs_of_the_client_are_fresh() -> None:
    """Each module of shapes and verbs is what the description says, and there is no module beside these."""
    modules = client_modules()

    assert {
        f"{folder}/{path.name}" for folder in ("shapes", "verbs") for path in CLIENT.joinpath(folder).glob("*.py")
    } == (set(modules))
    stale = [path for path, text in modules.items() if CLIENT.joinpath(path).read_text(encoding="utf-8") != text]
    assert stale == [], "run `make docs`"


def test_every_variable_is_explained() -> None:
    """Each variable that the package names is on the page, and the page names no other."""
    named = {name for path in PACKAGE.rglob("*.py") for name in _VARIABLE.findall(path.read_text(encoding="utf-8"))}

    assert named == set(VARIABLES)


def test_every_code_has_a_heading() -> None:
    """Each refusal and each fault has a heading of its own, in the order of its catalogue."""
    assert headings("refusals.md") == list(CATALOGUE)
    assert headings("faults.md") == list(FAULTS)


def test_every_verb_has_a_heading() -> None:
    """Each verb and each question of the library has a heading, and so has each verb of the command line."""
    methods = [name for kind in (Acting, *Stock.__bases__) for name in vars(kind) if not name.startswith("_")]
    callables = [name for name in methods if callable(getattr(Stock, name))]

    assert callables
    assert [name for name in callables if name not in headings("library.md")] == []
    assert {"sell", "db upgrade", "verify", "race"} <= set(_HEADING.findall(command_line_page()))


def test_the_vectors_are_these() -> None:
    """B8: the examples of the canonical encoding do not change; a second implementation may rely on them."""
    (before, _, first), (between, _, second) = vectors()

    assert before == bytes(32)
    assert between == first
    assert first.hex() == "4b87f794ac0f20dec0df71317c83b2b463ec271cbfa87c05b1140d093d0f8fb9"
    assert second.hex() == "1e08a1c602efa3c44674a87237902d1d68237ddfc9aff3c7d7c343f33a5bb127"


def test_goods_without_a_value_are_sealed_as_ever() -> None:
    """B8: where no cost is known, a posting has the hash that it had before movements carried a value."""
    (_, _, first), (_, text, _) = vectors()
    bare = text.replace("6000000,15000000]", "6000000]")

    assert bare != text
    assert hashlib.sha256(first + bare.encode()).hexdigest() == (
        "8820bb8ece363b82f2bedc144265efcfe22123d9d61fbc54058b83233f443454"
    )


@pytest.mark.parametrize(
    ("doc", "text"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        (
            "One.\n\nArgs:\n    a: First,\n        and more.\n    b: Second.",
            "One.\n\nArguments:\n\n- `a`: First, and more.\n- `b`: Second.",
        ),
        (
            "One.\n\nReturns:\n    A thing,\n    or none.\n\nRaises:\n    Fault: X.",
            "One.\n\nReturns:\n\nA thing, or none.\n\nRaises:\n\n- `Fault`: X.",
        ),
    ],
)
def test_docstrings_become_markdown(doc: str, text: str) -> None:
    """Sections of a docstring become lists, and nothing of it is lost."""
    assert text_of(doc) == text


def test_a_cell_keeps_its_table_whole() -> None:
    """A bar or a line break within a cell does not part the row."""
    assert table(["a"], [["x | y\nz"], [None]]) == "| a |\n| --- |\n| x \\| y z |\n|  |"
