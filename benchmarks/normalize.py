"""Normalising: milliseconds an article on one core, by stage and as a whole, beside two fixed pieces of work.

    python -m benchmarks.normalize [--size 500]

The articles are those of the generated corpus (`benchmarks.corpus`) and the samples in seeds/articles. `ratio` is to
the gazetteer's bare scan of the same texts, which no rule here can make faster: it is the figure to compare between
machines and days. Times are CPU time, the best of five rounds: what else runs on the machine does not count.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.corpus import SAMPLES, Corpus, parse_size
from etl.extract.files import read_files
from etl.extract.item import Carrier, RawItem, Rejection
from etl.extract.text import Decoded, decode
from etl.load.prepare import prepare, prepare_all, staged
from etl.normalize import text
from etl.normalize.article import Article
from etl.normalize.authors import find_authors
from etl.normalize.countries.gazetteer import Gazetteer, article_mentions
from etl.normalize.dateline import Dateline, find_dateline
from etl.normalize.dates import find_publication
from etl.normalize.language import detect
from etl.normalize.layout import body_text, read_page
from etl.normalize.normalizer import Normalizer
from etl.normalize.page import Page
from etl.normalize.sources import find_agency, find_cited, find_publisher
from etl.normalize.steps import finish
from etl.normalize.story import story_print
from etl.resources import REFERENCE

ROUNDS = 5
SCAN = "fixed: bare gazetteer scan"
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Bishkek")


@dataclass(frozen=True, slots=True)
class Sample:
    """An article with what each stage takes and gives, so that every stage can be timed alone."""

    item: RawItem
    decoded: Decoded
    clean: str
    page: Page
    dateline: Dateline | None
    article: Article

    @property
    def printed_title(self) -> str:
        return "" if self.article.title_is_derived else self.article.title


Stage = Callable[[Sample], object]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the normalising of articles, stage by stage.")
    parser.add_argument("--size", type=parse_size, default=500, help="articles of the corpus")
    size = parser.parse_args().size
    normalizer = Normalizer.load(REFERENCE)
    _report(f"generated corpus, {size} articles", list(Corpus(size).raw_items(Path("corpus"))), normalizer)
    _report("seeds/articles", list(read_files([SAMPLES], Carrier())), normalizer)


def _report(name: str, items: Sequence[RawItem], normalizer: Normalizer) -> None:
    samples = list(_samples(items, normalizer))
    kilobytes = sum(len(sample.item.content) for sample in samples) / len(samples) / 1e3
    print(f"{name}: {len(samples)} articles of text, {kilobytes:.1f} KB each")
    taken = {stage: _milliseconds(_each(work, samples)) / len(samples) for stage, work in _stages(normalizer).items()}
    inputs = [sample.item for sample in samples]
    taken["all: step by step"] = _milliseconds(lambda: prepare_all(inputs, normalizer, AS_OF)) / len(samples)
    for stage, time_taken in taken.items():
        print(f"  {stage:26} {time_taken:7.3f} ms  ratio {time_taken / taken[SCAN]:6.2f}")


def _samples(items: Sequence[RawItem], normalizer: Normalizer) -> Iterator[Sample]:
    """The items that are text and become articles."""
    for item in items:
        decoded = decode(item.content)
        if item.media_type != "text/plain" or isinstance(decoded, Rejection):
            continue
        clean = text.clean(decoded.text)
        page = read_page(clean)
        article = finish(normalizer.normalize(decoded.text, item.carrier, item.origin, AS_OF))
        if isinstance(page, Page) and isinstance(article, Article):
            yield Sample(item, decoded, clean, page, find_dateline(article.body), article)


def _stages(normalizer: Normalizer) -> dict[str, Stage]:
    """The two fixed pieces of work, each stage in the order of `Normalizer.normalize`, and all of it."""
    sources, gazetteer = normalizer.sources, normalizer.gazetteer
    return {
        SCAN: lambda it: gazetteer.lexicons["ru"].matches(it.clean),
        "fixed: sha256 of the bytes": lambda it: hashlib.sha256(it.item.content).digest(),
        "decode": lambda it: decode(it.item.content),
        "clean": lambda it: text.clean(it.decoded.text),
        "layout": lambda it: read_page(it.clean),
        "body": lambda it: body_text(it.page),
        "dateline": lambda it: find_dateline(it.article.body),
        "publisher": lambda it: find_publisher(it.page, it.item.carrier, it.dateline, sources),
        "publication date": lambda it: find_publication(it.page, it.item.carrier, it.item.origin, ZONE, AS_OF),
        "authors": lambda it: find_authors(it.page),
        "language": lambda it: detect(it.printed_title, it.article.body),
        "agency": lambda it: find_agency(it.page, it.article.body, it.dateline, sources),
        "cited": lambda it: find_cited(it.article.body, sources),
        "countries": lambda it: _mentions(it, gazetteer),
        "story keys": lambda it: story_print(it.article.body),
        "hashes and row": lambda it: staged(it.item, it.decoded, it.article, normalizer.rule_version),
        "all: one by one": lambda it: prepare(it.item, normalizer, AS_OF),
    }


def _mentions(sample: Sample, gazetteer: Gazetteer) -> object:
    article, dateline = sample.article, sample.dateline
    span = dateline.span if dateline else None
    return article_mentions(gazetteer, sample.printed_title, article.body, span, article.language)


def _each(work: Stage, samples: Sequence[Sample]) -> Callable[[], object]:
    return lambda: [work(sample) for sample in samples]


def _milliseconds(work: Callable[[], object]) -> float:
    """CPU time of the best round: the others were disturbed."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best * 1e3


if __name__ == "__main__":
    main()
