"""The form of a text that names are looked up in: lower case, one letter for letters that look or are used alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Soft hyphen, zero-width characters, and the stress mark of dictionaries: a reader does not see a letter there.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\r")
_SAME_LENGTH = {
    "ё": "е",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "\n": " ",
    "\t": " ",
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2019": "'",
    "\u2018": "'",
    "\u02bb": "'",
    "\u02bc": "'",
    "`": "'",
}
_LATIN = re.compile("[a-zəɵ]+")
_CYRILLIC = re.compile("[а-яәөүңқғұһіўҷҳӣӯ]")
_TWINS = str.maketrans("aceopxyhktmbiəɵ", "асеорхунктмвіәө")
_HAS_TWIN = frozenset("aceopxyhktmbiəɵ")


@dataclass(frozen=True, slots=True)
class FoldedText:
    """`plain` keeps case and line breaks, `folded` does not; both have the same length. `positions[i]` is the place
    of their character i in the text as given, None where nothing was left out."""

    plain: str
    folded: str
    positions: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A range of `folded` as a range of the text as given."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


def fold(text: str) -> FoldedText:
    """Fold a text for look-up. Every name of the gazetteer is folded by `fold_name`."""
    positions = None
    if any(char in text for char in _INVISIBLE):
        positions = tuple([i for i, char in enumerate(text) if char not in _INVISIBLE])
        text = "".join([text[i] for i in positions])
    return FoldedText(text, _fold(text), positions)


def fold_name(name: str) -> str:
    """The look-up form of a name."""
    return fold(name).folded


def _fold(text: str) -> str:
    folded = text.replace("İ", "i").lower()  # U+0130 is the one letter that grows when it is lowered
    for char, plain in _SAME_LENGTH.items():
        folded = folded.replace(char, plain)
    return _LATIN.sub(_to_cyrillic, folded) if _CYRILLIC.search(folded) else folded


def _to_cyrillic(match: re.Match[str]) -> str:
    """Latin letters that touch Cyrillic ones were meant to be Cyrillic, if each of them has a twin there."""
    letters = match.group()
    if _HAS_TWIN.issuperset(letters) and _touches_cyrillic(match):
        return letters.translate(_TWINS)
    return letters


def _touches_cyrillic(match: re.Match[str]) -> bool:
    start, end = match.span()
    return bool(_CYRILLIC.match(match.string, end) or (start and _CYRILLIC.match(match.string, start - 1)))
