"""The dates that a form describes, before anything is published, and days that a series may want to skip. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from events.desk.form.fields import listed_days
from events.desk.problem_texts import break_text, field_text
from events.editing.input.fields import Typed, read_date
from events.editing.input.schedule import SKIPPED, read_schedule
from events.schedule.holidays import holiday
from events.schedule.recurrence import HELSINKI, Schedule, ScheduleKind
from events.schedule.school_breaks import BREAKS, free_days
from web.dates import write_day, write_when
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Skippable:
    """A day of a series on which people are elsewhere."""

    value: str
    text: str
    skipped: bool


@dataclass(frozen=True, slots=True)
class Dates:
    """What the schedule comes to: how many dates, each in words, or what is still wrong with it.

    `also_skipped` are the other days left out, as they are typed; a holiday ticked is one only while it is a date.
    """

    count: str
    lines: tuple[str, ...]
    problem: str
    skippable: tuple[Skippable, ...]
    also_skipped: str
    begun: bool


def dates_view(fields: Mapping[str, str], language: Language, *, today: date) -> Dates:
    """The dates of a form."""
    whole = _schedule({name: text for name, text in fields.items() if name not in SKIPPED}, today)
    skipped = [day for name in SKIPPED for day in Typed(fields, today=today).dates(name)]
    offered = _skippable(whole[0], skipped, language, today) if whole[0] else ()
    schedule, problem = _schedule(fields, today)
    lines = _lines(schedule, language, today) if schedule else ()
    known = {one.value for one in offered}
    listed = listed_days(fields.get("skipped", ""), today=today)
    others = [part for part in listed if str(read_date(part, today=today)) not in known]
    return Dates(
        count=language.ngettext("{n} date", "{n} dates", len(lines)).format(n=len(lines)) if lines else "",
        lines=lines,
        problem=field_text(problem, language) if problem else "",
        skippable=offered,
        also_skipped=", ".join(others),
        begun=bool(fields.get("date") or fields.get("dates")),
    )


def _schedule(fields: Mapping[str, str], today: date):  # type: ignore[no-untyped-def]
    typed = Typed(fields, today=today)
    schedule = read_schedule(typed)
    return schedule, (typed.problems[0] if typed.problems else None)


def _skippable(schedule: Schedule, skipped: list[date], language: Language, today: date) -> tuple[Skippable, ...]:
    if schedule.kind is not ScheduleKind.RULE:
        return ()
    found = {}
    for day, key in free_days(slot.original_date for slot in schedule.slots()):
        name = break_text(key, language) if key in BREAKS else holiday(day, language)
        found[day] = f"{write_day(day, language, today=today)} · {name}"
    return tuple(Skippable(day.isoformat(), text, day in skipped) for day, text in found.items())


def _lines(schedule: Schedule, language: Language, today: date) -> tuple[str, ...]:
    return tuple(
        write_when(
            slot.start.astimezone(HELSINKI).replace(tzinfo=None),
            slot.end.astimezone(HELSINKI).replace(tzinfo=None),
            language,
            all_day=schedule.all_day,
            today=today,
        )
        for slot in schedule.slots()
    )
