"""
Lots as they are listed and searched: words, indexes, the key of the cursors.

Revision ID: 0012
"""

from onhand.store.migrations.scripts import run_script

revision = "0012"
down_revision: str | None = "0011"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make lots easy to find."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
