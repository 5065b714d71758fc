"""The frames of a job: a run that is closed the way it ends, and the transaction of one batch."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

from psycopg import Connection

from etl.database import locks
from etl.database.link import Link
from etl.load import run

log = logging.getLogger(__name__)


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


def _close(link: Link, run_id: int, state: Literal["interrupted", "failed"], message: str) -> None:
    """A run whose connection broke cannot be closed here: the next run marks it interrupted."""
    log.info("run ended", extra={"fields": {"run_id": run_id, "state": state, "message": message}})
    if not link.is_lost:
        run.finish_run(link.connection, run_id, state, message, datetime.now(UTC))


@contextmanager
def merge_lock(connection: Connection) -> Iterator[None]:
    """The transaction of one batch. Batches merge one at a time, so that two loads of one folder never meet halfway."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (locks.MERGE,))
        yield
