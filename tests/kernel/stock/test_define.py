"""Defining: what is new is made, what is told differently is changed, what is told alike stays untouched."""

from dataclasses import replace

import pytest

from onhand.kernel.stock.define import Define, ItemLine, LocationLine, ProductLine, SiteLine
from onhand.kernel.stock.item import Item
from onhand.kernel.stock.receive import Receive
from onhand.kernel.stock.revert import Revert
from onhand.kernel.stock.site import Site
from tests.property.world import World, lines


def actions(world: World, define: Define) -> list[tuple[str, str]]:
    """Execute a definition, and give the kind and the action of each change."""
    return [(change.entity, change.action) for change in world.execute(define).changes]


def test_new_things_are_made() -> None:
    """Sites, locations, products and items are made in one act, each with an id of its own; names default to codes."""
    world = World()

    posting = world.execute(
        Define(
            key="1",
            sites=(SiteLine("london", "London"), SiteLine("leeds")),
            locations=(LocationLine("london", "A-1"),),
            products=(ProductLine("P", "Pipe"), ProductLine("Q")),
            items=(ItemLine("A", "Pipe 20 mm", "P", "m", "fifo"), ItemLine("B", product="NEW"), ItemLine("C")),
        )
    )

    assert [change.entity_id for change in posting.changes] == list(range(1, 10))
    assert {change.action for change in posting.changes} == {"created"}
    assert world.book.site("london").name == "London"
    assert world.book.site("leeds").name == "leeds"
    assert world.book.location(world.book.site("london"), "A-1").site_id == world.book.site("london").id
    item, product = world.book.item("A"), world.book.product("P")
    assert product is not None
    assert item == Item(id=item.id, sku="A", name="Pipe 20 mm", product_id=product.id, measure="m", pick_policy="fifo")
    assert world.book.item("B").product_id == getattr(world.book.product("NEW"), "id", None)
    assert world.book.item("C") == Item(id=world.book.item("C").id, sku="C", name="C")


def test_what_is_told_alike_stays_untouched() -> None:
    """The same definition under another key changes nothing, down to the versions."""
    world = World()
    define = Define(
        key="1",
        sites=(SiteLine("london", "London"),),
        locations=(LocationLine("london", "A-1"),),
        products=(ProductLine("P", "Pipe"),),
        items=(ItemLine("A", "Pipe 20 mm", "P", "m", "fifo"),),
    )
    world.execute(define)
    before = dict(world.book.entities)

    assert actions(world, replace(define, key="2")) == []
    assert actions(world, Define(key="3", sites=(SiteLine("london"),), items=(ItemLine("A"),))) == []
    assert world.book.entities == before


def test_what_is_told_differently_is_changed() -> None:
    """Each thing that differs gets its next version with before and after; what is not told stays."""
    world = World()
    world.execute(
        Define(key="1", sites=(SiteLine("london"),), products=(ProductLine("P"),), items=(ItemLine("A", measure="m"),))
    )

    posting = world.execute(
        Define(
            key="2",
            sites=(SiteLine("london", "London", version=1),),
            products=(ProductLine("P", "Pipe"),),
            items=(ItemLine("A", pick_policy="lifo", product="P", version=1),),
        )
    )

    assert [(change.entity, change.action) for change in posting.changes] == [
        ("site", "changed"),
        ("product", "changed"),
        ("item", "changed"),
    ]
    assert posting.changes[0].before == {**posting.changes[0].after, "name": "london", "version": 1}
    item = world.book.item("A")
    assert (item.version, item.measure, item.pick_policy, item.name) == (2, "m", "lifo", "A")


