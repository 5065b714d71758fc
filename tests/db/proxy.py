"""A wire between client and server that a test can cut."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

AWAY = 0.5  # seconds from a cut COMMIT until the server can be reached again


class Proxy:
    """Listens on 127.0.0.1 and hands everything on to the server of `url`.

    cut_at: "request": the next COMMIT is not handed on; "answer": it is, and its answer is lost. Then all connections
    break, and no new one is taken for AWAY seconds. `passes` COMMITs are answered before. `cut` cuts until `open`.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = (parts.hostname or "127.0.0.1", parts.port or 5432)
        self._listener = socket.create_server(("127.0.0.1", 0))
        port = self._listener.getsockname()[1]
        user, _, _ = parts.netloc.rpartition("@")
        self.url = parts._replace(netloc=f"{user}@127.0.0.1:{port}").geturl()
        self.cut_at: str | None = None
        self.passes = 0
        self.cuts = 0
        self._is_open = True
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._is_open = False
        self.cuts += 1
        self._break()

    def open(self) -> None:
        self._is_open = True

    def close(self) -> None:
        self._listener.close()
        self._break()

    def _break(self) -> None:
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._sockets.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if not self._is_open:
                client.close()
                continue
            server = socket.create_connection(self._server)
            self._sockets += [client, server]
            threading.Thread(target=self._hand_on, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._hand_on, args=(server, client, False), daemon=True).start()

    def _hand_on(self, source: socket.socket, target: socket.socket, is_request: bool) -> None:
        """COMMIT is the request's word, and the command tag of its answer."""
        with suppress(OSError):
            while data := source.recv(1 << 16):
                if b"COMMIT\0" in data and self.cut_at == ("request" if is_request else "answer"):
                    if not self.passes:
                        self.cut_at = None
                        self.cut()
                        threading.Timer(AWAY, self.open).start()
                        return
                    self.passes -= 1
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
