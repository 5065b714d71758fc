"""Who is quoted: press services, offices of state and other outlets. They did not publish the text nor write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.normalize.article import Cited
from etl.normalize.sources.alternatives import matches, one_of, stems_of
from etl.normalize.sources.names import OUTLET_WORDS, name_after
from etl.normalize.sources.registry import Sources

_VERBS = (
    *(r"сообщ(?:ил[аи]?|ает|ают)", r"рассказал[аи]?", r"заявил[аи]?", r"отметил[аи]?", r"уточнил[аи]?"),
    *(
        r"пояснил[аи]?",
        r"проинформировал[аи]?",
        r"информиру(?:ет|ют)",
        r"подчеркнул[аи]?",
        r"добавил[аи]?",
        r"подтвердил[аи]?",
    ),
    *(r"переда[её]т", r"передал[аи]?"),
)
_REFERENCES = ("по данным", "по информации", "по сообщению", "со ссылкой на")
_SAYING = one_of(*_VERBS, *_REFERENCES)
_SAYING_STEMS = stems_of(*_VERBS, *_REFERENCES)
# What an office or a press service belongs to: names, 'Национальной гвардии', and the common nouns of state.
_OF = (
    r"(?:\s+(?:[А-ЯЁ][а-яё]+(?:ого|его|ой|ей|ых|их)\s+[а-яё]+|[А-ЯЁA-Z][\w«»\"-]*"
    r"|президента|главы|правительства|кабмина|кабинета|министров|министерства|государства|парламента|мэрии|комитета|ведомства))"
)
_MINISTRY = (
    r"министерств\w+(?: (?:(?:иностранных|внутренних) дел|чрезвычайных ситуаций|сельского хозяйства|природных ресурсов"
    r"|образования|здравоохранения|финансов|экономики|обороны|юстиции|культуры|энергетики|транспорта|труда))?"
)
_OFFICE = (
    rf"(?:кабмин\w*|кабинет\w* министров|правительств\w+|аппарат\w*|администраци\w+|{_MINISTRY}|мэри\w+|посольств\w+"
    r"|прокуратур\w+|парламент\w*|Жогорку Кенеш\w*|пресс-центр\w*|ведомств\w+|департамент\w*|управлени\w+|комитет\w*"
    r"|госкомитет\w*|нацбанк\w*|национальн\w+ банк\w*|Мин[а-яё]{3,}|Нац[а-яё]{3,}|Гос[а-яё]{3,}|(?!СМИ\b)[А-ЯЁ]{2,6})"
)
_SERVICE = "пресс-служб"
_PRESS_SERVICE = re.compile(rf"\b(?:(?:его|её|ее|их)\s+)?{_SERVICE}(?:а|е|у|ой|ы){_OF}{{0,4}}")
_CONTEXT = re.compile(rf"\b{_SAYING}\b")
_SAID_IN = (rf"{verb}\s+(?-i:во?)" for verb in _VERBS)
_OFFICES = re.compile(rf"\b{one_of(*_SAID_IN, *_REFERENCES)}\s+(?P<name>{_OFFICE}{_OF}{{0,4}})\b")
_OUTLETS = re.compile(rf"\b{one_of(*_REFERENCES)}(?:\s+{OUTLET_WORDS})*\s+", re.IGNORECASE)
_NEAR = 60  # code points between a verb of saying and the press service that said it


def find_cited(body: str, sources: Sources) -> tuple[Cited, ...]:
    """Everyone the body quotes by name or office, in the order of the text's methods, each name once."""
    found = {cited.name: cited for cited in (*_press_services(body), *_offices(body), *_outlets(body, sources))}
    return tuple(found.values())


def _press_services(body: str) -> Iterator[Cited]:
    """A press service beside a verb of saying or 'по данным'; in any other sentence it is only mentioned."""
    if _SERVICE not in body:  # most texts: the pattern would take a hundred times as long to say so
        return
    for match in _PRESS_SERVICE.finditer(body):
        before = body[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
        after = body[match.end() : match.end() + _NEAR].partition("\n")[0]
        if _CONTEXT.search(before) or _CONTEXT.search(after):
            yield Cited(match.group(), None, "press_service", (before + match.group()).strip())


def _offices(body: str) -> Iterator[Cited]:
    for match in matches(_OFFICES, _SAYING_STEMS, body):
        yield Cited(match["name"], None, "office", match.group())


def _outlets(body: str, sources: Sources) -> Iterator[Cited]:
    for match in matches(_OUTLETS, _REFERENCES, body):
        found = name_after(body, match.end(), sources)
        if found:
            yield Cited(body[found.start : found.end], found.source_id, "outlet", body[match.start() : found.stop])
