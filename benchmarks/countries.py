"""Country mentions: articles and megabytes per second on one core, beside what a user could pick instead.

    python benchmarks/countries.py [FILE ...]      texts to read; without them, sentences of the golden set

Each system reads the same articles of 5 KB. Natasha, and pymorphy3 with Babel's territory names, take part where they
are installed. Times are CPU time: what else runs on the machine does not count.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from etl.normalize.countries.gazetteer import Gazetteer, find_mentions

ARTICLE_BYTES = 5_000
GOLD = Path(__file__).parents[1] / "tests" / "golden" / "countries.jsonl"
_WORD = re.compile(r"[А-Яа-яЁё-]+")

Extractor = Callable[[str], object]


def main() -> None:
    articles = _articles(_texts([Path(name) for name in sys.argv[1:]]))
    started = time.process_time()
    gazetteer = Gazetteer.load()
    print(f"start-up {time.process_time() - started:.3f} s, {len(articles)} articles of {ARTICLE_BYTES} bytes")
    ours = _rate(lambda text: find_mentions(gazetteer, text, "ru"), articles)
    _report("newshouse", ours, ours)
    if _installed("pymorphy3", "babel"):
        _report("pymorphy3 + CLDR", _rate(_lemma_baseline(), articles[:20]), ours)
    if _installed("natasha"):
        _report("Natasha NER", _rate(_natasha(), articles[:20]), ours)


def _texts(paths: list[Path]) -> str:
    if paths:
        return "\n".join(path.read_text(encoding="utf-8") for path in paths)
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    return "\n".join(row["text"] for row in rows if row["language"] == "ru") * 20


def _articles(text: str) -> list[str]:
    """The text in pieces of ARTICLE_BYTES of UTF-8."""
    data = text.encode("utf-8")
    return [
        data[start : start + ARTICLE_BYTES].decode("utf-8", errors="ignore")
        for start in range(0, len(data) - ARTICLE_BYTES + 1, ARTICLE_BYTES)
    ]


def _rate(extract: Extractor, articles: list[str]) -> float:
    """Articles per second, the best of three rounds: the others were disturbed."""
    extract(articles[0])
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        for article in articles:
            extract(article)
        best = min(best, time.process_time() - started)
    return len(articles) / best


def _report(name: str, rate: float, ours: float) -> None:
    print(f"{name:18} {rate:9.1f} articles/s {rate * ARTICLE_BYTES / 1e6:7.2f} MB/s   1/{ours / rate:.0f} of our speed")


def _installed(*names: str) -> bool:
    return all(importlib.util.find_spec(name) is not None for name in names)


def _lemma_baseline() -> Extractor:
    """Each word's lemma, looked up in CLDR's Russian names."""
    from babel import Locale
    from pymorphy3 import MorphAnalyzer

    morph = MorphAnalyzer(lang="ru")
    names = {name.lower(): code for code, name in Locale("ru").territories.items()}
    return lambda text: [names.get(morph.parse(word)[0].normal_form) for word in _WORD.findall(text)]


def _natasha() -> Extractor:
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def extract(text: str) -> object:
        document = Doc(text)
        document.segment(segmenter)
        document.tag_ner(tagger)
        return document.spans

    return extract


if __name__ == "__main__":
    main()
