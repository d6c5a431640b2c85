"""The reference is what the code says."""

import hashlib
import re
from inspect import get_annotations, getmembers, isfunction
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
from onhand.ledger.surface import methods, namespaces
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


def left_out(page: set[str]) -> list[str]:
    """Give what of the library a page with these headings leaves out: verbs, questions, and classes of answers."""
    told = [name for kind in namespaces().values() for name in public_methods(kind)]
    return [name for name in [*told, *classes_of_answers()] if name not in page]


def public_methods(kind: type) -> list[str]:
    """The public methods of a class, wherever it has them from, by the names by which users know them."""
    family = next(family for family, one in namespaces().items() if one is kind)
    return [f"{family}.{name}".lstrip(".") for name, _ in getmembers(kind, isfunction) if not name.startswith("_")]


def classes_of_answers() -> set[str]:
    """The names of the classes of ours that stand in the type of an answer as the source writes it."""
    written = " ".join(str(get_annotations(method).get("return")) for method in methods().values())
    return {name.rpartition(".")[2] for name in re.findall(r"onhand(?:\.\w+)+", written)}


def test_every_verb_question_and_answer_has_a_heading() -> None:
    """Each verb and question of the library, of the ledger itself or of a family, and each answer class, has one."""
    page = {*headings("library.md")}

    assert {"sell", "every", "lots.list", "lots.recall", "pieces.family", "archive.write"} <= page
    assert {"LotAnswer", "InvoiceAnswer", "PieceAnswer", "CutPlan", "Health", "MovementLine"} <= page
    assert left_out(page) == []


@pytest.mark.parametrize("left", ["sell", "close", "lots.take_in", "worker.follow_totals", "LotAnswer", "Dashboard"])
def test_what_the_reference_leaves_out_is_found(left: str) -> None:
    """Control: a page without one verb, question or answer is found to be without it."""
    assert left_out({*headings("library.md")} - {left}) == [left]


def test_every_verb_of_the_command_line_has_a_heading() -> None:
    """Verbs of the command line are on its page."""
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
