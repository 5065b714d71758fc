"""How a BI tool names this warehouse: the same place in the spellings that tools ask for, never with a password."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Addresses:
    """A login's way to a database. `ssl_mode` is libpq's sslmode where the owner's URL names one, else None."""

    host: str
    port: int
    database: str
    user: str
    ssl_mode: str | None

    @classmethod
    def of(cls, connection: Connection, user: str) -> Addresses:
        """The place that `connection` leads to, for `user`. A socket's folder becomes localhost: tools speak TCP."""
        info = connection.info
        host = "localhost" if info.host.startswith("/") or not info.host else info.host
        return cls(host, info.port, info.dbname, user, info.get_parameters().get("sslmode"))

    def facts(self) -> dict[str, str]:
        """Every spelling by its name, for a person to read or a script to pick from."""
        return {
            "host": self.host,
            "port": str(self.port),
            "database": self.database,
            "schema": "mart",
            "user": self.user,
            "url": self.url(),
            "jdbc": self.jdbc(),
            "odbc": self.odbc(),
        }

    def url(self) -> str:
        """As libpq, SQLAlchemy and most tools take it."""
        return f"postgresql://{quote(self.user, safe='')}@{self._place()}{self._query()}"

    def jdbc(self) -> str:
        """As DBeaver, Tableau and Metabase take it; they ask for user and password beside it."""
        return f"jdbc:postgresql://{self._place()}{self._query()}"

    def odbc(self) -> str:
        """As psqlodbc takes it, with booleans as such: by default it makes texts of them.

        A value in braces may hold any letter but a closing brace, which is doubled.
        """
        facts = {"Server": self.host, "Port": str(self.port), "Database": self.database, "Uid": self.user}
        facts |= {"SSLmode": self.ssl_mode} if self.ssl_mode else {}
        facts = {"Driver": "PostgreSQL Unicode", **facts, "BoolsAsChar": "0"}
        return "".join(f"{name}={_braced(value)};" for name, value in facts.items())

    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}/{quote(self.database, safe='')}"

    def _query(self) -> str:
        return f"?sslmode={self.ssl_mode}" if self.ssl_mode else ""


def _braced(value: str) -> str:
    is_plain = value.replace(".", "").replace("-", "").replace("_", "").isalnum()
    return value if is_plain else "{" + value.replace("}", "}}") + "}"
