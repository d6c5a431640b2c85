"""
The ledger on PostgreSQL against a model of a few lines that shares nothing with it, in long random runs.

The model knows receive, sell, reserve, release, commit, transfer, count and exact undoing; its numbers are plain units.
"""

import itertools
from collections import Counter
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from onhand import Refused
from onhand.bootstrap import open_stock
from onhand.kernel.posting import Posting
from onhand.kernel.quantity import SCALE
from onhand.ledger.stock import Stock
from onhand.ledger.sync import Synchronous
from onhand.store.database.database import Database
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import config_of
from tests.ledger.soundness import flaws

SETTINGS = settings(
    max_examples=8,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SITES, SKUS = st.sampled_from(("london", "leeds")), st.sampled_from(("A", "B"))
QUANTITIES = st.integers(1, 9)
CHOICES = st.integers(0, 99)
REFUSALS = {"INSUFFICIENT_INVENTORY", "COUNTED_BELOW_PROMISED", "REVERT_BLOCKED", "ALREADY_REVERTED"}
_orgs = itertools.count(1)

Cell = tuple[str, str, str]
"""Site, sku and state; the outside is one more state."""


class Machine(RuleBasedStateMachine):
    """Acts on the ledger and on the model alike; what one refuses the other must refuse."""

    database: TestDatabase

    @initialize()
    def open(self) -> None:
        """Open a ledger of a new org; only the database is shared with other runs."""
        self.cells: Counter[Cell] = Counter()
        self.history: list[tuple[Posting, Counter[Cell]]] = []
        self.undone: set[int] = set()
        self.reservations: dict[int, tuple[str, str, int]] = {}
        self.keys = itertools.count()
        org = f"machine-{next(_orgs)}"
        self.stock = Synchronous(lambda: self._opened(org))
        self.org_id = self.stock.org_id
        self.stock.define(sites=["london", "leeds"], items=["A", "B"], key="define")

    async def _opened(self, org: str) -> Stock:
        store = Database(self.database.engine_url)
        await store.open()
        await store.create_org(org)
        await store.close()
        return await open_stock(config_of(self.database, org))

    def teardown(self) -> None:
        """Close the ledger."""
        if hasattr(self, "stock"):
            self.stock.close()

    @rule(site=SITES, sku=SKUS, quantity=QUANTITIES)
    def receive(self, site: str, sku: str, quantity: int) -> None:
        """Goods come in."""
        self.act("receive", {(site, sku, "available"): quantity}, site=site, lines=[(sku, quantity)])

    @rule(site=SITES, lots=st.lists(st.tuples(SKUS, QUANTITIES), min_size=1, max_size=3))
    def sell(self, site: str, lots: list[tuple[str, int]]) -> None:
        """Goods go out: all lines or none."""
        taken = Counter[Cell]()
        for sku, quantity in lots:
            taken[site, sku, "available"] -= quantity
        self.act("sell", taken, site=site, lines=lots)

    @rule(source=SITES, sku=SKUS, quantity=QUANTITIES)
    def transfer(self, source: str, sku: str, quantity: int) -> None:
        """Goods go to the other site."""
        target = "leeds" if source == "london" else "london"
        moved = {(source, sku, "available"): -quantity, (target, sku, "available"): quantity}
        self.act("transfer", moved, site=source, target=target, lines=[(sku, quantity)])

    @rule(site=SITES, sku=SKUS, counted=st.integers(0, 12))
    def count(self, site: str, sku: str, counted: int) -> None:
        """Somebody counted what is on hand; what is promised cannot be lost."""
        difference = counted - self.cells[site, sku, "available"] - self.cells[site, sku, "reserved"]
        self.act("count", {(site, sku, "available"): difference}, site=site, lines=[(sku, counted)])

    @rule(site=SITES, sku=SKUS, quantity=QUANTITIES)
    def reserve(self, site: str, sku: str, quantity: int) -> None:
        """Goods are promised."""
        moved = {(site, sku, "available"): -quantity, (site, sku, "reserved"): quantity}
        posting = self.act("reserve", moved, undoable=False, site=site, lines=[(sku, quantity)])
        if posting is not None:
            self.reservations[posting.made("reservation")] = site, sku, quantity

    @precondition(lambda self: self.reservations)
    @rule(choice=CHOICES, kept=st.booleans())
    def settle(self, choice: int, *, kept: bool) -> None:
        """A promise is kept or taken back."""
        number = list(self.reservations)[choice % len(self.reservations)]
        site, sku, quantity = self.reservations.pop(number)
        moved = {(site, sku, "reserved"): -quantity, (site, sku, "available"): 0 if kept else quantity}
        self.act("reservations.commit" if kept else "reservations.release", moved, undoable=False, reservation=number)

    @precondition(lambda self: self.history)
    @rule(choice=CHOICES)
    def revert(self, choice: int) -> None:
        """An act is undone exactly, once, unless its goods have gone on."""
        posting, moved = self.history[choice % len(self.history)]
        back = Counter({cell: -quantity for cell, quantity in moved.items()})
        if posting.number in self.undone:
            back[("", "", "never")] -= 1
        if self.act("revert", back, number=posting.number) is not None:
            self.undone.add(posting.number)

    @precondition(lambda self: self.history)
    @rule(choice=CHOICES)
    def retry_revert(self, choice: int) -> None:
        """A retry of an old act does nothing."""
        posting, _ = self.history[choice % len(self.history)]
        before = self.held()
        if posting.kind == "receive":
            line = [(posting.movements[0].place.sku, posting.movements[0].quantity // SCALE)]
            again = self.stock.receive(site=posting.movements[0].place.site, lines=line, key=posting.key)
            assert again.number == posting.number
        assert self.held() == before

    @invariant()
    def agree(self) -> None:
        """The tables hold what the model holds."""
        if hasattr(self, "stock"):
            assert self.held() == {cell: quantity for cell, quantity in self.cells.items() if quantity}

    def act(self, verb: str, moved: dict[Cell, int], *, undoable: bool = True, **arguments: Any) -> Posting | None:  # noqa: ANN401 - the arguments of the verb
        """Do it on the ledger; the model says whether it must succeed."""
        after = Counter(self.cells)
        for cell, quantity in moved.items():
            after[cell] += quantity
        possible = min(after.values(), default=0) >= 0
        try:
            answer: Posting | Refused = attrgetter(verb)(self.stock)(**arguments, key=f"{verb}-{next(self.keys)}")
        except Refused as refused:
            answer = refused
        assert isinstance(answer, Posting) == possible, answer
        if isinstance(answer, Refused):
            assert answer.code in REFUSALS
            return None
        self.cells = after
        if undoable:
            self.history.append((answer, Counter(moved)))
        return answer

    def held(self) -> dict[Cell, int]:
        """What the tables hold, empty cells left out."""
        rows = query(
            self.database.admin_url,
            f"""SELECT site.code, sku, state, sum(quantity)
                  FROM holding
                  JOIN site ON (site.org_id, site.id) = (holding.org_id, site_id)
                  JOIN item ON (item.org_id, item.id) = (holding.org_id, item_id)
                 CROSS JOIN LATERAL (VALUES ('available', available), ('reserved', reserved)) AS cell (state, quantity)
                 WHERE holding.org_id = {self.org_id} AND quantity <> 0
                 GROUP BY 1, 2, 3""",
        )
        return {(site, sku, state): int(quantity) // SCALE for site, sku, state, quantity in rows}


def test_the_ledger_keeps_step_with_a_model(database: TestDatabase) -> None:
    """T7, T9: random acts leave what a plain model says, refuse what it refuses, and undo exactly; no law is broken."""
    run_machine(database, SETTINGS)

    assert flaws(database.admin_url) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_the_ledger_keeps_step_with_a_model_for_long(database: TestDatabase) -> None:
    """T7, T9: the same for a thousand runs."""
    run_machine(database, settings(SETTINGS, max_examples=1_000))

    assert flaws(database.admin_url) == []


def run_machine(database: TestDatabase, wanted: settings) -> None:
    """Run the machine on one database."""
    machine = type("MachineOnPostgres", (Machine,), {"database": database})
    run_state_machine_as_test(machine, settings=wanted)
