"""/healthz and /metrics over HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST

from etl.errors import UsageError

Health = Callable[[], Mapping[str, object]]
"""What /healthz answers as JSON; `is_healthy` in it decides between 200 and 503."""


@contextmanager
def serve(host: str, port: int, health: Health, metrics: Callable[[], bytes]) -> Iterator[int]:
    """Serve until the block ends; gives the port, which the system chooses for port 0."""
    try:
        server = ThreadingHTTPServer((host, port), _handler(health, metrics))
    except OSError as error:
        raise UsageError(f"{host}:{port} cannot be listened on: {error.strerror}; choose another by --port") from None
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _handler(health: Health, metrics: Callable[[], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10  # seconds; a client that says nothing is dropped

        def do_GET(self) -> None:
            if self.path == "/healthz":
                said = health()
                body = json.dumps(said, ensure_ascii=False).encode("utf-8")
                self._answer(200 if said["is_healthy"] else 503, "application/json", body)
            elif self.path == "/metrics":
                self._answer(200, CONTENT_TYPE_LATEST, metrics())
            else:
                self._answer(404, "text/plain", b"/healthz and /metrics are here\n")

        def _answer(self, status: int, content_type: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """A request a few seconds is no news."""

    return Handler
