"""The scopes of an edit: what «this date», «this and following» and «all» mean for an event. Pure.

The form of a scope starts from `offered`: the event as if it were only that date, or only the rest of the series. What
comes back is told apart by `applied` into what the event becomes, and the new event that takes over, if there is one.
A feed then ends the old series and begins a new one: calendar programs agree on nothing else (RANGE, moved masters).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.texts import Note
from events.editing.errors import EditRefused
from events.editing.status_changes import Reason, moved
from events.schedule.recurrence import HELSINKI, Schedule, ScheduleKind

SCOPES: Final = ("this", "following", "all")


@dataclass(frozen=True, slots=True)
class Split:
    """What an event becomes, and the new one that takes over some of its dates."""

    kept: EventDraft
    new: EventDraft | None = None


def offered(draft: EventDraft, scope: str, day: date | None) -> EventDraft:
    """What the form of a scope begins with. Raises `EditRefused` for a date that the event does not have."""
    day = _checked(draft, scope, day)
    if day is None:
        return draft
    if scope == "following":
        return _with_dates(draft, _since(draft.schedule, day))
    slot = next(slot for slot in draft.schedule.slots() if slot.original_date == day)
    change = draft.changes.get(day, DateChange())
    start, end = (
        moment.astimezone(HELSINKI).replace(tzinfo=None)
        for moment in (change.start or slot.start, change.end or slot.end)
    )
    schedule = Schedule.once(start, end, all_day=draft.schedule.all_day)
    notes = tuple(replace(note, original_date=None) for note in draft.notes if note.original_date == day)
    return replace(
        draft,
        schedule=schedule,
        changes={},
        notes=notes or tuple(note for note in draft.notes if note.original_date is None),
        event_status=change.status if change.status != "scheduled" else draft.event_status,
        status_reason=change.reason or draft.status_reason,
        full=draft.full or change.full,
    )


def applied(draft: EventDraft, edited: EventDraft, scope: str, day: date | None) -> Split:
    """What an edit in a scope makes of an event; `edited` holds no status of its own, the event's stands.

    One date whose time alone was changed moves; with other facts of its own it becomes an event of its own.
    """
    day = _checked(draft, scope, day)
    before = offered(draft, scope, day)
    edited = _with_status_of(before, edited)
    if edited == before:
        return Split(draft)
    if day is None or (scope == "following" and day == draft.schedule.slots()[0].original_date):
        return Split(edited)
    if scope == "following":
        return Split(_with_dates(draft, _until(draft.schedule, day)), edited)
    if replace(edited, schedule=before.schedule) == before and edited.schedule.kind is ScheduleKind.ONCE:
        known = draft.changes.get(day, DateChange())
        notes = {note.language: note.text for note in draft.notes if note.original_date == day}
        start, end = edited.schedule.start, edited.schedule.end
        return Split(moved(draft, day, start, end, Reason(known.reason, notes)))
    return Split(_with_dates(draft, _without(draft.schedule, day)), edited)


def _checked(draft: EventDraft, scope: str, day: date | None) -> date | None:
    """The date that the scope speaks of; None for all, and for an event that has only one."""
    slots = draft.schedule.slots()
    if scope == "all" or day is None or draft.schedule.kind is ScheduleKind.ONCE:
        return None
    if scope not in SCOPES or day not in {slot.original_date for slot in slots}:
        raise EditRefused("no_such_date", day.isoformat())
    return None if len(slots) == 1 else day


def _with_dates(draft: EventDraft, schedule: Schedule) -> EventDraft:
    """With fewer dates, and what is special of those alone."""
    days = {slot.original_date for slot in schedule.slots()}
    return replace(draft, schedule=schedule, changes=_of(days, draft.changes), notes=_about(days, draft.notes))


def _with_status_of(before: EventDraft, edited: EventDraft) -> EventDraft:
    days = {slot.original_date for slot in edited.schedule.slots()}
    return replace(
        edited,
        event_status=before.event_status,
        status_reason=before.status_reason,
        full=before.full,
        changes=_of(days, before.changes),
        notes=_about(days, before.notes),
    )


def _of(days: set[date], changes: Mapping[date, DateChange]) -> dict[date, DateChange]:
    return {day: change for day, change in changes.items() if day in days}


def _about(days: set[date], notes: tuple[Note, ...]) -> tuple[Note, ...]:
    return tuple(note for note in notes if note.original_date is None or note.original_date in days)


def _since(schedule: Schedule, day: date) -> Schedule:
    kept = [slot.original_date for slot in schedule.slots() if slot.original_date >= day]
    return _only(schedule, kept)


def _until(schedule: Schedule, day: date) -> Schedule:
    kept = [slot.original_date for slot in schedule.slots() if slot.original_date < day]
    return _only(schedule, kept)


def _without(schedule: Schedule, day: date) -> Schedule:
    return _only(schedule, [slot.original_date for slot in schedule.slots() if slot.original_date != day])


def _only(schedule: Schedule, kept: list[date]) -> Schedule:
    """The schedule with only these of its dates, by the same rule."""
    if schedule.rule is None:
        return Schedule.on_dates(schedule.start, schedule.end, kept, all_day=schedule.all_day)
    start = schedule.wall_start(kept[0])
    rule = replace(schedule.rule.anchored(schedule.start.date()), until=kept[-1], count=None)
    days = set(kept)
    between = {slot.original_date for slot in schedule.slots()} | set(schedule.skipped)
    skipped = [day for day in between if kept[0] < day < kept[-1] and day not in days]
    length: timedelta = schedule.duration
    return Schedule.repeating(start, start + length, rule, skipped, all_day=schedule.all_day)
