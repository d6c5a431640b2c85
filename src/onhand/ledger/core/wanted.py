"""What is asked of a store: which holdings, postings and movements, and from which line of a list on."""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar

from onhand.kernel.states import State

Row = TypeVar("Row")
NUMBER_MAX = 2**63 - 1


class Where(NamedTuple):
    """Which holdings are asked for, in the codes that people use; None is any."""

    site: str | None = None
    sku: str | None = None
    location: str | None = None
    lot: str | None = None
    unit: str | None = None


class PlaceIds(NamedTuple):
    """
    The same in ids; None is any.

    A lot's code is unique in its item and a location's in its site, so without item or site there may be several.
    """

    site_id: int | None = None
    item_id: int | None = None
    location_ids: tuple[int, ...] | None = None
    lot_ids: tuple[int, ...] | None = None
    unit_id: int | None = None


class Spot(NamedTuple):
    """A line of a posting; between lines where `line` is 0 or past the last."""

    number: int
    line: int


START = Spot(0, 0)
END = Spot(NUMBER_MAX, 0)


class TrailSpot(NamedTuple):
    """A line of an entity's trail: in each posting the changes (part 0) come before the movements (part 1)."""

    number: int
    part: int
    line: int


class HoldingSpot(NamedTuple):
    """A holding's place in lists, which go by item, site and id."""

    item_id: int
    site_id: int
    id: int


FIRST_HOLDING = HoldingSpot(0, 0, 0)


class Rows(NamedTuple, Generic[Row]):
    """Some rows of a list, and where the next ones begin; None at the end."""

    rows: tuple[Row, ...]
    last: tuple[int, ...] | None


class PostingsWanted(NamedTuple):
    """Which postings are asked for: above `low` and below `high`; None is any."""

    low: int = 0
    high: int = NUMBER_MAX
    kind: str | None = None
    actor: str | None = None
    document_type: str | None = None
    document_id: str | None = None
    newest_first: bool = False


class MovementsWanted(NamedTuple):
    """Which movements are asked for: after `low` and before `high`; None is any."""

    found: PlaceIds = PlaceIds()
    low: Spot = START
    high: Spot = END
    kind: str | None = None
    state: State | None = None
    newest_first: bool = False


class ReservationsWanted(NamedTuple):
    """Which reservations are asked for; None is any."""

    id: int | None = None
    status: str | None = None
    site_id: int | None = None
    due_before: datetime | None = None
    after: int = 0
