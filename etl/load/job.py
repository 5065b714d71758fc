"""The load job: items in batches, each batch one transaction with its bookkeeping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from psycopg import Connection, DataError, IntegrityError

from etl.database import locks
from etl.extract.item import RawItem, Rejection
from etl.load import merge, rejects, run, staging
from etl.load.prepare import Prepared, identity_of, prepare, rejected_item
from etl.load.reference import require_reference
from etl.load.rejects import Reject
from etl.load.run import Outcomes
from etl.normalize.normalizer import Normalizer
from etl.resources import REFERENCE

BATCH_ITEMS = 500
BATCH_BYTES = 16 * 1024 * 1024

Progress = Callable[[int], None]
"""Called after each batch with the number of inputs it held."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a finished run did."""

    run_id: int
    outcomes: Outcomes
    reasons: Counter[str]


def load(
    connection: Connection,
    items: Iterable[RawItem],
    normalizer: Normalizer,
    *,
    command: str,
    arguments: str,
    progress: Progress | None = None,
    is_dry_run: bool = False,
) -> LoadResult:
    """Load `items` over an autocommit connection. Finished batches stay whatever happens to a later one.

    On Ctrl-C or an error the run is closed as interrupted or failed, and the exception goes on to the caller.
    A dry run is the same load in one transaction that is rolled back, so that what it counts is what would be.
    """
    require_reference(connection, REFERENCE)
    now = datetime.now(UTC)
    with connection.transaction(force_rollback=True) if is_dry_run else nullcontext():
        run_id = run.start_run(connection, command, arguments, normalizer.rule_version, now)
        job = _Job(connection, normalizer, run_id, now)
        with closing_run(connection, run_id):
            staging.create(connection)
            for batch in batches(items):
                job.load_batch(batch)
                if progress:
                    progress(len(batch))
    return LoadResult(run_id, job.outcomes, job.reasons)


@contextmanager
def closing_run(connection: Connection, run_id: int) -> Iterator[None]:
    """Close the run the way the block ends: succeeded, interrupted (Ctrl-C) or failed."""
    try:
        yield
    except KeyboardInterrupt:
        _close(connection, run_id, "interrupted", "stopped by a signal")
        raise
    except Exception as error:
        _close(connection, run_id, "failed", f"{type(error).__name__}: {error}")
        raise
    else:
        run.finish_run(connection, run_id, "succeeded", None, datetime.now(UTC))


def _close(connection: Connection, run_id: int, state: Literal["interrupted", "failed"], message: str) -> None:
    """A run whose connection broke cannot be closed here: the next run marks it interrupted."""
    if not connection.broken and not connection.closed:
        run.finish_run(connection, run_id, state, message, datetime.now(UTC))


@contextmanager
def merge_lock(connection: Connection) -> Iterator[None]:
    """The transaction of one batch. Batches merge one at a time, so that two loads of one folder never meet halfway."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (locks.MERGE,))
        yield


def batches(items: Iterable[RawItem]) -> Iterator[list[RawItem]]:
    """Lists of items that end at BATCH_ITEMS or BATCH_BYTES, and before an item whose input or article they hold:
    two versions of one article are merged one after the other, in their order."""
    batch: list[RawItem] = []
    size, seen = 0, set[str]()
    for item in items:
        names = {item.origin, identity_of(item.carrier, item.origin)}
        if seen & names:
            yield batch
            batch, size, seen = [], 0, set()
        batch.append(item)
        size += len(item.content)
        seen |= names
        if len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, size, seen = [], 0, set()
    if batch:
        yield batch


class _Job:
    """One run's state: what it writes with, and what came of its inputs so far."""

    def __init__(self, connection: Connection, normalizer: Normalizer, run_id: int, now: datetime) -> None:
        self._connection = connection
        self._normalizer = normalizer
        self._run_id = run_id
        self._now = now
        self.outcomes = Outcomes()
        self.reasons: Counter[str] = Counter()

    def load_batch(self, batch: Sequence[RawItem]) -> None:
        known = self._known(batch)
        changed = [item for item in batch if known.get(item.input_id) != item.fingerprint]
        prepared = [prepare(item, self._normalizer, self._now) for item in changed]
        self._write(prepared, unchanged=len(batch) - len(changed))

    def _known(self, batch: Sequence[RawItem]) -> dict[int, bytes]:
        """Fingerprints of the inputs that were loaded before. A rejected one is tried again each time."""
        rows = self._connection.execute(
            "SELECT input_id, fingerprint FROM raw.input WHERE input_id = ANY(%s) AND outcome <> 'rejected'",
            ([item.input_id for item in batch],),
        ).fetchall()
        return dict(rows)

    def _write(self, prepared: Sequence[Prepared], unchanged: int) -> None:
        """Merge in one transaction. Where the database refuses a value, halves are tried, down to the one input that
        is at fault: it is rejected, and stops nothing."""
        try:
            with merge_lock(self._connection):
                outcomes, rejected = self._merge(prepared, Outcomes(unchanged=unchanged))
        except (DataError, IntegrityError) as error:
            if not any(one.row for one in prepared):
                raise
            middle = len(prepared) // 2
            self._write(prepared[:middle] if middle else [_refused(prepared[0], error)], unchanged)
            self._write(prepared[middle or 1 :], unchanged=0)
        else:
            self.outcomes.add(outcomes)
            self.reasons.update(reject.rejection.reason_code for reject in rejected)

    def _merge(self, prepared: Sequence[Prepared], outcomes: Outcomes) -> tuple[Outcomes, list[Reject]]:
        staged = [one for one in prepared if one.row]
        rejected = [Reject(one.item, one.rejection) for one in prepared if one.rejection]
        staging.fill(self._connection, staged)
        outcome_of = merge.classify(self._connection)
        rejected += [_collision(one) for one, what in zip(staged, outcome_of, strict=True) if what == "rejected"]
        outcomes.add(Outcomes(**Counter(what for what in outcome_of if what != "rejected"), rejected=len(rejected)))
        run.count(self._connection, self._run_id, outcomes)
        merge.apply(self._connection, self._run_id)
        rejects.keep(self._connection, rejected, self._run_id, self._now)
        return outcomes, rejected


def _collision(prepared: Prepared) -> Reject:
    return Reject(prepared.item, Rejection("identity_collision", f"the key of {prepared.item.origin} is taken"))


def _refused(prepared: Prepared, error: DataError | IntegrityError) -> Prepared:
    return rejected_item(
        prepared.item, Rejection("rule_failure", f"the database refuses it: {error.diag.message_primary or error}")
    )
