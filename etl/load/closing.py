"""The frames of a job: its link to the server, its run, closed the way it ends, and the transaction of a batch."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal, TypeVar

from psycopg import Connection, OperationalError

from etl import config
from etl.database import locks
from etl.database.link import Connect, Link
from etl.errors import DatabaseUnavailable, ServerError
from etl.load import run, staging

log = logging.getLogger(__name__)

T = TypeVar("T")


def job_link(connection: Connection, reconnect: Connect | None, run_id: int) -> Link:
    """The link of a job whose run is open: a new connection takes the run's lock and has the temporary tables."""
    link = Link(connection, reconnect, config.database_wait())

    def resume(connection: Connection) -> None:
        run.resume_run(connection, run_id)
        staging.create(connection)

    link.resume = resume
    return link


@contextmanager
def closing_run(link: Link, run_id: int) -> Iterator[None]:
    """Close the run the way the block ends: succeeded, interrupted (Ctrl-C) or failed."""
    log.info("run started", extra={"fields": {"run_id": run_id}})
    try:
        yield
    except KeyboardInterrupt:
        _close(link, run_id, "interrupted", "stopped by a signal")
        raise
    except Exception as error:
        _close(link, run_id, "failed", f"{type(error).__name__}: {error}")
        raise
    else:
        link.attempt(lambda: run.finish_run(link.connection, run_id, "succeeded", None, datetime.now(UTC)))
        log.info("run ended", extra={"fields": {"run_id": run_id, "state": "succeeded"}})
    finally:
        link.close()


def _close(link: Link, run_id: int, state: Literal["interrupted", "failed"], message: str) -> None:
    """A run whose server cannot be reached is not closed here: the next run marks it interrupted."""
    log.info("run ended", extra={"fields": {"run_id": run_id, "state": state, "message": message}})
    try:
        if connection := link.last_word():
            run.finish_run(connection, run_id, state, message, datetime.now(UTC))
    except (OperationalError, DatabaseUnavailable, ServerError) as error:
        log.warning("the run could not be closed (%s)", str(error).partition("\n")[0])


@contextmanager
def merge_lock(connection: Connection) -> Iterator[None]:
    """The transaction of one batch. Batches merge one at a time, so that two loads of one folder never meet halfway."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (locks.MERGE,))
        yield


def commit_once(link: Link, write: Callable[[], T], is_in: Callable[[T], bool]) -> T:
    """The result of `write`, in one transaction that is made exactly once: after a COMMIT without an answer `is_in`
    says whether what was written is in."""
    done: T | None = None

    def once() -> T:
        nonlocal done
        if done is not None and is_in(done):
            return done
        with merge_lock(link.connection):
            done = write()
        return done

    return link.attempt(once)
