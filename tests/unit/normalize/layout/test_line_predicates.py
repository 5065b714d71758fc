"""What a single line is by its own words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.normalize.layout.credits import is_credit
from etl.normalize.layout.furniture import is_furniture
from etl.normalize.layout.lines import Line, split_lines
from etl.normalize.layout.related import is_related_heading
from etl.normalize.layout.stamps import is_stamp

SENTENCES = [
    "Фото президента с рабочими завода вызвало споры в социальных сетях.",
    "Комментарии к законопроекту принимают до конца месяца в письменном виде.",
    "Поделиться опытом с соседями решили фермеры Таласской долины в этом году.",
    "По теме водных ресурсов стороны договорились встретиться осенью в Худжанде.",
    "При использовании новых сортов урожай вырос на треть, а затраты воды снизились: так посчитали агрономы "
    "института земледелия, которые сравнили опытные участки в четырёх районах области за последние пять лет. "
    "Они уточнили, что прибавка зависит от почвы, от срока посева и от того, сколько раз поле поливали, и что "
    "в горных хозяйствах она заметно ниже, чем в долине, где почти везде уже проложены капельные линии.",
    "Встреча прошла 2 июля 2025 года в Бишкеке.",
    "К 1 июля 2026 года число школ в области сократят на треть",
    "Отопительный сезон в Бишкеке начнётся 1 ноября 2025 года",
]


def line(text: str) -> Line:
    return split_lines(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Фото пресс-службы президента",
        "Фото: пресс-служба мэрии",
        "Фото из архива редакции",
        "Иллюстративное фото",
        "Видео: Айгуль Осмонова",
        "Сүрөт: президенттик администрация",
        "Рабочие укладывают рельсы на перевале. Фото: Азамат Уметов",
        "The bridge before the opening. Photo: AFP",
        "© Вестник долины",
        "Автор: Айбек Усенов",
    ],
)
def test_credits_are_known(text: str) -> None:
    assert is_credit(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "Поделиться",
        "Facebook",
        "Telegram WhatsApp",
        "Комментарии (12)",
        "15 комментариев",
        "Просмотров: 1254",
        "1 2 3 4 5 6 ... 27",
        "»",
        "Страница 3 из 18",
        "Реклама",
        "Теги: экономика, вода",
        "Если вы нашли ошибку, выделите её и нажмите Ctrl+Enter",
        "Пикирлер (0)",
        "Share this article",
    ],
)
def test_furniture_is_known(text: str) -> None:
    assert is_furniture(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "Читайте также:",
        "По теме",
        "Последние новости",
        "Тектеш",
        "Read more: A bridge over the Naryn",
        "Похожие материалы",
    ],
)
def test_headings_of_related_links_are_known(text: str) -> None:
    assert is_related_heading(line(text))


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня 05:30     Комментарии [0]",
        "29 октября 2019 10:56",
        "14:09, 01 февраля 2021, Бишкек - 24.kg",
        "22.08.2025",
        "14 Үчтүн айы 2021 15:35 Бишкек",
        "Опубликовано: 2025-08-22 16:21",
        "June 5, 2025",
    ],
)
def test_stamps_are_known(text: str) -> None:
    assert is_stamp(line(text))


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize("predicate", [is_credit, is_furniture, is_related_heading, is_stamp])
def test_a_sentence_is_none_of_them(predicate: Callable[[Line], bool], text: str) -> None:
    assert not predicate(line(text))
