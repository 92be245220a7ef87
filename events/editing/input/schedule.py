"""Parsing the fields of a form for the schedule: one date, several days, a list of dates or a series. Pure.

`repeats` says which: once, dates, daily, weekly, monthly_day, monthly_weekday, or «rule» with the text of a rule that
the form has no fields for, as imports bring.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from events.editing.input.fields import Payload, Typed, ends_at_midnight, wall
from events.schedule import errors as schedule_errors
from events.schedule.errors import FIRST_YEAR, LAST_YEAR, ScheduleError
from events.schedule.recurrence import HELSINKI, Schedule, ScheduleKind
from events.schedule.rrule import Frequency, Rule
from web.cleaning import one_line

REPEATS: Final = ("once", "dates", "daily", "weekly", "monthly_day", "monthly_weekday", "rule")
POSITIONS: Final = ("1", "2", "3", "4", "-1")
FIELDS: Final = (
    *("repeats", "date", "start", "end_date", "end", "all_day", "dates", "interval", "weekdays", "position"),
    *("until", "times", "skipped", "skipped_holidays", "rule"),
)
SKIPPED: Final = ("skipped", "skipped_holidays")
"""The days left out: those typed, and those ticked in the list of holidays that the form offers."""
USUAL_LENGTH: Final = timedelta(hours=1)
"""How long something lasts that nobody gave an end."""
_FIELD_OF: Final = {"start": "date", "end": "end", "rule": "until", "dates": "dates", "skipped": "skipped"}
_ABOUT_REPEATS: Final = ("WITHOUT_DATES", "INTERVAL", "UNREADABLE", "FREQUENCY", "MISPLACED_PART", "UNKNOWN_PART")


def read_schedule(typed: Typed) -> Schedule | None:
    """The schedule; None where it cannot be one, with what is wrong noted at the fields."""
    repeats = typed.choice("repeats", REPEATS, "once")
    all_day = typed.flag("all_day")
    _note_missing(typed, repeats, all_day=all_day)
    chosen = typed.dates("dates") if repeats == "dates" else []
    first = min(chosen, default=None) if repeats == "dates" else typed.date("date")
    if first is None:
        name = "dates" if repeats == "dates" else "date"
        typed.problem(name, "date_missing")
        return None
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        typed.problem("dates" if repeats == "dates" else "date", "year", first=FIRST_YEAR, last=LAST_YEAR)
        return None
    span = _span(typed, first, all_day=all_day)
    if span is None:
        return None
    try:
        schedule = _schedule(typed, repeats, span, chosen, all_day=all_day)
    except ScheduleError as error:
        _note(typed, error)
        return None
    if schedule is not None and schedule.kind is not ScheduleKind.RULE and not all_day and _skipped_hour(schedule):
        typed.problem("start", "skipped_hour")
        return None
    return schedule


def _note_missing(typed: Typed, repeats: str, *, all_day: bool) -> None:
    """All that must be told and was not, so that nobody is sent back to the form once for each."""
    wanted = {"dates" if repeats == "dates" else "date": "date_missing"}
    if not all_day:
        wanted["start"] = "time_missing"
    if repeats not in ("once", "dates", "rule") and not typed.payload.get("times"):
        wanted["until"] = "endless"
    for name, code in wanted.items():
        if not one_line(typed.payload.get(name, "")):
            typed.problem(name, code)


def _schedule(
    typed: Typed, repeats: str, span: tuple[datetime, datetime], chosen: list[date], *, all_day: bool
) -> Schedule | None:
    start, end = span
    if repeats == "once":
        return Schedule.once(start, end, all_day=all_day)
    skipped = {day for name in SKIPPED for day in typed.dates(name)}
    if repeats == "dates":
        kept = [day for day in chosen if day not in skipped]
        if not kept:
            raise ScheduleError(schedule_errors.Problem.ALL_SKIPPED, "skipped")
        return Schedule.on_dates(start, end, kept, all_day=all_day)
    rule = Rule.from_json(typed.line("rule", 500)) if repeats == "rule" else _rule(typed, repeats, start.date())
    return Schedule.repeating(start, end, rule, skipped, all_day=all_day) if rule else None


def _span(typed: Typed, first: date, *, all_day: bool) -> tuple[datetime, datetime] | None:
    """(start, end) of the first date."""
    last = typed.date("end_date")
    if last is not None and not FIRST_YEAR <= last.year <= LAST_YEAR:
        typed.problem("end_date", "year", first=FIRST_YEAR, last=LAST_YEAR)
        return None
    if last is not None and last < first:
        typed.problem("end_date", "end_before_start")
        return None
    if all_day:
        return wall(first, time.min), wall(last or first, time.min) + timedelta(days=1)
    start, end = typed.time("start"), typed.time("end")
    if start is None:
        typed.problem("start", "time_missing")
        return None
    begins = wall(first, start)
    if end is None:
        return begins, (wall(last, start) if last and last > first else begins + USUAL_LENGTH)
    ends = wall(last or first, end)
    if ends_at_midnight(typed.payload.get("end", "")):
        ends += timedelta(days=1)
    if ends <= begins:
        typed.problem("end", "end_before_start")
        return None
    return begins, ends


def _rule(typed: Typed, repeats: str, first: date) -> Rule | None:
    interval = typed.number("interval", 1, 99) or 1
    until, times = typed.date("until"), typed.number("times", 1, 730)
    if until is None and times is None:
        typed.problem("until", "endless")
        return None
    if repeats == "daily":
        return Rule(Frequency.DAILY, interval, until=until, count=times)
    if repeats == "weekly":
        weekdays = typed.choices("weekdays", "1234567") or (str(first.isoweekday()),)
        return Rule(Frequency.WEEKLY, interval, tuple((0, int(day)) for day in weekdays), until=until, count=times)
    if repeats == "monthly_day":
        return Rule(Frequency.MONTHLY, interval, month_days=(first.day,), until=until, count=times)
    position = int(typed.choice("position", POSITIONS, str(_position(first))))
    return Rule(Frequency.MONTHLY, interval, ((position, first.isoweekday()),), until=until, count=times)


def _position(day: date) -> int:
    """The how many-th such weekday of its month; the fifth is the last."""
    number = (day.day - 1) // 7 + 1
    return number if number < 5 else -1


def _note(typed: Typed, error: ScheduleError) -> None:
    name = schedule_errors.Problem(error.message).name
    field = "repeats" if name in _ABOUT_REPEATS else _FIELD_OF.get(error.field, error.field)
    typed.problem(field, name.lower(), **error.values)


def _skipped_hour(schedule: Schedule) -> bool:
    """Whether one of the dates is said to start in an hour that the clocks leave out."""
    return any(
        slot.start.astimezone(HELSINKI).replace(tzinfo=None) != schedule.wall_start(slot.original_date)
        for slot in schedule.slots()
    )


def schedule_fields(schedule: Schedule) -> Payload:
    """The fields that `read_schedule` makes the same schedule of."""
    start, end = schedule.start, schedule.end
    fields = {"date": start.date().isoformat()}
    if schedule.all_day:
        fields |= {"all_day": "yes", "end_date": _unless_same(end.date() - timedelta(days=1), start.date())}
    else:
        fields |= {"start": _clock(start), "end": _clock(end), "end_date": _unless_same(end.date(), start.date())}
    if schedule.kind is ScheduleKind.DATES:
        fields |= {"repeats": "dates", "dates": _listed(schedule.dates)}
    elif schedule.rule is not None:
        fields |= {**_rule_fields(schedule.rule, start.date()), "skipped": _listed(schedule.skipped)}
    else:
        fields["repeats"] = "once"
    return {name: text for name, text in fields.items() if text}


def _rule_fields(rule: Rule, first: date) -> Payload:
    common = {
        "interval": str(rule.interval) if rule.interval > 1 else "",
        "until": rule.until.isoformat() if rule.until else "",
        "times": str(rule.count or ""),
    }
    weekdays = ",".join(str(day) for _nth, day in rule.weekdays)
    nth = rule.weekdays[0][0] if rule.weekdays else 0
    candidates = (
        {"repeats": "daily"},
        {"repeats": "weekly", "weekdays": weekdays},
        {"repeats": "monthly_day"},
        {"repeats": "monthly_weekday", "position": str(nth)},
    )
    for fields in candidates:
        # What the form's own fields make of it decides: they may not be able to say this rule.
        typed = Typed({**common, **fields}, today=first)
        with suppress(ScheduleError):
            if _rule(typed, fields["repeats"], first) == rule and not typed.problems:
                return {**common, **fields}
    return {"repeats": "rule", "rule": rule.to_json()}


def _unless_same(day: date, first: date) -> str:
    return day.isoformat() if day != first else ""


def _listed(days: tuple[date, ...]) -> str:
    return ",".join(day.isoformat() for day in days)


def _clock(moment: datetime) -> str:
    return moment.strftime("%H:%M:%S" if moment.second else "%H:%M")


def read_moment(typed: Typed, day_field: str, clock_field: str) -> datetime | None:
    """A moment of a day field and a time field, in UTC; the end of the day where no time was given."""
    text = typed.payload.get(day_field, "").strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\S+", text):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(text)
            if moment.tzinfo and FIRST_YEAR <= moment.year <= LAST_YEAR:
                return moment.astimezone(UTC)
    day, clock = typed.date(day_field), typed.time(clock_field)
    if day is None:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        typed.problem(day_field, "year", first=FIRST_YEAR, last=LAST_YEAR)
        return None
    return wall(day, clock or time(23, 59)).replace(tzinfo=HELSINKI).astimezone(UTC)


def moment_fields(moment: datetime | None, day_field: str, clock_field: str) -> Payload:
    """The fields that `read_moment` makes the same moment of."""
    if moment is None:
        return {}
    local = moment.astimezone(HELSINKI)
    if local.microsecond or local.replace(fold=0).astimezone(UTC) != moment.astimezone(UTC):
        return {day_field: moment.astimezone(UTC).isoformat()}
    return {day_field: local.date().isoformat(), clock_field: _clock(local)}
