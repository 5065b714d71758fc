"""Recompute articles from their stored text when the rules have changed; no file is read again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import LiteralString

from psycopg import Connection
from psycopg.rows import dict_row

from etl.database.link import Connect, Link
from etl.extract.formats import format_problem
from etl.extract.item import Carrier, RawItem, Rejection
from etl.load import merge, rejects, run, source_lines, staging, statements, stories
from etl.load.batches import BATCH_ITEMS
from etl.load.classify import classify
from etl.load.closing import closing_run, commit_once, job_link, merge_lock
from etl.load.encode import Encoded, Encoder, Types
from etl.load.prepare import Prepared, prepare_steps
from etl.load.reference_files import require_reference
from etl.load.rejects import Reject
from etl.load.rows import Stamp
from etl.load.run import LoadResult, Outcomes, Progress
from etl.load.settle import settle
from etl.load.writing import Pairs, in_halves
from etl.normalize.article import Vetoes
from etl.normalize.normalizer import Normalizer
from etl.normalize.steps import Steps, in_step
from etl.resources import REFERENCE

_STORED = """
SELECT a.article_id, a.identity, i.origin, d.content, d.encoding, d.media_type, d.carrier, d.byte_length, d.loaded_at
FROM core.article AS a
JOIN raw.document AS d ON d.article_id = a.article_id AND d.document_id = a.document_id
JOIN raw.input AS i ON i.input_id = d.input_id
"""

_NAMED = f"{_STORED} WHERE a.article_id = ANY (%(article_ids)s) ORDER BY a.article_id"

# Keyset pagination: the next batch begins after the last article of the one before, whatever was changed meanwhile.
_NEXT = f"""
{_STORED}
WHERE a.article_id > %(after)s AND a.rule_version <> %(rule_version)s
ORDER BY a.article_id
LIMIT %(limit)s
"""

_CHANGES = """
SELECT
    count(*) FILTER (WHERE v.title <> a.title) AS title,
    count(*) FILTER (WHERE v.body <> a.body) AS body,
    count(*) FILTER (WHERE v.language <> a.language) AS language,
    count(*) FILTER (WHERE v.publisher_id <> a.publisher_id) AS publisher,
    count(*) FILTER (WHERE v.agency_id IS DISTINCT FROM a.agency_id) AS agency,
    count(*) FILTER (WHERE v.authors <> a.authors) AS authors,
    count(*) FILTER (WHERE (v.published_on, v.published_at) IS DISTINCT FROM (a.published_on, a.published_at)) AS date,
    count(*) FILTER (
        WHERE (v.title, v.body, v.language, v.publisher_id, v.agency_id, v.authors, v.published_on, v.published_at)
            IS NOT DISTINCT FROM
            (a.title, a.body, a.language, a.publisher_id, a.agency_id, a.authors, a.published_on, a.published_at)
    ) AS "countries, quotations or evidence only"
FROM core.article_version AS v
JOIN core.article AS a USING (article_id)
WHERE v.replaced_run_id = %s
"""


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article's input as it was read, and the identity and time it was loaded with."""

    item: RawItem
    article_id: int
    identity: str
    loaded_at: datetime


def renormalize(
    connection: Connection,
    normalizer: Normalizer,
    progress: Progress | None = None,
    reconnect: Connect | None = None,
) -> LoadResult:
    """Recompute every article that another rule version made, over an autocommit connection.

    reconnect: with it the job waits for a server that went away, and goes on.
    """
    now = datetime.now(UTC)
    stamp = Stamp(run.start_run(connection, "renormalize", "", normalizer.rule_version, now), now)
    link = job_link(connection, reconnect, stamp.run_id)
    with closing_run(link, stamp.run_id):
        if link.attempt(lambda: count_outdated(link.connection, normalizer.rule_version)):
            link.attempt(lambda: _doubt_duplicates(link.connection))
        result = recompute(link, normalizer, stamp, progress=progress)
        if result.outcomes.read:  # a load in the meantime may have met those that were not recomputed yet
            link.attempt(lambda: _doubt_duplicates(link.connection))
        read_again = settle(link, normalizer, stamp)
        link.attempt(lambda: stories.group(link.connection))
    return replace(result, read_again=read_again)


