"""
Where a quantity can stand: the states of a holding, and the outside.

The order of both is part of the canonical encoding and of the database; add at the end only.
"""

from enum import IntEnum


class State(IntEnum):
    """A state of a holding; its value is the index into the holding's balances."""

    AVAILABLE = 0
    RESERVED = 1
    SOLD = 2
    QUARANTINE = 3
    HOLD = 4
    INCOMING = 5
    DEFECTIVE = 6
    SAMPLE = 7


class Outside(IntEnum):
    """
    Where stock comes from and goes to.

    ELSEWHERE is another holding of the same posting: what leaves through it arrives through it, so it sums to
    zero in every posting for every item.
    """

    SUPPLIER = 8
    CUSTOMER = 9
    USED = 10
    MADE = 11
    LOSS = 12
    FOUND = 13
    ELSEWHERE = 14


End = State | Outside
"""One end of a movement."""

STATES = len(State)
"""How many states there are; ends below it are states, the others are outside."""

ON_HAND = (State.AVAILABLE, State.RESERVED, State.SOLD, State.QUARANTINE, State.HOLD)
"""The states that are physically there and ours to keep."""

WORDS: tuple[str, ...] = tuple(end.name.lower() for kind in (State, Outside) for end in kind)
"""The word of each end, by its number; the same words stand in the database."""

_ENDS: dict[str, End] = {WORDS[end]: end for kind in (State, Outside) for end in kind}


def end_named(word: str) -> End:
    """Find an end by its word; raises KeyError for an unknown one."""
    return _ENDS[word]
