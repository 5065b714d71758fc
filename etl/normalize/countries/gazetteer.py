"""The countries that an article mentions: each occurrence with its place, its words and the rule that matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from etl.normalize.article import Kind, Mention, Zone
from etl.normalize.countries.context import Meaning, resolve
from etl.normalize.countries.fold import FoldedText, fold
from etl.normalize.countries.lexicon import Lexicon, read_lexicons
from etl.normalize.countries.scan import Candidate, scan
from etl.normalize.countries.zones import body_zones, is_counted
from etl.normalize.page import Span

__all__ = ["Gazetteer", "Hit", "article_mentions", "find_mentions", "is_counted"]

# A text in a language of the region also speaks Russian: names, quotations, whole paragraphs. "ru" holds English too.
_LEXICONS = {"ru": ("ru",), "en": ("ru",)} | {language: (language, "ru") for language in ("ky", "kk", "uz", "tg")}
_UNKNOWN = ("ru", "ky", "kk", "uz", "tg")
# 'КР' in a Kyrgyz text is Kyrgyzstan without being told.
_NATIVE = {"ky": "KG", "kk": "KZ", "uz": "UZ", "tg": "TJ"}
_BETWEEN = "\n\n"


class Hit(NamedTuple):
    """One mention of a country. `start` and `end` are code points of the text as given; `name_id` is the key of the
    reference row in core.country_name."""

    country_code: str
    start: int
    end: int
    surface: str
    kind: Kind
    name_id: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of every country in every language. Built once per process, by `load`."""

    lexicons: dict[str, Lexicon]

    @classmethod
    def load(cls) -> Gazetteer:
        """Reads the compiled file that ships with the package."""
        return cls(read_lexicons())

    def for_language(self, language: str) -> list[Lexicon]:
        """The lexicons for a text in `language` (ISO 639-1 or 'und'), the text's own language first."""
        return [self.lexicons[name] for name in _LEXICONS.get(language, _UNKNOWN)]


def find_mentions(gazetteer: Gazetteer, text: str, language: str) -> list[Hit]:
    """The countries mentioned in `text`, in order, not overlapping."""
    folded = fold(text)
    found = [scan(lexicon, folded) for lexicon in gazetteer.for_language(language)]
    native = frozenset({_NATIVE[language]}) if language in _NATIVE else frozenset()
    return [_hit(meaning, folded, text) for meaning in resolve(_merged(found), folded, native)]


def article_mentions(
    gazetteer: Gazetteer, title: str, body: str, dateline: Span | None, language: str
) -> tuple[Mention, ...]:
    """The mentions of title and body, read as one document. TITLE offsets count in the title, others in the body.

    title: empty where it was derived from the body, so that nothing is counted twice.
    dateline: a span of the body.
    """
    offset = len(title) + len(_BETWEEN)
    zone_of = body_zones(body, dateline)
    mentions = []
    for hit in find_mentions(gazetteer, title + _BETWEEN + body, language):
        in_title = hit.end <= len(title)
        start, end = (hit.start, hit.end) if in_title else (hit.start - offset, hit.end - offset)
        zone = Zone.TITLE if in_title else zone_of(start, end)
        counted = is_counted(hit.kind, zone)
        mentions.append(Mention(hit.country_code, start, end, hit.surface, hit.kind, zone, hit.name_id, counted))
    return tuple(mentions)


def _hit(meaning: Meaning, folded: FoldedText, text: str) -> Hit:
    start, end = folded.span(meaning.start, meaning.end)
    reading = meaning.reading
    return Hit(reading.country_code, start, end, text[start:end], meaning.kind, reading.name_id)


def _merged(found: list[list[Candidate]]) -> list[Candidate]:
    """Candidates of several languages without overlaps: the longer wins, then the earlier language."""
    if len(found) == 1:
        return found[0]
    ranked = sorted(
        (
            (candidate.start - candidate.end, order, candidate)
            for order, names in enumerate(found)
            for candidate in names
        ),
        key=lambda item: item[:2],
    )
    taken: set[int] = set()
    kept = []
    for _, _, candidate in ranked:
        place = range(candidate.start, candidate.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept.append(candidate)
    return sorted(kept)
