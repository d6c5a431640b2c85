"""Running the SQL of a revision."""

from pathlib import Path

from alembic import op


def run_script(revision_file: str, direction: str) -> None:
    """Run the SQL file beside a revision: `0001_ledger.py` has `0001_ledger_up.sql` and `0001_ledger_down.sql`."""
    script = Path(revision_file).with_name(f"{Path(revision_file).stem}_{direction}.sql")
    op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))
