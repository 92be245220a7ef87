"""The current revision, known without a query for each request: what makes a cached response cheap."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import datetime
from typing import Any, Protocol

import asyncpg

from web.database.connection import Config, as_utc
from web.database.revision import CHANNEL, EPOCH, changes_here, current_revision

Revised = tuple[int, datetime]
"""The number and moment of a revision."""

CONNECTING = ("host", "port", "user", "password", "database", "timeout", "ssl", "server_settings")
logger = logging.getLogger(__name__)


class Watch(Protocol):
    """Whatever knows the revision: changes of this process at once, of others within a second."""

    async def current(self) -> Revised:
        """The revision now. Raises what the database raises where it cannot be reached."""


@asynccontextmanager
async def watching(config: Config) -> AsyncIterator[Watch]:
    """A watch over the opened database, until the block ends."""
    credentials = config["connections"]["default"]["credentials"]
    if "file_path" in credentials:
        with closing(sqlite3.connect(credentials["file_path"], isolation_level=None)) as reading:
            yield SqliteWatch(reading)
    else:
        watch = PostgresWatch({key: credentials[key] for key in CONNECTING if key in credentials})
        try:
            yield watch
        finally:
            await watch.close()


class SqliteWatch:
    """Asks SQLite's own counter of commits by other connections, over a connection of its own.

    `PRAGMA data_version` is read from shared memory in microseconds; the row is read only when it has moved.
    """

    def __init__(self, reading: sqlite3.Connection) -> None:
        self._reading = reading
        self._reading.execute("PRAGMA query_only = ON")
        self._version: int | None = None
        self._revised: Revised = (0, EPOCH)

    async def current(self) -> Revised:
        """The revision now."""
        (version,) = self._reading.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            row = self._reading.execute("SELECT number, changed FROM revision WHERE id = 1").fetchone()
            # Read after the counter: a commit in between makes us look once more, never once too little.
            self._revised = (int(row[0]), as_utc(row[1])) if row else (0, EPOCH)
            self._version = version
        return self._revised


class PostgresWatch:
    """Listens for the notification that every change sends with its commit.

    While it cannot listen (the server was restarted), the database is queried each time instead.
    """

    def __init__(self, connecting: dict[str, Any]) -> None:
        self._connecting = connecting
        self._listener: asyncpg.Connection | None = None
        self._revised: Revised | None = None
        self._heard = 0
        self._own = changes_here()

    async def current(self) -> Revised:
        """The revision now."""
        if self._listener is None or self._listener.is_closed():
            self._revised = None
            await self._listen()
        known = self._revised
        if known is None or self._own != changes_here():
            # Our own changes are not waited for: they are asked after as soon as they are made.
            heard, self._own = self._heard, changes_here()
            known = await current_revision()
            # What was heard while we asked may be newer than the answer.
            self._revised = known if self._listener is not None and heard == self._heard else None
        return known

    async def _listen(self) -> None:
        try:
            self._listener = await asyncpg.connect(**self._connecting)
            await self._listener.add_listener(CHANNEL, self._forget)
        except (OSError, asyncpg.PostgresError) as error:
            self._listener = None
            logger.warning("cannot listen for changes of others: %s", type(error).__name__)

    def _forget(self, *_notification: object) -> None:
        self._heard += 1
        self._revised = None

    async def close(self) -> None:
        """Close the connection that listens."""
        if self._listener is not None:
            with suppress(OSError, TimeoutError, asyncpg.PostgresError):
                await self._listener.close(timeout=5)
