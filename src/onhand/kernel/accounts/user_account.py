"""A user account: somebody who may work with the ledger."""

from dataclasses import dataclass
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAccount(Entity):
    """
    Somebody with a role, at some sites or, where none is named, at all.

    `credential` names the password's hash, which stands in a table of its own and in no journal.
    """

    entity: ClassVar[str] = "user_account"
    named_by: ClassVar[tuple[str, ...]] = ("name",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    name: str
    role: str
    sites: tuple[str, ...] = ()
    credential: str | None = None
    retired: bool = False
