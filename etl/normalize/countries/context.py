"""Decides what a name means where it stands: by its neighbours first, then by the rest of the document."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from etl.normalize.article import Kind
from etl.normalize.countries import neighbours, words
from etl.normalize.countries.flags import ADJECTIVE, ATTRIBUTE, CONTEXT, PERSON, PREFIX, SURNAME, WATER, WORD
from etl.normalize.countries.fold import FoldedText
from etl.normalize.countries.lexicon import Reading
from etl.normalize.countries.scan import Candidate

_COUNTRY_KINDS = frozenset({Kind.NAME, Kind.ABBREVIATION})
# Where the gazetteer holds villages; elsewhere it holds no place that is called a 'село'.
_VILLAGE_COUNTRIES = frozenset(["RU", "UA", "BY", "MD", "KZ", "KG", "UZ", "TJ", "TM", "GE", "AM", "AZ"])
_SOMETHING_ELSE = WORD | PERSON | SURNAME


class Meaning(NamedTuple):
    """A name with the reading and the kind that it has where it stands."""

    start: int
    end: int
    reading: Reading
    kind: Kind


class _Verdict(IntEnum):
    """What the neighbours of a name say."""

    NO = 0
    PERSON = 1  # somebody's name: the same word elsewhere in the document is that person
    OPEN = 2  # nothing either way: what it is elsewhere in the document decides
    LIKELY = 3  # a place, unless the document knows a person of that name
    PLACE = 4


class _Place(NamedTuple):
    """A candidate with the verdict on each of its readings."""

    start: int
    end: int
    readings: tuple[Reading, ...]
    verdicts: tuple[_Verdict, ...]


def resolve(candidates: list[Candidate], text: FoldedText, native: frozenset[str]) -> list[Meaning]:
    """The meanings of `candidates`, in order; a name that means no country here is left out.

    native: countries that the text's language itself speaks for, as if they were mentioned.
    """
    places = [_judged(candidate, text) for candidate in candidates if candidate.readings[0].country_code]
    places = _by_namesakes(_by_lists(_without_halves(places, text), text))
    rivals = {reading.rival_of for candidate in candidates for reading in candidate.readings if reading.rival_of}
    spoken = native.union([place.readings[0].country_code for place in places if _is_certain(place.readings)])
    meanings = []
    for start, end, readings, _ in places:
        if not _is_certain(readings):
            readings = _by_document(readings, spoken, text.plain[start:end] in rivals)
        if readings:
            meanings.append(Meaning(start, end, readings[0], _kind(readings[0], start, end, text)))
    return _spread_language(meanings, text)


def _judged(candidate: Candidate, text: FoldedText) -> _Place:
    start, end, readings = candidate
    if len(readings) == 1:
        return _Place(start, end, readings, (_verdict(readings[0], start, end, text),))
    return _Place(start, end, readings, tuple([_verdict(reading, start, end, text) for reading in readings]))


def _without_halves(places: list[_Place], text: FoldedText) -> list[_Place]:
    """The places without cities that are half of another name ('Кызыл-Туу', 'Волга-Днепр'; not 'Ош-Бишкек')."""
    starts = {place.start for place in places}
    ends = {place.end for place in places}
    return [place for place in places if not _is_half(place, starts, ends, text)]


def _is_half(place: _Place, starts: set[int], ends: set[int], text: FoldedText) -> bool:
    start, end, readings, _ = place
    if readings[0].kind is not Kind.CITY:
        return False
    if neighbours.is_joined_after(text, end) and (end + 1 not in starts or readings[0].flags & ADJECTIVE):
        return True
    # A club names its well-known city ('Спартак-Москва'), which is not doubtful.
    return readings[0].flags > 0 and start - 1 not in ends and neighbours.is_joined_before(text, start)


def _by_lists(places: list[_Place], text: FoldedText) -> list[_Place]:
    """The places, with a doubtful country made sure beside a sure one in a list ('Перу, Чад и Оман')."""
    listed = set()
    for index in range(1, len(places)):
        before, this = places[index - 1], places[index]
        pair = (_is_sure_country(before), _is_sure_country(this))
        if any(pair) and not all(pair) and words.LISTED.fullmatch(text.folded, before.end, this.start):
            listed.add(index if pair[0] else index - 1)
    return [_made_sure(place) if index in listed else place for index, place in enumerate(places)]


def _is_sure_country(place: _Place) -> bool:
    return place.readings[0].kind in _COUNTRY_KINDS and place.verdicts[0] is _Verdict.PLACE


def _made_sure(place: _Place) -> _Place:
    """The place with its countries' names sure where they were doubtful."""
    doubts = (_Verdict.OPEN, _Verdict.LIKELY)
    return place._replace(
        verdicts=tuple(
            _Verdict.PLACE if verdict in doubts and reading.kind is Kind.NAME else verdict
            for reading, verdict in zip(place.readings, place.verdicts, strict=True)
        )
    )


def _by_namesakes(places: list[_Place]) -> list[_Place]:
    """The places whose verdicts are clear, with the others decided by what the same name is elsewhere."""
    if all(verdict is _Verdict.PLACE for place in places for verdict in place.verdicts):
        return places
    persons = _named(places, _Verdict.PERSON)
    shown = _named(places, _Verdict.PLACE)
    sure = {place.readings[0].country_code for place in places if _is_sure_country(place)}
    return [place._replace(readings=_standing(place, persons, shown, sure)) for place in places]


def _named(places: list[_Place], wanted: _Verdict) -> set[int]:
    return {
        reading.name_id
        for place in places
        for reading, verdict in zip(place.readings, place.verdicts, strict=True)
        if verdict is wanted
    }


