"""Measuring publication dates against openings that a person has dated.

Gold: JSON lines with `url` (unique), `text` and `gold`: '2025-08-22T16:21', '2025-08-22', '????-02-26' (a day is
printed, its year is not) or null. Predictions: one JSON object {url: {"published", "precision", "method"}}, where
`published` is a minute or a day as in gold, or null.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from etl.normalize.article import Precision, Publication

_UNKNOWN_YEAR = "????-"
_DAY_LENGTH = len("2025-08-22")


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a page and its publication date as a person gives it."""

    url: str
    text: str
    gold: str | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a program says of one opening, in the words of the predictions' file."""

    published: str | None = None
    precision: str = Precision.NONE.value
    method: str = "none"


class Outcome(StrEnum):
    """RIGHT includes 'no date' where there is none. COARSE: the day is right, the minute that gold knows is missing.
    MISSED: nothing was said. WRONG: another day or minute. ANSWERED: a date was given where gold has none."""

    RIGHT = "right"
    COARSE = "coarse"
    MISSED = "missed"
    WRONG = "wrong"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class DateScore:
    """Counts by outcome, apart for openings whose gold is a date, a day without a year, and nothing."""

    dated: Counter[Outcome]
    partial: Counter[Outcome]
    undated: Counter[Outcome]

    @property
    def right_share(self) -> float:
        """Of the openings with a date, the share that is right; 0 where there are none."""
        return self.dated[Outcome.RIGHT] / self.dated.total() if self.dated else 0.0


def predict(publication: Publication) -> Prediction:
    """A publication in the form of a prediction: to the minute in its own zone, or the day."""
    if publication.at is not None:
        published: str | None = f"{publication.at:%Y-%m-%dT%H:%M}"
    else:
        published = publication.day.isoformat() if publication.day else None
    return Prediction(published, publication.precision.value, publication.method)


def judge(gold: str | None, predicted: Prediction) -> Outcome:
    """One opening. A minute is right for the gold day that contains it; '????-MM-DD' for no date and 'partial'."""
    published = predicted.published
    if gold is None:
        return Outcome.RIGHT if published is None else Outcome.ANSWERED
    if gold.startswith(_UNKNOWN_YEAR):
        if published is not None:
            return Outcome.ANSWERED
        return Outcome.RIGHT if predicted.precision == Precision.PARTIAL else Outcome.MISSED
    if published is None:
        return Outcome.MISSED
    if published[: len(gold)] == gold:
        return Outcome.RIGHT
    return Outcome.COARSE if published == gold[:_DAY_LENGTH] else Outcome.WRONG


def score(gold: Iterable[Opening], predicted: Mapping[str, Prediction]) -> DateScore:
    """The outcomes of all openings; one without a prediction counts as if nothing was said of it."""
    counts = DateScore(Counter(), Counter(), Counter())
    for opening in gold:
        outcome = judge(opening.gold, predicted.get(opening.url, Prediction()))
        if opening.gold is None:
            counts.undated[outcome] += 1
        elif opening.gold.startswith(_UNKNOWN_YEAR):
            counts.partial[outcome] += 1
        else:
            counts.dated[outcome] += 1
    return counts


def read_gold(path: Path) -> list[Opening]:
    """The openings of a gold file, in its order."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return [Opening(row["url"], row["text"], row["gold"]) for row in rows]


def read_predictions(path: Path) -> dict[str, Prediction]:
    """The predictions of a file, by URL; a missing precision or method is 'none'."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    none = Prediction()
    return {
        url: Prediction(row["published"], row.get("precision", none.precision), row.get("method", none.method))
        for url, row in rows.items()
    }


def write_predictions(path: Path, predicted: Mapping[str, Prediction]) -> None:
    """The predictions as one JSON object, readable by `read_predictions`."""
    rows = {url: asdict(prediction) for url, prediction in predicted.items()}
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
