"""
Sessions: who has signed in with a password, until when.

Revision ID: 0020
"""

from onhand.store.migrations.scripts import run_script

revision = "0020"
down_revision: str | None = "0019"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the table of sessions."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take it away again."""
    run_script(__file__, "down")
