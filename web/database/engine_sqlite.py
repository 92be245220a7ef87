"""Tortoise's SQLite engine, made safe for several processes (BEGIN IMMEDIATE) and for cancelled tasks.

Tortoise's migration editor looks for "sqlite" in this module's name.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from typing import Any

from tortoise.backends.base.client import ConnectionWrapper, TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import ConnectionToken, get_connections
from tortoise.exceptions import OperationalError, TransactionManagementError

from web.database.cancellation_safety import Savepoint, refuse_finished, run_uncancelled


class Client(SqliteClient):
    """One connection per process, used by one task at a time."""

    async def create_connection(self, with_db: bool) -> None:
        if self._connection is None:
            await run_uncancelled(self._connect(with_db))

    async def _connect(self, with_db: bool) -> None:
        try:
            await super().create_connection(with_db)
        except BaseException as error:
            await self.close()  # never keep a connection that has only half of its pragmas
            if isinstance(error, sqlite3.Error):
                raise OperationalError(error) from error
            raise

    async def close(self) -> None:
        try:
            await run_uncancelled(super().close())
        finally:
            self._connection = None

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return Loan(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return Transactional(Transaction(self), self._lock)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)


class Transaction(SqliteTransactionWrapper):
    """The client inside a transaction or savepoint."""

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        refuse_finished(self)
        return super().acquire_connection()

    def _in_transaction(self) -> TransactionContext:
        refuse_finished(self)
        return Savepoint(Transaction(self))

    async def begin(self) -> None:
        """Take the write lock now: a transaction that first reads could not wait for it later."""
        try:
            await self._connection.execute_fetchall("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise OperationalError(error) from error

    async def commit(self) -> None:
        refuse_finished(self)
        # A full disk makes SQLite roll back by itself; a block that swallowed the error must not look saved.
        if not self._connection.in_transaction:
            raise TransactionManagementError("The database has rolled this transaction back")
        try:
            await self._connection.commit()
        except sqlite3.Error as error:
            raise OperationalError(error) from error
        self._finalized = True

    async def undo(self) -> None:
        """Roll back whatever is open; if even that fails, close, so that the next task connects anew."""
        self._finalized = True
        try:
            if self._connection is not None:
                await self._connection.rollback()
        except Exception:
            await self._parent.close()

    async def savepoint_rollback(self) -> None:
        name = self._savepoint
        await super().savepoint_rollback()
        await self._connection.execute_fetchall(f"RELEASE {name}")

    @translate_exceptions
    async def execute_script(self, query: str) -> None:
        """Run the statements one by one: sqlite3's own executescript would commit the transaction first."""
        async with self.acquire_connection() as connection:
            self.log.debug(query)
            for statement in _statements(query):
                await connection.execute_fetchall(statement)


class Loan(ConnectionWrapper[Any]):
    """The connection for one statement; gives the lock back if connecting fails or is cancelled."""

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            await self.client.create_connection(with_db=True)
        except BaseException:
            self._lock.release()
            raise
        # Asked for only now: while we waited, the connection may have been replaced.
        return self.client._connection


class Transactional(SqliteTransactionContext):
    """The connection for one transaction; whatever happens, the lock is given back and nothing stays open."""

    connection: Transaction
    _token: ConnectionToken | None
    _trxlock: asyncio.Lock

    async def ensure_connection(self) -> None:
        parent = self.connection._parent
        await parent.create_connection(with_db=True)
        assert parent._connection is not None
        self.connection._connection = parent._connection

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        self._token = None
        try:
            await self.ensure_connection()
            self._token = get_connections().set(self.connection_name, self.connection)
            await run_uncancelled(self.connection.begin())
        except BaseException:
            await self._abandon()
            raise
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if exc_type is not None:
            await self._abandon()
            return
        try:
            if not self.connection._finalized:
                await run_uncancelled(self.connection.commit())
        except BaseException:
            await self._abandon()
            raise
        self._leave()

    async def _abandon(self) -> None:
        try:
            await run_uncancelled(self.connection.undo())
        finally:
            self._leave()

    def _leave(self) -> None:
        self.connection._finalized = True
        try:
            get_connections().reset(self._token)
        finally:
            self._trxlock.release()


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for part in script.split(";"):
        statement += f"{part};"
        if sqlite3.complete_statement(statement):  # knows the semicolons inside strings and triggers
            if statement.strip(" \t\r\n;"):
                yield statement
            statement = ""
    if statement:
        yield statement


client_class = Client
