"""The roles and the database inside a new cluster."""

from collections.abc import Mapping
from typing import LiteralString

import psycopg
from psycopg import sql

from onhand.embedded.addresses import DATABASE, ENGINE, OWNER, READER


def is_furnished(connection: psycopg.Connection) -> bool:
    """Whether the roles and the database are there; the database is made last and so speaks for the rest."""
    row = connection.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [DATABASE]).fetchone()
    return row is not None and row[0] is True


def furnish(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """
    Make what is missing of the roles and the database; harmless to repeat and to interrupt anywhere.

    Args:
        connection: The superuser's, in autocommit. Call this with the home locked.
        passwords: By role, for the roles that log in.
    """
    for role in (OWNER, ENGINE):
        _make_role(connection, role, "LOGIN", passwords[role])
    _make_role(connection, READER, "NOLOGIN", None)
    for grant in ("GRANT {engine}, {reader} TO {owner}", "GRANT {reader} TO {engine}"):
        connection.execute(
            sql.SQL(grant).format(
                engine=sql.Identifier(ENGINE), reader=sql.Identifier(READER), owner=sql.Identifier(OWNER)
            )
        )
    if not is_furnished(connection):
        create = sql.SQL("CREATE DATABASE {name} OWNER {owner}")
        connection.execute(create.format(name=sql.Identifier(DATABASE), owner=sql.Identifier(OWNER)))


def _make_role(connection: psycopg.Connection, role: str, login: LiteralString, password: str | None) -> None:
    exists = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [role]).fetchone() is not None
    verb = sql.SQL("ALTER" if exists else "CREATE")
    secret = sql.SQL("NULL") if password is None else sql.Literal(_verifier(connection, role, password))
    rights = sql.SQL(login + " NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS")
    connection.execute(
        sql.SQL("{verb} ROLE {role} WITH {rights} PASSWORD {secret}").format(
            verb=verb, role=sql.Identifier(role), rights=rights, secret=secret
        )
    )


def _verifier(connection: psycopg.Connection, role: str, password: str) -> str:
    """What the server keeps of a password; the password itself would stand in the log if the statement failed."""
    kept = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return kept.decode()
