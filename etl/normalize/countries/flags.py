"""What a reference row's flags say: in the CSV by name, in the gazetteer by bit."""

from __future__ import annotations

from typing import Final

# Plain integers: an IntFlag's `&` costs as much as all other work on a name.
CONTEXT: Final = 1  # only where the document speaks for the country; where two share a lemma, the one without it wins
WORD: Final = 2  # an ordinary word too: where a capital says nothing, its surroundings must
PERSON: Final = 4  # mostly the name of people, or too small to be known: its surroundings must say that it is a place
SURNAME: Final = 8  # a place first, a person where a name stands beside it
WATER: Final = 16  # a river or lake too, where a word before it says so
PREFIX: Final = 32  # the first part of a compound only ('франко-германский')
FIXED: Final = 64  # not inflected
ADJECTIVE: Final = 128  # of a city: inflected as an adjective, needs no capital ('московский')
CAPITAL: Final = 256  # an adjective or a people that is written with a capital (English)
# Set by the language, not in the CSV: a country's name that stands before what is the country's ('АКШ доллары').
ATTRIBUTE: Final = 512

NAMES: Final = {
    "context": CONTEXT,
    "word": WORD,
    "person": PERSON,
    "surname": SURNAME,
    "water": WATER,
    "prefix": PREFIX,
    "fixed": FIXED,
    "adjective": ADJECTIVE,
    "capital": CAPITAL,
}


def parse_flags(text: str) -> int:
    """The bits of the flags named in a CSV cell, separated by spaces. Raises KeyError for a name that is none."""
    bits = 0
    for name in text.split():
        bits |= NAMES[name]
    return bits
