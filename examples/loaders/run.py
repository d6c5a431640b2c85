"""
Drives a file through the ledger: survey it, prepare site, items and opening stock, then carry out act after act.

Every command has a key of its own, so whatever was done before is answered from the journal. Running a file again
changes nothing, and a run that was killed is finished by running it again. While the ledger works on one batch the
next is read; order is kept, and memory holds two batches, not the file.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import NamedTuple, Protocol

from examples.loaders.online_retail import Entry, LineClass, Unreadable, not_stock_kind, read_entries
from examples.loaders.opening import OpeningStock, Survey, define_items, define_site, plan_openings
from examples.loaders.plan import Act, Opening, Terms, class_in, plan_acts
from examples.loaders.reading import read_lines
from examples.loaders.summary import Control, Summary, Tally
from onhand.faults import Fault
from onhand.kernel.command import Command
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE, parse_quantity
from onhand.kernel.refusals import Refused

BATCH_ACTS = 1_000
_RESENDS_MAX = 5
_RESEND_SECONDS = 0.5
_SURVEY_STEP_LINES = 5_000

Outcome = Posting | Refused | Fault


class Ledger(Protocol):
    """What a replay needs of an open ledger."""

    async def bulk(self, commands: Sequence[Command], /) -> Sequence[Outcome]:
        """Execute commands in order, each on its own."""
        ...

    async def get_posting(self, number: int, /) -> Posting:
        """Give a posting of the journal."""
        ...


class Trouble(NamedTuple):
    """A line that was refused or cannot be read: its number in the file, and why."""

    number: int
    invoice: str | None
    line_class: LineClass
    reason: str


class Watcher(Protocol):
    """Sees how far a replay has come."""

    def surveying(self, lines: int) -> None:
        """So many lines have been read for the first time."""
        ...

    def surveyed(self, control: Control) -> None:
        """The first reading is done; this is what the file holds."""
        ...

    def replayed(self, lines: int) -> None:
        """So many lines have their outcome."""
        ...

    def trouble(self, trouble: Trouble) -> None:
        """A line was refused or cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class _Batch:
    acts: Sequence[Act]
    commands: Sequence[Command]
    unreadable: Sequence[Unreadable]


async def replay(
    ledger: Ledger, path: Path, terms: Terms, watcher: Watcher, *, batch_acts: int = BATCH_ACTS
) -> Summary:
    """
    Put a file through the ledger and account for every line.

    Raises:
        Fault: FILE_UNREADABLE before anything was posted; or the ledger broke down, and running again goes on.
        Refused: The site was replayed with another kind of opening stock, whose keys are others.
    """
    began = perf_counter()
    survey = await asyncio.to_thread(_take_survey, path, watcher)
    watcher.surveyed(survey.control)
    run = _Run(ledger, terms, watcher)
    await run.prepare(survey)
    batches = _read_batches(path, terms, batch_acts)
    batch = await asyncio.to_thread(next, batches, None)
    while batch is not None:
        reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
        try:
            await run.carry_out(batch)
        finally:
            batch = await reading
    return Summary(control=survey.control, tally=run.tally, seconds=perf_counter() - began)


def _take_survey(path: Path, watcher: Watcher) -> Survey:
    survey = Survey()
    for entry in read_entries(read_lines(path)):
        survey.add(entry)
        if survey.control.lines % _SURVEY_STEP_LINES == 0:
            watcher.surveying(survey.control.lines)
    return survey


def _read_batches(path: Path, terms: Terms, batch_acts: int) -> Iterator[_Batch]:
    """Read the file as batches of commands; runs in a thread of its own and shares nothing."""
    unreadable: list[Unreadable] = []

    def readable() -> Iterator[Entry]:
        for entry in read_entries(read_lines(path)):
            if isinstance(entry, Unreadable):
                unreadable.append(entry)
            else:
                yield entry

    planned = plan_acts(readable(), terms)
    while acts := list(islice(planned, batch_acts)):
        commands = [command for act in acts for command in _commands(act)]
        yield _Batch(acts, commands, tuple(unreadable))
        unreadable.clear()
    if unreadable:
        yield _Batch((), (), tuple(unreadable))


def _commands(act: Act) -> tuple[Command, ...]:
    """
    Give the command of an act, and where it may be refused for want of stock, the record of the refusal after it.

    Both have the same key, so the record is made exactly if the act was refused, at the same place of the journal, and
    for good: what was refused is not tried again by a later run, which would find other stock.
    """
    if _has_record(act):
        return act.command(), act.command(act.places)
    return act.command(), *act.followers()


def _has_record(act: Act) -> bool:
    return act.takes and act.terms.opening is Opening.NONE


