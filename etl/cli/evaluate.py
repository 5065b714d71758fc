"""newshouse evaluate: how well the rules read, measured on texts that a person annotated."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar
from zoneinfo import ZoneInfo

import typer

from etl.cli.output import AsJson, print_json, print_table
from etl.errors import UsageError
from etl.resources import REFERENCE

if TYPE_CHECKING:
    from etl.normalize.countries.evaluate import GoldText

# The rules take half a second to import: only the commands that need them wait for it.

app = typer.Typer(
    help="Measure the rules on annotated texts (formats: docs/accuracy.md). Needs no database.", no_args_is_help=True
)

Opening = TypeVar("Opening")
Outcome = TypeVar("Outcome", bound=str)
Gold = Annotated[Path, typer.Argument(help="The annotated texts, JSON lines.", exists=True, dir_okay=False)]
Predictions = Annotated[Path | None, typer.Option("--predictions", help="Also write what was found to this file.")]


@app.command()
def countries(gold: Gold, predictions: Predictions = None, as_json: AsJson = False) -> None:
    """Precision, recall and F1 of country mentions, by tier and kind."""
    from etl.normalize.countries import evaluate as countries_gold
    from etl.normalize.countries.gazetteer import Gazetteer

    texts = [_with_language(text) for text in countries_gold.read_gold(gold)]
    found = countries_gold.predict(Gazetteer.load(), texts)
    if predictions:
        countries_gold.write_predictions(predictions, texts, found)
    columns = ("tier", "level", "precision", "recall", "F1", "right", "wrong", "missed")
    rows = [
        (
            tier.tier,
            tier.level,
            _percent(tier.precision),
            _percent(tier.recall),
            _percent(tier.f1),
            tier.true_positives,
            tier.false_positives,
            tier.false_negatives,
        )
        for tier in countries_gold.score(texts, found)
    ]
    _report(f"Country mentions in {len(texts)} texts", columns, rows, as_json)


@app.command()
def dates(gold: Gold, predictions: Predictions = None, as_json: AsJson = False) -> None:
    """Publication dates of page openings: right, missed, wrong, and answers where there is no date."""
    from etl.extract.item import Carrier
    from etl.normalize.dates import evaluate as dates_gold
    from etl.normalize.dates import find_publication
    from etl.normalize.layout import read_opening
    from etl.normalize.normalizer import DEFAULT_TIMEZONE
    from etl.normalize.text import clean

    openings = _read(gold, dates_gold.read_gold)
    zone, now = ZoneInfo(DEFAULT_TIMEZONE), datetime.now(UTC)
    found = {
        opening.url: dates_gold.predict(
            find_publication(read_opening(clean(opening.text)), Carrier(url=opening.url), opening.url, zone, now)
        )
        for opening in openings
    }
    if predictions:
        dates_gold.write_predictions(predictions, found)
    result = dates_gold.score(openings, found)
    counts = {"a date": result.dated, "a day without a year": result.partial, "no date": result.undated}
    _report_counts(f"Publication dates of {len(openings)} openings", "gold has", counts, dates_gold.Outcome, as_json)


@app.command()
def sources(gold: Gold, predictions: Predictions = None, as_json: AsJson = False) -> None:
    """Publishers and agencies of page openings: right, missed, wrong, invented."""
    from etl.normalize.sources import Sources
    from etl.normalize.sources import evaluate as sources_gold

    openings = _read(gold, sources_gold.read_gold)
    known = Sources.load(REFERENCE)
    found = {opening.url: sources_gold.predict(opening, known) for opening in openings}
    if predictions:
        sources_gold.write_predictions(predictions, found)
    counts = sources_gold.score(openings, found, known)
    _report_counts(f"Sources of {len(openings)} openings", "role", counts, sources_gold.Outcome, as_json)


@app.command()
def bodies(
    archive: Annotated[Path, typer.Argument(help="The pages: a web archive (.warc, .warc.gz).", exists=True)],
    gold: Gold,
    flatten: Annotated[bool, typer.Option("--flatten", help="Flatten the pages to text first, menus and all.")] = False,
    predictions: Predictions = None,
    as_json: AsJson = False,
) -> None:
    """Titles, dates, authors and bodies of HTML pages; with --flatten the bodies of the same pages as plain text."""
    from etl.normalize.html import evaluate as pages_gold

    columns = ("what", "score %")
    if flatten:
        body = pages_gold.score_flattened(archive, gold)
        rows = [(f"body {name}", _percent(getattr(body, name))) for name in ("precision", "recall", "f1")]
        _report("Bodies of flattened pages", columns, rows, as_json)
        return
    if predictions:
        predictions.write_text(json.dumps(pages_gold.predict(archive), ensure_ascii=False, indent=1), encoding="utf-8")
    result = pages_gold.score_pages(archive, gold)
    shares = {
        "day": result.day,
        "minute": result.minute,
        "title, exact": result.title,
        "authors, exact": result.credits,
        "authors, people only": result.authors,
        "body precision": result.body.precision,
        "body recall": result.body.recall,
        "body F1": result.body.f1,
    }
    _report(f"{result.pages} pages", columns, [(name, _percent(share)) for name, share in shares.items()], as_json)


def _read(gold: Path, reader: Callable[[Path], list[Opening]]) -> list[Opening]:
    try:
        return reader(gold)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{gold} is not in the gold format of docs/accuracy.md: {error!r}") from error


def _with_language(text: GoldText) -> GoldText:
    """A text whose gold names no language is read as an article is: in the language it is found to be in."""
    from etl.normalize.language import detect

    return replace(text, language=detect("", text.text)[0]) if text.language == "und" else text


def _report_counts(
    title: str, label: str, counts: Mapping[str, Counter[Outcome]], outcomes: Iterable[Outcome], as_json: bool
) -> None:
    columns = [label, "texts", *map(str, outcomes), "right %"]
    rows = [
        (name, count.total(), *(count[outcome] for outcome in outcomes), _percent(_share_right(count)))
        for name, count in counts.items()
    ]
    _report(title, columns, rows, as_json)


def _share_right(count: Counter[Outcome]) -> float:
    right = sum(number for outcome, number in count.items() if outcome == "right")
    return right / count.total() if count else 0.0


def _percent(share: float) -> float:
    return round(100 * share, 2)


def _report(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], as_json: bool) -> None:
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(title, columns, rows)
