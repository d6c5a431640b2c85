"""Pieces on the book: finding those that are named, taking them whole, making new ones."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.catalog.codes import next_piece_code
from onhand.kernel.command import LINES_MAX, check_number
from onhand.kernel.draft import Draft
from onhand.kernel.entity import OpenLine
from onhand.kernel.holding import Holding, HoldingKey, Place
from onhand.kernel.naming import Named
from onhand.kernel.pieces.names import piece_code
from onhand.kernel.pieces.piece import UNDONE, Piece
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.refusals import Refused
from onhand.kernel.states import WORDS, End, Outside, State
from onhand.kernel.stock.unit import Unit
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.wants import Wants


class KnownPiece(NamedTuple):
    """A piece with its name, and the holding where it stands; the last one where it stands nowhere."""

    code: str
    piece: Piece
    unit: Unit
    holding: Holding


def clean_codes(codes: object) -> tuple[str, ...]:
    """Read the names of pieces; each may be told once."""
    if not isinstance(codes, tuple | list) or not codes:
        raise Refused("INVALID_COMMAND", detail="pieces are a list of names, and not an empty one")
    if len(codes) > LINES_MAX:
        raise Refused("TOO_MANY_LINES", lines=len(codes), lines_max=LINES_MAX)
    cleaned = tuple(piece_code(code) for code in codes)
    if len(set(cleaned)) < len(cleaned):
        twice = next(code for code in cleaned if cleaned.count(code) > 1)
        raise Refused("INVALID_COMMAND", detail=f"the piece {twice} is named twice")
    return cleaned


def clean_versions(versions: object, count: int) -> tuple[int, ...] | None:
    """Read the versions that pieces had when an act on them was decided on: one for each, in their order."""
    if versions is None:
        return None
    if not isinstance(versions, tuple | list) or len(versions) != count:
        raise Refused("INVALID_COMMAND", detail="versions are one for each piece, in the same order")
    return tuple(check_number(version, "version") for version in versions)


def check_versions(found: Sequence[KnownPiece], versions: Sequence[int] | None) -> None:
    """Refuse an act that was decided on an older version of a piece; what was decided on none goes on."""
    for known, version in zip(found, versions or (), strict=False):
        if known.piece.version != version:
            entity = f"piece {known.code}"
            raise Refused("VERSION_CONFLICT", entity=entity, expected=version, actual=known.piece.version)


def want_pieces(book: Book, wants: Wants, codes: Iterable[str], reservation: int | None = None) -> bool:
    """Want pieces with their units and holdings, and the reservation that they belong to."""
    complete = reservation is None or _want_promise(book, wants, reservation)
    for code in codes:
        wants.units.add(("", code))  # a unit's code is unique in the org, whatever its item
        unit = book.names.get(("unit", code))
        if unit is None:
            complete = False
        else:
            wants.entities.add(("piece", unit.id))
            complete = complete and ("piece", unit.id) in book.entities
    return not complete


def _want_promise(book: Book, wants: Wants, number: int) -> bool:
    wants.entities.add(("reservation", number))
    known = book.entities.get(("reservation", number))
    if isinstance(known, Reservation):
        wants.holdings.update(line.holding_id for line in known.lines)
    return known is not None


def find_piece(book: Book, code: str) -> KnownPiece:
    """Find a piece by its name."""
    unit = book.names.get(("unit", code))
    piece = None if unit is None else book.entities.get(("piece", unit.id))
    if not isinstance(unit, Unit) or not isinstance(piece, Piece) or piece.status == UNDONE:
        raise Refused("PIECE_NOT_FOUND", piece=code)
    return KnownPiece(code, piece, unit, book.holdings[piece.holding_id])


def named_pieces(book: Book, codes: Iterable[str]) -> Iterator[Named]:
    """Give the pieces that a command names; each belongs to the site where it stands, or stood last."""
    for code in codes:
        unit = book.names.get(("unit", code))
        piece = None if unit is None else book.entities.get(("piece", unit.id))
        if isinstance(piece, Piece):
            site_id = book.holdings[piece.holding_id].key.site_id
            yield Named(frozenset({site_id}), Refused("PIECE_NOT_FOUND", piece=code))


def find_pieces(book: Book, codes: Sequence[str]) -> list[KnownPiece]:
    """Find pieces that go into one act: of one item, at one site."""
    found = [find_piece(book, code) for code in codes]
    first = found[0].holding.key
    for known in found:
        if known.holding.key.item_id != first.item_id:
            raise Refused("PIECES_DIFFER", detail=f"{known.code} is of another item than {found[0].code}")
        if known.holding.key.site_id != first.site_id:
            raise Refused("PIECES_DIFFER", detail=f"{known.code} stands at another site than {found[0].code}")
    return found


def take_pieces(
    draft: Draft, found: Sequence[KnownPiece], target: End, reservation: int | None, event: str
) -> list[int]:
    """
    Take pieces whole, from what is available or from a reservation.

    Returns:
        What each of them is worth.

    Raises:
        Refused: PIECES_RESERVED for those that somebody else has reserved; PIECES_NOT_THERE; each with all their names.
    """
    promise = None if reservation is None else draft.book.reservation(reservation)
    promised = {} if promise is None else {line.holding_id: line.quantity for line in promise.lines}
    reserved = [
        known.code
        for known in found
        if known.piece.status == WORDS[State.RESERVED] and known.holding.id not in promised
    ]
    if reserved:
        raise Refused("PIECES_RESERVED", pieces=reserved)
    gone = [
        {"piece": known.code, "status": known.piece.status}
        for known in found
        if known.piece.status not in {WORDS[State.AVAILABLE], WORDS[State.RESERVED]}
    ]
    if gone:
        raise Refused("PIECES_NOT_THERE", pieces=gone)
    for known in found:
        source = State.RESERVED if known.piece.status == WORDS[State.RESERVED] else State.AVAILABLE
        draft.move(known.holding, source, target, known.piece.size, event)
        promised.pop(known.holding.id, None) if source == State.RESERVED else None
    if promise is not None:
        settle_promise(draft, promise, promised, "committed")
    return [movement.value for movement in draft.movements[-len(found) :]]


def settle_promise(draft: Draft, promise: Reservation, waiting: dict[int, int], status: str) -> None:
    """Keep a reservation active for what it still waits for, by holding; with nothing left it ends with `status`."""
    after = "active" if waiting else status
    check_transition(RESERVATION, f"reservation {promise.id}", promise.status, status)
    lines = tuple(OpenLine(holding_id, quantity) for holding_id, quantity in sorted(waiting.items()))
    draft.change(promise, promise.next(status=after, lines=lines), status)


class Maker(NamedTuple):
    """Makes pieces of one item and lot at one place, and of one origin."""

    key: HoldingKey
    place: Place
    origin_id: int | None = None

    def make(
        self,
        draft: Draft,
        kind: str,
        size: int,
        *,
        length: int | None = None,
        code: str | None = None,
        value: int | None = None,
    ) -> Piece:
        """Make a piece that is available; it remembers for ever which posting made it, and of what."""
        name = code or next_piece_code(draft, kind)
        if ("unit", name) in draft.book.names:
            raise Refused("UNIT_ALREADY_EXISTS", unit=name)
        unit = Unit(id=draft.next_id(), item_id=self.key.item_id, code=name, lot_id=self.key.lot_id)
        draft.make(unit)
        holding = draft.hold(self.key._replace(unit_id=unit.id), self.place._replace(unit=name))
        draft.move(holding, Outside.MADE, State.AVAILABLE, size, value=value)
        piece = Piece(
            id=unit.id,
            kind=kind,
            size=size,
            length=length,
            creator=draft.number,
            origin_id=self.origin_id,
            status=WORDS[State.AVAILABLE],
            holding_id=holding.id,
        )
        draft.make(piece)
        return piece
