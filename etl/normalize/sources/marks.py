"""Signatures of an agency: in the dateline ('/Кабар/'), behind the stamp ('Бишкек - 24.kg'), after 'Источник:'."""

from __future__ import annotations

import re

from etl.normalize.article import SourceMatch
from etl.normalize.dateline import Dateline
from etl.normalize.page import Page
from etl.normalize.sources.names import name_after, name_before
from etl.normalize.sources.registry import Sources

_TAIL = 400  # code points behind the body in which 'Источник: …' still speaks of it
_SOURCE = re.compile(
    r"^[(\[]?(?:источник|первоисточник|source|булагы?|дереккөз|манба|manba|сарчашма)\s*[:—–-]\s*",
    re.IGNORECASE | re.MULTILINE,
)
_STAMP = re.compile(r"^.*\b(?:\d{1,2}:\d{2}|(?:19|20)\d{2})\b.*\S", re.MULTILINE)


def from_dateline(dateline: Dateline | None, sources: Sources) -> SourceMatch | None:
    """The agency that signs the dateline, where it is a known one."""
    if dateline is None or dateline.agency is None:
        return None
    name = sources.by_name(dateline.agency)
    return SourceMatch(name.source_id, "dateline", dateline.agency) if name else None


def from_stamp(page: Page, sources: Sources) -> SourceMatch | None:
    """The name at the end of a stamp between headline and body."""
    head = page.text[page.title.end if page.title else page.head.start : page.head.end]
    for stamp in _STAMP.finditer(head):
        found = name_before(head, stamp.end(), sources)
        if found:
            return SourceMatch(found.source_id, "wire_mark", stamp.group().strip())
    return None


def from_source_line(page: Page, body: str, sources: Sources) -> SourceMatch | None:
    """The name behind 'Источник:' at the beginning of a line."""
    for text in (body, page.cut(page.tail)[:_TAIL], page.cut(page.head)):
        for mark in _SOURCE.finditer(text):
            found = name_after(text, mark.end(), sources)
            if found:
                return SourceMatch(found.source_id, "wire_mark", text[mark.start() : found.stop])
    return None
