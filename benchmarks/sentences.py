"""The sentences of the sample articles, by language: what the articles of the corpus are made of."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from etl.extract.text import Decoded, decode

_STAMP = re.compile(r"^\s*\ufeff?\s*date [\d-]+( \d\d:\d\d)?\s*")
_DATELINE = re.compile(r"^.{0,60}?(/\.|INTERFAX\.RU -|КАЗИНФОРМ —|Sputnik\.|TOKYO -|June 10\.)\s+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[«\"A-ZА-ЯЁӨҮҢ])")
_NUMBER = re.compile(r"(?<![\d.:,-])[1-9]\d{1,2}(?![\d.:,-]?\d)")
_COUNTRY = re.compile(
    r"к[иы]рг[иы]з|ка[зс]а[хк]|[уө]збек|та[дж]+ик|туркмен|росси|\bрф\b|кита|\bкнр\b|япон|турци|түрки|азербайджан|"
    r"коре[яийю]|британ|англи[йи]|немецк|герман|венгри|польша|грузи|афган|иран|оман|сауд|сша|русск|"
    r"бишкек|\bош[ау]?\b|оштогу|джалал|ферган|андижан|ташкент|астан|алмат|душанбе|москв|казан|баку|дуба[йе]|сеул|"
    r"kyrgyz|kazakh|uzbek|tajik|chin|japan|azerbai|nepal|\bus\b|tashkent|bishkek|tokyo|osaka|\bosh\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<= )[a-zа-яёөүң]{4,}(?=[ ,.])")
_LETTERS_KY = frozenset("өүңӨҮҢ")
_MIN_CHARACTERS = 45  # below it a line is a menu entry, a headline or a fragment of speech

_SPEAKERS = {
    "ru": (
        "Об этом сообщил {first} {last}.",
        "Такие данные привёл {first} {last}, который отвечает за это направление.",
        "«Работа идёт по графику», — сказал {first} {last}.",
    ),
    "ky": (
        "Бул тууралуу {first} {last} билдирди.",
        "«Иш план боюнча жүрүп жатат», — деди {first} {last}.",
    ),
    "en": (
        "The figures were given by {first} {last}, who is in charge of the matter.",
        '"The work goes on as planned," said {first} {last}.',
    ),
}
_FIRST = {
    "ru": ("Азамат", "Бахтиёр", "Виктор", "Данияр", "Ермек", "Игорь", "Канат", "Марат", "Рустам", "Сергей", "Тимур"),
    "ky": ("Азамат", "Айбек", "Бакыт", "Данияр", "Жеңиш", "Кубан", "Нурлан", "Сапарбек", "Талант", "Улан", "Эркин"),
    "en": ("Alan", "Bakyt", "Daniel", "Emma", "Farid", "Helen", "Kenji", "Laura", "Nurlan", "Peter", "Timur"),
}
_LAST = {
    "ru": ("Абдраев", "Беляков", "Громов", "Жумабаев", "Иванов", "Камолов", "Лазарев", "Осмонов", "Рахимов", "Сомов"),
    "ky": ("Асанов", "Бекболотов", "Жусупов", "Кадыров", "Маматов", "Осмонов", "Садыков", "Токтогулов", "Эргешов"),
    "en": ("Aslanov", "Baker", "Carter", "Dunn", "Evans", "Fischer", "Grant", "Morita", "Osmonov", "Palmer", "Reed"),
}


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one language: those that name a country and those that name none. And their plain words."""

    language: str
    about_countries: tuple[str, ...]
    others: tuple[str, ...]
    words: tuple[str, ...]

    def draw(self, stream: random.Random, country_share: float) -> str:
        """A sentence with numbers and words of its own; now and then one in which an invented person speaks."""
        chance = stream.random()
        if chance < country_share:
            sentence = stream.choice(self.about_countries)
        elif chance > 0.92:
            sentence = stream.choice(_SPEAKERS[self.language])
            first, last = stream.choice(_FIRST[self.language]), stream.choice(_LAST[self.language])
            sentence = sentence.format(first=first, last=last)
        else:
            sentence = stream.choice(self.others)
        return _renumber(self._reword(sentence, stream), stream)

    def title(self, stream: random.Random) -> str:
        """The first words of a sentence about a country, as a headline."""
        words = stream.choice(self.about_countries).split()
        return _renumber(" ".join(words[: stream.randint(6, 10)]), stream).strip(' «»".,:;—–-')

    def _reword(self, sentence: str, stream: random.Random) -> str:
        """Every second plain word is another one: articles of a few hundred sentences would else share phrases with
        hundreds of others each, of which stories are found, and those of real news share them with one."""
        pieces = _pieces(sentence).copy()
        for place in range(1 + 2 * int(stream.random() * 2), len(pieces), 4):
            pieces[place] = self.words[int(stream.random() * len(self.words))]
        return "".join(pieces)


@cache
def _pieces(sentence: str) -> list[str]:
    """What stands before, between and after the plain words, and at the odd places those words."""
    pieces, end = list[str](), 0
    for word in _WORD.finditer(sentence):
        if not _COUNTRY.search(word[0]):
            pieces += [sentence[end : word.start()], word[0]]
            end = word.end()
    return [*pieces, sentence[end:]]


def read_sentences(samples: Path) -> dict[str, Sentences]:
    """By language: ru, ky, en."""
    found: dict[str, dict[str, None]] = {"ru": {}, "ky": {}, "en": {}}
    for path in sorted(samples.glob("*/*.txt")):
        decoded = decode(path.read_bytes())
        if isinstance(decoded, Decoded):
            text = decoded.text.replace("\u00ad", "").replace("\u200b", "")
            found[_language(text)].update(dict.fromkeys(_sentences(text)))
    return {language: _split(language, tuple(sentences)) for language, sentences in found.items()}


def _language(text: str) -> str:
    if _LETTERS_KY & set(text):
        return "ky"
    return "ru" if re.search("[а-я]", text) else "en"


def _sentences(text: str) -> list[str]:
    lines = (_DATELINE.sub("", _STAMP.sub("", line)).strip() for line in text.splitlines())
    sentences = (sentence for line in lines for sentence in _SENTENCE.split(line))
    return [one for one in sentences if len(one) >= _MIN_CHARACTERS and one[-1] in '.!?»"' and one[0] != "©"]


def _split(language: str, sentences: tuple[str, ...]) -> Sentences:
    about = tuple(sentence for sentence in sentences if _COUNTRY.search(sentence))
    others = tuple(sentence for sentence in sentences if sentence not in about)
    words = dict.fromkeys(word for one in sentences for word in _WORD.findall(one) if not _COUNTRY.search(word))
    return Sentences(language, about, others, tuple(words))


def _renumber(sentence: str, stream: random.Random) -> str:
    def other(match: re.Match[str]) -> str:
        low = 10 ** (len(match[0]) - 1)
        return str(low + int(stream.random() * 9 * low))

    return _NUMBER.sub(other, sentence)
