"""A person's correction of one article: stored with reason and author, and put over what the rules find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from psycopg import Connection

from etl.database.link import Link
from etl.load import run, stories
from etl.load.renormalize import recompute
from etl.load.rows import Stamp
from etl.load.run import LoadResult
from etl.load.settle import settle
from etl.normalize.normalizer import Normalizer

_STORE = """
INSERT INTO ops.correction (article_id, corrected_at, published_on, published_at, publisher_id, reason, author)
VALUES (%(article_id)s, %(corrected_at)s, %(day)s, %(at)s, %(publisher_id)s, %(reason)s, %(author)s)
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is right: a day, with `at` where the minute is known, or a publisher's id, or both."""

    article_id: int
    reason: str
    author: str
    day: date | None = None
    at: datetime | None = None
    publisher_id: str | None = None


def correct(connection: Connection, normalizer: Normalizer, correction: Correction) -> LoadResult:
    """Store the correction and apply it to its article, in one transaction over an autocommit connection."""
    now = datetime.now(UTC)
    with connection.transaction():
        run_id = run.start_run(connection, "correct", str(correction.article_id), normalizer.rule_version, now)
        stored = {name: getattr(correction, name) for name in Correction.__slots__}
        connection.execute(_STORE, {**stored, "corrected_at": now})
        stamp, link = Stamp(run_id, now), Link(connection, None, 0)
        result = recompute(link, normalizer, stamp, article_ids=[correction.article_id])
        settle(link, normalizer, stamp)
        stories.group(connection)
        run.finish_run(connection, run_id, "succeeded", None, now)
    return result
