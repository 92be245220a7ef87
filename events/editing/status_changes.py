"""Changes of status as functions from draft to draft: cancelled, postponed, moved, full, reinstated. Pure.

`days` are original dates; None stands for the event as a whole. Wall times are naive and Finnish. Raises `EditRefused`
for a date that the event does not have, and for times that cannot be kept.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from events.domain import vocabulary
from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.texts import Note
from events.editing.errors import EditRefused
from events.schedule.errors import ScheduleError
from events.schedule.recurrence import (
    HELSINKI,
    LONGEST_REPEATED_DAYS,
    LONGEST_SINGLE_DAYS,
    Schedule,
    ScheduleKind,
    Slot,
)
from events.schedule.rrule import Frequency, Rule
from web.cleaning import clean_line

NOTE: Final = 300
"""Characters of a note about a status."""

Days = Collection[date] | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason from the list, or none, and a note in any languages."""

    reason: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.reason not in ("", *vocabulary.REASONS) or not set(self.notes) <= set(vocabulary.LANGUAGES):
            raise EditRefused("reason_unknown")


def cancelled(draft: EventDraft, days: Days, why: Reason) -> EventDraft:
    """Called off, and said to be."""
    return _with_status(draft, days, "cancelled", why)


def postponed(draft: EventDraft, days: Days, why: Reason) -> EventDraft:
    """Put off to a time that is not known yet."""
    return _with_status(draft, days, "postponed", why)


def filled(draft: EventDraft, days: Days, *, full: bool) -> EventDraft:
    """No places left, or places again; said of the whole, places again are places on every date."""
    if days is not None:
        return _on_dates(draft, days, lambda change: replace(change, full=full))
    draft = replace(draft, full=full)
    return draft if full else _on_dates(draft, list(draft.changes), lambda change: replace(change, full=False))


def reinstated(draft: EventDraft, days: Days) -> EventDraft:
    """On again: status, reason and note go. One date of an event that is off as a whole leaves the others off."""
    if days is None:
        whole = replace(draft, event_status="scheduled", status_reason="", notes=_without_notes(draft, None))
        return _restored(whole, [day for day, change in draft.changes.items() if change.status != "scheduled"])
    _check(draft, days)
    if draft.event_status in vocabulary.NOT_TAKING_PLACE:
        others = [slot.original_date for slot in draft.schedule.slots() if slot.original_date not in set(days)]
        notes = {note.language: note.text for note in draft.notes if note.original_date is None}
        spread = _with_status(draft, others, draft.event_status, Reason(draft.status_reason, notes))
        draft = replace(spread, event_status="scheduled", status_reason="", notes=_without_notes(spread, None))
    return _restored(draft, days)


def moved(draft: EventDraft, day: date, start: datetime, end: datetime | None, why: Reason) -> EventDraft:
    """One date at another time, taking place whatever was said before; as long as planned where no end is given."""
    slot = _slots(draft, [day])[0]
    ending = end or start + draft.schedule.duration
    longest = LONGEST_SINGLE_DAYS if draft.schedule.kind is ScheduleKind.ONCE else LONGEST_REPEATED_DAYS
    if ending <= start:
        raise EditRefused("end_before_start", "end")
    if ending - start > timedelta(days=longest):
        raise EditRefused("too_long", "end")
    begins, ends = instant(start), max(instant(ending), instant(start) + timedelta(minutes=1))
    known = draft.changes.get(day, DateChange())
    change = replace(
        known,
        status="scheduled",
        reason=why.reason,
        start=None if begins == slot.start else begins,
        end=None if (begins, ends) == (slot.start, slot.end) else ends,
        planned=False,
    )
    if draft.schedule.kind is ScheduleKind.ONCE and draft.event_status in vocabulary.NOT_TAKING_PLACE:
        draft = replace(draft, event_status="scheduled", status_reason="", notes=_without_notes(draft, None))
    return _noted(_with_changes(draft, {**draft.changes, day: change}), [day], why)


def moved_as_a_whole(draft: EventDraft, start: datetime, end: datetime | None, why: Reason) -> EventDraft:
    """Every date moved as far as the first one is: `start` and `end` are the first date's new ones.

    Single and chosen dates keep their identity and are said to have moved; a series begins anew at the new time, its
    exceptions with it. A series by days of the month can only change its hour.
    """
    schedule = draft.schedule
    first = schedule.slots()[0].original_date
    if schedule.kind is ScheduleKind.ONCE:
        return moved(draft, first, start, end, why)
    by, length = start - schedule.wall_start(first), (end - start if end else schedule.duration)
    if length <= timedelta(0):
        raise EditRefused("end_before_start", "end")
    if schedule.kind is ScheduleKind.DATES:
        for slot in schedule.slots():
            begins = schedule.wall_start(slot.original_date) + by
            draft = moved(draft, slot.original_date, begins, begins + length, Reason(why.reason))
        return _noted(draft, None, why)
    return _noted(_shifted(draft, start, start + length), None, why)


