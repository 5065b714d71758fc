"""What a crawler glues in front of a page: ' date 2025-12-20 ', at times with the hour and the address."""

from __future__ import annotations

import re

from etl.normalize.page import Span

_PREFIX = re.compile(
    r"\s*date[ \t]+\d{4}-\d{2}-\d{2}"
    r"(?:[ \tT]\d{1,2}:\d{2}(?::\d{2})?(?!\d))?"
    r"(?:[ \t]+https?://\S+)?"
    r"(?=\s|\Z)[ \t]*"
)


def find_prefix(text: str) -> Span | None:
    """The crawler's prefix at the very beginning of `text`; the sentence or the line behind it is not part of it."""
    match = _PREFIX.match(text)
    return Span(match.start(), match.end()) if match else None
