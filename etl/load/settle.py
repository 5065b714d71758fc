"""After every job: the articles that were read before their source was seen to repeat a line are read again.

Where a job was cut off before, core.source_total says so and the next job settles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from psycopg import Connection

from etl.database.link import Link
from etl.load import run
from etl.load.closing import merge_lock
from etl.load.rows import Stamp
from etl.load.source_lines import IS_REPEATED, RULE, UNCERTAIN, veto
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.normalize.normalizer import Normalizer

_IS_READ_SO = "(l.vetoed_count = CASE WHEN l.is_vetoed THEN l.article_count ELSE 0 END)"

_OUTDATED = f"""
SELECT DISTINCT a.article_id
FROM core.source_total AS t
JOIN core.source_line AS l USING (source_id)
JOIN core.article_line AS held ON held.line_key = l.line_key AND held.is_vetoed <> l.is_vetoed
JOIN core.article AS a ON a.article_id = held.article_id AND a.publisher_id = t.source_id
WHERE NOT t.is_settled AND {UNCERTAIN} AND NOT {_IS_READ_SO} AND a.publisher_method <> 'correction'
"""  # noqa: S608

_FORGET = f"""
DELETE FROM core.source_line AS l
USING core.source_total AS t
WHERE NOT t.is_settled AND l.source_id = t.source_id AND {UNCERTAIN} AND l.article_count = 0
"""  # noqa: S608

_SETTLED = f"""
UPDATE core.source_total AS t
SET is_settled = true
WHERE NOT t.is_settled AND NOT EXISTS (
    SELECT FROM core.source_line AS l
    WHERE l.source_id = t.source_id AND {UNCERTAIN}
        AND (l.is_vetoed <> {IS_REPEATED} OR NOT {_IS_READ_SO})
)
"""  # noqa: S608


def settle(link: Link, normalizer: Normalizer | None, stamp: Stamp) -> int:
    """Veto the lines found repeated, lift the vetoes of those that no longer are, and read the articles that hold them
    again. Returns how many came out different, as the run counted them: it is right where a batch was taken twice.

    normalizer: loaded where it is needed and not given.
    Each step can be taken again: one that the server left in the middle is.
    """
    if not link.attempt(lambda: _is_unsettled(link.connection)):
        return 0
    outdated = link.attempt(lambda: _outdated(link.connection))
    if outdated:
        _read_again(link, outdated, normalizer, stamp)
    link.attempt(lambda: _note_settled(link.connection))
    return link.attempt(lambda: run.read_again_count(link.connection, stamp.run_id))


def _is_unsettled(connection: Connection) -> bool:
    return connection.execute("SELECT FROM core.source_total WHERE NOT is_settled LIMIT 1").rowcount > 0


def _outdated(connection: Connection) -> list[int]:
    """The articles to read again, once the vetoes are up to date."""
    with merge_lock(connection):
        veto(connection)
    return [article_id for (article_id,) in connection.execute(_OUTDATED).fetchall()]


def _note_settled(connection: Connection) -> None:
    with merge_lock(connection):
        connection.execute(_FORGET)
        connection.execute(_SETTLED, RULE)


def _read_again(link: Link, article_ids: Sequence[int], normalizer: Normalizer | None, stamp: Stamp) -> None:
    from etl.load.renormalize import recompute  # with the rules a third of a second, which most loads are spared
    from etl.normalize.normalizer import Normalizer

    rules = normalizer or Normalizer.load(REFERENCE)
    recompute(link, rules, stamp, article_ids=article_ids, is_counted=False)
