"""Fixtures that every test may ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people import Calendar, migrated, opened_calendar
from tests.postgres import Cluster, find_postgres
from tests.requirements import missing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: while a Playwright fixture is alive, no asynchronous test can run."""
    items.sort(key=lambda item: "browser" in item.keywords)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    programs = find_postgres()
    if programs is None:
        missing("no PostgreSQL server found (apt-get install postgresql, or set PG_BIN)")
    cluster = Cluster(programs)
    yield cluster
    cluster.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database with nothing in it, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite://{tmp_path / 'test.db'}"
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    return cluster.create_database()


@pytest.fixture
def another_database_url(empty_database_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if empty_database_url.startswith("sqlite"):
        return f"sqlite://{tmp_path / 'another.db'}"
    url: str = request.getfixturevalue("postgres_cluster").create_database()
    return url


@pytest.fixture
def calendar(empty_database_url: str) -> Iterator[Calendar]:
    """A running site with no event in it, once on each database."""
    asyncio.run(migrated(empty_database_url))
    with opened_calendar(empty_database_url) as running:
        yield running


@pytest.fixture
def sqlite_calendar(tmp_path: Path) -> Iterator[Calendar]:
    """A running site on SQLite alone, for what does not touch the database's own ways."""
    url = f"sqlite://{tmp_path / 'test.db'}"
    asyncio.run(migrated(url))
    with opened_calendar(url) as running:
        yield running
