"""The database: connections, roles, the schema, and the driver's errors as ours."""
