"""A month as a table, on a phone as a list of days: every cell decided and put in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from events.domain.labels import label
from events.filtering import event_queries
from events.filtering.filter_summary import Names, chips, summary
from events.filtering.filters import EventFilter
from events.filtering.parameters import YEARS
from events.filtering.search_labels import activity_labels
from events.pages.month.grid import Month, Week
from events.pages.month.queries import FoundMonth, MonthDate, find_month
from events.presenting import cards
from events.presenting.cards import Typed
from events.presenting.subscription import Subscription, subscription
from events.schedule.holidays import holiday
from web.dates import write_date, write_day_heading, write_hours
from web.i18n import Language
from web.links import with_query
from web.site import Site

SERIES: Final = "expand"
"""How series stand in a month unless the address says otherwise: on each of their dates."""
MOST_A_DAY: Final = 4
"""Entries of one day; where there are more, the last of them gives way to the link to all."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class MonthEntry:
    """An event on one day. `hours` says when it starts, or that it goes on; `state` is the style of its status."""

    href: str
    hours: str
    lead: str
    title: Typed
    status: str
    state: str


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A cell: the day with its first entries. `more` is the way to all of them, None where they all stand here."""

    date: date
    heading: str
    is_today: bool
    holiday: str
    entries: tuple[MonthEntry, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class MonthWeek:
    """A line of the table; `name` is «Week 49», None stands for a day of another month."""

    number: int
    name: str
    days: tuple[MonthDay | None, ...]

    @property
    def is_free(self) -> bool:
        """Nothing happens all week."""
        return not any(day and day.entries for day in self.days)


@dataclass(frozen=True, slots=True)
class MonthView:
    """What the page shows. `previous` and `following` end where nothing more is known; `current` is today's month."""

    heading: str
    sentence: str
    weekdays: tuple[str, ...]
    weeks: tuple[MonthWeek, ...]
    chips: tuple[Link, ...]
    clear_href: str
    previous: Link | None
    following: Link | None
    current: Link | None
    list_href: str
    print_href: str
    subscription: Subscription

    @property
    def is_empty(self) -> bool:
        """Nothing happens all month."""
        return all(week.is_free for week in self.weeks)


async def month_view(site: Site, language: Language, filter_: EventFilter, month: Month, *, series: str) -> MonthView:
    """Ask for a month of a filter and put it in the reader's words; a constant number of questions."""
    labels, today = activity_labels(site.languages), site.today()
    found = await find_month(filter_, labels, month=month, today=today, series=series, most=MOST_A_DAY)
    names = await event_queries.names_of(filter_)
    writer = _Writer(language, filter_, month, today, series)
    sentence = summary(filter_, language, names, today=today)
    previous, following = turns(found, month)
    is_now = month == Month.of(today)
    return MonthView(
        heading=write_date(month.first, "month heading", language),
        sentence=sentence,
        weekdays=tuple(write_date(date(2024, 1, day), "weekday", language) for day in range(1, 8)),
        weeks=tuple(writer.week(week, found) for week in month.weeks),
        chips=tuple(writer.chips(names)),
        clear_href=writer.month_href(month, EventFilter()),
        previous=writer.turn(previous),
        following=writer.turn(following),
        current=None if is_now else writer.turn(Month.of(today)),
        list_href=writer.list_href(None if is_now else month.first, month.last),
        print_href=writer.print_href(),
        subscription=subscription(filter_, language, site.settings.base_url, title=sentence),
    )


def turns(found: FoundMonth, month: Month) -> tuple[Month | None, Month | None]:
    """The months that the page leads on to: back and forth one by one, from beyond either end back to it."""
    goes_on = any(one.last > month.last for one in found.dates)
    earlier = Month.of(found.earlier) if found.earlier else None
    later = Month.of(found.later) if found.later else None
    back = month.before if earlier and (found.dates or later) else earlier
    forth = month.after if goes_on or (later and (found.dates or earlier)) else later
    return back, forth if forth and forth.year in YEARS else None


