"""newshouse explain: why an article has this date, this source, these countries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import typer
from psycopg import Connection
from psycopg.rows import dict_row
from rich.markup import escape

from etl.cli.output import AsJson, cell, console, print_json, print_table
from etl.cli.session import warehouse
from etl.errors import UsageError
from etl.extract.carrier import printable
from etl.identity import derived_key
from etl.normalize.url import canonical_url

_CONTEXT = 40  # characters shown on either side of a mention

_FIND = """
SELECT a.*, p.name AS publisher, g.name AS agency, i.origin, d.encoding, d.carrier
FROM core.article AS a
JOIN core.source AS p ON p.source_id = a.publisher_id
LEFT JOIN core.source AS g ON g.source_id = a.agency_id
JOIN raw.document AS d ON d.article_id = a.article_id AND d.document_id = a.document_id
JOIN raw.input AS i ON i.input_id = d.input_id
WHERE a.article_id = %s
"""

_CITATIONS = """
SELECT name, source_id, method, evidence FROM core.article_citation WHERE article_id = %s ORDER BY citation_no
"""

_CORRECTIONS = """
SELECT corrected_at, published_on, published_at, publisher_id, reason, author
FROM ops.correction
WHERE article_id = %s
ORDER BY corrected_at DESC
"""

_LEFT_OUT = """
SELECT l.line, s.article_count AS articles, t.article_count AS of_articles
FROM core.article_line AS l
JOIN core.article AS a USING (article_id)
JOIN core.source_line AS s ON s.source_id = a.publisher_id AND s.line_key = l.line_key
JOIN core.source_total AS t ON t.source_id = a.publisher_id
WHERE l.article_id = %s AND l.is_vetoed
ORDER BY l.line
"""

_STORY = """
SELECT g.story_id, g.method, g.similarity, first.published_on AS first_published_on, s.name AS first_publisher,
    first.title AS first_title,
    (SELECT count(*) FROM core.story_group AS member WHERE member.story_id = g.story_id) AS articles
FROM core.story_group AS g
JOIN core.article AS first ON first.article_id = g.story_id
JOIN core.source AS s ON s.source_id = first.publisher_id
WHERE g.article_id = %s
"""

_MENTIONS = """
SELECT m.country_code, c.name_en AS country, m.surface, m.kind, m.zone, m.start_offset, m.end_offset, m.is_counted,
    n.lemma, n.language
FROM core.country_mention AS m
JOIN core.country_name AS n USING (name_id)
JOIN core.country AS c ON c.country_code = m.country_code
WHERE m.article_id = %s
ORDER BY m.mention_no
"""


def explain(
    article: Annotated[str, typer.Argument(help="The article's id, its URL, or the file it came from.")],
    as_json: AsJson = False,
) -> None:
    """Explain one article: the words and the rule behind its date, its source and every country."""
    with warehouse() as connection:
        row = find_article(connection, article)
        with connection.cursor(row_factory=dict_row) as cursor:
            mentions = cursor.execute(_MENTIONS, (row["article_id"],)).fetchall()
            cited = cursor.execute(_CITATIONS, (row["article_id"],)).fetchall()
            left_out = cursor.execute(_LEFT_OUT, (row["article_id"],)).fetchall()
            story = cursor.execute(_STORY, (row["article_id"],)).fetchone()
            corrections = cursor.execute(_CORRECTIONS, (row["article_id"],)).fetchall()
    for mention in mentions:
        mention["context"] = _context(row, mention)
    if as_json:
        shown = {name: value for name, value in row.items() if not isinstance(value, bytes)}
        print_json(
            {
                **shown,
                "mentions": mentions,
                "cited": cited,
                "left_out": left_out,
                "story": story,
                "corrections": corrections,
            }
        )
        return
    _print_article(row, story)
    _print_date(row)
    tables = (
        ("Quoted", cited),
        ("Lines left out of the body: the publisher repeats them", left_out),
        ("Corrections, newest first", corrections),
    )
    for title, rows in tables:
        if rows:
            print_table(title, list(rows[0]), [list(found.values()) for found in rows], folds=True)
    _print_mentions(mentions)


_BY_FILE = """
SELECT article_id, origin
FROM raw.input
WHERE right(origin, length(%(end)s)) = %(end)s AND article_id IS NOT NULL
ORDER BY origin
LIMIT 5
"""


def find_article(connection: Connection, key: str) -> dict[str, Any]:
    """The article of that id, URL or file, with its sources' names. Raises UsageError where there is none."""
    key = printable(key)
    for article_id in _candidates(connection, key):
        with connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(_FIND, (article_id,)).fetchone()
        if row:
            return row
    raise UsageError(f"no article has the id, URL or file {key!r}; see: newshouse query latest_articles")


