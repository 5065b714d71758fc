"""The page: it says what the figures say, in both languages, and nothing in it can run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree

import pytest
from psycopg import Connection

from etl.database.connect import connect
from etl.report.figures import Figures, Headline
from etl.report.page import render
from etl.report.period import Asked
from etl.report.read import read
from etl.report.wording import Language, Wording

Report = Callable[..., str]

MADE_AT = datetime(2025, 9, 1, 6, 30, tzinfo=UTC)
HOSTILE = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)>"
SECTIONS = {"time-line", "countries", "map", "pairs", "sources", "bursts", "latest", "quality"}


@pytest.fixture
def figures(warehouse: Connection) -> Figures:
    return read(warehouse, Asked())


def page_of(figures: Figures, language: Language = Language.EN) -> str:
    return render(figures, Wording.of(language), MADE_AT)


def page_of_headline(figures: Figures, headline: Headline) -> str:
    """Without drawings, which take a second."""
    return page_of(replace(figures, latest=[headline], countries=[], time_line=[]))


def text_of(page: str) -> str:
    shown = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", shown).replace("\xa0", " ").split())


def data_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="figures">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def drawings_of(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg\b.*?</svg>", page, re.DOTALL)]  # noqa: S314


def sections_of(page: str) -> set[str]:
    return set(re.findall(r'<section id="([\w-]+)"', page))


def test_every_section_is_there(report: Report) -> None:
    assert sections_of(report()) == SECTIONS


def test_same_figures_make_the_same_page(figures: Figures) -> None:
    assert page_of(figures) == page_of(figures)


def test_data_block_holds_the_figures(figures: Figures) -> None:
    as_json = json.loads(json.dumps(asdict(figures), default=lambda value: value.isoformat()))
    assert data_of(page_of(figures)) == as_json


def test_tables_show_the_figures(figures: Figures) -> None:
    text = text_of(page_of(figures))
    first = figures.countries[0]
    assert f"{first.name_en} {first.country_code} {first.article_count}" in text
    assert f"{figures.sources[1].publisher_name} {figures.sources[1].article_count}" in text
    assert all(headline.title in text for headline in figures.latest if headline.title)


def test_drawings_say_what_their_marks_are(report: Report) -> None:
    titles = {title.text for svg in drawings_of(report()) for title in svg.iter("{http://www.w3.org/2000/svg}title")}
    assert {"Kyrgyzstan: 26", "Week of 10\xa0Mar\xa02025: 1"} <= titles


def test_russian_page_is_russian(report: Report) -> None:
    page = report(language=Language.RU)
    assert '<html lang="ru">' in page
    assert "О каких странах пишут больше всего?" in text_of(page)
    assert "Кыргызстан KG 26" in text_of(page)
    english = [label for key, label in Wording.of(Language.EN).labels.items() if key.startswith("q_")]
    assert [label for label in english if label in page] == []


def test_page_of_a_country_says_so(report: Report) -> None:
    text = text_of(report(Asked(country_code="JP")))
    assert text.startswith("News about Japan")
    assert "Only articles that mention Japan" in text


def test_period_is_compared_with_the_one_before(report: Report) -> None:
    text = text_of(report(Asked(date(2025, 8, 1), date(2025, 8, 31))))
    assert "1 Aug 2025 – 31 Aug 2025 against 1 Jul 2025 – 31 Jul 2025" in text
    assert "31 days before: 6" in text


def test_empty_warehouse_says_so(database: str) -> None:
    with connect(database, autocommit=True) as connection:
        page = page_of(read(connection, Asked()))
    assert "The warehouse holds no articles yet. Load some with newshouse load" in text_of(page)
    assert sections_of(page) == set()


def test_empty_period_says_so(report: Report) -> None:
    page = report(Asked(date(1999, 1, 1), date(1999, 12, 31), "KG"))
    assert "No article was found for this period and country." in text_of(page)
    assert sections_of(page) == {"quality"}


def test_only_undated_articles_make_a_page(figures: Figures) -> None:
    page = page_of(replace(figures, period=None, recent=None, previous=None, time_line=[], latest=[]))
    assert sections_of(page) == SECTIONS - {"time-line", "latest"}


@pytest.mark.parametrize("field", ["title", "publisher_name"])
def test_what_sources_wrote_is_text(figures: Figures, field: str) -> None:
    headline = Headline(date(2025, 8, 1), "title", "id", "publisher", None)
    page = page_of_headline(figures, replace(headline, **{field: HOSTILE}))
    assert page.count("<script") == 1  # the data
    assert "<img" not in page
    assert json.dumps(data_of(page)["latest"], ensure_ascii=False).count("<script>alert(1)") == 1


def test_names_in_drawings_are_text(figures: Figures) -> None:
    named = [replace(country, name_en=HOSTILE) for country in figures.countries]
    page = page_of(replace(figures, countries=named))
    assert page.count("<script") == 1
    assert "<img" not in page


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", 'http://x/"onclick="y'])
def test_only_web_addresses_are_links(figures: Figures, url: str) -> None:
    headline = Headline(date(2025, 8, 1), "title", "id", "publisher", url)
    links = re.findall(r"<a [^>]*>", page_of_headline(figures, headline))
    assert links == (['<a href="http://x/&#34;onclick=&#34;y" rel="noreferrer">'] if url.startswith("http") else [])


def test_policy_forbids_all_but_styles(report: Report) -> None:
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in report()


def test_loads_nothing(report: Report) -> None:
    assert re.findall(r"<(?:link|iframe|img|script src|object|embed|image)\b|url\(|@import", report()) == []
