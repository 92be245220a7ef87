"""Checks before publishing for what would not be true: a day that is over, sign-up that closes too late, a skipped day
that is no date. Pure.

Nothing of this keeps anybody from saving: it is asked when a form is sent or published, over what makes it readable
and what it lacks. The same form may say something true on one day and not on the next, so `today` is an argument.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from events.domain.drafts import EventDraft
from events.editing.drafts import Reading
from events.editing.errors import EditRefused
from events.editing.input.fields import Problem, Typed
from events.editing.input.schedule import SKIPPED, read_moment, read_schedule
from events.editing.scopes import applied
from events.schedule.recurrence import HELSINKI
from events.storage.search_index import DateRow, date_rows

MOST_NAMED: Final = 5
"""How many days of a list are named in one sentence."""
_WHOLE_DAY: Final = time(23, 59)
"""When sign-up closes that was given a day and no hour."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The public event that an edit is about, as it stands, and which of its dates the edit is of."""

    standing: EventDraft
    scope: str = "all"
    day: date | None = None


def untrue(
    payload: Mapping[str, str], reading: Reading, *, today: date, edited: Edited | None = None
) -> tuple[Problem, ...]:
    """What publishing a form would say that is not so, each at its field, over what `read` has noted there.

    Where something else is still wrong with the form its dates are judged all the same, so that everything can be said
    at once. `edited` is the event that it would change; none for a new one.
    """
    rows = _dates(payload, reading.draft, today=today, edited=edited)
    found = (
        *_over(payload, rows, today=today, edited=edited),
        *_sign_up(payload, rows, today=today),
        *_skipped(payload, today=today, edited=edited),
    )
    noted = {problem.field for problem in reading.problems}
    return tuple(problem for problem in found if problem.field not in noted)


def _dates(
    payload: Mapping[str, str], draft: EventDraft | None, *, today: date, edited: Edited | None
) -> Sequence[DateRow]:
    """The dates that would be public, moved ones where they moved to."""
    if draft is None:
        schedule = read_schedule(Typed(payload, today=today))
        return date_rows(schedule, {}) if schedule else ()
    if edited is not None:
        # An edit of a date that has gone meanwhile is refused where it is published.
        with suppress(EditRefused):
            split = applied(edited.standing, draft, edited.scope, edited.day)
            draft = split.new or split.kept
    return date_rows(draft.schedule, draft.changes)


def _over(
    payload: Mapping[str, str], rows: Sequence[DateRow], *, today: date, edited: Edited | None
) -> tuple[Problem, ...]:
    """A date is over when the last day that it touches is: an exhibition that is still open may be told of. Dates that
    the event has already are never asked about, wherever they were planned or have moved to."""
    known: set[date] = set()
    if edited is not None:
        standing = date_rows(edited.standing.schedule, edited.standing.changes)
        known = {day for row in standing for day in (row.local_date, row.occurrence.original_date)}
    over = [row.local_date for row in rows if row.last_date < today and row.local_date not in known]
    if not over:
        return ()
    repeats = payload.get("repeats", "once")
    if repeats == "dates":
        return (Problem("dates", "day_over", {"days": tuple(over[:MOST_NAMED])}),)
    # Of a series the first such day is enough: all that follow from it are over for the same reason.
    code = "day_over" if edited is None or repeats == "once" else "day_over_in_series"
    return (Problem("date", code, {"days": (over[0],)}),)


def _sign_up(payload: Mapping[str, str], rows: Sequence[DateRow], *, today: date) -> tuple[Problem, ...]:
    """Sign-up closes at the last start at the latest.

    There is one moment at which it closes, for the whole event: where one signs up once, a newcomer may come in the
    middle of the season; where one signs up each time, the last time is the last that she can sign up for. So it is
    the last start that counts for both, and an event that begins once has no other. A day without an hour means all of
    that day, as its page says; an event of whole days begins at no hour that one could be late for.
    """
    typed = Typed(payload, today=today)
    closes = read_moment(typed, "registration_closes_date", "registration_closes_time")
    if closes is None or typed.problems or not rows or payload.get("registration") == "none":
        return ()
    local, last = closes.astimezone(HELSINKI).replace(tzinfo=None), max(row.occurrence.local_start for row in rows)
    if local.date() > last.date():
        code = "closes_after_start" if len(rows) == 1 else "closes_after_last_start"
        return (Problem("registration_closes_date", code, {"start": last.date()}),)
    hours = not typed.flag("all_day") and local.time() != _WHOLE_DAY
    if local.date() == last.date() and hours and local > last:
        return (Problem("registration_closes_time", "closes_after_hour"),)
    return ()


def _skipped(payload: Mapping[str, str], *, today: date, edited: Edited | None) -> tuple[Problem, ...]:
    """The days typed to be skipped that are none of the dates, with the nearest that is.

    Holidays are ticked in a list of their own and may have ceased to be dates since. So may what the event skips
    already, where its series now begins later or ends earlier.
    """
    skipped = Typed(payload, today=today).dates("skipped")
    if not skipped or payload.get("repeats", "once") == "once":
        return ()
    whole = {name: text for name, text in payload.items() if name not in SKIPPED}
    schedule = read_schedule(Typed(whole, today=today))
    if schedule is None:
        return ()
    days = [slot.original_date for slot in schedule.slots()]
    known = edited.standing.schedule.skipped if edited else ()
    none = [
        day
        for day in dict.fromkeys(skipped)
        if day not in days and not (day in known and not days[0] <= day <= days[-1])
    ][:MOST_NAMED]
    if not none:
        return ()
    nearest = tuple(dict.fromkeys(_nearest(day, days) for day in none))
    return (Problem("skipped", "not_among_dates", {"days": tuple(none), "nearest": nearest}),)


def _nearest(day: date, days: Collection[date]) -> date:
    return min(days, key=lambda one: (abs(one - day), one))
