"""
Pieces: rolls, cuts, offcuts, bundles and spares, and what was made of what.

Revision ID: 0004
"""

from onhand.store.migrations.scripts import run_script

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Make the tables of pieces, their laws and their views."""
    run_script(__file__, "up")


def downgrade() -> None:
    """Take them away again."""
    run_script(__file__, "down")
