"""The bounded repeat rule: the part of RFC 5545 RRULE that every calendar program reads alike.

The rule speaks of local dates only; the time of day belongs to the schedule. Its dates are found here and
not by dateutil, which looks for a match as far as the year 9999 whatever UNTIL says: a rule for 30 February
takes it seconds, and imported files are full of strangers' rules.
"""

from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from events.schedule.errors import LAST_YEAR, Problem, check_year, rule_refused
from events.schedule.rrule_parser import WEEKDAYS, number_of, numbers_of, read_parts, until_of, values_of, weekday_of

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
MAXIMUM_INTERVAL: Final = 99
MAXIMUM_TEXT: Final = 500


class Frequency(StrEnum):
    """How long one period of the rule is."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a series repeats, in local dates; raises `ScheduleError` (field "rule") for values out of range.

    `weekdays` are pairs of an ordinal (0: every) and an ISO weekday, `position` is the one BYSETPOS, `until`
    is inclusive. With neither `until` nor `count` it is endless, which only an import may read. The tuples
    are kept sorted and without repeats, so that equal rules compare equal.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    position: int | None = None
    week_start: int = 1
    until: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        for name in ("weekdays", "month_days", "months"):
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        _check_ranges(self)
        _check_combination(self)

    @classmethod
    def parse(cls, text: str, *, start: datetime | None = None, zone: tzinfo = HELSINKI) -> Self:
        """Read an RRULE value (RFC 5545 3.3.10), in any case and with stray spaces; raise `ScheduleError`.

        UNTIL becomes a local date of `zone`. With `start` (naive means local in `zone`) an UNTIL earlier in
        its day than the start leaves that day out. UNTIL as a DATE always includes its day.
        """
        if len(text) > MAXIMUM_TEXT:
            raise rule_refused(Problem.TEXT_TOO_LONG, maximum=MAXIMUM_TEXT)
        return cls._from_parts(read_parts(text), start, zone)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote."""
        return cls._from_parts(read_parts(text), None, HELSINKI)

    @classmethod
    def _from_parts(cls, parts: Mapping[str, str], start: datetime | None, zone: tzinfo) -> Self:
        if parts.get("FREQ") not in set(Frequency):
            raise rule_refused(Problem.FREQUENCY)
        if len(position := numbers_of(parts, "BYSETPOS")) > 1:
            raise rule_refused(Problem.UNKNOWN_PART, part=f"BYSETPOS={parts['BYSETPOS']}")
        return cls(
            frequency=Frequency(parts["FREQ"]),
            interval=number_of(parts, "INTERVAL", 1),
            weekdays=tuple(weekday_of(day) for day in values_of(parts, "BYDAY")),
            month_days=numbers_of(parts, "BYMONTHDAY"),
            months=numbers_of(parts, "BYMONTH"),
            position=position[0] if position else None,
            week_start=weekday_of(parts.get("WKST", "MO"), name="WKST")[1],
            until=until_of(parts["UNTIL"], start, zone) if "UNTIL" in parts else None,
            count=number_of(parts, "COUNT", 1) if "COUNT" in parts else None,
        )

    def text(self) -> str:
        """Return the canonical RRULE value without UNTIL and COUNT."""
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": _joined(self.months),
            "BYMONTHDAY": _joined(self.month_days),
            "BYDAY": _joined(f"{ordinal or ''}{WEEKDAYS[day - 1]}" for ordinal, day in self.weekdays),
            "BYSETPOS": str(self.position or ""),
            "WKST": WEEKDAYS[self.week_start - 1],
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)

    def bounded_text(self, *, all_day: bool) -> str:
        """Return the whole RRULE value with its COUNT or UNTIL.

        UNTIL is a DATE for all-day series, else the UTC instant of the last local second of the day: programs
        that compare with UNTIL too strictly then still keep the last date.
        """
        if self.count is not None:
            return f"{self.text()};COUNT={self.count}"
        if self.until is None:
            return self.text()
        if all_day:
            return f"{self.text()};UNTIL={self.until:%Y%m%d}"
        last_second = datetime.combine(self.until, time(23, 59, 59), HELSINKI).astimezone(UTC)
        return f"{self.text()};UNTIL={last_second:%Y%m%dT%H%M%SZ}"

    def to_json(self) -> str:
        """Return the rule as one string, with UNTIL as a local date: lossless."""
        return self.bounded_text(all_day=True)

    def anchored(self, first: date) -> Self:
        """Write out what the rule takes from its first date, so that it no longer hangs on that date."""
        if self.weekdays or self.month_days or self.frequency is Frequency.DAILY:
            return self
        if self.frequency is Frequency.WEEKLY:
            return replace(self, weekdays=((0, first.isoweekday()),))
        if self.frequency is Frequency.MONTHLY:
            return replace(self, month_days=(first.day,))
        return replace(self, months=self.months or (first.month,), month_days=(first.day,))

    def instances(self, first: date) -> Iterator[date]:
        """Yield the local dates on or after `first` in order, through UNTIL, COUNT or the year 2100.

        `first` gives the phase of the interval and what the rule leaves open; it is an instance only if it
        matches.
        """
        rule = self.anchored(first)
        last = self.until or date(LAST_YEAR, 12, 31)
        found = 0
        for begin, length in rule._periods(first, last):
            for day in rule._days(begin, length):
                if day < first:
                    continue
                if day > last or found == self.count:
                    return
                found += 1
                yield day

    def _periods(self, first: date, last: date) -> Iterator[tuple[date, int]]:
        """Yield the first day and the length in days of each period."""
        if self.frequency in (Frequency.DAILY, Frequency.WEEKLY):
            weekly = self.frequency is Frequency.WEEKLY
            length = 7 if weekly else 1
            begin = first - timedelta(days=(first.isoweekday() - self.week_start) % 7 if weekly else 0)
            while begin <= last:
                yield begin, length
                begin += timedelta(days=length * self.interval)
            return
        period = relativedelta(months=1 if self.frequency is Frequency.MONTHLY else 12)
        begin = first.replace(day=1) if period.months == 1 else first.replace(month=1, day=1)
        while begin <= last:
            yield begin, (begin + period - begin).days
            begin += period * self.interval

    def _days(self, begin: date, length: int) -> list[date]:
        days = [day for offset in range(length) if self._matches(day := begin + timedelta(days=offset))]
        if self.position is None:
            return days
        index = self.position - 1 if self.position > 0 else len(days) + self.position
        return [days[index]] if 0 <= index < len(days) else []

    def _matches(self, day: date) -> bool:
        """Tell whether the day passes every BY part; within one period expanding is limiting all its days."""
        if self.months and day.month not in self.months:
            return False
        if self.month_days and day.day not in self.month_days:
            from_end = day.day - monthrange(day.year, day.month)[1] - 1
            if from_end not in self.month_days:
                return False
        if not self.weekdays:
            return True
        weekday = day.isoweekday()
        return any(weekday == wanted and self._is_nth(day, nth) for nth, wanted in self.weekdays)

    def _is_nth(self, day: date, ordinal: int) -> bool:
        """Count weekdays within the month, or within the year of a yearly rule without BYMONTH."""
        if ordinal == 0:
            return True
        if self.frequency is Frequency.YEARLY and not self.months:
            number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        else:
            number, length = day.day, monthrange(day.year, day.month)[1]
        return ordinal == ((number - 1) // 7 + 1 if ordinal > 0 else -((length - number) // 7 + 1))


def _check_ranges(rule: Rule) -> None:
    if not 1 <= rule.interval <= MAXIMUM_INTERVAL:
        raise rule_refused(Problem.INTERVAL, maximum=MAXIMUM_INTERVAL)
    if rule.until is not None:
        check_year(rule.until, "rule")
    in_year = rule.frequency is Frequency.YEARLY and not rule.months
    largest = 53 if in_year else 5
    checks = {
        "BYDAY": all(abs(nth) <= largest and 1 <= day <= 7 for nth, day in rule.weekdays),
        "BYMONTHDAY": all(1 <= abs(day) <= 31 for day in rule.month_days),
        "BYMONTH": all(1 <= month <= 12 for month in rule.months),
        "BYSETPOS": rule.position is None or 1 <= abs(rule.position) <= 366,
        "WKST": 1 <= rule.week_start <= 7,
        "COUNT": rule.count is None or rule.count >= 1,
    }
    for part, right in checks.items():
        if not right:
            raise rule_refused(Problem.UNREADABLE, part=part)


def _check_combination(rule: Rule) -> None:
    """Refuse what RFC 5545 3.3.10 forbids, since calendar programs each make something else of it."""
    if rule.until is not None and rule.count is not None:
        raise rule_refused(Problem.TWO_ENDS)
    short = rule.frequency in (Frequency.DAILY, Frequency.WEEKLY)
    if short and any(ordinal for ordinal, _day in rule.weekdays):
        raise rule_refused(Problem.MISPLACED_PART, part="BYDAY")
    if rule.frequency is Frequency.WEEKLY and rule.month_days:
        raise rule_refused(Problem.MISPLACED_PART, part="BYMONTHDAY")
    if rule.position is not None and not (rule.weekdays or rule.month_days or rule.months):
        raise rule_refused(Problem.MISPLACED_PART, part="BYSETPOS")


def _joined(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values)
