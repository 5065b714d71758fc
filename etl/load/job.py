"""The load job: inputs in batches, each batch one transaction with its bookkeeping.

The batches are written in the order in which they were read, however many processes normalise them: so the contents
do not depend on their number.
"""

from __future__ import annotations

import logging
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from psycopg import Connection

from etl.database.link import Connect, Link
from etl.extract.item import RawItem
from etl.load import run, source_lines, staging, stories
from etl.load.batches import batches
from etl.load.closing import closing_run, commit_once, job_link, merge_lock
from etl.load.preparing import Preparing, Processes, Work
from etl.load.reference_files import require_reference
from etl.load.rows import Stamp
from etl.load.run import LoadResult, Outcomes, Progress
from etl.load.settle import settle
from etl.load.workers import Result, Setup
from etl.load.writing import Pairs, Written, apart, in_halves, write_batch
from etl.normalize.article import Vetoes
from etl.normalize.version import rule_version
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

log = logging.getLogger(__name__)

AHEAD_BYTES = 24 * 1024 * 1024
"""Of the inputs under way: with their encoded rows they take four times as much memory."""

VETO_EVERY = 10
"""Batches between two looks for repeated lines."""

GROUP_EVERY = 20
"""Batches between two groupings of stories: meanwhile other processes go on, and the end of a long job has little left
to do."""


def load(
    connection: Connection,
    items: Iterable[RawItem],
    normalizer: Normalizer | None = None,
    *,
    command: str,
    arguments: str,
    progress: Progress | None = None,
    is_dry_run: bool = False,
    processes: Processes = Processes(),
    reconnect: Connect | None = None,
) -> LoadResult:
    """Load `items` over an autocommit connection. Finished batches stay whatever happens to a later one.

    normalizer: for this process; loaded where it is needed and not given. Other processes load their own.
    reconnect: with it the load waits for a server that went away, and goes on.
    On Ctrl-C or an error the run is closed as interrupted or failed, and the exception goes on to the caller.
    A dry run is the same load in one transaction that is rolled back, so that what it counts is what would be.
    """
    require_reference(connection, REFERENCE)
    now = datetime.now(UTC)
    version = normalizer.rule_version if normalizer else rule_version(REFERENCE)
    with connection.transaction(force_rollback=True) if is_dry_run else nullcontext():
        stamp = Stamp(run.start_run(connection, command, arguments, version, now), now)
        link = job_link(connection, None if is_dry_run else reconnect, stamp.run_id)
        with closing_run(link, stamp.run_id):
            staging.create(connection)
            with Preparing(Setup(staging.column_types(connection), stamp), processes, normalizer) as preparing:
                preparing.vetoes = source_lines.vetoes(connection)
                job = Job(link, preparing, stamp, progress)
                job.load(items)
            read_again = settle(link, normalizer, stamp)
            link.attempt(lambda: stories.group(link.connection))
    return LoadResult(stamp.run_id, job.outcomes, job.reasons, read_again, job.seconds)


@dataclass(slots=True)
class _Batch:
    """A batch under way: `work` is what of it is being prepared, `writes` how many had been written at its look-up."""

    items: list[RawItem]
    results: dict[str, Result]
    work: Work
    writes: int
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = sum(len(item.content) for item in self.items)

    @property
    def is_ready(self) -> bool:
        return not self.work.items or bool(self.work.future and self.work.future.done())


