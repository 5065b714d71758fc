"""The results as a table to read and as JSON to keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from benchmarks.measure import Cost

_MB = 1e6
_HEADS = (
    *("stage", "articles", "wall s", "art./s", "MB/s", "CPU s client", "server", "art./CPU s"),
    *("ratio wall", "ratio CPU", "WAL MB", "peak MB client", "workers", "backend"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """A stage with its size: `articles` inputs of `bytes` bytes of text went through it."""

    stage: str
    articles: int
    bytes: int
    cost: Cost

    @property
    def articles_per_second(self) -> float:
        return self.articles / self.cost.wall

    @property
    def articles_per_cpu_second(self) -> float | None:
        return None if self.cost.cpu is None else self.articles / self.cost.cpu

    def ratios(self, floor: Result) -> tuple[float, float | None]:
        """How much of the floor's speed it reaches: per second, and per second of CPU."""
        per_cpu, floor_per_cpu = self.articles_per_cpu_second, floor.articles_per_cpu_second
        by_cpu = None if per_cpu is None or floor_per_cpu is None else per_cpu / floor_per_cpu
        return self.articles_per_second / floor.articles_per_second, by_cpu

    def as_dict(self, floor: Result | None) -> dict[str, object]:
        wall, cpu = self.ratios(floor) if floor else (None, None)
        return {
            **asdict(self),
            "articles_per_second": self.articles_per_second,
            "articles_per_cpu_second": self.articles_per_cpu_second,
            "ratio_to_floor": wall,
            "ratio_to_floor_per_cpu_second": cpu,
        }


def table(results: list[Result], floor: Result | None) -> str:
    """One line a stage; the ratios are to `floor`."""
    lines = [_HEADS, *(_line(result, floor) for result in results)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if index else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _line(result: Result, floor: Result | None) -> tuple[str, ...]:
    cost = result.cost
    wall, cpu = result.ratios(floor) if floor else (None, None)
    return (
        result.stage,
        f"{result.articles:,}",
        f"{cost.wall:.1f}",
        f"{result.articles_per_second:,.0f}",
        f"{result.bytes / cost.wall / _MB:.1f}",
        f"{cost.client_cpu:.1f}",
        _number(cost.server_cpu, ".1f"),
        _number(result.articles_per_cpu_second, ",.0f"),
        _number(wall, ".2f"),
        _number(cpu, ".2f"),
        f"{cost.wal_bytes / _MB:.1f}",
        f"{cost.client_memory / _MB:.0f}",
        " ".join(f"{memory / _MB:.0f}" for memory in cost.worker_memory) or "-",
        f"{cost.server_memory / _MB:.0f}",
    )


def _number(value: float | None, form: str) -> str:
    return "-" if value is None else format(value, form)
