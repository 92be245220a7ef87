"""How often something may be tried: counted once for all processes, on both databases."""

import asyncio
from datetime import timedelta

from tests.people import NOW, Calendar
from web.models import RateCount
from web.rate_limits import allowed, forget, forget_expired

MINUTE = timedelta(minutes=1)


def tries(calendar: Calendar, number: int, key: str = "knock") -> list[timedelta | None]:
    return [calendar.run(allowed, key, most=3, within=MINUTE, now=calendar.clock()) for _ in range(number)]


def test_so_many_tries_are_free_and_then_one_has_to_wait(calendar: Calendar) -> None:
    assert tries(calendar, 5) == [None, None, None, MINUTE, MINUTE]


def test_a_refused_try_does_not_lengthen_the_wait(calendar: Calendar) -> None:
    tries(calendar, 4)

    calendar.clock.move(seconds=50)
    assert tries(calendar, 1) == [timedelta(seconds=10)]
    calendar.clock.move(seconds=10)
    assert tries(calendar, 4) == [None, None, None, MINUTE]


def test_everybody_is_counted_alone(calendar: Calendar) -> None:
    tries(calendar, 4, "aino")

    assert tries(calendar, 1, "bertil") == [None]
    assert tries(calendar, 4, "x" * 500) == [None, None, None, MINUTE]
    assert tries(calendar, 1, "x" * 500 + "y") == [None]


def test_tries_at_the_same_moment_are_all_counted(calendar: Calendar) -> None:
    async def knock() -> list[timedelta | None]:
        return await asyncio.gather(*(allowed("knock", most=7, within=MINUTE, now=NOW) for _ in range(20)))

    assert sorted(calendar.run(knock), key=bool) == [None] * 7 + [MINUTE] * 13


def test_rightful_tries_are_forgotten_and_so_are_old_ones(calendar: Calendar) -> None:
    tries(calendar, 3)
    calendar.run(forget, "knock")
    assert tries(calendar, 3) == [None, None, None]

    calendar.clock.move(minutes=2)
    calendar.run(forget_expired, now=calendar.clock())

    async def count() -> int:
        return await RateCount.all().count()

    assert calendar.run(count) == 0
