"""Whose wire a text is: signed in the dateline or beside the stamp, or said in the opening ('передаёт ТАСС')."""

from __future__ import annotations

import re

from etl.normalize.article import SourceMatch
from etl.normalize.dateline import Dateline
from etl.normalize.page import Page
from etl.normalize.sources.marks import from_dateline, from_source_line, from_stamp
from etl.normalize.sources.names import OUTLET_WORDS, name_after, name_before
from etl.normalize.sources.registry import Sources

_OPENING = 900  # code points of the body in which an attribution speaks of the whole text
_BEFORE_NAME = re.compile(
    r"\b(?:сообща(?:ет|ют)|сообщил[аи]?|переда[её]т|передают|пишет|пишут|информирует|рассказал[аи]?|заявил[аи]?"
    r"|пояснил[аи]?|уточнил[аи]?|по сообщению|корреспондент\w*|обозревател\w+"
    r"|кабарлайт|билдирет|жазат|хабарлайды|жазады|reports|reported by)"
    rf"(?:\s+{OUTLET_WORDS})*\s+(?=[«“\"„\w])",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s+(?:сообщает|переда[её]т|пишет|reports|reported|кабарлайт|билдирет|жазат|хабарлайды|жазады"
    r"|хабар (?:бермо[қк]да|беради)|xabar (?:bermoqda|beradi)|хабар медиҳад"
    r"|агенттигине|агенттіг\w+|агентлиг\w+|агентству|корреспонденту)\b",
    re.IGNORECASE,
)


def find_agency(page: Page, body: str, dateline: Dateline | None, sources: Sources) -> SourceMatch | None:
    """The agency of the dateline, of a signed stamp or 'Источник: …', or of an attribution in the opening.

    A press service or a ministry is no agency: only names of `sources` count. None where none is named. 'Сообщает ТАСС
    со ссылкой на …' is TASS's wire.
    """
    return (
        from_dateline(dateline, sources)
        or from_stamp(page, sources)
        or from_source_line(page, body, sources)
        or _from_attribution(body[:_OPENING], sources)
    )


def _from_attribution(opening: str, sources: Sources) -> SourceMatch | None:
    for verb in _BEFORE_NAME.finditer(opening):
        found = name_after(opening, verb.end(), sources)
        if found:
            return SourceMatch(found.source_id, "attribution", opening[verb.start() : found.stop])
    for verb in _AFTER_NAME.finditer(opening):
        found = name_before(opening, verb.start(), sources)
        if found:
            return SourceMatch(found.source_id, "attribution", opening[found.start : verb.end()])
    return None
