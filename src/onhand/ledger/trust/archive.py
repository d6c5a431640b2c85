"""
Old history in Parquet files: sealed by the journal's hash, and able to answer by itself.

Every question proves the whole archive before it answers, and answers from nothing but what was proved. The answers are
those that the ledger gives.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from onhand.faults import Fault
from onhand.kernel.command import check_number
from onhand.kernel.entity import time_text
from onhand.kernel.exact import money_decimal, quantity_decimal
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.refusals import Refused
from onhand.kernel.text import check_time
from onhand.ledger.asking import check_codes, check_page
from onhand.ledger.core.answers import ChangeLine, MovementLine, Then, balances_of
from onhand.ledger.core.questions import Moment
from onhand.ledger.core.wanted import Where
from onhand.ledger.cursors import Cursor
from onhand.ledger.pieces.port import Family, PieceAnswer
from onhand.ledger.trust.archive_files import ArchiveFiles, broken, open_files, write_part
from onhand.ledger.trust.archive_past import Past
from onhand.ledger.trust.archive_port import ArchiveReading
from onhand.ledger.trust.archive_tables import NotWhole
from onhand.ledger.trust.seal import SignedHead

DAYS = 180
"""How old history is when it is archived, unless told otherwise."""

_SLICE = 10_000
Found = TypeVar("Found")


class Proved(NamedTuple):
    """What a whole archive came to: at the moment that was asked for, and in the end."""

    then: Past
    end: Past


class Archive(ArchiveFiles):
    """An archive, and the questions that it answers from its files alone."""

    __slots__ = ()

    @classmethod
    def open(cls, folder: Path) -> "Archive":
        """
        Open the archive in a folder; an empty folder is an empty archive.

        Raises:
            Fault: ARCHIVE_BROKEN for parts that do not follow each other, or files that are not what was sealed.
        """
        return cls(folder, open_files(folder))

    def verify(self, against: SignedHead | None = None, public_key: bytes | None = None) -> int:
        """
        Recompute the chain, and every place and balance, from the files alone.

        Args:
            against: A head that was kept elsewhere: the archive must hold it.
            public_key: Whose signature that head must bear, as 32 raw bytes; without it, the head is taken at its word.

        Returns:
            How many postings were proved.

        Raises:
            Fault: ARCHIVE_BROKEN with the first posting that is not what was sealed.
            Refused: INVALID_COMMAND for a head of which the archive cannot know.
        """
        if against is None:
            self._prove(None)
            return self.last
        self._check_head(against, public_key)
        for posting in self._followed(Past()):
            if posting.number == against.head.number and posting.hash != against.head.hash:
                raise broken(self.folder, f"posting {posting.number} is not the one that the signed head seals")
        return self.last

    def at(
        self,
        site: str | None = None,
        sku: str | None = None,
        lot: str | None = None,
        location: str | None = None,
        unit: str | None = None,
        *,
        moment: Moment | None = None,
        occurred_at: datetime | None = None,
        empty: bool = False,
        after: str | None = None,
        limit: int = 50,
    ) -> Then:
        """
        List holdings as they were at any archived moment.

        Args:
            site: The site.
            sku: The item.
            lot: The lot.
            location: The location.
            unit: The unit.
            moment: After the posting of this number, or as the journal was at this time; None is the archive's end.
            occurred_at: Only what had happened by then.
            empty: Whether holdings without any quantity are listed.
            after: The cursor of the page before.
            limit: 1 to 100.

        Raises:
            Fault: ARCHIVE_BROKEN; ARCHIVE_ENDS for a moment after the archive's end.
            Refused: As the same question to the ledger.
        """
        check_page(limit)
        check_codes(site=site, sku=sku, lot=lot, location=location, unit=unit)
        happened = None if occurred_at is None else check_time(occurred_at, "occurred_at")
        then, end = self._prove(moment, happened)
        where = Where(site, sku, location, lot, unit)
        cursor = Cursor(self.hash, ("at", *where, then.number, happened, empty))
        spot = cursor.read(after, int, int, int) or (0, 0, 0)
        end.check_known(where)
        rows = [holding for holding in then.holdings(where, empty=empty) if then.order(holding) > spot]
        return Then(number=then.number, occurred_at=happened, holdings=cursor.page(rows, limit, then.order))

    def piece(self, code: str, *, moment: Moment | None = None) -> PieceAnswer:
        """Tell what a piece was at any archived moment; raises as `at`, and Refused PIECE_NOT_FOUND."""
        return self._of_piece(code, moment, Past.piece)

    def family(self, code: str, *, moment: Moment | None = None) -> Family:
        """Give all that a piece was made of and all that was made of it by then; raises as `piece`."""
        return self._of_piece(code, moment, Past.family)

    def trail(self, code: str) -> tuple[MovementLine | ChangeLine, ...]:
        """Tell the life of a piece as far as the archive goes: its events, and the movements of its holdings."""
        trail = _Trail(piece_code(code))
        for posting in self._followed(Past()):
            trail.take(posting)
        found = trail.lines()
        if not found:
            raise Refused("PIECE_NOT_FOUND", piece=piece_code(code))
        return found

    def _of_piece(self, code: str, moment: Moment | None, ask: Callable[[Past, str], Found | None]) -> Found:
        name = piece_code(code)
        found = ask(self._prove(moment).then, name)
        if found is None:
            raise Refused("PIECE_NOT_FOUND", piece=name)
        return found

    def _prove(self, moment: Moment | None, happened_by: datetime | None = None) -> Proved:
        """Prove everything, and keep what stood at a moment."""
        if isinstance(moment, datetime):
            moment = check_time(moment, "moment")
        elif moment is not None and check_number(moment, "number", least=0) > self.last:
            raise self._ends(f"posting {moment}")
        past, then = Past(happened_by), None
        for coming in self._followed(past):
            if then is None and _is_after(coming, moment):
                then = past.copy()
        if then is None and isinstance(moment, datetime):
            raise self._ends(time_text(moment))
        return Proved(then or past, past)

    def _followed(self, past: Past) -> Iterator[Posting]:
        """Give each posting before it happens to a state, to which its places and balances are held."""
        for posting in self.postings():
            yield posting
            try:
                past.take(posting)
            except (NotWhole, ValueError, TypeError, KeyError) as error:
                raise broken(self.folder, str(error)) from error

    def _check_head(self, against: SignedHead, public_key: bytes | None) -> None:
        head = against.head
        if not against.is_authentic():
            raise broken(self.folder, f"the signature of head {head.number} is not that of its key")
        if public_key not in {None, against.public_key}:
            raise broken(self.folder, f"head {head.number} is signed with another key than the one known")
        if self.parts and head.org_id != self.parts[0].org_id:
            raise Refused("INVALID_COMMAND", detail=f"the head is of the org with the id {head.org_id}")
        if not 0 < head.number <= self.last:
            detail = f"the head seals posting {head.number}, and the archive ends at {self.last}; the ledger can tell"
            raise Refused("INVALID_COMMAND", detail=detail)

    def _ends(self, moment: str) -> Fault:
        return Fault(
            code="ARCHIVE_ENDS",
            message=f"The archive ends with posting {self.last}; ask the ledger, or a longer archive, about {moment}.",
            retryable=False,
            facts={"last": self.last},
        )


class _Trail:
    """Collects the life of a piece from postings that come one after another."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._subjects: set[tuple[str, int]] = set()
        self._found: list[tuple[Posting, int, Change | Movement]] = []
        self._reverted_by: dict[int, int] = {}

    def take(self, posting: Posting) -> None:
        """Look at the next posting; what it makes known comes before what it does with it."""
        self._reverted_by.update(dict.fromkeys(posting.reverts, posting.number))
        for change in posting.changes:
            self._recognise(change)
        for line, change in enumerate(posting.changes, start=1):
            if (change.entity, change.entity_id) in self._subjects:
                self._found.append((posting, line, change))
        for line, movement in enumerate(posting.movements, start=1):
            if ("holding", movement.holding_id) in self._subjects:
                self._found.append((posting, line, movement))

    def lines(self) -> tuple[MovementLine | ChangeLine, ...]:
        """Give what was found, in the order of the journal; nothing of a unit that is no piece."""
        if not any(kind == "piece" for kind, _ in self._subjects):
            return ()
        return tuple(self._line(*found) for found in self._found)

    def _recognise(self, change: Change) -> None:
        if change.entity == "unit" and change.after["code"] == self._code:
            self._subjects.add(("unit of", change.entity_id))
        if change.entity == "piece" and ("unit of", change.entity_id) in self._subjects:
            self._subjects.add(("piece", change.entity_id))
        if change.entity == "holding" and ("unit of", change.after["unit_id"]) in self._subjects:
            self._subjects |= {("holding", change.entity_id), ("evidence", change.entity_id)}

    def _line(self, posting: Posting, line: int, told: Change | Movement) -> MovementLine | ChangeLine:
        names = ("number", "kind", "actor", "recorded_at", "occurred_at", "reason", "document_type", "document_id")
        telling = {name: getattr(posting, name) for name in names}
        telling |= {"reverted_by": self._reverted_by.get(posting.number), "line": line}
        if isinstance(told, Change):
            return ChangeLine(**telling, **told._asdict())
        return MovementLine(
            **telling,
            holding_id=told.holding_id,
            place=told.place,
            source=told.source,
            target=told.target,
            quantity=quantity_decimal(told.quantity),
            balances=balances_of(told.balances),
            value=money_decimal(told.value),
            value_held=money_decimal(told.value_held),
            unit_cost=money_decimal(told.unit_cost),
        )


async def extend(folder: Path, reading: ArchiveReading, org_id: int, last: int) -> Archive:
    """
    Write the postings that follow the archive in a folder, up to a number; a part appears when it is complete.

    Safe to run again: what is archived is not read again, and a part that was not finished is written anew.
    """
    archive = await asyncio.to_thread(_begin, folder, org_id)
    sealed = archive.hash
    for first in range(archive.last + 1, last + 1, _SLICE):
        end = min(first + _SLICE - 1, last)
        found = await reading.slice(first, end)
        sealed = await asyncio.to_thread(write_part, folder, org_id, (first, end), sealed, found)
    return await asyncio.to_thread(Archive.open, folder)


def _begin(folder: Path, org_id: int) -> Archive:
    folder.mkdir(parents=True, exist_ok=True)
    archive = Archive.open(folder)
    for part in archive.parts:
        if part.org_id != org_id:
            raise broken(folder, f"it belongs to the org with the id {part.org_id}")
    return archive


def _is_after(posting: Posting, moment: Moment | None) -> bool:
    if isinstance(moment, datetime):
        return posting.recorded_at > moment
    return moment is not None and posting.number > moment
