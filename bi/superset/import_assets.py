"""Import the dashboard into a running Superset; run again, it brings everything back to what the files say.

Needs nothing but Python. Reads from the environment:

    SUPERSET_URL        where Superset answers, http://127.0.0.1:8088 when not set
    SUPERSET_USERNAME   one of its administrators, admin when not set
    SUPERSET_PASSWORD   that administrator's password
    NEWSHOUSE_BI_URL    the warehouse as Superset reaches it, with the login of `newshouse bi grant` and its password:
                        postgresql://NAME:PASSWORD@HOST:PORT/DATABASE
"""

from __future__ import annotations

import io
import json
import os
import sys
import urllib.error
import urllib.request
import uuid
import zipfile
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parent / "assets"
DATABASE = "databases/newshouse.yaml"
PLACEHOLDER = "sqlalchemy_uri: postgresql+psycopg2://superset@127.0.0.1:5432/newshouse\n"


class Superset:
    """A session with Superset's REST interface: a token, and the cookie that its CSRF token belongs to."""

    def __init__(self, place: str, username: str, password: str) -> None:
        self._place = place.rstrip("/")
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._headers = {"Referer": self._place}
        answer = self.post("security/login", {"username": username, "password": password, "provider": "db"})
        self._headers["Authorization"] = f"Bearer {answer['access_token']}"
        self._headers["X-CSRFToken"] = self.call("security/csrf_token/")["result"]

    def call(self, endpoint: str, body: bytes | None = None, content_type: str = "", method: str | None = None) -> Any:
        """The JSON that the endpoint answers. Raises urllib.error.HTTPError for an answer that is not 2xx."""
        headers = self._headers | ({"Content-Type": content_type} if body else {})
        place = f"{self._place}/api/v1/{endpoint}"
        request = urllib.request.Request(place, body, headers, method=method)  # noqa: S310 - an operator's URL
        with self._opener.open(request, timeout=120) as answer:
            return json.load(answer)

    def post(self, endpoint: str, value: object, method: str = "POST") -> Any:
        """The same, sending a JSON value."""
        return self.call(endpoint, json.dumps(value).encode(), "application/json", method)


def bundle(warehouse: str) -> bytes:
    """The assets as the ZIP file that Superset takes, with `warehouse` as the place of the database."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(ASSETS.rglob("*.yaml")):
            name, text = path.relative_to(ASSETS).as_posix(), path.read_text(encoding="utf-8")
            archive.writestr(f"assets/{name}", _placed(text, warehouse) if name == DATABASE else text)
    return buffer.getvalue()


def _placed(text: str, warehouse: str) -> str:
    scheme, _, rest = warehouse.partition("://")
    if scheme not in ("postgresql", "postgres") or not rest:
        sys.exit("NEWSHOUSE_BI_URL is not postgresql://NAME:PASSWORD@HOST:PORT/DATABASE")
    if PLACEHOLDER not in text:
        sys.exit(f"{DATABASE} has no line '{PLACEHOLDER.strip()}'")
    return text.replace(PLACEHOLDER, f"sqlalchemy_uri: {json.dumps(f'postgresql+psycopg2://{rest}')}\n")


def multipart(content: bytes) -> tuple[bytes, str]:
    """A form with one file, `bundle`: its body and its content type."""
    boundary = uuid.uuid4().hex
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="bundle"; filename="assets.zip"\r\n'
        "Content-Type: application/zip\r\n\r\n"
    )
    return head.encode() + content + f"\r\n--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"


def main() -> None:
    place = os.environ.get("SUPERSET_URL", "http://127.0.0.1:8088")
    missing = [name for name in ("SUPERSET_PASSWORD", "NEWSHOUSE_BI_URL") if not os.environ.get(name)]
    if missing:
        sys.exit(f"Set {' and '.join(missing)}: see the first lines of {Path(__file__).name}.")
    body, content_type = multipart(bundle(os.environ["NEWSHOUSE_BI_URL"]))
    try:
        username = os.environ.get("SUPERSET_USERNAME", "admin")
        Superset(place, username, os.environ["SUPERSET_PASSWORD"]).call("assets/import/", body, content_type)
    except urllib.error.HTTPError as error:
        sys.exit(f"Superset refused ({error.code}): {error.read().decode(errors='replace')[:1000]}")
    except OSError as error:
        sys.exit(f"Superset does not answer at {place} ({error}): start it, or set SUPERSET_URL.")
    print(f"the dashboard is at /superset/dashboard/central-asia/ of {place}")  # noqa: T201


if __name__ == "__main__":
    main()
