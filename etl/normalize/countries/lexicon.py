"""The compiled names of one language, and the automaton that finds them."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from etl.normalize.article import Kind
from etl.normalize.countries.reference import BLOCKER_FILE, NAME_FILES
from etl.normalize.countries.suffixes import SUFFIXES

# English names stand in Russian texts too ('New York Times'): one automaton finds both in one pass.
_SHARED = {"en": "ru"}
COMPILED = Path(__file__).with_name("gazetteer.tsv.gz")


class Reading(NamedTuple):
    """What a form can mean. A blocker has no country, and `rival_of` is the abbreviation that it forbids."""

    country_code: str
    kind: Kind
    flags: int
    name_id: int
    rival_of: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All names of one language. `readings[i]` is what pattern i of the automaton can mean; `phrases` are the patterns
    of several words; `suffix` is what may follow a stem."""

    automaton: AhoCorasick
    readings: tuple[tuple[Reading, ...], ...]
    phrases: frozenset[int]
    suffix: re.Pattern[str] | None


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
    automaton = AhoCorasick(
        forms, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA, store_patterns=False
    )
    phrases = frozenset(index for index, form in enumerate(forms) if " " in form)
    return Lexicon(automaton, tuple(forms.values()), phrases, SUFFIXES.get(language))
