"""Words as pages hold them: on one line, entities resolved, comparable with each other."""

from __future__ import annotations

import html
import re

from etl.normalize.text import clean

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]+")
_LONGEST = 2000  # of a headline, a name, a date; an attribute of a megabyte is none of these


def tidy(words: str) -> str:
    """One line of plain text: tags removed, entities resolved (sites escape twice), white space collapsed."""
    return " ".join(clean(plain(words[:_LONGEST])).split())


def plain(markup: str) -> str:
    """Text without tags and entities. Half a surrogate pair, as JSON may escape one, is no character and is dropped."""
    text = html.unescape(_TAG.sub(" ", html.unescape(markup)))
    return text.encode("utf-8", "ignore").decode("utf-8")


def fold(words: str) -> str:
    """Letters and digits in lower case: equal for two spellings of one name or headline."""
    return "".join(_LETTER_OR_DIGIT.findall(words.casefold()))
