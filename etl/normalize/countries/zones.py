"""Where in an article a mention stands, and whether it counts there."""

from __future__ import annotations

from collections.abc import Callable

from etl.normalize.article import Kind, Zone
from etl.normalize.page import Span

_UNCOUNTED_KINDS = frozenset({Kind.CURRENCY, Kind.LANGUAGE})


def is_counted(kind: Kind, zone: Zone) -> bool:
    """Whether a mention enters the totals: 'долларов США' is not about the US, 'на английском' not about England, and
    'БИШКЕК, 5 августа —' says where the report was written. The one place that decides it."""
    return zone is not Zone.DATELINE and kind not in _UNCOUNTED_KINDS


def body_zones(body: str, dateline: Span | None) -> Callable[[int, int], Zone]:
    """The zone of a range of the body. LEAD is its first paragraph, after the dateline."""
    text_start = dateline.end if dateline else 0
    text_start += len(body[text_start:]) - len(body[text_start:].lstrip())
    line_end = body.find("\n", text_start)
    lead_end = len(body) if line_end < 0 else line_end

    def zone(start: int, end: int) -> Zone:
        if dateline is not None and start < dateline.end and end > dateline.start:
            return Zone.DATELINE
        return Zone.LEAD if end <= lead_end else Zone.BODY

    return zone
