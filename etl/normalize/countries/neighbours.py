"""What the characters and words beside a name say about it. All ranges are of the folded text."""

from __future__ import annotations

import re

from etl.normalize.countries import words
from etl.normalize.countries.fold import FoldedText
from etl.normalize.countries.scan import begins_sentence

_OPEN = frozenset("«\"“„'")
_CLOSE = frozenset("»\"”“'")
_CONSONANTS = frozenset("бвгджзйклмнпрстфхцчшщ" + "bcdfghjklmnpqrstvwxz")
_OPENING = _OPEN | {"(", "["}
_NEVER_NOMINATIVE = frozenset("ыиеую")
_GENITIVE = frozenset("аяыи")
_LONGEST_ABBREVIATION = 4
_LONGEST_ACRONYM = 5
_CHANNEL_NUMBER = re.compile(r"-\d{1,2}(?!\d)| \d{1,2}[»\"”“]")
_NUMBER_BEFORE = re.compile(r"[«\"“„]\d{1,3} \Z")
_INITIAL_BEFORE = re.compile(r"\b[А-ЯЁ]\.\s?\Z")
_ADJECTIVE = re.compile(r"(?:[ыио]й|[ая]я|[ое]е|[ыи]е|ого|его|[ыи]х|[ыи]м|ом|ую|юю)\Z")
_LONGEST_LIST = 60
_WORD_AFTER = re.compile(r" ([^\W\d_][\w'-]*)")


def word_before(text: FoldedText, start: int) -> str:
    """The folded word directly before `start`; empty where more than a space stands between, or a sentence ends."""
    begin, end = _span_before(text.folded, start)
    return text.folded[begin:end]


def _span_before(folded: str, start: int) -> tuple[int, int]:
    end = start - 1 if start and folded[start - 1] == " " else start
    begin = folded.rfind(" ", 0, end) + 1
    while begin < end and folded[begin] in _OPENING:
        begin += 1
    last = folded[end - 1 : end]
    if last.isalnum() or (last == "." and end - begin <= _LONGEST_ABBREVIATION):
        return begin, end
    return end, end


def is_quoted(text: FoldedText, start: int, end: int) -> bool:
    """«Барселона», «112 Украина»: a name that fills its quotation marks is a club, a hotel, a channel."""
    folded = text.folded
    if start == 0 or folded[end : end + 1] not in _CLOSE:
        return False
    return folded[start - 1] in _OPEN or _NUMBER_BEFORE.search(folded, max(0, start - 6), start) is not None


def is_channel(text: FoldedText, end: int) -> bool:
    """«Россия 1», 'Россия-24': a broadcaster."""
    return _CHANNEL_NUMBER.match(text.folded, end) is not None


def is_no_city(text: FoldedText, start: int, end: int) -> bool:
    """'агентство САНА', 'Баткен облусу': short capitals inside a sentence that is not all capitals, and a province."""
    plain = text.plain
    if words.AFTER_PROVINCE.match(text.folded, end):
        return True
    return (
        end - start <= _LONGEST_ACRONYM
        and plain[start:end].isupper()
        and not begins_sentence(plain, start)
        and not plain[max(0, start - 12) : end + 12].isupper()
    )


def has_idle_capital(text: FoldedText, start: int, end: int) -> bool:
    """Whether the name's capital says nothing: where a sentence begins, and in a headline of capitals."""
    return begins_sentence(text.plain, start) or text.plain[start:end].isupper()


def is_part_of_a_name(text: FoldedText, start: int, end: int) -> bool:
    """'Уитни Хьюстон', 'Дж. Вашингтон', 'Индия Сергеевна'; not 'президента Кубы Рауля Кастро', 'Университет Сиднея'."""
    if words.PATRONYMIC.match(text.folded, end) or follows_initial(text, start):
        return True
    before = _span_before(text.folded, start)
    if not _is_title(text.plain[slice(*before)]) or words.INSTITUTION.match(text.folded, *before):
        return False
    if text.plain[start - 1] == "\n":  # a caption or a headline ends there
        return False
    # 'Мэр Сочи' begins a sentence too, but 'Мэр Хьюстон' does not: in it the place would stand in the genitive.
    return text.folded[end - 1] in _CONSONANTS or not begins_sentence(text.plain, before[0])


