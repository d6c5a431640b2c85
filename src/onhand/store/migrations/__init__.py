"""The schema's history: Alembic revisions that run SQL files."""
