"""After every job: the articles that were read before their source was seen to repeat a line are read again.

Where a job was cut off before, core.source_total says so and the next job settles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from psycopg import Connection

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


def settle(connection: Connection, normalizer: Normalizer | None, stamp: Stamp) -> int:
    """Veto the lines found repeated, lift the vetoes of those that no longer are, and read the articles that hold them
    again. Returns how many came out different.

    normalizer: loaded where it is needed and not given.
    """
    if connection.execute("SELECT FROM core.source_total WHERE NOT is_settled LIMIT 1").rowcount == 0:
        return 0
    with merge_lock(connection):
        veto(connection)
    outdated = [article_id for (article_id,) in connection.execute(_OUTDATED).fetchall()]
    changed = _read_again(connection, outdated, normalizer, stamp) if outdated else 0
    with merge_lock(connection):
        connection.execute(_FORGET)
        connection.execute(_SETTLED, RULE)
    return changed


def _read_again(connection: Connection, article_ids: Sequence[int], normalizer: Normalizer | None, stamp: Stamp) -> int:
    from etl.load.renormalize import recompute  # with the rules a third of a second, which most loads are spared
    from etl.normalize.normalizer import Normalizer

    rules = normalizer or Normalizer.load(REFERENCE)
    result = recompute(connection, rules, stamp.run_id, stamp.now, article_ids=article_ids, is_counted=False)
    return result.outcomes.updated
