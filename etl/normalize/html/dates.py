"""Publication dates as a page declares or prints them, strongest first. Dates of modification are never collected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from etl.normalize.dates.machine import moment_reading
from etl.normalize.dates.reading import Rung
from etl.normalize.dates.stamp import Stamp, read_stamp
from etl.normalize.html.json_ld import LinkedData, words_of
from etl.normalize.html.metas import Metas
from etl.normalize.html.nodes import ancestors, around_headline, attribute, text_of
from etl.normalize.html.page import RawDate

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

# article:published_time is OpenGraph's, the Dublin Core and citation names are standards, the others are widely used.
_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "mediator_published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_at",
    "publication_date",
    "publication-date",
    "article.published",
    "date",
    "dc.date",
    "dcterms.date",
)
_DECLARED = "[itemprop~=datePublished], time[pubdate]"
_CHANGED = re.compile(r"modif|updat|\bchanged|\bedited|обновл|изменен|жаңыр|жаңарт|yangilan", re.IGNORECASE)
_DATED = "[class*=date i], [class*=time i], [class*=publi i], [class*=posted i], [class*=meta i], [id*=date i]"
_MOST_NODES = 8
_LONGEST_STAMP = 120
_READ_ABOVE = ["script", "meta", "link"]
_MOST_DAYS = 2  # of publication and of change; more are a list of other articles
_TEASERS = frozenset({"a", "h2", "h3", "h4", "h5", "h6"})
# htmldate takes today for a limit where none is given: the same page must give the same date every day.
_EARLIEST, _LATEST = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - htmldate compares naive days


def find_dates(tree: LexborHTMLParser, linked: LinkedData, metas: Metas) -> tuple[RawDate, ...]:
    """Every declared date; the weaker strategies are asked only where no declared one can be read."""
    found = list(dict.fromkeys([*_json_ld(linked), *_metas(metas), *_elements(tree)]))
    for weaker in (_printed(tree), _htmldate(tree)):
        if not any(_day(it.evidence) for it in found):
            found.extend(weaker)
    return tuple(found)


def _json_ld(linked: LinkedData) -> Iterator[RawDate]:
    for node in (linked.article, linked.page):
        if words := words_of(node, "datePublished"):
            yield RawDate("json_ld", words)


def _metas(metas: Metas) -> Iterator[RawDate]:
    for name in _METAS:
        yield from (RawDate("meta", words) for words in metas.get(name, ()))


def _elements(tree: LexborHTMLParser) -> Iterator[RawDate]:
    """Elements that are declared to be the date, then the `<time>` that stands with the headline."""
    for node in tree.css(_DECLARED)[:_MOST_NODES]:
        if node.tag != "meta" and not _is_changed(node):
            words = attribute(node, "datetime") or attribute(node, "content") or text_of(node)
            yield RawDate("time_element", words[:_LONGEST_STAMP])
    for level in around_headline(tree):
        times = [attribute(node, "datetime") for node in level.css("time[datetime]") if not _is_changed(node)]
        days = {words: day for words in times if (day := _day(words))}
        if days:
            if len(set(days.values())) <= _MOST_DAYS:
                yield RawDate("time_element", next(iter(days)))
            return


def _printed(tree: LexborHTMLParser) -> Iterator[RawDate]:
    """A stamp in an element near the headline whose class speaks of a date."""
    for level in around_headline(tree):
        nodes = [node for node in level.css(f"time, {_DATED}") if not _is_changed(node) and not _is_teasers(node)]
        stamps = {words: stamp for node in nodes if (words := text_of(node)) and (stamp := _stamp(words))}
        if stamps:
            if len({stamp.printed for stamp in stamps.values()}) <= _MOST_DAYS:
                yield RawDate("stamp", next(iter(stamps)))
            return


def _stamp(words: str) -> Stamp | None:
    stamp = read_stamp(words, 0) if len(words) <= _LONGEST_STAMP else None
    return stamp if stamp is not None and stamp.printed.date is not None and not stamp.is_update else None


def _is_teasers(node: LexborNode) -> bool:
    """It stands in a link, or with the headline of another article."""
    return any(it.tag in _TEASERS for it in ancestors(node))


def _htmldate(tree: LexborHTMLParser) -> Iterator[RawDate]:
    """The day that htmldate reads from the visible page. What is declared was read above: it would take the date of
    another article from JSON-LD, and that of the last change from a meta."""
    from htmldate import find_date  # a tenth of a second, which few pages need

    visible = tree.clone()
    visible.strip_tags(_READ_ABOVE)
    day = find_date(
        visible.html or "", extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST
    )
    if day:
        yield RawDate("htmldate", day)


def _day(words: str) -> date | None:
    return moment_reading(Rung.TIME_ELEMENT, words).day


def _is_changed(node: LexborNode) -> bool:
    names = f"{attribute(node, 'class')} {attribute(node, 'itemprop')} {attribute(node, 'id')}"
    return _CHANGED.search(names) is not None or _CHANGED.search(text_of(node)[:_LONGEST_STAMP]) is not None
