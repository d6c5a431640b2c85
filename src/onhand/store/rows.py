"""Rows as the kernel's things, and the kernel's things as rows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from onhand.kernel.entities import (
    Entity,
    Item,
    Location,
    Lot,
    OpenLine,
    Product,
    Reservation,
    Site,
    Transfer,
    Unit,
)
from onhand.kernel.holding import Holding, HoldingKey, Place
from onhand.kernel.states import State

Row = Sequence[Any]
"""A row as the driver gives it; `Any`, since its columns are told by the statement that made it."""

STATE_COLUMNS: tuple[str, ...] = tuple(state.name.lower() for state in State)
"""The balance columns of holding and movement, in the order of the states."""

_KEY_FIRST, _FLOOR, _BALANCE_FIRST = 2, 7, 8


def utc(moment: datetime) -> datetime:
    """Give a time of the database in UTC, whatever zone its connection speaks."""
    return moment.astimezone(UTC)


def holding_key(row: Row) -> HoldingKey:
    """Read the key of a holding."""
    return HoldingKey(*row[_KEY_FIRST:_FLOOR])


def holding_of(row: Row, key: HoldingKey, place: Place) -> Holding:
    """Read a holding: id, version, key, floor, balances."""
    return Holding(id=row[0], version=row[1], key=key, place=place, floor=row[_FLOOR], balances=row[_BALANCE_FIRST:])


def site_of(row: Row) -> Site:
    """Read a site."""
    return Site(id=row[0], version=row[1], code=row[2], name=row[3], retired=row[4])


def location_of(row: Row) -> Location:
    """Read a location."""
    return Location(id=row[0], version=row[1], site_id=row[2], code=row[3], retired=row[4])


def product_of(row: Row) -> Product:
    """Read a product."""
    return Product(id=row[0], version=row[1], code=row[2], name=row[3], retired=row[4])


def item_of(row: Row) -> Item:
    """Read an item."""
    return Item(
        id=row[0],
        version=row[1],
        sku=row[2],
        name=row[3],
        product_id=row[4],
        measure=row[5],
        pick_policy=row[6],
        retired=row[7],
    )


def lot_of(row: Row) -> Lot:
    """Read a lot."""
    return Lot(id=row[0], version=row[1], item_id=row[2], code=row[3], received_at=utc(row[4]), expires_on=row[5])


def unit_of(row: Row) -> Unit:
    """Read a unit."""
    return Unit(id=row[0], version=row[1], item_id=row[2], code=row[3], lot_id=row[4], retired=row[5])


def reservation_of(row: Row) -> Reservation:
    """Read a reservation with its open lines."""
    return Reservation(
        id=row[0],
        version=row[1],
        site_id=row[2],
        status=row[3],
        expires_at=row[4] and utc(row[4]),
        priority=row[5],
        document_type=row[6],
        document_id=row[7],
        lines=_lines(row[8], row[9]),
    )


def transfer_of(row: Row) -> Transfer:
    """Read a transfer with its open lines."""
    return Transfer(
        id=row[0],
        version=row[1],
        source_site_id=row[2],
        target_site_id=row[3],
        status=row[4],
        lines=_lines(row[5], row[6]),
    )


def entity_row(entity: Entity) -> Mapping[str, object]:
    """Write an entity as a row, without the lines that have rows of their own."""
    return {name: value for name, value in entity.snapshot().items() if name != "lines"}


def _lines(holding_ids: Sequence[int], quantities: Sequence[int]) -> tuple[OpenLine, ...]:
    return tuple(OpenLine(*line) for line in zip(holding_ids, quantities, strict=True))
