"""A web site on this machine that does what a test tells it, byte by byte, well or badly."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Behave = Callable[[socket.socket], None]
"""Writes an answer, headers too, to the connection, or does not."""


@dataclass(frozen=True)
class Request:
    """One request that arrived. The names of headers are in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Site:
    """routes: what each path does, in order; the last one again and again. Other paths are not found."""

    port: int
    routes: dict[str, list[Behave]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *behaviours: Behave) -> str:
        """Set what a path does, and give its address."""
        self.routes[path] = list(behaviours)
        return self.url(path)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self) -> list[str]:
        """The paths that were asked for, without robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def drip(self, connection: socket.socket, first: bytes, rest: bytes) -> None:
        """Send `first`, then `rest` again and again, a few bytes at a time, until the other side has enough."""
        connection.sendall(first)
        while not self.closing.wait(0.01):
            connection.sendall(rest)

    def hang(self, connection: socket.socket) -> None:
        self.closing.wait()

    def serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as received:
            path = received.readline().decode("ascii").split()[1]
            lines = iter(lambda: received.readline().decode("latin-1").strip(), "")
            headers = dict(line.split(": ", 1) for line in lines)
            self.requests.append(Request(path, {name.lower(): value for name, value in headers.items()}))
            behaviours = self.routes.get(path) or [answer(status="404 Not Found")]
            try:
                (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(connection)
            except OSError:
                return  # the client went away, as it should


@contextmanager
def serve_site() -> Iterator[Site]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        site = Site(listener.getsockname()[1])
        threading.Thread(target=_accept, args=(listener, site), daemon=True).start()
        try:
            yield site
        finally:
            site.closing.set()


def _accept(listener: socket.socket, site: Site) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=site.serve, args=(connection,), daemon=True).start()


def answer(body: bytes | str = b"", status: str = "200 OK", **headers: str) -> Behave:
    """A whole and honest answer, unless a header says otherwise; `content_type` gives Content-Type."""
    content = body.encode("utf-8") if isinstance(body, str) else body
    named = {"Content-Length": str(len(content)), "Content-Type": "text/html"}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    return lambda connection: connection.sendall(f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + content)


def redirect(to: str, status: str = "302 Found") -> Behave:
    return answer(status=status, location=to)
