"""Reading the book of runs. It writes nothing, and so it is right about a dead run before the next job marks it."""

from __future__ import annotations

from psycopg import Connection
from psycopg.rows import dict_row

from etl.database import locks

# A run that says 'running' and whose lock nobody holds is dead, whether or not a later job has said so yet.
_RUNS = f"""
SELECT run_id, command, CASE WHEN is_dead THEN 'interrupted' ELSE state END AS state, started_at, finished_at,
    round(EXTRACT(epoch FROM COALESCE(finished_at, CASE WHEN NOT is_dead THEN now() END) - started_at), 1) AS seconds,
    read_count AS read, inserted_count AS inserted, updated_count AS updated, unchanged_count AS unchanged,
    duplicate_count AS duplicate, rejected_count AS rejected,
    CASE WHEN is_dead THEN 'the job ended without closing its run' ELSE message END AS message,
    rule_version, arguments
FROM ops.load_run
CROSS JOIN LATERAL (
    SELECT state = 'running' AND NOT EXISTS (
        SELECT {locks.HELD_OF_CLASS} AND objid = (run_id & 2147483647)::oid
    ) AS is_dead
) AS locked
WHERE %(run_id)s::bigint IS NULL OR run_id = %(run_id)s
ORDER BY run_id DESC
LIMIT %(limit)s
"""  # noqa: S608
_LISTED = ("run_id", "command", "state", "started_at", "seconds")
_OUTCOMES = ("read", "inserted", "updated", "unchanged", "duplicate", "rejected", "message")


def list_runs(connection: Connection, limit: int) -> list[dict[str, object]]:
    """The latest runs, newest first."""
    return [{name: row[name] for name in (*_LISTED, *_OUTCOMES)} for row in _select(connection, None, limit)]


def show_run(connection: Connection, run_id: int) -> dict[str, object] | None:
    """All that the book says of one run; None where there is none of this number."""
    return next(iter(_select(connection, run_id, 1)), None)


def _select(connection: Connection, run_id: int | None, limit: int) -> list[dict[str, object]]:
    with connection.cursor(row_factory=dict_row) as cursor:
        parameters = {"lock_class": locks.RUN_CLASS, "run_id": run_id, "limit": limit}
        return cursor.execute(_RUNS, parameters).fetchall()
