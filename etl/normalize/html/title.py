"""The headline as an editor wrote it: without the site's name, section or date that templates add.

`og:title` is what the desk gives away for links, `<h1>` what the page prints, JSON-LD what the article is filed under.
They mostly agree. Where they differ in more than an addition, og:title goes first: it is most often the one that the
desk stands by, while the others carry kickers, are cut to length, or stay behind when a headline changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.normalize.html.words import fold

_TYPEWRITER = str.maketrans("‘’‚“”„«»–—‑", "'''" + '"' * 5 + "---")
_SEPARATOR = re.compile(r"\s*(?:[|｜»•·*/—–]|:{2}|：|\s[-:]|-(?=\s))\s*")
_LAST_PART = re.compile(r"^(?P<title>.*\S)(?:\s*[|｜»•·—–：]\s*|\s+[-*/:]+\s+|:{2})(?P<name>[^|｜]+?)\s*$")


@dataclass(frozen=True, slots=True)
class Headings:
    """What a page has for a headline, each on one line. `h1` may be several, `document` is `<title>`."""

    shared: str | None
    filed: str | None
    twitter: str | None
    h1: tuple[str, ...]
    document: str | None

    @property
    def printed(self) -> list[str]:
        """All but og:title and `<title>`, which templates add to."""
        return [it for it in (self.filed, self.twitter, *self.h1) if it]

    @property
    def all(self) -> list[str]:
        return [it for it in (self.shared, *self.printed, self.document) if it]


def find_title(headings: Headings, site_names: Iterable[str]) -> str | None:
    """The headline; None where only the site's name stands in its places."""
    names = {fold(name) for name in site_names} - {""}
    candidates = [it for it in headings.all if fold(it) and fold(it) not in names]
    if not candidates:
        return None
    title = _without_names(_without_addition(candidates[0], headings.printed), names)
    return headings.filed if headings.filed and _typed(headings.filed) == _typed(title) else title


def _typed(title: str) -> str:
    """As a typewriter has it: where titles differ in this alone, the typesetter's spelling is the printed one."""
    return title.translate(_TYPEWRITER)


def _without_addition(title: str, printed: list[str]) -> str:
    """The shorter printed headline where the title is it and something behind a separator ('… | Sport | Outlet')."""
    for headline in sorted(printed, key=len):
        addition = title[len(headline) :]
        if title.startswith(headline) and len(addition) < len(headline) and _SEPARATOR.match(addition):
            return headline
    return title


def _without_names(title: str, names: set[str]) -> str:
    while (match := _LAST_PART.match(title)) and fold(match["name"]) in names:
        title = match["title"]
    return title
