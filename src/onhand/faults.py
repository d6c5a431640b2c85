"""
Breakdowns: what failed that is no answer, and whether trying again can help.

The catalogue is complete: tests/tidy walks the package and finds each fault in it, with the same word on retries.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_NO_FACTS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One fault of the catalogue; `retryable` says whether the same call can succeed with nothing changed by hand."""

    code: str
    retryable: bool
    explanation: str


_BREAKDOWNS = (
    Breakdown("CLOSED", retryable=False, explanation="The ledger was closed before the call."),
    Breakdown(
        "OVERLOADED",
        retryable=True,
        explanation="More requests wait than the queue takes. The request was not executed; ask again a little later.",
    ),
    Breakdown(
        "JOURNAL_MOVED",
        retryable=True,
        explanation="Another writer was faster at each attempt. Nothing was done.",
    ),
    Breakdown(
        "COMMIT_UNCERTAIN",
        retryable=True,
        explanation="The commit was answered with an error, or is durable here and not yet on the standby. Ask again "
        "with the same key to learn what became of it.",
    ),
    Breakdown(
        "INTERNAL",
        retryable=False,
        explanation="A defect of onhand. Nothing of the request was done; its neighbours were.",
    ),
    Breakdown(
        "UNFORESEEN",
        retryable=False,
        explanation="A defect of the command line. ONHAND_TRACEBACK=1 shows where.",
    ),
    Breakdown(
        "OUTPUT_LOST",
        retryable=False,
        explanation="What a command answered could not be written, as on a full disk. Whether the act was done may be "
        "unknown; its key tells at a retry.",
    ),
    Breakdown(
        "DATABASE_UNREACHABLE",
        retryable=True,
        explanation="The database does not answer, or the connection was lost. Whether the request was done may be "
        "unknown; the same key tells.",
    ),
    Breakdown(
        "DATABASE_BUSY",
        retryable=True,
        explanation="The database could not do it now: a deadlock, a serialization failure, a timeout, a restart.",
    ),
    Breakdown(
        "DATABASE_FORBIDS",
        retryable=False,
        explanation="The database role lacks a right. `onhand db upgrade` as the owner grants what is needed.",
    ),
    Breakdown(
        "DATABASE_REFUSED",
        retryable=False,
        explanation="A constraint of the database stopped what the kernel let through. It is a defect, or the tables"
        " were edited by hand; `onhand verify` tells.",
    ),
    Breakdown("ORG_UNKNOWN", retryable=False, explanation="There is no such org. `onhand org create` makes one."),
    Breakdown(
        "ROLE_TOO_STRONG",
        retryable=False,
        explanation="The login is a superuser or bypasses row security, so nothing would guard the journal.",
    ),
    Breakdown("SERVER_TOO_OLD", retryable=False, explanation="PostgreSQL 15 or newer is needed."),
    Breakdown(
        "SCHEMA_NOT_CURRENT",
        retryable=False,
        explanation="The schema is not this version's. `onhand db upgrade` brings it there.",
    ),
    Breakdown(
        "SCHEMA_LOCKED",
        retryable=True,
        explanation="A migration waited too long for a table that somebody else holds, and changed nothing.",
    ),
    Breakdown(
        "ROLES_MISSING",
        retryable=False,
        explanation="The login may not migrate, or may not make the roles that the schema grants to.",
    ),
    Breakdown("MIGRATION_FAILED", retryable=False, explanation="A migration failed; the schema was left as it was."),
    Breakdown("REVISION_UNKNOWN", retryable=False, explanation="The schema has no such revision to be taken back to."),
    Breakdown("HEAD_UNREADABLE", retryable=False, explanation="The file holds no signed head."),
    Breakdown("KEY_UNREADABLE", retryable=False, explanation="There is no key that can sign a head, or check one."),
    Breakdown(
        "FILE_UNREADABLE",
        retryable=False,
        explanation="A file cannot be read, or is not of the form that was asked for.",
    ),
    Breakdown(
        "OUTBOX_UNUSABLE",
        retryable=False,
        explanation="The file in which a till keeps its sales cannot be read or written; the sale was not taken.",
    ),
    Breakdown(
        "ARCHIVE_BROKEN",
        retryable=False,
        explanation="A part of an archive is missing, was changed, or does not follow the one before; or it belongs to "
        "another org.",
    ),
    Breakdown(
        "ARCHIVE_ENDS",
        retryable=False,
        explanation="The archive holds no posting of that number; the ledger does.",
    ),
    Breakdown(
        "SETTING_INVALID",
        retryable=False,
        explanation="A setting, from the environment or from a program, has a value that cannot be read. A URL is not "
        "shown, since it may hold a password.",
    ),
    Breakdown(
        "BENCH_MISSING",
        retryable=False,
        explanation="The benchmark belongs to a checkout; an installed package has none.",
    ),
    Breakdown("BENCH_FAILED", retryable=False, explanation="The benchmark came to no end."),
    Breakdown(
        "RACE_BROKEN", retryable=False, explanation="A process of the race came to no end, so it proved nothing."
    ),
    Breakdown(
        "EXTRA_MISSING",
        retryable=False,
        explanation="What was asked for needs packages that the base does not bring; the message names the extra.",
    ),
    Breakdown(
        "EMBEDDED_NOT_INSTALLED",
        retryable=False,
        explanation="The package that brings PostgreSQL is not installed.",
    ),
    Breakdown(
        "EMBEDDED_NO_USER",
        retryable=False,
        explanation="PostgreSQL does not run as root, and there is no other user to run it.",
    ),
    Breakdown(
        "EMBEDDED_HOME_UNREACHABLE",
        retryable=False,
        explanation="The user who runs PostgreSQL cannot reach the home; ONHAND_HOME moves it.",
    ),
    Breakdown("EMBEDDED_HOME_FOREIGN", retryable=False, explanation="The home belongs to another user."),
    Breakdown("EMBEDDED_HOME_UNUSABLE", retryable=False, explanation="The home cannot be written or read."),
    Breakdown(
        "EMBEDDED_OTHER_VERSION",
        retryable=False,
        explanation="The home holds a database of another version of PostgreSQL.",
    ),
    Breakdown("EMBEDDED_BUSY", retryable=True, explanation="Another process is starting or stopping the database."),
    Breakdown("EMBEDDED_INIT_FAILED", retryable=False, explanation="PostgreSQL could not make its data folder."),
    Breakdown(
        "EMBEDDED_START_FAILED",
        retryable=False,
        explanation="PostgreSQL stopped while it was starting; its log says why.",
    ),
    Breakdown(
        "EMBEDDED_NOT_READY",
        retryable=True,
        explanation="PostgreSQL runs and takes no connection yet; a recovery may take minutes.",
    ),
    Breakdown("EMBEDDED_STOP_FAILED", retryable=True, explanation="PostgreSQL has not stopped yet."),
    Breakdown(
        "EMBEDDED_ELSEWHERE",
        retryable=False,
        explanation="The database is run by another container or machine.",
    ),
    Breakdown(
        "EMBEDDED_PASSWORDS_MISSING",
        retryable=False,
        explanation="The file of passwords is missing or damaged.",
    ),
    Breakdown(
        "EMBEDDED_PASSWORDS_WRONG",
        retryable=False,
        explanation="The file of passwords belongs to another database.",
    ),
)

FAULTS: Mapping[str, Breakdown] = {breakdown.code: breakdown for breakdown in _BREAKDOWNS}
"""All faults by code."""


class Fault(Exception):  # noqa: N818 - the vocabulary says fault; an error would be a second word for it
    """
    Something broke: a database out of reach, a folder without permission, a bug of ours.

    Args:
        code: Stable name of the catalogue; never used again for anything else.
        message: What happened and what to do about it, for people.
        retryable: Whether the same call can succeed later without anybody changing anything.
        facts: The particulars, for programs and logs; never a secret.
    """

    def __init__(self, *, code: str, message: str, retryable: bool, facts: Mapping[str, object] = _NO_FACTS) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable
        self.facts = facts
