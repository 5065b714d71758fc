"""Reprints are grouped as stories, whatever the order of the loading; look-alikes are not."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from etl.database.connect import connect
from etl.extract.item import Carrier, RawItem
from etl.load import derived, job, stories, story_totals
from etl.load.closing import merge_lock
from etl.load.correct import Correction, correct
from etl.load.job import load
from etl.load.stories import Likeness
from etl.normalize.normalizer import Normalizer
from etl.publish.checks import read_checks, run_check

WIRE = (
    "Министры транспорта Кыргызстана и Узбекистана договорились открыть автобусный маршрут между Ошем и Андижаном.",
    "Первые рейсы начнутся после того, как стороны осмотрят дорогу и согласуют расписание с перевозчиками областей.",
    "Билеты будут продавать на автовокзалах, а льготы для студентов и пенсионеров сохранятся, рассказали в ведомстве.",
    "По словам министра, жители приграничных сёл давно просили вернуть сообщение, прерванное несколько лет назад.",
)
RATES = (
    "Национальный банк установил официальный курс на завтра. Доллар США стоит {a} сома, евро оценили в {b} сома, за "
    "рубль дают {c} сома, тенге торгуется по {d} сома. В обменных бюро столицы спрос на валюту остаётся ровным, "
    "участники рынка не ждут резких колебаний и советуют следить за сообщениями регулятора."
)
OWN_WORDS = (
    "Между Ошем и Андижаном снова можно будет проехать на автобусе. Об этом после встречи двух министров узнал наш "
    "корреспондент. Рейсы пустят, когда комиссия проверит дорогу, а перевозчики назовут часы отправления. Сколько "
    "будет стоить проезд, пока не решили."
)
GROUPS = """
SELECT i.origin, first.origin, g.method
FROM core.story_group AS g
JOIN raw.input AS i ON i.article_id = g.article_id
JOIN raw.input AS first ON first.article_id = g.story_id
ORDER BY 1
"""

KEPT = read_checks()["stories_match_articles"]

Load = Callable[..., None]


def item(
    name: str, text: str, day: str | None = "2025-03-10", source: str = "24.kg", title: str = "Новость"
) -> RawItem:
    return RawItem(name, text.encode(), carrier=Carrier(source=source, published=day, title=title))


def rates(name: str, number: int, day: str, source: str = "24.kg") -> RawItem:
    figures = {letter: f"{number + at},{number}{at}" for at, letter in enumerate("abcd")}
    return item(name, RATES.format(**figures), day, source)


WIRE_ITEM = item("wire", "\n".join(WIRE), "2025-03-10T08:00:00+06:00", title="Из Оша в Андижан пойдёт автобус")
REPRINTS = {
    "retitled": (item("copy", "\n".join(WIRE), "2025-03-11", "akipress.com", "Osh to Andijan by bus"), "same text"),
    "new lead and sign-off": (
        item(
            "copy",
            "\n".join(("Хорошая новость для юга страны.", *WIRE[1:], "Подготовила Айпери Асанова.")),
            source="akipress.com",
        ),
        "shared lines",
    ),
    "cut short": (item("copy", "\n".join(WIRE[:3]), source="akipress.com"), "shared lines"),
    "re-wrapped": (item("copy", " ".join(WIRE).replace(", ", ",\n"), source="akipress.com"), "same text"),
    "re-wrapped and cut": (item("copy", " ".join(WIRE[:3]).replace(", ", ",\n"), source="akipress.com"), "similar"),
    "undated": (item("copy", "\n".join(WIRE), None, "akipress.com", "Новый маршрут"), "same text"),
}
LOOK_ALIKES = {
    "rates of another day": (rates("one", 87, "2025-03-10"), rates("two", 91, "2025-03-11", "akipress.com")),
    "the same text a month later": (
        WIRE_ITEM,
        item("late", "\n".join(WIRE), "2025-04-10", "akipress.com", "Снова о маршруте"),
    ),
    "a short greeting": (
        item("one", "С праздником, дорогие читатели!", title="Нооруз"),
        item("two", "С праздником, дорогие читатели!", source="akipress.com", title="Праздник"),
    ),
    "the background that a publisher adds": (
        item("one", "\n".join(("Сегодня водители получили новые автобусы от города.", *WIRE[2:]))),
        item("two", "\n".join(("Вчера депутаты спорили о цене проезда до полуночи.", *WIRE[2:]))),
    ),
    "an undated repeat by the same publisher": (
        WIRE_ITEM,
        item("again", "\n".join(WIRE), None, title="О маршруте"),
    ),
    "another text on the event": (
        WIRE_ITEM,
        item("own", OWN_WORDS, source="akipress.com"),
    ),
}


@pytest.fixture
def load_items(connection: Connection, normalizer: Normalizer) -> Load:
    def run(*items: RawItem) -> None:
        load(connection, items, normalizer, command="load", arguments="")

    return run


def groups(connection: Connection) -> list[tuple[str, str, str]]:
    """Each article of a story, the story's first, and the method."""
    return connection.execute(GROUPS).fetchall()


