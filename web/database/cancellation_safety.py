"""Cancellation safety: what both database engines need so that a cancelled task leaves no lock or transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from tortoise.backends.base.client import NestedTransactionContext, TransactionalDBClient
from tortoise.exceptions import TransactionManagementError

Result = TypeVar("Result")


async def run_uncancelled(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` to its end even if the caller is cancelled meanwhile, then let the cancellation through.

    When the caller was cancelled, CancelledError is raised whatever `work` returned or raised; so `work` has
    to deal itself with errors that must not go unseen.
    """
    task = asyncio.ensure_future(work)
    cancellation: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait({task})
        except asyncio.CancelledError as error:
            cancellation = error
    if cancellation is None:
        return task.result()
    if not task.cancelled():
        task.exception()  # looked at, so that asyncio does not report it as never retrieved
    raise cancellation


def refuse_finished(client: TransactionalDBClient) -> None:
    """Raise TransactionManagementError if the transaction is over.

    A task started inside a transaction inherits its connection. Used after the end, its statements would land
    in somebody else's transaction (SQLite) or on a returned connection (PostgreSQL).
    """
    if client._finalized:
        raise TransactionManagementError("This transaction is over: start tasks after its block, not inside")


class Savepoint(NestedTransactionContext):
    """A transaction inside a transaction: an error undoes the inner block only."""

    async def __aenter__(self) -> TransactionalDBClient:
        try:
            await run_uncancelled(self.client.savepoint())
        except asyncio.CancelledError:
            with suppress(Exception):  # no savepoint was made; the outer transaction notices by itself
                await run_uncancelled(self.client.savepoint_rollback())
            raise
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if self.client._finalized:
            return
        try:
            if exc_type is None:
                await run_uncancelled(self.client.release_savepoint())
            else:
                await run_uncancelled(self.client.savepoint_rollback())
        finally:
            self.client._finalized = True
