"""The book of runs: every job that writes opens one row, counts into it with each batch, and closes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime

from psycopg import Connection
from psycopg.pq import TransactionStatus

from etl.database import locks
from etl.database.migrate import require_current


@dataclass(slots=True)
class Outcomes:
    """Inputs by outcome; each input ends in exactly one."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    rejected: int = 0

    @property
    def read(self) -> int:
        return self.inserted + self.updated + self.unchanged + self.duplicate + self.rejected

    def add(self, other: Outcomes) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))


Progress = Callable[[int], None]
"""Called after each batch with the number of inputs it held."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a finished run did. `read_again`: articles that lost a line which their source was found to repeat, or got
    one back. seconds: by stage, `normalize` and `load`, without the reading of the inputs."""

    run_id: int
    outcomes: Outcomes
    reasons: Counter[str]
    read_again: int = 0
    seconds: Mapping[str, float] = field(default_factory=dict)


def start_run(connection: Connection, command: str, arguments: str, rule_version: str, now: datetime) -> int:
    """Open a run and hold its lock until the connection ends. Runs whose job died are marked interrupted first, but
    within a transaction of the caller: it would keep from them what they need to come back.

    Raises SchemaMismatch where the database was upgraded meanwhile.
    """
    if connection.info.transaction_status == TransactionStatus.IDLE:
        mark_dead_runs(connection, now)
    with _no_upgrade(connection), connection.transaction():  # the lock is held before anybody can see the row
        row = connection.execute(
            "INSERT INTO ops.load_run (command, arguments, state, started_at, rule_version)"
            " VALUES (%s, %s, 'running', %s, %s) RETURNING run_id",
            (command, arguments, now, rule_version),
        ).fetchone()
        assert row is not None  # noqa: S101 - RETURNING gives the row that was inserted
        run_id: int = row[0]
        connection.execute("SELECT pg_advisory_lock(%s, %s)", (locks.RUN_CLASS, _lock_key(run_id)))
    return run_id


def resume_run(connection: Connection, run_id: int) -> None:
    """Take the run's lock over a new connection, after the old one was lost: another job may have marked it dead."""
    with _no_upgrade(connection):
        connection.execute("SELECT pg_advisory_lock(%s, %s)", (locks.RUN_CLASS, _lock_key(run_id)))
    connection.execute(
        "UPDATE ops.load_run SET state = 'running', message = NULL, finished_at = NULL"
        " WHERE run_id = %s AND state = 'interrupted'",
        (run_id,),
    )


def read_count(connection: Connection, run_id: int) -> int:
    """The inputs that the run's committed batches held: tells whether a batch whose COMMIT got no answer is in."""
    row = connection.execute("SELECT read_count FROM ops.load_run WHERE run_id = %s", (run_id,)).fetchone()
    return int(row[0]) if row else 0


def read_again_count(connection: Connection, run_id: int) -> int:
    """The articles that the run's committed batches read again and changed."""
    row = connection.execute("SELECT read_again_count FROM ops.load_run WHERE run_id = %s", (run_id,)).fetchone()
    return int(row[0]) if row else 0


def mark_dead_runs(connection: Connection, now: datetime) -> None:
    """A job that was killed could not close its run; its session lock (RUN_CLASS, run) went with its connection."""
    for (run_id,) in connection.execute("SELECT run_id FROM ops.load_run WHERE state = 'running'").fetchall():
        key = (locks.RUN_CLASS, _lock_key(run_id))
        if connection.execute("SELECT pg_try_advisory_lock(%s, %s)", key).fetchone() == (True,):
            finish_run(connection, run_id, "interrupted", "the job ended without closing its run", now)
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def count(connection: Connection, run_id: int, outcomes: Outcomes) -> None:
    """Add the outcomes of one batch. Part of the batch's transaction, and written before its large tables."""
    connection.execute(
        "UPDATE ops.load_run SET read_count = read_count + %(read)s, inserted_count = inserted_count + %(inserted)s,"
        " updated_count = updated_count + %(updated)s, unchanged_count = unchanged_count + %(unchanged)s,"
        " duplicate_count = duplicate_count + %(duplicate)s, rejected_count = rejected_count + %(rejected)s"
        " WHERE run_id = %(run_id)s",
        {**asdict(outcomes), "read": outcomes.read, "run_id": run_id},
    )


def count_read_again(connection: Connection, run_id: int, changed: int) -> None:
    """Add the articles that a batch read again and changed: they are no inputs of the run."""
    connection.execute(
        "UPDATE ops.load_run SET read_again_count = read_again_count + %s WHERE run_id = %s", (changed, run_id)
    )


def finish_run(connection: Connection, run_id: int, state: str, message: str | None, now: datetime) -> None:
    connection.execute(
        "UPDATE ops.load_run SET state = %s, message = %s, finished_at = %s WHERE run_id = %s AND state = 'running'",
        (state, message, now, run_id),
    )


@contextmanager
def _no_upgrade(connection: Connection) -> Iterator[None]:
    """Until the run's lock is held, which stops an upgrade itself. After an error the lock ends with the connection."""
    connection.execute("SELECT pg_advisory_lock_shared(%s)", (locks.UPGRADE,))
    require_current(connection)
    yield
    connection.execute("SELECT pg_advisory_unlock_shared(%s)", (locks.UPGRADE,))


def _lock_key(run_id: int) -> int:
    """The two-part advisory lock takes 32-bit keys; runs that share one would have to be two billion runs apart."""
    return run_id & 0x7FFFFFFF
