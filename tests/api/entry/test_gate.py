"""The gate: whose call it is, asked of the database as rarely as the promise allows."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest

from onhand.api.entry.gate import Gate
from onhand.api.http.limits import Limits
from onhand.api.http.problems import Problem
from onhand.credentials.keys import make_key
from onhand.faults import Fault
from onhand.ledger.accounts.port import KeyHolder

ADDRESS = "127.0.0.1"


class CountingAccounts:
    """Accounts that know one key, and count how often they are asked for it; the first questions may fail."""

    def __init__(self, failures: int = 0) -> None:
        """Fail so often first."""
        self.asked = 0
        self._failures = failures

    async def holder(self, key_hash: str) -> KeyHolder:
        """Take a moment, as a database does."""
        del key_hash
        self.asked += 1
        await asyncio.sleep(0)
        if self.asked <= self._failures:
            raise Fault(code="DATABASE_UNREACHABLE", message="It is away.", retryable=True)
        return KeyHolder(id=1, name="till", role="clerk", sites=(), ended=False)


class OneLedger:
    """Ledgers of which there is one."""

    def __init__(self, accounts: CountingAccounts) -> None:
        """Keep the accounts of it."""
        stock = SimpleNamespace(accounts=SimpleNamespace(port=accounts))
        self.ledger = SimpleNamespace(org_id=1, stock=stock)

    async def get(self, org_id: int) -> Any:  # noqa: ANN401 - stands for a ledger
        """Give it."""
        del org_id
        return self.ledger


def gate_of(accounts: CountingAccounts) -> Gate:
    """Make a gate before a ledger."""
    return Gate(cast("Any", OneLedger(accounts)), Limits())


async def test_a_crowd_asks_for_its_key_once() -> None:
    """S12: calls that come while a key is being looked up share the answer; without that each of them asks: tried."""
    accounts = CountingAccounts()
    gate = gate_of(accounts)
    authorization = f"Bearer {make_key(1).text}"

    known = await asyncio.gather(*(gate.enter("GET", {"authorization": authorization}, ADDRESS) for _ in range(64)))

    assert {one.holder.name for one in known} == {"till"}
    assert accounts.asked == 1


class SlowAccounts(CountingAccounts):
    """Accounts that know a key, and answer the first question late."""

    def __init__(self) -> None:
        """Answer when it is told."""
        super().__init__()
        self.answering, self.is_revoked = asyncio.Event(), False

    async def holder(self, key_hash: str) -> KeyHolder:
        """Answer as it is when the question comes."""
        found = replace(await super().holder(key_hash), ended=self.is_revoked)
        if self.asked == 1:
            await self.answering.wait()
        return found


async def test_a_late_answer_is_shared_with_nobody_who_asks_later() -> None:
    """S12: where the database is slow, a call after the revocation is not let in by an answer of before it."""
    accounts = SlowAccounts()
    gate = gate_of(accounts)
    headers = {"authorization": f"Bearer {make_key(1).text}"}
    early = asyncio.ensure_future(gate.enter("GET", headers, ADDRESS))
    await asyncio.wait({early}, timeout=0.6)  # longer than a key is remembered

    accounts.is_revoked = True
    late = asyncio.ensure_future(gate.enter("GET", headers, ADDRESS))
    await asyncio.wait({late}, timeout=0.1)
    accounts.answering.set()

    assert (await early).holder.role == "clerk"
    with pytest.raises(Problem):
        await late


async def test_a_failed_question_is_asked_again() -> None:
    """C16: a breakdown is told to all who waited for the answer, and the next call asks anew."""
    accounts = CountingAccounts(failures=1)
    gate = gate_of(accounts)
    authorization = f"Bearer {make_key(1).text}"

    told = await asyncio.gather(
        *(gate.enter("GET", {"authorization": authorization}, ADDRESS) for _ in range(8)), return_exceptions=True
    )

    assert [type(one) for one in told] == [Fault] * 8
    assert (await gate.enter("GET", {"authorization": authorization}, ADDRESS)).holder.role == "clerk"
    assert accounts.asked == 2


async def test_who_gives_up_stops_nobody() -> None:
    """S12: a caller who hangs up while his key is looked up leaves the others their answer."""
    gate = gate_of(CountingAccounts())
    authorization = f"Bearer {make_key(1).text}"
    first = asyncio.ensure_future(gate.enter("GET", {"authorization": authorization}, ADDRESS))
    second = asyncio.ensure_future(gate.enter("GET", {"authorization": authorization}, ADDRESS))
    await asyncio.sleep(0)

    first.cancel()

    assert (await second).holder.role == "clerk"
    with pytest.raises(asyncio.CancelledError):
        await first
