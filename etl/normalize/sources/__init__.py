"""Who published a text, whose wire it is, and whom it quotes, each with the words that say so."""

from __future__ import annotations

from etl.normalize.sources.agency import find_agency
from etl.normalize.sources.cited import Cited, find_cited
from etl.normalize.sources.publisher import find_publisher
from etl.normalize.sources.registry import Sources
from etl.normalize.sources.zone import source_zone

__all__ = ["Cited", "Sources", "find_agency", "find_cited", "find_publisher", "source_zone"]
