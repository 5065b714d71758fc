"""The parts of a page: crawler's prefix, headline, body. `read_page` is the door, one module beside it a concern."""

from __future__ import annotations

from etl.normalize.layout.body import body_text
from etl.normalize.layout.reader import read_opening, read_page
from etl.normalize.layout.repeated import read_lines, with_short_lines, without
from etl.normalize.layout.title import derive_title

__all__ = [
    "body_text",
    "derive_title",
    "read_lines",
    "read_opening",
    "read_page",
    "with_short_lines",
    "without",
]
