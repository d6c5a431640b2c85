"""The outbox: what is added is on the disk, is sent until the ledger has told, and never again once it was taken."""

import asyncio
import json
import signal
import sqlite3
from pathlib import Path

import pytest

from onhand import Fault, Refused
from onhand.client.outbox import TAKEN, TURNED_DOWN, WAITING, Outbox, OutboxMessage, SendReport
from tests.faults.servers import answer_of, python

STEPS_MAX = 200
"""A till that takes more steps than this for three sales never ends."""

TILL = """
import asyncio, os, signal, sqlite3, sys
from onhand.client import outbox as module

left = int(os.environ["STEPS"])

def step(*_):
    # Dies at the step before which the count is used up; each statement of the file and each end of a call is a step.
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

connect = sqlite3.connect

def watched(*args, **kwargs):
    connection = connect(*args, **kwargs)
    connection.set_trace_callback(step)
    return connection

module.sqlite3.connect = watched

def note(path, line):
    with open(path, "a") as file:
        file.write(line + "\\n")
        file.flush()
        os.fsync(file.fileno())

async def ledger(message):
    step()
    note(os.environ["LEDGER"], message.key)
    step()

async def main():
    outbox = module.Outbox(os.environ["OUTBOX"], device="till-7")
    for number in range(3):
        message = outbox.add("sale", {"number": number})
        note(os.environ["SOLD"], message.key)
        if number == 1:
            await outbox.send(ledger)
    await outbox.send(ledger)
    outbox.close()

asyncio.run(main())
print("1")
"""


def lines(path: Path) -> list[str]:
    """Give the lines of a file that may not be there yet."""
    return path.read_text().splitlines() if path.exists() else []


async def taking(message: OutboxMessage) -> None:
    """Take whatever comes."""
    del message


def test_a_till_that_is_killed_at_any_step_loses_nothing(tmp_path: Path) -> None:
    """
    R15: a process killed before each statement in turn, and between the ledger's yes and its being written down.

    Each sale that `add` had kept arrives; none that the outbox knew as taken is sent again; each has one key.
    """
    steps, ended = 0, False
    while not ended:
        assert steps < STEPS_MAX
        folder = tmp_path / str(steps)
        folder.mkdir()
        ledger, sold, file = folder / "ledger", folder / "sold", folder / "outbox"
        environment = {"STEPS": str(steps), "LEDGER": str(ledger), "SOLD": str(sold), "OUTBOX": str(file)}
        process = python(TILL, environment=environment)
        process.communicate(timeout=60)
        assert process.returncode in {0, -signal.SIGKILL}
        ended = process.returncode == 0

        with Outbox(file, device="till-7") as outbox:
            known = {message.key for message in outbox.messages(TAKEN)}
            before = lines(ledger)
            sent_again: list[str] = []

            async def send(message: OutboxMessage, sent_again: list[str] = sent_again) -> None:
                sent_again.append(message.key)

            told = asyncio.run(outbox.send(send))

            assert told.waiting == 0
            kept = [message.key for message in outbox.messages()]
            assert set(lines(sold)) <= set(kept)
            assert known <= set(before)
            assert not known & set(sent_again)
            assert set(before) | set(sent_again) == set(kept)
            assert len(kept) == len(set(kept))
            assert len(set(before)) == len(before)
        steps += 1
    assert steps > 20


def test_keys_are_made_before_sending_and_stay(tmp_path: Path) -> None:
    """R15, R4: the key is there when the sale is kept, counts up, and is the same after a restart."""
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        keys = [outbox.add("sale", {"n": number}).key for number in range(2)]
    with Outbox(tmp_path / "o", device="till-7") as outbox:
        keys.append(outbox.add("sale", {"n": 2}).key)

        assert [message.key for message in outbox.messages()] == keys
        assert [dict(message.content) for message in outbox.messages()] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert [key.rsplit("/", 1)[1] for key in keys] == ["000001", "000002", "000003"]
    assert len({key.rsplit("/", 1)[0] for key in keys}) == 1


def test_a_new_file_makes_other_keys(tmp_path: Path) -> None:
    """R15, R4: a till whose file was lost begins with keys that the old one never made."""
    keys = set()
    for name in ("a", "b"):
        with Outbox(tmp_path / name, device="till-7") as outbox:
            keys.add(outbox.add("sale", {}).key)

    assert len(keys) == 2
    with pytest.raises(Fault, match="it is the outbox of till-7"):
        Outbox(tmp_path / "a", device="till-8")


