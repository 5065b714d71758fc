"""Which lines are kept: those of the body's run that belong to it, and what stands around it where no site does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.normalize.layout.kinds import BODY_KINDS, Kind
from etl.normalize.layout.lines import Line

_SITE_KINDS = frozenset({Kind.FURNITURE, Kind.REPEATED, Kind.RELATED, Kind.TEASER})
_FEW_SITE_LINES = 5
_FEW_SHORT_LINES, _SHORT_LINES_OF_A_LIST = 8, 20
_LEAD_LENGTH = 60
_LINKS_IN_A_ROW = 3


def is_clean(kinds: Sequence[Kind], run: range) -> bool:
    """The page is an article and next to nothing else: hardly a line of a site, few short lines outside the run.

    Where no line at all is a site's, more short lines are a list, a table or a digest.
    """
    site = sum(kind in _SITE_KINDS for kind in kinds)
    short = sum(kind is Kind.SHORT and index not in run for index, kind in enumerate(kinds))
    few = _FEW_SHORT_LINES if site else _SHORT_LINES_OF_A_LIST
    return short <= few and site <= _FEW_SITE_LINES


def kept_lines(lines: Sequence[Line], kinds: Sequence[Kind], run: range, title: int | None) -> list[bool]:
    """For each line whether it is part of the body: a clean page loses nothing behind its headline."""
    first = 0 if title is None else title + 1
    if is_clean(kinds, run):
        return _kept_of_clean(kinds, run, first)
    kept = [kind in BODY_KINDS and index in run for index, kind in enumerate(kinds)]
    if title is not None:
        for index in range(first, run.start):
            kept[index] = kinds[index] in BODY_KINDS and lines[index].length >= _LEAD_LENGTH
    for links in _short_runs(kinds, kept):
        is_announced = links[0] > 0 and lines[links[0] - 1].text.endswith(":")
        if len(links) >= _LINKS_IN_A_ROW and not is_announced:
            for index in links:
                kept[index] = False
    return kept


def _kept_of_clean(kinds: Sequence[Kind], run: range, first: int) -> list[bool]:
    """Everything from `first` to the site's own lines at the end; a date inside the text is a part of it too."""
    furniture = [index for index in range(run.stop, len(kinds)) if kinds[index] is Kind.FURNITURE]
    last = furniture[0] if run and furniture else len(kinds)
    prose = [index for index in run if kinds[index] is Kind.PROSE][1:]
    inside = range(prose[0], prose[-1]) if prose else range(0)
    return [
        first <= index < last and (kind in BODY_KINDS or (kind is Kind.STAMP and index in inside))
        for index, kind in enumerate(kinds)
    ]


def _short_runs(kinds: Sequence[Kind], kept: Sequence[bool]) -> Iterator[list[int]]:
    """Kept short lines that no prose parts. A subheading stands alone; several in a row are links."""
    links: list[int] = []
    for index, kind in enumerate(kinds):
        if kind is Kind.SHORT and kept[index]:
            links.append(index)
        elif kind in (Kind.PROSE, Kind.ITEM) and links:
            yield links
            links = []
    if links:
        yield links
