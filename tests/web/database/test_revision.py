"""The revision: exact, undone with its transaction, never going back in time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tortoise.transactions import in_transaction

from tests.database import count_queries, tables_of_tests
from web.database.revision import current_revision, raise_revision

pytestmark = pytest.mark.anyio

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


async def test_before_any_change_it_is_zero_since_the_epoch(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        assert await current_revision() == (0, datetime(1970, 1, 1, tzinfo=UTC))


async def test_each_change_raises_it_by_one(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        numbers = [await raise_revision(NOON + timedelta(minutes=minute)) for minute in range(3)]

        assert numbers == [1, 2, 3]
        with count_queries() as seen:
            assert await current_revision() == (3, NOON + timedelta(minutes=2))
        assert len(seen) == 1


async def test_a_change_undone_does_not_raise_it(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await raise_revision(NOON)
        with pytest.raises(LookupError):
            async with in_transaction():
                await raise_revision(NOON + timedelta(hours=1))
                raise LookupError

        assert await current_revision() == (1, NOON)


async def test_changes_at_the_same_time_all_count(empty_database_url: str) -> None:
    async def change() -> int:
        async with in_transaction():
            return await raise_revision(NOON)

    async with tables_of_tests(empty_database_url):
        numbers = await asyncio.gather(*(change() for _ in range(30)))

        assert sorted(numbers) == list(range(1, 31))
        assert await current_revision() == (30, NOON)


async def test_its_moment_does_not_go_back(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await raise_revision(NOON.astimezone(ZoneInfo("Europe/Helsinki")))
        await raise_revision(NOON - timedelta(seconds=1))

        assert await current_revision() == (2, NOON)


async def test_a_naive_moment_is_refused(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        with pytest.raises(ValueError, match="naive datetime"):
            await raise_revision(datetime(2026, 11, 22, 12, 0))

        assert (await current_revision())[0] == 0
