"""Lines that a source repeats: counted with every batch, and left out of its articles once they are found repeated.

The counts come from readings that know no veto (core.article_line has the vetoed lines too), and the vetoes from the
counts: so the contents do not depend on the order in which articles were loaded (etl.load.settle).
"""

from __future__ import annotations

from collections.abc import Sequence

from psycopg import Connection

from etl.normalize.article import Vetoes

FEWEST = 3
"""Articles of a source that a repeated line stands in at least."""

LEAST_PERCENT = 1
"""Their share of the source's articles at least. In real feeds links and banners stand in 1 to 50% of a source's
articles, and the subheadings that it likes to use again in less than 0.5%."""

# A publisher that a person put right is not the one that the rules know when they read the article again.
_LINES = """
SELECT a.publisher_id, l.line_key, count(*), count(*) FILTER (WHERE l.is_vetoed), false
FROM core.article_line AS l
JOIN core.article AS a USING (article_id)
WHERE (%(ids)b::bigint[] IS NULL OR l.article_id = ANY (%(ids)b)) AND a.publisher_method <> 'correction'
GROUP BY a.publisher_id, l.line_key
"""
_TOTALS = """
SELECT publisher_id, count(*), false
FROM core.article
WHERE %(ids)b::bigint[] IS NULL OR article_id = ANY (%(ids)b)
GROUP BY publisher_id
"""

_ADD_LINES = f"""
INSERT INTO core.source_line AS known (source_id, line_key, article_count, vetoed_count, is_vetoed)
{_LINES}
ON CONFLICT (source_id, line_key) DO UPDATE
SET article_count = known.article_count + EXCLUDED.article_count,
    vetoed_count = known.vetoed_count + EXCLUDED.vetoed_count
"""

_ADD_TOTALS = f"""
INSERT INTO core.source_total AS known (source_id, article_count, is_settled)
{_TOTALS}
ON CONFLICT (source_id) DO UPDATE
SET article_count = known.article_count + EXCLUDED.article_count,
    is_settled = false
"""

_SUBTRACT_LINES = f"""
UPDATE core.source_line AS known
SET article_count = known.article_count - gone.article_count,
    vetoed_count = known.vetoed_count - gone.vetoed_count
FROM ({_LINES}) AS gone (source_id, line_key, article_count, vetoed_count, is_vetoed)
WHERE known.source_id = gone.source_id AND known.line_key = gone.line_key
"""  # noqa: S608

_SUBTRACT_TOTALS = f"""
UPDATE core.source_total AS known
SET article_count = known.article_count - gone.article_count,
    is_settled = false
FROM ({_TOTALS}) AS gone (source_id, article_count, is_settled)
WHERE known.source_id = gone.source_id
"""  # noqa: S608

_FORGET = "DELETE FROM core.source_line; DELETE FROM core.source_total"

# Not those that one or two articles hold, which are nearly all: the condition of ix_source_line_uncertain.
UNCERTAIN = "(l.article_count NOT IN (1, 2) OR l.vetoed_count > 0 OR l.is_vetoed)"
IS_REPEATED = "(l.article_count >= %(fewest)s AND l.article_count * 100 >= t.article_count * %(percent)s)"

_VETO = f"""
UPDATE core.source_line AS l
SET is_vetoed = NOT l.is_vetoed
FROM core.source_total AS t
WHERE NOT t.is_settled AND l.source_id = t.source_id AND {UNCERTAIN} AND l.is_vetoed <> {IS_REPEATED}
"""  # noqa: S608

RULE = {"fewest": FEWEST, "percent": LEAST_PERCENT}


def vetoes(connection: Connection) -> Vetoes:
    """The lines that articles are to be read without."""
    rows = connection.execute("SELECT source_id, line_key FROM core.source_line WHERE is_vetoed").fetchall()
    return frozenset((str(source_id), int(key)) for source_id, key in rows)


def subtract(connection: Connection, article_ids: Sequence[int]) -> None:
    """Take the articles out of the counts, before they change. Part of the batch's transaction."""
    for statement in (_SUBTRACT_LINES, _SUBTRACT_TOTALS) if article_ids else ():
        connection.execute(statement, {"ids": list(article_ids)})


def add(connection: Connection, article_ids: Sequence[int]) -> None:
    """Put the articles into the counts, as they are written. Part of the batch's transaction."""
    for statement in (_ADD_LINES, _ADD_TOTALS) if article_ids else ():
        connection.execute(statement, {"ids": list(article_ids)})


def veto(connection: Connection) -> None:
    """Veto the lines found repeated, and lift the vetoes of those that no longer are; in the caller's transaction."""
    connection.execute(_VETO, RULE)


def recount(connection: Connection) -> None:
    """Count everything anew, in the transaction of the caller, who holds the merge lock. The next load settles it."""
    connection.execute(_FORGET)
    for statement in (_ADD_LINES, _ADD_TOTALS):
        connection.execute(statement, {"ids": None})
