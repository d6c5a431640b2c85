"""
Old history in Parquet files: sealed by the journal's hash, and able to answer by itself.

An archive is a folder with parts. Each part holds consecutive postings in three files and says in a manifest which they
are, the hash before the first and that of the last, and the SHA-256 of each file. Every posting's hash seals it and all
before it, so whoever recomputes the chain from the files and finds the journal's hash has proved the files whole.
"""

import asyncio
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onhand.faults import Fault
from onhand.kernel.canonical import GENESIS, posting_hash
from onhand.kernel.holding import Place
from onhand.kernel.posting import Change, Movement, Posting
from onhand.kernel.states import STATES, end_named
from onhand.ledger.answers import Balances, HoldingThen
from onhand.ledger.archive_reading import ArchiveReading, Slice

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1
DAYS = 180
_SLICE = 10_000
_BALANCES = Balances._fields
_POSTING = (
    *("number", "kind", "key", "fingerprint", "actor", "recorded_at", "occurred_at", "reason"),
    *("document_type", "document_id", "data", "hash", "reverts"),
)
_PLACE = Place._fields
_MOVEMENT = ("number", "line", "holding_id", *_PLACE, "source", "target", "quantity", *_BALANCES)
_CHANGE = ("number", "line", "entity", "entity_id", "action", "before", "after")
_WHOLE = frozenset({"number", "line", "holding_id", "quantity", "entity_id", *_BALANCES})


class Manifest(NamedTuple):
    """What a part of an archive says of itself."""

    format: int
    org_id: int
    first: int
    last: int
    hash_before: str
    hash: str
    files: Mapping[str, str]


