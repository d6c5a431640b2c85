"""Writing a batch: every table once, whatever the number of postings."""

from collections.abc import Iterable, Mapping, Sequence

from onhand.kernel.canonical import canonical_json
from onhand.kernel.entities import CATALOG, ENTITIES
from onhand.kernel.entity import Entity
from onhand.kernel.posting import Posting
from onhand.kernel.search_words import words_of
from onhand.kernel.states import WORDS
from onhand.ledger.engine.ports import Head, Record
from onhand.store.engine.arrays import Bigints, Blobs, Texts, Times, Uuids, sparse
from onhand.store.engine.entity_tables import entity_row, has_lines
from onhand.store.engine.rows import STATE_COLUMNS

_SEARCHED = ("code", "label", "category", "subcategory")
"""What of a lot people search for."""
_WITH_LINES = tuple(word for word, kind in ENTITIES.items() if has_lines(kind))


def writes_of(record: Record) -> Iterable[tuple[str, Mapping[str, object]]]:
    """
    List the statements that write a batch, with their parameters, in an order that the foreign keys allow.

    What lets the journal end at the last posting is not among them.
    """
    changed = _changed_entities(record)
    yield from _saved_entities(changed)
    yield from _saved_words(record.postings)
    yield from _saved_holdings(record)
    for kind in _WITH_LINES:
        yield from _saved_lines(kind, [entity for entity in changed if entity.entity == kind], record.postings)
    yield "write_postings", _postings(record)
    if any(posting.movements for posting in record.postings):
        yield "write_movements", _movements(record.postings)
    if any(posting.changes for posting in record.postings):
        yield "write_changes", _changes(record.postings)
    reversals = [(reverted, posting.number) for posting in record.postings for reverted in posting.reverts]
    if reversals:
        reverted, numbers = zip(*reversals, strict=True)
        yield "write_reversals", {"reverted": Bigints(reverted), "numbers": Bigints(numbers)}
    if record.codes:
        yield "save_sequences", {"names": Texts(record.codes), "lasts": Bigints(record.codes.values())}


def advance_to(head: Head) -> Mapping[str, object]:
    """Give the parameters of the statement that lets the journal end at a head."""
    org_id, number, sealed, now, catalog_number, id_last = head
    return {
        "org_id": org_id,
        "number": number,
        "hash": sealed,
        "recorded_at": now,
        "catalog_number": catalog_number,
        "id_last": id_last,
    }


def head_after(record: Record) -> Head:
    """Give the head that the journal has when a batch is committed."""
    last = record.postings[-1]
    catalog_number = record.head.catalog_number
    for posting in record.postings:
        if any(change.entity in CATALOG for change in posting.changes):
            catalog_number = posting.number
    return Head(record.head.org_id, last.number, last.hash, record.head.now, catalog_number, record.book.id_last)


def _postings(record: Record) -> Mapping[str, object]:
    postings = record.postings
    return {
        "recorded_at": record.head.now,
        "numbers": Bigints([posting.number for posting in postings]),
        "occurred_ats": Times([posting.occurred_at for posting in postings]),
        "key_hashes": Uuids(list(record.key_hashes)),
        "fingerprints": Uuids([posting.fingerprint for posting in postings]),
        "kinds": Texts([posting.kind for posting in postings]),
        "keys": Texts([posting.key for posting in postings]),
        "actors": Texts([posting.actor for posting in postings]),
        "hashes": Blobs([posting.hash for posting in postings]),
        "reasons": Texts([posting.reason for posting in postings]),
        "document_types": Texts([posting.document_type for posting in postings]),
        "document_ids": Texts([posting.document_id for posting in postings]),
        "datas": Texts([None if posting.data is None else canonical_json(posting.data) for posting in postings]),
    }


def _movements(postings: Sequence[Posting]) -> Mapping[str, object]:
    numbers = [posting.number for posting in postings for _ in posting.movements]
    lines = [line for posting in postings for line in range(1, len(posting.movements) + 1)]
    movements = [movement for posting in postings for movement in posting.movements]
    holding_ids, _, sources, targets, quantities, balances, values, held, costs = zip(*movements, strict=True)
    return {
        "numbers": Bigints(numbers),
        "lines": Bigints(lines),
        "holding_ids": Bigints(holding_ids),
        "sources": Texts([WORDS[source] for source in sources]),
        "targets": Texts([WORDS[target] for target in targets]),
        "quantities": Bigints(quantities),
        **_balances(balances),
        "values": sparse(values),
        "values_held": sparse(held),
        "unit_costs": sparse(costs),
    }


def _balances(balances: Iterable[Sequence[int]]) -> Mapping[str, object]:
    columns = zip(*balances, strict=True)
    return {name: sparse(column) for name, column in zip(STATE_COLUMNS, columns, strict=True)}


