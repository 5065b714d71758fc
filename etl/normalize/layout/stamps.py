"""Stamps: a line that says when (and for whom) a page was published and nothing else."""

from __future__ import annotations

import re

from etl.normalize.layout.lines import Line

_WHEN = re.compile(
    r"\b\d{1,2}:\d{2}(?::\d{2})?\b"
    r"|\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b"
    r"|\b\d{4}[./-]\d{1,2}[./-]\d{1,2}\b"
    r"|\b\d{1,2}[ -]?\w+(?: \w+)?[,.]? (?:19|20)\d{2}\b"
    r"|\b\w+ \d{1,2}, (?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2}[ -]?\w+ \d{1,2}[ -]\w+"
)
_DIGIT = re.compile(r"\d")
_LONGEST = 120
_MOST_OTHER_LETTERS = 40
_WORDS_OF_A_SENTENCE = 4


def is_stamp(line: Line) -> bool:
    """A day or an hour with little else: a city, a counter, an outlet's name, 'Опубликовано'."""
    if line.length > _LONGEST or not _DIGIT.search(line.text):
        return False
    rest, found = _WHEN.subn("", line.text)
    if not found or (line.ends_sentence and len(rest.split()) >= _WORDS_OF_A_SENTENCE):
        return False
    return sum(map(str.isalpha, rest)) <= _MOST_OTHER_LETTERS
