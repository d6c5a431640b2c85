"""Set lot metadata: lab results, harvest, notes and fields of one's own are told of a lot."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.lots.lot import Lot
from onhand.kernel.lots.lot_metadata import LotMetadata
from onhand.kernel.lots.metadata import problems_of
from onhand.kernel.lots.set_lot_status import find_lot, want_lot
from onhand.kernel.refusals import Refused
from onhand.kernel.refusing import OF_LOTS, Codes
from onhand.kernel.stock.item import Item
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

_PROBLEMS_TOLD_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLotMetadata(Command):
    """Tell the metadata of a lot, in place of what was told before."""

    kind: ClassVar[str] = "lot_metadata"
    refuses: ClassVar[Codes] = OF_LOTS | {"INVALID_METADATA"}

    sku: str
    lot: str
    metadata: Mapping[str, Any]
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed, with every field that is wrong."""
        check_code(self.sku, "sku")
        check_code(self.lot, "lot")
        check_version(self.version)
        problems = problems_of(self.metadata)
        if problems:
            told = [problem._asdict() for problem in problems[:_PROBLEMS_TOLD_MAX]]
            raise Refused("INVALID_METADATA", problems=told)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the lot, then its metadata."""
        want_lot(wants, self.sku, self.lot)
        item = book.names.get(("item", self.sku))
        lot = book.names.get(("lot", item.id, self.lot)) if isinstance(item, Item) else None
        if isinstance(lot, Lot):
            wants.names.add(("lot_metadata", lot.id))
            return False
        return True

    def decide(self, draft: Draft) -> None:
        """Keep what is told, if it differs."""
        lot = find_lot(draft, self.sku, self.lot)
        known = draft.book.names.get(("lot_metadata", lot.id))
        expect(known, self.version, f"metadata of lot {lot.code}")
        if not isinstance(known, LotMetadata):
            draft.make(LotMetadata(id=draft.next_id(), lot_id=lot.id, facts=self.metadata))
        elif known.facts != self.metadata:
            draft.change(known, known.next(facts=self.metadata), "told")
