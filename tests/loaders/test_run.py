"""A replay accounts for every line, once and for good, however often it is run and wherever it is stopped."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examples.loaders import run
from examples.loaders.plan import Opening, Terms
from examples.loaders.run import replay
from examples.loaders.summary import Summary
from onhand.faults import Fault
from onhand.kernel.command import Command, Line
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.sell import Sell
from tests.loaders.fake_ledger import FakeLedger, Killed
from tests.loaders.files import correction, text, write
from tests.loaders.watching import Notes

LINES = [
    text("1", "11111", 5),
    text("1", "22222", 2),
    text("1", "POST", 1, "18.0"),
    text("1", "11111", 1),
    text("C2", "11111", -4),
    text("3", "22222", "two"),
    correction("4", "22222", 9, "found"),
    correction("5", "22222", -3),
    correction("5", "33333", -3, "wet"),
    text("6", "33333", 4),
    text("6", "11111", 3),
    text("C7", "44444", -6, "1.255"),
    text("8", "44444", 6, "1.255"),
    text("8", "44444", 1, "1.255"),
    "garbage",
    text("9", "M", -1, "100.01"),
]
CLASSES = {
    Opening.DERIVE: {"sold": 7, "returned": 2, "written off": 2, "found": 1, "not stock": 2, "unreadable": 2},
    Opening.NONE: {
        "sold": 2,
        "returned": 2,
        "written off": 1,
        "found": 1,
        "not stock": 2,
        "refused": 6,
        "unreadable": 2,
    },
}


def terms(opening: Opening = Opening.DERIVE, site: str = "london") -> Terms:
    """Give terms."""
    return Terms(site=site, opening=opening, actor="ann")


def lines_by_class(summary: Summary) -> dict[str, int]:
    """Give the lines of each class that has some."""
    return {str(name): part.lines for name, part in summary.tally.classes.items() if part.lines}


async def replayed(
    ledger: FakeLedger, path: Path, opening: Opening = Opening.DERIVE, *, batch_acts: int = 3
) -> tuple[Summary, Notes]:
    """Replay a file and see to it that the account adds up."""
    notes = Notes()
    summary = await replay(ledger, path, terms(opening), notes, batch_acts=batch_acts)
    assert summary.adds_up
    assert summary.control is notes.control
    return summary, notes


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with lines of every class."""
    return write(tmp_path / "invoices.csv", LINES)


@pytest.mark.parametrize("opening", Opening)
async def test_every_line_ends_in_one_class(path: Path, opening: Opening) -> None:
    """The classes add up to the file's lines, invoices, units and value to the last digit."""
    ledger = FakeLedger()

    summary, notes = await replayed(ledger, path, opening)

    assert lines_by_class(summary) == CLASSES[opening]
    plain = summary.plain()
    assert (plain["lines"], plain["invoices"], plain["units"], plain["value"]) == (16, 9, 15, "-52.705")
    assert plain["postings"] == len(ledger.journal)
    assert {7: "its Quantity is no whole number of at most nine digits", 16: "it has 1 columns, not 8"}.items() <= (
        notes.why().items()
    )


async def test_derived_opening_stock_is_used_up(path: Path) -> None:
    """Stock ends at what was derived plus what the file moved, and nothing was refused."""
    ledger = FakeLedger()

    _, notes = await replayed(ledger, path)

    assert ledger.stock("london") == {"11111": 1, "22222": 6, "33333": 0, "44444": 0}
    assert [trouble.line_class for trouble in notes.troubles] == ["unreadable", "unreadable"]


async def test_sales_without_stock_are_refused_line_by_line(path: Path) -> None:
    """Exactly the lines for which there is nothing are refused, each with its shortage; the others are sold."""
    ledger = FakeLedger()

    _, notes = await replayed(ledger, path, Opening.NONE)

    refused = {trouble.number: trouble.reason for trouble in notes.troubles if trouble.line_class == "refused"}
    assert sorted(refused) == [2, 3, 5, 10, 11, 15]
    assert refused[15] == "Not enough stock: 44444 at london: need 1, have 0."
    assert ledger.stock("london") == {"11111": 1, "22222": 6, "44444": 0}


@pytest.mark.parametrize("opening", Opening)
async def test_running_it_again_changes_nothing(path: Path, tmp_path: Path, opening: Opening) -> None:
    """The same file, also compressed and under another name, is answered from the journal, with the same account."""
    ledger = FakeLedger()
    first, _ = await replayed(ledger, path, opening)
    journal = ledger.done()

    again, _ = await replayed(ledger, path, opening, batch_acts=1)
    other, _ = await replayed(ledger, write(tmp_path / "other.gz", LINES), opening, batch_acts=1000)

    assert ledger.done() == journal
    assert lines_by_class(first) == lines_by_class(again) == lines_by_class(other)
    assert first.tally.postings == again.tally.postings == other.tally.postings == len(journal)
    assert (first.tally.replayed, again.tally.replayed, other.tally.replayed) == (0, len(journal), len(journal))


