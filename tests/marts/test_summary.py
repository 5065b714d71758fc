"""The kept counts equal the counted articles, whatever is inserted and changed, and touch no row in vain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import Connection

from etl.load import summary
from etl.publish.checks import read_checks, run_check
from etl.schema.counts import TABLES
from tests.marts.rows import insert

_DAYS = st.sampled_from([None, date(2024, 12, 31), date(2025, 1, 1)])
_PUBLISHERS = st.sampled_from(["unknown", "alpha"])
_COUNTRIES = st.dictionaries(st.sampled_from(["KG", "KZ", "UZ"]), st.integers(1, 3))
_ARTICLES = st.lists(st.tuples(_DAYS, _PUBLISHERS, _COUNTRIES), min_size=1, max_size=6)
_CHANGES = st.lists(st.tuples(st.integers(1, 6), _DAYS, _PUBLISHERS, _COUNTRIES), max_size=6)


@settings(max_examples=40)
@given(articles=_ARTICLES, batches=st.lists(_CHANGES, max_size=3))
def test_counts_equal_the_articles_after_every_batch(
    published: Connection,
    articles: list[tuple[date | None, str, dict[str, int]]],
    batches: list[list[tuple[int, date | None, str, dict[str, int]]]],
) -> None:
    with published.transaction(force_rollback=True):
        rows = [
            {"article_id": key, "published_on": day, "publisher_id": publisher, "countries": countries}
            for key, (day, publisher, countries) in enumerate(articles, start=1)
        ]
        insert(published, {"source": [{"source_id": "alpha"}], "article": rows})
        for batch in batches:
            ids = sorted({key for key, *_ in batch if key <= len(articles)})
            summary.subtract(published, ids)
            for key, day, publisher, countries in batch:
                _change(published, key, day, publisher, countries, is_there=key in ids)
            summary.add(published, ids)
            assert _differences(published) == ()
        empty = published.execute("SELECT count(*) FROM core.country_day_count WHERE article_count = 0").fetchone()
        assert empty == (0,)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_change_that_counts_the_same_touches_no_row(table: object, marts: Connection) -> None:
    insert(marts, {"article": [{"article_id": 1, "published_on": "2025-01-01", "countries": {"KG": 1, "KZ": 1}}]})
    versions = f"SELECT array_agg(ctid::text ORDER BY ctid) FROM core.{table.name}"  # type: ignore[attr-defined]  # noqa: S608
    before = marts.execute(versions).fetchone()  # type: ignore[call-overload]
    summary.subtract(marts, [1])
    marts.execute("UPDATE core.article SET body = 'other words' WHERE article_id = 1")
    summary.add(marts, [1])
    assert marts.execute(versions).fetchone() == before  # type: ignore[call-overload]


def test_recount_restores_what_was_damaged(marts: Connection) -> None:
    insert(marts, {"article": [{"article_id": 1, "published_on": "2025-01-01", "countries": {"KG": 1, "KZ": 1}}]})
    for table in TABLES:
        marts.execute(f"DELETE FROM core.{table.name}")  # type: ignore[call-overload]  # noqa: S608
    assert len(_differences(marts)) > 0
    summary.recount(marts)
    assert _differences(marts) == ()


def _differences(connection: Connection) -> Sequence[object]:
    return run_check(connection, read_checks()["counts_match_articles"]).first_rows


def _change(
    connection: Connection, key: int, day: date | None, publisher: str, countries: dict[str, int], *, is_there: bool
) -> None:
    if not is_there:
        return
    found = ("day", "dateline", "printed") if day else ("none", "none", None)
    named = ("none", None) if publisher == "unknown" else ("url", publisher)
    connection.execute(
        "UPDATE core.article SET published_on = %s, published_precision = %s, published_method = %s,"
        " published_evidence = %s, publisher_id = %s, publisher_method = %s, publisher_evidence = %s"
        " WHERE article_id = %s",
        (day, *found, publisher, *named, key),
    )
    connection.execute("DELETE FROM core.article_country WHERE article_id = %s", (key,))
    for code, count in countries.items():
        connection.execute("INSERT INTO core.article_country VALUES (%s, %s, %s, false, false)", (key, code, count))
