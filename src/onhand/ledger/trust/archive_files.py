"""
The files of an archive: parts in order, each with a manifest, and the chain of hashes through them.

A part holds consecutive postings in three Parquet files. Its manifest says which they are, the hash before the first
and that of the last, and the SHA-256 of each file. Every posting's hash seals it and all before it, so whoever
recomputes the chain from the files and finds the journal's hash has proved the files whole.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onhand.extras import needs
from onhand.faults import Fault
from onhand.kernel.canonical import GENESIS, posting_hash
from onhand.kernel.posting import Posting
from onhand.kernel.strict_json import read_json
from onhand.ledger.trust.archive_port import Slice
from onhand.ledger.trust.archive_tables import TABLES, NotWhole, check_columns, frame_of, postings_of
from onhand.ledger.trust.lasting import put_in_place, sync_file, sync_folder

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1


class Manifest(NamedTuple):
    """What a part of an archive says of itself; `files` are their SHA-256 by name."""

    format: int
    org_id: int
    first: int
    last: int
    hash_before: str
    hash: str
    files: Mapping[str, str]

    def file(self, table: str) -> str:
        """Give the name of the file of a table."""
        return f"{table}-{self.first}-{self.last}.parquet"


@dataclass(frozen=True, slots=True)
class ArchiveFiles:
    """An archive as it was found: its folder, and its parts in order."""

    folder: Path
    parts: tuple[Manifest, ...]

    @property
    def last(self) -> int:
        """The number of the last posting; 0 where there is none."""
        return self.parts[-1].last if self.parts else 0

    @property
    def hash(self) -> bytes:
        """The hash that seals the last posting and all before it."""
        return bytes.fromhex(self.parts[-1].hash) if self.parts else GENESIS

    def postings(self) -> Iterator[Posting]:
        """
        Give all postings in order, each proved when it is given; the seal is proved when the last was taken.

        Raises:
            Fault: ARCHIVE_BROKEN with the first file and posting that is not what was sealed.
        """
        sealed = GENESIS
        for part in self.parts:
            frames = {table: self._read(part, table) for table in TABLES}
            try:
                for posting in proved(postings_of(frames, part.first, part.last), sealed, part.org_id):
                    sealed = posting.hash
                    yield posting
            except NotWhole as error:
                raise broken(self.folder, f"in the part from posting {part.first} to {part.last}: {error}") from error
            except (ValueError, TypeError, KeyError) as error:
                why = f"the part from posting {part.first} to {part.last} holds what no posting has: {error}"
                raise broken(self.folder, why) from error
            if sealed.hex() != part.hash:
                raise broken(self.folder, f"posting {part.last} is not the one that the manifest seals")

    def _read(self, part: Manifest, table: str) -> "pl.DataFrame":
        with needs("files"):
            import polars as pl  # noqa: PLC0415 - of some size
            from polars.exceptions import PolarsError  # noqa: PLC0415

        name = part.file(table)
        try:
            frame = pl.read_parquet(self.folder / name)
            check_columns(table, frame)
        except (OSError, PolarsError, NotWhole) as error:
            raise broken(self.folder, f"{name} cannot be read: {error}") from error
        return frame


def open_files(folder: Path) -> tuple[Manifest, ...]:
    """
    Read the manifests of a folder, and hold the files to them; an empty folder is an empty archive.

    Raises:
        Fault: ARCHIVE_BROKEN for parts that do not follow each other, or files that are not what was sealed.
    """
    parts = sorted((_manifest(file) for file in folder.glob("part-*.json")), key=lambda part: part.first)
    last, sealed = 0, GENESIS.hex()
    for part in parts:
        if (part.first, part.hash_before) != (last + 1, sealed) or part.format != FORMAT or part.last < part.first:
            raise broken(folder, f"the part from posting {part.first} on does not follow posting {last}")
        if part.org_id != parts[0].org_id:
            raise broken(folder, f"the part from posting {part.first} on belongs to another org")
        if set(part.files) != {part.file(table) for table in TABLES}:
            raise broken(folder, f"the manifest of the part from posting {part.first} on names other files")
        for name, digest in part.files.items():
            file = folder / name
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                raise broken(folder, f"{name} is missing, or not what was sealed")
        last, sealed = part.last, part.hash
    return tuple(parts)


def write_part(folder: Path, org_id: int, span: tuple[int, int], before: bytes, found: Slice) -> bytes:
    """
    Write a part; it appears when it is complete.

    Returns:
        The hash of its last posting.

    Raises:
        Fault: ARCHIVE_BROKEN where what the journal gave is not what it sealed.
    """
    first, last = span
    frames = {table: frame_of(table, rows) for table, rows in zip(TABLES, found, strict=True)}
    sealed = before
    try:
        for posting in proved(postings_of(frames, first, last), before, org_id):
            sealed = posting.hash
    except NotWhole as error:
        raise broken(folder, f"in the journal: {error}") from error
    part = Manifest(FORMAT, org_id, first, last, before.hex(), sealed.hex(), {})
    files: dict[str, str] = {}
    for table, frame in frames.items():
        file = folder / part.file(table)
        frame.write_parquet(file, compression="zstd")
        files[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
        sync_file(file)
    sync_folder(folder)  # so that no manifest outlives what it tells of
    draft = folder / f"part-{first}-{last}.json.draft"
    draft.write_text(json.dumps(part._replace(files=files)._asdict(), indent=2) + "\n", encoding="utf-8")
    put_in_place(draft, folder / f"part-{first}-{last}.json")
    return sealed


def proved(postings: Iterator[Posting], sealed: bytes, org_id: int) -> Iterator[Posting]:
    """Give postings, each after its hash was made again from what stands before it; raises NotWhole."""
    for posting in postings:
        again = posting_hash(sealed, org_id, posting)
        if again != posting.hash:
            raise NotWhole(f"posting {posting.number} is not what was sealed")
        sealed = again
        yield posting


def broken(folder: Path, why: str) -> Fault:
    """Make the fault of an archive that is not whole."""
    return Fault(
        code="ARCHIVE_BROKEN",
        message=f"The archive in {ascii(str(folder))[1:-1]} is not whole: {why}.",
        retryable=False,
        facts={"folder": str(folder)},
    )


def _manifest(file: Path) -> Manifest:
    try:
        told = read_json(file.read_text(encoding="utf-8"))
        manifest = Manifest(**told)
        bytes.fromhex(manifest.hash)
        if not all(type(value) is int for value in (manifest.org_id, manifest.first, manifest.last)):
            raise TypeError("its numbers are no numbers")  # noqa: TRY301
    except (OSError, ValueError, TypeError) as error:
        raise broken(file.parent, f"{file.name} cannot be read: {error}") from error
    return manifest
