"""Closing a reject by hand, as a run of its own: the book says who resolved what."""

from __future__ import annotations

from datetime import UTC, datetime

from psycopg import Connection

from etl.load import run

_CLOSE = """
UPDATE ops.rejected_item
SET state = 'resolved', resolved_run_id = %(run_id)s, resolved_at = %(now)s
WHERE reject_id = %(reject_id)s AND state = 'open'
"""


def close(connection: Connection, reject_id: int) -> None:
    """Mark an open reject as resolved; its bytes stay."""
    now = datetime.now(UTC)
    with connection.transaction():
        run_id = run.start_run(connection, "rejects dismiss", str(reject_id), "", now)
        connection.execute(_CLOSE, {"run_id": run_id, "now": now, "reject_id": reject_id})
        run.finish_run(connection, run_id, "succeeded", None, now)
