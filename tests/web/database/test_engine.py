"""Transactions: exact between processes, whole after cancellations and failures, on both databases."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tortoise.exceptions import (
    DBConnectionError,
    IntegrityError,
    OperationalError,
    TransactionManagementError,
)
from tortoise.transactions import in_transaction

from tests.database import config_of_tests, tables_of_tests
from tests.postgres import Cluster
from tests.web.models_for_tests import Label, Shelf
from tests.web.processes import run_at_once
from web.database.cancellation_safety import run_uncancelled
from web.database.connection import connection, dialect, fetch, opened

pytestmark = pytest.mark.anyio

PATIENCE = 30
"""Seconds after which a database hangs. A busy machine is no fault of ours, and how fast it is does not matter here."""

INCREMENT = """
import asyncio, sys
from tortoise.transactions import in_transaction
from tests.database import config_of_tests
from tests.web.models_for_tests import Shelf
from web.database.connection import opened

async def main():
    async with opened(config_of_tests(sys.argv[1])):
        for _ in range(50):
            async with in_transaction():
                shelf = await Shelf.select_for_update().get(name="shared")
                shelf.count += 1
                await shelf.save()

asyncio.run(main())
"""


async def test_four_processes_that_read_then_write_lose_nothing(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await Shelf.create(name="shared")

    run_at_once(INCREMENT, empty_database_url, processes=4)

    async with opened(config_of_tests(empty_database_url)):
        assert await Shelf.all().values_list("count", flat=True) == [200]


async def two_labels() -> None:
    async with in_transaction():
        await Label.create(text="first")
        await asyncio.sleep(0)
        await Label.create(text="second")


async def two_labels_after_reading() -> None:
    await Label.all().count()
    await two_labels()


async def two_labels_in_savepoints() -> None:
    async with in_transaction():
        for text in ("first", "second"):
            async with in_transaction():
                await Label.create(text=text)


async def two_labels_and_a_savepoint_undone() -> None:
    async with in_transaction():
        await Label.create(text="first")
        with suppress(LookupError):
            async with in_transaction():
                await Label.create(text="undone")
                raise LookupError
        await Label.create(text="second")


async def two_labels_in_bulk() -> None:
    await Label.bulk_create([Label(text="first"), Label(text="second")])


WORK = [
    two_labels,
    two_labels_after_reading,
    two_labels_in_savepoints,
    two_labels_and_a_savepoint_undone,
    two_labels_in_bulk,
]


async def cancel_somewhere(work: Callable[[], Awaitable[None]], chance: random.Random) -> bool:
    async def run() -> None:
        await work()

    task = asyncio.create_task(run())
    for _ in range(chance.randrange(12)):
        await asyncio.sleep(0)
    await asyncio.sleep(chance.choice([0, 0, 0.0005, 0.001, 0.002]))
    task.cancel()
    while not task.done():  # as anyio's task groups do: again and again, until it ends
        await asyncio.sleep(0)
        task.cancel()
    return task.cancelled()


async def test_cancellations_at_any_point_leave_the_database_answering_and_whole(
    empty_database_url: str,
) -> None:
    chance = random.Random(20261122)
    cancelled = 0

    async with tables_of_tests(empty_database_url):
        for number in range(200):
            cancelled += await cancel_somewhere(WORK[number % len(WORK)], chance)
            async with asyncio.timeout(PATIENCE):
                assert await Label.all().count() % 2 == 0
        async with asyncio.timeout(PATIENCE):
            await two_labels()

    assert cancelled > 50  # or the test has tested nothing


async def test_a_cancellation_while_connecting_leaves_the_database_answering(empty_database_url: str) -> None:
    chance = random.Random(20261122)
    async with tables_of_tests(empty_database_url):
        pass

    for number in range(20):
        async with opened(config_of_tests(empty_database_url)):
            await cancel_somewhere(WORK[number % len(WORK)], chance)
            async with asyncio.timeout(PATIENCE):
                await two_labels()
                assert await Label.all().count() % 2 == 0
            if dialect(connection()) == "sqlite":
                assert await fetch("PRAGMA foreign_keys") == [{"foreign_keys": 1}]


async def test_work_that_must_settle_ends_before_its_cancellation_goes_on() -> None:
    steps: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.01)
        steps.append("worked")

    task = asyncio.create_task(run_uncancelled(work()))
    for _ in range(3):
        await asyncio.sleep(0)
        task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    steps.append("cancelled")

    assert steps == ["worked", "cancelled"]


async def test_a_lock_held_too_long_is_an_error_and_nothing_worse(tmp_path: Path) -> None:
    file = tmp_path / "test.db"
    config = config_of_tests(f"sqlite://{file}")
    config["connections"]["default"]["credentials"]["busy_timeout"] = 100

    async with tables_of_tests(f"sqlite://{file}"):
        pass
    async with opened(config):
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(OperationalError, match="database is locked"):
                await two_labels()
            with pytest.raises(OperationalError, match="database is locked"):
                await two_labels_in_bulk()
            assert await Label.all().count() == 0
            other.execute("ROLLBACK")
        async with asyncio.timeout(PATIENCE):
            await two_labels()

        assert await Label.all().count() == 2


async def test_an_error_undoes_its_savepoint_only(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        async with in_transaction():
            await Shelf.create(name="outer")
            async with in_transaction():
                await Shelf.create(name="kept")
            with pytest.raises(IntegrityError):
                async with in_transaction():
                    await Shelf.create(name="undone")
                    await Shelf.create(name="kept")
            await Shelf.create(name="after")

        assert await Shelf.all().order_by("id").values_list("name", flat=True) == ["outer", "kept", "after"]


async def test_an_error_undoes_the_whole_transaction(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        with pytest.raises(LookupError):
            async with in_transaction():
                async with in_transaction():
                    await Shelf.create(name="inner")
                await Shelf.create(name="outer")
                raise LookupError

        assert await Shelf.all().count() == 0


async def test_rows_in_bulk_are_saved_all_or_none(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        with pytest.raises(IntegrityError):
            await Shelf.bulk_create([Shelf(name="new"), Shelf(name="twice"), Shelf(name="twice")])

        assert await Shelf.all().count() == 0


async def test_a_script_is_part_of_its_transaction(empty_database_url: str) -> None:
    script = "INSERT INTO label (text) VALUES ('a; b'); INSERT INTO label (text) VALUES ('c');\n"

    async with tables_of_tests(empty_database_url):
        with pytest.raises(LookupError):
            async with in_transaction() as transaction:
                await transaction.execute_script(script)
                raise LookupError
        assert await Label.all().count() == 0

        async with in_transaction() as transaction:
            await transaction.execute_script(script)
        assert await Label.all().order_by("id").values_list("text", flat=True) == ["a; b", "c"]


async def test_a_task_that_outlives_its_transaction_is_refused(empty_database_url: str) -> None:
    over = asyncio.Event()

    async def latecomer() -> None:
        await over.wait()
        await Label.create(text="late")

    async with tables_of_tests(empty_database_url):
        async with in_transaction():
            task = asyncio.create_task(latecomer())
            await Label.create(text="in time")
        over.set()
        with pytest.raises(TransactionManagementError, match="This transaction is over"):
            await task

        assert await Label.all().values_list("text", flat=True) == ["in time"]


async def test_postgres_never_reports_an_undone_transaction_as_saved(postgres_cluster: Cluster) -> None:
    async with tables_of_tests(postgres_cluster.create_database()):
        await Shelf.create(name="there")
        with pytest.raises(TransactionManagementError, match="rolled this transaction back"):
            async with in_transaction():
                await Shelf.create(name="new")
                with suppress(IntegrityError):
                    await Shelf.create(name="there")

        assert await Shelf.all().values_list("name", flat=True) == ["there"]


async def test_a_lost_connection_harms_only_the_transaction_it_was_in(postgres_cluster: Cluster) -> None:
    async with tables_of_tests(postgres_cluster.create_database()):
        with pytest.raises(DBConnectionError):
            async with in_transaction():
                await Label.create(text="lost")
                await fetch("SELECT pg_terminate_backend(pg_backend_pid())")
                await Label.create(text="lost too")

        async with asyncio.timeout(PATIENCE):
            await two_labels()
            assert await Label.all().count() == 2
