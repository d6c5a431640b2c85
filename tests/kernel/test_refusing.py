"""What a command may refuse: each pair of a command and a code that is told is met, and each that is met is told."""

import pytest

from onhand.kernel.command import refusals_of
from onhand.kernel.operations import OPERATIONS
from onhand.kernel.refusals import CATALOGUE, Refused
from onhand.kernel.refusing import OF_ALL, in_order
from tests.kernel.hunting import hunted
from tests.kernel.village import make, settle


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
def test_what_is_told_is_met(kind: str) -> None:
    """
    A hunt through all fields of a command, after each other act and in many scenes, meets just the codes that it tells.

    So a code that a command tells and nothing reaches fails, and one that is met and was never told as well.
    """
    assert hunted()[kind] - OF_ALL == OPERATIONS[kind].refuses


@pytest.mark.parametrize("kind", sorted(OPERATIONS))
def test_what_all_have_is_met_of_each(kind: str) -> None:
    """The codes of all are true of each: a key that is none, a time without a zone, a key that is another's."""
    village = settle()
    given = village.accepted(kind)
    met = set()
    for changed in ({"key": ""}, {"occurred_at": village.world.now.replace(tzinfo=None)}):
        with pytest.raises(Refused) as caught:
            make(kind, **{**given, **changed})
        met.add(caught.value.code)
    village.world.execute(make(kind, **given))
    met.add(village.world.refusal(make(kind, **{**given, "reason": "another"})).code)

    assert met == OF_ALL - {"INVALID_COMMAND"}, "the last one is told by whoever reads what is no command at all"


def test_every_refusal_of_the_ledger_is_of_a_command() -> None:
    """Nothing stands in the catalogue that no command says, but for what only questions do."""
    told = {code for kind in OPERATIONS.values() for code in refusals_of(kind)}

    assert CATALOGUE.keys() - told == {"RECEIPT_NOT_FOUND"}


def test_a_code_that_is_none_cannot_be_told() -> None:
    """A code that is misspelt is found by whoever lists the codes."""
    with pytest.raises(LookupError, match="UNKNOWN_SIGHT"):
        in_order(frozenset({"UNKNOWN_SIGHT"}))
