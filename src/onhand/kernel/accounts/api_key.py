"""An API key: lets a program work with the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from onhand.kernel.entity import Entity


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey(Entity):
    """
    A program with a role, at some sites or, where none is named, at all.

    `key_hash` is the SHA-256 of the key in hex. A key is 175 bits of chance, so its hash gives nothing away.
    """

    entity: ClassVar[str] = "api_key"
    named_by: ClassVar[tuple[str, ...]] = ("key_hash",)
    outlives_undoing: ClassVar[bool] = True
    is_catalog: ClassVar[bool] = True

    key_hash: str
    name: str
    role: str
    sites: tuple[str, ...] = ()
    expires_at: datetime | None = None
    revoked: bool = False
