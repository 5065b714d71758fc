"""A stamp: a line, or the beginning of one, that says when an article was published and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.normalize.calendar.days import PrintedDay, printed_days
from etl.normalize.calendar.hours import HOUR, ZONE, PrintedHour, read_hour
from etl.normalize.calendar.words import WEEKDAY, weekday_number
from etl.normalize.dateline import AGENCY_NAME
from etl.normalize.page import Span

_LONGEST = 160
_GLUED = 100  # how far a stamp may reach into a line of prose to which it was glued
_SEPARATOR = r"[,|/•·丨~.–—-]"
_BEFORE = re.compile(
    rf"(?:(?P<hour>{HOUR})(?P<zone>{ZONE})?\s?(?:{_SEPARATOR}\s?|от\s)?\s{{0,3}})?(?:(?P<weekday>{WEEKDAY})[.,]{{0,2}}\s{{0,3}})?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:,?\s?\(?(?P<weekday>{WEEKDAY})[.)]?)?"
    rf"(?:(?:\s?{_SEPARATOR}\s{{0,3}}|\s{{1,4}}|T)(?P<link>(?:в|at|соат|саат|сағат|соати)\s)?(?P<hour>{HOUR})(?P<zone>{ZONE})?)?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:дата\s+публикации|опубликован[оа]?|размещен[оа]|добавлен[оа]|создан[оа]|дата"
    r"|publish(?:ed|ing date)?|posted|publication date|date"
    r"|жарыяланган|жарыяланды|жарияланған|жарияланды"
    r"|эълон қилин\w+|e[’'ʻ]lon qilin\w+|chop etil\w+|нашр\w*|санаи нашр)"
    r"(?:\s(?:on|at|at:|соати))?\s?[:–—|-]?\s{0,3}$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:(?:последнее\s+)?обновлен\w*|изменен[оа]?|(?:last\s+)?(?:updated|modified)|жаңыртыл\w*|жаңарт\w*|yangilan\w*|янгилан\w*|навсозӣ\w*)"
    r"(?:\s(?:on|at))?\s?[:–—|-]?\s{0,3}$",
    re.IGNORECASE,
)
_UPPER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІҶӢӮҲЎİŞÇÖÜ"
_SMALL_WORDS = (
    r"автор\w*|от|by|on|at|из|для|и|and|of|the|новост\w+|мира|news|просмотр\w*|прочтени\w*|прочитан\w*|комментари\w*|мин\w*|чтени\w*|views?|comments?"
    r"|read|min|minutes?|көрүү\w*|пикир\w*|кўрил\w*|марта|пользовател\w+|г|в|по|раз\w*|текст|фото|саат|соат|сағат|шарҳ\w*|изоҳ\w*|фикр\w*"
    r"|убактысы|уақыты|вақти|vaqti|время|time|местное|local"
)
# Possessive: its words overlap, and a long line of them must not be tried in every division.
_FURNITURE = re.compile(rf"(?>[^\w!?%№°$€₽]++|{AGENCY_NAME}|\d++|[{_UPPER}][\w’'ʻ]*+|(?i:{_SMALL_WORDS})(?!\w))*+")
_UPDATE_FOLLOWS = re.compile(r"[\s,|(•·/–—-]*(?:обновлен|изменен|updated|жаңыр|жаңарт|yangilan|янгилан)", re.IGNORECASE)
_ENDS_APART = re.compile(rf"(?:{_SEPARATOR}|[»📅🗓]|\)|{AGENCY_NAME})\s*$")
_INNER_DASH = re.compile(r"\s[-–—]\s+\S")  # 'Кыргызстан — Таиланд, 16 января 2024' is a headline
_STARTS_APART = re.compile(rf"\s*(?:[^\w\s]|\d|$|(?i:{_SMALL_WORDS})(?!\w))")
_LIVE = re.compile(r"[°$€₽]|\b(?:USD|EUR|RUB|KGS|KZT|UZS)\b")  # weather and rates: the line moves with the clock
_LOCAL_TIME = re.compile(r"убактысы|местное время|local time|уақыты|вақти|vaqti", re.IGNORECASE)
_NEW_SENTENCE = re.compile(rf"\s*[{_UPPER}«\"“]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed moment. `span` covers it in the page's text. `is_labelled`: 'Опубликовано' or the like is before it;
    `is_update`: it says when the article was changed; `is_clock`: it reads like a page's clock (a weekday is named, or
    local time); `weekday` is 0 to 6 where one is printed."""

    span: Span
    printed: PrintedDay
    hour: PrintedHour | None
    weekday: int | None
    is_labelled: bool
    is_update: bool
    is_clock: bool

    @property
    def is_bare(self) -> bool:
        """A day with neither hour nor label."""
        return self.hour is None and not self.is_labelled

    @property
    def contradicts_itself(self) -> bool:
        """The weekday printed beside the day is not that day's."""
        day = self.printed.date
        return day is not None and self.weekday is not None and day.weekday() != self.weekday


def read_stamp(text: str, start: int) -> Stamp | None:
    """The stamp of one line (stripped; it begins at `start` of the page), or None where it says something else."""
    reach = len(text) if len(text) <= _LONGEST else _GLUED
    for printed in printed_days(text, 0, reach):
        stamp = _around(text, start, printed)
        if stamp is not None:
            return stamp
        if printed.span.start > _GLUED and len(text) > _LONGEST:
            break
    return None


def _around(text: str, start: int, printed: PrintedDay) -> Stamp | None:
    before = _BEFORE.search(text, max(0, printed.span.start - 40), printed.span.start)
    after = _AFTER.match(text, printed.span.end)
    if before is None or after is None:
        return None
    hours = [part for part in (before, after) if part["hour"]]
    hour = read_hour(hours[0]["hour"], hours[0]["zone"]) if hours else None
    lead, rest = text[: before.start()], text[after.end() :][:_LONGEST]
    labelled, updated = _PUBLISHED.search(lead) is not None, _UPDATED.search(lead) is not None
    if not (labelled or updated or _stands_apart(lead, rest, after["link"] is not None, hour, printed)):
        return None
    weekday = before["weekday"] or after["weekday"]
    return Stamp(
        span=Span(start + before.start(), start + after.end()),
        printed=printed,
        hour=hour,
        weekday=weekday_number(weekday) if weekday else None,
        is_labelled=labelled,
        is_update=updated,
        is_clock=not labelled and (weekday is not None or _LOCAL_TIME.search(text) is not None),
    )


def _stands_apart(lead: str, rest: str, is_linked: bool, hour: PrintedHour | None, printed: PrintedDay) -> bool:
    """Nothing but the furniture of a stamp is around it: places, names, rubrics, counters."""
    if _LIVE.search(lead) or _LIVE.search(rest):
        return False
    if _FURNITURE.fullmatch(lead) is None or len(lead.split()) > 6:
        return False
    if hour is None:
        return _is_bare_day(lead, rest)
    if _is_furniture(rest):
        return True
    # '12:30, 5 мая 2025 Президент …': a flattened page has no line end here. 'в 12:30' would be part of a sentence.
    return not lead and not is_linked and printed.year is not None and _NEW_SENTENCE.match(rest) is not None


def _is_bare_day(lead: str, rest: str) -> bool:
    if lead and (len(lead.split()) > 4 or _INNER_DASH.search(lead) or _ENDS_APART.search(lead) is None):
        return False
    return _STARTS_APART.match(rest) is not None and _is_furniture(rest)


def _is_furniture(rest: str) -> bool:
    if _UPDATE_FOLLOWS.match(rest):
        return True
    return len(rest.split()) <= 8 and _FURNITURE.fullmatch(rest) is not None