async def test_it_sends_until_it_is_told(tmp_path: Path) -> None:
    """R15: without an answer the message stays and comes first again; what was taken is not sent again."""
    with Outbox(tmp_path / "o", device="d") as outbox:
        for number in range(3):
            outbox.add("sale", {"n": number})
        seen: list[int] = []
        answers: list[Exception | None] = [
            None,
            OSError("no network"),
            TimeoutError(),
            Fault(code="OVERLOADED", message="Later.", retryable=True),
        ]

        async def moody(message: OutboxMessage) -> None:
            seen.append(message.content["n"])
            answer = answers.pop(0) if answers else None
            if answer is not None:
                raise answer

        told = [await outbox.send(moody) for _ in range(4)]

        assert told == [
            SendReport(taken=1, turned_down=0, waiting=2, why="no network"),
            SendReport(taken=0, turned_down=0, waiting=2, why="TimeoutError"),
            SendReport(taken=0, turned_down=0, waiting=2, why="Later."),
            SendReport(taken=2, turned_down=0, waiting=0),
        ]
        assert seen == [0, 1, 1, 1, 1, 2]
        assert [message.attempts for message in outbox.messages()] == [1, 4, 1]


async def test_what_is_turned_down_is_kept_with_the_reason(tmp_path: Path) -> None:
    """R15: a refusal ends the sending of a message, not its being there; what breaks for good holds nobody up."""
    with Outbox(tmp_path / "o", device="d") as outbox:
        for number in range(3):
            outbox.add("sale", {"n": number})

        async def strict(message: OutboxMessage) -> None:
            if message.content["n"] == 0:
                raise Refused("UNKNOWN_SITE", site="york")
            if message.content["n"] == 1:
                raise Fault(code="DATABASE_REFUSED", message="Broken.", retryable=False)

        told = await outbox.send(strict)

        assert told == SendReport(taken=1, turned_down=1, waiting=1, why="Broken.")
        assert [(message.status, message.told) for message in outbox.messages()] == [
            (TURNED_DOWN, "There is no site york."),
            (WAITING, "Broken."),
            (TAKEN, None),
        ]


async def test_one_process_sends_at_a_time(tmp_path: Path) -> None:
    """R15: while one is sending another adds, and sends nothing itself."""
    with Outbox(tmp_path / "o", device="d") as outbox, Outbox(tmp_path / "o", device="d") as second:
        outbox.add("sale", {})
        told: list[SendReport] = []

        async def slow(message: OutboxMessage) -> None:
            if message.sequence == 1:
                second.add("sale", {})
                told.append(await second.send(taking))

        first = await outbox.send(slow)

        assert told == [SendReport(taken=0, turned_down=0, waiting=2)]
        assert first == SendReport(taken=2, turned_down=0, waiting=0)


async def test_it_keeps_sending(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R15: what is added is sent at once, what fails again after a pause, until it is told to stop."""
    monkeypatch.setattr("onhand.client.outbox.PAUSE_SECONDS", 0.01)
    with Outbox(tmp_path / "o", device="d") as outbox:
        taken = asyncio.Event()
        failures = [OSError("away"), OSError("still away")]

        async def flaky(message: OutboxMessage) -> None:
            del message
            if failures:
                raise failures.pop()
            taken.set()

        sending = asyncio.create_task(outbox.keep_sending(flaky))
        for _ in range(2):
            outbox.add("sale", {})
            await asyncio.wait_for(taken.wait(), 10)
            taken.clear()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

        assert outbox.waiting() == 0


def test_a_file_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """R15: a file that is none of ours, or cannot be written, is a clear fault, and the sale was not taken."""
    (tmp_path / "text").write_text("these are no sales" * 100)
    with pytest.raises(Fault, match="cannot be used"):
        Outbox(tmp_path / "text", device="d")
    with pytest.raises(Fault, match="cannot be used"):
        Outbox(tmp_path / "missing" / "o", device="d")
    with Outbox(tmp_path / "o", device="d") as outbox:
        connection = sqlite3.connect(tmp_path / "o")
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON message BEGIN SELECT raise(ABORT, 'disk full'); END")
        connection.close()

        with pytest.raises(Fault, match="disk full"):
            outbox.add("sale", {})

        assert outbox.messages() == []


def test_two_processes_add_to_one_file(tmp_path: Path) -> None:
    """R15: whoever adds at the same time gets a number of its own."""
    script = (
        "import json, os\nfrom onhand.client.outbox import Outbox\n"
        "with Outbox(os.environ['OUTBOX'], device='d') as outbox:\n"
        "    print(json.dumps([outbox.add('sale', {}).sequence for _ in range(50)]))\n"
    )
    processes = [python(script, environment={"OUTBOX": str(tmp_path / "o")}) for _ in range(2)]
    numbers = [number for process in processes for number in answer_of(process)]

    assert sorted(numbers) == list(range(1, 101))
    assert json.dumps(numbers)
