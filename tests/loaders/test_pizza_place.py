"""The format pizza-place: read as it is, deducted gram by gram, and put back the same."""

import asyncio
import gzip
import json
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest

from examples.loaders.__main__ import load
from examples.loaders.pizza_place import read_pizza_place
from examples.loaders.pizza_run import replay_pizzas
from examples.loaders.showing import pizzas_shown
from onhand import Fault
from onhand.cli.exits import Exit
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.loaders.watching import Notes

GRAMS = Path(__file__).parent / "pizza_grams.csv"
"""Grams of each ingredient by size: stated here, since the real files have none."""

FILES = {
    "pizza_types.csv": (
        "pizza_type_id,name,category,ingredients,dummy\r\n"
        'nduja,The Nduja Pizza,Supreme,"\u2018Nduja Salami, Tomatoes, Artichoke, Garlic",\r\n'
        'art,The Artichoke Pizza,Veggie,"Artichokes, Tomatoes",1\r\n'
    ),
    "pizzas.csv": "pizza_id,pizza_type_id,size,price\nnduja_s,nduja,S,12\nnduja_l,nduja,L,20\nart_m,art,M,16\n",
    "orders.csv": "order_id,date,time\n1,2015-01-01,11:38:36\n2,2015-01-01,11:57:40\n3,2015-01-02,12:00:00\n",
    "order_details.csv": (
        "order_details_id,order_id,pizza_id,quantity\n1,1,nduja_s,1\n2,2,nduja_l,2\n3,2,art_m,1\n4,3,art_m,3\n"
    ),
    "grams.csv": "ingredient,S,M,L,XL,XXL\n*,20,30,40,50,60\nGarlic,0.5,1,1.5,2,2.5\n",
}


