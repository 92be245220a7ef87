"""The database connection, and queries in SQL that reads the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext

from web.database.cancellation_safety import run_uncancelled
from web.database.fields import in_utc

Dialect = Literal["sqlite", "postgres"]
Config = dict[str, Any]

# The order matters: with the time-out first, switching a new file to WAL already waits for other processes.
SQLITE_PRAGMAS = {"busy_timeout": 5000, "journal_mode": "WAL", "foreign_keys": "ON", "synchronous": "FULL"}
POSTGRES_DEFAULTS = {"timeout": 10, "server_settings": {"TimeZone": "UTC"}}
POSTGRES_PARAMETERS = {
    "host": str,  # a folder: the server's Unix socket
    "minsize": int,
    "maxsize": int,
    "timeout": float,
    "command_timeout": float,
    "statement_cache_size": int,
    "max_inactive_connection_lifetime": float,
    "application_name": str,
    "schema": str,
    "sslmode": str,
}
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


def configuration(url: str, *, label: str, models: Sequence[str], migrations: str) -> Config:
    """Tortoise's configuration for `sqlite://PATH`, `sqlite://:memory:` or `postgres://user:password@host:port/name`.

    Makes the folder of the SQLite file. Raises ValueError with one line, which never repeats a password.
    """
    scheme, separator, rest = url.partition("://")
    if scheme == "sqlite" and separator:
        connection = _sqlite(rest)
    elif scheme in ("postgres", "postgresql") and separator:
        connection = _postgres(url)
    else:
        raise ValueError("the database URL must start with sqlite:// or postgres://")
    app = {"models": list(models), "default_connection": "default", "migrations": migrations}
    return {"connections": {"default": connection}, "apps": {label: app}, "use_tz": True, "timezone": "UTC"}


def _sqlite(path: str) -> Config:
    if not path or "?" in path:
        raise ValueError("the database URL must be sqlite://PATH, without parameters")
    if path != ":memory:":
        file = Path(path)
        if file.is_dir():
            raise ValueError(f"the database URL names a folder, not a file: {path}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ValueError(f"the folder of the database cannot be made: {error}") from error
    return {"engine": "web.database.engine_sqlite", "credentials": {"file_path": path, **SQLITE_PRAGMAS}}


def _postgres(url: str) -> Config:
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:  # its text could repeat the password
        raise ValueError(
            "the database URL must be postgres://user:password@host:port/name, special characters %-encoded"
        ) from None
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        raise ValueError("the database URL must end in the name of the database: postgres://host/name")
    credentials = {
        **POSTGRES_DEFAULTS,
        "host": parts.hostname,
        "port": port,
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": name,
        **_postgres_parameters(parts),
    }
    return {"engine": "web.database.engine_asyncpg", "credentials": credentials}


def _postgres_parameters(parts: SplitResult) -> Config:
    parameters: Config = {}
    for key, text in parse_qsl(parts.query, keep_blank_values=True):
        if key not in POSTGRES_PARAMETERS:
            known = ", ".join(POSTGRES_PARAMETERS)
            raise ValueError(f"unknown parameter of the database URL: {key} (known: {known})")
        try:
            parameters[key] = POSTGRES_PARAMETERS[key](text)
        except ValueError:
            raise ValueError(f"wrong number in the database URL: {key}={text}") from None
    if mode := parameters.pop("sslmode", None):
        if mode not in SSL_MODES:
            raise ValueError(f"sslmode of the database URL must be one of {', '.join(SSL_MODES)}")
        parameters["ssl"] = mode
    return parameters


@asynccontextmanager
async def opened(config: Config, *, everywhere: bool = True) -> AsyncIterator[TortoiseContext]:
    """Open the database, and close it whatever happens inside; connections are made at the first query.

    Open for every task of the process, which only one can be at a time; or, with `everywhere=False`, for the
    tasks that start here.
    """
    # Tortoise keeps its INSERT and UPDATE statements per table name, whatever the database or the columns.
    EXECUTOR_CACHE.clear()
    async with TortoiseContext() as context:
        try:
            await context.init(config=config, _enable_global_fallback=everywhere)
            yield context
        finally:
            # The driver's thread keeps a process alive: closing must not be skipped when we are cancelled.
            await run_uncancelled(context.close_connections())


def connection() -> BaseDBAsyncClient:
    """The connection in use here: inside a transaction, that transaction's."""
    return get_connection("default")


def dialect(connection: BaseDBAsyncClient) -> Dialect:
    """Which of the two databases this connection speaks to."""
    return cast(Dialect, connection.capabilities.dialect)


async def fetch(sql: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of one statement, written with `?` for each value in order (and no other `?`).

    Datetimes are stored and compared in UTC; naive ones raise ValueError. What comes back differs between the
    databases for moments, dates and JSON: read those through `as_utc`, `as_date` and `as_json`.
    """
    client = connection()
    if dialect(client) == "postgres":
        parameters = [in_utc(value) if isinstance(value, datetime) else value for value in values]
        return await client.execute_query_dict(_numbered(sql), parameters)
    return await client.execute_query_dict(sql, [_as_stored(value) for value in values])


def json_rows(*columns: str) -> str:
    """An aggregate of rows into one JSON value: an array with an array of these columns for each.

    Moments and dates in it are text, as `as_utc` and `as_date` read it; truth is true or 1.
    """
    listed = ", ".join(columns)
    if dialect(connection()) == "postgres":
        return f"COALESCE(json_agg(json_build_array({listed})), '[]')"
    return f"json_group_array(json_array({listed}))"


@lru_cache(maxsize=512)
def _numbered(sql: str) -> str:
    numbers = count(1)
    return re.sub(r"\?", lambda _: f"${next(numbers)}", sql)


def _as_stored(value: Any) -> Any:
    """What SQLite holds for a value: the text that Tortoise writes for moments and dates."""
    if isinstance(value, datetime):
        return in_utc(value).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def as_utc(value: str | datetime) -> datetime:
    """A moment out of `fetch`, aware and in UTC; ValueError if it is naive."""
    return in_utc(datetime.fromisoformat(value) if isinstance(value, str) else value)


def as_date(value: str | date) -> date:
    """A date out of `fetch`."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def as_json(value: Any) -> Any:
    """The content of a JSON column out of `fetch`."""
    return json.loads(value) if isinstance(value, str | bytes) else value
