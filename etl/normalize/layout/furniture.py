"""Lines that belong to the site and never to the article: share buttons, counters, pagers, labels, notices.

The phrases are those of sites in Russian, Kyrgyz, Kazakh, Uzbek, Tajik and English. A phrase that ends in a space is
made of whole words, any other is a stem. Only short lines are compared: a sentence that has such a word stays.
"""

from __future__ import annotations

import re

from etl.normalize.layout.lines import Line

# fmt: off
_NETWORKS = frozenset((
    "facebook", "fb", "twitter", "x", "telegram", "телеграм", "whatsapp", "viber", "instagram", "youtube", "tiktok",
    "tumblr", "reddit", "pinterest", "linkedin", "messenger", "threads", "bluesky", "flipboard", "вконтакте", "вк",
    "vk",
    "ok", "одноклассники", "email", "e", "mail", "rss", "pdf", "google", "news", "дзен", "яндекс", "yandex", "и",
    "в", "на",
))
_BUTTONS = (
    "поделиться ", "поделитесь ", "копировать ссылку ", "скопировать ссылку ", "версия для печати ", "распечатать ",
    "печать ",
    "подписаться ", "подписывайтесь ", "подпишитесь ", "подпишись ", "войти ", "вход ", "регистрация ",
    "читайте нас ",
    "следите за ", "мы в соцсетях ", "присоединяйтесь ", "оставить комментарий ", "комментировать ", "показать еще ",
    "показать ещё ", "загрузить еще ", "загрузить ещё ", "все опросы ", "наш опрос ", "наверх ", "на главную ",
    "бөлүшүү ", "бөлүшүңүз ", "кирүү ", "басып чыгаруу ",
    "бөлісу ", "жазылыңыз ", "тіркеліңіз ",
    "улашиш ", "ulashish ", "чоп этиш ", "мубодила ",
    "share ", "copy link ", "print ", "subscribe ", "sign in ", "sign up ", "sign out ", "log in ", "login ",
    "follow us ",
    "leave a comment ", "add a comment ", "show more ", "skip to ", "toggle ", "back to top ", "article content ",
    "story continues ",
)
_COUNTERS = (
    "комментари", "обсуждение ", "обсудить ", "просмотр", "прочитан", "прочитали ", "нравится ", "оценить ",
    "рейтинг ",
    "голосов ", "всего голосов ", "лайк", "пикир", "көрүүлөр ", "пікір", "көрілім", "изоҳ", "izoh", "фикр", "кўрил",
    "шарҳ",
    "comment ", "comments ", "views ", "likes ", "shares ",
)
_LABELS = (
    "реклама ", "на правах рекламы ", "жарнама ", "reklama ", "advertisement ", "advertising ", "sponsored ",
    "следующая ", "предыдущая ", "назад ", "далее ", "вперед ", "вперёд ", "кийинки ", "мурунку ", "келесі ",
    "алдыңғы ",
    "кейинги ", "олдинги ", "next ", "previous ", "prev ", "ещё ", "еще ",
)
_TAGS = (
    "теги ", "тэги ", "тег ", "метки ", "ключевые слова ", "рубрика ", "раздел ", "категория ", "категории ",
    "темы ", "тегтер ",
    "теглар ", "teglar ", "tags ", "tag ", "topics ", "filed under ",
)
_NOTICES = (
    "если вы нашли ", "если вы обнаружили ", "если вы заметили ", "нашли ошибку ", "нашёл ошибку ", "нашел ошибку ",
    "заметили ошибку ", "сообщить об ошибке ", "выделите ", "у вас есть тема ", "есть тема ", "хотите рассказать ",
    "при использовании ", "при перепечатке ", "при цитировании ", "при копировании ", "использование материалов ",
    "все права защищены ", "перепечатка ", "любое использование ", "сайт использует ", "мы используем ", "этот сайт ",
    "на этом сайте ", "наш телеграм", "наш telegram ", "бардык укуктар", "барлық құқық", "барча ҳуқуқлар",
    "barcha huquqlar",
    "ҳамаи ҳуқуқ", "all rights reserved ", "copyright ", "by signing up ", "by subscribing ", "we use cookies ",
    "this website uses ", "this site uses ", "this advertisement has not ",
)
# fmt: on
_BETWEEN_PAGES = r"[\s.…|·«»<>←→‹›/-]++"
_PAGER = re.compile(
    r"(?:\W+"
    # Four numbers at the end, the rest before them. One digit begins them: a run must not be tried from each digit.
    rf"|[\d\s.,…|·«»<>←→‹›/-]*\d{_BETWEEN_PAGES}(?:\d++{_BETWEEN_PAGES}){{3}}\d*+\W*+"
    r"|(?:страница|стр\.|page)\s*\d+(?:\s*(?:из|of|/)\s*\d+)?)$",
    re.IGNORECASE,
)
_LONGEST_BUTTON = 60
_LONGEST_TAGS = 160
_LONGEST_NOTICE = 400
_MOST_LABEL_WORDS = 3
_MOST_PHRASE_WORDS = max(phrase.count(" ") + 1 for phrase in (*_TAGS, *_NOTICES))


def is_furniture(line: Line) -> bool:
    """The line is part of the site: it would stand under any other article of it too."""
    if _PAGER.match(line.text):
        return True
    if line.length > _LONGEST_NOTICE:
        return False
    if line.length <= _LONGEST_BUTTON and _is_button(line.folded(), line):
        return True
    opening = line.folded_opening(_MOST_PHRASE_WORDS)
    if line.length <= _LONGEST_TAGS and opening.startswith(_TAGS) and ":" in line.text:
        return True
    return opening.startswith(_NOTICES)


def _is_button(words: str, line: Line) -> bool:
    parts = words.split()
    if all(part in _NETWORKS for part in parts) or _is_counter(parts):
        return True
    if line.ends_sentence:
        return False
    return words.startswith(_BUTTONS) or (len(parts) <= _MOST_LABEL_WORDS and words.startswith(_LABELS))


def _is_counter(parts: list[str]) -> bool:
    """'Комментарии', 'Комментарии (12)', '15 просмотров', 'Всего голосов: 7786'; not 'Комментарий эксперта'."""
    named = [part for part in parts if not part.isdigit()]
    if not named or len(named) > (2 if len(named) < len(parts) else 1):
        return False
    return " ".join([*named, ""]).startswith(_COUNTERS)
