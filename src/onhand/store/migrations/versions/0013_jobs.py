"""
The worker's jobs, in a schema of their own: until 0025 a queue from a package kept its tables there.

Revision ID: 0013
"""

from alembic import op

from onhand.store.migrations.scripts import run_script

revision = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the schema, and let the engine use it; nothing fills it any more."""
    op.get_bind().exec_driver_sql("CREATE SCHEMA onhand_jobs")
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