def standing_on(day: date, found: FoundMonth) -> tuple[list[MonthDate], int]:
    """The dates at hand that stand on a day, those that begin on it first, and how many there are in all."""
    begun = [one for one in found.dates if one.first == day]
    going_on = [one for one in found.dates if one.first < day <= one.last]
    return [*begun, *going_on], found.begin.get(day, 0) + len(going_on)


@dataclass(frozen=True, slots=True)
class _Writer:
    language: Language
    filter: EventFilter
    month: Month
    today: date
    series: str

    def week(self, week: Week, found: FoundMonth) -> MonthWeek:
        name = self.language.gettext("Week {n}").format(n=week.number)
        return MonthWeek(week.number, name, tuple(self.day(day, found) if day else None for day in week.days))

    def day(self, day: date, found: FoundMonth) -> MonthDay:
        standing, together = standing_on(day, found)
        shown = standing[: MOST_A_DAY if together <= MOST_A_DAY else MOST_A_DAY - 1]
        return MonthDay(
            date=day,
            heading=write_day_heading(day, self.language, today=self.month.first),
            is_today=day == self.today,
            holiday=holiday(day, self.language),
            entries=tuple(self.entry(one, day) for one in shown),
            more=self.more(day, together - len(shown)) if together > len(shown) else None,
        )

    def entry(self, one: MonthDate, day: date) -> MonthEntry:
        state = cards.state(one.event, one.shown)
        local = one.shown.local_start
        return MonthEntry(
            href=cards.event_href(one.event, one.shown, self.language),
            hours=self.language.gettext("goes on")
            if one.first < day
            else start_time(local.hour * 60 + local.minute, self.language, all_day=one.event.schedule.all_day),
            lead=cards.lead(one.event, self.language),
            title=cards.title(one.event, self.language),
            status=state_word(state, self.language) if state else "",
            state=state,
        )

    def more(self, day: date, number: int) -> Link:
        text = self.language.ngettext("{n} more", "{n} more", number).format(n=number)
        return Link(text, self.list_href(day, day))

    def chips(self, names: Names) -> Iterable[Link]:
        for chip in chips(self.filter, self.language, names, today=self.today):
            yield Link(chip.text, self.month_href(self.month, self.filter.without(chip.parameter, chip.value)))

    def turn(self, month: Month | None) -> Link | None:
        if month is None:
            return None
        return Link(write_date(month.first, "month heading", self.language), self.month_href(month, self.filter))

    def month_href(self, month: Month, filter_: EventFilter) -> str:
        series = f"series={self.series}" if self.series != SERIES else ""
        return with_query(f"/{self.language.code}/calendar/{month}", filter_.to_query(), series)

    def list_href(self, first: date | None, last: date) -> str:
        """The list of some days; without a first one, of what is to come."""
        inside = self.filter.with_(start=first, end=last) if first else self.filter
        return with_query(f"/{self.language.code}/events", inside.to_query())

    def print_href(self) -> str:
        """The sheet of the month, as far as it is not over."""
        first = self.today if Month.of(self.today) == self.month else self.month.first
        inside = self.filter.with_(start=first, end=self.month.last)
        return with_query(f"/{self.language.code}/print", inside.to_query())


def state_word(state: str, language: Language) -> str:
    """A date's state in a word or two, as there is room for in a cell."""
    words = {"moved": language.gettext("Moved here"), "full": language.gettext("Full")}
    return words.get(state) or label(language, "status", state)


@lru_cache(maxsize=4096)
def start_time(minute: int, language: Language, *, all_day: bool) -> str:
    """When something starts, by its minute of the day: «klo 17.30», «all day»."""
    starts = datetime.combine(date(2024, 1, 1), time()) + timedelta(minutes=minute)
    return write_hours(starts, starts, language, all_day=all_day, today=starts.date())
