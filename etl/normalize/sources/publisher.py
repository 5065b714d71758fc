"""Who published this copy: the carrier's word, then the address, then the masthead, then the agency's own mark."""

from __future__ import annotations

import re

from etl.extract.item import Carrier
from etl.normalize.article import SourceMatch
from etl.normalize.dateline import Dateline
from etl.normalize.page import Page
from etl.normalize.sources.hosts import ascii_host, host_of, site_of
from etl.normalize.sources.marks import from_dateline, from_stamp
from etl.normalize.sources.names import name_after
from etl.normalize.sources.registry import Sources

_URL = re.compile(r"https?://\S+")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}\.?")
_OUTLET = re.compile(
    r"\b(?:портал|агентство|информагентство|издание|газета|журнал|телеканал|радио|ИА|МИА|АН|НИА|КНИА|НИАТ|АМИТ)"
    r"\s+(?=[«“\"\w])",
    re.IGNORECASE,
)
_NAME_LINES = 3  # in which an outlet's name may stand alone


def find_publisher(page: Page, carrier: Carrier, dateline: Dateline | None, sources: Sources) -> SourceMatch | None:
    """The first that speaks of: carrier's source, URL host, masthead, agency's dateline or stamp; else None."""
    return (
        _from_carrier(carrier, sources)
        or _from_url(page, carrier, sources)
        or _from_masthead(page, sources)
        or from_dateline(dateline, sources)
        or from_stamp(page, sources)
    )


def _from_carrier(carrier: Carrier, sources: Sources) -> SourceMatch | None:
    words = (carrier.source or "").strip()
    if not words:
        return None
    source_id = sources.find(words) or _by_address(words, sources) or _slug(words)
    return SourceMatch(source_id, "carrier", words)


def _by_address(words: str, sources: Sources) -> str | None:
    host = host_of(words) or (ascii_host(words) if _HOST.fullmatch(words) else None)
    return _source_of(host, sources) if host else None


def _slug(words: str) -> str:
    return re.sub(r"\W+", "_", words.casefold()).strip("_") or words


def _from_url(page: Page, carrier: Carrier, sources: Sources) -> SourceMatch | None:
    printed = _URL.search(page.cut(page.prefix)) if page.prefix else None
    for url in (carrier.url, printed and printed.group()):
        host = host_of(url) if url else None
        if host:
            return SourceMatch(_source_of(host, sources), "url_host", host)
    return None


def _source_of(host: str, sources: Sources) -> str:
    """The known source of a host; an unknown host is a new source under its own name."""
    return sources.by_host(host) or site_of(host)


def _from_masthead(page: Page, sources: Sources) -> SourceMatch | None:
    """An outlet that names itself above the headline: 'портал «News-Asia»', or its name alone on a first line."""
    end = page.title.start if page.title else page.head.end
    head = page.text[page.head.start : end]
    for outlet in _OUTLET.finditer(head):
        found = name_after(head, outlet.end(), sources)
        if found:
            return SourceMatch(found.source_id, "masthead", head[outlet.start() : found.stop])
    for line in [line.strip() for line in head.split("\n") if line.strip()][:_NAME_LINES]:
        name = sources.by_name(line)
        if name and not name.is_ambiguous:
            return SourceMatch(name.source_id, "masthead", line)
    return None
