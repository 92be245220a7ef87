"""Tortoise's PostgreSQL engine, made safe for cancelled tasks, lost connections and silently failed commits.

Tortoise's migration editor looks for "asyncpg" in this module's name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    ConnectionWrapper,
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import ConnectionToken, get_connections
from tortoise.exceptions import (
    DBConnectionError,
    IntegrityError,
    OperationalError,
    TransactionManagementError,
)

from web.database.cancellation_safety import Savepoint, refuse_finished, run_uncancelled

ROLLBACK_SECONDS = 10
UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)
_numbers = count(1)


@contextmanager
def translated() -> Iterator[None]:
    """Raise the driver's errors as Tortoise's; a server that cannot be reached is a DBConnectionError."""
    try:
        yield
    except DBConnectionError:
        raise
    except UNREACHABLE as error:
        raise DBConnectionError(error) from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error
    except asyncpg.InvalidTransactionStateError as error:
        raise TransactionManagementError(error) from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise OperationalError(error) from error


class Client(AsyncpgDBClient):
    """A pool of connections."""

    async def create_connection(self, with_db: bool) -> None:
        with translated():
            await run_uncancelled(super().create_connection(with_db))

    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        with translated():
            return await func(self, *args, **kwargs)

    def _in_transaction(self) -> TransactionContext:
        return Transactional(Transaction(self), self._pool_init_lock)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)


class Transaction(TransactionWrapper):
    """The client inside a transaction or savepoint.

    The statements are written out: asyncpg's own transaction objects take a COMMIT that the server turned
    into a ROLLBACK for a success, and lose count when a task is cancelled.
    """

    def __init__(self, connection: AsyncpgDBClient) -> None:
        super().__init__(connection)
        self.fetch_inserted = connection.fetch_inserted
        self._savepoint = f"savepoint_{next(_numbers)}"

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        refuse_finished(self)
        return super().acquire_connection()

    def _in_transaction(self) -> TransactionContext:
        refuse_finished(self)
        return Savepoint(Transaction(self))

    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        with translated():
            return await func(self, *args, **kwargs)

    async def _run(self, statement: str) -> str:
        with translated():
            status: str = await self._connection.execute(statement)
            return status

    async def begin(self) -> None:
        await self._run("BEGIN")

    async def commit(self) -> None:
        refuse_finished(self)
        status = await self._run("COMMIT")
        self._finalized = True
        if status == "ROLLBACK":
            raise TransactionManagementError("The database has rolled this transaction back, after an error")

    async def rollback(self) -> None:
        refuse_finished(self)
        await self._run("ROLLBACK")
        self._finalized = True

    async def savepoint(self) -> None:
        await self._run(f"SAVEPOINT {self._savepoint}")

    async def release_savepoint(self) -> None:
        await self._run(f"RELEASE SAVEPOINT {self._savepoint}")

    async def savepoint_rollback(self) -> None:
        await self._run(f"ROLLBACK TO SAVEPOINT {self._savepoint}")
        await self._run(f"RELEASE SAVEPOINT {self._savepoint}")

    async def release(self) -> None:
        """Roll back unless finished, and give the connection back; where that fails, cut it off."""
        connection, pool = self._connection, self._parent._pool
        try:
            if not self._finalized:
                self._finalized = True
                await connection.execute("ROLLBACK", timeout=ROLLBACK_SECONDS)
        except Exception:
            with suppress(asyncpg.InterfaceError):  # one that broke has left the pool already
                connection.terminate()
        finally:
            with suppress(Exception):  # the pool itself drops a connection that it cannot reset
                if pool is not None:
                    await pool.release(connection)


class Transactional(TransactionContextPooled):
    """A pooled connection for one transaction; whatever happens, it is given back clean."""

    client: Transaction
    _token: ConnectionToken | None

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        pool = self.client._parent._pool
        assert pool is not None
        with translated():
            self.client._connection = await pool.acquire()
        self._token = None
        try:
            self._token = get_connections().set(self.connection_name, self.client)
            await run_uncancelled(self.client.begin())
        except BaseException:
            await self._leave()
            raise
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        try:
            if exc_type is None and not self.client._finalized:
                await run_uncancelled(self.client.commit())
        finally:
            await self._leave()

    async def _leave(self) -> None:
        # First, and whatever follows: a task must not go on seeing a connection that is no longer its own.
        try:
            get_connections().reset(self._token)
        finally:
            await run_uncancelled(self.client.release())


client_class = Client
