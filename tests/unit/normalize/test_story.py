"""What reprints are found by: the same for re-wrapped text, another for another text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.article import StoryPrint
from etl.normalize.story import BANDS, BITS, story_print

WORDS = [f"слово{letter}{other}" for letter in "абвгдежзиклмнопрст" for other in "абвгдежзиклмнопрст"]


def alike(one: StoryPrint, other: StoryPrint) -> float:
    """The similarity read from two sketches, as the warehouse reads it."""
    differ = int.from_bytes(one.sketch) ^ int.from_bytes(other.sketch)
    return 1 - 2 * differ.bit_count() / BITS


def keys(story: StoryPrint) -> set[int]:
    return {key.key for key in story.keys}


def text(seed: int, length: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


@given(st.lists(st.sampled_from(WORDS), min_size=30, max_size=120), st.integers(2, 9))
def test_line_breaks_change_no_band(words: list[str], width: int) -> None:
    lines = [" ".join(words[start : start + width]) for start in range(0, len(words), width)]
    one, other = story_print(" ".join(words)), story_print("\n".join(lines))
    assert (one.sketch, keys(one) & keys(other)) == (other.sketch, keys(other))


@given(st.text(max_size=400))
def test_any_text_has_a_print_and_the_same_one_twice(body: str) -> None:
    assert story_print(body) == story_print(body)


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.6, 0.9])
def test_sketches_estimate_the_shared_part(shared: float) -> None:
    kept = int(600 * shared)
    one, other = f"{text(1, kept)} {text(2, 600 - kept)}", f"{text(1, kept)} {text(3, 600 - kept)}"
    jaccard = kept / (1200 - kept)
    assert alike(story_print(one), story_print(other)) == pytest.approx(jaccard, abs=0.19)  # three standard errors


@pytest.mark.parametrize(
    ("length", "bands"), [(0, 0), (9, 0), (29, 0), (30, BANDS)], ids=["none", "greeting", "short", "enough"]
)
def test_short_texts_have_no_bands(length: int, bands: int) -> None:
    assert sum(key.word_count == 0 for key in story_print(text(1, length)).keys) == bands


def test_punctuation_case_and_yo_do_not_count() -> None:
    one = story_print("Её дом — «Звёздный», сказал он вчера вечером в эфире радио Бишкек.")
    other = story_print("ее дом звездный сказал он вчера вечером в эфире радио бишкек")
    assert keys(one) == keys(other)


def test_addresses_are_no_words() -> None:
    assert story_print("Подробнее https://site.example/a-b-c?x=1 здесь").word_count == 2


def test_numbers_are_kept_as_printed_and_once() -> None:
    assert story_print("Курс 87,45 и 1.02 в 10:30, снова 87,45.").numbers == ("1.02", "10:30", "87,45")


def test_keys_are_those_that_earlier_loads_stored() -> None:
    """Another hash would part the articles loaded before from those after: raise RULES with it."""
    story = story_print(text(7, 40))
    assert (len(story.keys), sum(key.key for key in story.keys) % 1_000_003, story.sketch[:4].hex()) == (
        18,
        306510,
        "9a611ee6",
    )
