"""Moments: the same answers on both databases, whatever the time zone of the question."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tortoise.migrations.operations import AddField
from tortoise.migrations.writer import MigrationWriter

from tests.database import tables_of_tests
from tests.web.models_for_tests import Book, Shelf
from web.database.connection import fetch
from web.database.fields import UTCDatetimeField

pytestmark = pytest.mark.anyio

HELSINKI = ZoneInfo("Europe/Helsinki")
# Clocks go back on 25 October 2026 at 04:00: 03:30 happens twice in Helsinki.
FIRST = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI)
SECOND = datetime(2026, 10, 25, 3, 30, tzinfo=HELSINKI, fold=1)
MORNING = datetime(2026, 10, 25, 8, 0, 0, 500_000, tzinfo=UTC)
NAIVE = datetime(2026, 10, 25, 8, 0)


async def three_books() -> None:
    shelf = await Shelf.create(name="shelf")
    for number, added in enumerate((FIRST, SECOND, MORNING), start=1):
        await Book.create(id=number, shelf=shelf, title=f"book {number}", added=added)


def in_other_zones(moment: datetime) -> list[datetime]:
    return [
        moment,
        moment.astimezone(UTC),
        moment.astimezone(HELSINKI),
        moment.astimezone(ZoneInfo("Asia/Tokyo")),
    ]


async def ids(**filters: object) -> list[int]:
    return list(await Book.filter(**filters).order_by("added").values_list("id", flat=True))  # type: ignore[arg-type]


async def test_a_filter_means_the_moment_and_not_its_spelling(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await three_books()

        for second in in_other_zones(SECOND):
            assert await ids(added=second) == [2]
            assert await ids(added__gte=second) == [2, 3]
            assert await ids(added__lt=second) == [1]
            assert await ids(added__in=[second, MORNING]) == [2, 3]
            assert await ids(added__range=(second, second + timedelta(hours=1))) == [2]
            assert await ids(added__not=second) == [1, 3]
            assert [row["id"] for row in await fetch("SELECT id FROM book WHERE added = ?", second)] == [2]
        assert await ids(added__lte=FIRST) == [1]
        assert await ids(added__gt=MORNING - timedelta(milliseconds=500)) == [3]


async def test_a_moment_comes_back_in_utc(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await three_books()

        assert [book.added.isoformat() for book in await Book.all().order_by("id") if book.added] == [
            "2026-10-25T00:30:00+00:00",
            "2026-10-25T01:30:00+00:00",
            "2026-10-25T08:00:00.500000+00:00",
        ]


async def save(value: datetime) -> None:
    book = await Book.get(id=1)
    book.added = value
    await book.save()


NAIVE_USES: dict[str, Callable[[datetime], Awaitable[object]]] = {
    "create": lambda value: Book.create(shelf_id=1, title="new", added=value),
    "bulk_create": lambda value: Book.bulk_create([Book(shelf_id=1, title="new", added=value)]),
    "save": save,
    "update": lambda value: Book.filter(id=1).update(added=value),
    "exact": lambda value: ids(added=value),
    "after": lambda value: ids(added__gte=value),
    "range": lambda value: ids(added__range=(MORNING, value)),
    "in": lambda value: ids(added__in=[MORNING, value]),
    "fetch": lambda value: fetch("SELECT id FROM book WHERE added = ?", value),
}


async def test_naive_moments_are_refused_everywhere(empty_database_url: str) -> None:
    async with tables_of_tests(empty_database_url):
        await three_books()
        before = await Book.all().order_by("id").values()

        for use in NAIVE_USES.values():
            with pytest.raises(ValueError, match="naive datetime 2026-10-25T08:00:00"):
                await use(NAIVE)

        assert await Book.all().order_by("id").values() == before


@pytest.mark.parametrize("value", ["2026-10-25", "2026-10-25T08:00:00+00:00", date(2026, 10, 25), 1792914000])
async def test_what_is_not_a_moment_is_refused(value: object) -> None:
    field = UTCDatetimeField()

    with pytest.raises(ValueError, match="takes a datetime"):
        field.to_db_value(value, Book)


async def test_a_generated_migration_names_the_field_and_where_it_is_from() -> None:
    addition = AddField(model_name="Book", name="seen", field=UTCDatetimeField(null=True, db_index=True))

    text = MigrationWriter("0002_seen", "calendar", [addition]).as_string()

    assert "\nfrom web.database.fields import UTCDatetimeField\n" in text
    assert "field=UTCDatetimeField(null=True, db_index=True, auto_now=False, auto_now_add=False)" in text
