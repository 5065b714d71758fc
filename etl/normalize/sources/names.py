"""Source names in running text: is one printed right behind, or right before, a given place?"""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.normalize.sources.registry import Sources

OUTLET_WORDS = (
    r"(?:корреспондент\w*|корр\.|собкор\w*|обозревател\w+|агентств\w+|информ?агентств\w+|информационн\w+|новостн\w+|делов\w+"
    r"|национальн\w+|государственн\w+|издани\w+|портал\w*|сайт\w*|газет\w+|журнал\w*|телеканал\w*|радио|редакци\w+"
    r"|ИА|МИА|АН|НИА|КНИА|НИАТ|АМИТ|агенттиг\w+|агенттіг\w+|агентлиг\w+|agency|newspaper)"
)
_MOST_WORDS = 4
_LONGEST = 80  # characters of a name with its neighbours
_TOKEN = re.compile(r"\S+")
_EDGE = "«»“”„\"'‘’().,:;!?—–-/[]"
_OPENING_QUOTES = "«“„\"'‘"
_CLOSING_QUOTES = ("»", "”", "“", '"', "'", "’")
_OUTLET_BEFORE = re.compile(OUTLET_WORDS + r"[\s«“„\"]*$", re.IGNORECASE)


class Printed(NamedTuple):
    """A source's name in a text: where it stands without the marks around it, and whose it is.

    `stop` is behind the closing quotes, where there are any.
    """

    start: int
    end: int
    stop: int
    source_id: str


def name_after(text: str, position: int, sources: Sources) -> Printed | None:
    """The longest source name that begins at `position` (spaces and quotes before it aside), on the same line."""
    line_end = text.find("\n", position)
    stop = min(position + _LONGEST, len(text) if line_end < 0 else line_end)
    tokens = [match.span() for match in _TOKEN.finditer(text, position, stop)][:_MOST_WORDS]
    spans = ((tokens[0][0], end) for _, end in reversed(tokens))
    return next((found for span in spans if (found := _known(text, *span, sources))), None)


def name_before(text: str, position: int, sources: Sources) -> Printed | None:
    """The longest source name that ends at `position`, on the same line."""
    line_start = text.rfind("\n", 0, position) + 1
    tokens = [match.span() for match in _TOKEN.finditer(text, max(line_start, position - _LONGEST), position)]
    spans = ((start, tokens[-1][1]) for start, _ in tokens[-_MOST_WORDS:])
    return next((found for span in spans if (found := _known(text, *span, sources))), None)


def _known(text: str, start: int, end: int, sources: Sources) -> Printed | None:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip(_EDGE))
    last = end - len(words) + len(words.rstrip(_EDGE))
    name = sources.by_name(text[first:last]) if first < last else None
    if name is None or (name.is_ambiguous and not _is_written_as_name(text, start, first)):
        return None
    stop = last + 1 if text[last : last + 1] in _CLOSING_QUOTES else last
    return Printed(first, last, stop, name.source_id)


def _is_written_as_name(text: str, start: int, first: int) -> bool:
    """A name that is an ordinary word too stands in quotes, behind an outlet's title, or with a capital letter."""
    is_quoted = any(quote in text[start:first] for quote in _OPENING_QUOTES)
    return is_quoted or text[first].isupper() or _OUTLET_BEFORE.search(text[max(0, start - 40) : start]) is not None
