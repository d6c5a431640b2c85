"""Configure: an org chooses how something is done."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.catalog.setting import Setting
from onhand.kernel.catalog.settings import check_setting
from onhand.kernel.command import Command
from onhand.kernel.draft import Draft
from onhand.kernel.refusals import Refused
from onhand.kernel.wants import Wants


@dataclass(frozen=True, slots=True, kw_only=True)
class Configure(Command):
    """Choose settings, as pairs of name and value; those that are not named stay as they are."""

    kind: ClassVar[str] = "configure"

    settings: tuple[tuple[str, str], ...]

    def check(self) -> None:
        """Refuse what is not well formed."""
        if not self.settings:
            raise Refused("INVALID_COMMAND", detail="it chooses nothing")
        for name, value in self.settings:
            check_setting(name, value)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the settings that are named."""
        del book
        wants.names.update(("setting", name) for name, _ in self.settings)
        return False

    def decide(self, draft: Draft) -> None:
        """Make or change what differs."""
        for name, value in self.settings:
            known = draft.book.names.get(("setting", name))
            if not isinstance(known, Setting):
                draft.make(Setting(id=draft.next_id(), name=name, value=value))
            elif known.value != value:
                draft.change(known, known.next(value=value))
