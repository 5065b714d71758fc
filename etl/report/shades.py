"""Counts as one of five shades, light to dark, so that a few large numbers do not leave the rest white."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Shades:
    """`starts` are the smallest counts of each shade, rising."""

    starts: tuple[int, ...]

    @classmethod
    def between(cls, counts: Iterable[int]) -> Shades:
        """Shades of these counts, the zeros aside: their starts grow by the same factor and are rounded to one digit.

        Fewer than five where the counts are close together.
        """
        counted = [count for count in counts if count] or [1]
        least, most = min(counted), max(counted)
        rounded = {_one_digit(least * (most / least) ** (shade / _SHADES)) for shade in range(1, _SHADES)}
        return cls((least, *sorted(start for start in rounded if least < start <= most)))

    def of(self, count: int) -> int:
        """1 for the lightest; 0 for a count below all shades."""
        return bisect_right(self.starts, count)

    def ranges(self) -> list[tuple[int, int | None]]:
        """First and last count of each shade; None for no end."""
        return [(start, following - 1) for start, following in pairwise(self.starts)] + [(self.starts[-1], None)]


def _one_digit(value: float) -> int:
    whole = max(1, round(value))
    digit = int(10 ** (len(str(whole)) - 1))
    return round(whole / digit) * digit