def _standing(place: _Place, persons: set[int], shown: set[int], sure: set[str]) -> tuple[Reading, ...]:
    return tuple(
        reading
        for reading, verdict in zip(place.readings, place.verdicts, strict=True)
        if verdict is _Verdict.PLACE
        or (verdict is _Verdict.LIKELY and reading.name_id not in persons)
        or (verdict is _Verdict.OPEN and reading.name_id in shown - persons)
        or (verdict is _Verdict.OPEN and reading.kind is Kind.NAME and reading.country_code in sure)
    )


def _is_certain(readings: tuple[Reading, ...]) -> bool:
    return len(readings) == 1 and not readings[0].flags & CONTEXT


def _verdict(reading: Reading, start: int, end: int, text: FoldedText) -> _Verdict:
    kind, flags = reading.kind, reading.flags
    if kind is Kind.CITY and flags & ADJECTIVE:
        is_other = neighbours.names_a_region(text, start, end) or neighbours.follows_initial(text, start)
        return _Verdict.NO if is_other else _Verdict.PLACE
    if kind is Kind.ADJECTIVE:
        is_other = words.AFTER_SEA.match(text.folded, end) is not None or neighbours.is_surname(text, start, end)
        return _Verdict.NO if is_other else _Verdict.PLACE
    if kind is not Kind.NAME and kind is not Kind.CITY:
        return _Verdict.PLACE
    if neighbours.is_quoted(text, start, end) or neighbours.is_channel(text, end):
        return _Verdict.NO
    before = neighbours.word_before(text, start)
    if kind is Kind.CITY and (words.NAMESAKE_BEFORE.match(before) or neighbours.is_no_city(text, start, end)):
        return _Verdict.NO
    if kind is Kind.CITY and words.VILLAGE_BEFORE.fullmatch(before) and reading.country_code not in _VILLAGE_COUNTRIES:
        return _Verdict.NO
    if flags & WATER and neighbours.is_water(text, start):
        return _Verdict.NO
    return _verdict_on_namesake(reading, before, start, end, text) if flags & _SOMETHING_ELSE else _Verdict.PLACE


def _verdict_on_namesake(reading: Reading, before: str, start: int, end: int, text: FoldedText) -> _Verdict:
    """`_verdict` on a name that is a person's or an ordinary word too."""
    flags = reading.flags
    if reading.kind is Kind.NAME and words.COUNTRY_BEFORE.fullmatch(before):
        return _Verdict.PLACE
    if flags & (PERSON | SURNAME) and neighbours.is_part_of_a_name(text, start, end):
        return _Verdict.PERSON
    if flags & PERSON and neighbours.precedes_title_word(text, end):
        return _Verdict.NO
    if flags & (PERSON | SURNAME) and words.NAMED_AFTER.fullmatch(before):
        return _Verdict.NO
    if words.PLACE_BEFORE.fullmatch(before) or neighbours.is_owned(text, start, end):
        return _Verdict.PLACE
    if flags & PERSON:
        return _Verdict.OPEN
    if flags & SURNAME and neighbours.is_given_name(text, end):
        return _Verdict.OPEN
    return _Verdict.OPEN if flags & WORD and neighbours.has_idle_capital(text, start, end) else _Verdict.LIKELY


def _by_document(readings: tuple[Reading, ...], spoken: frozenset[str], has_rival: bool) -> tuple[Reading, ...]:
    """The reading that the document speaks for, else the one that needs no support; empty where it stays open."""
    default = [reading for reading in readings if not reading.flags & CONTEXT]
    supported = [reading for reading in readings if reading.country_code in spoken]
    if default and (default[0] in supported or not supported):
        return (default[0],)
    countries = {reading.country_code for reading in supported}
    return (supported[0],) if len(countries) == 1 and not has_rival else ()


def _kind(reading: Reading, start: int, end: int, text: FoldedText) -> Kind:
    """The kind of the reading, unless the words beside it make it a language or a currency."""
    kind = reading.kind
    if kind is Kind.CITY:
        return kind
    if neighbours.precedes_tongue(text, end):
        return Kind.LANGUAGE
    if kind is Kind.ADJECTIVE or kind is Kind.DEMONYM:
        if neighbours.is_language(text, start, end):
            return Kind.LANGUAGE
        return Kind.CURRENCY if neighbours.precedes_currency(text, end) else kind
    if reading.flags & ATTRIBUTE and neighbours.precedes_currency_stem(text, end):
        return Kind.CURRENCY
    return Kind.CURRENCY if neighbours.word_before(text, start) in words.CURRENCIES else kind


def _spread_language(meanings: list[Meaning], text: FoldedText) -> list[Meaning]:
    """'на пяти языках — итальянском, испанском', 'русско-кыргызский словарь': an adjective beside a language is one."""
    for index in range(1, len(meanings)):
        before, this = meanings[index - 1], meanings[index]
        if before.kind is Kind.LANGUAGE and _is_beside(before, this, text) and this.kind is Kind.ADJECTIVE:
            meanings[index] = this._replace(kind=Kind.LANGUAGE)
        elif this.kind is Kind.LANGUAGE and before.reading.flags & PREFIX and before.end + 1 == this.start:
            meanings[index - 1] = before._replace(kind=Kind.LANGUAGE)
    return meanings


def _is_beside(before: Meaning, this: Meaning, text: FoldedText) -> bool:
    return words.COORDINATION.fullmatch(text.folded, before.end, this.start) is not None
