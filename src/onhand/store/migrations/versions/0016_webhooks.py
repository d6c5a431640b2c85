"""
Webhooks: who is told of postings elsewhere, and how far each was told.

Revision ID: 0016
"""

from onhand.store.migrations.scripts import run_script

revision = "0016"
down_revision: str | None = "0015"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of webhooks."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
