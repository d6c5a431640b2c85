"""
Verification: the ledger is proved from its rows, slice by slice, while others go on writing.

Everything up to the number where the journal stands at the start is checked, in two lanes at once: the chain with
what hangs on single postings, and the balances with what hangs on entities.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from hashlib import blake2b
from itertools import count
from typing import NamedTuple

from onhand.faults import Fault
from onhand.ledger.core.answers import Verification, VerificationFinding
from onhand.ledger.core.port import ChainFault, CheckedHead, Checks, EntityFault, HoldingFault, Step
from onhand.ledger.core.wanted import NUMBER_MAX
from onhand.ledger.trust.seal import SignedHead

Progress = Callable[[int, int], None]
"""Is told how many steps are done, of how many."""

FINDINGS_MAX = 100
_KEY_BYTES = 16
_STEP_LAST = Step(NUMBER_MAX, NUMBER_MAX, NUMBER_MAX)


class Sizes(NamedTuple):
    """How much is checked at a time, so that no statement takes long."""

    postings: int = 20_000
    movements: int = 50_000
    ids: int = 10_000


SIZES = Sizes()


async def verify(
    checks: Checks,
    *,
    against: SignedHead | None = None,
    public_key: bytes | None = None,
    progress: Progress | None = None,
    sizes: Sizes = SIZES,
) -> Verification:
    """
    Prove the ledger.

    Args:
        checks: Asks the store.
        against: A head kept elsewhere, which the journal must still contain.
        public_key: Whose signature the head must bear; without it, the head's own word is taken for it.
        progress: Is told how far it is.
        sizes: The sizes of the slices.

    Returns:
        The findings, the first wrong posting first.
    """
    head = await checks.head()
    if head is None:
        raise Fault(code="ORG_UNKNOWN", message="The org has no journal.", retryable=False)
    work = _Work(checks, head, progress, sizes)
    work.check_head()
    if against is not None:
        await work.check_against(against, public_key)
    await _both(work.check_postings(), work.check_holdings())
    await work.check_rest()
    return Verification(postings=head.head.number, head=head.head, findings=work.sorted_findings())


class _Work:
    """One verification at work."""

    def __init__(self, checks: Checks, head: CheckedHead, progress: Progress | None, sizes: Sizes) -> None:
        self._checks = checks
        self._head = head
        self._number = head.head.number
        self._ids = min(head.id_last, head.id_max)
        self._progress = progress
        self._sizes = sizes
        self._done = {"postings": 0, "movements": 0, "ids": 0}
        self._catalog_number = 0
        self._is_whole = True
        self._findings: list[VerificationFinding] = []

    def sorted_findings(self) -> tuple[VerificationFinding, ...]:
        """Give the first findings, those of no posting last."""
        ordered = sorted(self._findings, key=lambda finding: NUMBER_MAX if finding.number is None else finding.number)
        return tuple(ordered[:FINDINGS_MAX])

    def check_head(self) -> None:
        """Hold the journal's row against the last posting, and find what lies outside of the journal."""
        head = self._head.head
        if self._number == 0:
            agrees = head.hash == bytes(32)
        else:
            agrees = (head.hash, head.recorded_at) == (self._head.hash_last, self._head.recorded_at_last)
        if not agrees:
            self._find("JOURNAL_WRONG", self._number, None, "the journal's row does not agree with its last posting")
        if self._head.id_last != self._head.id_max:
            detail = (
                f"the journal has given out ids up to {self._head.id_last}, the highest in use is {self._head.id_max}"
            )
            self._find("IDS_WRONG", None, None, detail)
        for number in self._head.outside:
            self._find("BEYOND_JOURNAL", number, None, f"rows lie outside the journal, which ends at {self._number}")

    async def check_against(self, signed: SignedHead, public_key: bytes | None) -> None:
        """Hold the journal against a head that was kept elsewhere."""
        head = signed.head
        if not signed.is_authentic():
            self._find("HEAD_FORGED", None, None, f"the signature of head {head.number} is not that of its key")
        elif public_key not in {None, signed.public_key}:
            self._find("HEAD_FORGED", None, None, f"head {head.number} is signed with another key than the one known")
        elif head.org_id != self._head.head.org_id:
            self._find("HEAD_OF_ANOTHER", None, None, f"the head is of the org with the id {head.org_id}")
        elif head.number > self._number:
            detail = f"the journal ends at {self._number}, before the signed head {head.number}: its end was lost"
            self._find("HEAD_MISSING", self._number + 1, None, detail)
        elif head.number and not await self._checks.contains(head.number, head.hash):
            detail = "this posting is not the one that was sealed; it, or one before it, was rewritten"
            self._find("HEAD_MISSING", head.number, None, detail)

    async def check_postings(self) -> None:
        """Check the chain and what hangs on single postings."""
        for first, last in _slices(self._number, self._sizes.postings):
            faults = await self._checks.chain(first, last, FINDINGS_MAX)
            for fault in faults:
                self._find_chain(fault)
            await self._check_keys(first, last)
            await self._check_lines(first, last)
            self._catalog_number = max(self._catalog_number, await self._checks.catalog_number(first, last))
            self._tell("postings", last)
            if len(faults) == FINDINGS_MAX:
                self._is_whole = False
                return

    async def check_holdings(self) -> None:
        """Check the balances, movement by movement, then every entity against its history."""
        start = Step(0, 0, 0)
        while True:
            end = await self._checks.step(start, self._sizes.movements)
            for number, line, holding_id in await self._checks.balances(start, end or _STEP_LAST, FINDINGS_MAX):
                detail = f"the balances after movement {line} do not follow from the movement before"
                self._find("BALANCE_WRONG", number, f"holding {holding_id}", detail)
            if end is None:
                break
            start = end
            self._tell("movements", self._number * min(start.holding_id, self._ids) // max(self._ids, 1))
        self._tell("movements", self._number)
        for first, last in _slices(self._ids, self._sizes.ids):
            for fault in await self._checks.holdings(first, last, FINDINGS_MAX):
                self._find_holding(fault)
            for entity in await self._checks.entities(first, last, FINDINGS_MAX):
                self._find_entity(entity)
            self._tell("ids", last)

    async def check_rest(self) -> None:
        """Check what is told of the whole."""
        if self._is_whole and self._catalog_number != self._head.catalog_number:
            detail = f"the journal says that the catalogue last changed in posting {self._head.catalog_number}"
            self._find("CATALOG_NUMBER_WRONG", self._catalog_number or None, None, detail)
        for stray in await self._checks.stray_rows(self._head.id_last, FINDINGS_MAX):
            detail = "the journal has not given out this id"
            self._find("ROW_STRAY", None, f"{stray.entity} {stray.entity_id}", detail)
        for edit in await self._checks.outside_edits(FINDINGS_MAX):
            entity = edit.table if edit.id is None else f"{edit.table} {edit.id}"
            detail = f"{edit.operation} by {edit.edited_by} at {edit.edited_at:%Y-%m-%d %H:%M:%S} UTC, without onhand"
            self._find("OUTSIDE_EDIT", edit.number, entity, detail)

    async def _check_keys(self, first: int, last: int) -> None:
        keys, key_hashes = await self._checks.keys(first, last)
        if len(keys) != last - first + 1:
            return  # some are missing or hold a line break, which the chain tells
        for number, key, start in zip(count(first), keys, count(0, _KEY_BYTES), strict=False):
            if blake2b(key.encode(), digest_size=_KEY_BYTES).digest() != key_hashes[start : start + _KEY_BYTES]:
                self._find("KEY_WRONG", number, None, "its idempotency key would not be found at a retry")

    async def _check_lines(self, first: int, last: int) -> None:
        for number, _, item_id in await self._checks.elsewhere(first, last, FINDINGS_MAX):
            detail = "what left some holdings for others is not what arrived"
            self._find("NOT_CONSERVED", number, f"item {item_id}", detail)
        for number in await self._checks.reversals(first, last, FINDINGS_MAX):
            self._find("REVERSAL_WRONG", number, None, "it does not turn round exactly what it says it undid")
        for number, entity, entity_id in await self._checks.changes(first, last, FINDINGS_MAX):
            detail = "this change does not begin where the one before ended"
            self._find("CHANGE_WRONG", number, f"{entity} {entity_id}", detail)
        for number, entity, entity_id in await self._checks.missing_rows(first, last, FINDINGS_MAX):
            self._find("ROW_MISSING", number, f"{entity} {entity_id}", "this posting made it, and it is not there")

    def _find_chain(self, fault: ChainFault) -> None:
        if fault.is_missing:
            self._find("POSTING_MISSING", fault.number, None, "there is no posting with this number")
            return
        if fault.is_changed:
            detail = "it is not what was sealed: it was changed, put in, or follows another posting than it did"
            self._find("POSTING_CHANGED", fault.number, None, detail)
        if fault.is_early:
            self._find("CLOCK_WENT_BACK", fault.number, None, "it was recorded before the posting before it")
        if fault.is_miscounted:
            self._find("LINES_WRONG", fault.number, None, "its lines are not counted from one on")

    def _find_holding(self, fault: HoldingFault) -> None:
        entity = f"holding {fault.id}"
        if fault.is_elsewhere:
            self._find("ROW_WRONG", fault.number, entity, "its place or floor is not what the journal says")
        if fault.is_unbalanced:
            self._find("ROW_WRONG", fault.number, entity, "its balances are not those of its last movement")
        if fault.is_miscounted:
            self._find("ROW_WRONG", fault.number, entity, "its version does not count its movements and policies")

    def _find_entity(self, fault: EntityFault) -> None:
        detail = "no posting made it" if fault.number is None else "it is not as its last change left it"
        self._find("ROW_WRONG", fault.number, f"{fault.entity} {fault.entity_id}", detail)

    def _find(self, code: str, number: int | None, entity: str | None, detail: str) -> None:
        self._findings.append(VerificationFinding(code=code, number=number, entity=entity, detail=detail))

    def _tell(self, what: str, done: int) -> None:
        self._done[what] = done
        if self._progress is not None:
            self._progress(sum(self._done.values()), 2 * self._number + self._ids)


def _slices(last: int, size: int) -> Iterator[tuple[int, int]]:
    """Cut the numbers from 1 to the last one into slices."""
    for first in range(1, last + 1, size):
        yield first, min(first + size - 1, last)


async def _both(one: Awaitable[None], other: Awaitable[None]) -> None:
    """Run two lanes; when one breaks down, the other ends too."""
    lanes = [asyncio.ensure_future(lane) for lane in (one, other)]
    try:
        await asyncio.gather(*lanes)
    finally:
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)
