"""Every inflected form of a Russian name, adjective or demonym. Build time only: it needs pymorphy3."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pymorphy3 import MorphAnalyzer  # type: ignore[import-untyped]
from pymorphy3.analyzer import Parse  # type: ignore[import-untyped]

from etl.normalize.article import Kind

_CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# Endings of nouns that the dictionary does not know; the longest that fits wins. No entry: not inflected.
_PARADIGMS = {
    "ия": ("ия", "ии", "ию", "ией"),
    "ка": ("ка", "ки", "ке", "ку", "кой"),
    "га": ("га", "ги", "ге", "гу", "гой"),
    "ха": ("ха", "хи", "хе", "ху", "хой"),
    "жа": ("жа", "жи", "же", "жу", "жей"),
    "ша": ("ша", "ши", "ше", "шу", "шей"),
    "ча": ("ча", "чи", "че", "чу", "чей"),
    "ца": ("ца", "цы", "це", "цу", "цей"),
    "а": ("а", "ы", "е", "у", "ой"),
    "я": ("я", "и", "е", "ю", "ей"),
    "й": ("й", "я", "ю", "ем", "е"),
    "ь": ("ь", "я", "ю", "ем", "е", "и", "ью"),
    "ок": ("ок", "ока", "оку", "оком", "оке", "ка", "ку", "ком", "ке"),
    "ец": ("ец", "ца", "цу", "цем", "це"),
    "ск": ("ск", "ска", "ску", "ске"),
    "цк": ("цк", "цка", "цку", "цке"),
    "ц": ("ц", "ца", "цу", "цем", "це"),
    "ов": ("ов", "ова", "ову", "овом", "овым", "ове"),
    "ово": ("ово", "ова", "ову", "овом", "ове"),
    "ево": ("ево", "ева", "еву", "евом", "еве"),
    "ино": ("ино", "ина", "ину", "ином", "ине"),
    "ы": ("ы", "", "ам", "ами", "ах"),
}
# 'Стратфорд-на-Эйвоне': only the town is inflected.
_BESIDE = ("-на-", "-над-")
_ADJECTIVAL = re.compile("(?:[сц]кий|ний|[нв]ый|[нв]ой|[сц]кая|[нв]ая|[сц]кое|[нв]ое)$")
_VOWELS = "аеёиоуыэюя"
_HARD = "бвгджзклмнпрстфхчшщ"


class Inflector:
    """Russian inflection with the OpenCorpora dictionary."""

    def __init__(self) -> None:
        self._morph = MorphAnalyzer(lang="ru")

    def forms(self, lemma: str, kind: Kind) -> set[str]:
        """All forms of `lemma`, itself included, as written (not folded), without the bookish 'Россиею'."""
        return {form for form in self._forms(lemma, kind) if not form.endswith(("ою", "ею"))}

    def _forms(self, lemma: str, kind: Kind) -> set[str]:
        if kind is Kind.ABBREVIATION:
            return {lemma}
        if kind is Kind.ADJECTIVE:
            return self._lexeme(lemma, "ADJF") | {lemma}
        if kind is Kind.DEMONYM:
            return self._lexeme(lemma, "NOUN", animate=True) | {lemma}
        return {lemma} | (self._phrase(lemma.split(" ")) if " " in lemma else self._word(lemma))

    def compound_part(self, adjective: str) -> str:
        """'кыргызский' → 'кыргызско', as in 'кыргызско-казахский'."""
        return adjective[:-2] + "о"

    def _lexeme(self, lemma: str, part: str, animate: bool = False) -> set[str]:
        for parse in self._nominatives(lemma, part):
            if not animate or "anim" in parse.tag:
                return {form.word for form in parse.lexeme if part == form.tag.POS}
        parses = [parse for parse in self._morph.parse(lemma) if part == parse.tag.POS]
        return {form.word for form in parses[0].lexeme} if parses else set()

    def _nominatives(self, word: str, part: str) -> list[Parse]:
        parts = ("ADJF", "PRTF") if part == "ADJF" else (part,)
        parses = [p for p in self._morph.parse(word) if p.tag.POS in parts and "nomn" in p.tag]
        return sorted(parses, key=lambda p: ("Geox" not in p.tag, "Name" in p.tag or "Surn" in p.tag))

    def _word(self, word: str) -> set[str]:
        """Forms of a one-word place name, in the number and gender of the lemma. What the dictionary does not hold is
        inflected by its ending: its guesses for foreign names are wild ('в Брисбне')."""
        town, river, where = word.partition(next(filter(word.__contains__, _BESIDE), "\0"))
        if river:
            return {form + river + where for form in self._word(town)}
        head, hyphen, last = word.rpartition("-")
        if hyphen and _ADJECTIVAL.search(last):
            return {f"{head}-{form}" for form in self._word(last)}.union(self._pair(head, last))
        by_ending = {head + hyphen + form for form in _by_ending(last)}
        if self._morph.word_is_known(word):
            for parse in self._nominatives(word, "NOUN"):
                if ("Geox" in parse.tag and not _is_oddly_fixed(parse)) or "plur" in parse.tag:
                    known = {f.word for f in parse.lexeme if f.tag.number == parse.tag.number and not _is_adjectival(f)}
                    return known | by_ending if hyphen or word[-1] in _HARD else known  # not 'в Брисбне' alone
        if self._morph.word_is_known(word) or _ADJECTIVAL.search(word):
            for parse in self._nominatives(word, "ADJF")[:1]:  # 'Поднебесная', 'Чусовой'
                gender = (parse.tag.number, parse.tag.gender)
                return {f.word for f in parse.lexeme if (f.tag.number, f.tag.gender) == gender}
        return by_ending | {f"{head}-{form}" for form in self._word(last)} if hyphen else by_ending

    def _pair(self, noun: str, adjective: str) -> Iterable[str]:
        """'Переславля-Залесского'."""
        return (f"{self._case(noun, case, noun)}-{self._case(adjective, case, noun)}" for case in _CASES)

    def _phrase(self, words: list[str]) -> set[str]:
        """Forms of a name of several words: adjectives agree with the noun after them, what follows it is fixed;
        after 'и' in a pair of nominatives ('Босния и Герцеговина') the second inflects too."""
        if "и" in words and words.index("и") == 1:
            pairs = zip(self._cases(words[:1]), self._cases(words[2:]), strict=True)
            return {f"{first} и {second}" for first, second in pairs}
        return set(self._cases(words))

    def _cases(self, words: list[str]) -> list[str]:
        size = self._agreeing(words)
        return [
            " ".join([*(self._case(word, case, words[size - 1]) for word in words[:size]), *words[size:]])
            for case in _CASES
        ]

    def _agreeing(self, words: list[str]) -> int:
        for index, word in enumerate(words):
            if not self._nominatives(word, "ADJF") or index == len(words) - 1:
                return index + 1
        raise AssertionError("a name has at least one word")

    def _case(self, word: str, case: str, head: str) -> str:
        number = "plur" if self._is_plural(head) else "sing"
        parses: Iterable[Parse] = [
            p for p in self._nominatives(word, "ADJF") + self._nominatives(word, "NOUN") if number in p.tag
        ]
        for parse in parses:
            wanted = {case, number} | (
                {"inan"} if case == "accs" and parse.tag.POS == "ADJF" and self._is_masculine(parse) else set()
            )
            inflected = parse.inflect(wanted) or parse.inflect({case, number})
            if inflected is not None:
                return str(inflected.word)
        return word

    def _is_masculine(self, parse: Parse) -> bool:
        return "masc" in parse.tag or "plur" in parse.tag

    def _is_plural(self, head: str) -> bool:
        nouns = self._nominatives(head, "NOUN") or self._nominatives(head, "ADJF")
        return bool(nouns) and "plur" in nouns[0].tag


def _is_oddly_fixed(parse: Parse) -> bool:
    """'Тонга' is fixed in the dictionary, and inflected in the news."""
    return "Fixd" in parse.tag and parse.word.endswith("а")


def _is_adjectival(form: Parse) -> bool:
    """'Красноярском' with Красноярск is far rarer than the adjective ('в Красноярском крае')."""
    return "ablt" in form.tag and form.word.endswith(("ском", "цком"))


def _by_ending(word: str) -> set[str]:
    if word[-1:] == "а" and word[-2:-1] in _VOWELS:
        return {word}
    for size in (3, 2, 1):
        endings = _PARADIGMS.get(word[-size:])
        if endings is not None and len(word) > size + 1:
            return {word[:-size] + ending for ending in endings}
    if word[-1:] in _HARD:
        return {word + ending for ending in ("", "а", "у", "ом", "е")}
    return {word}