class Event(NamedTuple):
    """Something that happened to a thing, as an archive tells it."""

    number: int
    posting_kind: str
    actor: str
    recorded_at: Any
    reason: str | None
    document_id: str | None
    event: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive as it was read: its parts in order, and their tables."""

    folder: Path
    parts: tuple[Manifest, ...]

    @classmethod
    def open(cls, folder: Path) -> "Archive":
        """
        Open the archive in a folder; an empty folder is an empty archive.

        Raises:
            Fault: ARCHIVE_BROKEN for parts that do not follow each other, or files that are not what was sealed.
        """
        parts = sorted((_manifest(file) for file in folder.glob("part-*.json")), key=lambda part: part.first)
        last, sealed = 0, GENESIS.hex()
        for part in parts:
            if (part.first, part.hash_before) != (last + 1, sealed) or part.format != FORMAT:
                raise _broken(folder, f"the part from posting {part.first} on does not follow posting {last}")
            for name, digest in part.files.items():
                file = folder / name
                if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                    raise _broken(folder, f"{name} is missing, or not what was sealed")
            last, sealed = part.last, part.hash
        return cls(folder, tuple(parts))

    @property
    def last(self) -> int:
        """The number of the last posting; 0 where there is none."""
        return self.parts[-1].last if self.parts else 0

    @property
    def hash(self) -> bytes:
        """The hash that seals the last posting and all before it."""
        return bytes.fromhex(self.parts[-1].hash) if self.parts else GENESIS

    def verify(self) -> int:
        """
        Recompute the chain from the files alone.

        Returns:
            How many postings were proved.

        Raises:
            Fault: ARCHIVE_BROKEN with the first posting that is not what was sealed.
        """
        sealed = GENESIS
        for part in self.parts:
            tables = [self._table(part, name) for name in ("postings", "movements", "changes")]
            for posting in _postings(*tables):
                again = posting_hash(sealed, part.org_id, posting)
                if again != posting.hash:
                    raise _broken(self.folder, f"posting {posting.number} is not what was sealed")
                sealed = again
        if sealed != self.hash:
            raise _broken(self.folder, "the last posting is not the one that the manifest names")
        return self.last

    def at(self, number: int, **codes: str) -> list[HoldingThen]:
        """Tell what was where after a posting: `site`, `sku`, `location`, `lot` and `unit` narrow it."""
        import polars as pl  # noqa: PLC0415 - of some size

        self._check(number)
        moved = self._whole("movements").filter(pl.col("number") <= number)
        for name, code in codes.items():
            moved = moved.filter(pl.col(name) == code)
        last = moved.sort("number", "line").group_by("holding_id", maintain_order=True).last().sort("holding_id")
        answers = [
            HoldingThen(
                id=row["holding_id"],
                place=Place(*(row[name] for name in _PLACE)),
                number=row["number"],
                balances=Balances(*(row[name] for name in _BALANCES)),
            )
            for row in last.iter_rows(named=True)
        ]
        return [answer for answer in answers if any(answer.balances)]

    def piece(self, code: str, number: int) -> Mapping[str, Any] | None:
        """Tell what a piece was after a posting; None where it was not there."""
        self._check(number)
        events = [event for event in self.trail(code) if event.number <= number]
        return events[-1].after if events else None

    def trail(self, code: str) -> list[Event]:
        """Tell the events of a piece, as far as the archive goes."""
        import polars as pl  # noqa: PLC0415 - of some size

        changes = self._whole("changes")
        made = changes.filter((pl.col("entity") == "unit") & pl.col("before").is_null())
        ids = [row["entity_id"] for row in made.iter_rows(named=True) if json.loads(row["after"])["code"] == code]
        own = changes.filter((pl.col("entity") == "piece") & pl.col("entity_id").is_in(ids)).sort("number", "line")
        told = own.join(self._whole("postings"), on="number", how="left", maintain_order="left")
        return [
            Event(
                number=row["number"],
                posting_kind=row["kind"],
                actor=row["actor"],
                recorded_at=row["recorded_at"],
                reason=row["reason"],
                document_id=row["document_id"],
                event=row["action"],
                before=None if row["before"] is None else json.loads(row["before"]),
                after=json.loads(row["after"]),
            )
            for row in told.iter_rows(named=True)
        ]

    def _check(self, number: int) -> None:
        if not 0 <= number <= self.last:
            raise Fault(
                code="ARCHIVE_ENDS",
                message=f"The archive ends at posting {self.last}; ask the ledger about {number}.",
                retryable=False,
                facts={"last": self.last},
            )

    def _table(self, part: Manifest, name: str) -> "pl.DataFrame":
        import polars as pl  # noqa: PLC0415 - of some size

        return pl.read_parquet(self.folder / f"{name}-{part.first}-{part.last}.parquet")

    def _whole(self, name: str) -> "pl.DataFrame":
        import polars as pl  # noqa: PLC0415 - of some size

        if not self.parts:
            return _frame(name, [])
        return pl.concat([self._table(part, name) for part in self.parts])


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
        sealed = await asyncio.to_thread(_write, folder, org_id, (first, end), sealed, found)
    return await asyncio.to_thread(Archive.open, folder)


def _begin(folder: Path, org_id: int) -> Archive:
    folder.mkdir(parents=True, exist_ok=True)
    archive = Archive.open(folder)
    for part in archive.parts:
        if part.org_id != org_id:
            raise _broken(folder, f"it belongs to the org with the id {part.org_id}")
    return archive


def _write(folder: Path, org_id: int, span: tuple[int, int], before: bytes, found: Slice) -> bytes:
    first, last = span
    tables = {"postings": found.postings, "movements": found.movements, "changes": found.changes}
    frames = {name: _frame(name, rows) for name, rows in tables.items()}
    sealed = before
    for posting in _postings(*frames.values()):
        again = posting_hash(sealed, org_id, posting)
        if again != posting.hash:
            raise _broken(folder, f"posting {posting.number} of the journal is not what was sealed")
        sealed = again
    files: dict[str, str] = {}
    for name, frame in frames.items():
        file = folder / f"{name}-{first}-{last}.parquet"
        frame.write_parquet(file, compression="zstd")
        files[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    manifest = Manifest(FORMAT, org_id, first, last, before.hex(), sealed.hex(), files)
    draft = folder / f"part-{first}-{last}.json.draft"
    draft.write_text(json.dumps(manifest._asdict(), indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / f"part-{first}-{last}.json")
    return sealed


def _frame(name: str, rows: Sequence[Sequence[Any]]) -> "pl.DataFrame":
    import polars as pl  # noqa: PLC0415 - of some size

    columns = {"postings": _POSTING, "movements": _MOVEMENT, "changes": _CHANGE}[name]
    kinds: dict[str, Any] = {column: pl.Int64 if column in _WHOLE else pl.String for column in columns}
    kinds |= {column: pl.Datetime("us", "UTC") for column in ("recorded_at", "occurred_at") if column in kinds}
    if name == "postings":
        kinds["reverts"] = pl.List(pl.Int64)
    return pl.DataFrame([tuple(row) for row in rows], schema=kinds, orient="row")


def _postings(postings: "pl.DataFrame", movements: "pl.DataFrame", changes: "pl.DataFrame") -> Iterator[Posting]:
    """Put postings together from the tables of a part, in order."""
    moved: dict[int, list[Movement]] = {}
    for row in movements.sort("number", "line").iter_rows(named=True):
        place = Place(*(row[name] for name in _PLACE))
        ends = end_named(row["source"]), end_named(row["target"])
        balances = tuple(row[name] for name in _BALANCES[:STATES])
        moved.setdefault(row["number"], []).append(Movement(row["holding_id"], place, *ends, row["quantity"], balances))
    changed: dict[int, list[Change]] = {}
    for row in changes.sort("number", "line").iter_rows(named=True):
        before = None if row["before"] is None else json.loads(row["before"])
        change = Change(row["entity"], row["entity_id"], row["action"], before, json.loads(row["after"]))
        changed.setdefault(row["number"], []).append(change)
    for row in postings.sort("number").iter_rows(named=True):
        yield Posting(
            number=row["number"],
            kind=row["kind"],
            key=row["key"],
            fingerprint=bytes.fromhex(row["fingerprint"]),
            actor=row["actor"],
            recorded_at=row["recorded_at"],
            occurred_at=row["occurred_at"],
            movements=tuple(moved.get(row["number"], ())),
            changes=tuple(changed.get(row["number"], ())),
            reason=row["reason"],
            document_type=row["document_type"],
            document_id=row["document_id"],
            reverts=tuple(row["reverts"]),
            data=None if row["data"] is None else json.loads(row["data"]),
            hash=bytes.fromhex(row["hash"]),
        )


def _manifest(file: Path) -> Manifest:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return Manifest(**told)
    except (OSError, ValueError, TypeError) as error:
        raise _broken(file.parent, f"{file.name} cannot be read: {error}") from error


def _broken(folder: Path, why: str) -> Fault:
    return Fault(
        code="ARCHIVE_BROKEN",
        message=f"The archive in {ascii(str(folder))[1:-1]} is not whole: {why}.",
        retryable=False,
        facts={"folder": str(folder)},
    )
