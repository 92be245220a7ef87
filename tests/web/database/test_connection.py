"""The configuration made of a URL, and plain SQL that means the same on both databases."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from tests.database import config_of_tests, count_queries, tables_of_tests
from tests.postgres import Cluster
from tests.web.models_for_tests import Book, Shelf
from tests.web.processes import ROOT
from web.database.connection import Config, as_date, as_json, as_utc, configuration, connection, dialect, fetch, opened

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def made(url: str) -> Config:
    return configuration(url, label="things", models=("things.models",), migrations="things.migrations")


def credentials(url: str) -> Config:
    found: Config = made(url)["connections"]["default"]["credentials"]
    return found


def test_a_file_is_opened_the_safe_way(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "test.db"

    assert made(f"sqlite://{file}") == {
        "connections": {
            "default": {
                "engine": "web.database.engine_sqlite",
                "credentials": {
                    "file_path": str(file),
                    "busy_timeout": 5000,
                    "journal_mode": "WAL",
                    "foreign_keys": "ON",
                    "synchronous": "FULL",
                },
            }
        },
        "apps": {
            "things": {
                "models": ["things.models"],
                "default_connection": "default",
                "migrations": "things.migrations",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }
    assert file.parent.is_dir()


def test_a_server_is_named_by_its_url() -> None:
    url = "postgresql://aino:p%40ss%2Fword@db.example:5433/yhdessa?minsize=2&maxsize=9&sslmode=require"

    assert made(url)["connections"]["default"] == {
        "engine": "web.database.engine_asyncpg",
        "credentials": {
            "user": "aino",
            "password": "p@ss/word",
            "host": "db.example",
            "port": 5433,
            "database": "yhdessa",
            "minsize": 2,
            "maxsize": 9,
            "ssl": "require",
            "timeout": 10,
            "server_settings": {"TimeZone": "UTC"},
        },
    }


def test_a_server_can_be_reached_through_its_socket() -> None:
    found = credentials("postgres:///yhdessa?host=/run/postgresql")

    assert (found["host"], found["port"], found["user"]) == ("/run/postgresql", 5432, None)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "var/test.db",
        "sqlite:var/test.db",
        "sqlite://",
        "sqlite:///tmp",
        "sqlite://test.db?mode=ro",
        "mysql://aino:secret@localhost/test",
        "postgres://aino:secret@localhost",
        "postgres://aino:secret@localhost:many/test",
        "postgres://aino:sec[ret@localhost/test",
        "postgres://aino:secret@localhost/test?ssl=false",
        "postgres://aino:secret@localhost/test?sslmode=maybe",
        "postgres://aino:secret@localhost/test?maxsize=many",
    ],
)
def test_a_wrong_url_is_one_line_without_the_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"^[^\n]+$") as error:
        made(url)

    assert "sec" not in str(error.value)


async def test_sqlite_keeps_its_promises(tmp_path: Path) -> None:
    async with opened(config_of_tests(f"sqlite://{tmp_path / 'test.db'}")):
        pragmas = ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        answers = [(await fetch(f"PRAGMA {name}"))[0] for name in pragmas]

    full = 2
    assert answers == [{"journal_mode": "wal"}, {"foreign_keys": 1}, {"synchronous": full}, {"timeout": 5000}]


async def test_a_database_in_memory_works_too() -> None:
    async with tables_of_tests("sqlite://:memory:"):
        await Shelf.create(name="shelf")

        assert await Shelf.all().count() == 1


async def test_a_server_answers_through_its_socket(postgres_cluster: Cluster) -> None:
    name = postgres_cluster.create_database().rpartition("/")[2]
    url = f"postgres://tests@:{postgres_cluster.port}/{name}?host={postgres_cluster.folder}&maxsize=2"

    async with opened(config_of_tests(url)):
        assert await fetch("SELECT inet_client_addr() IS NULL AS by_socket") == [{"by_socket": True}]


async def one_book() -> None:
    shelf = await Shelf.create(name="shelf")
    await Book.create(
        shelf=shelf, title="lent", lent=True, published=date(2026, 1, 31), added=NOON, details={"isbn": "1"}
    )
    await Book.create(shelf=shelf, title="there", published=date(2026, 2, 1), added=NOON + timedelta(days=1))


async def test_values_stand_where_the_question_marks_are(empty_database_url: str) -> None:
    helsinki = timezone(timedelta(hours=2))

    async with tables_of_tests(empty_database_url):
        await one_book()
        rows = await fetch(
            "SELECT title FROM book WHERE lent = ? AND published = ? AND added = ? AND title = ?",
            True,
            date(2026, 1, 31),
            NOON.astimezone(helsinki),
            "lent",
        )

    assert rows == [{"title": "lent"}]


async def test_what_comes_back_reads_the_same(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await one_book()
        rows = await fetch("SELECT added, published, details FROM book ORDER BY id")

    assert [(as_utc(row["added"]), as_date(row["published"]), as_json(row["details"])) for row in rows] == [
        (NOON, date(2026, 1, 31), {"isbn": "1"}),
        (NOON + timedelta(days=1), date(2026, 2, 1), None),
    ]


async def test_a_question_inside_a_transaction_sees_it(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url), in_transaction():
        await Shelf.create(name="shelf")
        assert await fetch("SELECT name FROM shelf") == [{"name": "shelf"}]


async def test_the_dialect_is_that_of_the_url(empty_database_url: str) -> None:
    async with opened(config_of_tests(empty_database_url)):
        assert dialect(connection()) == empty_database_url.partition(":")[0]


async def test_statements_are_counted_and_transactions_are_not(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        with count_queries() as seen:
            async with in_transaction():
                await Shelf.bulk_create([Shelf(name="a"), Shelf(name="b")])
                async with in_transaction():
                    await Shelf.all().count()
            await fetch("SELECT name FROM shelf WHERE count = ?", 0)
        with count_queries() as none:
            pass

    assert [statement.split()[0] for statement in seen] == ["INSERT", "SELECT", "SELECT"]
    assert none == []
    assert logging.getLogger("tortoise.db_client").level == logging.NOTSET


async def test_other_tasks_see_the_open_database(empty_database_url: str) -> None:
    ready, done = asyncio.Event(), asyncio.Event()

    async def open_it() -> None:
        async with tables_of_tests(empty_database_url):
            ready.set()
            await done.wait()

    opener = asyncio.create_task(open_it())
    await ready.wait()
    assert await Shelf.all().count() == 0
    done.set()
    await opener


FAILING = """
import asyncio, sys
from tests.database import tables_of_tests
from tests.web.models_for_tests import Shelf

async def main():
    async with tables_of_tests(sys.argv[1]):
        await Shelf.create(name="shelf")
        raise SystemExit(7)

asyncio.run(main())
"""


def test_a_script_that_fails_ends(empty_database_url: str) -> None:
    done = subprocess.run([sys.executable, "-c", FAILING, empty_database_url], cwd=ROOT, timeout=60)

    assert done.returncode == 7
