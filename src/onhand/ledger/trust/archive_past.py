"""
What postings came to: holdings, pieces and families, made again from nothing but what the hashes seal.

The places, balances and values held that stand in the movements of an archive are not hashed. They are for people who
read the files with other programs, and are held against what is made here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from onhand.kernel.entity import Snapshot
from onhand.kernel.exact import quantity_decimal
from onhand.kernel.holding import Place
from onhand.kernel.moving_average import is_valued, part_of
from onhand.kernel.posting import Movement, Posting
from onhand.kernel.quantity import SCALE
from onhand.kernel.refusals import Refused
from onhand.kernel.states import STATES, State
from onhand.ledger.core.answers import HoldingThen, balances_of
from onhand.ledger.core.wanted import Where
from onhand.ledger.pieces.port import Family, PieceAnswer, Relative
from onhand.ledger.trust.archive_tables import NotWhole

_NOTHING = (0,) * STATES
_NAMES = {"site": "code", "item": "sku", "location": "code", "lot": "code", "unit": "code"}
"""The field that names each part of a place; names never change."""


@dataclass(slots=True)
class Past:
    """
    The state after posting `number`.

    With `happened_by`, what was recorded by then, but happened later, is kept apart (bitemporal).
    """

    happened_by: datetime | None = None
    number: int = 0
    entities: dict[tuple[str, int], Snapshot] = field(default_factory=dict)
    balances: dict[int, tuple[int, ...]] = field(default_factory=dict)
    values: dict[int, tuple[int, int]] = field(default_factory=dict)
    """What the goods of a holding cost, and what one unit does, in millionths of the currency."""
    moved_by: dict[int, int] = field(default_factory=dict)
    later: dict[int, tuple[int, ...]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)

    def copy(self) -> "Past":
        """Give the state as it is, to be kept while this one goes on."""
        return replace(
            self,
            entities=dict(self.entities),
            balances=dict(self.balances),
            values=dict(self.values),
            moved_by=dict(self.moved_by),
            later=dict(self.later),
        )

    def take(self, posting: Posting) -> None:
        """
        Let the next posting happen.

        Raises:
            NotWhole: Where a movement tells another place, other balances or another value than the postings come to.
        """
        self.number = posting.number
        for change in posting.changes:
            self.entities[change.entity, change.entity_id] = change.after
        is_later = self.happened_by is not None and posting.occurred_at > self.happened_by
        for line, movement in enumerate(posting.movements, start=1):
            holding_id, effect = movement.holding_id, _effect(movement)
            balances = _added(self.balances.get(holding_id, _NOTHING), effect)
            values = _valued(*self.values.get(holding_id, (0, 0)), balances, movement)
            told = movement.place, movement.balances, (movement.value_held, movement.unit_cost)
            if (self.place(holding_id), balances, values) != told:
                raise NotWhole(
                    f"movement {line} of posting {posting.number} tells a place, balances or a value held that do not "
                    "follow from the postings"
                )
            self.balances[holding_id], self.values[holding_id] = balances, values
            self.moved_by[holding_id] = posting.number
            if is_later:
                self.later[holding_id] = _added(self.later.get(holding_id, _NOTHING), effect)

    def place(self, holding_id: int) -> Place:
        """Give what a holding holds and where; raises NotWhole where no posting opened it."""
        found = self.places.get(holding_id)
        if found is None:
            holding = self.entities.get(("holding", holding_id))
            if holding is None:
                raise NotWhole(f"no posting opened holding {holding_id}")
            site, sku, *within = (self._name(kind, holding[f"{kind}_id"]) for kind in _NAMES)
            found = self.places[holding_id] = Place(str(site), str(sku), *within)
        return found

    def check_known(self, where: Where) -> None:
        """Refuse codes that no posting made known, as the ledger refuses them."""
        items = self._ids("item", where.sku, "UNKNOWN_ITEM", sku=where.sku)
        sites = self._ids("site", where.site, "UNKNOWN_SITE", site=where.site)
        sku, site = where.sku or "any", where.site or "any"
        self._ids("unit", where.unit, "UNIT_NOT_FOUND", within=("item_id", items), sku=sku, unit=where.unit)
        self._ids(
            "location",
            where.location,
            "UNKNOWN_LOCATION",
            within=("site_id", sites),
            site=site,
            location=where.location,
        )
        self._ids("lot", where.lot, "BATCH_NOT_FOUND", within=("item_id", items), sku=sku, lot=where.lot)

    def holdings(self, where: Where, *, empty: bool) -> list[HoldingThen]:
        """Give what was where, in the order in which the ledger lists it."""
        places = {holding_id: self.place(holding_id) for holding_id in self.balances}
        asked = {name: code for name, code in where._asdict().items() if code is not None}
        found = [
            HoldingThen(
                id=holding_id,
                place=place,
                number=self.moved_by[holding_id],
                balances=balances_of(self.balances[holding_id]).less(balances_of(self.later.get(holding_id, _NOTHING))),
            )
            for holding_id, place in places.items()
            if all(getattr(place, name) == code for name, code in asked.items())
        ]
        return sorted((holding for holding in found if empty or any(holding.balances)), key=self.order)

    def order(self, holding: HoldingThen) -> tuple[int, int, int]:
        """Give where a holding stands in a list: by item, site and id."""
        told = self.entities["holding", holding.id]
        return told["item_id"], told["site_id"], holding.id

    def piece(self, code: str) -> PieceAnswer | None:
        """Give a piece as it was; None where it was not there."""
        found = self._piece_named(code)
        if found is None:
            return None
        told = self.entities["piece", found]
        place = self.place(told["holding_id"])
        names = ("id", "kind", "status", "creator", "origin_id", "version")
        return PieceAnswer(
            code=code,
            sku=place.sku,
            site=place.site,
            location=place.location,
            lot=place.lot,
            number=self.number,
            size=quantity_decimal(told["size"]),
            length=None if told["length"] is None else quantity_decimal(told["length"]),
            **{name: told[name] for name in names},
        )

    def family(self, code: str) -> Family | None:
        """Give all that a piece was made of and all that was made of it; None where it was not there."""
        start = self._piece_named(code)
        if start is None:
            return None
        pieces = {entity_id: told for (kind, entity_id), told in self.entities.items() if kind == "piece"}
        into = self._units_by_act()
        parents = {one: into.get(told["origin_id"], ()) for one, told in pieces.items()}
        children: dict[int, list[int]] = {}
        for one, made_of in parents.items():
            for parent in made_of:
                children.setdefault(parent, []).append(one)
        above = _reached(start, parents, pieces)
        below = _reached(start, children, pieces)
        members = {one: self._relative(one, pieces[one], parents[one]) for one in above | below}
        return Family.of(start, members, above, below)

    def _relative(self, one: int, told: Snapshot, parents: tuple[int, ...]) -> Relative:
        code = str(self._name("unit", one))
        return Relative(
            one, code, told["kind"], quantity_decimal(told["size"]), told["status"], told["creator"], parents
        )

    def _units_by_act(self) -> dict[int, tuple[int, ...]]:
        """Give which units went into each cut and combination."""
        found = {}
        for (kind, act), told in self.entities.items():
            if kind == "transformation":
                units = {self.entities["holding", holding_id]["unit_id"] for holding_id, _ in told["lines"]}
                found[act] = tuple(sorted(units - {None}))
        return found

    def _piece_named(self, code: str) -> int | None:
        for (kind, entity_id), told in self.entities.items():
            if kind == "unit" and told["code"] == code and ("piece", entity_id) in self.entities:
                return entity_id
        return None

    def _name(self, kind: str, entity_id: int | None) -> str | None:
        if entity_id is None:
            return None
        told = self.entities.get((kind, entity_id))
        if told is None:
            raise NotWhole(f"no posting made {kind} {entity_id} known")
        return str(told[_NAMES[kind]])

    def _ids(
        self,
        kind: str,
        code: str | None,
        refusal: str,
        within: tuple[str, set[int] | None] = ("id", None),
        **facts: object,
    ) -> set[int] | None:
        """Find what has a code, within some sites or items; None where it is not asked for."""
        if code is None:
            return None
        field_name, allowed = within
        found = {
            entity_id
            for (entity, entity_id), told in self.entities.items()
            if entity == kind and told[_NAMES[kind]] == code and (allowed is None or told[field_name] in allowed)
        }
        if not found:
            raise Refused(refusal, **facts)
        return found


def _effect(movement: Movement) -> tuple[int, ...]:
    quantity, source, target = movement.quantity, movement.source, movement.target
    return tuple(quantity * ((target == state) - (source == state)) for state in range(STATES))


def _added(balances: tuple[int, ...], effect: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(quantity + more for quantity, more in zip(balances, effect, strict=True))


def _valued(held: int, unit_cost: int, balances: tuple[int, ...], movement: Movement) -> tuple[int, int]:
    """Give value and moving average of a holding after a movement, whose value is hashed, and its balances after."""
    leaves, comes = is_valued(movement.source), is_valued(movement.target)
    if leaves == comes:
        return held, unit_cost
    held += movement.value if comes else -movement.value
    units = sum(balances) - balances[State.INCOMING]
    return held, part_of(held, SCALE, units) if units > 0 and held > 0 else unit_cost


def _reached(start: int, onward: Mapping[int, Iterable[int]], pieces: Mapping[int, Snapshot]) -> set[int]:
    """Walk from a piece as far as it goes."""
    reached, edge = {start}, [start]
    while edge:
        edge = [far for near in edge for far in onward.get(near, ()) if far in pieces and far not in reached]
        reached.update(edge)
    return reached