def is_surname(text: FoldedText, start: int, end: int) -> bool:
    """'Татьяна Грузинская,': an adjective with a capital after a name, and no noun after it."""
    if not text.plain[start].isupper() or _WORD_AFTER.match(text.plain, end) or begins_sentence(text.plain, start):
        return False
    before = text.plain[slice(*_span_before(text.folded, start))]
    return _is_title(before) and not _ADJECTIVE.search(before)


def is_owned(text: FoldedText, start: int, end: int) -> bool:
    """'глава Новокузнецка', 'суд Далласа': a place in the genitive, whose nominative would end in a consonant."""
    before = word_before(text, start)
    return text.folded[end - 1] in _GENITIVE and words.OWNER_BEFORE.fullmatch(before) is not None


def is_water(text: FoldedText, start: int) -> bool:
    """'озера Балхаш', 'рек Чу и Талас'."""
    if words.WATER_BEFORE.fullmatch(word_before(text, start)):
        return True
    return words.WATERS_LISTED.search(text.folded[max(0, start - _LONGEST_LIST) : start]) is not None


def is_joined_after(text: FoldedText, end: int) -> bool:
    """'Москва-Сити': a hyphen and a word with a capital follow."""
    return text.folded.startswith("-", end) and text.plain[end + 1 : end + 2].isupper()


def is_joined_before(text: FoldedText, start: int) -> bool:
    """'Волга-Днепр': a word with a capital and a hyphen stand before."""
    return text.folded.endswith("-", 0, start) and text.plain[_span_before(text.folded, start - 1)[0]].isupper()


def names_a_region(text: FoldedText, start: int, end: int) -> bool:
    """'Московская область', 'Тверской бульвар', 'Московский район': a region, a street, a district of that name."""
    if words.AFTER_REGION.match(text.folded, end):
        return True
    return text.plain[start].isupper() and words.AFTER_DISTRICT.match(text.folded, end) is not None


def follows_initial(text: FoldedText, start: int) -> bool:
    """'А. С. Пушкина'."""
    return _INITIAL_BEFORE.search(text.plain, max(0, start - 4), start) is not None


def is_given_name(text: FoldedText, end: int) -> bool:
    """'Куба Гудинг', 'режиссёр Милан Кундич'; not 'министров Кубы Рауль Кастро', which cannot be a nominative."""
    return text.folded[end - 1] not in _NEVER_NOMINATIVE and precedes_title_word(text, end)


def precedes_title_word(text: FoldedText, end: int) -> bool:
    """Whether a word with a capital follows."""
    after = _WORD_AFTER.match(text.plain, end)
    return after is not None and _is_title(after.group(1))


def precedes_currency(text: FoldedText, end: int) -> bool:
    """'киргизских сомов'."""
    after = words.AFTER_CURRENCY.match(text.folded, end)
    return after is not None and after.group(1) in words.CURRENCIES


def precedes_currency_stem(text: FoldedText, end: int) -> bool:
    """'АКШ долларына', 'US dollars'."""
    after = words.AFTER_CURRENCY.match(text.folded, end)
    return after is not None and words.CURRENCY_STEM.match(after.group(1)) is not None


def precedes_tongue(text: FoldedText, end: int) -> bool:
    """'кытай тилинде', 'қазақ тілінде'."""
    return words.AFTER_TONGUE.match(text.folded, end) is not None


def is_language(text: FoldedText, start: int, end: int) -> bool:
    """'русский язык', 'на английском' and 'с немецкого' without a noun, 'на пяти языках — итальянском, испанском'."""
    folded = text.folded
    before = word_before(text, start)
    if words.AFTER_LANGUAGE.match(folded, end) or before in words.TONGUE_BEFORE:
        return True
    if folded[max(0, start - 2) : start].strip() in ("-", ":", "("):
        return words.LANGUAGES_LISTED.search(folded[max(0, start - 16) : start]) is not None
    return (
        folded.endswith(("ом", "ого", "им", "ий"), start, end)
        and words.LANGUAGE_BEFORE.fullmatch(before) is not None
        and words.AFTER_LANGUAGE_ALONE.match(folded, end) is not None
    )


def _is_title(word: str) -> bool:
    """'Уитни', 'Дж.', 'У.', and not 'МВД' or 'мэр'."""
    return word[:1].isupper() and (word[1:2].islower() or word[1:2] == ".")
