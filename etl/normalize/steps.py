"""Work in steps, so that many articles can do the same step one after the other.

The steps walk tables of many megabytes: names of countries, n-grams of languages, patterns. Taken article by article
they push each other's out of the processor's cache; step by step each finds its own there (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[None, None, T]
"""Yields between two steps and returns the result."""

TOGETHER = 64  # more gain little, and what a step leaves for the next one stays in memory


def finish(steps: Steps[T]) -> T:
    """The result of one alone."""
    return in_step([steps])[0]


def in_step(many: Sequence[Steps[T]]) -> list[T]:
    """The results of all, some of them at a time: the first step of each, then the second of each, and so on."""
    results: list[T] = []
    for first in range(0, len(many), TOGETHER):
        results += _in_step(many[first : first + TOGETHER])
    return results


def _in_step(some: Iterable[Steps[T]]) -> list[T]:
    under_way = dict(enumerate(some))
    results: dict[int, T] = {}
    while under_way:
        for index, steps in list(under_way.items()):
            try:
                next(steps)
            except StopIteration as end:
                results[index] = end.value
                del under_way[index]
    return [results[index] for index in sorted(results)]