def recompute(
    link: Link,
    normalizer: Normalizer,
    stamp: Stamp,
    *,
    article_ids: Sequence[int] | None = None,
    is_counted: bool = True,
    progress: Progress | None = None,
) -> LoadResult:
    """Recompute the articles named, or all that another rule version made, within an open run; `is_counted` there."""
    types, vetoes = link.attempt(lambda: _prepare_connection(link.connection))
    normalizer = replace(normalizer, vetoes=vetoes)
    encoder = Encoder(types, stamp)
    total, reasons = Outcomes(), Counter[str]()

    def commit(pairs: Pairs) -> None:
        rejected = [Reject(item, result) for item, result in pairs if isinstance(result, Rejection)]
        encoded = [result for _, result in pairs if isinstance(result, Encoded)]
        total.add(_commit(link, encoded, rejected, stamp, total.read if is_counted else None))
        reasons.update(reject.rejection.reason_code for reject in rejected)

    if article_ids is None:
        batches = _outdated_batches(link, normalizer.rule_version)
    else:
        batches = _named_batches(link, article_ids)
    for batch in batches:
        prepared = in_step([_prepare(stored, normalizer) for stored in batch])
        pairs = [(stored.item, encoder.encode(one)) for stored, one in zip(batch, prepared, strict=True)]
        in_halves(pairs, commit)
        if progress:
            progress(len(batch))
    return LoadResult(stamp.run_id, total, reasons)


def count_outdated(connection: Connection, rule_version: str) -> int:
    """How many articles another rule version made."""
    row = connection.execute("SELECT count(*) FROM core.article WHERE rule_version <> %s", (rule_version,)).fetchone()
    return int(row[0]) if row else 0


def changes(connection: Connection, run_id: int) -> dict[str, int]:
    """What a run changed: articles by the value that came out different."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(_CHANGES, (run_id,)).fetchone() or {}


def _prepare_connection(connection: Connection) -> tuple[Types, Vetoes]:
    require_reference(connection, REFERENCE)
    staging.create(connection)
    return staging.column_types(connection), source_lines.vetoes(connection)


def _commit(
    link: Link, batch: Sequence[Encoded], rejected: Sequence[Reject], stamp: Stamp, counted: int | None
) -> Outcomes:
    """Write one batch. counted: what the run has counted before it; None where it does not count these."""

    def write() -> Outcomes:
        outcomes = _merge(link.connection, batch, len(rejected), stamp, counted is not None)
        rejects.keep(link.connection, rejected, stamp.run_id, stamp.now, is_input_rejected=False)
        return outcomes

    def is_in(outcomes: Outcomes) -> bool:
        return counted is not None and run.read_count(link.connection, stamp.run_id) == counted + outcomes.read

    return commit_once(link, write, is_in)


def _merge(connection: Connection, batch: Sequence[Encoded], rejected: int, stamp: Stamp, is_counted: bool) -> Outcomes:
    merge.name_sources(connection, batch)
    found = classify(connection, batch, is_renormalizing=True)
    outcomes = Outcomes(**Counter(what.outcome for what in found), rejected=rejected)
    if is_counted:
        run.count(connection, stamp.run_id, outcomes)
    else:
        run.count_read_again(connection, stamp.run_id, outcomes.updated)
    merge.write(connection, batch, found, stamp, is_renormalizing=True)
    return outcomes


def _doubt_duplicates(connection: Connection) -> None:
    with merge_lock(connection):
        connection.execute(statements.DOUBT_DUPLICATES)


def _prepare(stored: _Stored, normalizer: Normalizer) -> Steps[Prepared]:
    prepared = yield from prepare_steps(stored.item, normalizer, stored.loaded_at)
    if prepared.row is None:
        return prepared
    return replace(prepared, row=replace(prepared.row, article_id=stored.article_id, identity=stored.identity))


def _named_batches(link: Link, article_ids: Sequence[int]) -> Iterator[list[_Stored]]:
    ordered = sorted(article_ids)
    for first in range(0, len(ordered), BATCH_ITEMS):
        yield link.attempt(partial(_stored_batch, link, _NAMED, article_ids=ordered[first : first + BATCH_ITEMS]))


def _outdated_batches(link: Link, rule_version: str) -> Iterator[list[_Stored]]:
    after = -1
    ask = partial(_stored_batch, link, _NEXT, rule_version=rule_version, limit=BATCH_ITEMS)
    while batch := link.attempt(partial(ask, after=after)):
        yield batch
        after = batch[-1].article_id


def _stored_batch(link: Link, statement: LiteralString, **parameters: object) -> list[_Stored]:
    with link.connection.cursor(row_factory=dict_row) as cursor:
        return [_stored(row) for row in cursor.execute(statement, parameters)]


def _stored(row: dict[str, object]) -> _Stored:
    content = str(row["content"]).encode(str(row["encoding"]))
    item = RawItem(
        origin=str(row["origin"]),
        content=content,
        media_type=str(row["media_type"]),
        carrier=Carrier(**row["carrier"]),  # type: ignore[arg-type]  # written from Carrier.said
        problem=format_problem(len(content), str(row["media_type"])),
        byte_length=len(content),
    )
    return _Stored(item, int(str(row["article_id"])), str(row["identity"]), row["loaded_at"])  # type: ignore[arg-type]
