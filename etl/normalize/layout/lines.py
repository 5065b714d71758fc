"""A page as lines, and what can be said of one line by its shape alone: its length, its end, its bullet."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

_BULLETS = "•·▪●◦*–—-"
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”“»’)\]」』]*(?:\s?\[\d+\])?$")
_LONGEST_END = 10
_CONTINUES = (",", ";", ":", "—", "–")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s+\w")
_CELL = re.compile(r"[(\[$€₽+−-]*\d[\d\s.,]*[%)\]$€₽]*$")
_WIDE = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LETTERS_PER_WIDE = 3  # what a Japanese, Chinese or Korean character says takes about three letters elsewhere
_NON_SPACE = re.compile(r"\S.*")
_WORD = re.compile(r"\w+")


class Line(NamedTuple):
    """A line with something on it. `start` and `end` bound its characters without indentation.

    length: in letters, comparable across scripts.    ends_sentence: by a full stop or its like.
    """

    start: int
    end: int
    text: str
    after_blank: bool
    length: int
    ends_sentence: bool

    @property
    def continues(self) -> bool:
        """The line is one of several that belong together: an item of an enumeration, the words before a list."""
        return self.text.endswith(_CONTINUES) or _NUMBERED.match(self.text) is not None

    @property
    def is_cell(self) -> bool:
        """A cell of a table: a number, a share, a sum."""
        return _CELL.match(self.text) is not None

    @property
    def is_bullet(self) -> bool:
        return self.text[0] in _BULLETS and self.text[1:2] == " "

    def folded(self) -> str:
        return folded(self.text)

    def folded_opening(self, words: int) -> str:
        """The first `words` words of `folded`."""
        return " ".join([match.group() for match in islice(_WORD.finditer(self.text.lower()), words)]) + " "


def folded(line: str) -> str:
    """The words in lower case, each followed by one space, for comparison with the beginnings of known phrases."""
    return " ".join(_WORD.findall(line.lower())) + " "


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines of `text` from `start` on, without the empty ones."""
    lines: list[Line] = []
    expected = start
    for match in _NON_SPACE.finditer(text, start):
        words = match.group()
        lines.append(
            Line(
                start=match.start(),
                end=match.end(),
                text=words,
                after_blank=text.count("\n", expected, match.start()) > 1,
                length=_length(words),
                ends_sentence=_SENTENCE_END.search(words, max(0, len(words) - _LONGEST_END)) is not None,
            )
        )
        expected = match.end()
    return lines


def _length(words: str) -> int:
    if words.isascii():
        return len(words)
    return len(words) + (_LETTERS_PER_WIDE - 1) * len(_WIDE.findall(words))
