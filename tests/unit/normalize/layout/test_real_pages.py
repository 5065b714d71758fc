"""Real articles and pages, where the optional material folder lies beside the repository."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.normalize.layout import body_text, read_page
from etl.normalize.layout.evaluate import body_of, flatten, mean_score, score_body
from etl.normalize.page import Page
from etl.normalize.text import clean

REAL = Path(__file__).parents[4].parent / "shared" / "real"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real articles is not beside the repository")


def article(number: str) -> tuple[str, Page]:
    (path,) = (REAL / "articles").glob(f"{number}_*.txt")
    text = clean(path.read_text(encoding="utf-8"))
    page = read_page(text)
    assert isinstance(page, Page)
    return text, page


@needs_real
def test_the_flattened_portal_page_gives_exactly_its_article() -> None:
    text, page = article("004")
    right = text[text.index("2 июля 2025 года Президент") : text.index("Фото: пресс-служба")]
    assert score_body(body_text(page), right).f1 == 1.0


@needs_real
def test_the_printed_headline_comes_without_its_label() -> None:
    _, page = article("004")
    assert page.title is not None
    assert page.cut(page.title).endswith("на годы вперёд")


@needs_real
@pytest.mark.parametrize("number", ["000", "002"])
def test_a_clean_real_article_loses_nothing(number: str) -> None:
    text, page = article(number)
    assert body_text(page) == text[page.prefix.end if page.prefix else 0 :].strip()


@needs_real
def test_the_photo_credit_is_left_out_and_nothing_else() -> None:
    text, page = article("001")
    assert page.prefix is not None
    paragraphs = [line for line in text[page.prefix.end :].split("\n") if line and not line.startswith("Фото ")]
    assert body_text(page).split("\n\n") == paragraphs


@needs_real
def test_bullets_stay_in_the_body() -> None:
    _, page = article("003")
    assert body_text(page).count("\n• ") == 3


def real_pages() -> Iterator[tuple[str, str]]:
    """HTML and right body of each page of the web archive; a record's payload begins behind two blank lines."""
    gold = [
        json.loads(line) for line in (REAL / "web" / "pages_dev_gold.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    bodies = {row["url"]: row["body"] for row in gold}
    archive = gzip.decompress((REAL / "web" / "pages_dev.warc.gz").read_bytes())
    for record in archive.split(b"WARC/1.0\r\n")[1:]:
        fields = dict(line.split(": ", 1) for line in record.split(b"\r\n\r\n", 1)[0].decode("latin-1").split("\r\n"))
        url = fields.get("WARC-Target-URI", "")
        if url in bodies and fields["WARC-Type"] == "response":
            yield record.split(b"\r\n\r\n", 2)[2].decode("utf-8", "replace"), bodies[url]


@needs_real
def test_flattened_real_pages_score_090_or_more() -> None:
    assert mean_score(score_body(body_of(flatten(html)), right) for html, right in real_pages()).f1 >= 0.9
