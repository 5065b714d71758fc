"""The known sources, their names and their hosts, as seeds/reference/sources.csv and source_names.csv give them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.normalize.sources.hosts import ascii_host, parents
from etl.reference import Row, read_rows

SOURCE_COLUMNS = ("source_id", "name", "country_code", "kind", "languages", "timezone", "needs_review")
NAME_COLUMNS = ("source_id", "kind", "value", "flags")
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
        rows = read_rows(folder / "sources.csv", SOURCE_COLUMNS)
        for row in rows:
            sources._add_source(row)
        for row in read_rows(folder / "source_names.csv", NAME_COLUMNS):
            sources._add_name(row)
        for row in rows:
            sources.names.setdefault(fold(row["name"]), Name(row["source_id"], is_ambiguous=False))
        return sources

    def by_name(self, words: str) -> Name | None:
        return self.names.get(fold(words))

    def by_host(self, host: str) -> str | None:
        """The source of a host or of the nearest domain above it: ru.kabar.kg is kabar.kg."""
        return next((self.domains[domain] for domain in parents(host) if domain in self.domains), None)

    def find(self, words: str) -> str | None:
        """The source of that id, name or domain."""
        if words in self.timezones:
            return words
        name = self.by_name(words)
        return name.source_id if name else self.by_host(words)

    def zone(self, source_id: str) -> ZoneInfo | None:
        """The zone in which the source prints its dates; None where it is unknown or has none of its own."""
        zone = self.timezones.get(source_id)
        return ZoneInfo(zone) if zone else None

    def _add_source(self, row: Row) -> None:
        source_id, zone = row["source_id"], row["timezone"]
        if not source_id or source_id in self.timezones:
            raise row.error(f"source_id {source_id!r} is empty or stands twice")
        try:
            self.timezones[source_id] = ZoneInfo(zone).key if zone else ""
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise row.error(f"no time zone {zone!r}") from error

    def _add_name(self, row: Row) -> None:
        source_id, kind, value, flags = (row[column] for column in NAME_COLUMNS)
        if source_id not in self.timezones:
            raise row.error(f"sources.csv has no source {source_id!r}")
        if kind not in ("name", "domain") or flags not in ("", "ambiguous") or not value.strip():
            raise row.error(f"kind {kind!r}, value {value!r}, flags {flags!r} cannot be read")
        if kind == "domain":
            known = self.domains.setdefault(ascii_host(value), source_id)
        else:
            known = self.names.setdefault(fold(value), Name(source_id, flags == "ambiguous")).source_id
        if known != source_id:
            raise row.error(f"{value!r} names both {known} and {source_id}")


def fold(name: str) -> str:
    """The form in which names are compared: without quotes, case, 'ё' and repeated spaces."""
    return " ".join(name.translate(_NO_QUOTES).split()).casefold().replace("ё", "е")