@pytest.mark.parametrize("opening", Opening)
async def test_a_run_killed_anywhere_is_finished_by_the_next(path: Path, opening: Opening) -> None:
    """After a kill between any two commands, running it again leads to the very journal of one run."""
    whole = FakeLedger()
    await replayed(whole, path, opening)
    kills = 0

    for commands in range(1_000):
        ledger = FakeLedger()
        ledger.kill_after = commands
        try:
            await replayed(ledger, path, opening)
        except Killed:
            kills += 1
            ledger.kill_after = None
            await replayed(ledger, path, opening)
        else:
            break

        assert ledger.done() == whole.done()

    assert kills >= len(whole.journal)


@pytest.mark.parametrize("opening", Opening)
async def test_a_file_that_grows_goes_on(tmp_path: Path, opening: Opening) -> None:
    """Cut anywhere and replayed, then whole: each line is posted once, and the stock is that of one run."""
    at_once = FakeLedger()
    path = write(tmp_path / "whole", LINES)
    whole, _ = await replayed(at_once, path, opening)

    for cut in range(len(LINES)):
        ledger = FakeLedger()
        await replayed(ledger, write(tmp_path / "cut", LINES[:cut]), opening)
        grown, notes = await replayed(ledger, path, opening)
        count = len(ledger.journal)
        again, _ = await replayed(ledger, path, opening)

        assert lines_by_class(grown) == lines_by_class(whole) == lines_by_class(again), (cut, notes.why())
        assert ledger.stock("london") == at_once.stock("london")
        assert len(ledger.journal) == count
        assert again.tally.postings == again.tally.replayed == grown.tally.postings


async def test_a_line_that_was_changed_is_refused_and_nothing_is_posted_twice(tmp_path: Path) -> None:
    """Whatever was edited of an invoice that is in the journal, its lines are not posted again."""
    ledger = FakeLedger()
    lines = [text("1", "11111", 5), text("1", "22222", 2), text("1", "33333", 1)]
    await replayed(ledger, write(tmp_path / "file", lines))
    journal, stock = ledger.done(), ledger.stock("london")

    edited, notes = await replayed(ledger, write(tmp_path / "file", [lines[0], text("1", "22222", 1), lines[2]]))
    dated = [line.replace("2010-12-01", "2010-12-02") for line in lines]
    moved, _ = await replayed(ledger, write(tmp_path / "file", dated))

    assert lines_by_class(edited) == {"sold": 2, "refused": 1}
    assert "changed" in notes.why()[3]
    assert lines_by_class(moved) == {"refused": 3}
    assert ledger.stock("london") == stock
    assert [act for act in ledger.done() if act[0] != "define"] == [act for act in journal if act[0] != "define"]


async def test_a_mended_line_is_posted_and_no_other(tmp_path: Path) -> None:
    """A line that could not be read and was mended is posted with its invoice's other lines as they were."""
    ledger = FakeLedger()
    lines = [text("1", "11111", 5), text("1", "22222", "two"), text("1", "33333", 1)]
    await replayed(ledger, write(tmp_path / "file", lines))

    mended, _ = await replayed(ledger, write(tmp_path / "file", [lines[0], text("1", "22222", 2), lines[2]]))

    assert lines_by_class(mended) == {"sold": 3}
    assert sum(posting.kind == "sell" for posting in ledger.journal) == 2
    assert set(ledger.stock("london").values()) == {0}


async def test_stock_that_somebody_took_refuses_only_what_it_served(tmp_path: Path) -> None:
    """Where another sale was quicker, the lines without stock are left out and reported, and it stays so."""
    path = write(tmp_path / "file", [text("1", "11111", 5), text("1", "22222", 2), text("1", "11111", 1)])
    ledger = _Robbed(Sell(key="thief", site="london", lines=(Line("11111", 3 * SCALE),)))

    first, notes = await replayed(ledger, path)
    await ledger.bulk([Receive(key="more", site="london", lines=(Line("11111", 99 * SCALE),))])
    again, later = await replayed(ledger, path)

    assert lines_by_class(first) == lines_by_class(again) == {"sold": 2, "refused": 1}
    assert notes.why() == {2: "Not enough stock: 11111 at london: need 6, have 3."}
    assert later.why() == {2: "it was refused before, in posting 5"}
    assert ledger.stock("london") == {"11111": 101, "22222": 0}


async def test_an_act_whose_every_line_is_short_is_on_record(tmp_path: Path) -> None:
    """Then the posting of its key moves nothing, and a later run does not try again."""
    path = write(tmp_path / "file", [text("1", "11111", 5), text("1", "11111", 5)])
    ledger = _Robbed(Sell(key="thief", site="london", lines=(Line("11111", 10 * SCALE),)))

    first, _ = await replayed(ledger, path)
    await ledger.bulk([Receive(key="more", site="london", lines=(Line("11111", 99 * SCALE),))])
    again, _ = await replayed(ledger, path)

    assert lines_by_class(first) == lines_by_class(again) == {"refused": 2}
    assert ledger.stock("london") == {"11111": 99}


