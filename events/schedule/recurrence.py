"""When an event takes place: one date, chosen dates or a bounded series, in Finnish wall time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from events.schedule.errors import Problem, ScheduleError, check_year
from events.schedule.rrule import HELSINKI as HELSINKI
from events.schedule.rrule import Rule
from events.schedule.windows import MAXIMUM_DATES, MAXIMUM_MONTHS, fitted, horizon, window_of

LONGEST_SINGLE_DAYS: Final = 731
LONGEST_REPEATED_DAYS: Final = 31


class ScheduleKind(StrEnum):
    """How the dates are told."""

    ONCE = "once"
    DATES = "dates"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Slot:
    """One date: its local date as planned, and its start and end in UTC, the end always the later."""

    original_date: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """The planned dates; made by `once`, `on_dates`, `repeating` or `cut`, which check, or by `from_json`.

    `start` and `end` are naive local times of the first date, which takes place; all day they are midnights
    and `end` is exclusive. `rule` leaves nothing to the first date. Every date in `skipped` is an instance of
    the rule between the first and the last date, as EXDATE must be (RFC 5545 3.8.5.1).
    """

    kind: ScheduleKind
    start: datetime
    end: datetime
    all_day: bool = False
    rule: Rule | None = None
    dates: tuple[date, ...] = ()
    skipped: tuple[date, ...] = ()

    @classmethod
    def once(cls, start: datetime, end: datetime, *, all_day: bool = False) -> Self:
        """Take place once, for at most 731 days; raise `ScheduleError`."""
        _check_times(start, end, all_day=all_day, longest=LONGEST_SINGLE_DAYS)
        return cls(ScheduleKind.ONCE, start, end, all_day)

    @classmethod
    def on_dates(cls, start: datetime, end: datetime, dates: Iterable[date], *, all_day: bool = False) -> Self:
        """Take place on exactly these local dates; `start` and `end` tell only time of day and length.

        Raises `ScheduleError` for no date, more than 730, or any more than 24 months after the first.
        """
        _check_times(start, end, all_day=all_day, longest=LONGEST_REPEATED_DAYS)
        chosen = tuple(sorted(set(dates)))
        if not chosen:
            raise ScheduleError(Problem.NO_DATES, "dates")
        for day in (chosen[0], chosen[-1]):
            check_year(day, "dates")
        if len(chosen) > MAXIMUM_DATES:
            raise ScheduleError(Problem.TOO_MANY_DATES, "dates", {"maximum": MAXIMUM_DATES})
        if chosen[-1] > horizon(chosen[0]):
            raise ScheduleError(Problem.TOO_FAR, "dates", {"maximum": MAXIMUM_MONTHS})
        first = datetime.combine(chosen[0], start.time())
        return cls(ScheduleKind.DATES, first, first + (end - start), all_day, dates=chosen)

    @classmethod
    def repeating(
        cls,
        start: datetime,
        end: datetime,
        rule: Rule,
        skipped: Iterable[date] = (),
        *,
        all_day: bool = False,
    ) -> Self:
        """Repeat by a rule that has an end; a first date off the rule or skipped gives way to the next.

        Raises `ScheduleError` for no date, more than 730, or any more than 24 months after the first. Skipped
        dates that are not instances are forgotten; the rule ends earlier if its last dates are skipped.
        """
        if rule.until is None and rule.count is None:
            raise ScheduleError(Problem.ENDLESS, "rule")
        schedule, was_cut = cls.cut(start, end, rule, skipped=skipped, all_day=all_day)
        if was_cut and len(schedule._dates()) >= MAXIMUM_DATES:
            raise ScheduleError(Problem.TOO_MANY_DATES, "rule", {"maximum": MAXIMUM_DATES})
        if was_cut:
            raise ScheduleError(Problem.TOO_FAR, "rule", {"maximum": MAXIMUM_MONTHS})
        return schedule

    @classmethod
    def cut(
        cls,
        start: datetime,
        end: datetime,
        rule: Rule,
        *,
        skipped: Iterable[date] = (),
        all_day: bool = False,
        not_before: date | None = None,
    ) -> tuple[Self, bool]:
        """Repeat as somebody else's rule says for at most 730 dates in 24 months; tell whether it was cut.

        If those months would be over before `not_before` and the rule goes on, they begin with its first date
        from then on. Raises `ScheduleError` as `repeating` does, but for the number of dates. Any rule takes
        far less than a second.
        """
        _check_times(start, end, all_day=all_day, longest=LONGEST_REPEATED_DAYS)
        if rule.until is not None and rule.until < start.date():
            raise ScheduleError(Problem.UNTIL_BEFORE_START, "rule")
        rule = rule.anchored(start.date())
        window = window_of(rule.instances(start.date()), frozenset(skipped), not_before)
        if window.missed and not window.kept:
            raise ScheduleError(Problem.ALL_SKIPPED, "skipped")
        if not window.kept:
            raise ScheduleError(Problem.WITHOUT_DATES, "rule")
        finished = rule.until is not None or rule.count == len(window.kept) + len(window.missed)
        was_cut = window.partial or not finished
        first = datetime.combine(window.kept[0], start.time())
        between = tuple(day for day in window.missed if window.kept[0] < day < window.kept[-1])
        bounded = fitted(rule, window, len(window.kept) + len(between), was_cut=was_cut)
        schedule = cls(ScheduleKind.RULE, first, first + (end - start), all_day, bounded, skipped=between)
        return schedule, was_cut

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read back what `to_json` wrote."""
        return cls(
            kind=ScheduleKind(stored["kind"]),
            start=datetime.fromisoformat(stored["start"]),
            end=datetime.fromisoformat(stored["end"]),
            all_day=stored["all_day"],
            rule=Rule.from_json(stored["rule"]) if stored["rule"] else None,
            dates=tuple(date.fromisoformat(day) for day in stored["dates"]),
            skipped=tuple(date.fromisoformat(day) for day in stored["skipped"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values in a fixed order; nothing is lost."""
        return {
            "kind": self.kind.value,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "all_day": self.all_day,
            "rule": self.rule.to_json() if self.rule else None,
            "dates": [day.isoformat() for day in self.dates],
            "skipped": [day.isoformat() for day in self.skipped],
        }

    @property
    def duration(self) -> timedelta:
        """The length by the wall clock; through a clock change a date lasts an hour more or less."""
        return self.end - self.start

    @property
    def last_date(self) -> date:
        """The local date on which the last of the dates starts."""
        return self._dates()[-1]

    def bounded_rule(self) -> Rule | None:
        """Return the rule ending on the last date by UNTIL, as feeds write it; None if there is no rule."""
        return replace(self.rule, until=self.last_date, count=None) if self.rule else None

    def wall_start(self, original_date: date) -> datetime:
        """Return the naive local start planned for a date: the RECURRENCE-ID of RFC 5545 3.8.4.4."""
        return datetime.combine(original_date, self.start.time())

    def slots(self) -> tuple[Slot, ...]:
        """Return all dates in order, at most one a local date, each at the same time by the wall clock."""
        return tuple(self._slot(day) for day in self._dates())

    def _slot(self, day: date) -> Slot:
        wall = self.wall_start(day)
        start, end = _instant(wall), _instant(wall + self.duration)
        # A start in the skipped hour moves an hour on, past a wall end that did not move.
        return Slot(day, start, end if end > start else start + self.duration)

    def _dates(self) -> list[date]:
        if self.rule is not None:
            skipped = frozenset(self.skipped)
            return [day for day in self.rule.instances(self.start.date()) if day not in skipped]
        return list(self.dates) or [self.start.date()]


def _instant(wall: datetime) -> datetime:
    return wall.replace(tzinfo=HELSINKI).astimezone(UTC)


def _check_times(start: datetime, end: datetime, *, all_day: bool, longest: int) -> None:
    if start.tzinfo or end.tzinfo:
        raise TypeError("a schedule is made of naive local times")
    check_year(start, "start")
    check_year(end, "end")
    if all_day:
        for field, moment in (("start", start), ("end", end)):
            if moment.time() != time.min:
                raise ScheduleError(Problem.WHOLE_DAYS, field)
    if end <= start:
        raise ScheduleError(Problem.END_BEFORE_START, "end")
    if end - start > timedelta(days=longest):
        raise ScheduleError(Problem.TOO_LONG, "end", {"maximum": longest})
