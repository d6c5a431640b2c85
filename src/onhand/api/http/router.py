"""
The router: from a path and a method to the route behind it.

The routes are data, and which one is meant is found in one walk over the parts of the path; the framework's own way
there, with a response object at its end, costs as much as a sale (decision 25).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onhand.api.http.incoming import ROOT, SLASH
from onhand.api.http.problems import Problem
from onhand.api.routes.routes import Route


class RouteMatch(NamedTuple):
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

    def find(self, path: str, method: str) -> RouteMatch:
        """
        Find the route that a request means.

        Args:
            path: What follows the root, as `/sales`; empty parts count for nothing.
            method: As HTTP names it.

        Raises:
            Problem: ROUTE_NOT_FOUND; METHOD_NOT_ALLOWED, with the methods that there are.
        """
        parts = [part for part in path.split("/") if part]
        told: list[str] = []
        methods: set[str] = set()
        route = _walk(self._root, parts, 0, method, told, methods) if path.startswith("/") else None
        if route is not None:
            return RouteMatch(route, dict(zip(route.in_path, reversed(told), strict=True)) if told else _NOTHING)
        if methods:
            raise Problem("METHOD_NOT_ALLOWED", allow=", ".join(sorted(methods)))
        raise Problem("ROUTE_NOT_FOUND")


def _walk(
    place: _Place, parts: Sequence[str], depth: int, method: str, told: list[str], methods: set[str]
) -> Route | None:
    """
    Find the route where a path ends; a name goes before a parameter, which is tried where the name leads to nothing.

    What the path tells is added to `told`, the last first; the methods of places that have not the one to `methods`.
    """
    if depth == len(parts):
        methods.update(place.by_method)
        return place.by_method.get(method)
    named = place.by_name.get(parts[depth])
    route = None if named is None else _walk(named, parts, depth + 1, method, told, methods)
    if route is None and place.parameter is not None:
        route = _walk(place.parameter, parts, depth + 1, method, told, methods)
        if route is not None:
            told.append(parts[depth].replace(SLASH, "/"))
    return route


_NOTHING: Mapping[str, str] = {}
