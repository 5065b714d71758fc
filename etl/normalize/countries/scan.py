"""Finds every name of a lexicon in a text: the automaton, then word boundaries and capitals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from etl.normalize.article import Kind
from etl.normalize.countries.flags import ADJECTIVE, CAPITAL, PREFIX
from etl.normalize.countries.fold import FoldedText
from etl.normalize.countries.lexicon import Lexicon, Reading

_BEFORE_SENTENCE = frozenset('.!?…\n«"“„—–-:(')


class Candidate(NamedTuple):
    """A name in a folded text, with what it can mean there."""

    start: int
    end: int
    readings: tuple[Reading, ...]


def scan(lexicon: Lexicon, text: FoldedText) -> list[Candidate]:
    """The names of `lexicon` in `text`, in order, not overlapping. Blockers are among them."""
    return list(_scan(lexicon, text, 0, len(text.folded)))


def _scan(lexicon: Lexicon, text: FoldedText, begin: int, stop: int) -> Iterator[Candidate]:
    folded = text.folded
    for pattern, start, stem_end in lexicon.matches(folded[begin:stop]):
        start += begin
        if not (start and folded[start - 1].isalnum()):
            end = _word_end(lexicon, folded, stem_end + begin)
            readings = _fitting(lexicon.readings[pattern], text, start, end) if end else ()
            if readings:
                yield Candidate(start, end, readings)
                continue
        if pattern in lexicon.phrases:  # the longest name is not there, but a shorter one may be
            second_word = folded.index(" ", start) + 1
            yield from _scan(lexicon, text, second_word, _end_of_letters(folded, stem_end + begin))


def _word_end(lexicon: Lexicon, folded: str, end: int) -> int:
    """Where the word ends that a name ends in; 0 if the rest of it is no ending that a name takes."""
    word_end = _end_of_letters(folded, end)
    if word_end == end or (lexicon.suffix is not None and lexicon.suffix.fullmatch(folded, end, word_end)):
        return word_end
    return 0


def _end_of_letters(folded: str, end: int) -> int:
    size = len(folded)
    while end < size and folded[end].isalnum():
        end += 1
    return end


def _fitting(readings: tuple[Reading, ...], text: FoldedText, start: int, end: int) -> tuple[Reading, ...]:
    if len(readings) == 1:
        return readings if _fits(readings[0], text, start, end) else ()
    return tuple([reading for reading in readings if _fits(reading, text, start, end)])


def _fits(reading: Reading, text: FoldedText, start: int, end: int) -> bool:
    """Whether the word's letters allow the reading: its capitals, and the hyphen after the first part of a compound."""
    kind, flags, plain = reading.kind, reading.flags, text.plain
    if kind is Kind.ABBREVIATION:
        return sum(map(str.isupper, plain[start:end])) >= 2
    if flags & PREFIX:
        return text.folded.startswith("-", end)
    if flags & CAPITAL:
        return plain[start].isupper()
    if kind is Kind.ADJECTIVE or flags & ADJECTIVE:
        return True
    if kind is Kind.DEMONYM:
        return _people_fit(plain, start)
    if plain[start + 1].islower() and plain[end - 1].isupper():  # 'УрФУ' is not Урфа
        return False
    return plain[start].isupper() or (" " in text.folded[start:end] and not plain[start:end].islower())


def _people_fit(plain: str, start: int) -> bool:
    """Peoples are written small: a capital inside a sentence is a surname (Чехов, Поляков)."""
    return plain[start].islower() or plain[start + 1].isupper() or begins_sentence(plain, start)


def begins_sentence(plain: str, start: int) -> bool:
    """Whether a sentence, a line or a quotation begins at `start`, so that a capital there says nothing."""
    if plain[start - 1 : start] == "-":
        return False
    before = plain[max(0, start - 4) : start].rstrip(" \u00a0\t")
    return not before or before[-1] in _BEFORE_SENTENCE
