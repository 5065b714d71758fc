"""The load job: items in batches, each batch one transaction with its bookkeeping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from psycopg import Connection

from etl.extract.item import RawItem, Rejection
from etl.load import merge, rejects, run, staging
from etl.load.prepare import Prepared, prepare
from etl.load.rejects import Reject
from etl.load.run import Outcomes
from etl.normalize.normalizer import Normalizer

BATCH_ITEMS = 500
BATCH_BYTES = 16 * 1024 * 1024
_MERGE_LOCK = 7_163_003  # any constant, used by nothing else in this project

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
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MERGE_LOCK,))
        yield


def batches(items: Iterable[RawItem]) -> Iterator[list[RawItem]]:
    """Lists of items that end at BATCH_ITEMS or BATCH_BYTES, whichever comes first."""
    batch: list[RawItem] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.content)
        if len(batch) >= BATCH_ITEMS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
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
        rejected = [Reject(one.item, one.rejection) for one in prepared if one.rejection]
        outcomes = Outcomes(unchanged=len(batch) - len(changed), rejected=len(rejected))
        with merge_lock(self._connection):
            run.count(self._connection, self._run_id, outcomes)
            for wave in waves(prepared):
                outcome_of = self._merge(wave)
                outcomes.add(Outcomes(**Counter(outcome_of)))
                rejected += [_collision(one) for one, what in zip(wave, outcome_of, strict=True) if what == "rejected"]
            rejects.keep(self._connection, rejected, self._run_id, self._now)
        self.outcomes.add(outcomes)
        self.reasons.update(reject.rejection.reason_code for reject in rejected)

    def _known(self, batch: Sequence[RawItem]) -> dict[int, bytes]:
        """Fingerprints of the inputs that were loaded before. A rejected one is tried again each time."""
        rows = self._connection.execute(
            "SELECT input_id, fingerprint FROM raw.input WHERE input_id = ANY(%s) AND outcome <> 'rejected'",
            ([item.input_id for item in batch],),
        ).fetchall()
        return dict(rows)

    def _merge(self, wave: Sequence[Prepared]) -> list[str]:
        staging.fill(self._connection, wave)
        outcome_of = merge.classify(self._connection)
        run.count(self._connection, self._run_id, Outcomes(**Counter(outcome_of)))
        merge.apply(self._connection, self._run_id, self._now)
        return outcome_of


def _collision(prepared: Prepared) -> Reject:
    return Reject(prepared.item, Rejection("identity_collision", f"the key of {prepared.item.origin} is taken"))


def waves(prepared: Iterable[Prepared]) -> list[list[Prepared]]:
    """The items that gave an article, split so that no list names an article twice: an ordered merge of two versions
    of one article needs two statements."""
    result: list[list[Prepared]] = []
    seen: Counter[int] = Counter()
    for one in prepared:
        if one.row:
            number = seen[one.row.article_id]
            seen[one.row.article_id] += 1
            if number == len(result):
                result.append([])
            result[number].append(one)
    return result
