"""Days on which a series may want to skip: public holidays, and the school breaks of Kouvola. Pure.

The schools keep autumn break in week 42, winter break in week 9, and Christmas from 21 December or so to Epiphany.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from events.schedule.holidays import keys_of_year

AUTUMN: Final = "autumn break"
CHRISTMAS: Final = "Christmas break"
WINTER: Final = "winter break"
BREAKS: Final = (AUTUMN, CHRISTMAS, WINTER)
AUTUMN_WEEK: Final = 42
WINTER_WEEK: Final = 9
_CHRISTMAS_BEGINS: Final = (12, 21)
_CHRISTMAS_ENDS: Final = (1, 6)


def free_days(days: Iterable[date]) -> list[tuple[date, str]]:
    """(date, key) of those days on which people are elsewhere: a key of `holidays.NAMES`, else one of BREAKS."""
    return [(day, key) for day in sorted(set(days)) for key in _keys(day)]


def _keys(day: date) -> Iterator[str]:
    holidays = keys_of_year(day.year).get(day, ())
    if holidays:
        yield holidays[0]
    elif found := school_break(day):
        yield found


def school_break(day: date) -> str:
    """Which school break a day lies in, Monday to Sunday; empty outside them."""
    week = day.isocalendar().week
    if week in (AUTUMN_WEEK, WINTER_WEEK):
        return AUTUMN if week == AUTUMN_WEEK else WINTER
    month_day = (day.month, day.day)
    return CHRISTMAS if month_day >= _CHRISTMAS_BEGINS or month_day <= _CHRISTMAS_ENDS else ""
