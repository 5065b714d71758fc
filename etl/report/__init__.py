"""A page about the warehouse that opens in any browser: one HTML file, no network, no script.

`figures` reads the views of schema mart, `page` makes the page of what it read, `charts` draws. What it needs beyond
the warehouse is the extra `newshouse[report]`.
"""

from __future__ import annotations
