"""The same on a real ledger: PostgreSQL, real processes, and a real retailer's half year where it is at hand."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

import onhand
from examples.loaders.online_retail import LineClass, read_entries
from examples.loaders.opening import Survey
from examples.loaders.plan import Lifecycle, Opening, Terms
from examples.loaders.reading import read_lines
from examples.loaders.run import replay
from examples.loaders.summary import Summary
from onhand.kernel.posting import Posting
from onhand.ledger.stock import Stock
from onhand.store.database.schema import upgrade_schema
from tests.conftest import TestDatabase
from tests.ledger.ledgers import reading_of
from tests.loaders.fake_ledger import FakeLedger
from tests.loaders.files import correction, text, write
from tests.loaders.test_run import CLASSES, LINES, lines_by_class
from tests.loaders.watching import Notes
from tests.tidy.tree import ROOT

REAL_FILE = Path("data/online-retail/online_retail_2010-12_2011-06.csv.gz")
REAL_CLASSES = {"sold": 239_068, "returned": 4_195, "written off": 754, "found": 365, "not stock": 1_521}
MANY_LINES = [
    line
    for invoice in range(1, 401)
    for line in (
        text(str(invoice), str(10_000 + invoice % 7), 1 + invoice % 5),
        text(str(invoice), str(10_000 + invoice % 11), 2),
        text(f"C{invoice}", str(10_000 + invoice % 3), -3),
        correction(f"9{invoice}", str(10_000 + invoice % 5), invoice % 4 or -2),
    )
]


def terms(opening: Opening = Opening.DERIVE) -> Terms:
    """Give terms."""
    return Terms(site="london", opening=opening, actor="ann")


async def journal_of(stock: Stock) -> list[Posting]:
    """Give all postings, the ledger being sound."""
    verification = await stock.verify()
    assert verification.ok, verification.findings
    return [await stock.get_posting(number) for number in range(1, verification.head.number + 1)]


async def available(stock: Stock) -> dict[str, int]:
    """Give the available whole units by sku."""
    holdings = stock.every(stock.list_holdings, "london", empty=True)
    return {holding.place.sku: int(holding.balances.available) async for holding in holdings}


def told(journal: list[Posting]) -> list[tuple[object, ...]]:
    """Give what a journal says, without clocks and hashes."""
    return [
        (
            (posting.number, posting.kind, posting.key, posting.reason, posting.document_id, posting.data),
            [(movement.place, movement.source, movement.target, movement.quantity) for movement in posting.movements],
        )
        for posting in journal
    ]


@pytest.mark.parametrize("opening", Opening)
async def test_a_real_ledger_answers_as_the_model(stock: Stock, tmp_path: Path, opening: Opening) -> None:
    """Classes, postings and stock are those of the kernel alone; a second run changes nothing."""
    path = write(tmp_path / "invoices.csv", LINES)
    model = FakeLedger()
    expected = await replay(model, path, terms(opening), Notes())

    first = await replay(stock, path, terms(opening), Notes(), batch_acts=2)
    journal = told(await journal_of(stock))
    again = await replay(stock, path, terms(opening), Notes())

    assert lines_by_class(first) == lines_by_class(again) == lines_by_class(expected) == CLASSES[opening]
    assert first.tally.postings == again.tally.postings == again.tally.replayed == len(model.journal) == len(journal)
    assert await available(stock) == model.stock("london")
    assert told(await journal_of(stock)) == journal


@pytest.mark.parametrize("opening", Opening)
async def test_a_killed_process_is_finished_by_the_next_run(
    database: TestDatabase, empty_database: TestDatabase, tmp_path: Path, opening: Opening
) -> None:
    """Killed with SIGKILL in the middle, thrice, and run again: the very journal of one run."""
    path = write(tmp_path / "invoices.csv", MANY_LINES)
    upgrade_schema(empty_database.owner_url)
    kills = [_killed_after(lines, database.engine_url, path, opening) for lines in (1, 500, 1_000)]

    async with onhand.connect(database.engine_url) as stock, onhand.connect(empty_database.engine_url) as other:
        before = (await stock.verify()).head.number
        finished = await replay(stock, path, terms(opening), Notes())
        at_once = await replay(other, path, terms(opening), Notes())
        journals = [told(await journal_of(ledger)) for ledger in (stock, other)]

    assert kills == [-9, -9, -9]
    assert 0 < before < at_once.tally.postings
    assert finished.tally.replayed == before
    assert journals[0] == journals[1]
    assert lines_by_class(finished) == lines_by_class(at_once)


def test_a_real_half_year_adds_up(shared: Path) -> None:
    """The real file has the control totals that its publisher states, and no line of it is unreadable."""
    survey = Survey()
    classes: dict[str, int] = {}

    for entry in read_entries(read_lines(shared / REAL_FILE)):
        survey.add(entry)
        line_class = getattr(entry, "line_class", LineClass.UNREADABLE)
        classes[line_class] = classes.get(line_class, 0) + 1

    control = survey.control
    assert (control.lines, control.invoices, control.units) == (245_903, 12_795, 2_292_167)
    assert control.value == 4_397_950_761_000
    assert classes == REAL_CLASSES


@pytest.mark.timeout(900)
async def test_a_real_half_year_goes_through_the_ledger(stock: Stock, shared: Path) -> None:
    """Every line of a real retailer's half year ends in one class, and a second run changes nothing."""
    survey = Survey()
    for entry in read_entries(read_lines(shared / REAL_FILE)):
        survey.add(entry)

    first = await replay(stock, shared / REAL_FILE, terms(), Notes())
    head = (await stock.verify()).head
    again = await replay(stock, shared / REAL_FILE, terms(), Notes())
    verification = await stock.verify()

    assert first.adds_up
    assert again.adds_up
    assert lines_by_class(first) == lines_by_class(again) == REAL_CLASSES
    assert first.plain()["value"] == "4397950.761"
    assert first.tally.postings == again.tally.postings == again.tally.replayed == head.number
    assert verification.ok
    assert verification.head == head
    assert sum((await available(stock)).values()) == sum(survey.openings.values()) + _moved(first)


