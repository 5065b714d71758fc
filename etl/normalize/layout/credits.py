"""Credits: of pictures ('Фото: …', 'Фото пресс-службы президента', '… Photo: AFP'), of authors and sources."""

from __future__ import annotations

import re

from etl.normalize.layout.lines import Line

_MEDIUM = (
    r"(?:фото(?:графия|коллаж|сурат|грамма)?|видео|скрин(?:шот)?|снимок|коллаж|иллюстрация|инфографика|графика"
    r"|сүрөт|сурет|акс|surat|foto|photos?|pictures?|images?|video|illustration|graphic|credit)"
)
_OWNER = (
    r"(?:пресс-служб|из\b|со?\s+(?:сайт|страниц|архив)|автор|аппарат|администраци|министерств|агентств|архив"
    r"|редакци|предоставлен)"
)
_CREDIT = re.compile(
    rf"[(\[/|]?\s*{_MEDIUM}(?:\s+и\s+{_MEDIUM})?"
    rf"(?:\s*[:©|/]|\s+{_OWNER}|\s+(?:by|from|courtesy)\b|\s*[)\]]?\.?$|\s.{{2,60}}\s(?:алынды|алынган|олинди|алынған)$)"
    r"|[(\[]?\s*(?:иллюстративн|архивн|открыт)\w+\s+(?:фото|снимок|источник|изображени)"
    r"|(?:автор\w*(?:\s(?:текста|материала|статьи|фото))?|текст|(?:перво)?источник|source|author)\s?:\s"
    r"|©",
    re.IGNORECASE,
)
_CAPTION_END = re.compile(
    rf"(?:^|[\s.(/|—-]){_MEDIUM}\s*[:©]\s*[^.!?]{{2,60}}[.)]?$"
    r"|(?:^|[\s.(/|—])(?:©|Getty|AFP|АФП|Reuters|REUTERS|EPA|AP Photo)[^.!?]{0,50}$",
    re.IGNORECASE,
)
# Every end of a caption has one of these: a search for them costs a hundredth of the pattern.
_CAPTION_SIGNS = (":", "©", "getty", "afp", "афп", "reuters", "epa", "ap photo")
_LONGEST_CREDIT = 120
_LONGEST_CAPTION = 300
_LONGEST_END = 80


def is_credit(line: Line) -> bool:
    """The line names who made a picture, a video or the text, or is a caption that ends so."""
    text = line.text
    if line.length <= _LONGEST_CREDIT and _CREDIT.match(text):
        return True
    return line.length <= _LONGEST_CAPTION and _ends_as_caption(text)


def _ends_as_caption(text: str) -> bool:
    end = text[-_LONGEST_END:].lower()
    if not any(sign in end for sign in _CAPTION_SIGNS):
        return False
    return _CAPTION_END.search(text, max(0, len(text) - _LONGEST_END)) is not None
