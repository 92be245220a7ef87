"""Fixtures that every test may ask for."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import ConsoleMessage, Page, Request, expect

from tests.browser import SWITCHES, demonstration, find_chromium
from tests.people import Calendar, migrated, opened_calendar
from tests.postgres import Cluster, find_postgres
from tests.requirements import missing

# How long something takes says how busy the machine is: nothing but a hang may fail for it.
settings.register_profile("yhdessa", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yhdessa")
expect.set_options(timeout=20_000)

LONGEST = (
    "test_every_page.py",
    "test_in_hosts.py",
    "test_by_keyboard.py",
    "test_city_in_browser.py",
    "test_journey.py",
)
"""The files with a browser that take longest. What begins last decides how long one process waits for the other."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: while a Playwright fixture is alive, no asynchronous test can run.

    Processes that share the work (`-n 2`) take file by file in this order, so that each of them, too, once it has a
    browser, meets nothing but browser tests. That is why a file holds either kind, and never both.
    """
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ("browser" in item.keywords, place.get(item.path.name, len(LONGEST))))


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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with all tables and no row, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "empty.db"
    asyncio.run(migrated(f"sqlite://{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_database(postgres_cluster: Cluster) -> str:
    """The name of a PostgreSQL database with all tables and no row, to be copied."""
    url = postgres_cluster.create_database()
    asyncio.run(migrated(url))
    return url.rpartition("/")[2]


@pytest.fixture(params=["sqlite", "postgres"])
def calendar(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Calendar]:
    """A running site with no event in it, once on each database."""
    if request.param == "sqlite":
        copied = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "test.db")
        url = f"sqlite://{copied}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres_cluster")
        url = cluster.create_database(request.getfixturevalue("migrated_database"))
    with opened_calendar(url, MEDIA_DIR=str(tmp_path / "media")) as running:
        yield running


@pytest.fixture
def sqlite_calendar(migrated_file: Path, tmp_path: Path) -> Iterator[Calendar]:
    """A running site on SQLite alone, for what does not touch the database's own ways."""
    copied = shutil.copy(migrated_file, tmp_path / "test.db")
    with opened_calendar(f"sqlite://{copied}", MEDIA_DIR=str(tmp_path / "media")) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which needs no download."""
    chromium = find_chromium()
    if chromium is None:
        missing("no chromium found (apt-get install chromium, or set CHROMIUM)")
    return {"executable_path": chromium, "args": list(SWITCHES)}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demonstration as it looks on the first of December, served for real."""
    with demonstration(tmp_path_factory.mktemp("site")) as served_at:
        yield served_at


@pytest.fixture
def visit(page: Page, address: str) -> Iterator[Page]:
    """A page that must not complain, whatever is done on it, nor ask any other host."""
    complaints: list[str] = []
    strangers: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        complaints.append(message.text)

    def watch(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            strangers.append(request.url)

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", watch)
    yield page
    assert (complaints, strangers) == ([], [])
