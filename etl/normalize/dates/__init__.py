"""The publication date of a page: `find_publication` is the door, `ladder` the order, each other module a strategy."""

from __future__ import annotations

from etl.normalize.dates.ladder import find_publication

__all__ = ["find_publication"]
