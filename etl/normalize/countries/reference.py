"""The reference rows that mentions are found by: `seeds/reference/country_names.csv`, `cities.csv` and
`country_blockers.csv`. One row is one fact; `etl.normalize.countries.compile` documents the columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from etl.errors import ReferenceDataError
from etl.identity import derived_key
from etl.normalize.article import Kind
from etl.normalize.countries.flags import CONTEXT, parse_flags
from etl.reference import Row, read_rows

NAME_FILES = ("country_names.csv", "cities.csv")
BLOCKER_FILE = "country_blockers.csv"
LANGUAGES = frozenset({"ru", "ky", "kk", "uz", "tg", "en"})
NAME_COLUMNS = ("country", "lemma", "language", "kind", "flags")
BLOCKER_COLUMNS = ("lemma", "language", "rival_of")
_NAMED_KINDS = frozenset({Kind.NAME, Kind.ABBREVIATION, Kind.ADJECTIVE, Kind.DEMONYM, Kind.CITY})


@dataclass(frozen=True, slots=True)
class NameRow:
    """One name of one country. `where` is 'file:line', for messages."""

    country: str
    lemma: str
    language: str
    kind: Kind
    flags: int
    where: str

    @property
    def name_id(self) -> int:
        """The key of core.country_name."""
        return name_id(self.country, self.language, self.kind, self.lemma)


@dataclass(frozen=True, slots=True)
class BlockerRow:
    """A phrase that contains a country's name and means no country. Its presence in a document also forbids the
    abbreviation `rival_of` (Татарстан forbids РТ)."""

    lemma: str
    language: str
    rival_of: str
    where: str


def name_id(country: str, language: str, kind: Kind, lemma: str) -> int:
    """The key of a reference row, the same in every warehouse."""
    return derived_key(country, language, kind.value, lemma)


def read_names(folder: Path, countries: frozenset[str]) -> list[NameRow]:
    """All name rows of `folder`, in file order. Raises ReferenceDataError, naming file and line, for an unknown
    country, language, kind or flag, a duplicate row, and for a lemma that two countries claim without saying which
    of them wins (`default`) or that the document decides (`context`)."""
    rows = [_name_row(row, countries) for file in NAME_FILES for row in read_rows(folder / file, NAME_COLUMNS)]
    _check_unique(rows)
    _check_claims(rows)
    return rows


def read_blockers(folder: Path) -> list[BlockerRow]:
    """All blocker rows of `folder`, in file order. Raises ReferenceDataError for an unknown language."""
    rows = read_rows(folder / BLOCKER_FILE, BLOCKER_COLUMNS)
    for row in rows:
        _check_language(row)
    return [BlockerRow(row["lemma"], row["language"], row["rival_of"], row.where) for row in rows]


def _name_row(row: Row, countries: frozenset[str]) -> NameRow:
    country, kind, lemma = row["country"], row["kind"], row["lemma"]
    if country not in countries:
        raise row.error(f"unknown country {country!r}; countries.csv lists the codes")
    _check_language(row)
    if kind not in _NAMED_KINDS:
        raise row.error(f"unknown kind {kind!r}; use one of {', '.join(sorted(_NAMED_KINDS))}")
    if not lemma or lemma != lemma.strip():
        raise row.error(f"the lemma {lemma!r} is empty or has spaces around it")
    try:
        flags = parse_flags(row["flags"])
    except KeyError as error:
        raise row.error(f"unknown flag {error}") from error
    return NameRow(country, lemma, row["language"], Kind(kind), flags, row.where)


def _check_language(row: Row) -> None:
    if row["language"] not in LANGUAGES:
        raise row.error(f"unknown language {row['language']!r}; use one of {', '.join(sorted(LANGUAGES))}")


def _check_unique(rows: list[NameRow]) -> None:
    seen: dict[tuple[str, str, str, str], str] = {}
    for row in rows:
        key = (row.country, row.lemma, row.language, row.kind)
        if key in seen:
            raise ReferenceDataError(f"{row.where}: the same row stands in {seen[key]}; delete one")
        seen[key] = row.where


def _check_claims(rows: list[NameRow]) -> None:
    claims: dict[tuple[str, str], dict[str, NameRow]] = {}
    for row in rows:
        claims.setdefault((row.lemma, row.language), {}).setdefault(row.country, row)
    for (lemma, _), by_country in claims.items():
        winners = [row for row in by_country.values() if not row.flags & CONTEXT]
        if len(by_country) > 1 and len(winners) > 1:
            first, second = winners[:2]
            raise ReferenceDataError(
                f"{second.where}: {lemma!r} is claimed by {second.country} and by {first.country} ({first.where}); "
                "flag all but one of them 'context'"
            )
