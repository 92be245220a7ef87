"""A date as its organiser sees it: what, when, where, how it stands, and what she can do about it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.presenting.cards import Typed, state, title
from web.dates import write_date
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class DeskDate:
    """One date. `path` is what the addresses of its pages begin with; `open` says that it can still be changed.

    `full` is said of this date or of the whole; `whole` says that only the whole event can be said to have places.
    """

    event_path: str
    path: str
    title: Typed
    weekday: str
    day: str
    when: str
    hours: str
    place: str
    status: str
    state: str
    on: bool
    full: bool
    whole: bool
    open: bool


def desk_date(
    event: Event, one: EventDate, language: Language, *, now: datetime, today: date, may: bool = True
) -> DeskDate:
    """One date in the reader's words; `may` says that she may do something about it."""
    event_path = f"/{language.code}/desk/events/{event.public_id}"
    return DeskDate(
        event_path=event_path,
        path=f"{event_path}/dates/{one.original_date}",
        title=title(event, language),
        weekday=write_date(one.local_start.date(), "weekday", language),
        day=write_date(one.local_start.date(), "day and month", language),
        when=sentences.when(event, one, language, today=today),
        hours=sentences.hours(event, one, language, today=today),
        place=sentences.place(event, language),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
        on=event.takes_place(one),
        full=event.is_full(one),
        whole=event.full and event.is_series,
        open=may and not event.withdrawn and one.end > now,
    )


def desk_dates(
    event: Event, dates: Iterable[EventDate], language: Language, *, now: datetime, today: date, may: bool = True
) -> list[DeskDate]:
    """Several dates of one event."""
    return [desk_date(event, one, language, now=now, today=today, may=may) for one in dates]