async def test_a_site_keeps_to_its_opening(path: Path) -> None:
    """With another kind of opening the same lines would be posted under other keys, so it is not begun."""
    ledger = FakeLedger()
    await replayed(ledger, path)
    journal = ledger.done()

    with pytest.raises(Refused) as caught:
        await replayed(ledger, path, Opening.NONE)
    other = await replay(ledger, path, terms(Opening.NONE, site="paris"), Notes())

    assert caught.value.code == "INVALID_COMMAND"
    assert ledger.done()[: len(journal)] == journal
    assert lines_by_class(other) == CLASSES[Opening.NONE]


async def test_what_breaks_down_for_a_while_is_sent_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that may pass costs nothing but time; one that lasts ends the run, and the next goes on."""
    monkeypatch.setattr(run, "_RESEND_SECONDS", 0)
    whole, ledger = FakeLedger(), FakeLedger()
    await replayed(whole, path)

    ledger.break_next = 1000
    with pytest.raises(Fault):
        await replayed(ledger, path)
    ledger.break_next = 3
    await replayed(ledger, path)

    assert ledger.done() == whole.done()


async def test_a_fault_that_does_not_pass_ends_the_run_at_once(path: Path) -> None:
    """There is no point in sending it again."""
    ledger = _Broken()

    with pytest.raises(Fault) as caught:
        await replayed(ledger, path)

    assert caught.value.code == "BROKEN"
    assert ledger.calls == 1


async def test_a_file_of_another_format_posts_nothing(tmp_path: Path) -> None:
    """The file is read to its end before the first posting."""
    ledger = FakeLedger()
    (tmp_path / "file").write_bytes(b"name,price\nmug,1\n")

    with pytest.raises(Fault):
        await replayed(ledger, tmp_path / "file")

    assert ledger.journal == []


async def test_a_file_without_lines_is_replayed(tmp_path: Path) -> None:
    """Nothing adds up to nothing."""
    summary, _ = await replayed(FakeLedger(), write(tmp_path / "file", []))

    assert summary.plain()["lines"] == 0
    assert summary.plain()["value"] == "0"


async def test_the_account_can_fail(path: Path) -> None:
    """Control: a file that changes between its two readings does not add up, and the account says where."""
    notes = Notes()
    ledger = _Editor(path)

    summary = await replay(ledger, path, terms(), notes)

    assert not summary.adds_up
    assert summary.differences == ("lines", "invoices", "units", "value")


async def test_the_batches_are_bounded_and_the_way_is_told(path: Path) -> None:
    """The ledger gets at most so many acts at a time, and the watcher sees each step up to the last line."""
    ledger = FakeLedger()

    _, notes = await replayed(ledger, path, batch_acts=2)

    assert max(ledger.bulk_sizes) == 2
    assert notes.steps == sorted(notes.steps)
    assert len(notes.steps) > 3
    assert notes.steps[-1] == len(LINES)


DIRTY = st.lists(
    st.one_of(
        st.sampled_from(LINES),
        st.text(max_size=60),
        st.builds(
            text,
            st.sampled_from(["1", "C2", ""]),
            st.sampled_from(["11111", "POST", "\0"]),
            st.integers(-(10**12), 10**12) | st.text(max_size=5),
            st.decimals(allow_nan=True) | st.text(max_size=5),
        ),
    ),
    max_size=20,
)


@given(lines=DIRTY, opening=st.sampled_from(Opening), batch_acts=st.integers(1, 5))
@settings(deadline=None, max_examples=60)
async def test_any_file_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], opening: Opening, batch_acts: int
) -> None:
    """Whatever stands in a file, every line has its class, the classes add up, and again changes nothing."""
    ledger = FakeLedger()
    clean = [line.replace("\n", " ").encode("utf-8", "replace").decode() for line in lines]
    path = write(tmp_path_factory.mktemp("dirty") / "file", clean)

    first, _ = await replayed(ledger, path, opening, batch_acts=batch_acts)
    count = len(ledger.journal)
    again, _ = await replayed(ledger, path, opening)

    assert first.control.lines == sum(1 for line in clean if line.strip("\r"))
    assert lines_by_class(first) == lines_by_class(again)
    assert len(ledger.journal) == count


class _Robbed(FakeLedger):
    """A ledger in which somebody else acts just before the first sale."""

    def __init__(self, theft: Command) -> None:
        super().__init__()
        self._theft = theft

    async def bulk(self, commands: Sequence[Command], /) -> list[Posting | Refused | Fault]:
        """Execute commands, the theft before the first sale."""
        if any(isinstance(command, Sell) for command in commands):
            await super().bulk([self._theft])
        return await super().bulk(commands)


class _Broken(FakeLedger):
    """A ledger that is broken for good."""

    calls = 0

    async def bulk(self, commands: Sequence[Command], /) -> list[Posting | Refused | Fault]:
        """Break down."""
        self.calls += 1
        return [Fault(code="BROKEN", message="for good", retryable=False) for _ in commands]


class _Editor(FakeLedger):
    """A ledger during whose work the file is changed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    async def bulk(self, commands: Sequence[Command], /) -> list[Posting | Refused | Fault]:
        """Add a line to the file, then execute commands."""
        write(self._path, [*LINES, text("10", "11111", 1)])
        return await super().bulk(commands)
