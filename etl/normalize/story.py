"""What reprints of one text are found by: a few keys, its lines, a sketch and its numbers.

Texts are found by the smallest hashes of their word sequences and lines (Broder 1997): all copies choose the same
ones. They are compared by a MinHash sketch of one permutation (Li, Owen and Zhang 2012), whose empty bins are filled by
hashing again (Shrivastava 2017), one bit a bin (Li and König 2010). All of it is stored, so hashes and constants are
frozen here: a library that changed one with a release would part the articles loaded before from those after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from etl.identity import derived_key
from etl.normalize.article import StoryPrint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_WORDS = 30
"""A shorter text has too few sequences to tell a reprint from another text on the same event."""

FEWEST_WORDS_OF_LINE = 10
"""Of a line, or a whole short text: fewer words may meet by chance, or be a greeting."""

MOST_LINES = 64
"""Lines of a text that are kept, the longest first: a book in one article must not fill the tables."""

MOST_NUMBERS = 64

KEY_WORDS = 4
"""Words in a row whose hash may be a key. Three meet by chance more often; of five, fewer outlive an editor."""

FEWEST_KEYS, MOST_KEYS, WORDS_A_KEY = 6, 24, 60
"""Keys of words in a row: a long text has more, so that a shorter one within it is found."""

LINE_KEYS = 2
"""Keys of lines. The others are kept beside the sketch: they compare, and find nothing."""

SKETCH_WORDS = 3
"""Words in a row whose share of all is estimated by the sketch."""

BITS = 256
"""Of the sketch: the similarity read from it has a standard error of 0.06 or less."""

_HASHES = 2_000
"""Of the sketch, at least, over its bins: less than one bin in ten texts is left empty."""

_MOST_ROUNDS = _HASHES // (FEWEST_WORDS - SKETCH_WORDS + 1) + 1
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[a-zа-яңөүғқұһәі]++[^\W\d_]*+|[^\W\d_]++|\d+(?:[.,:]\d+)*")  # the usual letters first: faster


class _Sums(NamedTuple):
    """Any words in a row have a hash: the difference of two polynomials over all letters before (Karp and Rabin 1987),
    times the inverse of the power that it begins with; modulo 2**64."""

    sums: NDArray[np.uint64]
    inverses: NDArray[np.uint64]
    starts: NDArray[np.int64]
    """Of each word, and of one more: where the polynomial before it ends."""

    def keys(self, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
        """Of the words from each start to its end."""
        import numpy as np

        keys: list[int] = (self._hashes(self.starts[starts], self.starts[ends]) >> np.uint64(1)).tolist()
        return keys

    def in_a_row(self, count: int) -> NDArray[np.uint64]:
        """Hashes of every `count` words in a row."""
        return self._hashes(self.starts[:-count], self.starts[count:])

    def _hashes(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.uint64]:
        return _mixed((self.sums[ends] - self.sums[starts]) * self.inverses[starts])


def story_print(body: str) -> StoryPrint:
    """What reprints of `body` are found by. The title is left out: those who reprint write their own."""
    lines = _lines(body)
    words = list(chain.from_iterable(lines))
    numbers = tuple(sorted({word for word in words if word[0].isdecimal()})[:MOST_NUMBERS])
    if len(words) < FEWEST_WORDS_OF_LINE:
        return StoryPrint(len(words), None, b"", numbers, (), ())
    sums = _sums(words)
    text_key, long_lines = _text_and_lines(lines, sums)
    keys = {text_key, *sorted(long_lines)[:LINE_KEYS]}
    sketch = b""
    if len(words) >= FEWEST_WORDS:
        keys.update(_smallest(sums.in_a_row(KEY_WORDS), len(words) // WORDS_A_KEY))
        sketch = _sketch(sums.in_a_row(SKETCH_WORDS))
    return StoryPrint(len(words), text_key, sketch, numbers, tuple(long_lines.items()), tuple(sorted(keys)))


def _lines(body: str) -> list[list[str]]:
    """The words of each line."""
    text = body.lower().replace("ё", "е")
    if "://" in text:
        text = _ADDRESS.sub(" ", text)
    return [_WORD.findall(line) for line in text.split("\n")]


def _sums(words: Sequence[str]) -> _Sums:
    import numpy as np

    letters = np.frombuffer((" ".join(words) + " ").encode("utf-16-le"), "<u2")
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * _powers(_BASE, len(letters)), out=sums[1:])
    starts = np.zeros(len(words) + 1, np.int64)
    starts[1:] = np.flatnonzero(letters == ord(" ")) + 1
    return _Sums(sums, _powers(pow(_BASE, -1, 1 << 64), len(letters)), starts)


def _powers(base: int, count: int) -> NDArray[np.uint64]:
    """The first `count`, from the power 0."""
    import numpy as np

    powers = np.full(count, base, np.uint64)
    powers[0] = 1
    return powers.cumprod(dtype=np.uint64)


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit by all of them: the end of SplitMix64 (Steele, Lea and Flood 2014)."""
    import numpy as np

    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _text_and_lines(lines: Sequence[Sequence[str]], sums: _Sums) -> tuple[int, dict[int, int]]:
    """The key of the whole text, and those of its longest lines with their words."""
    ends = list(accumulate(map(len, lines)))
    long = [(len(line), end) for line, end in zip(lines, ends, strict=True) if len(line) >= FEWEST_WORDS_OF_LINE]
    long = sorted(long, key=lambda line: -line[0])[:MOST_LINES]
    text, *keys = sums.keys([0, *(end - count for count, end in long)], [ends[-1], *(end for _, end in long)])
    return text, dict(zip(keys, (count for count, _ in long), strict=True))


def _smallest(hashes: NDArray[np.uint64], count: int) -> list[int]:
    """Keys: the smallest of the different hashes."""
    import numpy as np

    ordered = np.sort(hashes >> np.uint64(1))
    is_first = np.append(True, ordered[1:] != ordered[:-1])
    keys: list[int] = ordered[is_first][: max(FEWEST_KEYS, min(count, MOST_KEYS))].tolist()
    return keys


def _sketch(hashes: NDArray[np.uint64]) -> bytes:
    """A well mixed bit of the hash that each bin got first: in the first round that put one there, the least of it."""
    import numpy as np

    values = hashes >> 32
    rounds = np.arange(min(_HASHES // len(values) + 1, _MOST_ROUNDS), dtype=np.uint64)[:, None]
    throws, bits = _factors()
    bins = (values.astype(np.uint32) * throws[: len(rounds)]) >> 24
    first = np.full(BITS, (1 << 64) - 1, np.uint64)
    np.minimum.at(first, bins.ravel(), ((rounds << 32) | values).ravel())
    return np.packbits((first.astype(np.uint32) * bits) >> 31).tobytes()


@cache
def _factors() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Odd numbers: one for each round, which throws hashes into bins, and one for each bin, which picks their bit."""
    import numpy as np

    values = [derived_key("sketch", str(number)) & 0xFFFFFFFF for number in range(_MOST_ROUNDS + BITS)]
    odd = np.array(values, np.uint32) | np.uint32(1)
    return odd[:_MOST_ROUNDS, None], odd[_MOST_ROUNDS:]
