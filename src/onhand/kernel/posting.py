"""A posting and its lines: what the journal is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from onhand.kernel.entity import Snapshot
from onhand.kernel.holding import Place
from onhand.kernel.states import End


class Movement(NamedTuple):
    """
    So much of one holding went from one end to another.

    `quantity` is above zero, in millionths; `balances` are the holding's after this movement, by state. `value` is what
    went with the goods, in millionths of the currency; `value_held` and `unit_cost` are the holding's after it.
    """

    holding_id: int
    place: Place
    source: End
    target: End
    quantity: int
    balances: tuple[int, ...]
    value: int = 0
    value_held: int = 0
    unit_cost: int = 0


class Change(NamedTuple):
    """
    A fact about one entity, before and after, as snapshots.

    `before` is None where the posting made the entity.
    """

    entity: str
    entity_id: int
    action: str
    before: Snapshot | None
    after: Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """
    One act: its movements and changes, who, when, why, which document. Immutable.

    `number` counts without gap in the org's journal; `hash` seals this posting and all before it.
    `reverts` lists the postings that it undid, newest first. `recorded_at` is the journal's clock, `occurred_at` what
    the client told. `replayed` is true where a retry was answered from the journal; it is no part of the posting.
    """

    number: int
    kind: str
    key: str
    fingerprint: bytes
    actor: str
    recorded_at: datetime
    occurred_at: datetime
    movements: tuple[Movement, ...]
    changes: tuple[Change, ...] = ()
    reason: str | None = None
    document_type: str | None = None
    document_id: str | None = None
    reverts: tuple[int, ...] = ()
    data: Mapping[str, object] | None = None
    hash: bytes = b""
    replayed: bool = False

    def made(self, entity: str) -> int:
        """
        Give the id of the one entity of a kind that this posting made, such as its reservation.

        Raises:
            LookupError: It made none, or more than one.
        """
        made = [change.entity_id for change in self.changes if (change.entity, change.action) == (entity, "created")]
        if len(made) != 1:
            raise LookupError(f"posting {self.number} made {len(made)} of the kind {entity}")
        return made[0]
