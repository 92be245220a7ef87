"""The bounded repeat rule: the part of RFC 5545 RRULE that every calendar program reads alike.

The rule speaks of local dates only; the time of day belongs to the schedule. Its dates are found here and
not by dateutil, which looks for a match as far as the year 9999 whatever UNTIL says: a rule for 30 February
takes it seconds, and imported files are full of strangers' rules.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final, Self
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

HELSINKI: Final = ZoneInfo("Europe/Helsinki")
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2100
MAXIMUM_INTERVAL: Final = 99
MAXIMUM_TEXT: Final = 500

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS: Final = frozenset(("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST", "UNTIL", "COUNT"))
_NUMBER: Final = re.compile(r"[+-]?[0-9]+")
_WEEKDAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL: Final = re.compile(r"([0-9]{8})(T[0-9]{6})?(Z)?")


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is shown."""
    return message


class Problem(StrEnum):
    """Every message that a `ScheduleError` may carry."""

    TEXT_TOO_LONG = _("The repeat rule is longer than {maximum} characters.")
    UNREADABLE = _("This part of the repeat rule could not be read: {part}.")
    REPEATED_PART = _("The repeat rule says {part} more than once.")
    UNKNOWN_PART = _("The repeat rule uses {part}, which this calendar does not support.")
    MISPLACED_PART = _("The repeat rule uses {part} in a way that is not allowed.")
    FREQUENCY = _("An event can repeat by the day, week, month or year.")
    INTERVAL = _("The interval between repeats must be from 1 to {maximum}.")
    TWO_ENDS = _("Give either the last date or the number of times, not both.")
    ENDLESS = _("Tell when the series ends: give the last date or the number of times.")
    UNTIL_BEFORE_START = _("The last date of the series is before its first date.")
    WITHOUT_DATES = _("There is no date on which this repeat rule would take place.")
    ALL_SKIPPED = _("Every date of the series is skipped. Leave at least one.")
    NO_DATES = _("Choose at least one date.")
    TOO_MANY_DATES = _("A series can have at most {maximum} dates.")
    TOO_FAR = _("The last date can be at most {maximum} months after the first.")
    TOO_LONG = _("It can last at most {maximum} days at a time.")
    END_BEFORE_START = _("The end must be later than the start.")
    WHOLE_DAYS = _("An all-day event starts and ends at midnight.")
    YEAR = _("The year must be from {first} to {last}.")


class ScheduleError(ValueError):
    """A schedule that cannot be kept, told to a person.

    `message` is an English msgid whose named placeholders `values` fill; `field` is what to correct: "start",
    "end", "rule", "dates" or "skipped". `str()` is the English sentence. It can be pickled, since imports run
    in a process of their own.
    """

    def __init__(self, message: str, field: str, values: Mapping[str, object] | None = None) -> None:
        self.message = str(message)
        self.field = field
        self.values: Mapping[str, object] = dict(values or {})
        super().__init__(self.message, field, self.values)

    def __str__(self) -> str:
        return self.message.format(**self.values)


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
            raise _refusal(Problem.TEXT_TOO_LONG, maximum=MAXIMUM_TEXT)
        return cls._from_parts(_parts(text), start, zone)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote."""
        return cls._from_parts(_parts(text), None, HELSINKI)

    @classmethod
    def _from_parts(cls, parts: Mapping[str, str], start: datetime | None, zone: tzinfo) -> Self:
        if parts.get("FREQ") not in set(Frequency):
            raise _refusal(Problem.FREQUENCY)
        if len(position := _numbers(parts, "BYSETPOS")) > 1:
            raise _refusal(Problem.UNKNOWN_PART, part=f"BYSETPOS={parts['BYSETPOS']}")
        return cls(
            frequency=Frequency(parts["FREQ"]),
            interval=_number(parts, "INTERVAL", 1),
            weekdays=tuple(_weekday(day) for day in _values(parts, "BYDAY")),
            month_days=_numbers(parts, "BYMONTHDAY"),
            months=_numbers(parts, "BYMONTH"),
            position=position[0] if position else None,
            week_start=_weekday(parts.get("WKST", "MO"), name="WKST")[1],
            until=_until(parts["UNTIL"], start, zone) if "UNTIL" in parts else None,
            count=_number(parts, "COUNT", 1) if "COUNT" in parts else None,
        )

    def text(self) -> str:
        """Return the canonical RRULE value without UNTIL and COUNT."""
        parts = {
            "FREQ": self.frequency.value,
            "INTERVAL": str(self.interval) if self.interval > 1 else "",
            "BYMONTH": _joined(self.months),
            "BYMONTHDAY": _joined(self.month_days),
            "BYDAY": _joined(f"{ordinal or ''}{_WEEKDAYS[day - 1]}" for ordinal, day in self.weekdays),
            "BYSETPOS": str(self.position or ""),
            "WKST": _WEEKDAYS[self.week_start - 1],
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


def check_year(day: date, field: str) -> None:
    """Raise `ScheduleError` unless the year is from 2000 to 2100."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ScheduleError(Problem.YEAR, field, {"first": FIRST_YEAR, "last": LAST_YEAR})


