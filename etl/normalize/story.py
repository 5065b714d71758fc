"""What reprints of one text are found by: keys of its lines and of its MinHash bands, a sketch, and its numbers.

MinHash after Broder (1997) over three-word shingles; bands after Leskovec, Rajaraman and Ullman, Mining of Massive
Datasets, chapter 3.4; one bit per minimum kept after Li and König (2010). All of it is stored, so hashes and constants
are frozen here: a library that changed one with a release would part the articles loaded before from those after.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from etl.identity import derived_key
from etl.normalize.article import StoryKey, StoryPrint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHINGLE = 3
"""Words in a row that are compared."""

FEWEST_WORDS = 30
"""A shorter text has too few shingles to tell a reprint from another text on the same event."""

FEWEST_WORDS_OF_LINE = 10
"""Of a line, or a whole short text: fewer words may meet by chance, or be a greeting."""

MOST_LINES = 24
"""Lines of a text that are kept, the longest first: a book in one article must not fill the index."""

MOST_NUMBERS = 64
BITS = 256
"""Of the sketch: the similarity read from it has a standard error of 0.06 or less."""

BANDS, ROWS = 16, 3
"""Texts 0.4 alike share a band in 65 of 100 cases, 0.5 in 88, 0.6 in 98; texts 0.1 alike in 2."""

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")


def story_print(body: str) -> StoryPrint:
    """What reprints of `body` are found by. The title is left out: those who reprint write their own."""
    lines = [_words(line) for line in body.split("\n")]
    words = list(chain.from_iterable(lines))
    minima = _minima(words) if len(words) >= FEWEST_WORDS else None
    keys = {key.key: key for key in _line_keys(lines, words)}
    return StoryPrint(
        word_count=len(words),
        sketch=b"" if minima is None else _sketch(minima),
        numbers=tuple(sorted({word for word in words if word[0].isdecimal()})[:MOST_NUMBERS]),
        keys=(*keys.values(), *(() if minima is None else _bands(minima))),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(_ADDRESS.sub(" ", text.lower().replace("ё", "е")))


def _line_keys(lines: Sequence[Sequence[str]], words: Sequence[str]) -> Iterator[StoryKey]:
    """Of the longest lines, and of the whole text."""
    long = [line for line in lines if len(line) >= FEWEST_WORDS_OF_LINE]
    for line in sorted(long, key=len, reverse=True)[:MOST_LINES]:
        yield StoryKey(derived_key("line", " ".join(line)), len(line))
    if len(words) >= FEWEST_WORDS_OF_LINE:
        yield StoryKey(derived_key("text", " ".join(words)), len(words))


def _minima(words: Sequence[str]) -> NDArray[np.uint32]:
    """The least value of every hash function over the text's shingles."""
    import numpy as np

    hashed = np.array([zlib.crc32(word.encode()) for word in words], np.uint64)
    shingles = hashed[:-2] * np.uint64(0x9E3779B97F4A7C15)
    shingles ^= (hashed[1:-1] + np.uint64(0x632BE59B)) * np.uint64(0xC2B2AE3D27D4EB4F)
    shingles ^= (hashed[2:] + np.uint64(0x85157AF5)) * np.uint64(0x165667B19E3779F9)
    shingles ^= shingles >> np.uint64(29)
    short = np.unique((shingles * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(32)).astype(np.uint32)
    factors, shifts = _functions()
    least: NDArray[np.uint32] = np.full(BITS, 0xFFFFFFFF, np.uint32)
    for start in range(0, len(short), 1024):  # a megabyte at a time
        values = factors[:, None] * short[None, start : start + 1024] + shifts[:, None]
        np.minimum(least, values.min(axis=1), out=least)
    return least


@cache
def _functions() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Odd factors and shifts of BITS hash functions modulo 2**32, each a permutation."""
    import numpy as np

    values = [derived_key("minhash", str(number)) & 0xFFFFFFFF for number in range(2 * BITS)]
    factors, shifts = np.array(values, np.uint32).reshape(2, BITS)
    return factors | np.uint32(1), shifts


def _sketch(minima: NDArray[np.uint32]) -> bytes:
    """One well mixed bit of every minimum."""
    import numpy as np

    return np.packbits((minima * np.uint32(0x9E3779B1)) >> np.uint32(31)).tobytes()


def _bands(minima: NDArray[np.uint32]) -> Iterator[StoryKey]:
    for number in range(BANDS):
        values = minima[number * ROWS : (number + 1) * ROWS].astype("<u4").tobytes()
        yield StoryKey(derived_key("band", bytes([number]), values), 0)
