"""Compiles seeds/reference into the gazetteer that ships with the package: `python -m etl.normalize.countries.compile`.

country_names.csv and cities.csv, sorted, one row one fact; to add a name is to add a line:

    country   ISO 3166-1 alpha-2 code (XK for Kosovo), one of countries.csv
    lemma     the dictionary form as written, with ё and the usual apostrophes
    language  ru, ky, kk, uz, tg or en (both scripts of a language stand under one code)
    kind      name, abbreviation, adjective, demonym or city
    flags     any of `etl.normalize.countries.flags.NAMES`, separated by spaces

country_blockers.csv: phrases that contain a country's name and mean none (lemma, language, rival_of).

The compiled file is a gzip of lines 'country TAB language TAB kind TAB flags TAB name_id TAB form|form|…', the first
line being the digest of what it was made from. Russian forms are inflected here with pymorphy3 (a build-time
dependency); the other languages take their suffixes by rule when a text is read (etl.normalize.countries.suffixes).
"""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

from etl.normalize.article import Kind
from etl.normalize.countries.flags import ADJECTIVE, ATTRIBUTE, CAPITAL, FIXED, PREFIX
from etl.normalize.countries.fold import fold_name
from etl.normalize.countries.inflect import Inflector
from etl.normalize.countries.lexicon import COMPILED, input_digest
from etl.normalize.countries.reference import BlockerRow, NameRow, read_blockers, read_names

# Languages in which a name follows what it describes: 'доллар США' (ru), 'доллари ИМА' (tg).
_NAME_LAST = frozenset({"ru", "tg"})
REFERENCE = Path(__file__).parents[3] / "seeds" / "reference"


def compiled_lines(reference: Path) -> list[str]:
    """The lines of the gazetteer made from the reference data. The same rows give the same lines.

    Raises ReferenceDataError for a wrong row, naming file and line.
    """
    inflector = Inflector()
    names = read_names(reference, _countries(reference))
    lines = [input_digest(reference)]
    lines += [_name_line(row, inflector) for row in names]
    lines += [_compound_line(row, inflector) for row in names if _is_adjective(row)]
    return lines + [_blocker_line(row, inflector) for row in read_blockers(reference)]


def _name_line(row: NameRow, inflector: Inflector) -> str:
    is_attribute = row.language not in _NAME_LAST and row.kind is not Kind.CITY
    return _line(row, row.flags | (ATTRIBUTE if is_attribute else 0), _name_forms(row, inflector))


def _compound_line(row: NameRow, inflector: Inflector) -> str:
    return _line(row, row.flags | PREFIX, {inflector.compound_part(row.lemma)})


def _line(row: NameRow, flags: int, forms: set[str]) -> str:
    return "\t".join([row.country, row.language, row.kind, str(flags), str(row.name_id), _joined(forms)])


def _is_adjective(row: NameRow) -> bool:
    return row.language == "ru" and not row.flags & PREFIX and (row.kind is Kind.ADJECTIVE or row.flags & ADJECTIVE > 0)


def _name_forms(row: NameRow, inflector: Inflector) -> set[str]:
    if row.language == "en" and row.flags & CAPITAL:
        return {row.lemma, row.lemma + "s"}
    if row.language != "ru" or row.flags & (FIXED | PREFIX):
        return {row.lemma}
    if row.flags & ADJECTIVE:
        return inflector.forms(row.lemma, Kind.ADJECTIVE)
    return inflector.forms(row.lemma, row.kind)


def _blocker_line(row: BlockerRow, inflector: Inflector) -> str:
    forms = inflector.forms(row.lemma, Kind.NAME) if row.language == "ru" else {row.lemma}
    return "\t".join(["", row.language, Kind.NAME, row.rival_of, "0", _joined(forms)])


def _joined(forms: set[str]) -> str:
    return "|".join(sorted({fold_name(form) for form in forms if form}))


def _countries(reference: Path) -> frozenset[str]:
    with (reference / "countries.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["country_code"] for row in csv.DictReader(file))


def main() -> None:
    text = "\n".join(compiled_lines(REFERENCE))
    COMPILED.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
