"""
The router: from a path and a method to the route behind it.

The routes are data, and which one is meant is found in one walk over the parts of the path; the framework's own way
there, with a response object at its end, costs as much as a sale (decision 25).
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from onhand.api.incoming import ROOT, SLASH
from onhand.api.problems import Problem
from onhand.api.routes import Route


class Found(NamedTuple):
    """A route, and what the path tells it."""

    route: Route
    in_path: Mapping[str, str]


class _Place:
    """A place in the tree of paths: what follows by name, what follows as a parameter, and the routes that end here."""

    __slots__ = ("by_method", "by_name", "parameter")

    def __init__(self) -> None:
        self.by_name: dict[str, _Place] = {}
        self.parameter: _Place | None = None
        self.by_method: dict[str, Route] = {}

    def below(self, part: str) -> "_Place":
        """Give the place below, made where there is none."""
        if not part.startswith("{"):
            return self.by_name.setdefault(part, _Place())
        if self.parameter is None:
            self.parameter = _Place()
        return self.parameter


class Router:
    """Finds routes."""

    def __init__(self, routes: Iterable[Route]) -> None:
        """Know routes; raises ValueError where two have the same address."""
        self._root = _Place()
        for route in routes:
            place = self._root
            for part in route.path.removeprefix(ROOT).split("/")[1:]:
                place = place.below(part)
            if route.method in place.by_method:
                raise ValueError(f"there are two of {route.method} {route.path}")
            place.by_method[route.method] = route

    def find(self, path: str, method: str) -> Found:
        """
        Find the route that a request means.

        Args:
            path: What follows the root, as `/sales`; empty parts count for nothing.
            method: As HTTP names it.

        Raises:
            Problem: ROUTE_NOT_FOUND; METHOD_NOT_ALLOWED, with the methods that there are.
        """
        place: _Place | None = self._root
        told: list[str] = []
        for part in path.split("/"):
            if not part:
                continue
            here = place.by_name.get(part) if place is not None else None
            if here is None and place is not None and (here := place.parameter) is not None:
                told.append(part.replace(SLASH, "/"))
            place = here
        if place is None or not place.by_method or not path.startswith("/"):
            raise Problem("ROUTE_NOT_FOUND")
        route = place.by_method.get(method)
        if route is None:
            raise Problem("METHOD_NOT_ALLOWED", allow=", ".join(sorted(place.by_method)))
        return Found(route, dict(zip(route.in_path, told, strict=True)) if told else _NOTHING)


_NOTHING: Mapping[str, str] = {}
