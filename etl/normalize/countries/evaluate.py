"""Scores country mentions against texts that people annotated.

The gold format is JSON lines, one text a line:

    {"id": "ru-001", "text": "Посол Венгрии прилетел в Ош.", "language": "ru", "trap": "inflection",
     "mentions": [{"start": 6, "end": 13, "country": "HU", "kind": "name"}, …]}

start, end: half-open range of code points of `text`; country: ISO 3166-1 alpha-2 (XK for Kosovo); kind: a value of
`etl.normalize.article.Kind`. `id` (else the line's number), `language` (else 'und') and `trap` (a note) may be
left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from etl.errors import UsageError
from etl.normalize.article import Kind
from etl.normalize.countries.gazetteer import Gazetteer, Hit, find_mentions

_NAMES = frozenset({Kind.NAME, Kind.ABBREVIATION, Kind.ADJECTIVE, Kind.CURRENCY})
_PEOPLES = _NAMES | {Kind.DEMONYM}
# A row of the report: its label and the kinds it takes.
TIERS: dict[str, frozenset[Kind]] = {
    "names": _NAMES,
    "names and demonyms": _PEOPLES,
    "all but languages": _PEOPLES | {Kind.CITY},
    **{kind.value: frozenset({kind}) for kind in Kind},
}
# The kinds as `exchange_format` calls them; it has no languages.
_EXCHANGE_KINDS = {
    Kind.NAME: "name",
    Kind.CURRENCY: "name",
    Kind.ABBREVIATION: "abbr",
    Kind.ADJECTIVE: "adjective",
    Kind.DEMONYM: "demonym",
    Kind.CITY: "city",
}


class Found(NamedTuple):
    """A mention, annotated or predicted."""

    start: int
    end: int
    country_code: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class GoldText:
    """An annotated text."""

    text_id: str
    text: str
    language: str
    trap: str
    mentions: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one tier. level: 'document' (the set of countries of each text) or 'mention' (the same country in an
    overlapping place, one to one)."""

    tier: str
    level: str
    true_positives: int
    false_positives: int
    false_negatives: int

    @property
    def precision(self) -> float:
        return _ratio(self.true_positives, self.true_positives + self.false_positives)

    @property
    def recall(self) -> float:
        return _ratio(self.true_positives, self.true_positives + self.false_negatives)

    @property
    def f1(self) -> float:
        return _ratio(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)


def read_gold(path: Path) -> list[GoldText]:
    """The annotated texts of a file. Raises UsageError, naming file and line, for a line that is not in the format."""
    texts = []
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                texts.append(_gold_text(json.loads(line), number))
            except (KeyError, TypeError, ValueError) as error:
                raise UsageError(f"{path}:{number}: not in the gold format: {error!r}") from error
    return texts


def predict(gazetteer: Gazetteer, gold: Iterable[GoldText]) -> list[tuple[Found, ...]]:
    """What the extractor finds in each text."""
    return [tuple(map(_found, find_mentions(gazetteer, text.text, text.language))) for text in gold]


def score(gold: Sequence[GoldText], predicted: Sequence[Sequence[Found]]) -> list[Score]:
    """The scores of every tier, at document and at mention level, in the order of TIERS."""
    pairs = [(text.mentions, found) for text, found in zip(gold, predicted, strict=True)]
    return [
        _score(tier, level, kinds, pairs, count)
        for tier, kinds in TIERS.items()
        for level, count in (("document", _count_documents), ("mention", _count_mentions))
    ]


def exchange_format(
    gold: Iterable[GoldText], predicted: Iterable[Iterable[Found]]
) -> dict[str, list[dict[str, str | int]]]:
    """{text id: [{"start", "end", "iso2", "kind"}, …]}; kind is name, abbr, adjective, demonym or city.
    A currency counts as a name; languages are left out."""
    return {
        text.text_id: [
            {"start": hit.start, "end": hit.end, "iso2": hit.country_code, "kind": _EXCHANGE_KINDS[hit.kind]}
            for hit in found
            if hit.kind in _EXCHANGE_KINDS
        ]
        for text, found in zip(gold, predicted, strict=True)
    }


def write_predictions(path: Path, gold: Iterable[GoldText], predicted: Iterable[Iterable[Found]]) -> None:
    """Writes the `exchange_format` of what was found as JSON."""
    path.write_text(json.dumps(exchange_format(gold, predicted), ensure_ascii=False, indent=1), encoding="utf-8")


_Pair = tuple[Sequence[Found], Sequence[Found]]
_Count = Callable[[Sequence[Found], Sequence[Found]], Counter[str]]


def _score(tier: str, level: str, kinds: frozenset[Kind], pairs: Iterable[_Pair], count: _Count) -> Score:
    total: Counter[str] = Counter()
    for gold, found in pairs:
        total += count([item for item in gold if item.kind in kinds], [item for item in found if item.kind in kinds])
    return Score(tier, level, total["tp"], total["fp"], total["fn"])


def _count_documents(gold: Sequence[Found], found: Sequence[Found]) -> Counter[str]:
    wanted, got = {item.country_code for item in gold}, {item.country_code for item in found}
    return Counter(tp=len(wanted & got), fp=len(got - wanted), fn=len(wanted - got))


def _count_mentions(gold: Sequence[Found], found: Sequence[Found]) -> Counter[str]:
    left = list(gold)
    for item in found:
        match = next((other for other in left if _is_same(item, other)), None)
        if match is not None:
            left.remove(match)
    hits = len(gold) - len(left)
    return Counter(tp=hits, fp=len(found) - hits, fn=len(left))


def _is_same(one: Found, other: Found) -> bool:
    return one.country_code == other.country_code and one.start < other.end and other.start < one.end


def _gold_text(row: dict[str, object], number: int) -> GoldText:
    mentions = row["mentions"]
    if not isinstance(mentions, list):
        raise TypeError("mentions is no list")
    return GoldText(
        text_id=str(row.get("id", number)),
        text=str(row["text"]),
        language=str(row.get("language", "und")),
        trap=str(row.get("trap", "")),
        mentions=tuple(Found(m["start"], m["end"], m["country"], Kind(m["kind"])) for m in mentions),
    )


def _found(hit: Hit) -> Found:
    return Found(hit.start, hit.end, hit.country_code, hit.kind)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
