"""Lines that a publisher repeats leave its bodies, whatever the order and the batches of the loading."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from etl.database.connect import connect
from etl.extract.item import Carrier, RawItem
from etl.load import job
from etl.load.correct import Correction, correct
from etl.load.job import load
from etl.load.run import LoadResult
from etl.normalize.normalizer import Normalizer
from etl.publish.checks import find_checks, run_check

LINK = "Больше новостей в нашем канале"
SAYS = (
    "Посёлок номер {number} получил новую школу, на открытие приехали гости из Казахстана.",
    "Занятия в школе номер {number} начнутся осенью, сообщил её директор журналистам.",
)
BODIES = "SELECT origin, body FROM core.article JOIN raw.input USING (article_id)"
STATE = """
SELECT a.identity, a.title, a.body, a.text_sha256, l.line, l.is_vetoed, s.article_count, s.vetoed_count, t.*
FROM core.article AS a
JOIN core.source_total AS t ON t.source_id = a.publisher_id
LEFT JOIN core.article_line AS l USING (article_id)
LEFT JOIN core.source_line AS s ON s.line_key = l.line_key AND s.source_id = a.publisher_id
ORDER BY a.identity, l.line
"""

LoadItems = Callable[..., LoadResult]


def page(number: int, line: str | None = LINK, source: str = "24.kg") -> RawItem:
    """Two paragraphs, with a line between them that may be a subheading or a link of the site."""
    first, last = (sentence.format(number=number) for sentence in SAYS)
    text = "\n".join(filter(None, (first, line, last)))
    return RawItem(f"page-{number}", text.encode(), carrier=Carrier(source=source))


@pytest.fixture
def load_items(connection: Connection, normalizer: Normalizer) -> LoadItems:
    def run(*items: RawItem) -> LoadResult:
        return load(connection, items, normalizer, command="load", arguments="")

    return run


def holding(connection: Connection, line: str = LINK) -> set[str]:
    """The origins of the articles whose body has `line`."""
    return {origin for origin, body in connection.execute(BODIES).fetchall() if line in body}


def test_a_line_on_three_pages_of_a_source_leaves_them(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number) for number in range(3)))
    assert holding(connection) == set()


def test_a_line_on_two_pages_stays(load_items: LoadItems, connection: Connection) -> None:
    load_items(page(0), page(1), page(2, line=None))
    assert holding(connection) == {"page-0", "page-1"}


def test_pages_of_other_sources_keep_the_line(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number) for number in range(3)), page(3, source="akipress.com"))
    assert holding(connection) == {"page-3"}


@pytest.mark.parametrize(
    "line",
    [
        "В школе номер один учатся дети из пяти соседних сёл.",
        "Вопрос:",
        "— Спасибо, всё хорошо,",
        "1) строительство новых школ",
        "12,5%",
    ],
    ids=["sentence", "interview", "speech", "enumeration", "cell"],
)
def test_what_an_author_may_say_often_stays(load_items: LoadItems, connection: Connection, line: str) -> None:
    load_items(*(page(number, line) for number in range(4)))
    assert len(holding(connection, line)) == 4


def test_a_line_that_one_in_two_hundred_articles_has_is_no_link(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number, LINK if number < 3 else None) for number in range(600)))
    assert len(holding(connection)) == 3


def test_the_line_comes_back_when_its_pages_lose_it(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number) for number in range(3)))
    load_items(page(0, line=None))
    assert holding(connection) == {"page-1", "page-2"}


def test_the_line_that_left_is_kept_as_evidence(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number) for number in range(3)))
    rows = connection.execute("SELECT line, is_vetoed FROM core.article_line").fetchall()
    assert rows == [(LINK, True)] * 3


def test_the_load_says_how_many_articles_it_read_again(load_items: LoadItems) -> None:
    load_items(page(0), page(1))
    assert load_items(page(2)).read_again == 3


def test_every_promise_holds_of_what_was_read_again(load_items: LoadItems, connection: Connection) -> None:
    load_items(*(page(number) for number in range(3)))
    findings = [run_check(connection, check) for check in find_checks([])]
    assert [finding.check.name for finding in findings if finding.is_failure] == []


def test_the_count_of_read_inputs_leaves_out_what_was_read_again(load_items: LoadItems) -> None:
    assert load_items(*(page(number) for number in range(3))).outcomes.read == 3


def test_a_reload_finds_nothing_to_do(load_items: LoadItems, connection: Connection) -> None:
    items = [page(number) for number in range(4)]
    load_items(*items)
    before = connection.execute("SELECT xmin::text, ctid::text, identity FROM core.article").fetchall()
    load_items(*items)
    assert connection.execute("SELECT xmin::text, ctid::text, identity FROM core.article").fetchall() == before


def test_a_copy_under_another_name_is_a_duplicate_before_and_after(load_items: LoadItems) -> None:
    load_items(*(page(number) for number in range(3)))
    again = RawItem("copy", page(1).content, carrier=Carrier(source="24.kg"))
    assert load_items(again).outcomes.duplicate == 1


def test_a_text_of_nothing_but_the_line_stays_an_article(load_items: LoadItems, connection: Connection) -> None:
    only = [RawItem(f"post-{n}", f"Новость {n}\n\n{LINK},".encode(), carrier=Carrier(source="24.kg")) for n in range(3)]
    load_items(*only)
    assert connection.execute("SELECT FROM core.article WHERE body = ''").rowcount == 0


def test_what_a_cut_off_job_left_is_settled_by_the_next(
    load_items: LoadItems, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(job, "settle", lambda *_: 0)
        load_items(*(page(number) for number in range(3)))
    load_items(page(9, line=None, source="akipress.com"))
    assert holding(connection) == set()


def test_a_corrected_publisher_leaves_the_counts_true(
    load_items: LoadItems, connection: Connection, normalizer: Normalizer
) -> None:
    load_items(*(page(number) for number in range(4)))
    (article_id,) = connection.execute("SELECT article_id FROM core.article LIMIT 1").fetchone() or (0,)
    correct(connection, normalizer, Correction(article_id, "named in the text", "editor", publisher_id="akipress"))
    totals = connection.execute("SELECT source_id, article_count FROM core.source_total ORDER BY 1").fetchall()
    assert totals == [("24kg", 3), ("akipress", 1)]


LINES = st.sampled_from([None, LINK, "Курс валют", "Наш адрес и телефоны"])


@pytest.fixture
def warehouses(database: str, second_database: str) -> Iterator[tuple[Connection, Connection]]:
    with connect(database, autocommit=True) as one, connect(second_database, autocommit=True) as two:
        yield one, two


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, min_size=4, max_size=12), seed=st.integers(0, 99), cut=st.integers(1, 11))
def test_contents_do_not_depend_on_order_and_batches(
    warehouses: tuple[Connection, Connection], normalizer: Normalizer, lines: list[str | None], seed: int, cut: int
) -> None:
    items = [page(number, line) for number, line in enumerate(lines)]
    shuffled = random.Random(seed).sample(items, len(items))
    one, two = warehouses
    whole, parts = _after(one, normalizer, [items]), _after(two, normalizer, [shuffled[:cut], shuffled[cut:]])
    assert set(whole) ^ set(parts) == set()


def _after(connection: Connection, normalizer: Normalizer, loads: list[list[RawItem]]) -> list[tuple[Any, ...]]:
    connection.execute(
        "TRUNCATE raw.input, raw.document, core.article, core.article_version, core.text_fingerprint,"
        " core.source_line, core.source_total CASCADE"
    )
    for items in loads:
        load(connection, items, normalizer, command="load", arguments="")
    return connection.execute(STATE).fetchall()
