"""The roles of the database, their passwords, and the addresses under which each reaches the server."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from onhand.embedded.identity import Identity
from onhand.embedded.layout import Layout, write_private
from onhand.embedded.processes import Postmaster
from onhand.faults import Fault

ADMIN, OWNER, ENGINE = "postgres", "onhand_owner", "onhand_engine"
READER = "onhand_reader"
DATABASE = "onhand"
ADMIN_DATABASE = "postgres"

_PASSWORD_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the server listens, once for each role that logs in; each holds that role's password."""

    engine_url: str
    owner_url: str
    admin_url: str


def addresses_of(postmaster: Postmaster, passwords: Mapping[str, str]) -> Addresses:
    """The addresses of a running server."""
    return Addresses(
        engine_url=_url(postmaster, ENGINE, passwords, DATABASE),
        owner_url=_url(postmaster, OWNER, passwords, DATABASE),
        admin_url=_url(postmaster, ADMIN, passwords, ADMIN_DATABASE),
    )


def _url(postmaster: Postmaster, role: str, passwords: Mapping[str, str], database: str) -> str:
    login = f"{role}:{quote(passwords[role], safe='')}"
    if postmaster.socket_folder is None:
        return f"postgresql://{login}@{postmaster.address}:{postmaster.port}/{database}"
    folder = quote(str(postmaster.socket_folder), safe="")
    return f"postgresql://{login}@/{database}?host={folder}&port={postmaster.port}"


def read_passwords(layout: Layout) -> dict[str, str]:
    """
    The password of each role that logs in.

    Raises:
        Fault: EMBEDDED_PASSWORDS_MISSING if the file is gone or damaged.
    """
    try:
        passwords = json.loads(layout.passwords.read_text(encoding="utf-8"))
        return {role: str(passwords[role]) for role in (ADMIN, OWNER, ENGINE)}
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise Fault(
            code="EMBEDDED_PASSWORDS_MISSING",
            message=f"{layout.passwords} is missing or damaged, and without it nobody can log in to the database "
            f"in {layout.data}. Put the file back from a backup.",
            retryable=False,
            facts={"file": str(layout.passwords)},
        ) from error


def make_passwords(layout: Layout, identity: Identity) -> dict[str, str]:
    """Generate the passwords for a new cluster, or read those that an interrupted attempt left."""
    if not layout.passwords.exists():
        made = {role: secrets.token_urlsafe(_PASSWORD_BYTES) for role in (ADMIN, OWNER, ENGINE)}
        text = json.dumps(made, indent=2) + "\n"
        write_private(layout.passwords, text, uid=identity.owner_uid, gid=identity.owner_gid)
    return read_passwords(layout)
