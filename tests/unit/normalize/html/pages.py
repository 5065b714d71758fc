"""Small pages to read: a head and an article of five paragraphs, around which each test puts its trap."""

from __future__ import annotations

import json

from etl.normalize.html import HtmlPage, read_html

URL = "https://www.example.kg/news/bridge-opened"
PARAGRAPHS = (
    "В Баткенской области открыли мост через реку, который строили два года и закончили на месяц раньше срока.",
    "На открытии выступил глава района: он поблагодарил строителей и пообещал, что дорогу к мосту заасфальтируют.",
    "Прежний мост был деревянным, и весной, когда вода поднималась, жители трёх сёл не могли попасть в больницу.",
    "Новое сооружение рассчитано на грузовые машины, его длина составляет сорок два метра, ширина — восемь метров.",
    "До конца года в области отремонтируют ещё четыре моста, два из них стоят на дороге к пограничному посту.",
)
BODY = "\n".join(PARAGRAPHS)


def page(head: str = "", above: str = "<h1>В Баткене открыли мост</h1>", below: str = "") -> str:
    """A page whose article is BODY; `above` and `below` stand right before and after its paragraphs."""
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Главная</a><a href='/news'>Новости</a></nav>"
        f"<main><article>{above}<div class='text'>{paragraphs}</div>{below}</article></main></body></html>"
    )


def linked(**properties: object) -> str:
    """A script of JSON-LD with one NewsArticle that has these properties."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle", **properties}
    return f'<script type="application/ld+json">{json.dumps(article, ensure_ascii=False)}</script>'


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def read(html: str, url: str | None = URL) -> HtmlPage:
    """The page, which must not be rejected."""
    found = read_html(html, url)
    assert isinstance(found, HtmlPage), found
    return found
