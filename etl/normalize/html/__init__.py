"""Articles in HTML: `decode_html` gives the text of a page, `read_html` what the page says about its article.

Heavy parsers are imported where they are called: loading plain text never pays for them.
"""

from __future__ import annotations

from etl.normalize.html.encoding import decode_html
from etl.normalize.html.page import HtmlPage, RawDate, SiteName
from etl.normalize.html.reader import read_html

__all__ = ["HtmlPage", "RawDate", "SiteName", "decode_html", "read_html"]