def _check_ranges(rule: Rule) -> None:
    if not 1 <= rule.interval <= MAXIMUM_INTERVAL:
        raise _refusal(Problem.INTERVAL, maximum=MAXIMUM_INTERVAL)
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
            raise _refusal(Problem.UNREADABLE, part=part)


def _check_combination(rule: Rule) -> None:
    """Refuse what RFC 5545 3.3.10 forbids, since calendar programs each make something else of it."""
    if rule.until is not None and rule.count is not None:
        raise _refusal(Problem.TWO_ENDS)
    short = rule.frequency in (Frequency.DAILY, Frequency.WEEKLY)
    if short and any(ordinal for ordinal, _day in rule.weekdays):
        raise _refusal(Problem.MISPLACED_PART, part="BYDAY")
    if rule.frequency is Frequency.WEEKLY and rule.month_days:
        raise _refusal(Problem.MISPLACED_PART, part="BYMONTHDAY")
    if rule.position is not None and not (rule.weekdays or rule.month_days or rule.months):
        raise _refusal(Problem.MISPLACED_PART, part="BYSETPOS")


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in "".join(text.split()).upper().removeprefix("RRULE:").split(";"):
        name, _equals, value = part.partition("=")
        if not part:
            continue
        if not value:
            raise _refusal(Problem.UNREADABLE, part=_shortened(part))
        if name not in _PARTS:
            raise _refusal(Problem.UNKNOWN_PART, part=_shortened(name))
        if name in parts:
            raise _refusal(Problem.REPEATED_PART, part=name)
        parts[name] = value
    return parts


def _values(parts: Mapping[str, str], name: str) -> list[str]:
    return parts[name].split(",") if name in parts else []


def _numbers(parts: Mapping[str, str], name: str) -> tuple[int, ...]:
    values = _values(parts, name)
    if not all(_NUMBER.fullmatch(value) for value in values):
        raise _refusal(Problem.UNREADABLE, part=_shortened(f"{name}={parts[name]}"))
    return tuple(int(value) for value in values)


def _number(parts: Mapping[str, str], name: str, default: int) -> int:
    numbers = _numbers(parts, name)
    if len(numbers) > 1:
        raise _refusal(Problem.UNREADABLE, part=_shortened(f"{name}={parts[name]}"))
    return numbers[0] if numbers else default


def _weekday(value: str, *, name: str = "BYDAY") -> tuple[int, int]:
    """Read "2TU" as (2, 2) and "TU" as (0, 2); the ordinal zero itself is not one."""
    match = _WEEKDAY.fullmatch(value)
    ordinal = int(match[1] or 0) if match else 0
    if not match or (match[1] and (ordinal == 0 or name == "WKST")):
        raise _refusal(Problem.UNREADABLE, part=_shortened(f"{name}={value}"))
    return ordinal, _WEEKDAYS.index(match[2]) + 1


def _until(value: str, start: datetime | None, zone: tzinfo) -> date:
    match = _UNTIL.fullmatch(value)
    if not match or (match[3] and not match[2]):
        raise _refusal(Problem.UNREADABLE, part=_shortened(f"UNTIL={value}"))
    written_in = UTC if match[3] else zone
    try:
        moment = datetime.strptime(match[1] + (match[2] or "T000000"), "%Y%m%dT%H%M%S").replace(tzinfo=written_in)
    except ValueError:
        raise _refusal(Problem.UNREADABLE, part=f"UNTIL={value}") from None
    check_year(moment, "rule")
    if not match[2]:
        return moment.date()
    last = moment.astimezone(zone).date()
    if start is None:
        return last
    begins = (start.astimezone(zone) if start.tzinfo else start).time()
    # Compared as instants: two times in one zone compare by their wall clocks, blind to a clock change.
    excluded = datetime.combine(last, begins, zone).astimezone(UTC) > moment.astimezone(UTC)
    return last - timedelta(days=1) if excluded else last


def _joined(values: Iterable[object]) -> str:
    return ",".join(str(value) for value in values)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _refusal(problem: Problem, **values: object) -> ScheduleError:
    return ScheduleError(problem, "rule", values)
