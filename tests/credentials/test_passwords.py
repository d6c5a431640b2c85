"""Passwords: argon2id, outside the journal, and the same answer for unknown users."""

import asyncio

import pytest

from onhand.bootstrap import OpenedLedger, open_ledger
from onhand.config import Config
from onhand.credentials.passwords import define_user_with_password, is_password_of, keep_password
from onhand.kernel.refusals import Refused
from tests.conftest import TestDatabase
from tests.faults.servers import query


async def _define(opened: OpenedLedger, password: str, key: str) -> None:
    await define_user_with_password(
        opened.stock, opened.passwords, user="ann", role="clerk", sites=(), password=password, key=key, actor="root"
    )


async def test_a_password_is_known_by_its_hash_only(database: TestDatabase) -> None:
    """A password is changed whole, the journal shows no hash, and the hash before is gone."""
    opened = await open_ledger(Config(database_url=database.engine_url))
    async with opened.stock as stock:
        await _define(opened, "correct horse battery", "1")
        first = await is_password_of(stock, opened.passwords, "ann", "correct horse battery")
        await _define(opened, "another horse battery", "2")
        old = await is_password_of(stock, opened.passwords, "ann", "correct horse battery")
        new = await is_password_of(stock, opened.passwords, "ann", "another horse battery")
        unknown = await is_password_of(stock, opened.passwords, "bob", "another horse battery")
        await stock.accounts.define_user(user="ann", role="clerk", retired=True, key="3")
        retired = await is_password_of(stock, opened.passwords, "ann", "another horse battery")
        verification = await stock.verify()

    assert (first, old, new, unknown, retired) == (True, False, True, False, False)
    assert verification.ok
    hashes = [row[0] for row in query(database.admin_url, "SELECT hash FROM password ORDER BY hash")]
    assert hashes[0] == ""
    assert hashes[1].startswith("$argon2id$")
    told = query(database.admin_url, "SELECT string_agg(after::text || coalesce(before::text, ''), ' ') FROM change")
    assert "argon2" not in told[0][0]


@pytest.mark.parametrize("password", ["eleven char", "x" * 1001])
async def test_a_password_has_bounds(database: TestDatabase, password: str) -> None:
    """T15: one character less than 12 or more than 1000 is refused, and nothing is kept."""
    opened = await open_ledger(Config(database_url=database.engine_url))
    async with opened.stock:
        with pytest.raises(Refused) as caught:
            await _define(opened, password, "1")

    assert caught.value.code == "INVALID_TEXT"
    assert query(database.admin_url, "SELECT count(*) FROM password") == [(0,)]


async def test_of_two_passwords_under_one_name_one_is_kept(database: TestDatabase) -> None:
    """
    T8: who sets a password while another is set under the same key is told that his was not kept.

    It fails where the answer to the insertion is not looked at: tried.
    """
    opened = await open_ledger(Config(database_url=database.engine_url))
    told = ["correct horse battery", "another horse battery", "correct horse battery"]
    async with opened.stock:
        kept = await asyncio.gather(*(keep_password(opened.passwords, "name", password) for password in told))

    assert kept in ([True, False, True], [False, True, False])
