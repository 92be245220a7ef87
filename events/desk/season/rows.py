"""The groups of last season that could go on, each with the dates it would have.

A group is offered when its last date is near or past and nothing of the same name by the same organisation follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from events.desk.problem_texts import break_text
from events.domain.drafts import EventDraft
from events.domain.event import Event
from events.editing.seasons import next_season
from events.presenting.cards import Typed, title
from events.schedule.holidays import NAMES
from events.schedule.recurrence import Schedule
from events.schedule.school_breaks import free_days
from events.storage.loading import load_events
from web.database.connection import as_json, as_utc, fetch
from web.dates import write_date, write_day
from web.i18n import Language

BACK: Final = timedelta(days=400)
AHEAD: Final = timedelta(days=120)
MOST: Final = 40
SEASONS: Final = ((1, 8), (9, 1))
"""Month and day from which a season's first dates are proposed: after Epiphany, after the summer."""


@dataclass(frozen=True, slots=True)
class Group:
    """A series of last season."""

    event: Event
    image_id: int | None
    last: datetime


@dataclass(frozen=True, slots=True)
class SeasonRow:
    """One line of the screen. `skipped` are the days left out, with their names; `first` is for the field."""

    public_id: str
    href: str
    title: Typed
    rhythm: str
    was: str
    first: str
    will_be: str
    skipped: list[str]


async def groups_of(organisation_id: int, *, now: datetime) -> list[Group]:
    """The series that could go on, by weekday and hour. Four statements."""
    rows = await fetch(
        "SELECT e.id, e.image_id, MIN(o.start) AS first_start, MAX(o.start) AS last_start FROM event e"
        " JOIN occurrence o ON o.event_id = e.id WHERE e.organisation_id = ? AND e.publication = 'published'"
        " GROUP BY e.id, e.image_id, e.event_status HAVING COUNT(*) > 1 AND MAX(o.start) > ? AND MAX(o.start) < ?"
        " AND e.event_status NOT IN ('cancelled', 'postponed') ORDER BY last_start DESC, e.id LIMIT ?",
        organisation_id,
        now - BACK,
        now + AHEAD,
        MOST,
    )
    followers = await _beginnings(organisation_id)
    events = await load_events([row["id"] for row in rows], with_dates=False)
    groups = [Group(events[row["id"]], row["image_id"], as_utc(row["last_start"])) for row in rows]
    left = [group for group in groups if not _goes_on(group, followers)]
    return sorted(left, key=lambda group: (group.event.schedule.start.isoweekday(), group.event.schedule.start.time()))


async def _beginnings(organisation_id: int) -> list[tuple[str, datetime]]:
    """(title in the original language, first start) of everything an organisation has published or sent."""
    published = await fetch(
        "SELECT t.title, MIN(o.start) AS first_start FROM event e JOIN event_text t ON t.event_id = e.id"
        " AND t.language = e.original_language JOIN occurrence o ON o.event_id = e.id"
        " WHERE e.organisation_id = ? AND e.publication = 'published' GROUP BY e.id, t.title",
        organisation_id,
    )
    sent = await fetch(
        "SELECT payload, first_start FROM proposal WHERE organisation_id = ? AND state = 'submitted'"
        " AND event_id IS NULL AND first_start IS NOT NULL",
        organisation_id,
    )
    return [
        *((row["title"], as_utc(row["first_start"])) for row in published),
        *((_title_of(as_json(row["payload"])["fields"]), as_utc(row["first_start"])) for row in sent),
    ]


def _title_of(fields: Mapping[str, str]) -> str:
    return fields.get(f"title.{fields.get('original_language', 'fi')}", "")


def _goes_on(group: Group, followers: Sequence[tuple[str, datetime]]) -> bool:
    name = _name(group.event)
    return any(title == name and start > group.last for title, start in followers)


def _name(event: Event) -> str:
    text = event.texts.get(event.original_language)
    return text.title if text else ""


def proposed_first(schedule: Schedule, *, last: date, today: date) -> date:
    """The first date of the season after this one, on the same weekday."""
    after = max(last, today)
    years = (after.year, after.year + 1)
    begins = min(day for year in years for month, number in SEASONS if (day := date(year, month, number)) > after)
    return begins + timedelta(days=(schedule.start.isoweekday() - begins.isoweekday()) % 7)


def planned(event: Event, first: date) -> Schedule:
    """The schedule that the next season would have. Raises `ScheduleError`."""
    return next_season(_only_dates(event), first).schedule


def _only_dates(event: Event) -> EventDraft:
    return EventDraft(event.kind, event.category, event.original_language, event.schedule, texts={})


def left_out(event: Event, first: date, language: Language, *, today: date) -> list[str]:
    """The days that are skipped, each with its name, in the reader's words. Raises `ScheduleError`."""
    kept = {slot.original_date for slot in planned(event, first).slots()}
    every = [slot.original_date for slot in next_season(_only_dates(event), first, skipped=()).schedule.slots()]
    return [
        f"{write_day(day, language, today=today)} ({_named(key, language)})"
        for day, key in free_days(every)
        if day not in kept
    ]


def _named(key: str, language: Language) -> str:
    return NAMES[key](language) if key in NAMES else break_text(key, language)


def season_row(group: Group, first: date, typed: str, language: Language, *, today: date) -> SeasonRow:
    """One group with the dates from `first` on; `typed` stands in the field. Raises `ScheduleError`."""
    event = group.event
    schedule = planned(event, first)
    return SeasonRow(
        public_id=event.public_id,
        href=f"/{language.code}/desk/events/{event.public_id}",
        title=title(event, language),
        rhythm=write_date(event.schedule.start.date(), "weekday", language),
        was=_span(event.schedule, language, today),
        first=typed,
        will_be=_span(schedule, language, today),
        skipped=left_out(event, first, language, today=today),
    )


def _span(schedule: Schedule, language: Language, today: date) -> str:
    slots = schedule.slots()
    n = len(slots)
    text = language.ngettext("{first} – {last}, {n} time", "{first} – {last}, {n} times", n)
    first, last = (write_day(day, language, today=today) for day in (slots[0].original_date, slots[-1].original_date))
    return text.format(first=first, last=last, n=n)
