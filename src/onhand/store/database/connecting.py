"""
Connecting to a database, and what is told when that fails: never a word of the URL, which may hold a password.

A password with a sign in it that should have been escaped ends up in another part of the URL, and from there in what
the driver says. So the driver's words are told only if no part of the password can be in them.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from onhand.faults import Fault

CONNECT_SECONDS_MAX = 10
KEPT_ALIVE: Mapping[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A network that goes silent is noticed within half a minute; without effect on a unix socket. `Any`, as libpq's."""

_LOGIN = re.compile(r"://[^:]*:(.*)@", re.DOTALL)
_DELIMITERS = re.compile(r"[\s@/?#:&=%,\[\]'\"]+")
_SECRETS = ("password", "sslpassword", "oauth_client_secret")


def connect(url: str) -> psycopg.Connection:
    """
    Connect, and wait for it a bounded time.

    Raises:
        Fault: SETTING_INVALID, DATABASE_UNREACHABLE.
    """
    check_url(url)
    try:
        return psycopg.connect(url, prepare_threshold=None, connect_timeout=CONNECT_SECONDS_MAX, **KEPT_ALIVE)
    except (psycopg.Error, ValueError) as error:
        fault = connecting_fault(url, error)
    # Raised out here, so that no log shows the driver's words as the cause.
    raise fault


def check_url(url: str) -> None:
    """Refuse a URL that cannot be read; raises Fault SETTING_INVALID."""
    options = _options(url)
    hosts = str(options.get("host", ""))
    ports = str(options.get("port", ""))
    if options.get("") or "@" in hosts or not all(port == "" or _is_port(port) for port in ports.split(",")):
        raise _malformed()


def connecting_fault(url: str, error: Exception) -> Fault:
    """Say why there is no connection; a server that does not answer may do so later, a wrong URL never works."""
    if not isinstance(error, psycopg.OperationalError):
        return _malformed()
    said = f"The database does not answer: {error}".strip()
    if any(secret in str(error) for secret in _secret_parts(url)):
        said = (
            "The database does not answer. What the driver says of it may hold a part of the password, so it is kept."
        )
    return Fault(code="DATABASE_UNREACHABLE", message=said, retryable=True)


def _options(url: str) -> dict[str, object]:
    """Read a URL; one that cannot be read has an option without a name."""
    try:
        return dict(conninfo_to_dict(url))
    except (psycopg.Error, ValueError):
        return {"": "unreadable"}


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < int(text[:6]) < 2**16


def _secret_parts(url: str) -> set[str]:
    """Everything that a person may have meant as a password, and the parts that the driver may have made of it."""
    options = _options(url)
    whole = {str(options[name]) for name in _SECRETS if options.get(name)}
    meant = _LOGIN.search(url)
    if meant is not None:
        whole |= {meant[1], unquote(meant[1])}
    return {part for text in whole for part in (text, *_DELIMITERS.split(text)) if part}


def _malformed() -> Fault:
    return Fault(
        code="SETTING_INVALID",
        message="The URL of the database cannot be read. It is like postgresql://user:password@host:5432/database; "
        "in a password, write @ as %40, : as %3A, / as %2F, ? as %3F, % as %25 and a space as %20. It is not shown "
        "here, since it may hold a password.",
        retryable=False,
    )
