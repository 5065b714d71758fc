"""A reading: one possible publication date with the words it was read from, before the ladder judges it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from etl.normalize.calendar.days import PrintedDay
from etl.normalize.calendar.hours import PrintedHour


class Rung(IntEnum):
    """The ladder of evidence, strongest first. The rule modules say what each rung is."""

    CARRIER = 1
    JSON_LD = 2
    META = 3
    TIME_ELEMENT = 4
    STAMP_WITH_TIME = 5
    DATELINE = 6
    STAMP = 7
    TODAY = 8
    STAMP_COMPLETED = 9
    PREFIX = 10
    URL = 11
    DATELINE_COMPLETED = 12
    HTMLDATE = 13
    PARTIAL = 14


METHODS = {
    Rung.CARRIER: "carrier",
    Rung.JSON_LD: "json_ld",
    Rung.META: "meta",
    Rung.TIME_ELEMENT: "time_element",
    Rung.STAMP_WITH_TIME: "stamp",
    Rung.DATELINE: "dateline",
    Rung.STAMP: "stamp",
    Rung.TODAY: "today_clock",
    Rung.STAMP_COMPLETED: "stamp",
    Rung.PREFIX: "prefix",
    Rung.URL: "url",
    Rung.DATELINE_COMPLETED: "dateline_completed",
    Rung.HTMLDATE: "htmldate",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """`day` is None where the year (or more) is not known. `objection` says why this cannot be the answer, `doubt` why
    every reading without one goes first; both empty for sound evidence."""

    rung: Rung
    method: str
    evidence: str
    day: date | None
    hour: PrintedHour | None = None
    objection: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Yearless:
    """A day without a year, to be completed from a reference or kept as partial."""

    method: str
    evidence: str
    printed: PrintedDay
    hour: PrintedHour | None = None
