"""What is no article by its length alone: reading it would take minutes, and nobody wrote it."""

from __future__ import annotations

from etl.extract.item import Rejection

MOST_CHARACTERS = 300_000
"""Of an article's text: a book of 150 pages. The longest of 6,400 real articles has 14,031; a text of this length that
is made to cost takes about two seconds."""


def refuse_text(text: str) -> Rejection | None:
    """Why `text` is longer than any article, None where it is not."""
    if len(text) > MOST_CHARACTERS:
        return Rejection("too_large", f"{len(text):,} characters; an article has at most {MOST_CHARACTERS:,}")
    return None
