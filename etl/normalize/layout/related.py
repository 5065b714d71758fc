"""Headings of blocks that lead away from an article: 'Читайте также', 'По теме', 'Последние новости'."""

from __future__ import annotations

from etl.normalize.layout.lines import Line

# fmt: off
_INVITATIONS = (
    "читайте также ", "читай также ", "читать также ", "читайте ещё ", "читайте еще ", "читайте по теме ",
    "читать далее ",
    "смотрите также ", "смотри также ", "слушайте также ", "узнайте больше ", "подробнее по теме ", "ещё по теме ",
    "еще по теме ", "по теме ", "по этой теме ", "на эту тему ", "к этой теме ", "в тему ",
    "вам может быть интересно ",
    "вам может понравиться ", "рекомендуем ", "свежее из ", "просматриваемые ", "лента новостей ",
    "тектеш ", "дагы оку", "дагы кара", "ошондой эле оку", "окшош ",
    "тағы оқы", "тағы қара", "оқи отыр", "ұқсас ", "тақырыпқа ",
    "мавзуга оид ", "мавзуга доир ", "mavzuga oid ", "mavzuga doir ", "шунингдек ўқинг ", "инчунин хонед ",
    "read more ", "read also ", "see also ", "see more ", "watch next ", "you may like ", "you may also like ",
    "you might also like ", "don t miss ", "what to read next ", "up next ", "more from ", "more on ",
)
_QUALITIES = (
    "другие ", "похожие ", "последние ", "главные ", "свежие ", "популярные ", "новые ", "все ", "наши ", "топ ",
    "акыркы ", "соңғы ", "сўнгги ", "so nggi ", "охирин ", "хабарҳои ",
    "related ", "recommended ", "trending ", "popular ", "latest ", "top ", "most read ", "most popular ",
)
_THINGS = (
    "новости", "материалы", "статьи", "публикации", "видео", "сюжеты", "темы", "жаңылыктар", "жаңалықтар",
    "янгиликлар",
    "yangiliklar", "news", "stories", "articles", "topics", "content", "posts",
)
_WHOLE = frozenset((
    "обзоры", "фоторепортажи", "видео дня", "новости дня", "топ новостей", "популярное", "рекомендуемое",
    "интересное",
    "самое читаемое", "самое популярное", "самое интересное", "самое обсуждаемое", "новости по теме",
    "материалы по теме",
    "статьи по теме", "новости партнеров", "новости партнёров", "related", "trending", "recommended",
))
# fmt: on
_LONGEST = 160
_LONGEST_LABEL = 40


def is_related_heading(line: Line) -> bool:
    """The line opens a block of links to other articles, or is itself one such link ('Читайте также: …')."""
    if line.length > _LONGEST or (line.ends_sentence and line.length > _LONGEST_LABEL):
        return False
    words = line.folded()
    if words.startswith(_INVITATIONS) or words.rstrip() in _WHOLE:
        return True
    return line.length <= _LONGEST_LABEL and words.startswith(_QUALITIES) and any(thing in words for thing in _THINGS)
