"""Which field of a row is the title, the text, the date: found by common names, or said by `--map title=headline`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from etl.errors import UsageError

NAMES = {
    "title": "title headline header heading name_of_article заголовок название subject",
    "text": (
        "text body content fulltext full_text maintext main_text article_text article_body articlebody content_html"
        " html body_html content_text article story текст содержание message description"
    ),
    "url": "url link href permalink canonical_url source_url article_url page_url ссылка адрес guid",
    "published": (
        "published date_published publish_date published_at publication_date datepublished pubdate pub_date"
        " published_on date datetime created_at created timestamp time дата дата_публикации опубликовано"
    ),
    "source": "source publisher site site_name sitename outlet media newspaper channel domain источник издание сми",
    "authors": "authors author byline creator dc_creator автор авторы",
    "language": "language lang язык",
}
"""The names that are looked for, the best first. Case, spaces, hyphens and camel case make no difference."""

_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_ORDER = {target: names.split() for target, names in NAMES.items()}


@dataclass(frozen=True)
class FieldMap:
    """What `--map` says: `title=headline,text=body`; a name with dots leads into objects (`text=content.rendered`)."""

    said: str = ""

    @cached_property
    def given(self) -> dict[str, str]:
        """The field by target. Raises UsageError for what is no mapping."""
        pairs = [pair.partition("=") for pair in self.said.split(",") if pair.strip()]
        given = {target.strip(): name.strip() for target, _, name in pairs}
        if len(given) < len(pairs) or not all(given.values()) or not set(given) <= set(NAMES):
            raise UsageError(
                f"--map {self.said!r} is no mapping; write title=headline,text=body with any of: {', '.join(NAMES)}"
            )
        return given

    def check(self, where: str, known: Iterable[str], rows: Iterable[Mapping[str, object]] = ()) -> None:
        """Raise UsageError where a mapped name is no field of the input."""
        fields = dict.fromkeys([*known, *(name for row in rows for name in row)])
        for name in self.given.values():
            if name not in fields and name.partition(".")[0] not in fields:
                raise UsageError(f"--map names {name!r}, and {where} has no such field; it has: {', '.join(fields)}")

    def resolve(self, names: Iterable[str]) -> dict[str, str]:
        """The field by target, for a row with these names. Each field serves one target."""
        return _resolved(self, tuple(names))


BY_NAME = FieldMap()
"""Nothing is said: the names of the fields tell."""


@lru_cache(maxsize=256)  # the rows of a file have few shapes
def _resolved(fields: FieldMap, names: tuple[str, ...]) -> dict[str, str]:
    found = dict(fields.given)
    by_plain = {plain(name): name for name in reversed(names) if name not in found.values()}
    for target, order in _ORDER.items():
        name = next((by_plain[one] for one in order if one in by_plain), None)
        if target not in found and name is not None:
            found[target] = name
    return found


def plain(name: str) -> str:
    """`pubDate`, `Pub-Date` and `pub date` are one name."""
    return re.sub(r"[\s:.-]+", "_", _CAMEL.sub("_", name.strip())).lower()
