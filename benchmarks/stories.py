"""Story groups: milliseconds an article of finding keys and of grouping, beside a fixed piece of work, in one run.

    python -m benchmarks.stories [--size 20k] [--database-url URL]

Articles of 250 words from twenty sources over a year, the same in every run: three of ten are reprints, with the
first paragraph left out or written anew in most of them, and every source ends its articles with a paragraph of its
own. Keys are CPU time of this process, copying and grouping are by the clock. `ratio` is to the gazetteer's scan of the
same texts.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import LiteralString, cast

from psycopg import Connection, sql

from benchmarks.corpus import SAMPLES, parse_size
from benchmarks.normalize import ROUNDS, SCAN
from benchmarks.sentences import read_sentences
from benchmarks.server import server
from etl.database.connect import connect
from etl.load import rows, stories
from etl.load.prepare import Prepared
from etl.normalize.countries.gazetteer import Gazetteer
from etl.normalize.story import story_print

SOURCES = 20
CHANGED = 500
TIMED = 500  # texts, for the CPU of keys

_SOURCES: LiteralString = """
INSERT INTO core.source (source_id, name, kind, languages, needs_review)
SELECT 'source' || n, 'Source ' || n, 'unknown', '', false FROM generate_series(0, 19) AS n
"""
_RUN: LiteralString = """
INSERT INTO ops.load_run (command, arguments, state, started_at, finished_at, rule_version)
VALUES ('load', 'benchmark', 'succeeded', now(), now(), 'benchmark')
"""
_ARTICLES: LiteralString = """
INSERT INTO core.article (article_id, identity, document_id, title, title_is_derived, body, body_confidence, language,
    language_confidence, publisher_id, publisher_method, publisher_evidence, authors, published_on,
    published_precision, published_method, published_evidence, published_candidates, text_sha256, row_sha256,
    rule_version, version, first_run_id, changed_run_id, loaded_at, changed_at)
SELECT n, n, n, 'title', false, 'body', 1, 'ru', 1, source_id, 'url', source_id, '{}', day, 'day', 'dateline',
    'printed', '[]', '', '', 'benchmark', 1, run_id, run_id, now(), now()
FROM unnest(%(days)s::date[], %(sources)s::text[]) WITH ORDINALITY AS given (day, source_id, n)
CROSS JOIN (SELECT max(run_id) AS run_id FROM ops.load_run) AS run
"""


@dataclass(frozen=True, slots=True)
class Text:
    """A made-up article."""

    day: date
    source: int
    body: str


def texts(size: int) -> Iterator[Text]:
    """Articles in the order of their days. A reprint is of one of the last two hundred texts."""
    stream = random.Random(1)  # noqa: S311 - the same texts in every run
    sentences = read_sentences(SAMPLES)["ru"]
    words = " ".join((*sentences.about_countries, *sentences.others)).split()

    def paragraph() -> str:
        return " ".join(stream.choices(words, k=stream.randint(25, 60)))

    endings = [paragraph() for _ in range(SOURCES)]
    originals: list[list[str]] = []
    for number in range(size):
        if originals and stream.random() < 0.3:
            kind, paragraphs = stream.random(), list(stream.choice(originals[-200:]))
            if kind < 0.7:
                paragraphs[:1] = [paragraph()] if kind < 0.3 else []
        else:
            paragraphs = [paragraph() for _ in range(5)]
            originals.append(paragraphs)
        source = stream.randrange(SOURCES)
        body = "\n".join((*paragraphs, endings[source]))
        yield Text(date(2024, 1, 1) + timedelta(days=number * 360 // size), source, body)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=parse_size, default=20_000, help="articles that are grouped")
    parser.add_argument("--database-url", help="the server; else an embedded one")
    given = parser.parse_args()
    made = list(texts(given.size))
    bodies = [text.body for text in made[:TIMED]]
    print(f"{given.size} articles, {sum(len(body.split()) for body in bodies) / len(bodies):.0f} words each")
    matches = Gazetteer.load().lexicons["ru"].matches
    fixed = _cpu(lambda: [matches(body) for body in bodies]) / len(bodies)
    _report(SCAN, fixed, fixed)
    _report("keys, sketch, numbers", _cpu(lambda: [story_print(body) for body in bodies]) / len(bodies), fixed)
    with (
        tempfile.TemporaryDirectory() as folder,
        server(given.database_url, Path(folder)) as place,
        connect(place.warehouse(), autocommit=True) as connection,
    ):
        _measure(connection, made, fixed)


def _measure(connection: Connection, made: list[Text], fixed: float) -> None:
    days, sources = [text.day for text in made], [f"source{text.source}" for text in made]
    connection.execute(_SOURCES)
    connection.execute(_RUN)
    connection.execute(_ARTICLES, {"days": days, "sources": sources})
    prepared = [_prepared(text) for text in made]
    _report("copying the rows", _clock(lambda: _copy(connection, prepared)) / len(made), fixed)
    connection.execute("VACUUM ANALYZE")
    stories.mark(connection, range(1, len(made) + 1))
    _report("grouping, all at once", _clock(lambda: stories.group(connection)) / len(made), fixed)
    stories.mark(connection, range(1, len(made) + 1, max(1, len(made) // CHANGED)))
    _report(f"grouping, {CHANGED} of them anew", _clock(lambda: stories.group(connection)) / CHANGED, fixed)
    counted = connection.execute(
        "SELECT (SELECT count(*) FROM core.story_key), (SELECT count(*) FROM core.story_group),"
        " pg_total_relation_size('core.story_key') + pg_total_relation_size('core.story_print')"
    ).fetchall()
    ((keys, grouped, size),) = counted
    print(
        f"  {keys / len(made):.1f} keys an article, {grouped} articles in stories, {size / len(made) / 1e3:.1f} KB each"
    )


def _prepared(text: Text) -> Prepared:
    """As much of a prepared article as its story's rows are made of."""
    return cast("Prepared", SimpleNamespace(story=story_print(text.body), row=SimpleNamespace(published_on=text.day)))


def _copy(connection: Connection, prepared: list[Prepared]) -> None:
    for table in rows.CHILDREN:
        if table.name in ("core.story_print", "core.story_key"):
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
                sql.Identifier(*table.name.split(".")), sql.SQL(", ").join(map(sql.Identifier, table.columns))
            )
            with connection.cursor().copy(statement) as copy:
                for article_id, one in enumerate(prepared, 1):
                    for row in table.rows(article_id, one):
                        copy.write_row(row)


def _cpu(work: Callable[[], object]) -> float:
    """Seconds of the best round: the others were disturbed."""
    taken = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def _clock(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _report(name: str, seconds: float, fixed: float) -> None:
    print(f"  {name:28} {seconds * 1e3:7.3f} ms  ratio {seconds / fixed:6.2f}", flush=True)


if __name__ == "__main__":
    main()
