"""The verbs of accounts: users and keys, from the first start on."""

import io
from typing import Any

import pytest

from onhand.credentials.keys import read_key
from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import query


def test_a_key_is_shown_once(cli: CommandLine, database: TestDatabase) -> None:
    """L13: a key is printed when it is made and stands nowhere afterwards; who made it stands in the journal."""
    cli.done("define", "--site", "london")
    made = cli.done("key", "create", "till-7", "--role", "clerk", "--site", "london", "--actor", "root")
    listed = cli.done("key", "list")
    read = read_key(made["key"])

    assert read is not None
    assert listed["keys"] == [
        {
            "number": made["number"],
            "name": "till-7",
            "role": "clerk",
            "sites": ["london"],
            "expires_at": None,
            "revoked": False,
        }
    ]
    assert query(database.admin_url, "SELECT actor FROM posting WHERE kind = 'create_key'") == [("root",)]
    dump = query(database.admin_url, "SELECT string_agg(change::text, '') FROM change")[0][0]
    assert made["key"] not in dump
    assert read.key_hash in dump

    cli.done("key", "revoke", str(made["number"]))
    assert cli.done("key", "list")["keys"][0]["revoked"] is True
    assert cli.run("key", "revoke", "999", "--json").refused == "KEY_NOT_FOUND"
    assert cli.run("key", "create", "x", "--role", "clerk", "--dry-run", "--json").refused == "INVALID_COMMAND"
    assert "ohk_live_" in cli.run("key", "create", "y", "--role", "viewer").out
    assert "till-7  clerk  london  revoked" in cli.run("key", "list").out


def test_a_user_is_made_changed_and_retired(cli: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """L13, S12: a user has a role, sites and a password that is read from the standard input."""
    cli.done("define", "--site", "london")
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse battery\n"))
    cli.done("user", "create", "ann", "--role", "clerk", "--site", "london", "--password-stdin")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    cli.done("user", "create", "ann", "--role", "manager")
    cli.done("user", "retire", "ann", "--reason", "left")
    users: dict[str, Any] = cli.done("user", "list")

    assert users["users"] == [{"user": "ann", "role": "manager", "sites": [], "retired": True}]
    assert cli.run("user", "retire", "bob", "--json").refused == "USER_NOT_FOUND"
    assert cli.run("user", "create", "bob", "--role", "king", "--json").refused == "INVALID_COMMAND"
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert cli.run("user", "create", "bob", "--role", "clerk", "--password-stdin", "--json").refused == "INVALID_TEXT"
    assert "ann  manager  all sites  retired" in cli.run("user", "list").out
