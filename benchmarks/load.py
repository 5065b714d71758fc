"""Loading and reloading, measured side by side on one PostgreSQL: see README.md for what each line is.

python -m benchmarks.load --size 10k [--database-url URL] [--json]
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from psycopg.sql import SQL, Identifier

from benchmarks import floor, machine, touched
from benchmarks.corpus import Corpus, parse_size
from benchmarks.measure import Cost, Meter
from benchmarks.prepared import prepare_batches
from benchmarks.report import Result, table
from benchmarks.server import Server, server
from etl.database.connect import connect

CHANGED = NEW = 0.01
DELIVERED_ARTICLES = 1_000  # a reload of so many, all of them changed, at every size
RIVAL_ARTICLES = 10_000  # a rival is slow, and as slow for every article
TURNS, LARGE = 3, 50_000  # a corpus that is not large passes in seconds, too few to trust one turn
RIVALS = {"pandas": "pandas.to_sql", "orm": "SQLAlchemy ORM add_all", "dlt": "dlt merge"}
_ONE_PROCESS, _TWO_WORKERS = ("--workers", "1"), ("--workers", "2")
_NEWSHOUSE = (sys.executable, "-c", "from etl.cli import main; main()")


class Benchmark:
    """One run: the corpus under `folder`, the stages in their order, the results so far."""

    def __init__(self, corpus: Corpus, place: Server, folder: Path) -> None:
        self._corpus = corpus
        self._server = place
        self._meter = Meter(place)
        self._texts = folder / "corpus"
        self._rows = folder / "rows"
        self._batches = folder / "batches"
        self._bytes_per_article = 0.0
        self.results: list[Result] = []
        self.floor: Result | None = None
        self.checks: dict[str, object] = {}

    def run(self) -> None:
        _say(f"writing {self._corpus.size:,} articles")
        self._corpus.write(self._texts)
        self._bytes_per_article = sum(path.stat().st_size for path in self._texts.rglob("*.txt")) / self._corpus.size
        loaded = self._load("newshouse load", self._server.warehouse(), *_ONE_PROCESS)
        self._load_stage(loaded)
        self._server.drop(self._load("newshouse load, 2 workers", self._server.warehouse(), *_TWO_WORKERS))
        self._rivals(loaded)
        self._reloads(loaded)

    def _load(self, stage: str, url: str, *options: str, paths: Sequence[Path] = (), articles: int = 0) -> str:
        """`newshouse load` of `paths`, else of the whole corpus. Returns the URL."""
        command = (*_NEWSHOUSE, "load", "--json", *options, *map(str, paths or (self._texts,)))
        _say(stage)
        cost, printed = self._meter.run(command, DATABASE_URL=url)
        self.checks[stage] = json.loads(printed)
        self._add(stage, articles or self._corpus.size, cost)
        return url

    def _load_stage(self, loaded: str) -> None:
        """The load stage and the floor under it, by turns; of several turns the median counts."""
        _say("normalising ahead of the load stage")
        self._rows.mkdir()
        floor.dump(loaded, self._rows)
        self._batches.mkdir()
        prepare_batches(self._texts, self._batches)
        turns = [self._turn(loaded) for _ in range(TURNS if self._corpus.size < LARGE else 1)]
        for name in turns[0]:
            result = self._add(name, self._corpus.size, _median([turn[name] for turn in turns]))
            self.floor = self.floor or result
        shutil.rmtree(self._rows)
        shutil.rmtree(self._batches)

    def _turn(self, loaded: str) -> dict[str, Cost]:
        costs = {}
        for name, (stage, folder) in {
            "floor: COPY": ("floor", self._rows),
            "floor: COPY, commit per batch": ("floor_batched", self._rows),
            "load stage alone": ("merge", self._batches),
        }.items():
            url = self._server.warehouse()
            if folder == self._rows:
                floor.copy_small_tables(loaded, url)
            costs[name] = self._stage(name, stage, url, str(folder))
            assert _counts(loaded) == _counts(url), f"{name}: {_counts(url)} rows; the load wrote {_counts(loaded)}"
            self._server.drop(url)
        return costs

    def _rivals(self, loaded: str) -> None:
        articles = min(self._corpus.size, RIVAL_ARTICLES)
        for stage, name in RIVALS.items():
            if find_spec(stage) is None and stage != "orm":
                _say(f"{name} is left out: {stage} is not installed")
                continue
            url = self._server.warehouse()
            self._add(name, articles, self._stage(name, stage, loaded, url, articles))
            self._server.drop(url)

    def _reloads(self, loaded: str) -> None:
        with connect(loaded, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")
        before = touched.look(loaded, "core")
        self._load("reload, unchanged", loaded, *_ONE_PROCESS)
        self.checks["core after the unchanged reload"] = touched.difference(before, touched.look(loaded, "core"))
        changed = Corpus(self._corpus.size, self._corpus.seed, CHANGED, NEW)
        changed.write_difference(self._texts)
        articles = round(self._corpus.size * (1 + NEW))
        self._load(f"reload, {CHANGED:.0%} changed, {NEW:.0%} new", loaded, *_ONE_PROCESS, articles=articles)
        delivered = range(min(self._corpus.size, DELIVERED_ARTICLES))
        folders = self._corpus.rewrite(self._texts, delivered, version=2)
        self._load(
            f"delivery of {len(delivered):,} changed", loaded, *_ONE_PROCESS, paths=folders, articles=len(delivered)
        )

    def _stage(self, stage: str, name: str, *arguments: str | int) -> Cost:
        _say(stage)
        return self._meter.stage(name, *arguments)

    def _add(self, stage: str, articles: int, cost: Cost) -> Result:
        result = Result(stage, articles, round(articles * self._bytes_per_article), cost)
        self.results.append(result)
        return result


def _counts(url: str) -> dict[str, int]:
    with connect(url) as connection:
        counts = {}
        for schema, name in floor.TABLES:
            row = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(schema, name))).fetchone()
            counts[name] = int(row[0]) if row else 0
        return counts


def _median(costs: list[Cost]) -> Cost:
    """The cost in the middle, by CPU: a neighbour on the machine, or autovacuum, spoils one turn and not the other."""
    return sorted(costs, key=lambda cost: cost.cpu or cost.wall)[len(costs) // 2]


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure loading and reloading.")
    parser.add_argument("--size", type=parse_size, required=True, help="articles: 10k, 100k, 1M or any number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database-url", help="default: DATABASE_URL, else embedded")
    parser.add_argument("--json", action="store_true", help="print JSON, with the machine's description")
    said = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that a server that was started is stopped
    with tempfile.TemporaryDirectory(prefix="newshouse-bench-") as name:
        folder = Path(name)
        with server(said.database_url, folder) as place:
            benchmark = Benchmark(Corpus(said.size, said.seed), place, folder)
            benchmark.run()
            described = machine.describe(place)
    if said.json:
        results = [result.as_dict(benchmark.floor) for result in benchmark.results]
        print(json.dumps({"machine": described, "results": results, "checks": benchmark.checks}, indent=2))
    else:
        print(table(benchmark.results, benchmark.floor))
        print(json.dumps({"machine": described, "checks": benchmark.checks}, indent=2))


if __name__ == "__main__":
    main()