def _changes(postings: Sequence[Posting]) -> Mapping[str, object]:
    lines = [
        (posting.number, line, change) for posting in postings for line, change in enumerate(posting.changes, start=1)
    ]
    return {
        "numbers": Bigints([number for number, _, _ in lines]),
        "lines": Bigints([line for _, line, _ in lines]),
        "entities": Texts([change.entity for _, _, change in lines]),
        "entity_ids": Bigints([change.entity_id for _, _, change in lines]),
        "actions": Texts([change.action for _, _, change in lines]),
        "befores": Texts([None if change.before is None else canonical_json(change.before) for _, _, change in lines]),
        "afters": Texts([canonical_json(change.after) for _, _, change in lines]),
    }


def _saved_holdings(record: Record) -> Iterable[tuple[str, Mapping[str, object]]]:
    saved = [record.book.holdings[holding_id] for holding_id in _touched(record.postings)]
    if not saved:
        return
    site_ids, item_ids, location_ids, lot_ids, unit_ids = zip(*[holding.key for holding in saved], strict=True)
    yield (
        "save_holdings",
        {
            "ids": Bigints([holding.id for holding in saved]),
            "versions": Bigints([holding.version for holding in saved]),
            "site_ids": Bigints(site_ids),
            "item_ids": Bigints(item_ids),
            "location_ids": sparse(location_ids),
            "lot_ids": sparse(lot_ids),
            "unit_ids": sparse(unit_ids),
            "floors": sparse([holding.floor for holding in saved]),
            **_balances([holding.balances for holding in saved]),
            "values": sparse([holding.value for holding in saved]),
            "unit_costs": sparse([holding.unit_cost for holding in saved]),
        },
    )


def _touched(postings: Sequence[Posting]) -> Iterable[int]:
    """List the holdings that were moved, opened or given another floor, each once."""
    moved = {movement.holding_id: None for posting in postings for movement in posting.movements}
    told = {change.entity_id: None for posting in postings for change in posting.changes if change.entity == "holding"}
    return moved | told


def _changed_entities(record: Record) -> list[Entity]:
    names = {
        (change.entity, change.entity_id): None
        for posting in record.postings
        for change in posting.changes
        if change.entity in ENTITIES
    }
    return [record.book.entities[name] for name in names]


def _saved_entities(changed: Sequence[Entity]) -> Iterable[tuple[str, Mapping[str, object]]]:
    for kind in ENTITIES:
        rows = [entity_row(entity) for entity in changed if entity.entity == kind]
        if rows:
            yield f"save_{kind}", {"rows": canonical_json(rows)}


def _saved_words(postings: Sequence[Posting]) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Write the words of new and changed names of items; words that a name has lost keep their rows, not `present`."""
    words: dict[tuple[str, int], bool] = {}
    for posting in postings:
        for change in posting.changes:
            if change.entity == "item":
                if change.before is not None:
                    words |= {(word, change.entity_id): False for word in words_of(change.before["name"])}
                words |= {(word, change.entity_id): True for word in words_of(change.after["name"])}
    lots = {
        (word, change.entity_id)
        for posting in postings
        for change in posting.changes
        if change.entity == "lot" and change.before is None
        for word in words_of(" ".join(filter(None, (change.after[name] for name in _SEARCHED))))
    }
    if lots:
        lot_words, lot_ids = zip(*sorted(lots), strict=True)
        yield "save_lot_words", {"words": Texts(lot_words), "lot_ids": Bigints(lot_ids)}
    if words:
        yield (
            "save_item_words",
            {
                "words": Texts([word for word, _ in words]),
                "item_ids": Bigints([item_id for _, item_id in words]),
                "presents": Bigints([int(present) for present in words.values()]),
            },
        )


def _saved_lines(
    kind: str, changed: Sequence[Entity], postings: Sequence[Posting]
) -> Iterable[tuple[str, Mapping[str, object]]]:
    """Write the open lines of entities; the row of a line that is settled stays, with a quantity of zero."""
    lines = {
        (change.entity_id, holding_id): 0
        for posting in postings
        for change in posting.changes
        if change.entity == kind and change.before is not None
        for holding_id, _ in change.before["lines"]
    }
    for entity in changed:
        lines |= {(entity.id, holding_id): quantity for holding_id, quantity in entity.snapshot()["lines"]}
    if lines:
        yield (
            f"save_{kind}_lines",
            {
                "ids": Bigints([entity_id for entity_id, _ in lines]),
                "holding_ids": Bigints([holding_id for _, holding_id in lines]),
                "quantities": Bigints(lines.values()),
            },
        )
