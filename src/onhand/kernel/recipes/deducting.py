"""
Deducting a sale: first everything is fitted and all shortages are found together, only then anything is taken.

Lines are served in the order of the receipt, those that leave a choice among substitutes after those that do not. Each
gets round(sum so far + its need) - round(sum so far) of an item, the sum being an exact fraction; so the lines always
add up to the one rounded total.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from onhand.kernel.book import Book
from onhand.kernel.canonical import microseconds
from onhand.kernel.command import Line
from onhand.kernel.draft import Draft
from onhand.kernel.entity import OpenLine
from onhand.kernel.pick import Taken, servable, take
from onhand.kernel.promises.reservation import Reservation
from onhand.kernel.quantity import QUANTITY_MAX, SCALE, quantity_text, shown
from onhand.kernel.recipes.deduction import DEDUCTED, Deduction, DeductionPart, SoldItem
from onhand.kernel.recipes.mapping import IngredientMapping
from onhand.kernel.recipes.measures import rounded
from onhand.kernel.recipes.needs import Need, ingredients_of, needs_of, want_recipe
from onhand.kernel.refusals import Refused
from onhand.kernel.states import Outside, State
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.product import Product
from onhand.kernel.stock.site import Site
from onhand.kernel.text import check_code
from onhand.kernel.transitions import RESERVATION, check_transition
from onhand.kernel.wants import Wants

if TYPE_CHECKING:
    from onhand.kernel.holding import Holding

ITEMS_MAX = 1_000
NAME_LENGTH_MAX = 500


class Sold(NamedTuple):
    """So many of a product were sold, in millionths of what its recipe gives; `name` is what the receipt calls it."""

    product: str
    quantity: int
    name: str | None = None


class SoldOrder(NamedTuple):
    """What a transaction of a site sold, or may sell; `slice` is the reservation that was lent to its till, if any."""

    site: str
    transaction: str | None
    items: Sequence[Sold]
    slice: int | None = None


class _Portion(NamedTuple):
    """What a line of the receipt needs of an ingredient: exactly so much of one item, or so much of a substitute."""

    line: int
    product: str
    ingredient: str
    choices: Sequence[tuple[Item, Fraction]]


class _Served(NamedTuple):
    portion: _Portion
    item: Item
    quantity: int


@dataclass(slots=True)
class DeductionPlan:
    """What a deduction will take; nothing is taken yet."""

    site: Site
    order: SoldOrder
    names: Sequence[str]
    lent: Reservation | None
    served: list[_Served] = field(default_factory=list)
    exact: dict[int, Fraction] = field(default_factory=dict)
    """What is taken of each item by its id, before rounding."""


def check_items(items: Sequence[Sold]) -> None:
    """Refuse items that are not well formed."""
    if not 1 <= len(items) <= ITEMS_MAX:
        raise Refused("INVALID_COMMAND", detail=f"a transaction has 1 to {ITEMS_MAX} items")
    for item in items:
        check_code(item.product, "product")
        if item.name is not None:
            check_code(item.name, "name", NAME_LENGTH_MAX)
        if type(item.quantity) is not int:
            raise Refused("INVALID_QUANTITY", quantity=shown(item.quantity))
        if item.quantity <= 0:
            raise Refused("NEGATIVE_QUANTITY", quantity=quantity_text(max(item.quantity, -QUANTITY_MAX)))
        if item.quantity > QUANTITY_MAX:
            raise Refused("QUANTITY_TOO_LARGE", quantity=shown(item.quantity), quantity_max=quantity_text(QUANTITY_MAX))


def want_deduction(book: Book, wants: Wants, order: SoldOrder) -> bool:
    """
    Want the recipes of what was sold, then the mappings of their ingredients, then the places of their items.

    Whether the transaction was deducted before is not looked up: nearly none was, and a batch that wants nothing new is
    decided ahead. The database knows (`deduction_transaction_unique`), as it does of keys; `Deduct.names_made` looks.
    """
    wants.sites.add(order.site)
    site = book.names.get(("site", order.site))
    more = site is None or _want_slice(book, wants, order.slice)
    product_ids, seen = [], set[int]()
    for sold in order.items:
        product = book.product(sold.product)
        if product is None:
            wants.names.add(("product", sold.product))
            more = True
        else:
            product_ids.append(product.id)
            more = want_recipe(book, wants, product.id, seen) or more
    if site is None:
        return True
    for ingredient, unit in ingredients_of(book, product_ids):
        mapping = book.names.get(("mapping", site.id, ingredient, unit))
        item = book.entities.get(("item", mapping.item_id)) if isinstance(mapping, IngredientMapping) else None
        if isinstance(item, Item):
            wants.places.add((order.site, item.sku))
            continue
        more = True
        if isinstance(mapping, IngredientMapping):
            wants.entities.add(("item", mapping.item_id))
        else:
            wants.names.add(("mapping", site.id, ingredient, unit))
    return more


def plan(draft: Draft, order: SoldOrder, moment: int | None) -> DeductionPlan:
    """
    Find out whether all that a transaction needs is there, and from where it comes. Nothing is taken.

    Args:
        draft: Knows the book and the journal's clock.
        order: What was sold.
        moment: When it was sold, in microseconds since 1970; None is now.

    Raises:
        Refused: TRANSACTION_EXISTS; UNKNOWN_PRODUCT, RECIPE_MISSING and MAPPING_MISSING with all that are missing;
            INSUFFICIENT_INGREDIENTS with every shortage.
    """
    book = draft.book
    site = book.site(order.site)
    if ("deduction", site.id, order.transaction) in book.names:
        raise Refused("TRANSACTION_EXISTS", site=site.code, transaction=order.transaction)
    names, portions = _resolved(draft, site, order.items, moment)
    found = DeductionPlan(site, order, names, _lent(book, site, order.slice))
    _fit(draft, found, portions)
    return found


def plan_slice(draft: Draft, order: SoldOrder) -> list[Line]:
    """
    Find out what has to be set aside for so many products, however they are spread over baskets; nothing is moved.

    Each basket rounds by itself. So what one of a product needs of an item is rounded up before it is multiplied, and
    the sum is never less than what all baskets together take.

    Raises:
        Refused: As `plan`.
    """
    site = draft.book.site(order.site)
    ones = [item._replace(quantity=SCALE) for item in order.items]
    names, portions = _resolved(draft, site, ones, None)
    whole = [
        portion._replace(
            choices=[
                (item, Fraction(ceil(exact) * (order.items[portion.line - 1].quantity // SCALE)))
                for item, exact in portion.choices
            ]
        )
        for portion in portions
    ]
    found = DeductionPlan(site, order, names, None)
    _fit(draft, found, whole)
    return [Line(served.item.sku, served.quantity) for served in found.served if served.quantity]


def carry_out(draft: Draft, planned: DeductionPlan) -> Deduction:
    """Take what was planned, and make the deduction that tells of it."""
    totals: dict[int, int] = {}
    for served in planned.served:
        totals[served.item.id] = totals.get(served.item.id, 0) + served.quantity
    items = {served.item.id: served.item for served in planned.served}
    taken = _take_lent(draft, planned.lent, totals)
    rest = [Line(items[item_id].sku, quantity) for item_id, quantity in totals.items() if quantity]
    if rest:
        taken += take(draft, planned.site, rest, Outside.USED)
    _note_rounding(draft, planned, items)
    for holding in {holding.id: holding for holding, _ in taken}.values():
        if holding.balances[State.AVAILABLE] < 0:
            facts = {"available": holding.balances[State.AVAILABLE], "floor": holding.floor}
            draft.note(holding, "below_zero", dict(facts))
    deduction = Deduction(
        id=draft.next_id(),
        site_id=planned.site.id,
        transaction=str(planned.order.transaction),
        status=DEDUCTED,
        items=tuple(
            SoldItem(item.product, name, item.quantity, DEDUCTED)
            for item, name in zip(planned.order.items, planned.names, strict=True)
        ),
        parts=tuple(_parts(planned.served, taken)),
    )
    draft.make(deduction)
    return deduction


def _resolved(draft: Draft, site: Site, items: Sequence[Sold], moment: int | None) -> tuple[list[str], list[_Portion]]:
    """Give the names on the receipt, and what each line needs of which items."""
    book = draft.book
    products = [_product(book, item.product) for item in items]
    names = [item.name or product.name for item, product in zip(items, products, strict=True)]
    needs = _needs(book, products, microseconds(draft.now) if moment is None else moment)
    return names, _portions(book, site, items, names, needs)


def _want_slice(book: Book, wants: Wants, reservation: int | None) -> bool:
    if reservation is None:
        return False
    wants.entities.add(("reservation", reservation))
    known = book.entities.get(("reservation", reservation))
    if isinstance(known, Reservation):
        wants.holdings.update(line.holding_id for line in known.lines)
        return False
    return True


def _product(book: Book, code: str) -> Product:
    product = book.product(code)
    if product is None or product.retired:
        raise Refused("UNKNOWN_PRODUCT", product=code)
    return product


def _needs(book: Book, products: Sequence[Product], moment: int) -> list[Sequence[Need]]:
    """Give the needs of each product, or refuse with all that have no recipe."""
    needs: list[Sequence[Need]] = []
    missing: dict[str, None] = {}
    for product in products:
        try:
            needs.append(needs_of(book, product.code, product.id, moment))
        except Refused as refused:
            if refused.code != "RECIPE_MISSING":
                raise
            missing |= dict.fromkeys(refused.facts["products"])  # type: ignore[call-overload]  # it is a list of codes
    if missing:
        raise Refused("RECIPE_MISSING", products=list(missing))
    return needs


def _portions(
    book: Book, site: Site, items: Sequence[Sold], names: Sequence[str], needs: Sequence[Sequence[Need]]
) -> list[_Portion]:
    """Give what each line needs of which items, or refuse with every ingredient that is none here."""
    portions: list[_Portion] = []
    missing: dict[str, None] = {}
    for line, (item, name, own) in enumerate(zip(items, names, needs, strict=True), start=1):
        for need in own:
            choices = []
            for choice in need:
                mapping = book.names.get(("mapping", site.id, choice.ingredient, choice.unit))
                if isinstance(mapping, IngredientMapping) and not mapping.retired:
                    amount = choice.amount
                    exact = Fraction(
                        item.quantity * amount.numerator * mapping.numerator, amount.denominator * mapping.denominator
                    )
                    choices.append((book.get(Item, mapping.item_id), exact))
            portions.append(_Portion(line, name, need[0].ingredient, choices))
            if not choices:
                missing[f"{need[0].ingredient} ({need[0].unit})"] = None
    if missing:
        raise Refused("MAPPING_MISSING", site=site.code, missing=list(missing))
    return portions


def _lent(book: Book, site: Site, reservation: int | None) -> Reservation | None:
    """Find the slice that a till was lent; one of another site is none. One that is over lends nothing any more."""
    if reservation is None:
        return None
    found = book.reservation(reservation)
    if found.site_id != site.id:
        raise Refused("RESERVATION_NOT_FOUND", reservation=reservation)
    return found if found.status == "active" else None


def _fit(draft: Draft, found: DeductionPlan, portions: Sequence[_Portion]) -> None:
    """
    Serve each portion from the first of its choices of which enough is left, or refuse with every shortage.

    A shortage is told of the first choice. Nothing of that is left to later portions then, so these are told as well.
    """
    left: dict[int, int] = {}
    short: list[tuple[int, str, dict[str, object]]] = []
    for place in _in_order(portions):
        portion = portions[place]
        for item, exact in portion.choices:
            item_id = item.id
            if item_id not in left:
                left[item_id] = _capacity(draft, found, item)
            before = found.exact.get(item_id)
            quantity = rounded(exact) if before is None else rounded(before + exact) - rounded(before)
            if quantity <= left[item_id]:
                left[item_id] -= quantity
                found.exact[item_id] = exact if before is None else before + exact
                found.served.append(_Served(portion, item, quantity))
                break
        else:
            item, exact = portion.choices[0]
            before = found.exact.get(item.id, Fraction(0))
            quantity = rounded(before + exact) - rounded(before)
            short.append((place, *_shortage(found.site, portion, item, quantity, left[item.id])))
            left[item.id] = 0
    if short:
        short.sort(key=lambda told: told[0])
        raise Refused(
            "INSUFFICIENT_INGREDIENTS",
            errors=[error for _, error, _ in short],
            shortages=[facts for _, _, facts in short],
        )


def _in_order(portions: Sequence[_Portion]) -> Sequence[int]:
    """Give the places of the portions in the order in which they are served: those without a choice first."""
    if all(len(portion.choices) == 1 for portion in portions):
        return range(len(portions))
    return sorted(range(len(portions)), key=lambda place: len(portions[place].choices) > 1)


def _capacity(draft: Draft, found: DeductionPlan, item: Item) -> int:
    lent = sum(line.quantity for line in _lent_lines(draft.book, found.lent, item.id))
    return lent + servable(draft, found.site, Line(item.sku, 1), Outside.USED)


def _shortage(site: Site, portion: _Portion, item: Item, needed: int, had: int) -> tuple[str, dict[str, object]]:
    need, have, short = quantity_text(needed), quantity_text(had), quantity_text(needed - had)
    facts = {
        "product": portion.product,
        "ingredient": portion.ingredient,
        "site": site.code,
        "sku": item.sku,
        "line": portion.line,
        "requested": need,
        "available": have,
        "short": short,
    }
    return f"{portion.product} - {portion.ingredient}: Need {need}, Have {have} (Short: {short})", facts


def _lent_lines(book: Book, lent: Reservation | None, item_id: int) -> Iterator[OpenLine]:
    for line in () if lent is None else lent.lines:
        if book.holdings[line.holding_id].key.item_id == item_id:
            yield line


def _take_lent(draft: Draft, lent: Reservation | None, totals: dict[int, int]) -> Taken:
    """Take what the slice has, and leave in the totals what it has not."""
    taken: Taken = []
    if lent is None:
        return taken
    open_lines: list[OpenLine] = []
    for line in lent.lines:
        holding = draft.book.holdings[line.holding_id]
        quantity = min(line.quantity, totals.get(holding.key.item_id, 0))
        if quantity:
            draft.move(holding, State.RESERVED, Outside.USED, quantity)
            taken.append((holding, quantity))
            totals[holding.key.item_id] -= quantity
        if line.quantity > quantity:
            open_lines.append(OpenLine(line.holding_id, line.quantity - quantity))
    if taken:
        status = "active" if open_lines else "committed"
        check_transition(RESERVATION, f"reservation {lent.id}", lent.status, status)
        draft.change(lent, lent.next(status=status, lines=tuple(open_lines)), "used")
    return taken


def _note_rounding(draft: Draft, planned: DeductionPlan, items: dict[int, Item]) -> None:
    """Keep as evidence where the exact need was no whole number of millionths, and what was taken for it."""
    for item_id, exact in planned.exact.items():
        if exact.denominator != 1:
            holdings = draft.book.at(planned.site, items[item_id])
            holding = holdings[0] if holdings else draft.holding(planned.site, items[item_id])
            draft.note(holding, "rounded", {"exact": str(exact), "taken": rounded(exact)})


def _parts(served: Sequence[_Served], taken: Taken) -> Iterator[DeductionPart]:
    """Tell from which holdings each portion came: what was taken first serves the portion that was served first."""
    waiting: dict[int, list[tuple[Holding, int]]] = {}
    for holding, quantity in taken:
        waiting.setdefault(holding.key.item_id, []).append((holding, quantity))
    for portion, item, needed in served:
        missing = needed
        while missing:
            holding, quantity = waiting[item.id][0]
            part = min(quantity, missing)
            yield DeductionPart(portion.line, portion.ingredient, holding.id, part)
            missing -= part
            if part == quantity:
                del waiting[item.id][0]
            else:
                waiting[item.id][0] = holding, quantity - part
