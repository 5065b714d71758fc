"""Whether a stage wrote to the tables of a schema: rows by PostgreSQL's own counters, pages by the files themselves."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg import errors

from etl.database.connect import connect

_ROWS = """
SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint FROM pg_stat_all_tables WHERE schemaname = %(schema)s
"""

# Heaps, their TOAST tables and all indexes, each in files of 1 GB. After a checkpoint every changed page is on disk,
# so a file whose time of change stands still holds no changed page.
_FILES = """
WITH tables AS (
    SELECT oid, reltoastrelid FROM pg_class WHERE relnamespace = %(schema)s::regnamespace AND relkind = 'r'
), heaps AS (
    SELECT oid FROM tables UNION ALL SELECT reltoastrelid FROM tables WHERE reltoastrelid <> 0
), relations AS (
    SELECT oid FROM heaps UNION ALL SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM heaps)
)
SELECT oid::regclass::text, segment, file.size, file.modification
FROM relations
CROSS JOIN LATERAL generate_series(0, pg_relation_size(oid) / 1073741824) AS segment
CROSS JOIN LATERAL pg_stat_file(
    pg_relation_filepath(oid) || CASE segment WHEN 0 THEN '' ELSE '.' || segment END, true
) AS file
"""


@dataclass(frozen=True, slots=True)
class Schema:
    """The state of a schema's tables. `files` is None where the user may not look at the server's files."""

    rows_written: int
    files: dict[tuple[str, int], tuple[object, ...]] | None


def look(url: str, schema: str) -> Schema:
    """Checkpoint, then look: the user needs the right to do both, else `files` is None."""
    parameters = {"schema": schema}
    with connect(url, autocommit=True) as connection:
        rows = connection.execute(_ROWS, parameters).fetchone()
        try:
            connection.execute("CHECKPOINT")
            files = {(name, segment): tuple(rest) for name, segment, *rest in connection.execute(_FILES, parameters)}
        except errors.InsufficientPrivilege:
            return Schema(int(rows[0]) if rows else 0, None)
    return Schema(int(rows[0]) if rows else 0, files)


def difference(before: Schema, after: Schema) -> dict[str, object]:
    """Rows written in between, and the relations that a page was written of (None: not allowed to look)."""
    changed = None
    if before.files is not None and after.files is not None:
        changed = sorted(
            {name for (name, segment), file in after.files.items() if before.files.get((name, segment)) != file}
        )
    return {"rows_written": after.rows_written - before.rows_written, "relations_written": changed}
