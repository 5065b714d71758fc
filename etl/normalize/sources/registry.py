"""The known sources, their names and their hosts, as seeds/reference/sources.csv and source_names.csv give them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.errors import ReferenceDataError
from etl.normalize.sources.hosts import ascii_host, parents

_SOURCE_COLUMNS = ["source_id", "name", "country_code", "kind", "languages", "timezone", "needs_review"]
_NAME_COLUMNS = ["source_id", "kind", "value", "flags"]
_NO_QUOTES = dict.fromkeys(map(ord, "«»“”„\"'‘’"))


@dataclass(frozen=True, slots=True)
class Name:
    """A printed name of a source. `is_ambiguous`: it is an ordinary word too, and needs quotes or an outlet's title."""

    source_id: str
    is_ambiguous: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """Look-up of sources by id, printed name or host.

    timezones: IANA zone by source id, '' where the source has none of its own.
    names:     by folded name (see `fold`).    domains: source id by host in ASCII form.
    """

    timezones: dict[str, str]
    names: dict[str, Name]
    domains: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> Sources:
        """Read both files of `folder`. Raises ReferenceDataError, which names file and line, for a wrong row."""
        sources = cls({}, {}, {})
        rows = list(_rows(folder / "sources.csv", _SOURCE_COLUMNS))
        for where, row in rows:
            sources._add_source(row, where)
        for where, row in _rows(folder / "source_names.csv", _NAME_COLUMNS):
            sources._add_name(row, where)
        for _, row in rows:
            sources.names.setdefault(fold(row["name"]), Name(row["source_id"], is_ambiguous=False))
        return sources

    def by_name(self, words: str) -> Name | None:
        return self.names.get(fold(words))

    def by_host(self, host: str) -> str | None:
        """The source of a host or of the nearest domain above it: ru.kabar.kg is kabar.kg."""
        return next((self.domains[domain] for domain in parents(host) if domain in self.domains), None)

    def _add_source(self, row: dict[str, str], where: str) -> None:
        source_id, zone = row["source_id"], row["timezone"]
        if not source_id or source_id in self.timezones:
            raise ReferenceDataError(f"{where}: source_id {source_id!r} is empty or stands twice")
        try:
            self.timezones[source_id] = ZoneInfo(zone).key if zone else ""
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ReferenceDataError(f"{where}: no time zone {zone!r}") from error

    def _add_name(self, row: dict[str, str], where: str) -> None:
        source_id, kind, value, flags = (row[column] for column in _NAME_COLUMNS)
        if source_id not in self.timezones:
            raise ReferenceDataError(f"{where}: sources.csv has no source {source_id!r}")
        if kind not in ("name", "domain") or flags not in ("", "ambiguous") or not value.strip():
            raise ReferenceDataError(f"{where}: kind {kind!r}, value {value!r}, flags {flags!r} cannot be read")
        if kind == "domain":
            known = self.domains.setdefault(ascii_host(value), source_id)
        else:
            known = self.names.setdefault(fold(value), Name(source_id, flags == "ambiguous")).source_id
        if known != source_id:
            raise ReferenceDataError(f"{where}: {value!r} names both {known} and {source_id}")


def fold(name: str) -> str:
    """The form in which names are compared: without quotes, case, 'ё' and repeated spaces."""
    return " ".join(name.translate(_NO_QUOTES).split()).casefold().replace("ё", "е")


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if next(reader, None) != columns:
            raise ReferenceDataError(f"{path}:1: the columns must be {','.join(columns)}")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if len(row) != len(columns):
                raise ReferenceDataError(f"{where}: {len(row)} fields instead of {len(columns)}")
            yield where, dict(zip(columns, row, strict=True))
