"""Whole pages: what is title, what is body, what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.item import Rejection
from etl.normalize.layout import body_text, read_page
from etl.normalize.page import Page
from etl.normalize.text import clean

PARAGRAPHS = (
    "Министерства промышленности двух стран подписали соглашение о строительстве завода бытовой техники "
    "в Джалал-Абаде. Церемония прошла в Ташкенте.",
    "По словам министра, на первом этапе предприятие создаст 400 рабочих мест, а через год ещё столько же.",
    "«Мы рассчитываем, что первая продукция выйдет уже через два года», — сказал он журналистам после переговоров.",
)
LONG = "\n\n".join(f"{paragraph} {paragraph}" for paragraph in PARAGRAPHS)
HEADLINE = "Кыргызстан и Узбекистан построят завод бытовой техники"
MENU = "Главная\nПолитика\nЭкономика\nОбщество\nПроисшествия\nСпорт\nРегионы\nКонтакты"
FOOT = (
    "Теги: экономика, завод\nКомментарии (3)\nПоделиться\nFacebook\nTelegram\n"
    "Похожие новости\nЦены на мясо выросли\n14 мая 2025\nДепутаты приняли закон о рекламе\n13 мая 2025\n"
    "Экспорт мёда вырос вдвое\n12 мая 2025\nО нас\nРеклама на сайте\n© 2025 Вестник долины. Все права защищены."
)


def page_of(text: str) -> Page:
    page = read_page(clean(text))
    assert isinstance(page, Page)
    return page


def title_of(page: Page) -> str | None:
    return page.cut(page.title) if page.title else None


def portal_page(body: str) -> str:
    return f"{MENU}\n{HEADLINE}\n12:30, 14 мая 2025\nПросмотров: 1254\n{body}\n{FOOT}"


def test_a_clean_article_loses_nothing() -> None:
    body = "\n\n".join(PARAGRAPHS)
    page = page_of(f"{HEADLINE}\n\n{body}")
    assert (title_of(page), body_text(page)) == (HEADLINE, body)


def test_an_article_without_a_headline_has_no_title() -> None:
    assert page_of("\n".join(PARAGRAPHS)).title is None


def test_a_message_without_prose_loses_nothing_above_a_question() -> None:
    first = "Второй день сельчане из-за паводка переезжают к родственникам. Видео"
    page = page_of(f"{first}\n\nЧто взять с собой?\n\nСпросите нас")
    assert (title_of(page), body_text(page)) == (first, "Что взять с собой?\n\nСпросите нас")


def test_a_digest_is_kept_and_in_doubt() -> None:
    news = "\n\n".join(f"🔹 В районе номер {number} открыли новую школу" for number in range(1, 13))
    page = page_of(f"⚡️ Новости к этому часу\n\n{news}")
    assert (body_text(page), page.confidence) == (news, 0.0)


def test_a_lone_question_is_a_body() -> None:
    assert body_text(page_of("Договорятся ли соседи о графике попусков воды?")).endswith("воды?")


def test_the_question_at_the_end_of_a_message_is_no_headline() -> None:
    opening = "🔻В Оше начался форум по воде 🌊"
    page = page_of(f"{opening} и ледникам Памира\n\nДоговорятся ли соседи о графике попусков?\n\n{PARAGRAPHS[0]}")
    assert title_of(page) == f"{opening} и ледникам Памира"


def test_a_sentence_glued_to_the_prefix_begins_the_body() -> None:
    page = page_of(" date 2025-12-20 " + "\n\n".join(PARAGRAPHS))
    assert (title_of(page), body_text(page)) == (None, "\n\n".join(PARAGRAPHS))


def test_the_line_behind_the_prefix_is_the_title() -> None:
    assert title_of(page_of(f" date 2025-08-22 16:21\n{HEADLINE}\n\n{PARAGRAPHS[0]}\n\n{PARAGRAPHS[1]}")) == HEADLINE


def test_a_dateline_is_part_of_the_body() -> None:
    text = f"Бишкек, 29.01.25. /Кабар/. {PARAGRAPHS[0]}\n{PARAGRAPHS[1]}"
    assert body_text(page_of(text)) == text


def test_a_portal_page_gives_its_article_alone() -> None:
    page = page_of(portal_page("\n".join(PARAGRAPHS)))
    assert (title_of(page), body_text(page)) == (HEADLINE, "\n".join(PARAGRAPHS))


def test_a_label_behind_the_headline_is_not_part_of_it() -> None:
    page = page_of(portal_page("\n".join(PARAGRAPHS)).replace(HEADLINE, f"{HEADLINE} Новость дня"))
    assert title_of(page) == HEADLINE


def test_what_the_headline_says_in_brackets_stays() -> None:
    assert (
        title_of(page_of(portal_page("\n".join(PARAGRAPHS)).replace(HEADLINE, f"{HEADLINE} (фото)")))
        == f"{HEADLINE} (фото)"
    )


def test_a_subheading_stays_in_the_body() -> None:
    body = f"{PARAGRAPHS[0]}\nРабочие места: первый этап\n{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}"
    assert body_text(page_of(portal_page(body))) == body


def test_an_enumeration_stays_in_the_body() -> None:
    body = f"{PARAGRAPHS[0]}\nРядом построят:\n• общежитие;\n• учебный центр;\n• склад.\n{PARAGRAPHS[2]}"
    assert body_text(page_of(portal_page(body))) == body


@pytest.mark.parametrize(
    "block",
    [
        "Фото пресс-службы министерства",
        "Читайте также:\nСколько заводов открылось в стране за год?\nУзбекистан увеличил поставки газа",
        "Реклама",
        "Поделиться\nFacebook\nTelegram",
    ],
    ids=["credit", "related", "advertisement", "share"],
)
def test_a_block_of_the_site_between_paragraphs_is_left_out(block: str) -> None:
    page = page_of(portal_page(f"{PARAGRAPHS[0]}\n{block}\n{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}"))
    assert body_text(page) == "\n".join(PARAGRAPHS)


def test_a_related_block_on_a_clean_page_is_left_out() -> None:
    page = page_of(f"{PARAGRAPHS[0]}\n\nТектеш\n\nКөпүрө качан бүтөт\n\n{PARAGRAPHS[1]}\n\n{PARAGRAPHS[2]}")
    assert body_text(page) == "\n\n".join(PARAGRAPHS)


def test_an_archive_of_dated_teasers_is_left_out() -> None:
    teasers = "\n\n".join(
        f"{day} октября 2019 10:56\n\nКороткий заголовок старой новости\n\nПодробности старой новости в одной строке."
        for day in (29, 28, 27, 26)
    )
    page = page_of(
        f"{MENU}\n\n{HEADLINE}\n\n" + "\n\n".join(PARAGRAPHS) + f"\n\nСегодня 05:30     Комментарии [0]\n\n{teasers}"
    )
    assert body_text(page) == "\n\n".join(PARAGRAPHS)


def test_a_line_printed_three_times_is_not_body() -> None:
    offer = "Подробности читайте в нашем приложении для телефона."
    first, second, third = LONG.split("\n\n")
    body = f"{first}\n{offer}\n{second}\n{offer}\n{third}\n{offer}"
    assert body_text(page_of(portal_page(body))) == f"{first}\n{second}\n{third}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "empty"), (" \n\t\n", "empty"), (" date 2025-12-20 ", "empty"), ("Поделиться\nКомментарии (3)", "no_body")],
)
def test_a_page_without_an_article_is_rejected(text: str, reason: str) -> None:
    rejection = read_page(text)
    assert isinstance(rejection, Rejection)
    assert rejection.reason_code == reason


OTHER = "\n\n".join(
    sentence * 3
    for sentence in (
        "Мост через Ак-Буура в Оше открыли на месяц раньше срока, движение по нему идёт в обе стороны. ",
        "Прежняя переправа стояла с пятидесятых годов и не выдерживала грузовых машин, сказали в мэрии. ",
        "До осени дорожники заасфальтируют подъезды к мосту и поставят фонари на левом берегу реки. ",
    )
)


@pytest.mark.parametrize(
    "second",
    [
        f" date 2025-12-21 {OTHER}",
        f"Бишкек, 30.01.25. /Кабар/. {OTHER}",
        f"В Оше открыли новый мост через реку\n\n13:30, 15 мая 2025\n\n{OTHER}",
    ],
    ids=["prefix", "dateline", "stamp"],
)
def test_two_whole_articles_on_one_page_are_rejected(second: str) -> None:
    rejection = read_page(f"{HEADLINE}\n\n12:30, 14 мая 2025\n\n{LONG}\n\n{second}")
    assert isinstance(rejection, Rejection)
    assert rejection.reason_code == "several_articles"


def test_a_ticker_under_one_headline_is_one_article() -> None:
    entries = "\n".join(f"{hour}:30\nПоложение в {hour} часов\n{PARAGRAPHS[0]}" for hour in range(10, 18))
    assert isinstance(read_page(f"{HEADLINE}\n09:30\n{LONG}\n{entries}"), Page)


def test_confidence_falls_with_prose_left_out() -> None:
    aside = "\n".join(f"Имя Автора\nМнение\n{paragraph}" for paragraph in PARAGRAPHS)
    assert page_of(portal_page("\n".join(PARAGRAPHS)) + "\nМнения\n" + aside).confidence < page_of(LONG).confidence


words = st.lists(
    st.sampled_from(["Мост открыли.", "Реклама", "Фото: мэрия", "• пункт;", "12:30, 14 мая 2025", "", *PARAGRAPHS])
)


@given(words)
def test_body_spans_are_ordered_and_hold_whole_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = read_page(text)
    spans = page.body if isinstance(page, Page) else ()
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(line in lines for span in spans for line in text[span.start : span.end].split("\n"))


@given(words)
def test_the_body_of_a_body_is_itself_or_less(lines: list[str]) -> None:
    page = read_page("\n".join(lines))
    body = body_text(page) if isinstance(page, Page) else ""
    assert "\n\n\n" not in body
    assert body == body.strip()
