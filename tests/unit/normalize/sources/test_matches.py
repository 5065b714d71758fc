"""Publisher, agency and the quoted ones, each by the evidence that names it."""

from __future__ import annotations

import pytest

from etl.extract.item import Carrier
from etl.normalize.article import SourceMatch
from etl.normalize.dateline import find_dateline
from etl.normalize.layout import body_text, read_page
from etl.normalize.page import Page
from etl.normalize.sources import Sources, find_agency, find_cited, find_publisher
from etl.normalize.text import clean

ROWS = """source_id,name,country_code,kind,languages,timezone,needs_review
24kg,24.kg,KG,agency,ru,Asia/Bishkek,false
kabar,Кабар,KG,state_agency,ru,Asia/Bishkek,false
tass,ТАСС,RU,state_agency,ru,Europe/Moscow,false
newsasia,News-Asia,,portal,ru,,false
vlast,Власть,KZ,portal,ru,Asia/Almaty,false
"""
NAMES = """source_id,kind,value,flags
24kg,domain,24.kg,
24kg,name,24.kg,
kabar,domain,kabar.kg,
kabar,name,kabar.kg,
kabar,name,Кабар,ambiguous
newsasia,name,News-Asia,
tass,name,ТАСС,
vlast,name,Власть,ambiguous
"""
BODY = (
    "Министры договорились о поставках воды в засушливые районы долины. {} Следующая встреча пройдёт осенью в Худжанде."
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    folder = tmp_path_factory.mktemp("reference")
    (folder / "sources.csv").write_text(ROWS, encoding="utf-8")
    (folder / "source_names.csv").write_text(NAMES, encoding="utf-8")
    return Sources.load(folder)


def page_of(text: str) -> Page:
    page = read_page(clean(text))
    assert isinstance(page, Page)
    return page


def publisher(text: str, sources: Sources, carrier: Carrier = Carrier()) -> SourceMatch | None:
    page = page_of(text)
    return find_publisher(page, carrier, find_dateline(body_text(page)), sources)


def agency(text: str, sources: Sources) -> SourceMatch | None:
    page = page_of(text)
    body = body_text(page)
    return find_agency(page, body, find_dateline(body), sources)


@pytest.mark.parametrize("words", ["24kg", "24.KG", "«24.kg»", "https://24.kg/", "24.kg"])
def test_the_carrier_names_a_source_by_id_name_or_address(sources: Sources, words: str) -> None:
    assert publisher(BODY, sources, Carrier(source=words)) == SourceMatch("24kg", "carrier", words)


def test_a_carrier_may_name_a_new_source(sources: Sources) -> None:
    assert publisher(BODY, sources, Carrier(source="Вестник долины")) == SourceMatch(
        "вестник_долины", "carrier", "Вестник долины"
    )


@pytest.mark.parametrize(
    "url", ["https://24.kg/a/1/", "http://www.24.kg/a", "https://amp.24.kg./a", "https://ru.24.kg:443/"]
)
def test_the_address_names_the_publisher(sources: Sources, url: str) -> None:
    match = publisher(BODY, sources, Carrier(url=url))
    assert match is not None
    assert (match.source_id, match.method) == ("24kg", "url_host")


def test_an_unknown_host_is_a_new_source(sources: Sources) -> None:
    assert publisher(BODY, sources, Carrier(url="https://www.valley.example/a")) == SourceMatch(
        "valley.example", "url_host", "www.valley.example"
    )


def test_the_address_in_the_crawler_prefix_counts(sources: Sources) -> None:
    match = publisher(f" date 2025-11-24 https://24.kg/a/1/\nО поставках воды в долину\n\n{BODY}", sources)
    assert match == SourceMatch("24kg", "url_host", "24.kg")


def test_the_masthead_above_the_headline_counts(sources: Sources) -> None:
    head = "Информационный портал «News-Asia». Новости региона\n\nНапишите нам\n\nRSS\n\n"
    match = publisher(f"{head}О поставках воды в долину\n\n{BODY}\n\n{BODY}", sources)
    assert match == SourceMatch("newsasia", "masthead", "портал «News-Asia»")


def test_an_outlet_in_the_headline_is_no_masthead(sources: Sources) -> None:
    assert publisher(f"Сотрудник портала «News-Asia» получил премию\n\n{BODY}", sources) is None


def test_the_dateline_is_the_last_resort(sources: Sources) -> None:
    assert publisher(f"Бишкек, 29.01.25. /Кабар/. {BODY}", sources) == SourceMatch("kabar", "dateline", "Кабар")


def test_a_stronger_evidence_wins(sources: Sources) -> None:
    match = publisher(f"Бишкек, 29.01.25. /Кабар/. {BODY}", sources, Carrier(url="https://24.kg/a"))
    assert match is not None
    assert match.source_id == "24kg"


def test_a_text_that_names_nobody_has_no_publisher(sources: Sources) -> None:
    assert publisher(f"Фото пресс-службы президента\n\n{BODY}", sources) is None


@pytest.mark.parametrize(
    ("text", "source_id", "method"),
    [
        (f"Бишкек, 29.01.25. /Кабар/. {BODY}", "kabar", "dateline"),
        (f"О поставках воды в долину\n\n14:09, 01 февраля 2021, Бишкек - 24.kg\n\n{BODY}", "24kg", "wire_mark"),
        (f"{BODY}\n\nИсточник: ТАСС", "tass", "wire_mark"),
        (BODY.format("Об этом передаёт ТАСС."), "tass", "attribution"),
        (BODY.format("Об этом сообщает агентство «Кабар»."), "kabar", "attribution"),
        (BODY.format("Об этом сообщает ТАСС со ссылкой на 24.kg."), "tass", "attribution"),
        (BODY.format("Об этом сообщили 24.kg в министерстве."), "24kg", "attribution"),
    ],
    ids=["dateline", "stamp", "source line", "передаёт", "quoted", "with a second source", "told to"],
)
def test_the_agency_is_the_one_whose_wire_it_is(sources: Sources, text: str, source_id: str, method: str) -> None:
    match = agency(text, sources)
    assert match is not None
    assert (match.source_id, match.method) == (source_id, method)


@pytest.mark.parametrize(
    "said",
    [
        "Об этом сообщила его пресс-служба.",
        "Об этом сообщили в кабмине.",
        "Это решила власть.",
        "Передаёт опыт и ТАСС-парк.",
    ],
)
def test_nobody_else_is_an_agency(sources: Sources, said: str) -> None:
    assert agency(BODY.format(said), sources) is None


def test_an_attribution_deep_in_the_text_is_not_the_agency(sources: Sources) -> None:
    assert agency(BODY.format("Работы идут по плану. " * 60 + "Об этом писал ТАСС, передаёт ТАСС."), sources) is None


@pytest.mark.parametrize(
    ("said", "name", "method"),
    [
        ("Об этом сообщила его пресс-служба.", "его пресс-служба", "press_service"),
        ("Пресс-служба есть у всех, но сообщает пресс-служба Нацбанка.", "пресс-служба Нацбанка", "press_service"),
        ("Как сообщили в кабмине, сроки прежние.", "кабмине", "office"),
        ("По данным МИД, сроки прежние.", "МИД", "office"),
        ("Сроки прежние, пишут со ссылкой на ТАСС.", "ТАСС", "outlet"),
    ],
)
def test_the_quoted_are_found(sources: Sources, said: str, name: str, method: str) -> None:
    assert (name, method) in [(cited.name, cited.method) for cited in find_cited(BODY.format(said), sources)]


def test_a_press_service_that_says_nothing_is_not_quoted(sources: Sources) -> None:
    assert find_cited(BODY.format("Его пресс-служба переехала в новое здание."), sources) == ()


def test_the_zone_is_the_sources_own(sources: Sources) -> None:
    zone = sources.zone("tass")
    assert zone is not None
    assert zone.key == "Europe/Moscow"


@pytest.mark.parametrize("source_id", ["newsasia", "valley.example"])
def test_a_source_without_a_zone_has_none(sources: Sources, source_id: str) -> None:
    assert sources.zone(source_id) is None
