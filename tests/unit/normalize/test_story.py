"""What reprints are found by: the same for re-wrapped text, another for another text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.normalize.article import StoryPrint
from etl.normalize.story import BITS, FEWEST_KEYS, LINE_KEYS, MOST_KEYS, story_print

WORDS = [f"слово{letter}{other}" for letter in "абвгдежзиклмнопрст" for other in "абвгдежзиклмнопрст"]


def alike(one: StoryPrint, other: StoryPrint) -> float:
    """The similarity read from two sketches, as the warehouse reads it."""
    differ = int.from_bytes(one.sketch) ^ int.from_bytes(other.sketch)
    return 1 - 2 * differ.bit_count() / BITS


def text(seed: int, length: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


@settings(deadline=None)  # the first example imports numpy
@given(st.lists(st.sampled_from(WORDS), min_size=30, max_size=120), st.integers(2, 9))
def test_line_breaks_change_neither_sketch_nor_keys(words: list[str], width: int) -> None:
    lines = [" ".join(words[start : start + width]) for start in range(0, len(words), width)]
    one, other = story_print(" ".join(words)), story_print("\n".join(lines))
    assert (one.sketch, one.text_key, one.keys) == (other.sketch, other.text_key, other.keys)


@given(st.lists(st.integers(0, 99), min_size=2, max_size=8, unique=True), st.randoms())
def test_order_of_lines_changes_neither_lines_nor_their_keys(seeds: list[int], shuffler: random.Random) -> None:
    lines = [text(seed, 12) for seed in seeds]
    one = story_print("\n".join(lines))
    shuffler.shuffle(lines)
    other = story_print("\n".join(lines))
    assert set(one.lines) == set(other.lines)
    assert set(one.keys) & {key for key, _ in one.lines} == set(other.keys) & {key for key, _ in other.lines}


@given(st.text(max_size=400))
def test_any_text_has_a_print_and_the_same_one_twice(body: str) -> None:
    assert story_print(body) == story_print(body)


@pytest.mark.parametrize("shared", [0.0, 0.3, 0.6, 0.9])
def test_sketches_estimate_the_shared_part(shared: float) -> None:
    kept = int(600 * shared)
    one, other = f"{text(1, kept)} {text(2, 600 - kept)}", f"{text(1, kept)} {text(3, 600 - kept)}"
    jaccard = kept / (1200 - kept)
    assert alike(story_print(one), story_print(other)) == pytest.approx(jaccard, abs=0.19)  # three standard errors


@pytest.mark.parametrize("shared", [0.4, 0.6, 0.9])
def test_alike_texts_share_a_key(shared: float) -> None:
    kept = int(600 * 2 * shared / (1 + shared))
    story, other = (story_print(f"{text(1, kept)} {text(seed, 600 - kept)}") for seed in (2, 3))
    assert set(story.keys) & set(other.keys)


def test_most_texts_within_a_longer_one_share_a_key() -> None:
    found = 0
    for seed in range(0, 60, 3):
        within = text(seed, 150)
        longer = f"{text(seed + 1, 300)} {within} {text(seed + 2, 300)}"
        found += bool(set(story_print(within).keys) & set(story_print(longer).keys))
    assert found >= 17  # of 20


@pytest.mark.parametrize(
    ("length", "keys"),
    [
        (0, 0),
        (9, 0),
        (10, 1),
        (29, 1),
        (30, 1 + FEWEST_KEYS),
        (600, 1 + 10),
        (6000, 1 + MOST_KEYS),
    ],
    ids=["none", "greeting", "a line", "short", "enough", "long", "book"],
)
def test_a_text_in_one_line_has_keys_by_its_length(length: int, keys: int) -> None:
    assert len(story_print(text(1, length)).keys) == keys


def test_many_lines_have_few_keys() -> None:
    story = story_print("\n".join(text(seed, 15) for seed in range(20)))
    assert (len(story.lines), len(story.keys)) == (20, 1 + LINE_KEYS + FEWEST_KEYS)


def test_a_repeated_phrase_takes_one_key() -> None:
    assert len(story_print(" ".join([text(1, 40), *[text(2, 5)] * 200])).keys) > FEWEST_KEYS


def test_punctuation_case_and_yo_do_not_count() -> None:
    one = story_print("Её дом — «Звёздный», сказал он вчера вечером в эфире радио Бишкек.")
    other = story_print("ее дом звездный сказал он вчера вечером в эфире радио бишкек")
    assert (one.text_key, one.keys) == (other.text_key, other.keys)


def test_words_are_read_alike_in_every_alphabet() -> None:
    one = story_print("Өкмөт үйү, Straßenbahn und Ғалым: 2×3, covid19 жана жаңы 12.5% жол бүттү.")
    other = story_print("өкмөт үйү straßenbahn und ғалым 2 3 covid 19 жана жаңы 12.5 жол бүттү")
    assert one.text_key == other.text_key


def test_addresses_are_no_words() -> None:
    assert story_print("Подробнее https://site.example/a-b-c?x=1 здесь").word_count == 2


def test_numbers_are_kept_as_printed_and_once() -> None:
    assert story_print("Курс 87,45 и 1.02 в 10:30, снова 87,45.").numbers == ("1.02", "10:30", "87,45")


def test_keys_are_those_that_earlier_loads_stored() -> None:
    """Another hash would part the articles loaded before from those after: raise RULES with it."""
    story = story_print("\n".join((text(7, 40), text(8, 12))))
    assert (story.text_key, sum(story.keys) % 1_000_003, story.lines, story.sketch[:4].hex()) == (
        8518585114620646007,
        373113,
        ((1444130112776387317, 40), (3217412566039924405, 12)),
        "b3c93b11",
    )
