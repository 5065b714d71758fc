"""The calendar words of six languages: months and weekdays, in the forms that a date is printed in.

Russian (all cases, abbreviations), Kyrgyz (also the folk months), Kazakh (Cyrillic and the Latin alphabets of 2018 and
2021), Uzbek (both scripts), Tajik and English. A month here is a stem; case endings are allowed where a language has
them. The folk months run Үчтүн айы (January), Бирдин айы, Жалган куран, Чын куран, Бугу, Кулжа, Теке, Баш оона,
Аяк оона, Тогуздун айы, Жетинин айы, Бештин айы (December).
"""

from __future__ import annotations

import re

# Endings of the Cyrillic languages: Russian cases, Turkic possessives and cases, the Tajik izofat.
_CYRILLIC_ENDING = "(?:с[ыі])?[ьяюеёаәиыуүіндтгкғқ]{0,7}м?"
_LATIN_ENDING = "(?:i|ı|y|si|sy)?(?:da|de|dan|den|dagi|ga|gacha|ning|nyń|nda|nde|ndagi)?"

# Month by month: stems that take endings, then words that do not.
_CYRILLIC_STEMS = (
    "январ|қаңтар",
    "феврал|ақпан",
    "март|наурыз",
    "апрел|сәуір",
    "ма[йя]|мамыр",
    "июн|маусым",
    "июл|шілде",
    "август|тамыз",
    "сентябр|сентабр|қыркүйе[кг]",
    "октябр|октабр|қазан",
    "ноябр|қараша",
    "декабр|желтоқсан",
)
_LATIN_STEMS = (
    "yanvar|qa[nń]tar",
    "fevral|aqpan",
    "mart|na[uýw]ryz",
    "aprel|s[aáä][uýw][iıy]r",
    "may|mamyr",
    "iyun|ma[uýw]sym",
    "iyul|shilde|şilde|şılde",
    "avgust|tamyz",
    "sent(?:y)?abr|qyrk[uúü][iıy]ek",
    "okt(?:y)?abr|qazan",
    "noyabr|qarasha|qaraşa",
    "dekabr|jeltoqsan",
)
_FIXED = (
    "янв|қаң|january|jan|yan|үчтүн айы",
    "фев|февр|ақп|february|feb|fev|бирдин айы",
    "мар|нау|march|mar|жалган куран",
    "апр|сәу|april|apr|чын куран",
    "мам|бугу",
    "мау|june|jun|iyn|кулжа",
    "шіл|july|jul|iyl|теке",
    "авг|там|august|aug|avg|баш оона",
    "сен|сент|қыр|september|sept|sep|sen|аяк оона",
    "окт|қаз|october|oct|okt|тогуздун айы",
    "ноя|нояб|қар|november|nov|noy|жетинин айы",
    "дек|жел|december|dec|dek|бештин айы",
)


def _month_pattern(index: int) -> str:
    fixed = _FIXED[index].replace(" ", r"\s+")
    return f"(?:{_CYRILLIC_STEMS[index]}){_CYRILLIC_ENDING}|(?:{_LATIN_STEMS[index]}){_LATIN_ENDING}|{fixed}"


_NOT_IN_WORD = r"(?![^\W\d_])"
MONTH = f"(?:{'|'.join(_month_pattern(index) for index in range(12))}){_NOT_IN_WORD}"
"""Pattern source of one month word, without groups; compile with re.IGNORECASE."""

_MONTH_NUMBER = re.compile("|".join(f"(?P<m{i + 1}>{_month_pattern(i)})" for i in range(12)), re.IGNORECASE)

# Monday first. Tajik Monday, 'душанбе', is left out: in print it is the city.
_WEEKDAYS = (
    "понедельник|пон|пн|дүйшөмбү|дүйсенбі|dúısenbi|dushanba|душанба|monday|mon",
    "вторник|вт|шейшемби|сейсенбі|seshanba|сешанба|сешанбе|tuesday|tues|tue",
    "сред[ау]|ср|шаршемби|сәрсенбі|chorshanba|чоршанба|чоршанбе|wednesday|wed",
    "четверг|чтв|чт|бейшемби|бейсенбі|payshanba|пайшанба|панҷшанбе|thursday|thurs|thu",
    "пятниц[ау]|птн|пт|жума|жұма|juma|ҷумъа|friday|fri",
    "суббот[ау]|сбт|сб|ишемби|сенбі|shanba|шанба|шанбе|saturday|sat",
    "воскресенье|вск|вс|жекшемби|жексенбі|yakshanba|якшанба|якшанбе|sunday|sun",
)
WEEKDAY = f"(?:{'|'.join(_WEEKDAYS)}){_NOT_IN_WORD}"
"""Pattern source of one weekday word, without groups; compile with re.IGNORECASE."""

_WEEKDAY_NUMBER = re.compile("|".join(f"(?P<w{i}>{words})" for i, words in enumerate(_WEEKDAYS)), re.IGNORECASE)


def month_number(word: str) -> int | None:
    """1 to 12 for a month word in any of the known forms, else None."""
    return _group_number(_MONTH_NUMBER.fullmatch(word.strip(" .,\t")))


def weekday_number(word: str) -> int | None:
    """0 (Monday) to 6 as in `date.weekday`, else None."""
    return _group_number(_WEEKDAY_NUMBER.fullmatch(word.strip(" .,\t")))


def _group_number(match: re.Match[str] | None) -> int | None:
    return int(match.lastgroup[1:]) if match and match.lastgroup else None
