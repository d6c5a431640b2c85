"""Define a customer: somebody who buys is made known, or changed."""

from dataclasses import dataclass, replace
from typing import ClassVar

from onhand.kernel.book import Book
from onhand.kernel.command import Command
from onhand.kernel.commerce.customer import Customer
from onhand.kernel.draft import Draft
from onhand.kernel.refusing import Codes
from onhand.kernel.text import check_code
from onhand.kernel.versions import check_version, expect
from onhand.kernel.wants import Wants

_NAME_LENGTH_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineCustomer(Command):
    """Make a customer known, or change what is known of him; what is not told stays as it is."""

    kind: ClassVar[str] = "customer"
    refuses: ClassVar[Codes] = frozenset({"VERSION_CONFLICT"})

    code: str
    name: str | None = None
    email: str | None = None
    vat_number: str | None = None
    version: int | None = None

    def check(self) -> None:
        """Refuse what is not well formed."""
        check_code(self.code, "code")
        check_version(self.version)
        for field in ("name", "email", "vat_number"):
            value = getattr(self, field)
            if value is not None:
                check_code(value, field, _NAME_LENGTH_MAX)

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Want the customer."""
        del book
        wants.names.add(("customer", self.code))
        return False

    def decide(self, draft: Draft) -> None:
        """Make the customer, or change what is told differently."""
        told = {
            field: value for field in ("name", "email", "vat_number") if (value := getattr(self, field)) is not None
        }
        known = draft.book.names.get(("customer", self.code))
        expect(known, self.version, f"customer {self.code}")
        if not isinstance(known, Customer):
            made = Customer(id=draft.next_id(), code=self.code, name=self.code)
            draft.make(replace(made, **told))
        elif any(getattr(known, field) != value for field, value in told.items()):
            draft.change(known, known.next(**told))
