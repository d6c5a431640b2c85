"""Settings, from the environment."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onhand.faults import Fault

LOGS = ("off", "debug", "info", "warning", "error")
"""What can be said of the log: none, or from which level on."""

_POSTGRES_VERSIONS = {"18": 18, "16": 16}


def login() -> str:
    """Give the name of the login that runs this; its number, where the system knows no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # each of the three, by version and system
        return f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """
    What onhand has to be told; nothing of it is needed.

    `home` is the folder of the embedded PostgreSQL, None for the default of this machine. `database_url` points to a
    server of your own, `owner_url` to the same with the role that migrates, if it is another. `webhook_local_hosts` may
    be called by webhooks without TLS and on this machine itself: for development and tests. `log` is the level from
    which on operations are logged, None for the default of whatever runs: a service logs, a program does not;
    `log_file` is where to, None for stderr.
    """

    home: Path | None = None
    database_url: str | None = None
    owner_url: str | None = None
    org: str = "main"
    actor: str = field(default_factory=login)
    postgres_version: int = 18
    webhook_local_hosts: frozenset[str] = frozenset()
    log: str | None = None
    log_file: Path | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """
        Read the variables of the environment; docs/reference/environment.md lists them.

        Raises:
            Fault: SETTING_INVALID.
        """
        home = environment.get("ONHAND_HOME")
        url = environment.get("ONHAND_DATABASE_URL") or None
        log_file = environment.get("ONHAND_LOG_FILE")
        return cls(
            home=Path(home) if home else None,
            database_url=url,
            owner_url=environment.get("ONHAND_OWNER_URL") or url,
            org=environment.get("ONHAND_ORG") or "main",
            actor=environment.get("ONHAND_ACTOR") or login(),
            postgres_version=_postgres_version(environment.get("ONHAND_POSTGRES") or "18"),
            webhook_local_hosts=_hosts(environment.get("ONHAND_WEBHOOK_LOCAL_HOSTS") or ""),
            log=_log(environment.get("ONHAND_LOG")),
            log_file=Path(log_file) if log_file else None,
        )


def _hosts(told: str) -> frozenset[str]:
    return frozenset(host.strip().lower() for host in told.split(",") if host.strip())


def _log(told: str | None) -> str | None:
    if told and told not in LOGS:
        raise Fault(
            code="SETTING_INVALID",
            message=f"ONHAND_LOG is {told[:40]!a}; it is {', '.join(LOGS[:-1])} or {LOGS[-1]}.",
            retryable=False,
        )
    return told or None


def _postgres_version(told: str) -> int:
    if told not in _POSTGRES_VERSIONS:
        raise Fault(
            code="SETTING_INVALID",
            message=f"ONHAND_POSTGRES is {told[:40]!a}; the embedded PostgreSQL has the versions "
            f"{' and '.join(_POSTGRES_VERSIONS)}.",
            retryable=False,
        )
    return _POSTGRES_VERSIONS[told]
