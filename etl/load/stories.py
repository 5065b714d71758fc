"""While a job goes on and at its end, new and changed articles are compared with those that share a key, and grouped
into stories.

Every member of a story was compared with the story's first article and found to be like it: likeness never travels
from reprint to reprint, so a chain of small changes cannot join different texts. What belongs together depends on the
articles, not on the order in which they were loaded, but for a key that was common for a while: it stays so. An article
in core.story_pending is not grouped yet.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import LiteralString, NamedTuple

from psycopg import Connection

from etl.load import story_totals
from etl.load.closing import merge_lock

log = logging.getLogger(__name__)

DAYS = 7
"""Between a text and its reprint at most. A text without a date may be a reprint of any day, but not of its own
publisher's: most of what that repeats is background."""

LEAST_SIMILARITY = 0.4
"""Of the three-word sequences of both texts together, or of the shorter text's words in lines that both have."""

LEAST_SIMILARITY_OF_OWN = 0.7
"""Of two texts by one publisher, who begins or ends many texts with the same paragraphs: there lines prove nothing."""

LEAST_NUMBERS_PERCENT = 75
"""Of the distinct numbers of the text that has fewer: the other has them too. Rates and weather differ in them only."""

FEWEST_WORDS = 30
"""Of both texts, where they are not the same word by word."""

MOST_HOLDERS = 64
"""Articles that a key stands in at most: what stands in more is a template, or a line that a publisher adds."""

_CHUNK = 10_000  # articles grouped in one transaction

_MARK = """
INSERT INTO core.story_pending (article_id)
SELECT unnest(%(ids)s::bigint[])
ON CONFLICT DO NOTHING
"""

_TAKE = "SELECT article_id FROM core.story_pending ORDER BY article_id LIMIT %(chunk)s"

# A key becomes common once; those of its articles that are like others are then compared anew, without it.
# OFFSET has each key looked up, and read no further than is needed: a join would count the keys of the whole history.
_COMMON = """
WITH common AS (
    INSERT INTO core.story_common_key (story_key)
    SELECT mine.story_key
    FROM (SELECT DISTINCT story_key FROM core.story_key WHERE article_id = ANY (%(ids)s)) AS mine
    WHERE NOT EXISTS (SELECT FROM core.story_common_key AS known WHERE known.story_key = mine.story_key)
        AND EXISTS (
            SELECT FROM core.story_key AS held WHERE held.story_key = mine.story_key OFFSET %(most_holders)s
        )
    RETURNING story_key
)
SELECT DISTINCT held.article_id
FROM common
JOIN core.story_key AS held USING (story_key)
WHERE EXISTS (SELECT FROM core.story_link AS link WHERE link.article_id = held.article_id)
"""

_UNLINK = "DELETE FROM core.story_link WHERE article_id = ANY (%(ids)s) RETURNING other_id"
_UNLINK_OTHERS = "DELETE FROM core.story_link WHERE article_id = ANY (%(others)s) AND other_id = ANY (%(ids)s)"

# OFFSET 0 has each key and each text looked up: how few texts of a week share a key the planner cannot know, and it
# would rather read the whole history.
_LINK = """
WITH near AS (
    SELECT least(mine.article_id, held.article_id) AS article_id,
        greatest(mine.article_id, held.article_id) AS other_id,
        bool_and(held.days IS NOT NULL) AS is_dated
    FROM core.story_key AS mine
    CROSS JOIN LATERAL (
        SELECT article_id, abs(published_on - mine.published_on) AS days
        FROM core.story_key
        WHERE story_key = mine.story_key AND article_id <> mine.article_id
        OFFSET 0
    ) AS held
    WHERE mine.article_id = ANY (%(ids)s)
        AND NOT EXISTS (SELECT FROM core.story_common_key AS common WHERE common.story_key = mine.story_key)
        AND coalesce(held.days <= %(days)s, true)
    GROUP BY 1, 2
),
text AS (
    SELECT print.*
    FROM (SELECT article_id FROM near UNION SELECT other_id FROM near) AS met
    CROSS JOIN LATERAL (
        SELECT print.*, nullif(article.publisher_id, 'unknown') AS owner
        FROM core.story_print AS print
        JOIN core.article AS article ON article.article_id = print.article_id
        WHERE print.article_id = met.article_id
        OFFSET 0
    ) AS print
),
compared AS MATERIALIZED (
    SELECT near.article_id, near.other_id,
        one.owner = other.owner AS is_own,
        one.text_key = other.text_key AS is_same,
        least(one.word_count, other.word_count) AS shorter,
        (
            SELECT coalesce(sum(line.words), 0)
            FROM unnest(one.lines, one.line_words) AS line (key, words)
            WHERE line.key = ANY (other.lines)
        )::numeric / least(one.word_count, other.word_count) AS lines,
        CASE WHEN one.sketch = '' OR other.sketch = '' THEN 0
            ELSE 1 - bit_count(
                ('x' || encode(one.sketch, 'hex'))::bit(256) # ('x' || encode(other.sketch, 'hex'))::bit(256)
            ) / 128.0
        END AS sketches,
        one.numbers,
        other.numbers AS other_numbers
    FROM near
    JOIN text AS one ON one.article_id = near.article_id
    JOIN text AS other ON other.article_id = near.other_id
    WHERE near.is_dated OR (one.owner = other.owner) IS NOT TRUE
),
judged AS (
    SELECT article_id, other_id, numbers, other_numbers,
        CASE
            WHEN is_same THEN 'same text'
            WHEN shorter < %(fewest_words)s THEN NULL
            WHEN lines >= %(least)s AND is_own IS NOT TRUE THEN 'shared lines'
            WHEN sketches >= CASE WHEN is_own THEN %(least_of_own)s ELSE %(least)s END THEN 'similar'
        END AS method,
        CASE WHEN is_same THEN 1 ELSE least(1, greatest(lines, sketches)) END::numeric(4, 3) AS similarity
    FROM compared
),
alike AS MATERIALIZED (
    SELECT article_id, other_id, method, similarity
    FROM judged
    WHERE method = 'same text'
        OR method IS NOT NULL
        AND 100 * (SELECT count(*) FROM unnest(numbers) AS number WHERE number = ANY (other_numbers))
            >= %(numbers)s * least(cardinality(numbers), cardinality(other_numbers))
)
INSERT INTO core.story_link (article_id, other_id, method, similarity)
SELECT article_id, other_id, method, similarity FROM alike
UNION ALL
SELECT other_id, article_id, method, similarity FROM alike
"""

