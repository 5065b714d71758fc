"""One batch into the warehouse, within the caller's transaction: its articles, its rejects and its counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from psycopg import Connection, DataError, IntegrityError

from etl.extract.item import RawItem, Rejection
from etl.load import merge, rejects, run
from etl.load.classify import Classified, classify
from etl.load.encode import Encoded
from etl.load.rejects import Reject
from etl.load.rows import Stamp
from etl.load.run import Outcomes
from etl.load.workers import Result

Pairs = Sequence[tuple[RawItem, Result]]
"""Inputs with what came of them."""


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction did. `is_rewriting`: it changed rows that were there before."""

    outcomes: Outcomes
    rejected: Sequence[Reject]
    is_rewriting: bool

    def with_more(self, more: Written) -> Written:
        outcomes = replace(self.outcomes)
        outcomes.add(more.outcomes)
        return Written(outcomes, [*self.rejected, *more.rejected], self.is_rewriting or more.is_rewriting)


def apart(pairs: Pairs) -> Iterator[Pairs]:
    """The pairs, at least once, in parts that end before an article that they hold: that two files are copies of one
    page is known only once they are read, and its versions are merged one after the other."""
    part, seen = list[tuple[RawItem, Result]](), set[int]()
    for item, result in pairs:
        if isinstance(result, Encoded):
            if result.keys.article_id in seen:
                yield part
                part, seen = [], set()
            seen.add(result.keys.article_id)
        part.append((item, result))
    yield part


def in_halves(pairs: Pairs, commit: Callable[[Pairs], None]) -> None:
    """Commit in one transaction. Where the database refuses a value, halves are tried, down to the one input that is
    at fault: it is rejected, and stops nothing."""
    try:
        commit(pairs)
    except (DataError, IntegrityError) as error:
        if not any(isinstance(result, Encoded) for _, result in pairs):
            raise
        middle = len(pairs) // 2
        first = pairs[:middle] if middle else [(pairs[0][0], _refused(error))]
        in_halves(first, commit)
        if rest := pairs[middle or 1 :]:
            in_halves(rest, commit)


def write_batch(connection: Connection, pairs: Pairs, unchanged: int, stamp: Stamp) -> Written:
    """Write the batch; `unchanged` more inputs of it are there as they are.

    An input that changes an article which an earlier one repeats begins a part of its own: what stands as a duplicate
    must be there before its original changes, as it is where the two are in two batches.
    """
    accepted = [(item, result) for item, result in pairs if isinstance(result, Encoded)]
    rejected = [Reject(item, result) for item, result in pairs if isinstance(result, Rejection)]
    batch = [result for _, result in accepted]
    merge.name_sources(connection, batch)
    found = classify(connection, batch)
    if turn := _turn(found, batch):
        middle = pairs.index(accepted[turn])
        first = write_batch(connection, pairs[:middle], unchanged, stamp)
        return first.with_more(write_batch(connection, pairs[middle:], 0, stamp))
    rejected += [
        Reject(item, _collision(item))
        for (item, _), what in zip(accepted, found, strict=True)
        if what.outcome == "rejected"
    ]
    counted = Counter(what.outcome for what in found if what.outcome != "rejected")
    outcomes = Outcomes(**counted, rejected=len(rejected))
    outcomes.unchanged += unchanged
    run.count(connection, stamp.run_id, outcomes)
    is_rewriting = merge.write(connection, batch, found, stamp)
    if rejected:
        rejects.keep(connection, rejected, stamp.run_id, stamp.now)
    return Written(outcomes, rejected, is_rewriting or bool(rejected))


def _turn(found: Sequence[Classified], batch: Sequence[Encoded]) -> int:
    """Index of the first item that updates what an earlier one is a duplicate of; 0 where there is none."""
    repeated = set[int]()
    for index, (what, one) in enumerate(zip(found, batch, strict=True)):
        if what.outcome == "updated" and one.keys.article_id in repeated:
            return index
        if what.outcome == "duplicate":
            repeated.add(what.standing_id)
    return 0


def _collision(item: RawItem) -> Rejection:
    return Rejection("identity_collision", f"the key of {item.origin} is taken")


def _refused(error: DataError | IntegrityError) -> Rejection:
    return Rejection("rule_failure", f"the database refuses it: {error.diag.message_primary or error}")
