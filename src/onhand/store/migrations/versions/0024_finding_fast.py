"""
Finding fast: items by words that many names have, and lots by code within a time.

Revision ID: 0024
"""

from onhand.store.migrations.scripts import run_script

revision = "0024"
down_revision: str | None = "0023"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add them."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
