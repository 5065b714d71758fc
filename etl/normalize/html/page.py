"""What an HTML page says about its article, in its own words: nothing is judged yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawDate:
    """The words of a publication date and where they stand: json_ld, meta, time_element, stamp or htmldate."""

    method: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SiteName:
    """What the page calls its publisher, and where: json_ld, og_site_name or application_name."""

    method: str
    words: str


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """An article's page.

    title: the headline, on one line, without the site's name; None where the page names none.
    body: paragraphs, one a line; it never begins with the title.
    body_confidence: 0 to 1, how far body and long paragraphs of the page have the same words; 0.5 where it has none.
    authors: the people among `credits`.
    credits: everyone whom the page gives as author, in its order: people, agencies, newsrooms, the site itself.
    canonical_url: absolute; None where the page names none.
    own_url: the address that tells it from other articles, where the page's words for it agree; else None.
    language: ISO 639 code that the page claims for itself: a hint, templates are often wrong.
    dates: publication dates, strongest evidence first; dates of modification are not among them.
    """

    title: str | None
    body: str
    body_confidence: float
    authors: tuple[str, ...]
    credits: tuple[str, ...]
    site_name: SiteName | None
    canonical_url: str | None
    own_url: str | None
    language: str | None
    dates: tuple[RawDate, ...]
