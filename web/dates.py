"""Dates and times as each language writes them, always on a 24-hour clock with Latin digits.

The patterns (CLDR syntax) and the ways of joining them stand in the catalogues under the context
«date pattern», so that a translator can mend them and a new language brings its own.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from babel.dates import format_date, format_time

from web.i18n import Language

DATE_PATTERNS: Final = (
    "weekday",
    "short weekday",
    "day",
    "day and year",
    "day heading",
    "day heading and year",
    "long day",
    "day and month",
    "month heading",
)
TIME_PATTERNS: Final = ("time", "full hour")
REMEMBERED: Final = 4096
"""Written dates kept in mind: after a change most of a page's are the same as before, and each costs a while."""
WITHOUT_TODAY: Final = date.min
"""Stands for «today» where text must not depend on the day it is written: the year is then always given."""
SENTENCES: Final = ("all day", "at {time}", "{day}, {time}", "{start}–{end}", "{start} – {end}")


def extract(fileobj: object, keywords: object, comment_tags: object, options: object) -> Iterable[object]:
    """Babel extractor: hands the patterns to `make messages`."""
    for pattern in DATE_PATTERNS + TIME_PATTERNS + SENTENCES:
        yield 1, "pgettext", ("date pattern", pattern), []


@lru_cache(maxsize=REMEMBERED)
def write_date(day: date, pattern: str, language: Language) -> str:
    """A date by one of DATE_PATTERNS: «to 3.12.» for "day", «torstai 3.12.» for "day heading"."""
    return format_date(day, _pattern(pattern, language), locale=language.locale)


def write_day(day: date, language: Language, *, today: date) -> str:
    """A short date with its weekday; the year only where it is not this year."""
    return write_date(day, "day" if day.year == today.year else "day and year", language)


def write_day_heading(day: date, language: Language, *, today: date) -> str:
    """A date as a heading, weekday in full; the year only where it is not this year."""
    return write_date(day, "day heading" if day.year == today.year else "day heading and year", language)


@lru_cache(maxsize=REMEMBERED)
def write_time(moment: time | datetime, language: Language) -> str:
    """A time of day: «17.30»; where the language drops them, full hours go without minutes: «19»."""
    clock = moment.time() if isinstance(moment, datetime) else moment
    pattern = "full hour" if clock.minute == 0 else "time"
    return format_time(clock, _pattern(pattern, language), locale=language.locale)


@lru_cache(maxsize=REMEMBERED)
def write_hours(start: datetime, end: datetime, language: Language, *, all_day: bool, today: date) -> str:
    """What stands beside a day: «klo 17.30–19», «all day», or «klo 21 – la 6.3. klo 2».

    Both ends are naive local times. An end on another day is written with its day (an evening that ends after
    midnight too, so that nobody has to guess); an all-day span ends at the midnight after its last day.
    """
    last = last_day(start, end, all_day=all_day)
    if all_day:
        whole_day = _sentence("all day", language)
        if last == start.date():
            return whole_day
        return _sentence("{start} – {end}", language, start=whole_day, end=write_day(last, language, today=today))
    if end == start:
        return _sentence("at {time}", language, time=write_time(start, language))
    if last == start.date():
        begins, ends = write_time(start, language), _closing_time(end, language)
        return _sentence("at {time}", language, time=_sentence("{start}–{end}", language, start=begins, end=ends))
    begins = _sentence("at {time}", language, time=write_time(start, language))
    return _sentence("{start} – {end}", language, start=begins, end=write_moment(end, language, today=today))


def write_moment(moment: datetime, language: Language, *, today: date) -> str:
    """A day and a time of day in one line: «to 3.12. klo 17.30»."""
    at = _sentence("at {time}", language, time=write_time(moment, language))
    return _sentence("{day}, {time}", language, day=write_day(moment.date(), language, today=today), time=at)


@lru_cache(maxsize=REMEMBERED)
def write_when(start: datetime, end: datetime, language: Language, *, all_day: bool, today: date) -> str:
    """Day and hours in one line: «to 3.12. klo 17.30–19», «pe 5.3. klo 18 – su 7.3.2027 klo 15».

    A year is written once, at the end, where both days lie in it.
    """
    last = last_day(start, end, all_day=all_day)
    year_follows = last > start.date() and last.year == start.year
    first = write_day(start.date(), language, today=start.date() if year_follows else today)
    if all_day and last > start.date():
        return _sentence("{start} – {end}", language, start=first, end=write_day(last, language, today=today))
    hours = write_hours(start, end, language, all_day=all_day, today=today)
    return _sentence("{day}, {time}", language, day=first, time=hours)


def _closing_time(end: datetime, language: Language) -> str:
    """The end of a day is written 24, since «17–0» reads like a slip."""
    if end.time() != time():
        return write_time(end, language)
    return write_time(time(23), language).replace("23", "24")


def last_day(start: datetime, end: datetime, *, all_day: bool) -> date:
    """The last local day that a span touches; touching midnight is not touching the day."""
    touched = end - timedelta(days=1) if all_day else end - timedelta(microseconds=1)
    return max(touched.date(), start.date())


def _pattern(name: str, language: Language) -> str:
    return language.pgettext("date pattern", name)


def _sentence(name: str, language: Language, **values: str) -> str:
    return language.pgettext("date pattern", name).format(**values)
