"""What the exit code of a command says, for scripts."""

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onhand.faults import Fault
    from onhand.kernel.refusals import Refused


class Exit(IntEnum):
    """The exit codes of every verb."""

    DONE = 0
    REFUSED = 1
    MALFORMED = 2
    BROKEN = 3
    RETRY = 4
    CHECK_FAILED = 5
    INTERRUPTED = 130
    PIPE_CLOSED = 141


EXITS: dict[Exit, str] = {
    Exit.DONE: "done",
    Exit.REFUSED: "refused by a rule of the ledger; nothing was changed",
    Exit.MALFORMED: "the command line, a file or a setting is not well formed; nothing was changed",
    Exit.BROKEN: "something broke down, and trying again alone does not help",
    Exit.RETRY: "something broke down for now; try again with the same key",
    Exit.CHECK_FAILED: "a check found something wrong (verify, check, race, db check, webhook test)",
    Exit.INTERRUPTED: "interrupted with Ctrl-C",
    Exit.PIPE_CLOSED: "the reader of the output went away",
}
"""Every exit code and what it says."""

FILE_UNREADABLE = "FILE_UNREADABLE"

_MALFORMED = frozenset(
    {
        "INVALID_COMMAND",
        "INVALID_TEXT",
        "INVALID_TIME",
        "INVALID_QUANTITY",
        "INVALID_RATIO",
        "NEGATIVE_QUANTITY",
        "QUANTITY_TOO_LARGE",
        "TOO_MANY_LINES",
        "SETTING_INVALID",
        "REVISION_UNKNOWN",
        FILE_UNREADABLE,
        "HEAD_UNREADABLE",
        "KEY_UNREADABLE",
    }
)


def exit_of_refusal(refusal: "Refused") -> Exit:
    """Tell a request that is not well formed from one that a rule refuses."""
    return Exit.MALFORMED if refusal.code in _MALFORMED else Exit.REFUSED


def exit_of_fault(fault: "Fault") -> Exit:
    """Tell a breakdown that a retry may mend from one that it cannot, and from a slip of the user."""
    if fault.code in _MALFORMED:
        return Exit.MALFORMED
    return Exit.RETRY if fault.retryable else Exit.BROKEN