@pytest.mark.parametrize("kind", REPRINTS)
def test_a_reprint_is_found(load_items: Load, connection: Connection, kind: str) -> None:
    reprint, method = REPRINTS[kind]
    load_items(WIRE_ITEM, reprint)
    assert groups(connection) == [("copy", "wire", method), ("wire", "wire", "first")]


@pytest.mark.parametrize("kind", LOOK_ALIKES)
def test_a_look_alike_is_no_reprint(load_items: Load, connection: Connection, kind: str) -> None:
    load_items(*LOOK_ALIKES[kind])
    assert groups(connection) == []


def test_a_reprint_that_comes_with_a_later_load_joins(load_items: Load, connection: Connection) -> None:
    load_items(WIRE_ITEM)
    load_items(REPRINTS["cut short"][0])
    assert len(groups(connection)) == 2


def test_an_earlier_article_that_comes_late_becomes_the_first(load_items: Load, connection: Connection) -> None:
    load_items(WIRE_ITEM, REPRINTS["retitled"][0])
    load_items(item("earlier", "\n".join(WIRE), "2025-03-09", "kabar.kg", "Маршрут"))
    assert {first for _, first, _ in groups(connection)} == {"earlier"}


def test_a_reprint_that_becomes_another_text_leaves(load_items: Load, connection: Connection) -> None:
    load_items(WIRE_ITEM, REPRINTS["cut short"][0])
    load_items(item("copy", "Редакция сняла эту публикацию по просьбе её автора.", source="akipress.com"))
    assert groups(connection) == []


def test_undated_texts_of_unknown_publishers_may_be_reprints(load_items: Load, connection: Connection) -> None:
    load_items(
        item("one", "\n".join(WIRE), None, "", "Автобус"), item("two", "\n".join(WIRE), None, "", "Автобус на юге")
    )
    assert len(groups(connection)) == 2


def test_a_corrected_day_regroups(load_items: Load, connection: Connection, normalizer: Normalizer) -> None:
    load_items(*LOOK_ALIKES["the same text a month later"])
    row = connection.execute("SELECT article_id, published_on FROM core.article ORDER BY published_on").fetchall()
    correct(connection, normalizer, Correction(row[1][0], "a misprint", "editor", day=row[0][1]))
    assert len(groups(connection)) == 2


@pytest.mark.parametrize("is_grouped", [True, False], ids=["grouped", "not grouped yet"])
@pytest.mark.parametrize(
    "changed",
    [
        REPRINTS["cut short"][0],
        item("copy", "Редакция сняла эту публикацию по просьбе её автора.", source="akipress.com"),
        item("copy", "\n".join(WIRE), "2025-04-02", "kabar.kg"),
        item("copy", "\n".join((*WIRE, "Такой же путь давно просят жители Китая и Японии.")), None, "akipress.com"),
    ],
    ids=["the same", "another text", "another day and publisher", "other countries and no day"],
)
def test_what_is_kept_of_a_story_follows_its_articles(
    load_items: Load,
    connection: Connection,
    monkeypatch: pytest.MonkeyPatch,
    changed: RawItem,
    is_grouped: bool,
) -> None:
    load_items(WIRE_ITEM, REPRINTS["cut short"][0], item("third", "\n".join(WIRE), "2025-03-12", "kaktus.media"))
    if not is_grouped:
        monkeypatch.setattr(job.stories, "group", lambda _: None)
    load_items(changed)
    assert run_check(connection, KEPT).first_rows == ()
    assert connection.execute("SELECT count(*) > 0 FROM core.story_repeat").fetchone() == (True,)


def test_a_reload_regroups_nothing(load_items: Load, connection: Connection) -> None:
    load_items(WIRE_ITEM, REPRINTS["cut short"][0])
    before = connection.execute("SELECT xmin::text, ctid::text FROM core.story_group ORDER BY 2").fetchall()
    load_items(WIRE_ITEM, REPRINTS["cut short"][0])
    assert connection.execute("SELECT xmin::text, ctid::text FROM core.story_group ORDER BY 2").fetchall() == before