def _moved(summary: Summary) -> int:
    """Give by how many units the lines have changed the stock."""
    units = {name: part.units for name, part in summary.tally.classes.items()}
    return units[LineClass.FOUND] + units[LineClass.WRITTEN_OFF] - units[LineClass.SOLD] - units[LineClass.RETURNED]


def _killed_after(lines: int, url: str, path: Path, opening: Opening) -> int:
    """Run a replay as a process and kill it once so many lines have their outcome; give its exit code."""
    command = [sys.executable, "-m", "tests.loaders.told_run", url, str(path), str(opening), "20"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for step in process.stdout:
            if int(step) >= lines:
                break
        process.kill()
    return process.returncode


async def test_invoices_that_are_paid_and_delivered_come_to_the_same(stock: Stock, tmp_path: Path) -> None:
    """S5: lines that are reserved, paid and delivered leave the same stock and account as lines sold at once."""
    file = write(tmp_path / "file.csv", MANY_LINES)
    at_once = await replay(stock, file, Terms(site="london", opening=Opening.DERIVE, actor="ann"), Notes())
    invoiced = Terms(site="leeds", opening=Opening.DERIVE, actor="ann", lifecycle=Lifecycle.INVOICE)

    summary = await replay(stock, file, invoiced, Notes())
    again = await replay(stock, file, invoiced, Notes())

    assert summary.adds_up
    assert summary.tally.classes == at_once.tally.classes == again.tally.classes
    assert again.tally.replayed == again.tally.postings == summary.tally.postings
    london, leeds = [
        {holding.place.sku: holding.balances async for holding in stock.every(stock.list_holdings, site, empty=True)}
        for site in ("london", "leeds")
    ]
    assert london == leeds
    kinds = await reading_of(stock).shop.acts(0, (await stock.head()).number)
    assert kinds["invoice"] == kinds["pay"] == kinds["deliver"] == 400
    assert (await stock.verify()).ok
    with pytest.raises(onhand.Refused, match="another --opening or --lifecycle"):
        await replay(stock, file, Terms(site="leeds", opening=Opening.DERIVE, actor="ann"), Notes())


async def test_real_invoices_that_are_paid_and_delivered_come_to_the_same(
    stock: Stock, shared: Path, tmp_path: Path
) -> None:
    """S5: the first 3,000 lines of a real retailer come to the same totals and stock, whichever way they go."""
    real = list(islice(read_lines(shared / REAL_FILE), 3_001))
    file = write(tmp_path / "file.csv", [str(line.text) for line in real[1:]])

    summaries = [
        await replay(stock, file, Terms(site=str(way), opening=Opening.DERIVE, actor="ann", lifecycle=way), Notes())
        for way in Lifecycle
    ]

    sold, invoiced = summaries
    assert sold.adds_up
    assert invoiced.adds_up
    assert sold.tally.classes == invoiced.tally.classes
    assert sold.control == invoiced.control
    totals = [(await stock.reports.live_totals(sorted(await _skus(stock)), site=str(way))) for way in Lifecycle]
    assert totals[0] == totals[1]
    assert (await stock.verify()).ok


async def _skus(stock: Stock) -> set[str]:
    """Give up to a thousand skus that there are."""
    skus = [holding.place.sku async for holding in stock.every(stock.list_holdings, "sale", empty=True)]
    return set(skus[:1000])
