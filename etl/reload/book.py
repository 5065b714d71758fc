"""What the warehouse knows of each input: ops.named_input, written by reloads, read by mart.input_status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from psycopg import Connection, OperationalError
from psycopg.rows import dict_row

from etl.database import locks
from etl.identity import derived_key
from etl.reload.inputs import NamedInput

_NAME = """
INSERT INTO ops.named_input AS known (input_name, kind, location, every_seconds, config_path, added_at)
SELECT named.*, %(now)s
FROM unnest(%(names)s::text[], %(kinds)s::text[], %(locations)s::text[], %(everys)s::bigint[], %(configs)s::text[])
    AS named
ON CONFLICT (input_name) DO UPDATE
SET kind = EXCLUDED.kind,
    location = EXCLUDED.location,
    every_seconds = EXCLUDED.every_seconds,
    config_path = EXCLUDED.config_path
WHERE (known.kind, known.location, known.every_seconds, known.config_path)
    IS DISTINCT FROM (EXCLUDED.kind, EXCLUDED.location, EXCLUDED.every_seconds, EXCLUDED.config_path)
"""
_FORGET = "DELETE FROM ops.named_input WHERE config_path = %(config)s AND input_name <> ALL (%(names)s)"

_SUCCEEDED = """
UPDATE ops.named_input
SET last_success_at = %(now)s,
    last_run_id = %(run_id)s,
    last_seen_at = CASE WHEN %(is_seen)s THEN %(now)s ELSE last_seen_at END,
    last_changed_at = CASE WHEN %(is_changed)s THEN %(now)s ELSE last_changed_at END
WHERE input_name = %(name)s
"""
_FAILED = """
UPDATE ops.named_input
SET last_failure_at = %(now)s, last_failure = %(failure)s, last_run_id = COALESCE(%(run_id)s, last_run_id)
WHERE input_name = %(name)s
"""
_SUCCESSES = "SELECT input_name, last_success_at FROM ops.named_input WHERE last_success_at IS NOT NULL"


def name_inputs(connection: Connection, inputs: Sequence[NamedInput], config: Path, now: datetime) -> None:
    """Bring the table to what the file says: its inputs, and no other that it named before. Their articles stay."""
    names = [one.name for one in inputs]
    columns = {
        "names": names,
        "kinds": [one.kind for one in inputs],
        "locations": [one.location for one in inputs],
        "everys": [int(one.every.total_seconds()) for one in inputs],
        "configs": [str(config)] * len(inputs),
    }
    with connection.transaction():
        connection.execute(_FORGET, {"config": str(config), "names": names})
        connection.execute(_NAME, {**columns, "now": now})


def note_success(
    connection: Connection, name: str, run_id: int, now: datetime, *, is_seen: bool, is_changed: bool
) -> None:
    """A reload went through. is_seen: something was there; is_changed: something of it was new or different."""
    said = {"name": name, "run_id": run_id, "now": now, "is_seen": is_seen, "is_changed": is_changed}
    connection.execute(_SUCCEEDED, said)


def note_failure(connection: Connection, name: str, run_id: int | None, now: datetime, failure: str) -> None:
    """A reload failed, for the reason given in words. run_id: None where no run began."""
    connection.execute(_FAILED, {"name": name, "run_id": run_id, "now": now, "failure": failure})


def last_successes(connection: Connection) -> dict[str, datetime]:
    """When each input was last reloaded, without those that never were."""
    return dict(connection.execute(_SUCCESSES).fetchall())


def due_inputs(connection: Connection, inputs: Iterable[NamedInput], now: datetime) -> list[NamedInput]:
    """Those whose interval is over. A tenth of it is given: cron is not exact, and must not skip every second time."""
    last = last_successes(connection)
    return [one for one in inputs if one.name not in last or now - last[one.name] >= one.every * 0.9]


def statuses(connection: Connection) -> list[dict[str, object]]:
    """The rows of mart.input_status."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("SELECT * FROM mart.input_status ORDER BY input_name").fetchall()


@contextmanager
def input_lock(connection: Connection, name: str) -> Iterator[bool]:
    """Whether the input is this job's alone until the block ends; False where another one is at it.

    A connection that breaks gives the lock back. That does no harm: a second reload only does the work twice.
    """
    key = (locks.RELOAD_CLASS, derived_key(name) & 0x7FFFFFFF)
    is_free = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", key).fetchone() == (True,)
    try:
        yield is_free
    finally:
        if is_free:
            with suppress(OperationalError):
                connection.execute("SELECT pg_advisory_unlock(%s, %s)", key)