class Job:
    """One run's state: the batches under way, and what came of the inputs so far."""

    def __init__(self, link: Link, preparing: Preparing, stamp: Stamp, progress: Progress | None = None) -> None:
        self._link = link
        self._preparing = preparing
        self._stamp = stamp
        self._progress = progress
        self._under_way: deque[_Batch] = deque()
        self._writes = 0  # batches that changed rows which were there before
        self._batches = 0  # that were not all unchanged
        self.outcomes = Outcomes()
        self.reasons: Counter[str] = Counter()
        self.seconds = {"normalize": 0.0, "load": 0.0}

    def load(self, items: Iterable[RawItem]) -> None:
        for batch in batches(items):
            self._under_way.append(self._begin(batch))
            while self._under_way and self._is_next_due():
                self._finish(self._under_way.popleft())
        while self._under_way:
            self._finish(self._under_way.popleft())

    def _is_next_due(self) -> bool:
        if self._under_way[0].is_ready or len(self._under_way) > self._preparing.ahead:
            return True
        return sum(batch.size for batch in self._under_way) > AHEAD_BYTES

    def _begin(self, items: list[RawItem]) -> _Batch:
        """Look up what is known, before anything is parsed, and hand out the rest to be prepared."""
        changed = self._changed(items)
        results: dict[str, Result] = {item.origin: item.problem for item in changed if item.problem}
        work = self._preparing.submit([item for item in changed if not item.problem])
        return _Batch(items, results, work, self._writes)

    def _finish(self, batch: _Batch) -> None:
        started = time.monotonic()
        results = batch.results | self._results(batch.work)
        if self._writes != batch.writes:  # an earlier batch may have changed what this one's look-up found
            late = self._changed([item for item in batch.items if item.origin not in results])
            results |= {item.origin: item.problem for item in late if item.problem}
            results |= self._results(self._preparing.submit([item for item in late if not item.problem]))
        normalized = time.monotonic()
        pairs = [(item, results[item.origin]) for item in batch.items if item.origin in results]
        unchanged = len(batch.items) - len(pairs)
        for part in apart(pairs):
            self.write(part, unchanged)
            unchanged = 0
        self.seconds["normalize"] += normalized - started
        self.seconds["load"] += time.monotonic() - normalized
        fields = {"read": len(batch.items), "changed": len(pairs), "seconds": round(time.monotonic() - started, 3)}
        log.info("batch written", extra={"fields": {"run_id": self._stamp.run_id, **fields}})
        if pairs:
            self._keep_up()
        if self._progress:
            self._progress(len(batch.items))

    def _keep_up(self) -> None:
        """Do now and then what else ends a job."""
        self._batches += 1
        if self._batches % VETO_EVERY == 0:
            self._preparing.vetoes = self._link.attempt(lambda: _vetoes(self._link.connection))
        if self._batches % GROUP_EVERY == 0:
            self._link.attempt(lambda: stories.group(self._link.connection))

    def _results(self, work: Work) -> dict[str, Result]:
        prepared = self._preparing.result(work) if work.items else []
        return {item.origin: result for item, result in zip(work.items, prepared, strict=True)}

    def _changed(self, items: Sequence[RawItem]) -> list[RawItem]:
        """Those that the warehouse does not hold as they are. A rejected one is tried again each time."""
        if not items:
            return []
        ids = [item.input_id for item in items]
        known = self._link.attempt(lambda: _known(self._link.connection, ids))
        return [item for item, input_id in zip(items, ids, strict=True) if known.get(input_id) != item.fingerprint]

    def write(self, pairs: Pairs, unchanged: int) -> None:
        def commit(part: Pairs) -> None:
            nonlocal unchanged
            self._commit(part, unchanged)
            unchanged = 0  # they are counted once

        in_halves(pairs, commit)

    def _commit(self, pairs: Pairs, unchanged: int) -> None:
        """One transaction, made exactly once: the run's own count tells whether it was done."""

        def is_in(written: Written) -> bool:
            counted = run.read_count(self._link.connection, self._stamp.run_id)
            return counted == self.outcomes.read + written.outcomes.read

        written = commit_once(
            self._link, lambda: write_batch(self._link.connection, pairs, unchanged, self._stamp), is_in
        )
        self.outcomes.add(written.outcomes)
        self._writes += written.is_rewriting
        for reject in written.rejected:
            self.reasons[reject.rejection.reason_code] += 1
            fields = {"origin": reject.item.origin, "reason": reject.rejection.reason_code}
            log.info("input rejected", extra={"fields": {**fields, "detail": reject.rejection.detail}})


def _vetoes(connection: Connection) -> Vetoes:
    """Those of the lines counted so far: what is read without a line now need not be read again at the end."""
    with merge_lock(connection):
        source_lines.veto(connection)
        return source_lines.vetoes(connection)


def _known(connection: Connection, ids: list[int]) -> dict[int, bytes]:
    """Fingerprints of the inputs that were loaded before."""
    rows = connection.execute(
        "SELECT input_id, fingerprint FROM raw.input WHERE input_id = ANY(%b) AND outcome <> 'rejected'",
        (ids,),
        binary=True,
    ).fetchall()
    return dict(rows)
