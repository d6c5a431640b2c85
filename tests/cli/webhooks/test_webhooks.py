"""The verbs of webhooks."""

import base64

from tests.cli.command_line import CommandLine
from tests.conftest import TestDatabase
from tests.faults.servers import query

URL = "https://example.com/hook"


def test_a_secret_is_shown_once(cli: CommandLine, database: TestDatabase) -> None:
    """B27: the secret is printed when it is made, and stands in no table and no journal; a retry does not show it."""
    cli.stocked()
    create = ("webhook", "create", "books", URL, "--kind", "sell", "--site", "london", "--sku", "A", "--key", "w")
    made, again = cli.done(*create), cli.done(*create)
    rotated = cli.done("webhook", "rotate", str(made["webhook"]), "--overlap", "60")
    printed = cli.run("webhook", "rotate", str(made["webhook"])).out
    tables = query(database.admin_url, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    dump = "".join(
        str(query(database.admin_url, f"SELECT string_agg(t::text, '') FROM {table} AS t")) for (table,) in tables
    )

    assert len(base64.b64decode(made["secret"].removeprefix("whsec_"))) == 32
    assert again["replayed"] is True
    assert "secret" not in again
    assert rotated["secret"] != made["secret"]
    assert printed.startswith("whsec_")
    for secret in (made["secret"], rotated["secret"]):
        assert secret.removeprefix("whsec_") not in dump
        assert base64.b64decode(secret.removeprefix("whsec_")).hex() not in dump
    assert "books" in dump


def test_a_webhook_is_listed_changed_disabled_and_resumed(cli: CommandLine) -> None:
    """B27: a webhook's life on the command line; each act is a posting."""
    cli.stocked()
    number = str(cli.done("webhook", "create", "books", URL)["webhook"])
    listed = cli.done("webhook", "list")["webhooks"]
    cli.done("webhook", "change", number, "https://example.com/other", "--site", "london")
    cli.done("webhook", "disable", number)
    disabled = cli.run("webhook", "show", number).out
    resumed = cli.done("webhook", "resume", number, "--from", "1")
    shown = cli.done("webhook", "show", number)

    assert [(one["name"], one["url"], one["status"], one["number"], one["failures"]) for one in listed] == [
        ("books", URL, "active", 3, 0)
    ]
    assert "disabled" in disabled
    assert "posting 3 of 5" in disabled
    assert resumed["changes"][0]["action"] == "resumed"
    assert (shown["url"], shown["sites"], shown["status"], shown["number"], shown["head"]) == (
        "https://example.com/other",
        ["london"],
        "active",
        0,
        6,
    )
    assert cli.done("webhook", "deliveries", number) == {"deliveries": [], "after": None}
    assert "told nothing" in cli.run("webhook", "deliveries", number).out
    assert "books" in cli.run("webhook", "list").out


def test_what_cannot_be_is_refused(cli: CommandLine) -> None:
    """B27, T15: unknown numbers, names twice, and addresses that lead back into our own network."""
    cli.stocked()
    cli.done("webhook", "create", "books", URL)

    assert "There are no" not in cli.run("webhook", "list").out
    for arguments, code in [
        (("create", "books", URL), "WEBHOOK_EXISTS"),
        (("create", "x", "http://example.com/"), "WEBHOOK_TARGET_FORBIDDEN"),
        (("create", "x", "https://169.254.169.254/"), "WEBHOOK_TARGET_FORBIDDEN"),
        (("create", "x", URL, "--kind", "steal"), "INVALID_COMMAND"),
        (("create", "x", URL, "--site", "nowhere"), "UNKNOWN_SITE"),
        (("change", "999", URL), "WEBHOOK_NOT_FOUND"),
        (("change", "999", "https://user@example.com/"), "WEBHOOK_TARGET_FORBIDDEN"),
        (("disable", "999"), "WEBHOOK_NOT_FOUND"),
        (("resume", "999"), "WEBHOOK_NOT_FOUND"),
        (("rotate", "999"), "WEBHOOK_NOT_FOUND"),
        (("show", "999"), "WEBHOOK_NOT_FOUND"),
        (("deliveries", "999"), "WEBHOOK_NOT_FOUND"),
        (("deliveries", "999", "--after", "nonsense"), "INVALID_COMMAND"),
    ]:
        assert cli.run("webhook", *arguments, "--json").refused == code, arguments
