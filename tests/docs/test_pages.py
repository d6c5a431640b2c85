"""Every block of the documentation runs, and prints what the page says."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import errors

from tests.conftest import Server, TestDatabase
from tests.docs.blocks import blocks_of, matches, pages, steps_of
from tests.docs.running import environment_of, run_page
from tests.faults.servers import homes_folder

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = "docs/howto/embedded.md"
OWN_SERVER = "docs/howto/your-own-postgresql.md"
"""The two pages that make a database of their own."""


def runnable() -> list[str]:
    """The pages that have blocks to run."""
    return [page.relative_to(ROOT).as_posix() for page in pages(ROOT) if steps_of(page.read_text(encoding="utf-8"))]


@pytest.mark.timeout(300)  # a page runs many commands, each of which starts anew
@pytest.mark.parametrize("page", [page for page in runnable() if page not in {EMBEDDED, OWN_SERVER}])
def test_a_page_does_what_it_says(page: str, database: TestDatabase, tmp_path: Path) -> None:
    """Each block of a page ends with the exit code and the output that the page shows."""
    environment = environment_of(os.environ, {"ONHAND_DATABASE_URL": database.engine_url})

    try:
        wrong = run_page((ROOT / page).read_text(encoding="utf-8"), tmp_path, environment)
    finally:
        for left in tmp_path.glob("*.pid"):  # what a page started and, where it went wrong, did not stop
            with suppress(ProcessLookupError):
                os.kill(int(left.read_text()), signal.SIGTERM)

    assert wrong is None, f"{page}, {wrong}"


def test_the_page_of_the_embedded_server_does_what_it_says() -> None:
    """The page works from a folder without any database."""
    with homes_folder() as folder:
        environment = environment_of(os.environ, {"ONHAND_HOME": str(folder / "home")})

        wrong = run_page((ROOT / EMBEDDED).read_text(encoding="utf-8"), folder, environment)

    assert wrong is None, f"{EMBEDDED}, {wrong}"


def test_the_page_of_a_server_of_ones_own_does_what_it_says(
    server: Server, empty_database: TestDatabase, tmp_path: Path
) -> None:
    """The administrator's SQL is accepted, or what it makes is there; the page works from an empty database."""
    text = (ROOT / OWN_SERVER).read_text(encoding="utf-8")
    settings = {"ONHAND_DATABASE_URL": empty_database.engine_url, "ONHAND_OWNER_URL": empty_database.owner_url}
    for block in blocks_of(text):
        if block.language == "sql":
            _accept(server.admin_url, block.code)

    wrong = run_page(text, tmp_path, environment_of(os.environ, settings))

    assert wrong is None, f"{OWN_SERVER}, {wrong}"


def _accept(admin_url: str, code: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as connection:
        for statement in filter(str.strip, code.split(";")):
            try:
                connection.execute(statement.encode())
            except (errors.DuplicateObject, errors.DuplicateDatabase):
                continue


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("```sh\nfalse\ntrue\n```\n", "exit code 1"),
        ("```sh\nfalse | true\n```\n", "exit code 1"),
        ("```sh\necho $NOT_SET\n```\n", "NOT_SET"),
        ("```sh fails=1\ntrue\n```\n", "exit code 0"),
        ("```sh fails=1\nexit 2\n```\n", "exit code 2"),
        ("```python\nraise SystemExit(3)\n```\n", "exit code 3"),
        ("```python\nimport no_such_module\n```\n", "no_such_module"),
        ("```sh\necho 7\n```\n\n```text\n8\n```\n", "another output"),
        ("```sh\necho 7\n```\n```text\n7\n7\n```\n", "another output"),
        ("```sh\nonhand sell --site london A=1 --key k\n```\n", "There is no site london"),
    ],
)
def test_a_wrong_block_is_found(page: str, told: str, database: TestDatabase, tmp_path: Path) -> None:
    """Control: a block that ends or prints otherwise than its page says is found."""
    environment = environment_of(os.environ, {"ONHAND_DATABASE_URL": database.engine_url})

    wrong = run_page(f"# Page\n\n{page}", tmp_path, environment)

    assert wrong is not None
    assert told in wrong


def test_blocks_run_in_order_in_one_folder(database: TestDatabase, tmp_path: Path) -> None:
    """A block finds the files of those before it, and `console` and lone `text` blocks are left alone."""
    page = (
        "```sh\necho one > file\n```\n```console\nfalse\n```\n```text\nnever\n```\n"
        "```python\nprint(open('file').read())\n```\n```text\none\n```\n```sh fails=3\nexit 3\n```\n"
    )

    assert run_page(page, tmp_path, environment_of(os.environ, {"ONHAND_DATABASE_URL": database.engine_url})) is None


@pytest.mark.parametrize("page", ["```sh\n", "```bash\n```\n", "```\nx\n```\n", "```text fails=1\n```\n"])
def test_an_odd_block_is_refused(page: str) -> None:
    """Control: a fence that nobody would run or read as meant is an error, not silence."""
    with pytest.raises(ValueError, match="line 1"):
        blocks_of(page)


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a ... c\n", "a b c\n", True),
        ("a  b\n", "a b\n\n", True),
        ("a\n\u2500\u2500\nb\n", "a\nb\n", True),
        ("...\nb\n", "x\ny\nb\n", True),
        ("...\nb\n", "b\n", True),
        ("a.c\n", "abc\n", False),
        ("a ... c\n", "a b\nc\n", False),
        ("a\n", "a\nb\n", False),
        ("a\nb\n", "b\na\n", False),
        ("...\nb\n", "b\nc\n", False),
    ],
)
def test_placeholders_match_no_more_than_they_should(expected: str, printed: str, *, same: bool) -> None:
    """`...` stands for a part of a line, or alone for lines; all else is compared letter by letter."""
    assert matches(expected, printed) is same
