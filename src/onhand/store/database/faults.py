"""The driver's errors as faults of ours, told by SQLSTATE and never by the text."""

import psycopg
from psycopg_pool import PoolTimeout

from onhand.faults import Fault
from onhand.ledger.engine.ports import KeyTaken

_RETRYABLE_CLASSES = frozenset({"08", "40", "53", "57"})
_RETRYABLE = frozenset({"25006", "25P03", "25P04", "26000", "42P05", "55P03"})
_UNIQUE_VIOLATION = "23505"
_LOOKED_UP = frozenset({"posting_key_unique", "deduction_transaction_unique", None})
"""Whose names are left to the database until one is taken; behind Citus the constraint may not be told."""


def fault_of(error: psycopg.Error) -> Fault | KeyTaken:
    """
    Turn an error of the driver into a fault that says whether a retry can help.

    A connection that is lost has no SQLSTATE: whether the transaction was committed is then unknown, and the
    idempotency keys tell at the next attempt.
    """
    state = error.sqlstate
    if isinstance(error, psycopg.DataError) and state is None:
        return Fault(code="DATABASE_REFUSED", message="The driver cannot send what was asked.", retryable=False)
    if isinstance(error, PoolTimeout):
        return Fault(code="DATABASE_BUSY", message="All connections that read are at work.", retryable=True)
    if state is None:
        return Fault(code="DATABASE_UNREACHABLE", message="The connection to the database was lost.", retryable=True)
    if state == _UNIQUE_VIOLATION:
        return _taken(error)
    if state in _RETRYABLE or state[:2] in _RETRYABLE_CLASSES:
        return Fault(
            code="DATABASE_BUSY",
            message=f"The database could not do it now ({state}).",
            retryable=True,
            facts={"sqlstate": state},
        )
    if state == "42501":
        return Fault(
            code="DATABASE_FORBIDS", message=f"The database role lacks a right: {error}".strip(), retryable=False
        )
    return Fault(
        code="DATABASE_REFUSED",
        message=f"The database refused what the ledger wrote: {error.diag.message_primary}",
        retryable=False,
        facts={"sqlstate": state, "constraint": error.diag.constraint_name},
    )


def fault_at_commit(error: psycopg.Error) -> Fault | KeyTaken:
    """
    Turn an error that answers a COMMIT into a fault: whether it was done may be unknown, whatever the SQLSTATE.

    A server of many machines says XX000 where one of them was lost after the commit was done.
    """
    fault = fault_of(error)
    if isinstance(fault, KeyTaken):
        return fault
    return Fault(
        code="COMMIT_UNCERTAIN",
        message=f"The commit was answered with an error ({error.sqlstate}); ask again with the same key.",
        retryable=True,
        facts={**fault.facts, "sqlstate": error.sqlstate},
    )


def fault_out_of_step(flaw: str) -> Fault:
    """Make the fault of an answer that does not belong to what was asked; `flaw` says what is wrong with it."""
    return Fault(
        code="DATABASE_UNREACHABLE",
        message=f"The database answered what was not asked ({flaw}), so the connection was given up.",
        retryable=True,
    )


def fault_of_silence(seconds: float) -> Fault:
    """Make the fault of a database that did not answer for so long."""
    return Fault(
        code="DATABASE_UNREACHABLE",
        message=f"The database did not answer within {seconds:g} s, so the connection was given up.",
        retryable=True,
    )


def _taken(error: psycopg.Error) -> Fault | KeyTaken:
    """Tell a key or name that is taken from a number that is taken, which only a second writer can have done."""
    match error.diag.constraint_name:
        case constraint if constraint in _LOOKED_UP:
            return KeyTaken()
        case "posting_pkey":
            return Fault(code="JOURNAL_MOVED", message="Another writer was faster; decided again.", retryable=True)
        case name:
            return Fault(
                code="DATABASE_REFUSED",
                message=f"The database refused what the ledger wrote: {error.diag.message_primary}",
                retryable=False,
                facts={"sqlstate": _UNIQUE_VIOLATION, "constraint": name},
            )