class _Run:
    """One run of a file on a ledger, and its tally."""

    def __init__(self, ledger: Ledger, terms: Terms, watcher: Watcher) -> None:
        self._ledger = ledger
        self._terms = terms
        self._watcher = watcher
        self.tally = Tally()

    async def prepare(self, survey: Survey) -> None:
        """Make site and items known, and receive the opening stock."""
        (site,) = await self._bulk([define_site(self._terms)])
        if isinstance(site, Refused) and site.code == "IDEMPOTENCY_KEY_REUSED":
            detail = (
                f"site {self._terms.site} was replayed with another --opening or --lifecycle before; keep to them, "
                "or take another site"
            )
            raise Refused("INVALID_COMMAND", detail=detail)
        for outcome in (site, *await self._bulk(list(define_items(self._terms, survey.names)))):
            self._count(_accepted(outcome))
        for opening in plan_openings(self._terms, survey):
            await self._receive(opening)

    async def carry_out(self, batch: _Batch) -> None:
        """Carry out a batch and account for its lines."""
        for number, reason, invoice, units, value in batch.unreadable:
            self.tally.add(LineClass.UNREADABLE, invoice, units, value)
            self._watcher.trouble(Trouble(number, invoice, LineClass.UNREADABLE, reason))
        outcomes = iter(await self._bulk(batch.commands))
        for act in batch.acts:
            outcome = next(outcomes)
            record = next(outcomes) if _has_record(act) else None
            followed = list(islice(outcomes, 0 if _has_record(act) else len(act.followers())))
            if isinstance(outcome, Posting):
                self._account(act, outcome)
                for follower in followed:
                    self._count(_accepted(follower))
            elif isinstance(record, Posting):
                self._account(act, record, str(outcome))
            else:
                await self._settle(act)
        self._watcher.replayed(self.tally.lines)

    async def _receive(self, opening: OpeningStock) -> None:
        """Receive opening stock, in rounds where the file has grown since it was replayed."""
        received: dict[str, int] = {}
        number = 1
        while command := opening.command(received, number):
            (outcome,) = await self._bulk([command])
            posting = await self._standing(outcome)
            self._count(posting)
            for movement in posting.movements:
                received[movement.place.sku] = received.get(movement.place.sku, 0) + movement.quantity // SCALE
            number += 1

    async def _settle(self, act: Act) -> None:
        """
        Find the outcome of an act that was refused as a whole, line by line.

        Lines whose key stands for a posting have the outcome of that posting; those that it does not know, since the
        invoice has grown, go on under a key of their own. Lines without stock are left out of the rest.
        """
        rest: Act | None = act
        refused: frozenset[int] = frozenset()
        why = ""
        while rest is not None:
            (outcome,) = await self._bulk([rest.command(refused)])
            if isinstance(outcome, Posting):
                self._account(rest, outcome, why)
                return
            if isinstance(outcome, Refused) and outcome.code == "IDEMPOTENCY_KEY_REUSED":
                rest = self._account_known(rest, await self._standing(outcome))
                refused = frozenset()
                continue
            if len(refused) == len(rest.entries) or not isinstance(outcome, Refused):
                raise outcome
            why = str(outcome)
            refused |= short_places(rest, outcome, refused) or rest.places

    def _account_known(self, act: Act, posting: Posting) -> Act | None:
        """Account for the lines that a posting of the same key stands for, and give those that it does not know."""
        known = act.places_in(posting) or dict.fromkeys(act.places, False)
        same = act.at([place for place, is_same in known.items() if is_same])
        if same is not None:
            self._account(same, posting)
        for entry in act.entries:
            if known.get(entry.ordinal) is False:
                self._refuse(entry, f"it was changed since it was replayed, in posting {posting.number}")
        return act.at(act.places - known.keys())

    def _account(self, act: Act, posting: Posting, why: str = "") -> None:
        """Account for the lines of an act by the posting that they stand in."""
        self._count(posting)
        for entry in act.entries:
            line_class = class_in(posting, entry)
            if line_class is LineClass.REFUSED:
                self._refuse(entry, why or f"it was refused before, in posting {posting.number}")
            else:
                self.tally.add(line_class, entry.row.invoice, entry.row.units, entry.row.value)
            if line_class is LineClass.NOT_STOCK:
                self.tally.not_stock[not_stock_kind(entry.row.code)] += 1

    def _refuse(self, entry: Entry, why: str) -> None:
        row = entry.row
        self.tally.add(LineClass.REFUSED, row.invoice, row.units, row.value)
        self._watcher.trouble(Trouble(row.number, row.invoice, LineClass.REFUSED, why))

    def _count(self, posting: Posting) -> None:
        self.tally.postings += 1
        self.tally.replayed += posting.replayed

    async def _standing(self, outcome: Outcome) -> Posting:
        """Give the posting that a key stands for, made now or long ago for other content."""
        if isinstance(outcome, Refused) and outcome.code == "IDEMPOTENCY_KEY_REUSED":
            return replace(await self._ledger.get_posting(int(str(outcome.facts["number"]))), replayed=True)
        return _accepted(outcome)

    async def _bulk(self, commands: Sequence[Command]) -> list[Outcome]:
        """Execute commands; what broke down but may be tried again is sent again, with the same keys."""
        outcomes = list(await self._ledger.bulk(commands)) if commands else []
        for attempt in range(1, _RESENDS_MAX + 1):
            broken = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, Fault)]
            if not broken:
                break
            fault = outcomes[broken[0]]
            if isinstance(fault, Fault) and (not fault.retryable or attempt == _RESENDS_MAX):
                raise fault
            await asyncio.sleep(_RESEND_SECONDS * attempt)
            again = await self._ledger.bulk([commands[place] for place in broken])
            for place, outcome in zip(broken, again, strict=True):
                outcomes[place] = outcome
        return outcomes


def short_places(act: Act, refusal: Refused, refused: frozenset[int]) -> frozenset[int]:
    """
    Choose the lines that the stock does not serve, from the shortages of a refusal.

    Lines are served in the order of the file, as far as the stock of their item goes.
    """
    shortages = refusal.facts.get("shortages", ())
    if not isinstance(shortages, list | tuple):
        return frozenset()
    available = {shortage["sku"]: parse_quantity(shortage["available"]) // SCALE for shortage in shortages}
    short = set(refused)
    for entry in act.entries:
        sku, units = entry.row.sku, abs(entry.row.units)
        if sku not in available or entry.ordinal in refused:
            continue
        if units <= available[sku]:
            available[sku] -= units
        else:
            short.add(entry.ordinal)
    return frozenset(short)


def _accepted(outcome: Outcome) -> Posting:
    if isinstance(outcome, Posting):
        return outcome
    raise outcome
