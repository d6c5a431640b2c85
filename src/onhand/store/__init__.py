"""PostgreSQL behind the ledger's ports: statements, rows, migrations, and the driver's errors as ours."""
