"""A corpus of any size: the sample articles' sentences recombined, the same for the same seed on every machine.

    python -m benchmarks.corpus FOLDER --size 10k [--seed 1]
    python -m benchmarks.corpus FOLDER --size 10k --changed 0.01 --new 0.01

The second form goes over a folder that the first one made: it rewrites one file in a hundred and adds one in a
hundred. Every article has its own stream of random numbers, so an article is the same in every size, and memory is
flat. Lengths are log-normal with a mean of 4.5 KB of UTF-8, the spread that Russian and English news showed (0.76 to
0.83; docs/performance.md); there are about 10 mentions an article, most of them in a few articles.
"""

from __future__ import annotations

import argparse
import csv
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.sentences import Sentences, read_sentences
from benchmarks.shapes import SHAPES, Shape
from etl.extract.carrier import FIELDS, MANIFEST
from etl.extract.item import Carrier, RawItem
from etl.resources import REFERENCE

SAMPLES = REFERENCE.parent / "articles"
FOLDER_ARTICLES = 100
_MEAN_BYTES = 4_500
_SIGMA = 0.76  # of the logarithm of the length
_BYTES = (400, 60_000)
_FIRST_DAY, _DAYS = datetime(2016, 1, 1), 3_500  # noqa: DTZ001 - printed as it is; the rules know the zone


@dataclass(frozen=True, slots=True)
class Page:
    """One article as a file, its path relative to the corpus."""

    path: str
    text: str
    carrier: Carrier


@dataclass(frozen=True, slots=True)
class Corpus:
    """`size` articles, of which the share `changed` is in a second version, and `new` times `size` more."""

    size: int
    seed: int = 1
    changed: float = 0
    new: float = 0
    sentences: dict[str, Sentences] = field(default_factory=lambda: read_sentences(SAMPLES))

    def pages(self) -> Iterator[Page]:
        """All articles, in the order of their numbers."""
        changed = self._changed()
        for number in range(self._total):
            yield self._page(number, version=int(number in changed))

    def raw_items(self, root: Path) -> Iterator[RawItem]:
        """What reading the files under `root` gives, without files."""
        for page in self.pages():
            content = page.text.encode("utf-8")
            yield RawItem(str(root / page.path), content, carrier=page.carrier, byte_length=len(content))

    def write(self, root: Path) -> None:
        """All articles as files, with a manifest in each folder whose articles have a URL."""
        for page in self.pages():
            _write(root, page)

    def write_difference(self, root: Path) -> int:
        """Over the files of the same corpus without changes: the changed and the new ones. Returns their number."""
        changed, added = self._changed(), range(self.size, self._total)
        self.rewrite(root, sorted(changed), version=1)
        for number in added:
            _write(root, self._page(number))
        return len(changed) + len(added)

    def rewrite(self, root: Path, numbers: Iterable[int], version: int) -> list[Path]:
        """Put another version of some articles over their files. Returns the folders that they lie in."""
        folders = set()
        for number in numbers:
            page = self._page(number, version)
            _write(root, page, in_manifest=False)
            folders.add((root / page.path).parent)
        return sorted(folders)

    @property
    def _total(self) -> int:
        return self.size + round(self.size * self.new)

    def _changed(self) -> frozenset[int]:
        return frozenset(_stream(self.seed, "changed").sample(range(self.size), round(self.size * self.changed)))

    def _page(self, number: int, version: int = 0) -> Page:
        folder = number // FOLDER_ARTICLES
        shape, day = _folder(_stream(self.seed, "folder", folder))
        stream = _stream(self.seed, "article", number)
        at = day + timedelta(days=stream.randrange(28), minutes=stream.randrange(24 * 60))
        sentences = self.sentences[shape.language]
        title, body = sentences.title(stream), _body(stream, sentences)
        if version:
            body += "\n\n" + sentences.draw(_stream(self.seed, "change", number, version), 0.5)
        text, carrier = shape.print(title, body, at, number)
        return Page(f"{shape.folder}/{day:%Y-%m}/{folder:05}/{number:07}.txt", text, carrier)


def _stream(seed: int, *of: object) -> random.Random:
    return random.Random(f"{seed} {of}")  # noqa: S311 - a corpus is no secret


def _folder(stream: random.Random) -> tuple[Shape, datetime]:
    """The source and the month that the articles of a folder share."""
    shape = stream.choices(SHAPES, [shape.weight for shape in SHAPES])[0]
    return shape, (_FIRST_DAY + timedelta(days=stream.randrange(_DAYS))).replace(day=1)


def _body(stream: random.Random, sentences: Sentences) -> str:
    """Paragraphs of one to four sentences. How much an article is about countries differs from article to article."""
    left = _length(stream)
    country_share = stream.betavariate(1, 6)
    paragraphs = []
    while left > 0:
        paragraph = " ".join([sentences.draw(stream, country_share) for _ in range(stream.randint(1, 4))])
        paragraphs.append(paragraph)
        left -= len(paragraph.encode("utf-8"))
    return "\n\n".join(paragraphs)


def _length(stream: random.Random) -> int:
    """Bytes of a body, less the half paragraph by which it will run over on average."""
    length = int(stream.lognormvariate(math.log(_MEAN_BYTES) - _SIGMA**2 / 2, _SIGMA))
    return min(max(length, _BYTES[0]), _BYTES[1]) - 300


def _write(root: Path, page: Page, *, in_manifest: bool = True) -> None:
    path = root / page.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.text, encoding="utf-8", newline="")
    if in_manifest and (said := page.carrier.said()):
        manifest = path.parent / MANIFEST
        is_new = not manifest.exists()
        with manifest.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ("file", *FIELDS), restval="")
            if is_new:
                writer.writeheader()
            writer.writerow({"file": path.name, **said})


def parse_size(words: str) -> int:
    """'10k', '1M' or a plain number."""
    return int(float(words.lower().replace("k", "e3").replace("m", "e6")))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a corpus of articles for the benchmarks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=parse_size, required=True, help="articles: 10k, 100k, 1M or any number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--changed", type=float, default=0, help="share of articles that change, such as 0.01")
    parser.add_argument("--new", type=float, default=0, help="share of articles that are added, such as 0.01")
    said = parser.parse_args()
    corpus = Corpus(said.size, said.seed, said.changed, said.new)
    if said.changed or said.new:
        print(f"{corpus.write_difference(said.folder)} articles changed or added")
    else:
        corpus.write(said.folder)


if __name__ == "__main__":
    main()
