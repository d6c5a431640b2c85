"""Alembic's environment: the connection comes from `onhand.store.database.schema`, never from a file."""

from typing import TYPE_CHECKING

from alembic import context

if TYPE_CHECKING:
    from sqlalchemy import Connection


def _migrate() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


_migrate()
