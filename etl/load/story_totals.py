"""What views read of stories of several articles, so that they need not count the history (etl.schema.story).

Kept with the groups and with the articles in them: inside the transaction that changes either, for the stories that it
concerns. What it costs follows the change, not the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString

from psycopg import Connection, sql

_STORIES_OF = "SELECT DISTINCT story_id FROM core.story_group WHERE article_id = ANY (%(ids)s)"

_PUBLISHERS: LiteralString = """
UPDATE core.story_group AS g
SET publisher_id = a.publisher_id
FROM core.article AS a
WHERE a.article_id = g.article_id AND a.publisher_id <> g.publisher_id AND {chosen}
"""

_FORGET_STORIES: LiteralString = "DELETE FROM core.story AS g WHERE {chosen}"
_FORGET_REPEATS: LiteralString = "DELETE FROM core.story_repeat AS g WHERE {chosen}"

_STORIES: LiteralString = """
INSERT INTO core.story (story_id, last_published_on, article_count, publisher_count, publisher_ids)
SELECT g.story_id, max(a.published_on), count(*), count(DISTINCT a.publisher_id),
    string_agg(DISTINCT a.publisher_id, ',' ORDER BY a.publisher_id)
FROM core.story_group AS g
JOIN core.article AS a ON a.article_id = g.article_id
WHERE {chosen}
GROUP BY g.story_id
"""

_REPEATS: LiteralString = """
INSERT INTO core.story_repeat (story_id, published_month, country_code, repeat_count)
SELECT g.story_id, date_trunc('month', coalesce(c.published_on, 'infinity')::timestamp)::date, c.country_code,
    count(*) - 1
FROM core.story_group AS g
-- OFFSET 0 has each article looked up: for some thousand stories the planner would rather read the whole history.
CROSS JOIN LATERAL (
    SELECT country_code, published_on FROM core.article_country WHERE article_id = g.article_id OFFSET 0
) AS c
WHERE {chosen}
GROUP BY 1, 2, 3
HAVING count(*) > 1
"""

_STEPS = (_FORGET_STORIES, _FORGET_REPEATS, _STORIES, _REPEATS)
_OF_ARTICLES = sql.SQL("g.article_id = ANY (%(ids)s)")
_OF_STORIES = sql.SQL("g.story_id = ANY (%(ids)s)")
_ALL = sql.SQL("true")


def refresh(connection: Connection, article_ids: Sequence[int]) -> None:
    """Count the stories of changed articles anew, and say in their groups who publishes them now."""
    if article_ids:
        changed = {"ids": list(article_ids)}
        connection.execute(sql.SQL(_PUBLISHERS).format(chosen=_OF_ARTICLES), changed)
        count(connection, (story_id for (story_id,) in connection.execute(_STORIES_OF, changed).fetchall()))


def count(connection: Connection, story_ids: Iterable[int]) -> None:
    """Count these stories anew; one that is no more has no rows afterwards."""
    if ids := sorted(set(story_ids)):
        for step in _STEPS:
            connection.execute(sql.SQL(step).format(chosen=_OF_STORIES), {"ids": ids})


def recount(connection: Connection) -> int:
    """Count all anew, in the transaction of the caller, who holds the merge lock; the number of rows written."""
    connection.execute(sql.SQL(_PUBLISHERS).format(chosen=_ALL))
    written = [connection.execute(sql.SQL(step).format(chosen=_ALL)).rowcount for step in _STEPS]
    return written[_STEPS.index(_STORIES)] + written[_STEPS.index(_REPEATS)]
