"""The time zone in which a source prints its dates."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from etl.normalize.article import SourceMatch
from etl.normalize.sources.registry import Sources


def source_zone(match: SourceMatch | None, sources: Sources) -> ZoneInfo | None:
    """The zone that seeds/reference/sources.csv gives the source; None where it is unknown or has none."""
    zone = sources.timezones.get(match.source_id) if match else None
    return ZoneInfo(zone) if zone else None
