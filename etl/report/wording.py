"""What a report says and how it writes numbers and days, in English or Russian. labels.csv holds the words."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

from etl.report.figures import Check, CountryName

_LABELS = Path(__file__).with_name("labels.csv")
_NBSP = "\N{NO-BREAK SPACE}"
_FEWEST = 10  # articles that a percentage can be taken of
_MINUS = "\N{MINUS SIGN}"


class Language(StrEnum):
    """The languages of a page."""

    EN = "en"
    RU = "ru"


@dataclass(frozen=True, slots=True)
class Wording:
    """`labels` by key. Numbers have digits in threes; Russian has a comma before decimals and spaces between threes."""

    language: Language
    labels: dict[str, str]

    @classmethod
    def of(cls, language: Language) -> Wording:
        with _LABELS.open(encoding="utf-8", newline="") as lines:
            return cls(language, {row["key"]: row[language] for row in csv.DictReader(lines)})

    def say(self, key: str, **values: object) -> str:
        """The words under a key, with values put in. Raises KeyError for a key that labels.csv lacks."""
        return self.labels[key].format(**values)

    def check(self, check: Check) -> str:
        """The name of a check of mart.data_quality; its meaning in English for one that labels.csv lacks."""
        return self.labels.get(f"check_{check.check_name.replace(' ', '_')}", check.meaning)

    def number(self, value: float, decimals: int = 0) -> str:
        english = f"{value:,.{decimals}f}"
        return english if self.language is Language.EN else english.replace(",", _NBSP).replace(".", ",")

    def share(self, part: float, whole: float) -> str:
        """Part of the whole in percent; a dash where there is no whole."""
        if not whole:
            return "–"
        return self.number(100 * part / whole, 1) + self._percent

    def change(self, now: int, before: int) -> str:
        """The difference with its sign, '+5'."""
        return self._signed(now - before)

    def change_percent(self, now: int, before: int) -> str:
        """'+25%'; nothing where there were fewer than 10 before, of which a percentage says nothing."""
        if before < _FEWEST:
            return ""
        return self._signed(round(100 * (now - before) / before)) + self._percent

    @property
    def _percent(self) -> str:
        return "%" if self.language is Language.EN else f"{_NBSP}%"

    def _signed(self, value: int) -> str:
        sign = "+" if value > 0 else _MINUS if value < 0 else ""
        return sign + self.number(abs(value))

    def day(self, value: date) -> str:
        month = self.labels["months"].split()[value.month - 1]
        return f"{value.day}{_NBSP}{month}{_NBSP}{value.year}"

    def instant(self, value: datetime) -> str:
        """Day and minute in UTC, whatever the zone of the value."""
        utc = value.astimezone(UTC)
        return f"{self.day(utc.date())}, {utc:%H:%M} UTC"

    def month(self, value: date) -> str:
        return f"{self.labels['months_alone'].split()[value.month - 1]}{_NBSP}{value.year}"

    def country(self, country: CountryName) -> str:
        return country.name_en if self.language is Language.EN else country.name_ru
