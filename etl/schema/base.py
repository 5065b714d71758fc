"""The shared MetaData, and the column kinds that many tables use."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, LargeBinary, MetaData, Text

SCHEMAS = ("raw", "core", "ops", "mart")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def text(name: str, comment: str, *args: Any, nullable: bool = False, **options: Any) -> Column[str]:
    return Column(name, Text, *args, nullable=nullable, comment=comment, **options)


def key(name: str, comment: str, *args: Any, nullable: bool = False, **options: Any) -> Column[int]:
    """A bigint that is derived from an identity (etl.identity), never handed out by a sequence."""
    return Column(name, BigInteger, *args, nullable=nullable, comment=comment, autoincrement=False, **options)


def instant(name: str, comment: str, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable, comment=comment)


def sha256(name: str, comment: str, *args: Any, **options: Any) -> Column[bytes]:
    return Column(name, LargeBinary, *args, nullable=False, comment=comment, **options)
