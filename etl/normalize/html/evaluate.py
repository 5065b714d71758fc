"""Measuring HTML pages against what a person (or a reader made for that one site) says of them.

Gold: JSON lines with `url`, `title`, `date` ('2025-06-05 12:36:40+02:00'; midnight or a day alone where no time is
known), `authors` (a list or null) and `body`. The pages are the responses of a web archive, found by their URL.

Right means: day, the same day in the zone that gold names; minute, the same instant to the minute, or the same hour
on the clock where gold names no zone, and no more than the day where gold knows no more; title, the same characters
but for white space and invisible characters; authors, the same names in any order, case kept. A gold value that is
null is right where nothing was found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from statistics import fmean
from zoneinfo import ZoneInfo

from etl.extract.item import Carrier, Rejection
from etl.extract.text import Decoded
from etl.extract.warc import WebResponse, read_warc
from etl.normalize.article import Precision, Publication
from etl.normalize.dates.html import find_html_publication
from etl.normalize.html.encoding import decode_html
from etl.normalize.html.page import HtmlPage
from etl.normalize.html.reader import read_html
from etl.normalize.html.words import tidy
from etl.normalize.layout.evaluate import Score, body_of, flatten, mean_score, score_body

_NO_ZONE = ZoneInfo("UTC")  # hours without a zone are compared by the clock


@dataclass(frozen=True, slots=True)
class GoldPage:
    """What is right for one page; `published` is naive where no zone is known."""

    url: str
    title: str | None
    published: datetime | None
    authors: tuple[str, ...]
    body: str


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page: what is right of it. `credits` compares everyone credited, `authors` the people among them alone."""

    url: str
    day: bool
    minute: bool
    title: bool
    authors: bool
    credits: bool
    body: Score


@dataclass(frozen=True, slots=True)
class PagesScore:
    """Shares of right pages, 0 to 1, and the mean score of the bodies. `worst` are the pages, lowest body F1 first."""

    pages: int
    day: float
    minute: float
    title: float
    authors: float
    credits: float
    body: Score
    worst: tuple[PageScore, ...]


def score_pages(archive: Path, gold: Path) -> PagesScore:
    """The score of every page of `gold`; one that the archive lacks or that is rejected has nothing right.

    Raises statistics.StatisticsError where gold is empty.
    """
    responses = {response.url: response for response in _responses(archive)}
    return summarize([score_page(right, responses.get(right.url)) for right in read_gold(gold)])


def score_flattened(archive: Path, gold: Path) -> Score:
    """The mean body score of the same pages flattened to text, as a dump of whole pages has them."""
    responses = {response.url: response for response in _responses(archive)}
    return mean_score(score_body(_flattened_body(responses.get(right.url)), right.body) for right in read_gold(gold))


def _flattened_body(response: WebResponse | None) -> str:
    decoded = decode_html(response.content, response.charset) if response else None
    return body_of(flatten(decoded.text)) if isinstance(decoded, Decoded) else ""


def predict(archive: Path) -> dict[str, dict[str, object]]:
    """What is found on every page of an archive: {url: {"title", "published", "authors", "body"}}."""
    pages = ((response, _read(response)) for response in _responses(archive))
    return {response.url: _prediction(response, page) for response, page in pages if page is not None}


def _prediction(response: WebResponse, page: HtmlPage) -> dict[str, object]:
    carrier, as_of = Carrier(url=response.url), response.fetched_at or datetime.now(UTC)
    found = find_html_publication(page, carrier, response.url, _NO_ZONE, as_of)
    published = found.at or found.day
    return {
        "title": page.title,
        "published": published.isoformat() if published else None,
        "authors": page.credits,
        "body": page.body,
    }


def summarize(scores: Sequence[PageScore]) -> PagesScore:
    """The shares over all pages."""

    def share(is_right: Callable[[PageScore], bool]) -> float:
        return fmean(is_right(score) for score in scores)

    return PagesScore(
        pages=len(scores),
        day=share(lambda it: it.day),
        minute=share(lambda it: it.minute),
        title=share(lambda it: it.title),
        authors=share(lambda it: it.authors),
        credits=share(lambda it: it.credits),
        body=mean_score(score.body for score in scores),
        worst=tuple(sorted(scores, key=lambda it: it.body.f1)),
    )


def score_page(right: GoldPage, response: WebResponse | None) -> PageScore:
    """One page, judged at the moment it was fetched: nothing was published after it."""
    page = _read(response) if response else None
    if page is None or response is None:
        return PageScore(right.url, False, False, False, False, False, score_body("", right.body))
    carrier, as_of = Carrier(url=response.url), response.fetched_at or datetime.now(UTC)
    publication = find_html_publication(page, carrier, response.url, _NO_ZONE, as_of)
    return PageScore(
        url=right.url,
        day=is_same_day(publication, right.published),
        minute=is_same_minute(publication, right.published),
        title=tidy(page.title or "") == tidy(right.title or ""),
        authors=_same_names(page.authors, right.authors),
        credits=_same_names(page.credits, right.authors),
        body=score_body(page.body, right.body),
    )


def is_same_day(found: Publication, right: datetime | None) -> bool:
    if right is None or found.day is None:
        return right is None and found.day is None
    if found.at is None or right.tzinfo is None:
        return found.day == right.date()
    return found.at.astimezone(right.tzinfo).date() == right.date()


def is_same_minute(found: Publication, right: datetime | None) -> bool:
    if right is None or right.time() == time(0, 0):
        return is_same_day(found, right)
    if found.precision is not Precision.MINUTE or found.at is None:
        return False
    minute = right.replace(second=0, microsecond=0)
    return found.at == minute if minute.tzinfo else found.at.replace(tzinfo=None) == minute


def read_gold(gold: Path) -> Iterator[GoldPage]:
    """The pages of a gold file, in its order."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = datetime.fromisoformat(row["date"]) if row["date"] else None
        yield GoldPage(row["url"], row["title"], published, tuple(row["authors"] or ()), row["body"])


def _responses(archive: Path) -> Iterator[WebResponse]:
    with archive.open("rb") as stream:
        yield from (it for it in read_warc(stream) if isinstance(it, WebResponse))


def _read(response: WebResponse) -> HtmlPage | None:
    decoded = decode_html(response.content, response.charset)
    page = read_html(decoded.text, response.url) if isinstance(decoded, Decoded) else decoded
    return None if isinstance(page, Rejection) else page


def _same_names(found: Iterable[str], right: Iterable[str]) -> bool:
    return {tidy(name) for name in found} == {tidy(name) for name in right}
