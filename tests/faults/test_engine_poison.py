"""A command that the database or a defect of ours stops fails alone; its neighbours in the batch do not notice."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from onhand import Fault, Posting, Refused
from onhand.kernel.book import Book
from onhand.kernel.draft import Draft
from onhand.kernel.states import State
from onhand.kernel.stock.sell import Sell
from onhand.kernel.stock.transit import Transit
from onhand.kernel.wants import Wants
from onhand.ledger.stock import Stock
from tests.conftest import TestDatabase
from tests.faults.servers import query
from tests.ledger.ledgers import available, furnish, lines, postings, sell
from tests.ledger.soundness import flaws


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeBalance(Sell):
    """A sale whose rule has a defect: it leaves less than nothing in a state, which a CHECK refuses."""

    kind: ClassVar[str] = "negative_balance"

    def decide(self, draft: Draft) -> None:
        """Sell, then spoil a balance."""
        Sell.decide(self, draft)
        draft.book.holdings[draft.movements[0].holding_id].balances[State.DEFECTIVE] = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownStatus(Sell):
    """A sale that makes a transfer in a status that a CHECK does not know."""

    kind: ClassVar[str] = "unknown_status"

    def decide(self, draft: Draft) -> None:
        """Sell, then make it."""
        Sell.decide(self, draft)
        site = draft.book.site(self.site).id
        draft.make(Transit(id=draft.next_id(), source_site_id=site, target_site_id=site, status="lost", lines=()))


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge(Sell):
    """A sale that makes a transfer of a site that no bigint can name, so it cannot even be sent."""

    kind: ClassVar[str] = "too_large"

    def decide(self, draft: Draft) -> None:
        """Sell, then make it."""
        Sell.decide(self, draft)
        draft.make(Transit(id=2**70, source_site_id=1, target_site_id=1, status="received", lines=()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritable(Sell):
    """A sale that notes text that has no bytes."""

    kind: ClassVar[str] = "unwritable"

    def decide(self, draft: Draft) -> None:
        """Sell, then note it."""
        Sell.decide(self, draft)
        draft.note(draft.book.holdings[draft.movements[0].holding_id], "noted", {"what": "\ud800"})


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenRule(Sell):
    """A sale whose rule stops in the middle."""

    kind: ClassVar[str] = "broken_rule"

    def decide(self, draft: Draft) -> None:
        """Sell, then stop."""
        Sell.decide(self, draft)
        raise ZeroDivisionError


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFootprint(Sell):
    """A sale that cannot say what it wants."""

    kind: ClassVar[str] = "broken_footprint"

    def footprint(self, book: Book, wants: Wants) -> bool:
        """Stop."""
        del book, wants
        raise ZeroDivisionError


POISONS = (NegativeBalance, UnknownStatus, TooLarge, Unwritable, BrokenRule, BrokenFootprint)


@pytest.mark.parametrize("poison", POISONS)
async def test_a_poisonous_command_fails_alone(stock: Stock, database: TestDatabase, poison: type[Sell]) -> None:
    """Of 40 commands in a batch two are impossible to write; they alone get a fault, and leave nothing."""
    await furnish(stock, ("A", 100), ("B", 1))
    before = postings(database)
    commands = [sell("A", 2, key=f"till/{n}") for n in range(40)]
    commands[7] = poison(key="till/7", site="london", lines=lines(("A", 2)))
    commands[30] = poison(key="till/30", site="london", lines=lines(("A", 2)))
    commands[20] = sell("B", 2, key="till/20")

    outcomes = await stock.bulk(commands)
    again = await stock.bulk(commands)

    faulty = [position for position, outcome in enumerate(outcomes) if isinstance(outcome, Fault)]
    assert faulty == [7, 30]
    assert [outcome.retryable for outcome in outcomes if isinstance(outcome, Fault)] == [False, False]
    assert isinstance(outcomes[20], Refused)
    done = [outcome for outcome in outcomes if isinstance(outcome, Posting)]
    assert [posting.number for posting in done] == list(range(before + 1, before + 38))
    assert [outcome.number for outcome in again if isinstance(outcome, Posting)] == [posting.number for posting in done]
    assert available(database, "A") == 100 - 2 * 37
    assert flaws(database.admin_url) == []


async def test_a_rule_of_the_database_that_the_kernel_does_not_know(stock: Stock, database: TestDatabase) -> None:
    """A constraint that was added by hand refuses what breaks it, and names itself; all that keeps it is done."""
    await furnish(stock, ("A", 10), ("B", 10))
    query(database.admin_url, "ALTER TABLE holding ADD CONSTRAINT five_stay CHECK (available >= 5000000)")

    outcomes = await stock.bulk(
        [sell("B", 5, key="1"), sell("A", 4, key="2"), sell("A", 2, key="3"), sell("A", 1, key="4")]
    )

    fault = outcomes[2]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.retryable, fault.facts["constraint"]) == ("DATABASE_REFUSED", False, "five_stay")
    assert [isinstance(outcome, Posting) for outcome in outcomes] == [True, True, False, True]
    assert (available(database, "A"), available(database, "B")) == (5, 5)
    assert flaws(database.admin_url) == []


async def test_a_right_that_was_taken_away_is_said_and_given_back_is_used(stock: Stock, database: TestDatabase) -> None:
    """T14: without the right to write movements the fault says so, nothing is half done, and with it all goes on."""
    await furnish(stock, ("A", 10))
    query(database.admin_url, "REVOKE INSERT ON movement FROM onhand_engine")

    with pytest.raises(Fault) as fault:
        await stock.sell(site="london", lines=[("A", 4)], key="till/1")
    query(database.admin_url, "GRANT INSERT ON movement TO onhand_engine")
    sale = await stock.sell(site="london", lines=[("A", 4)], key="till/1")

    assert (fault.value.code, fault.value.retryable) == ("DATABASE_FORBIDS", False)
    assert not sale.replayed
    assert flaws(database.admin_url) == []
