from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.normalize.countries.lexicon import Alphabet

_NAMES = st.lists(st.text(alphabet="абвғқ' -ё", min_size=1), min_size=1)


@given(_NAMES, st.text())
def test_each_letter_of_a_text_has_one_byte(names: list[str], text: str) -> None:
    assert len(Alphabet(names).encode(text)) == len(text)


@given(_NAMES)
def test_different_names_have_different_bytes(names: list[str]) -> None:
    alphabet = Alphabet(names)
    assert len(set(alphabet.encode_each(names))) == len(set(names))


@given(_NAMES)
def test_names_are_encoded_as_a_text_is(names: list[str]) -> None:
    alphabet = Alphabet(names)
    assert alphabet.encode_each(names) == [alphabet.encode(name) for name in names]
