"""Alembic's environment: the connection comes from `onhand.store.schema`, never from a file."""

from alembic import context
from sqlalchemy import Connection


def _migrate() -> None:
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection, transaction_per_migration=False)
    with context.begin_transaction():
        context.run_migrations()


_migrate()