@pytest.mark.parametrize(
    ("define", "facts"),
    [
        (
            Define(key="2", sites=(SiteLine("london", "L", version=2),)),
            {"entity": "site london", "expected": 2, "actual": 1},
        ),
        (Define(key="2", sites=(SiteLine("leeds", version=1),)), {"entity": "site leeds", "expected": 1, "actual": 0}),
        (Define(key="2", items=(ItemLine("A", version=0),)), {"entity": "item A", "expected": 0, "actual": 1}),
        (Define(key="2", items=(ItemLine("B", version=1),)), {"entity": "item B", "expected": 1, "actual": 0}),
    ],
)
def test_an_old_version_is_refused(define: Define, facts: dict[str, object]) -> None:
    """P13: a definition based on an old version is refused with both versions, and nothing of it is done."""
    world = World()
    world.execute(Define(key="1", sites=(SiteLine("london"),), items=(ItemLine("A"),)))
    before = world.snapshot()

    refused = world.refusal(replace(define, products=(ProductLine("P"),)))

    assert (refused.code, refused.facts) == ("VERSION_CONFLICT", facts)
    assert world.snapshot() == before


def test_the_measure_of_what_was_ever_kept_is_refused_to_change() -> None:
    """An item is counted in something else only before its first holding, also when all that came was taken back."""
    world = World()
    world.execute(Define(key="1", sites=(SiteLine("london"),), items=(ItemLine("A", measure="m"), ItemLine("B"))))
    world.execute(Define(key="2", items=(ItemLine("A", measure="kg"),)))
    world.execute(Receive(key="3", site="london", lines=lines(("A", 1))))
    world.execute(Revert(key="4", number=3))

    refused = world.refusal(Define(key="5", items=(ItemLine("B", measure="g"), ItemLine("A", measure="g"))))
    world.execute(Define(key="6", items=(ItemLine("A", "Flour", measure="kg"), ItemLine("B", measure="g"))))

    assert (refused.code, refused.facts) == ("MEASURE_FIXED", {"sku": "A", "site": "london", "measure": "kg"})
    assert (world.book.item("A").measure, world.book.item("A").name, world.book.item("B").measure) == (
        "kg",
        "Flour",
        "g",
    )


def test_a_version_of_zero_means_that_there_is_none() -> None:
    """P13: version 0 makes a thing only if it is new."""
    world = World()

    assert actions(
        world, Define(key="1", sites=(SiteLine("leeds", version=0),), items=(ItemLine("A", version=0),))
    ) == [
        ("site", "created"),
        ("item", "created"),
    ]


def test_a_location_belongs_to_a_known_site() -> None:
    """A location of a site that is not there is refused; the same code in two sites is two locations."""
    world = World()
    sites = (SiteLine("london"), SiteLine("leeds"))

    assert world.refusal(Define(key="1", locations=(LocationLine("paris", "A-1"),))).code == "UNKNOWN_SITE"
    world.execute(Define(key="2", sites=sites, locations=(LocationLine("london", "A-1"), LocationLine("leeds", "A-1"))))
    found = [world.book.location(world.book.site(site.code), "A-1").id for site in sites]
    assert len(set(found)) == 2


def test_what_is_retired_comes_back() -> None:
    """A thing that is retired is unknown to everybody else, and defining it again brings it back under its id."""
    world = World()
    define = Define(
        key="1",
        sites=(SiteLine("london"),),
        locations=(LocationLine("london", "A-1"),),
        products=(ProductLine("P"),),
        items=(ItemLine("A", product="P"),),
    )
    world.execute(define)
    ids = set(world.book.entities)
    for entity in list(world.book.entities.values()):
        world.book.put(replace(entity, retired=True))  # type: ignore[call-arg]  # each of these has the field
    assert world.refusal(Define(key="2", locations=(LocationLine("london", "A-2"),))).code == "UNKNOWN_SITE"

    assert {action for _, action in actions(world, replace(define, key="3"))} == {"changed"}

    assert set(world.book.entities) == ids
    assert not any(entity.snapshot()["retired"] for entity in world.book.entities.values())


def test_a_thing_is_defined_twice_in_one_act() -> None:
    """The second line of an act sees what the first one made."""
    world = World()

    assert actions(world, Define(key="1", sites=(SiteLine("london"), SiteLine("london", "London")))) == [
        ("site", "created"),
        ("site", "changed"),
    ]
    assert world.book.site("london") == Site(id=1, version=2, code="london", name="London")
