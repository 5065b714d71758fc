"""Measuring publishers, agencies and whom a text cites against openings that a person has attributed.

Gold: JSON lines with `url` (unique), `text`, and any of `publisher`, `agency` (an id, a name or a domain of
seeds/reference, or null where none is named) and `cited` (a list of such, or of the very words that name an office or a
press service). Only the keys that a line has are scored; of `cited` all must be found and nothing else. Predictions:
one JSON object {url: {"publisher": id or null, "agency": id or null, "cited": [id or words, …]}}.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from etl.extract.item import Carrier
from etl.normalize.dateline import find_dateline
from etl.normalize.layout import body_text, read_opening
from etl.normalize.sources.agency import find_agency
from etl.normalize.sources.cited import find_cited
from etl.normalize.sources.publisher import find_publisher
from etl.normalize.sources.registry import Sources
from etl.normalize.text import clean

ROLES = ("publisher", "agency", "cited")

Named = str | Sequence[str] | None
"""Who has a role: one source or none; a list of them for `cited`."""


class Outcome(StrEnum):
    """RIGHT includes 'none' where none is named. MISSED: nothing was said. WRONG: another one. INVENTED: one where
    gold names none."""

    RIGHT = "right"
    MISSED = "missed"
    WRONG = "wrong"
    INVENTED = "invented"


@dataclass(frozen=True, slots=True)
class AttributedOpening:
    """The beginning of a page, and the words a person gives for each role that was judged."""

    url: str
    text: str
    gold: Mapping[str, Named]


def read_gold(path: Path) -> list[AttributedOpening]:
    """The openings of a gold file, in its order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [AttributedOpening(row["url"], row["text"], {r: row[r] for r in ROLES if r in row}) for row in rows]


def predict(opening: AttributedOpening, sources: Sources) -> dict[str, Named]:
    """Who is found for each role."""
    page = read_opening(clean(opening.text))
    body = body_text(page)
    dateline = find_dateline(body)
    publisher = find_publisher(page, Carrier(url=opening.url), dateline, sources)
    agency = find_agency(page, body, dateline, sources)
    return {
        "publisher": publisher.source_id if publisher else None,
        "agency": agency.source_id if agency else None,
        "cited": [cited.source_id or cited.name for cited in find_cited(body, sources)],
    }


def score(
    gold: Iterable[AttributedOpening], predicted: Mapping[str, Mapping[str, Named]], sources: Sources
) -> dict[str, Counter[Outcome]]:
    """Counts by role and outcome."""
    counts: dict[str, Counter[Outcome]] = {role: Counter() for role in ROLES}
    for opening in gold:
        for role, words in opening.gold.items():
            found = _names(predicted.get(opening.url, {}).get(role))
            counts[role][_judge({sources.find(name) or name for name in _names(words)}, found)] += 1
    return counts


def _names(named: Named) -> set[str]:
    return {named} if isinstance(named, str) else set(named or ())


def _judge(gold: set[str], found: set[str]) -> Outcome:
    if found == gold:
        return Outcome.RIGHT
    if not gold:
        return Outcome.INVENTED
    return Outcome.WRONG if found else Outcome.MISSED


def write_predictions(path: Path, predicted: Mapping[str, Mapping[str, Named]]) -> None:
    """The predictions as one JSON object."""
    path.write_text(json.dumps(predicted, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
