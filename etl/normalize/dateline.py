"""The dateline: place, day and agency in front of an agency report ('БИШКЕК, 10 авг – РИА Новости.').

No gazetteer is asked: a dateline is known by its form. What could be an ordinary first sentence ('Москва, 1941 год.',
'ТАСС — крупнейшее агентство…') is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.normalize.calendar.days import DAY
from etl.normalize.calendar.words import month_number, weekday_number
from etl.normalize.page import Span

_UPPER = "A-ZÁÄÇĞÍİŃÓÖŞÚÜÝА-ЯЁӘҒҚҢӨҰҮҺІҶӢӮҲЎ"
_WORD = rf"[{_UPPER}](?:[^\W\d_]|['’ʻ.](?=[^\W\d_]))*(?:-[^\W\d_]+)*"
_PLACE = rf"(?P<place>(?:(?:г|с|пос)\.\s?)?{_WORD}(?:[ /]{_WORD}){{0,2}}(?:,\s?{_WORD}(?:\s{_WORD}|\.)?)?)"
_CAPITALS = rf"(?P<place>[{_UPPER}]{{2,}}(?:[ /-][{_UPPER}]{{2,}})*(?:,\s?{_WORD})?)"
_DATE = rf"(?P<date>(?i:{DAY}))"
_DASH = r"[-–—―−]{1,2}"
_CLOSE = rf"(?:\s?{_DASH}|[.:,](?:\s?{_DASH})?|\s*(?=\n|$))"
_SENTENCE = rf"(?=\s*[«„“\"'(\[]?[{_UPPER}\d]|\s*$)"  # a report begins here; small letters would go on with a sentence

# Agencies that sign without slashes, as their own datelines print them. A web address is taken for one too.
AGENCY_NAME = (
    r"(?:(?:ИА|АП|МИА|НИАТ|АМИТ|КНИА|IA|NIAT)\s)?[«“\"]?(?i:"
    r"[\w-]+\.(?:kg|kz|uz|tj|tm|ru|az|com|org|media|news|info|net|asia|tv)|"
    r"Кабар|Казинформ|КазТАГ|ҚазАқпарат|Kabar|Kazinform|Qazinform|QazAqparat|KazTAG|KAZAKHSTAN TODAY|"
    r"РИА Новости|RIA Novosti|(?:ИТАР-)?ТАСС|(?:ITAR-)?TASS|Sputnik(?: [^\W\d_]+)?|Спутник|Прайм|REGNUM|РЕГНУМ|"
    r"(?:Интерфакс|Interfax)(?:-[^\W\d_]+)?|[АA][КK][ИI][- ]?press|Tazabek|Turmush|КирТАГ|CA-NEWS(?: \(\w\w\))?|"
    r"УзА|ЎзА|UzA|O[ʻ'`‘’]zA|УЗИНФОРМ|Uzinform|Дунё|Dunyo|Jahon|Ховар|Khovar|Авеста|Avesta|Asia-?Plus|Азия-Плюс|"
    r"ТДХ|TDH|Trend|Тренд|АЗЕРТАДЖ|AZERTA[CG]|АПА|APA|Report|Синьхуа|Xinhua|Reuters|Рейтер|AFP|АФП|AP|TCA|"
    r"АА|AA|Анадолу|Anadolu|DW|BBC|Би-би-си|Азаттык"
    r")(?![^\W\d_])[»”\"]?"
)
_AGENCY = rf"(?P<agency>{AGENCY_NAME})"
_AUTHOR = rf"(?:,?\s/[^/\n]{{3,60}}/|,\s{_WORD}(?:\s{_WORD}){{1,2}}(?=\s?{_DASH}|[.\n]))?"
_SLASHED = r"/\s?(?P<agency>[^/\n]{2,60}?)\s?/"
_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
# The bureaux that agencies print alone: on a line (Anadolu), or before a dash (Kyodo, 'TOKYO - The government …').
# Any other word there may be a heading or the first of a sentence.
_BUREAU = (
    "БИШКЕК|ОШ|АСТАНА|НУР-СУЛТАН|АЛМАТЫ|ТАШКЕНТ|САМАРКАНД|ДУШАНБЕ|АШХАБАД|БАКУ|АНКАРА|СТАМБУЛ|МОСКВА|МИНСК|ПЕКИН|ТОКИО|СЕУЛ"
    "|ВАШИНГТОН|НЬЮ-ЙОРК|ЛОНДОН|ПАРИЖ|БЕРЛИН|БРЮССЕЛЬ|ЖЕНЕВА"
    "|BISHKEK|ASTANA|ALMATY|TASHKENT|SAMARKAND|DUSHANBE|ASHGABAT|BAKU|ANKARA|ISTANBUL|MOSCOW|MINSK|BEIJING|TOKYO|SEOUL"
    "|WASHINGTON|NEW YORK|LONDON|PARIS|BERLIN|BRUSSELS|GENEVA"
)

_FORMS = tuple(
    re.compile(r"\s*" + form)
    for form in (
        # БИШКЕК, 29.01.25. /Кабар/.   БИШКЕК /Кабар/.   /Кабар/.
        rf"(?:{_PLACE}[.,]?\s(?:\s*{_DATE}[.,]?\s?)?\s?)?{_SLASHED}(?:{_CLOSE})?",
        # BISHKEK, Feb 3 (Reuters) –   and, without a day, only a known agency: 'ШОС (организация) –' is a sentence
        rf"{_PLACE}[.,]?\s+{_DATE}[.,]?\s\((?P<agency>[^()\n]{{2,40}})\){_CLOSE}",
        rf"{_PLACE},?\s\({_AGENCY}\){_CLOSE}{_SENTENCE}",
        # БИШКЕК, 10 авг – РИА Новости.   Астана. 6 марта. KAZAKHSTAN TODAY -
        rf"{_PLACE}[.,]?\s+{_DATE}[.,]?\s?(?:{_DASH})?\s?{_AGENCY}{_AUTHOR}{_CLOSE}",
        # 14:09, 01 февраля 2021, Бишкек - 24.kg   14 Үчтүн айы 2021 15:35 Бишкек Govori.TV
        rf"(?:{_CLOCK},?\s)?{_DATE},?\s(?:{_CLOCK},?\s)?{_PLACE}(?:,|\s{_DASH})?\s{_AGENCY}\s*(?=\n|$)",
        # АСТАНА. КАЗИНФОРМ –   Бишкек – 24.kg.
        rf"{_PLACE}(?:[.,]|\s?{_DASH})\s?{_AGENCY}{_AUTHOR}{_CLOSE}{_SENTENCE}",
        # КАЗИНФОРМ –   ТАСС, 10 августа.
        rf"{_AGENCY}{_AUTHOR},\s{_DATE}{_CLOSE}{_SENTENCE}",
        rf"{_AGENCY}{_AUTHOR}\s?{_DASH}{_SENTENCE}",
        # АЛМАТЫ, 5 мая – Новое Агентство.   АЛМАТЫ, 5 мая –
        rf"{_PLACE}[.,]\s+{_DATE}\s?{_DASH}\s(?P<agency>[«“\"]?{_WORD}(?:\s{_WORD}){{0,2}}[»”\"]?)\.(?=\s){_SENTENCE}",
        rf"{_PLACE}[.,]\s+{_DATE}[.,]?\s?{_DASH}{_SENTENCE}",
        # BISHKEK, Kyrgyzstan, February 3.   Ош, 12 мая.   but not 'Москва, 5 мая 1941 года.', which sets a scene
        rf"{_CAPITALS}[.,]\s+{_DATE}(?:(?<=\.)|\.|(?=\s*(?:\n|$))){_SENTENCE}",
        rf"(?P<place>{_WORD}(?:,\s{_WORD})?)[.,]\s+(?=\d\d\.\d\d\.|\D*\d{{1,2}}\D*(?:[.\n]|$)){_DATE}(?:(?<=\.)|\.|(?=\s*(?:\n|$))){_SENTENCE}",
        rf"(?P<place>(?:{_BUREAU})(?:/(?:{_BUREAU}))?)(?=\s*\n)",
        rf"(?P<place>{_BUREAU})\s{_DASH}{_SENTENCE}",
    )
)
_NO_PLACE = re.compile(
    r"(?:сегодня|вчера|завтра|бүгүн|бүгін|бугун|bugun|кечээ|today|yesterday|во?|на|со?|из|к|от|до|по|in|on|at|from)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline and its parts; all offsets are code points into the text that was searched.

    `place` and `agency` are the words as printed, `date_words` the day ('16 ноября'), each None where none is printed.
    """

    span: Span
    place: str | None
    date_words: Span | None
    agency: str | None


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the very beginning of a body, or None."""
    opening = text[:200]
    for form in _FORMS:
        match = form.match(opening)
        if match and not _is_day_word(match.groupdict().get("place")):
            return _read(match)
    return None


def _read(match: re.Match[str]) -> Dateline:
    parts = match.groupdict()
    start = match.end() - len(match[0].lstrip())
    agency = parts.get("agency")
    return Dateline(
        span=Span(start, match.end()),
        place=parts.get("place"),
        date_words=Span(*match.span("date")) if parts.get("date") else None,
        agency=agency.strip() if agency else None,
    )


def _is_day_word(place: str | None) -> bool:
    """'Среда, 5 мая.' and 'Сегодня, 5 мая –' have the form of a dateline and are none."""
    if place is None:
        return False
    word = place.split()[0].strip(",.")
    return _NO_PLACE.match(word) is not None or weekday_number(word) is not None or month_number(word) is not None
