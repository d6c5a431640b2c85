"""
Promises: claims on expired reservations, waiting lines, and statuses that the database guards.

Revision ID: 0002
"""

from onhand.store.migrations.scripts import run_script

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make what promises need."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take it away again."""
    run_script(__file__, "down")
