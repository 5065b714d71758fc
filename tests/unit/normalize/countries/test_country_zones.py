from __future__ import annotations

import pytest

from etl.normalize.article import Kind, Zone
from etl.normalize.countries.gazetteer import Gazetteer, article_mentions, is_counted
from etl.normalize.page import Span

TITLE = "Кыргызстан и Китай подписали соглашение"
BODY = "БИШКЕК, 5 мая — Посол Венгрии прилетел.\nЕго встретили гости из Турции."


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_each_mention_knows_its_zone(gazetteer: Gazetteer) -> None:
    mentions = article_mentions(gazetteer, TITLE, BODY, Span(0, 15), "ru")
    assert [(mention.surface, mention.zone) for mention in mentions] == [
        ("Кыргызстан", Zone.TITLE),
        ("Китай", Zone.TITLE),
        ("БИШКЕК", Zone.DATELINE),
        ("Венгрии", Zone.LEAD),
        ("Турции", Zone.BODY),
    ]


def test_offsets_count_in_the_title_or_in_the_body(gazetteer: Gazetteer) -> None:
    for mention in article_mentions(gazetteer, TITLE, BODY, None, "ru"):
        text = TITLE if mention.zone is Zone.TITLE else BODY
        assert text[mention.start : mention.end] == mention.surface


def test_the_body_says_what_an_abbreviation_in_the_title_means(gazetteer: Gazetteer) -> None:
    mentions = article_mentions(gazetteer, "МВД КР сообщило", "В Кыргызстане прошёл рейд.", None, "ru")
    assert [mention.country_code for mention in mentions] == ["KG", "KG"]


def test_a_name_does_not_run_from_the_title_into_the_body(gazetteer: Gazetteer) -> None:
    mentions = article_mentions(gazetteer, "Ветер с юга: Южная", "Корея ждёт тайфун.", None, "ru")
    assert [mention.surface for mention in mentions] == ["Корея"]


@pytest.mark.parametrize(
    ("kind", "zone", "expected"),
    [
        (Kind.NAME, Zone.TITLE, True),
        (Kind.CITY, Zone.LEAD, True),
        (Kind.DEMONYM, Zone.BODY, True),
        (Kind.CURRENCY, Zone.BODY, False),
        (Kind.LANGUAGE, Zone.LEAD, False),
        (Kind.CITY, Zone.DATELINE, False),
    ],
)
def test_what_counts(kind: Kind, zone: Zone, expected: bool) -> None:
    assert is_counted(kind, zone) is expected
