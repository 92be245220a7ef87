"""Every process knows at once of its own changes, and within a second of those of others."""

import asyncio
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tortoise.transactions import in_transaction

from tests.database import config_of_tests, count_queries, tables_of_tests
from web.database.connection import Config
from web.database.revision import raise_revision
from web.database.revision_watch import PostgresWatch, Watch, watching

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


async def within_a_second(watch: Watch, number: int) -> bool:
    """Whether a watch comes to know of a revision before a second has passed."""
    for _ in range(100):
        if (await watch.current())[0] == number:
            return True
        await asyncio.sleep(0.01)
    return False


def change_elsewhere(config: Config) -> None:
    """Another process raises the revision once."""
    script = f"""
        import asyncio
        from datetime import UTC, datetime
        from web.database.connection import opened
        from web.database.revision import raise_revision

        async def main():
            async with opened({config!r}):
                await raise_revision(datetime.now(UTC))

        asyncio.run(main())
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=True, cwd=ROOT, timeout=60)


async def test_a_change_of_this_process_is_known_at_once(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url), watching(config_of_tests(empty_database_url)) as watch:
        before = await watch.current()
        number = await raise_revision(NOW)

        assert (before[0], await watch.current()) == (0, (number, NOW))


async def test_asking_again_asks_the_database_nothing(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url), watching(config_of_tests(empty_database_url)) as watch:
        await raise_revision(NOW)
        # What was sent with the commit has to arrive before a listener can rely on what it knows.
        await asyncio.sleep(0.2)
        known = await watch.current()

        with count_queries() as seen:
            again = [await watch.current() for _ in range(100)]

        assert (seen, set(again)) == ([], {known})


async def test_a_change_of_another_process_is_known_within_a_second(empty_database_url: str) -> None:
    config = config_of_tests(empty_database_url)
    async with tables_of_tests(empty_database_url), watching(config) as watch:
        await raise_revision(NOW)
        await asyncio.sleep(0.2)
        assert (await watch.current())[0] == 1

        await asyncio.to_thread(change_elsewhere, config)

        assert await within_a_second(watch, 2)


async def test_a_change_that_was_undone_is_never_told(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url), watching(config_of_tests(empty_database_url)) as watch:
        await raise_revision(NOW)
        with pytest.raises(RuntimeError):
            async with in_transaction():
                await raise_revision(NOW + timedelta(hours=1))
                raise RuntimeError

        assert await watch.current() == (1, NOW)
        assert await raise_revision(NOW + timedelta(hours=2)) == 2
        assert await watch.current() == (2, NOW + timedelta(hours=2))


async def test_a_watch_that_lost_its_line_asks_until_it_listens_again(empty_database_url: str) -> None:
    config = config_of_tests(empty_database_url)
    async with tables_of_tests(empty_database_url), watching(config) as watch:
        await raise_revision(NOW)
        await watch.current()
        if isinstance(watch, PostgresWatch) and watch._listener is not None:
            await watch._listener.close()

        await asyncio.to_thread(change_elsewhere, config)

        assert (await watch.current())[0] == 2
