"""Authors from by-lines of known form: 'Автор: Имя Фамилия', 'Имя ФАМИЛИЯ, 24.kg', 'By First Last'.

A line that merely consists of two capitalised words is no by-line: it may be a heading or a name in a sidebar.
"""

from __future__ import annotations

import re

from etl.normalize.page import Page

_UPPER = "A-ZÁÉÍÓÖÚÜÇŞĞÑА-ЯЁӘҒҚҢӨҰҮҺІҶӢӮҲЎ"
_NAME_PART = rf"[{_UPPER}](?:[^\W\d_]|['’](?=[^\W\d_]))+(?:-[{_UPPER}][^\W\d_]+)*"
_PERSON = rf"(?:{_NAME_PART}|[{_UPPER}]\.)(?:\s(?:{_NAME_PART}|[{_UPPER}]\.|уулу|кызы|оглы|углы)){{1,3}}"
_ONE = re.compile(_PERSON)
_PEOPLE = rf"(?P<people>{_PERSON}(?:(?:,\s?|\sи\s|\sжана\s|\sжәне\s|\sva\s|\sand\s){_PERSON}){{0,3}})"
_OUTLET = r"(?:[\w-]+\.(?:kg|kz|uz|tj|tm|ru|com|org|media|news|info|net|asia|tv)|[«\"][^«»\"\n]{2,40}[»\"])"
_BYLINES = tuple(
    re.compile(rf"^[ \t]*{form}[ \t.]*$", re.MULTILINE)
    for form in (
        rf"(?i:автор(?:ы|у|лору|лары)?(?:\s(?:текста|материала|статьи))?|текст|muallif|муаллиф|authors?|written by)\s?:"
        rf"\s*{_PEOPLE}",
        rf"(?i:(?:материал\s)?подготовил[аи]?|беседовал[аи]?|записал[аи]?|даярдаган|дайындаған|тайёрлади)\s?:?\s{_PEOPLE}",
        rf"(?i:by)\s{_PEOPLE}",
        rf"(?P<people>{_NAME_PART}\s[{_UPPER}]{{2,}}(?:-[{_UPPER}]{{2,}})?),?\s(?:[-–—]\s)?{_OUTLET}",
    )
)
_BETWEEN = re.compile(r"[,;]\s?|\s(?:и|жана|және|va|and)\s")
_NEAR = 300  # code points around the body's beginning and end in which a by-line speaks of it
_NO_PERSON = re.compile(r"\b(?:редакци|агентств|пресс|служб|отдел|новост|staff|news|agency|desk|press)", re.IGNORECASE)


def find_authors(page: Page) -> tuple[str, ...]:
    """The people whom by-lines above the body, at its ends or just below it name, in their order, each once."""
    head = page.text[page.head.start : page.head.end + _NEAR]
    foot = page.text[max(page.head.end + _NEAR, page.tail.start - _NEAR) : page.tail.start + _NEAR]
    people = [person for part in (head, foot) for names in _bylines(part) for person in _BETWEEN.split(names)]
    return tuple(dict.fromkeys(person.strip() for person in people if not _NO_PERSON.search(person)))


def carrier_authors(words: str | None) -> tuple[str, ...]:
    """The people in what a carrier says of the authors, each once."""
    people = [person.strip() for person in _BETWEEN.split(words or "")]
    return tuple(dict.fromkeys(person for person in people if _ONE.fullmatch(person) and not _NO_PERSON.search(person)))


def _bylines(text: str) -> list[str]:
    found = sorted((match.start(), match["people"]) for form in _BYLINES for match in form.finditer(text))
    return [names for _, names in found]