def _candidates(connection: Connection, key: str) -> Iterator[int]:
    """Ids that `key` may mean, surest first: an id, a URL or origin (both give ids), the end of a file's path."""
    if key.isascii() and key.isdecimal() and int(key) < 2**63:
        yield int(key)
    for identity in (canonical_url(key), key, os.path.abspath(key)):  # noqa: PTH100 - as the loader names files
        if identity:
            yield derived_key(identity)
    by_file = connection.execute(_BY_FILE, {"end": f"/{key.lstrip('/')}"}).fetchall()
    if len({article_id for article_id, _ in by_file}) > 1:
        files = ", ".join(origin for _, origin in by_file)
        raise UsageError(f"{key!r} is the end of several files' paths; name one whole: {files}")
    yield from (article_id for article_id, _ in by_file[:1])


def _context(row: dict[str, Any], mention: dict[str, Any]) -> tuple[str, str, str]:
    text = row["title"] if mention["zone"] == "title" else row["body"]
    start, end = mention["start_offset"], mention["end_offset"]
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT]
    return before.replace("\n", " "), text[start:end], after.replace("\n", " ")


def _print_article(row: dict[str, Any], story: dict[str, Any] | None) -> None:
    marks = "derived from the first sentence" if row["title_is_derived"] else "printed"
    facts = [
        ("article", row["article_id"], f"version {row['version']}, rules {row['rule_version']}"),
        ("origin", row["origin"], row["encoding"]),
        ("title", row["title"], marks),
        ("url", row["url"], ""),
        ("language", row["language"], f"confidence {row['language_confidence']}"),
        ("authors", row["authors"], ""),
        ("publisher", row["publisher"], _because(row["publisher_method"], row["publisher_evidence"])),
        ("agency", row["agency"], _because(row["agency_method"], row["agency_evidence"])),
        ("body", f"{len(row['body'])} characters", f"confidence {row['body_confidence']}"),
        ("story", *_story(story)),
    ]
    print_table("The article", ("what", "value", "why"), facts, folds=True)


def _story(story: dict[str, Any] | None) -> tuple[str, str]:
    """Which story the article belongs to, and what shows it."""
    if story is None:
        return "no other article has this text", ""
    others = f"one of {story['articles']} articles"
    if story["method"] == "first":
        return others, "published first"
    first = f"{story['first_publisher']}, {cell(story['first_published_on']) or 'undated'}: {story['first_title']}"
    return f"{others}; the first is {first}", f"{story['method']}, {story['similarity']}"


def _because(method: str | None, evidence: str | None) -> str:
    return f"{method}: “{evidence}”" if evidence else "nothing in the text or beside it names one"


def _print_date(row: dict[str, Any]) -> None:
    is_corrected = row["published_method"] == "correction"
    rows = [
        (
            candidate["at"] or candidate["day"] or "",
            candidate["precision"],
            candidate["method"],
            f"“{candidate['evidence']}”",
            candidate["verdict"] or ("corrected by a person" if is_corrected else "wins"),
        )
        for candidate in row["published_candidates"]
    ]
    print_table(f"Published: {_published(row)}", ("reading", "precision", "rule", "words", "verdict"), rows, folds=True)


def _published(row: dict[str, Any]) -> str:
    """The day, and the minute on the publisher's clock."""
    won = next((candidate for candidate in row["published_candidates"] if not candidate["verdict"]), None)
    if row["published_method"] != "correction" and won and won["at"]:
        return cell(datetime.fromisoformat(won["at"]))
    at = cell(row["published_at"])
    return " ".join(filter(None, (cell(row["published_on"]), at and f"({at})"))) or "not known"


def _print_mentions(mentions: list[dict[str, Any]]) -> None:
    console.print(f"[bold]{len(mentions)} mentions of countries[/]")
    for mention in mentions:
        before, surface, after = map(escape, mention["context"])
        note = "" if mention["is_counted"] else ", not counted"
        rule = f"{mention['kind']} in {mention['zone']}{note}; {mention['language']}: {mention['lemma']}"
        words = f"…{before}[bold reverse]{surface}[/]{after}…"
        console.print(f"  {mention['country_code']}  {words}", highlight=False, soft_wrap=True)
        console.print(f"      {escape(rule)}", style="dim", highlight=False)