def instant(wall: datetime) -> datetime:
    """A wall time in UTC. Raises `EditRefused` for the hour that is skipped in spring."""
    moment = wall.replace(tzinfo=HELSINKI).astimezone(UTC)
    if moment.astimezone(HELSINKI).replace(tzinfo=None) != wall:
        raise EditRefused("skipped_hour", "start")
    return moment


def _with_status(draft: EventDraft, days: Days, status: str, why: Reason) -> EventDraft:
    if days is None:
        return _noted(replace(draft, event_status=status, status_reason=why.reason), None, why)
    changed = _on_dates(draft, days, lambda change: replace(change, status=status, reason=why.reason))
    return _noted(changed, days, why)


def _restored(draft: EventDraft, days: Iterable[date]) -> EventDraft:
    days = list(days)
    restored = _on_dates(draft, days, lambda change: replace(change, status="scheduled", reason=""))
    return replace(restored, notes=tuple(note for note in restored.notes if note.original_date not in days))


def _on_dates(draft: EventDraft, days: Iterable[date], change: Callable[[DateChange], DateChange]) -> EventDraft:
    days = list(days)
    _check(draft, days)
    return _with_changes(
        draft, {**draft.changes, **{day: change(draft.changes.get(day, DateChange())) for day in days}}
    )


def _with_changes(draft: EventDraft, changes: Mapping[date, DateChange]) -> EventDraft:
    kept = {day: change for day, change in sorted(changes.items()) if change != DateChange()}
    return replace(draft, changes=kept)


def _noted(draft: EventDraft, days: Days, why: Reason) -> EventDraft:
    """With these notes in the place of what was said of these dates before."""
    targets: list[date | None] = [None] if days is None else [*sorted(days)]
    texts = {tag: clean_line(text, NOTE) for tag, text in sorted(why.notes.items())}
    new = [Note(tag, text, day) for day in targets for tag, text in texts.items() if text]
    return replace(draft, notes=(*(note for note in draft.notes if note.original_date not in targets), *new))


def _without_notes(draft: EventDraft, day: date | None) -> tuple[Note, ...]:
    return tuple(note for note in draft.notes if note.original_date != day)


def _check(draft: EventDraft, days: Iterable[date]) -> None:
    _slots(draft, days)


def _slots(draft: EventDraft, days: Iterable[date]) -> list[Slot]:
    known = {slot.original_date: slot for slot in draft.schedule.slots()}
    missing = [day for day in days if day not in known]
    if missing:
        raise EditRefused("no_such_date", *(day.isoformat() for day in missing))
    return [known[day] for day in days]


def _shifted(draft: EventDraft, start: datetime, end: datetime) -> EventDraft:
    """A series from another first date, its rule, exceptions and notes moved by as many days."""
    schedule = draft.schedule
    assert schedule.rule is not None
    by = start.date() - schedule.start.date()
    try:
        new = Schedule.repeating(
            start,
            end,
            _shifted_rule(schedule.rule, by),
            [day + by for day in schedule.skipped],
            all_day=schedule.all_day,
        )
    except ScheduleError as error:
        raise EditRefused("dates_not_moved_together", "start") from error
    if [slot.original_date - by for slot in new.slots()] != [slot.original_date for slot in schedule.slots()]:
        raise EditRefused("dates_not_moved_together", "start")
    notes = tuple(
        replace(note, original_date=note.original_date + by) if note.original_date else note for note in draft.notes
    )
    # A date that had been moved stays where it was moved to: that was said of it alone.
    changes = {day + by: change for day, change in draft.changes.items()}
    return replace(draft, schedule=new, changes=changes, notes=notes)


def _shifted_rule(rule: Rule, by: timedelta) -> Rule:
    until = rule.until + by if rule.until else None
    if rule.frequency is Frequency.WEEKLY:
        weekdays = tuple((nth, (day - 1 + by.days) % 7 + 1) for nth, day in rule.weekdays)
        return replace(rule, until=until, weekdays=weekdays)
    if by and rule.frequency is not Frequency.DAILY:
        raise EditRefused("dates_not_moved_together", "start")
    return replace(rule, until=until)
