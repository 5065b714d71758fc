"""A title for an article that prints none: the first sentence of its body."""

from __future__ import annotations

import re

from etl.normalize.dateline import find_dateline

_LONGEST = 140  # characters, with the ellipsis
_READ = 400  # characters in which the first sentence ends, or is too long anyway
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”»’)]*(?=\s+[^a-zа-яёңөүәғқұһіӣӯҷҳў\s—–-]|\s*$)|\n")
# Words that a period shortens; a single letter is an initial or a part of 'т. е.'.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"])(?:[^\W\d_]|[^\W\d_]\.[^\W\d_]|им|гг|вв|ул|пр|просп|д-р|проф|акад|ген|св|тов|млн|млрд|трлн|тыс|руб|долл"
    r"|стр|см|ср|др|обл|респ|пос|пгт|mr|mrs|ms|dr|prof|gen|sen|gov|st|jr|sr|no|vs)\.$",
    re.IGNORECASE,
)


def derive_title(body: str) -> str:
    """The first sentence behind the dateline, without its period; cut at a word's end with '…' to 140 characters."""
    dateline = find_dateline(body)
    sentence = _first_sentence(body[dateline.span.end if dateline else 0 :].strip(" \t\n-–—")[:_READ])
    if len(sentence) <= _LONGEST:
        return sentence.removesuffix(".")
    head = sentence[:_LONGEST]
    return head[: head.rfind(" ")].rstrip(" ,;:—–-") + "…"


def _first_sentence(text: str) -> str:
    for match in _SENTENCE_END.finditer(text):
        sentence = text[: match.end()].rstrip()
        if not _ABBREVIATION.search(sentence):
            return sentence
    return text
