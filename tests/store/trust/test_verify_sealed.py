"""A signed head that is kept elsewhere proves what the database alone cannot: that it is still the same journal."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

import onhand
from onhand.faults import Fault
from onhand.ledger.core.answers import JournalHead
from onhand.ledger.stock import Stock
from onhand.ledger.trust.seal import load_key, read_head, sign_head, write_head
from tests.conftest import Server, TestDatabase
from tests.store.busy_week import MONDAY, a_busy_week

HEAD = JournalHead(org_id=1, number=7, hash=bytes(range(32)), recorded_at=MONDAY)


@pytest.fixture
def old_copy(server: Server, database: TestDatabase) -> Iterator[TestDatabase]:
    """A place for a copy of this test's database."""
    name = f"{database.name}_copy"
    yield server.database(name)
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def copy(server: Server, source: TestDatabase, target: TestDatabase) -> None:
    """Copy a database that nobody uses at the moment, as a backup does."""
    with psycopg.connect(server.admin_url, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER onhand_owner TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(target.name), sql.Identifier(source.name)))


def test_a_signed_head_comes_back_from_its_file(tmp_path: Path) -> None:
    """B8: what was signed and written is read back, and is authentic; the key stays its owner's."""
    key = load_key(tmp_path / "seal.key")
    write_head(sign_head(HEAD, key), tmp_path / "head.json")

    read = read_head(tmp_path / "head.json")
    again = load_key(tmp_path / "seal.key")

    assert read.head == HEAD
    assert read.is_authentic()
    assert sign_head(HEAD, again) == read
    assert (tmp_path / "seal.key").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["head.json", "seal.key"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("org", 2),
        ("number", 8),
        ("hash", "00" * 32),
        ("recorded_at", "2026-01-26T09:00:00.000001+00:00"),
        ("public_key", "11" * 32),
        ("public_key", "11"),
        ("signature", "22" * 64),
    ],
)
def test_a_head_that_was_touched_is_not_authentic(tmp_path: Path, field: str, value: object) -> None:
    """B8: the signature covers every field."""
    path = tmp_path / "head.json"
    write_head(sign_head(HEAD, load_key(tmp_path / "seal.key")), path)

    path.write_text(json.dumps({**json.loads(path.read_text()), field: value}))

    assert not read_head(path).is_authentic()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 2}', '{"version": 1, "org": "x"}'])
def test_a_file_that_is_no_head_is_a_fault(tmp_path: Path, text: str) -> None:
    """A file of another kind is told as such, and so is a key of another kind."""
    path = tmp_path / "file"
    path.write_text(text)

    with pytest.raises(Fault, match="no signed head") as of_head:
        read_head(path)
    with pytest.raises(Fault, match="no key") as of_key:
        load_key(path)

    assert (of_head.value.code, of_key.value.code) == ("HEAD_UNREADABLE", "KEY_UNREADABLE")


async def test_a_journal_that_went_on_still_has_its_head(stock: Stock, tmp_path: Path) -> None:
    """B8: a head holds for ever, as long as nothing before it is touched; a head of nothing holds too."""
    key = load_key(tmp_path / "seal.key")
    write_head(sign_head(await stock.head(), key), tmp_path / "empty.json")
    await a_busy_week(stock)
    write_head(sign_head(await stock.head(), key), tmp_path / "week.json")
    await stock.sell(site="london", lines=[("tea", 1)], key="later")

    for name in ("empty.json", "week.json"):
        verification = await stock.verify(against=tmp_path / name, public_key=key.public_key().public_bytes_raw())
        assert verification.ok


async def test_an_old_backup_put_back_is_found(
    server: Server, database: TestDatabase, old_copy: TestDatabase, tmp_path: Path
) -> None:
    """T6: a restored old copy is sound in itself; the head tells that its end was lost."""
    async with onhand.connect(database.engine_url) as stock:
        journal = await a_busy_week(stock)
    copy(server, database, old_copy)
    async with onhand.connect(database.engine_url) as stock:
        await stock.sell(site="london", lines=[("tea", 1)], key="after the backup")
        signed = sign_head(await stock.head(), load_key(tmp_path / "seal.key"))

    async with onhand.connect(old_copy.engine_url) as restored:
        alone = await restored.verify()
        verification = await restored.verify(against=signed)

    assert alone.ok
    assert [(finding.code, finding.number) for finding in verification.findings] == [("HEAD_MISSING", len(journal) + 1)]


async def test_a_journal_rewritten_from_some_posting_on_is_found(
    server: Server, database: TestDatabase, old_copy: TestDatabase, tmp_path: Path
) -> None:
    """T6: a journal forged with all hashes right is sound in itself; the head tells that it is another one."""
    async with onhand.connect(database.engine_url) as stock:
        journal = await a_busy_week(stock)
    copy(server, database, old_copy)
    async with onhand.connect(database.engine_url) as stock:
        await stock.sell(site="london", lines=[("tea", 1)], key="one")
        await stock.sell(site="london", lines=[("tea", 1)], key="two")
        signed = sign_head(await stock.head(), load_key(tmp_path / "seal.key"))

    async with onhand.connect(old_copy.engine_url) as forged:
        for key in ("one", "two", "three"):
            await forged.sell(site="london", lines=[("tea", 2)], key=key)
        alone = await forged.verify()
        verification = await forged.verify(against=signed)

    assert alone.ok
    assert [(finding.code, finding.number) for finding in verification.findings] == [("HEAD_MISSING", len(journal) + 2)]


async def test_a_head_that_nobody_vouches_for_proves_nothing(stock: Stock, tmp_path: Path) -> None:
    """B8: a forged signature, the key of a stranger and the head of another org are told."""
    await a_busy_week(stock)
    head = await stock.head()
    ours, stranger = load_key(tmp_path / "ours.key"), load_key(tmp_path / "stranger.key")
    forged = replace(sign_head(head, ours), signature=bytes(64))
    public_key = ours.public_key().public_bytes_raw()

    of_another = await stock.verify(against=sign_head(replace(head, org_id=99), ours))
    of_stranger = await stock.verify(against=sign_head(head, stranger), public_key=public_key)
    of_nobody = await stock.verify(against=forged)

    codes = [[finding.code for finding in answer.findings] for answer in (of_another, of_stranger, of_nobody)]
    assert codes == [["HEAD_OF_ANOTHER"], ["HEAD_FORGED"], ["HEAD_FORGED"]]
