# ruff: noqa: INP001 - docs is a folder of pages, not a package.
"""
Writes the reference, the verbs of the client, the tables of rooms, and what the examples are answered: `make docs`.

A test holds that what is committed is fresh.

The schema is read from a database that was migrated for it, so that the page shows what is, not what a file says.
"""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from docs.generating.architecture import ARCHITECTURE, architecture
from docs.generating.catalogues import environment_page, faults_page, refusals_page
from docs.generating.client import write as write_client
from docs.generating.command_line import command_line_page
from docs.generating.encoding import encoding_page
from docs.generating.library import library_page
from docs.generating.schema import schema_page
from docs.generating.service import service_page
from docs.generating.story import record
from docs.generating.stubs import write_stubs
from onhand import embedded
from onhand.api.openapi.examples import ANSWERS, STORY
from onhand.store.database.schema import upgrade_schema

REFERENCE = Path(__file__).with_name("reference")


def pages(url: str) -> Mapping[str, str]:
    """
    Make every page of the reference; each ends in one line break.

    Args:
        url: A database with the current schema.
    """
    return {
        "canonical-encoding.md": encoding_page(),
        "command-line.md": command_line_page(),
        "environment.md": environment_page(),
        "faults.md": faults_page(),
        "library.md": library_page(),
        "refusals.md": refusals_page(),
        "schema.md": schema_page(url),
        "service.md": service_page(),
    }


def main() -> None:
    """Write the pages and the answers, with an embedded database that lives no longer than this."""
    REFERENCE.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oh-") as folder:
        home = Path(folder).resolve()
        home.chmod(0o755)
        home /= "home"
        try:
            addresses = embedded.up(home)
            url = addresses.owner_url
            upgrade_schema(url)
            written = pages(url)
            STORY.joinpath(ANSWERS).write_bytes(b"{}")  # a service starts whatever the story says by now
            STORY.joinpath(ANSWERS).write_bytes(record(addresses.engine_url, Path(folder)))
        finally:
            embedded.down(home)
    for name, text in written.items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    ARCHITECTURE.write_text(architecture(ARCHITECTURE.read_text(encoding="utf-8")), encoding="utf-8")
    made = [*write_client()]
    write_stubs()
    sys.stdout.write(
        f"{len(written)} pages of the reference are written, {len(made)} modules of the client, and the answers to the "
        "examples.\n"
    )


if __name__ == "__main__":
    main()
