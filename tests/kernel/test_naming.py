"""Naming: a command tells what it names of a site, so that who is limited to another reaches none of it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

import pytest

from onhand.kernel.command import Command
from onhand.kernel.entities import ENTITIES
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.pieces.cut_pieces import Cutting
from onhand.kernel.wants import Wants
from onhand.kernel.within import Within
from tests.kernel.village import Village, make, settle

NAMING: Mapping[str, str] = {
    "site": "london",
    "target": "london",
    "sites": "london",
    "locations": "london",
    "reservation": "held",
    "reservations": "cart",
    "cart": "cart",
    "slice": "slice",
    "invoice": "invoice",
    "invoices": "paid",
    "order": "order",
    "transfer": "transfer",
    "number": "posting",
    "offline_sale": "sale",
    "purchase": "purchase",
    "alert": "alert",
    "pieces": "roll-1",
    "cuttings": "roll-1",
    "unit": "SN-2",
    "holding": "A",
    "intakes": "london",
    "subjects": "site",
}
"""The fields that name something of a site, each with something of london that it can name."""

NAMELESS: Mapping[tuple[str, str], str] = {
    ("move", "target"): "a state",
    ("invoice", "number"): "the number of a new invoice",
    ("order", "number"): "the number of a new order",
    ("define_recipe", "unit"): "a measure",
    ("queue_sale", "slice"): "nothing of a sale that is queued is looked up; one of another site is of no use to it",
    ("take_over", "pieces"): "pieces that are new",
}
"""Fields that are called like one that names something, and what they are instead."""

OF_THE_ORG = {
    *("product", "products", "items", "lot", "customer", "location", "user", "api_key", "webhook", "vendor", "brand"),
    *("sku", "skus", "transaction"),
}
"""Fields that name what belongs to no site, or, as a location, to the site that is named beside it."""

PLAIN = {
    *("actor", "data", "document_id", "document_type", "key", "occurred_at", "reason", "version", "versions"),
    *("amount", "because", "bin", "bundle_size", "bundles", "cascade", "category", "claimant", "close", "code"),
    *("condition", "cost_max", "cost_min", "cost_mode", "counts", "credential", "day", "delivery", "device", "email"),
    *("expected_on", "expires_at", "expires_on", "expiring_days", "grade", "hold_days", "hold_seconds", "in_transit"),
    *("ingredients", "key_hash", "kinds", "lease_seconds", "length", "line_numbers", "lines", "made", "makes"),
    *("mappings", "measure", "metadata", "method", "name", "of_kind", "options", "overlap_seconds", "payment_terms"),
    *("piece_kind", "points", "policy", "price", "prices", "prices_include_vat", "priority", "process", "quantity"),
    *("rack", "reference", "retired", "role", "rule", "sequence", "serials", "settings", "shelf", "short", "sizes"),
    *("source", "stands", "start", "state", "status", "strain_id", "subcategory", "supplier", "target_location"),
    *("told", "unit_cost", "url", "valid_from", "vat_number", "vat_rate", "worker", "zone"),
}
"""Fields that name nothing, or, as lines do, only what belongs to no site."""

WHOLE_ORG = {
    *("alarm", "configure", "customer", "define_recipe", "define_variants", "set_password", "tally_refusals", "report"),
    *("disable_webhook", "resume_webhook", "rotate_webhook", "revoke_key"),
    *("lot_metadata", "lot_status", "lots_metadata"),
}
"""Operations that concern no site; which of them somebody may use who is limited to sites, his role and routes tell."""

BY_LEDGER = {"define", "repair_serial", "repair_holding", "watch"}
"""Operations that make what there is not, or by which only the ledger names by ids what it found."""

NAMED = sorted(
    (kind, field.name)
    for kind, command in OPERATIONS.items()
    for field in fields(command)
    if field.name in NAMING and (kind, field.name) not in NAMELESS
)


def test_every_field_is_looked_at() -> None:
    """A field that an operation gets is one that names something of a site, or it is told what it is instead."""
    found = {field.name for command in OPERATIONS.values() for field in fields(command)}

    assert found == NAMING.keys() | OF_THE_ORG & found | PLAIN
    assert NAMELESS.keys() <= {(kind, field.name) for kind, command in OPERATIONS.items() for field in fields(command)}


def test_what_is_called_like_a_thing_is_looked_at() -> None:
    """No field is plain that is called like a kind of thing, or like some of them."""
    words = {*ENTITIES, *(f"{word}s" for word in ENTITIES)} - {"mapping", "mappings", "serials", "settings"}

    assert not PLAIN & words


def test_every_entity_tells_its_sites() -> None:
    """What has the id of a site tells so, for this is how a change at another site is found."""
    for kind in ENTITIES.values():
        ids = tuple(field.name for field in fields(kind) if field.name.endswith("site_id"))
        assert kind.at_sites == ids


def _value(village: Village, field: str, accepted: Any) -> Any:  # noqa: ANN401 - of any field
    """Give what a field names at london: as the command that is accepted does, else by something of the village."""
    if accepted and field != "target":
        return accepted
    word = NAMING[field]
    if field in {"invoice", "order"}:
        return village.number_of(word)
    if field == "invoices":
        return (village.number_of(word),)
    if field == "reservations":
        return (village.ids[word],)
    return village.ids.get(word, word)


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - of any field
    """Give the names or numbers in a field."""
    if isinstance(value, str | int):
        yield str(value)
        return
    for part in value:
        yield str(getattr(part, "site", None) or getattr(part, "piece", None) or getattr(part, "site_id", None) or part)


def _naming(village: Village, kind: str, field: str) -> tuple[Command, set[str]]:
    """Make a command that names something in a field, and tell the names."""
    given = village.accepted(kind)
    if (kind, field) == ("define", "sites"):
        given["sites"] = tuple(site._replace(code="london") for site in given["sites"])
        return make(kind, **given), {"london"}
    value = _value(village, field, given.get(field))
    if field == "order":
        given.pop("invoice", None)
    return make(kind, **{**given, field: value}), set(_names(value)) - {"leeds"}


@pytest.mark.parametrize(("kind", "field"), NAMED)
def test_each_field_is_told(kind: str, field: str) -> None:
    """S12, C8: what a field names of a site is told by the command, in tuples too, whatever word it has."""
    village = settle()
    command, names = _naming(village, kind, field)

    told = list(command.named(village.world.book))
    facts = " ".join(str(fact) for named in told for fact in named.nowhere.facts.values())

    assert names
    assert all(name in facts for name in names) or kind == "claim", "which is refused by their count"
    assert all(named.site_ids for named in told)


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
def test_nobody_reaches_another_site(kind: str) -> None:
    """S12, C8: a command about london by somebody who is limited to leeds is refused as if there were no such thing."""
    village = settle()
    limited: Any = Within(make(kind, **village.accepted(kind)), ["leeds"])

    if kind in WHOLE_ORG:
        assert not village.world.execute(limited).movements
    else:
        refused = village.world.refusal(limited)
        assert refused.code in NOWHERE
        assert refused.facts.get("site", "london") == "london", "no id of another site is told"


NOWHERE = {
    *("UNKNOWN_SITE", "RESERVATION_NOT_FOUND", "TRANSFER_NOT_FOUND", "POSTING_NOT_FOUND", "DOCUMENT_NOT_FOUND"),
    *("PIECE_NOT_FOUND", "UNIT_NOT_FOUND", "OFFLINE_SALE_NOT_FOUND", "PURCHASE_NOT_FOUND", "ALERT_NOT_FOUND"),
    *("NOTHING_TO_CLAIM", "INVALID_COMMAND", "NOTHING_TO_REPAIR"),
}
"""What is answered where there is nothing of a name; the last two of what only the ledger itself names by ids."""


def _swapped(value: Any) -> Any:  # noqa: ANN401 - of any field
    """Give what a field holds with names and numbers that nothing has."""
    match value:
        case str():
            return "nowhere"
        case int():
            return 88_888_888
        case Cutting():
            return value._replace(piece="nowhere")
        case Command():
            return replace(value, site="nowhere")  # type: ignore[call-arg]  # an intake
        case _:
            return tuple(map(_swapped, value[:1]))


@pytest.mark.parametrize(("kind", "field"), [one for one in NAMED if one[0] not in BY_LEDGER])
def test_what_is_elsewhere_is_as_what_is_nowhere(kind: str, field: str) -> None:
    """S12, C8: what is told of a thing of another site is, word for word, what is told of a name that nothing has."""
    village = settle()
    command, names = _naming(village, kind, field)
    told = {
        name: (named.nowhere.code, str(named.nowhere).replace(name, "N"))
        for named in command.named(village.world.book)
        for name in names
        if name in str(named.nowhere) or named.nowhere.code == "NOTHING_TO_CLAIM"
    }
    swapped = _swapped(getattr(command, field))
    (nowhere,) = _names(swapped)

    refused = village.world.refusal(replace(command, **{field: swapped}))

    assert set(told.values()) == {(refused.code, str(refused).replace(nowhere, "N"))}


class Asked(dict[Any, Any]):
    """Remembers what was looked up in it."""

    def __init__(self, kept: Mapping[Any, Any]) -> None:
        super().__init__(kept)
        self.keys_asked: set[Any] = set()

    def get(self, key: Any, default: Any = None) -> Any:  # noqa: ANN401 - as in any dict
        """Look something up."""
        self.keys_asked.add(key)
        return super().get(key, default)


@pytest.mark.parametrize(("kind", "field"), NAMED)
def test_what_is_named_was_wanted(kind: str, field: str) -> None:
    """Whether something is refused does not depend on what another command has loaded: all that is named is wanted."""
    village = settle()
    command, _ = _naming(village, kind, field)
    book = village.world.book
    wants, wanted = Wants(village.world.now.date()), -1
    while wants.count() > wanted:
        wanted = wants.count()
        command.footprint(book, wants)
    book.names = names = Asked(book.names)
    book.entities = entities = Asked(book.entities)
    book.postings = postings = Asked(book.postings)

    list(command.named(book))

    wanted_names = {
        *wants.names,
        *(("site", site) for site in wants.sites),
        *(("unit", code) for _, code in wants.units),
    }
    assert names.keys_asked <= wanted_names
    assert entities.keys_asked <= wants.entities | {("reservation", 0)}
    assert postings.keys_asked <= wants.postings
