from __future__ import annotations

import pytest

from etl.normalize.authors import carrier_authors, find_authors
from etl.normalize.layout import read_page
from etl.normalize.page import Page

LEAD = "Заголовок о ремонте большого канала\n\n{}\n\nРемонт канала закончили раньше срока, воду пустили утром.\n\n{}"


def authors(above: str = "", below: str = "") -> tuple[str, ...]:
    page = read_page(LEAD.format(above, below))
    assert isinstance(page, Page)
    return find_authors(page)


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Автор: Айбек Усенов", ("Айбек Усенов",)),
        ("Текст: Анна Петрова, Нурлан Асанов", ("Анна Петрова", "Нурлан Асанов")),
        ("Беседовала Айгуль Осмонова", ("Айгуль Осмонова",)),
        ("Нурлан АСАНОВ, 24.kg", ("Нурлан АСАНОВ",)),
        ("Автору: Бакыт Токтогул уулу", ("Бакыт Токтогул уулу",)),
        ("By Ann O'Neil and John Smith", ("Ann O'Neil", "John Smith")),
    ],
)
def test_bylines_of_known_form_name_people(byline: str, people: tuple[str, ...]) -> None:
    assert authors(below=byline) == people


def test_a_byline_may_stand_above_the_body() -> None:
    assert authors(above="Автор: Айбек Усенов") == ("Айбек Усенов",)


def test_an_author_named_twice_is_one() -> None:
    assert authors(above="Автор: Айбек Усенов", below="Автор: Айбек Усенов") == ("Айбек Усенов",)


@pytest.mark.parametrize(
    "line", ["Айбек Усенов", "Фото: Айбек Усенов", "Автор: редакция", "Текст: о главном", "Автор: Редакция Вестника"]
)
def test_no_other_line_names_an_author(line: str) -> None:
    assert authors(below=line) == ()


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Айгуль Осмонова, Иван Петров", ("Айгуль Осмонова", "Иван Петров")),
        ("John Smith and Мария Ким", ("John Smith", "Мария Ким")),
        ("admin", ()),
        ("Редакция Сайта, Айгуль Осмонова", ("Айгуль Осмонова",)),
        (None, ()),
    ],
)
def test_a_carrier_names_people_and_no_desks(words: str | None, people: tuple[str, ...]) -> None:
    assert carrier_authors(words) == people
