"""The surface of an open ledger: each verb and question by the name that users know, as `sell` or `lots.list`."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_type_hints

from onhand.ledger.stock import Stock

Method = Callable[..., Any]


@cache
def namespaces() -> Mapping[str, type]:
    """Give the ledger itself, under no name, and the class of each family by its name."""
    return {"": Stock, **{name: kind for name, kind in get_type_hints(Stock).items() if not name.startswith("_")}}


@cache
def methods() -> Mapping[str, Method]:
    """Give all public methods by their dotted names, family by family, in the order of the alphabet."""
    return {
        f"{family}.{name}" if family else name: method
        for family, kind in namespaces().items()
        for name, method in inspect.getmembers(kind, inspect.isfunction)
        if not name.startswith("_")
    }
