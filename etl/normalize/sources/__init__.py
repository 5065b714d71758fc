"""Who published a text, whose wire it is, and whom it quotes, each with the words that say so."""

from __future__ import annotations

from etl.normalize.sources.agency import find_agency
from etl.normalize.sources.cited import find_cited
from etl.normalize.sources.publisher import find_publisher
from etl.normalize.sources.registry import Sources

__all__ = ["Sources", "find_agency", "find_cited", "find_publisher"]