def folder_of(folder: Path, **changed: str) -> Path:
    """Write the files of a small pizza place, some of them changed."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        content = changed.get(name.removesuffix(".csv"), text).encode("cp1252")
        if name.startswith("order"):
            (folder / f"{name}.gz").write_bytes(gzip.compress(content))
        else:
            (folder / name).write_bytes(content)
    return folder


def test_the_files_are_read_as_they_are(tmp_path: Path) -> None:
    """R7: CP1252 and CRLF, gzip or not, amounts by size, and Artichoke and Artichokes as one item."""
    place = read_pizza_place(folder_of(tmp_path / "p"))

    assert (len(place.pizzas), len(place.orders), place.lines) == (3, 3, 4)
    assert place.pizzas["nduja_l"].name == "The Nduja Pizza L"
    assert dict(place.pizzas["nduja_s"].grams) == {
        "\u2018Nduja Salami": "20",
        "Tomatoes": "20",
        "Artichoke": "20",
        "Garlic": "0.5",
    }
    assert place.skus["Artichoke"] == place.skus["Artichokes"] == "ARTICHOKES"
    assert place.skus["\u2018Nduja Salami"] == "NDUJA-SALAMI"
    assert place.grams(place.orders) == {
        "NDUJA-SALAMI": 100_000_000,
        "TOMATOES": 220_000_000,
        "ARTICHOKES": 220_000_000,
        "GARLIC": 3_500_000,
    }


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"pizzas": "pizza_id,pizza_type_id,size,price\nx,none,S,1\n"}, "there is no pizza type none"),
        ({"pizzas": "pizza_id,pizza_type_id,size,price\nx,art,XS,1\n"}, "it has no grams of Artichokes for size XS"),
        ({"orders": "order_id,date,time\n1,2015-01-01,11:38:36\n"}, "there is no order 2"),
        ({"order_details": "order_details_id,order_id,pizza_id,quantity\n7,1,none,1\n"}, "line 7 is none of a pizza"),
        ({"order_details": "order_details_id,order_id,pizza_id,quantity\n7,1,art_m,-1\n"}, "line 7 is none of a pizza"),
        ({"order_details": "order_details_id,order_id\n7,1,art_m,1\n"}, "not as many values"),
        ({"grams": "ingredient,S\n*,-20\n"}, "no grams"),
    ],
)
def test_odd_files_are_refused(tmp_path: Path, changed: dict[str, str], why: str) -> None:
    """R7: what does not fit together is said before anything is posted."""
    with pytest.raises(Fault, match=why) as caught:
        read_pizza_place(folder_of(tmp_path / "p", **changed))

    assert caught.value.code == "FILE_UNREADABLE"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """R7: the table of grams is looked for beside the files, or where it is told."""
    folder = folder_of(tmp_path / "p")
    (folder / "grams.csv").unlink()

    with pytest.raises(Fault, match=r"grams\.csv cannot be read"):
        read_pizza_place(folder)
    assert read_pizza_place(folder / "pizzas.csv", GRAMS).lines == 4


async def test_a_run_adds_up_and_running_again_changes_nothing(stock: Stock, tmp_path: Path) -> None:
    """R1, R7, R10: all that was received is used to the gram, the voided sample is back, a second run is the same."""
    place = read_pizza_place(folder_of(tmp_path / "p"))

    first = await replay_pizzas(stock, place, Notes(), site="soho", actor="ann")
    head = await stock.head()
    second = await replay_pizzas(stock, place, Notes(), site="soho", actor="bob")

    assert first.adds_up, first.differences
    assert (first.orders, first.lines, first.pizzas, first.recipes, first.items) == (3, 4, 7, 3, 4)
    assert (first.voided, first.grams_returned) == (1, 60_500_000)
    assert {**second.plain(), "seconds": 0} == {**first.plain(), "seconds": 0}
    assert await stock.head() == head
    assert await stock.recipes.available("soho") == {
        "NDUJA-SALAMI": Decimal("0.02"),
        "TOMATOES": Decimal("0.02"),
        "ARTICHOKES": Decimal("0.02"),
        "GARLIC": Decimal("0.0005"),
    }
    assert any("to the gram" in str(line) for line in pizzas_shown(first))


async def test_what_does_not_add_up_is_told(stock: Stock, tmp_path: Path) -> None:
    """R7: one gram more on the shelf than the files say is named with its item."""
    place = read_pizza_place(folder_of(tmp_path / "p"))
    await replay_pizzas(stock, place, Notes(), site="soho", actor="ann")
    await stock.adjust(site="soho", lines=[("GARLIC", "0.001")], reason="found", key="g")

    again = await replay_pizzas(stock, place, Notes(), site="soho", actor="ann")

    assert again.differences == ("GARLIC after the voids: 1.5 g, not 0.5 g",)
    assert any("NOT what the files say" in str(line) for line in pizzas_shown(again))


def test_the_command_line_replays_it(
    database: TestDatabase, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """R7, R10: `replay FOLDER --format pizza-place` does all of it and says what came of it."""
    monkeypatch.setenv("ONHAND_DATABASE_URL", database.engine_url)
    folder = folder_of(tmp_path / "p")

    assert load(["replay", str(folder), "--format", "pizza-place", "--site", "soho", "--json"]) == Exit.DONE

    told = json.loads(capsys.readouterr().out)
    assert (told["orders"], told["grams_taken"], told["differences"]) == (3, "543.5", [])


@pytest.mark.timeout(300)
async def test_the_real_half_year(stock: Stock, shared: Path) -> None:
    """R1, R7, R10: 24,565 real order lines take 4,903,007 g, and 22 voided orders give back exactly theirs."""
    folder = shared / "data" / "pizza-place"
    if not folder.is_dir():
        pytest.skip("the orders of the pizza place are not beside this checkout")
    place = await asyncio.to_thread(read_pizza_place, folder, GRAMS)

    summary = await replay_pizzas(stock, place, Notes(), site="pizza-place", actor="test")

    assert summary.adds_up, summary.differences
    assert (summary.orders, summary.lines, summary.pizzas) == (10_795, 24_565, 25_040)
    assert (summary.recipes, summary.items, summary.grams_taken) == (96, 64, 4_903_007_000_000)
    assert (summary.voided, summary.grams_returned) == (22, 12_211_750_000)
    began = perf_counter()
    health = await stock.recipes.health()
    assert perf_counter() - began < 8
    assert [check.name for check in health.checks if check.status != "healthy"] == []
