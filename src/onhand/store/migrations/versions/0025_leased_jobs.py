"""
Jobs under leases: a table of our own, in place of the schema of the queue that the worker had.

Revision ID: 0025
"""

from onhand.store.migrations.scripts import run_script

revision = "0025"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table, and drop the schema."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Drop the table, and make the schema, without what a queue kept in it."""
    run_script(__file__, "down")
