"""Migrations of the database to the models: all pending ones or none, and nothing is lost."""

from __future__ import annotations

import asyncio
import fcntl
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_editor import BaseSchemaEditor
from tortoise.transactions import in_transaction

from web.database.cancellation_safety import run_uncancelled
from web.database.connection import Config, dialect, opened
from web.database.schema_sqlite import Index, KeepingEditor, create_missing, indexes

# Any number, as long as all processes that migrate this database use the same.
ADVISORY_LOCK = 0x59_48_44
LOCK_POLL_SECONDS = 0.05


async def migrate(config: Config) -> list[str]:
    """Apply what is pending and return the names of what was applied; safe in several processes at once.

    One transaction holds all of them: after an error or a crash the database is as before. A SQLite file with
    tables in it is first copied to `<file>.before-migration`. Call it before the database is `opened`.
    """
    credentials = config["connections"]["default"]["credentials"]
    if "file_path" not in credentials:
        return await _migrate_postgres(config)
    if credentials["file_path"] == ":memory:":
        raise ValueError("a database in memory cannot be migrated: it would be gone before it is opened")
    return await _migrate_sqlite(config, Path(credentials["file_path"]))


async def _migrate_sqlite(config: Config, file: Path) -> list[str]:
    async with _alone(file.with_name(f"{file.name}.lock")):
        if not await _pending(config):
            return []
        await run_uncancelled(asyncio.to_thread(_keep_copy, file))
        wanted = await _indexes_of_models(config)
        # With foreign keys on, dropping the old table of a rebuild would delete the rows that refer to it.
        unguarded = _with_credentials(config, foreign_keys="OFF")
        async with opened(unguarded, everywhere=False), in_transaction("default") as transaction:
            names = await _apply(transaction, config)
            await create_missing(transaction, wanted)
            await _refuse_broken_references(transaction)
            return names


async def _migrate_postgres(config: Config) -> list[str]:
    if not await _pending(config):
        return []
    async with opened(config, everywhere=False), in_transaction("default") as transaction:
        await transaction.execute_query("SELECT pg_advisory_xact_lock($1)", [ADVISORY_LOCK])
        return await _apply(transaction, config)


@asynccontextmanager
async def _alone(lock: Path) -> AsyncIterator[None]:
    """Wait until no other process holds the lock; the system frees it if a holder dies."""
    with lock.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                await asyncio.sleep(LOCK_POLL_SECONDS)
        yield


def _keep_copy(file: Path) -> None:
    unfinished = file.with_name(f"{file.name}.before-migration.unfinished")
    with closing(sqlite3.connect(file)) as source:
        tables = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name NOT IN (?, ?)"
        if source.execute(tables, ["tortoise_migrations", "sqlite_sequence"]).fetchone() is None:
            return
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    unfinished.replace(file.with_name(f"{file.name}.before-migration"))


def _with_credentials(config: Config, **changes: str) -> Config:
    connection = config["connections"]["default"]
    changed = {**connection, "credentials": {**connection["credentials"], **changes}}
    return {**config, "connections": {"default": changed}}


async def _indexes_of_models(config: Config) -> dict[Index, str]:
    if await pending_changes(config):
        return {}  # an index that models have and migrations do not yet is for a later migration to make
    async with opened(_with_credentials(config, file_path=":memory:"), everywhere=False) as context:
        await context.generate_schemas()
        return await indexes(context.db())


async def _pending(config: Config) -> list[str]:
    async with opened(config, everywhere=False) as context:
        return [step.migration.name for step in await _Executor(context.db(), config["apps"]).plan()]


async def _apply(transaction: BaseDBAsyncClient, config: Config) -> list[str]:
    executor = _Executor(transaction, config["apps"])
    # First, because PostgreSQL gives up the transaction when Tortoise looks into a table that is not there.
    await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
    names = [step.migration.name for step in await executor.plan()]
    await executor.migrate(direction="forward")
    return names


class _Executor(MigrationExecutor):
    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        # Called for each migration; what Tortoise remembers is how the table looked in the one before.
        EXECUTOR_CACHE.clear()
        if dialect(self.connection) == "sqlite":
            return KeepingEditor(self.connection, atomic=atomic, collect_sql=collect_sql)
        return super()._schema_editor(atomic=atomic, collect_sql=collect_sql)


async def _refuse_broken_references(connection: BaseDBAsyncClient) -> None:
    broken = await connection.execute_query_dict("PRAGMA foreign_key_check")
    if broken:
        tables = ", ".join(sorted({row["table"] for row in broken}))
        raise RuntimeError(f"migration undone: {len(broken)} rows would refer to nothing (tables: {tables})")


async def pending_changes(config: Config) -> list[str]:
    """The changes of the models that no migration makes yet, one line each; connects to nothing."""
    async with TortoiseContext() as context:
        await context.init(config=config, init_connections=False)
        assert context.apps is not None
        writers = await MigrationAutodetector(context.apps, config["apps"]).changes()
        changes = [change for writer in writers for change in writer.operations]
        return [f"{type(change).__name__} {vars(change)}" for change in changes]
