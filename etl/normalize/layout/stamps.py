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
_WORDS_NO_NAME_HAS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")
_HOUR = re.compile(r"\d:\d")


def is_stamp(line: Line) -> bool:
    """A day or an hour with little else: a city, a counter, an outlet's name, 'Опубликовано'."""
    if line.length > _LONGEST or not _DIGIT.search(line.text):
        return False
    rest, found = _WHEN.subn("", line.text)
    if not found or (line.ends_sentence and len(rest.split()) >= _WORDS_OF_A_SENTENCE):
        return False
    return sum(map(str.isalpha, rest)) <= _MOST_OTHER_LETTERS and not _is_headline_with_day(line, rest)


def _is_headline_with_day(line: Line, rest: str) -> bool:
    """'К 1 июля 2025 года число … сократят': words enough for a sentence, not only names. An hour is a stamp's."""
    words = _WORD.findall(rest)
    if line.is_bullet or _HOUR.search(line.text) or len(words) < _WORDS_OF_A_SENTENCE:
        return False
    return len([word for word in words if word[0].islower()]) >= _WORDS_NO_NAME_HAS
