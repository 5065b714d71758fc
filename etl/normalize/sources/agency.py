"""Whose wire a text is: signed in the dateline or beside the stamp, or said in the opening ('передаёт ТАСС')."""

from __future__ import annotations

import re

from etl.normalize.article import SourceMatch
from etl.normalize.dateline import Dateline
from etl.normalize.page import Page
from etl.normalize.sources.alternatives import has_one, matches, one_of, stems_of
from etl.normalize.sources.marks import from_dateline, from_source_line, from_stamp
from etl.normalize.sources.names import OUTLET_WORDS, name_after, name_before
from etl.normalize.sources.registry import Sources

_OPENING = 900  # code points of the body in which an attribution speaks of the whole text
_SAYS = (
    *(
        r"сообща(?:ет|ют)",
        r"сообщил[аи]?",
        r"переда[её]т",
        "передают",
        "пишет",
        "пишут",
        "информирует",
        r"рассказал[аи]?",
    ),
    *(r"заявил[аи]?", r"пояснил[аи]?", r"уточнил[аи]?", "по сообщению", r"корреспондент\w*", r"обозревател\w+"),
    *("кабарлайт", "билдирет", "жазат", "хабарлайды", "жазады", "reports", "reported by"),
)
_IS_SAYING = (
    *("сообщает", r"переда[её]т", "пишет", "reports", "reported", "кабарлайт", "билдирет", "жазат", "хабарлайды"),
    *("жазады", r"хабар (?:бермо[қк]да|беради)", r"xabar (?:bermoqda|beradi)", "хабар медиҳад"),
    *("агенттигине", r"агенттіг\w+", r"агентлиг\w+", "агентству", "корреспонденту"),
)
_BEFORE_NAME = re.compile(
    rf"\b{one_of(*_SAYS)}(?:\s+{OUTLET_WORDS})*\s+(?=[«“\"„\w])",
    re.IGNORECASE,
)
_BEFORE_STEMS = stems_of(*_SAYS)
_AFTER_STEMS = stems_of(*_IS_SAYING)
_AFTER_NAME = re.compile(
    rf"(?:\s+{OUTLET_WORDS})?\s+{one_of(*_IS_SAYING)}\b",
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
    for verb in matches(_BEFORE_NAME, _BEFORE_STEMS, opening):
        found = name_after(opening, verb.end(), sources)
        if found:
            return SourceMatch(found.source_id, "attribution", opening[verb.start() : found.stop])
    for verb in _AFTER_NAME.finditer(opening) if has_one(_AFTER_STEMS, opening) else ():
        found = name_before(opening, verb.start(), sources)
        if found:
            return SourceMatch(found.source_id, "attribution", opening[found.start : verb.end()])
    return None
