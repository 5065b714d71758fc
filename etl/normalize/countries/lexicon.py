"""The compiled names of one language, and the automaton that finds them."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from etl.normalize.article import Kind
from etl.normalize.countries.reference import BLOCKER_FILE, NAME_FILES
from etl.normalize.countries.suffixes import SUFFIXES

# English names stand in Russian texts too ('New York Times'): one automaton finds both in one pass.
_SHARED = {"en": "ru"}
_UNUSED = "\ufffe"  # as codecs.charmap_build wants it
COMPILED = Path(__file__).with_name("gazetteer.tsv.gz")


class Reading(NamedTuple):
    """What a form can mean. A blocker has no country, and `rival_of` is the abbreviation that it forbids."""

    country_code: str
    kind: Kind
    flags: int
    name_id: int
    rival_of: str


class Alphabet:
    """One byte for each letter of the names, so that a place in the bytes is a place in the text. An automaton over
    them is built in half the time of one over UTF-8."""

    def __init__(self, names: Iterable[str]) -> None:
        table = "\0?\n" + "".join(sorted(set("".join(names)) - {"?"}))
        self._codes = codecs.charmap_build(table.ljust(256, _UNUSED))

    def encode_each(self, names: Iterable[str]) -> list[bytes]:
        """Each of `names`, which have no line breaks: one call for all of them."""
        return self.encode("\n".join(names)).split(self.encode("\n"))

    def encode(self, text: str) -> bytes:
        """`text` with any other letter as a question mark, which no name has."""
        return codecs.charmap_encode(text, "replace", self._codes)[0]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names of one language. `readings[i]` is what pattern i of the automaton can mean; `phrases` are the patterns
    of several words; `suffix` is what may follow a stem; `alphabet` gives each letter of the names its byte."""

    automaton: BytesAhoCorasick
    alphabet: Alphabet
    readings: tuple[tuple[Reading, ...], ...]
    phrases: frozenset[int]
    suffix: re.Pattern[str] | None

    def matches(self, folded: str) -> list[tuple[int, int, int]]:
        """(pattern, start, end) of the names in a folded text, the leftmost and longest of those that overlap."""
        return self.automaton.find_matches_as_indexes(self.alphabet.encode(folded))


def input_digest(reference: Path) -> str:
    """SHA-256 of the files that the gazetteer is compiled from."""
    digest = hashlib.sha256()
    for name in (*NAME_FILES, BLOCKER_FILE):
        digest.update((reference / name).read_bytes())
    return digest.hexdigest()


def compiled_digest() -> str:
    """The `input_digest` of the reference data that the shipped gazetteer was compiled from."""
    with gzip.open(COMPILED, "rt", encoding="utf-8") as file:
        return file.readline().rstrip("\n")


def compiled_text() -> str:
    """The compiled file that ships with the package, unpacked."""
    return gzip.decompress(COMPILED.read_bytes()).decode("utf-8")


def read_lexicons() -> dict[str, Lexicon]:
    """The lexicon of each language, from the compiled file that ships with the package."""
    lines = compiled_text().split("\n")[1:]
    forms: dict[str, dict[str, tuple[Reading, ...]]] = {}
    for language, reading, reading_forms in _readings(lines):
        of_language = forms.setdefault(_SHARED.get(language, language), {})
        alone = (reading,)
        for form in reading_forms:
            of_language[form] = of_language[form] + alone if form in of_language else alone
    return {language: _lexicon(language, of_language) for language, of_language in forms.items()}


def _readings(lines: Iterable[str]) -> Iterator[tuple[str, Reading, list[str]]]:
    kinds = {str(kind): kind for kind in Kind}
    for line in lines:
        country, language, kind, flags, name_id, forms = line.split("\t")
        if country:
            yield language, Reading(country, kinds[kind], int(flags), int(name_id), ""), forms.split("|")
        else:
            yield language, Reading("", kinds[kind], 0, 0, flags), forms.split("|")


def _lexicon(language: str, forms: dict[str, tuple[Reading, ...]]) -> Lexicon:
    alphabet = Alphabet(forms)
    automaton = BytesAhoCorasick(
        alphabet.encode_each(forms), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    phrases = frozenset(index for index, form in enumerate(forms) if " " in form)
    return Lexicon(automaton, alphabet, tuple(forms.values()), phrases, SUFFIXES.get(language))
