"""
The entities: one file for each kind of thing that a ledger knows.

To add one, add a file with a subclass of Entity, and its table in a migration; importing this package finds it.
"""

from collections.abc import Mapping
from graphlib import TopologicalSorter
from importlib import import_module
from pkgutil import iter_modules

from onhand.kernel.entity import Entity


def _find_entities() -> dict[str, type[Entity]]:
    found: dict[str, type[Entity]] = {}
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Entity) and value is not Entity:
                found[value.entity] = value
    order = TopologicalSorter({kind.entity: sorted(kind.refers_to) for kind in found.values()})
    return {word: found[word] for word in order.static_order()}


ENTITIES: Mapping[str, type[Entity]] = _find_entities()
"""Every kind of entity by its word, each after those that it refers to; so they are saved."""

CATALOG = frozenset(kind.entity for kind in ENTITIES.values() if kind.is_catalog)
"""The kinds that make up the catalogue; the journal remembers when they last changed."""
