"""
The worker's jobs: the tables of procrastinate, in a schema of their own.

Revision ID: 0013
"""

from alembic import op
from procrastinate.schema import SchemaManager

from onhand.store.migrations.scripts import run_script

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the schema, let the installed procrastinate fill it, and let the engine use it."""
    connection = op.get_bind()
    connection.exec_driver_sql("CREATE SCHEMA onhand_jobs")
    connection.exec_driver_sql("SET LOCAL search_path TO onhand_jobs")
    connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))
    connection.exec_driver_sql("SET LOCAL search_path TO public")
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
