"""A newsroom that is at work: files that arrive, grow, change and vanish in a folder, and a feed with new entries.

It acts by chance, and by the same chance for the same seed. Whatever it did can be asked for again as a whole: the
folder after `restore`, and the feed at `archive_url`.
"""

from __future__ import annotations

import html
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.corpus import Corpus, Page

IsHeld = Callable[[Path], bool]
_LISTED = 40  # entries that the feed shows
_PIECES = 5
_FIRST = datetime(2025, 9, 1, tzinfo=UTC)


class Newsroom:
    """is_held: whether the warehouse knows a file as it stands; before that it does not vanish."""

    def __init__(self, folder: Path, feed: Feed, is_held: IsHeld, seed: int = 7) -> None:
        self._folder, self._feed, self._is_held = folder, feed, is_held
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._pages = Corpus(10**6, seed).pages()
        self._standing: list[Path] = []
        self._gone: dict[Path, bytes] = {}
        self.counts = dict.fromkeys(("arrived", "changed", "vanished", "entries", "entries changed"), 0)

    def act(self) -> None:
        """One event; files arrive as often as all else happens. A feed is asked for one page a second at most."""
        acts = (self._arrive, self._drip, self._change, self._vanish, self._publish)
        self._chance.choices(acts, (4, 2, 3, 2, 1))[0]()

    def restore(self) -> None:
        """Bring back what vanished, as it was."""
        for path, content in self._gone.items():
            path.write_bytes(content)

    def files(self) -> Iterator[Path]:
        yield from self._standing

    def _new(self) -> Path:
        self.counts["arrived"] += 1
        path = self._folder / f"{self.counts['arrived'] % 10}" / f"{self.counts['arrived']:05}.txt"
        path.parent.mkdir(exist_ok=True)
        self._standing.append(path)
        return path

    def _arrive(self) -> None:
        """Each fiftieth file is empty, and so a reject."""
        text = next(self._pages).text
        path = self._new()
        path.write_text("" if self.counts["arrived"] % 50 == 0 else text, encoding="utf-8")

    def _drip(self) -> None:
        """A file that is written in pieces."""
        text = next(self._pages).text
        step = len(text) // _PIECES + 1
        with self._new().open("w", encoding="utf-8") as stream:
            for begin in range(0, len(text), step):
                stream.write(text[begin : begin + step])
                stream.flush()
                time.sleep(0.05)

    def _change(self) -> None:
        if self._standing:
            self.counts["changed"] += 1
            path = self._chance.choice(self._standing)
            with path.open("a", encoding="utf-8") as stream:
                stream.write(f"\n\nДополнено. {next(self._pages).text.splitlines()[-1]}\n")

    def _vanish(self) -> None:
        path = self._chance.choice(self._standing) if self._standing else None
        if path and self._is_held(path):
            self.counts["vanished"] += 1
            self._gone[path] = path.read_bytes()
            self._standing.remove(path)
            path.unlink()

    def _publish(self) -> None:
        """A new entry, or each fourth time another headline and text of one that the feed shows."""
        is_change = len(self._feed.entries) > _LISTED // 2 and self._chance.random() < 0.25
        self.counts["entries changed" if is_change else "entries"] += 1
        place = len(self._feed.entries) - self._chance.randint(1, _LISTED // 2) if is_change else None
        self._feed.put(next(self._pages), place)


@dataclass
class Feed:
    """An RSS feed of headlines, whose entries lead to pages. A changed entry has another date: a page is fetched again
    only when its feed says something new of it."""

    port: int = 0
    entries: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    _puts: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/rss"

    @property
    def archive_url(self) -> str:
        """A feed of all entries that there ever were, as they were shown last."""
        return f"http://127.0.0.1:{self.port}/archive"

    def put(self, article: Page, place: int | None = None) -> None:
        lines = [html.escape(line) for line in article.text.splitlines() if line.strip()]
        with self._lock:
            number = len(self.entries) if place is None else place
            link = f"http://127.0.0.1:{self.port}/news/{number}"
            body = "".join(f"<p>{line}</p>" for line in lines)
            self.pages[number : number + 1] = [f"<html><body><h1>{lines[0]}</h1>{body}</body></html>"]
            self._puts += 1
            said = (
                f"<title>{lines[0]}</title><pubDate>{format_datetime(_FIRST + timedelta(minutes=self._puts))}</pubDate>"
            )
            self.entries[number : number + 1] = [
                f"<item>{said}<link>{link}</link><description>Коротко…</description></item>"
            ]

    def answer(self, path: str) -> str | None:
        """What stands at a path; None where nothing does."""
        with self._lock:
            if path in ("/rss", "/archive"):
                shown = self.entries if path == "/archive" else self.entries[-_LISTED:]
                return f'<rss version="2.0"><channel>{"".join(shown)}</channel></rss>'
            number = path.removeprefix("/news/")
            return self.pages[int(number)] if number.isdecimal() and int(number) < len(self.pages) else None


@contextmanager
def serve_feed() -> Iterator[Feed]:
    """A feed at a free port of this machine, without entries."""
    feed = Feed()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = feed.answer(self.path)
            body = (found or "").encode("utf-8")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        feed.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield feed
        server.shutdown()
