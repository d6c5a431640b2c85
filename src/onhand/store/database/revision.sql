-- find_revision --
-- returns: 0..1 rows; the table is not there before the first migration
SELECT alembic_version.version_num
  FROM alembic_version;