_LINKS = "SELECT article_id, other_id, method, similarity FROM core.story_link WHERE article_id = ANY (%(ids)s)"

_ORDER = """
SELECT article_id
FROM core.article
WHERE article_id = ANY (%(ids)s)
ORDER BY published_on NULLS LAST, published_at NULLS LAST, article_id
"""

_FORGET = "DELETE FROM core.story_group WHERE article_id = ANY (%(ids)s) RETURNING story_id"
_GROUP = """
INSERT INTO core.story_group (article_id, story_id, publisher_id, method, similarity)
SELECT article_id, story_id, publisher_id, method, similarity
FROM unnest(%(articles)s::bigint[], %(stories)s::bigint[], %(methods)s::text[], %(similarities)s::numeric[])
    AS found (article_id, story_id, method, similarity)
JOIN core.article USING (article_id)
"""
_DONE = "DELETE FROM core.story_pending WHERE article_id = ANY (%(ids)s)"

_RULE = {
    "days": DAYS,
    "least": LEAST_SIMILARITY,
    "least_of_own": LEAST_SIMILARITY_OF_OWN,
    "numbers": LEAST_NUMBERS_PERCENT,
    "fewest_words": FEWEST_WORDS,
    "most_holders": MOST_HOLDERS,
}


class Likeness(NamedTuple):
    """How an article is like another, or the first of its story like itself: the method and 0 to 1."""

    method: str
    similarity: float


Links = Mapping[int, Mapping[int, Likeness]]
"""Articles with those that they are like, both ways."""


def mark(connection: Connection, article_ids: Sequence[int]) -> None:
    """Note that the articles are to be grouped. Part of the batch's transaction."""
    if article_ids:
        connection.execute(_MARK, {"ids": list(article_ids)})


def group(connection: Connection) -> None:
    """Group the articles that are new or changed, and those that this concerns."""
    is_done = False
    while not is_done:
        started = time.monotonic()
        with merge_lock(connection):
            connection.execute("SET LOCAL jit = off")  # too many rows are expected: compiling takes longer
            pending = _ids(connection, _TAKE, chunk=_CHUNK)
            is_done = len(pending) < _CHUNK
            if pending:
                _regroup(connection, pending)
                connection.execute(_DONE, {"ids": pending})
        if pending:
            seconds = round(time.monotonic() - started, 3)
            log.info("stories grouped", extra={"fields": {"articles": len(pending), "seconds": seconds}})


def stories(articles: Iterable[int], links: Links) -> dict[int, tuple[int, Likeness]]:
    """The story of each article that is not alone, by its first article.

    articles: by publication. Each that belongs to no story yet begins one, which takes in all that are like it.
    """
    found: dict[int, tuple[int, Likeness]] = {}
    for first in articles:
        if first in found:
            continue
        members = {other: likeness for other, likeness in links.get(first, {}).items() if other not in found}
        if members:
            found[first] = first, Likeness("first", 1)
            found |= {other: (first, likeness) for other, likeness in members.items()}
    return found


def _regroup(connection: Connection, pending: list[int]) -> None:
    ids = sorted({*pending, *_ids(connection, _COMMON, ids=pending, **_RULE)})
    others = _ids(connection, _UNLINK, ids=ids)
    connection.execute(_UNLINK_OTHERS, {"others": others, "ids": ids})
    connection.execute(_LINK, {"ids": ids, **_RULE})
    touched = {*ids, *others}
    links = _reachable(connection, touched)
    touched |= links.keys()
    found = stories(_ids(connection, _ORDER, ids=list(links)), links)
    before = _ids(connection, _FORGET, ids=list(touched))
    _insert(connection, found)
    story_totals.count(connection, {*before, *(story_id for story_id, _ in found.values())})


def _insert(connection: Connection, found: Mapping[int, tuple[int, Likeness]]) -> None:
    columns = {
        "articles": list(found),
        "stories": [story_id for story_id, _ in found.values()],
        "methods": [likeness.method for _, likeness in found.values()],
        "similarities": [float(likeness.similarity) for _, likeness in found.values()],
    }
    connection.execute(_GROUP, columns)


def _reachable(connection: Connection, article_ids: Iterable[int]) -> Links:
    """The links of the articles, of those that they lead to, and so on: a question for each step, not for each row."""
    links: dict[int, dict[int, Likeness]] = {}
    edge = set(article_ids)
    while edge:
        rows = connection.execute(_LINKS, {"ids": list(edge)}).fetchall()
        for article_id, other_id, *likeness in rows:
            links.setdefault(article_id, {})[other_id] = Likeness(*likeness)
        edge = {other_id for _, other_id, *_ in rows} - links.keys()
    return links


def _ids(connection: Connection, statement: LiteralString, **parameters: object) -> list[int]:
    return [article_id for (article_id,) in connection.execute(statement, parameters).fetchall()]
