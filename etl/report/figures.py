"""The numbers of a report: what a page shows, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from etl.report.period import Asked, Window


@dataclass(frozen=True, slots=True)
class Totals:
    """Articles of the period (undated ones with a report without bounds), and of the windows that are compared."""

    article_count: int
    undated_count: int
    source_count: int
    recent_count: int
    previous_count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """Articles of the day, week or month that begins on `start`; 0 where there is none."""

    start: date
    article_count: int


@dataclass(frozen=True, slots=True)
class CountryName:
    """A country by its ISO 3166-1 alpha-2 code."""

    country_code: str
    name_en: str
    name_ru: str


@dataclass(frozen=True, slots=True)
class Country(CountryName):
    """Articles that mention a country. `burst_*` are the last 7 days of the period and the 28 before them."""

    article_count: int
    title_article_count: int
    mention_count: int
    recent_count: int
    previous_count: int
    burst_recent_count: int
    burst_baseline_count: int

    @property
    def is_burst(self) -> bool:
        """3 or more articles in 7 days, at more than twice the daily rate before: as mart.country_bursts says it."""
        return self.burst_recent_count >= 3 and self.burst_recent_count * 4 > self.burst_baseline_count * 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Articles of the period that mention both countries; code A comes first in the alphabet."""

    country_code_a: str
    country_code_b: str
    article_count: int


@dataclass(frozen=True, slots=True)
class Source:
    """Articles of the period by one publisher."""

    publisher_id: str
    publisher_name: str
    article_count: int
    recent_count: int
    previous_count: int


@dataclass(frozen=True, slots=True)
class Check:
    """Articles of the whole warehouse that a check of mart.data_quality finds, and all of them."""

    check_name: str
    meaning: str
    article_count: int
    all_article_count: int


@dataclass(frozen=True, slots=True)
class Headline:
    """One of the newest articles of the period."""

    published_on: date
    title: str | None
    publisher_id: str
    publisher_name: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the warehouse was last loaded, and what is open."""

    last_success_at: datetime | None
    open_reject_count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a page shows. `country` is the one that was asked for.

    `period`, `recent` and `previous` are None where no article has a day.
    """

    asked: Asked
    country: CountryName | None
    period: Window | None
    recent: Window | None
    previous: Window | None
    totals: Totals
    time_line: list[Bar]
    countries: list[Country]
    pairs: list[Pair]
    sources: list[Source]
    checks: list[Check]
    latest: list[Headline]
    freshness: Freshness

    @property
    def country_count(self) -> int:
        """Countries that the articles of the period mention."""
        return sum(country.article_count > 0 for country in self.countries)

    @property
    def all_article_count(self) -> int:
        """Articles of the warehouse, of whatever period and country."""
        return max((check.all_article_count for check in self.checks), default=0)