def test_stories_are_grouped_while_a_load_goes_on(
    connection: Connection, normalizer: Normalizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "GROUP_EVERY", 2)
    monkeypatch.setattr(job, "batches", lambda items: ([one] for one in items))
    seen = list[int]()

    def items() -> Iterator[RawItem]:
        for one in (WIRE_ITEM, REPRINTS["cut short"][0], item("other", "Совсем другая новость о погоде в горах.")):
            yield one
            seen.append(len(groups(connection)))

    load(connection, items(), normalizer, command="load", arguments="")
    assert seen == [0, 2, 2]


def test_what_a_cut_off_job_left_is_grouped_by_the_next(
    load_items: Load, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(job.stories, "group", lambda _: None)
        load_items(WIRE_ITEM, REPRINTS["cut short"][0])
    load_items(item("other", "Совсем другая новость о погоде в горах."))
    assert len(groups(connection)) == 2


def test_a_line_in_many_articles_finds_no_reprints(
    load_items: Load, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(stories._RULE, "most_holders", 2)
    items = [item(lead, "\n".join((lead, *WIRE)), source=f"{lead}.kg") for lead in ("Утром", "Днём", "Вечером")]
    load_items(*items[:2])
    assert "shared lines" in {method for _, _, method in groups(connection)}
    load_items(*items[2:])
    assert "shared lines" not in {method for _, _, method in groups(connection)}


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM core.story",
        "DELETE FROM core.story_repeat",
        "UPDATE core.story_group SET publisher_id = 'unknown'",
        "UPDATE core.story SET publisher_count = 9",
    ],
)
def test_recount_mends_what_is_kept_of_stories(load_items: Load, connection: Connection, damage: str) -> None:
    load_items(WIRE_ITEM, REPRINTS["cut short"][0])
    connection.execute(damage)  # type: ignore[call-overload]
    assert run_check(connection, KEPT).first_rows != ()
    story_totals.recount(connection)
    assert run_check(connection, KEPT).first_rows == ()


def test_restored_days_compare_texts_anew(load_items: Load, connection: Connection) -> None:
    load_items(*LOOK_ALIKES["the same text a month later"])
    connection.execute("UPDATE core.story_key SET published_on = '2025-03-10'")
    connection.execute("INSERT INTO core.story_pending SELECT article_id FROM core.article")
    stories.group(connection)
    assert len(groups(connection)) == 2
    with merge_lock(connection):
        derived.restore(connection)
    stories.group(connection)
    assert groups(connection) == []


def test_likeness_does_not_travel() -> None:
    like = Likeness("similar", 0.6)
    links = {1: {2: like}, 2: {1: like, 3: like}, 3: {2: like}}
    assert stories.stories([1, 2, 3], links) == {1: (1, Likeness("first", 1)), 2: (1, like)}


POOL = [
    WIRE_ITEM,
    *(replace(reprint, origin=kind) for kind, (reprint, _) in REPRINTS.items()),
    rates("rates one", 87, "2025-03-10"),
    rates("rates two", 91, "2025-03-11", "akipress.com"),
    item("earlier", "\n".join((WIRE[1], WIRE[0], *WIRE[2:])), "2025-03-08", "kabar.kg", "Маршрут"),
]


@pytest.fixture
def warehouses(database: str, second_database: str) -> Iterator[tuple[Connection, Connection]]:
    with connect(database, autocommit=True) as one, connect(second_database, autocommit=True) as two:
        yield one, two


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(items=st.permutations(POOL), cut=st.integers(1, len(POOL) - 1), seed=st.integers(0, 99))
def test_stories_do_not_depend_on_order_and_batches(
    warehouses: tuple[Connection, Connection], normalizer: Normalizer, items: list[RawItem], cut: int, seed: int
) -> None:
    shuffled = random.Random(seed).sample(items, len(items))
    one, two = warehouses
    whole = _after(one, normalizer, [items])
    with pytest.MonkeyPatch.context() as patched:  # in parts, and grouped while each goes on
        patched.setattr(job, "GROUP_EVERY", 1)
        patched.setattr(job, "batches", lambda items: ([one] for one in items))
        parts = _after(two, normalizer, [shuffled[:cut], shuffled[cut:]])
    assert whole == parts


def _after(connection: Connection, normalizer: Normalizer, loads: list[list[RawItem]]) -> list[tuple[str, str, str]]:
    connection.execute(
        "TRUNCATE raw.input, raw.document, core.article, core.article_version, core.text_fingerprint,"
        " core.source_line, core.source_total, core.story_common_key CASCADE"
    )
    for items in loads:
        load(connection, items, normalizer, command="load", arguments="")
    return groups(connection)
