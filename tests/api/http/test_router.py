"""The router: from an address to its route."""

import pytest

from onhand.api.http.incoming import ROOT, SLASH
from onhand.api.http.problems import EDGE, Problem
from onhand.api.http.router import Router
from onhand.api.routes.routes import Route, find_routes
from onhand.kernel.accounts.roles import ROLES


def route(method: str, path: str) -> Route:
    """Make a route that everybody may use."""
    return Route(method=method, path=path, roles=frozenset(ROLES))


def test_every_route_is_found_by_its_address() -> None:
    """Each route of the service is what its own path and method lead to, with what the path tells by name."""
    routes = find_routes()
    router = Router(routes)

    for one in routes:
        path = one.path.removeprefix(ROOT)
        for name in one.in_path:
            path = path.replace(f"{{{name}}}", f"a-{name}")
        found = router.find(path, one.method)

        assert found.route is one
        assert found.in_path == {name: f"a-{name}" for name in one.in_path}
    assert len(routes) > 100


def test_a_name_goes_before_a_parameter() -> None:
    """What stands in the path by name is found before what takes any text there; empty parts count for nothing."""
    by_name, by_parameter = route("GET", "/api/lots/expiring"), route("GET", "/api/lots/{lot}")
    router = Router([by_parameter, by_name])

    assert router.find("/lots/expiring", "GET") == (by_name, {})
    assert router.find("//lots//L-1/", "GET") == (by_parameter, {"lot": "L-1"})


def test_what_is_called_like_a_name_in_a_path_is_reached() -> None:
    """An item called search is written and asked about, though another address has that name; that one goes before."""
    search, live = route("GET", "/api/items/search"), route("GET", "/api/items/live")
    write, lot = route("PUT", "/api/items/{sku}"), route("GET", "/api/items/{sku}/lots/{lot}")
    router = Router([search, live, write, lot])

    assert router.find("/items/search", "GET") == (search, {})
    assert router.find("/items/search", "PUT") == (write, {"sku": "search"})
    assert router.find("/items/live/lots/L", "GET") == (lot, {"sku": "live", "lot": "L"})
    with pytest.raises(Problem) as caught:
        router.find("/items/search", "DELETE")
    assert caught.value.allow == "GET, PUT"


def test_a_path_that_could_go_either_way_is_soon_refused() -> None:
    """T15: however long a path is and however often it could go by name or by parameter, no more than all is tried."""
    router = Router([route("GET", f"/api{'/{a}' * depth}{'/x' * (8 - depth)}") for depth in range(9)])

    with pytest.raises(Problem) as caught:
        router.find("/x" * 2000, "GET")

    assert caught.value.code == "ROUTE_NOT_FOUND"


def test_a_slash_may_be_a_part_of_a_name() -> None:
    """A slash that was told as %2F parts nothing: it belongs to the name, and leads to no route that it would spell."""
    by_name, by_parameter = route("GET", "/api/lots/{lot}/expiring"), route("GET", "/api/lots/{lot}")
    router = Router([by_parameter, by_name])

    assert router.find(f"/lots/2026{SLASH}7", "GET") == (by_parameter, {"lot": "2026/7"})
    assert router.find(f"/lots/2026{SLASH}expiring", "GET") == (by_parameter, {"lot": "2026/expiring"})


def test_the_methods_of_an_address_name_their_parameters() -> None:
    """Two methods of one address may call the same part of the path by different names."""
    read, write = route("GET", "/api/lots/{lot}"), route("PUT", "/api/lots/{code}")
    router = Router([read, write])

    assert router.find("/lots/L", "GET") == (read, {"lot": "L"})
    assert router.find("/lots/L", "PUT") == (write, {"code": "L"})


@pytest.mark.parametrize("path", ["", "/", "/lots/L/more", "/nothing", "lots/L", "x/lots/L", "/lots"])
def test_what_is_not_there_is_not_found(path: str) -> None:
    """A path that no route ends at is not found, nor is one that only begins like the root."""
    router = Router([route("GET", "/api/lots/{lot}")])

    with pytest.raises(Problem) as caught:
        router.find(path, "GET")

    assert caught.value.code == "ROUTE_NOT_FOUND"


def test_a_method_that_is_not_there_is_told_which_are() -> None:
    """A known address with another method answers which methods it has."""
    router = Router([route("PUT", "/api/lots/{lot}"), route("GET", "/api/lots/{lot}")])

    with pytest.raises(Problem) as caught:
        router.find("/lots/L", "DELETE")

    assert (caught.value.code, caught.value.allow) == ("METHOD_NOT_ALLOWED", "GET, PUT")
    assert EDGE[caught.value.code].status == 405


def test_an_address_has_one_route() -> None:
    """Two routes of one address are a mistake that stops the service from starting."""
    with pytest.raises(ValueError, match="two of GET"):
        Router([route("GET", "/api/lots/{lot}"), route("GET", "/api/lots/{code}")])
