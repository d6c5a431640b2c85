"""The types of the ledger without `await`, and of the package, as a type checker and an editor see them."""

import asyncio
from pathlib import Path

import pytest
from mypy import api

import onhand
from docs.generating.library import answers
from docs.generating.stubs import stubs
from onhand.ledger.stock import Stock
from onhand.ledger.surface import methods, namespaces

PROGRAM = """
from decimal import Decimal
from typing import assert_type
import onhand

with onhand.connect_sync() as stock:
    assert_type(stock.lots.list(), onhand.Page[onhand.LotAnswer])
    assert_type(stock.invoices.get("I-1"), onhand.InvoiceAnswer)
    assert_type([lot.code for lot in stock.every(stock.lots.list, status="LIVE")], list[str])
    stock.sell(site="london", lines=[onhand.Line("A", 6), onhand.Line("B", Decimal("2.5"))], key="1")
    assert_type(stock.lots.list(), onhand.Page[onhand.PieceAnswer])
    stock.lots.lists()
    stock.lots.recall(sku="A", lot=7, key="2")
"""


def test_a_type_checker_knows_what_is_answered_without_await(tmp_path: Path) -> None:
    """The ledger of `connect_sync` is typed, family by family; a slip in a name or a type is found."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")

    told, errors, _ = api.run(["--strict", "--cache-dir", str(tmp_path / "cache"), str(program)])

    found = [line.partition("program.py:")[2] for line in told.splitlines() if "program.py:" in line]
    assert errors == ""
    assert [(line.partition(":")[0], line.rpartition("[")[2]) for line in found if ": error: " in line] == [
        ("11", "assert-type]"),
        ("12", "attr-defined]"),
        ("13", "arg-type]"),
    ]


def test_the_stubs_are_fresh() -> None:
    """Each stub is what `make docs` writes."""
    assert [path.name for path, text in stubs().items() if path.read_text(encoding="utf-8") != text] == []


def test_every_method_has_its_ordinary_one_in_the_stub() -> None:
    """Each verb and question of each family stands in the stub, under its name."""
    (text,) = [text for path, text in stubs().items() if path.name == "sync_stock.pyi"]
    told = {
        f"{family}.{name}".lstrip(".")
        for family, kind in namespaces().items()
        for name in [*map(str.strip, _methods_of(text, f"Sync{kind.__name__}"))]
    }

    assert methods().keys() - told == set()


def _methods_of(text: str, name: str) -> list[str]:
    (_, _, rest) = text.partition(f"class {name}:\n")
    body = rest.partition("\nclass ")[0]
    return [line.removeprefix("    def ").partition("(")[0] for line in body.splitlines() if "def " in line]


async def test_an_editor_finds_the_methods_of_a_family(stock: Stock) -> None:
    """`stock.lots.` completes to plain methods, each with its signature and its docstring."""
    names = {name for name in dir(stock.lots) if not name.startswith("_")}

    assert {"list", "get", "recall", "take_in", "list_alerts"} <= names
    assert all(asyncio.iscoroutinefunction(getattr(stock.lots, name)) for name in names)
    assert all(getattr(stock.lots, name).__doc__ for name in names)


def test_every_answer_is_exported() -> None:
    """Each class that an answer of the library is made of can be had from `onhand`, and is the one that is answered."""
    left_out = [kind.__name__ for kind in answers() if getattr(onhand, kind.__name__, None) is not kind]

    assert left_out == []


@pytest.mark.parametrize("name", ["LotAnswer", "SyncStock", "receipt_in", "Cutting", "connect_sync"])
def test_what_is_exported_is_listed(name: str) -> None:
    """What the package exports stands in its `__all__` and in what an editor is told; what is unknown is refused."""
    assert name in onhand.__all__
    assert name in dir(onhand)
    with pytest.raises(AttributeError, match="no attribute 'LotAnswers'"):
        onhand.LotAnswers  # type: ignore[attr-defined]  # noqa: B018 - it is not there
