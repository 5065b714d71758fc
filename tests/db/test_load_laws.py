"""Laws of loading, over generated corpora: counts add up, a reload is idempotent, batches do not show."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from etl.extract.item import Carrier, RawItem
from etl.load import batches
from etl.load.job import load
from etl.normalize.normalizer import Normalizer
from etl.publish.checks import read_checks, run_check

WORDS = ("Казахстан", "Узбекистан", "Япония", "школа", "мост", "дорога")
TEXTS = st.builds(
    "Бишкек, {:02}.05.25. /Кабар/. {} и {} обсудили дела соседей на встрече, которая шла два часа подряд.\n".format,
    st.just(5),
    st.sampled_from(WORDS[:3]),
    st.just("Монголия"),
)
ITEMS = st.builds(
    lambda origin, text, url: RawItem(origin, text.encode(), carrier=Carrier(url=url)),
    st.sampled_from([f"file-{number}" for number in range(6)]),
    st.one_of(TEXTS, st.just(""), st.just("\0")),
    st.sampled_from([None, None, "https://kabar.kg/1", "https://kabar.kg/2"]),
)
CORPORA = st.lists(ITEMS, max_size=12, unique_by=lambda item: item.origin)
CONTENTS = """
SELECT a.identity, a.title, a.body, a.published_on, a.version,
    (SELECT count(*) FROM core.country_mention AS m WHERE m.article_id = a.article_id AND m.is_counted),
    (SELECT COALESCE(sum(c.mention_count), 0) FROM core.article_country AS c WHERE c.article_id = a.article_id)
FROM core.article AS a
ORDER BY a.identity
"""
TABLES = "core.article, core.text_fingerprint, raw.input, raw.document, ops.rejected_item, ops.load_run"
law = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def empty(connection: Connection) -> None:
    connection.execute(f"TRUNCATE {TABLES} CASCADE")


def run(connection: Connection, items: list[RawItem], normalizer: Normalizer) -> tuple[int, ...]:
    return astuple(load(connection, items, normalizer, command="load", arguments="").outcomes)


@law
@given(items=CORPORA)
def test_every_input_has_one_outcome(items: list[RawItem], connection: Connection, normalizer: Normalizer) -> None:
    empty(connection)
    assert sum(run(connection, items, normalizer)) == len(items)
    assert connection.execute("SELECT count(*) FROM raw.input").fetchone() == (len(items),)


@law
@given(items=CORPORA)
def test_reload_changes_nothing(items: list[RawItem], connection: Connection, normalizer: Normalizer) -> None:
    empty(connection)
    rejected = run(connection, items, normalizer)[4]
    run(connection, items, normalizer)  # an input whose original changed after it stands for itself from here on
    before = connection.execute(CONTENTS).fetchall()
    assert run(connection, items, normalizer) == (0, 0, len(items) - rejected, 0, rejected)
    assert connection.execute(CONTENTS).fetchall() == before


@law
@given(items=CORPORA, size=st.integers(1, 4))
def test_batches_do_not_show(
    items: list[RawItem],
    size: int,
    connection: Connection,
    normalizer: Normalizer,
) -> None:
    empty(connection)
    whole = run(connection, items, normalizer)
    contents = connection.execute(CONTENTS).fetchall()
    empty(connection)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches, "BATCH_ITEMS", size)
        assert run(connection, items, normalizer) == whole
    assert connection.execute(CONTENTS).fetchall() == contents


@law
@given(items=CORPORA)
def test_countries_are_the_sums_of_mentions_with_the_day_of_the_article(
    items: list[RawItem], connection: Connection, normalizer: Normalizer
) -> None:
    empty(connection)
    run(connection, items, normalizer)
    assert run_check(connection, read_checks()["countries_match_mentions"]).first_rows == ()
