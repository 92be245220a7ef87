"""The noticeboard sheet: some days of a filter on A4, readable from a step away and without colour."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from events import sentences
from events.domain.event import Event
from events.domain.texts import understands
from events.filtering import counting, event_queries, listing_queries
from events.filtering.conditions import page_window
from events.filtering.filter_summary import Names, summary
from events.filtering.filters import EventFilter, Window
from events.filtering.listing import ListedDate, Presentation
from events.filtering.search_labels import activity_labels
from events.presenting.cards import Card, Typed, card, typed
from web.dates import WITHOUT_TODAY, write_day, write_day_heading, write_when
from web.i18n import Language
from web.links import with_query
from web.qr_code import qr_code
from web.site import Site

DAYS: Final = 7
"""The days of a sheet for which nobody said when."""
MOST_DAYS: Final = 31
MOST_ENTRIES: Final = 100
LONGEST_TYPED: Final = 60
"""Characters of an address that somebody may be asked to type from paper."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One event on one date: its card, and what paper cannot be asked for. `finnish` stands beside a translation."""

    card: Card
    where: str
    finnish: Typed | None
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetDay:
    """The entries under one day."""

    date: date
    heading: str
    entries: tuple[SheetEntry, ...]


@dataclass(frozen=True, slots=True)
class PrintView:
    """The sheet. `days_shown` names its stretch of time, `code` is the picture of the list's address, empty where
    that is too long; `too_long` and `more` are empty unless days or entries had to be left out."""

    sentence: str
    days_shown: str
    days: tuple[SheetDay, ...]
    code: str
    imprint: str
    too_long: str
    more: str
    list_href: str


async def print_view(site: Site, language: Language, filter_: EventFilter) -> PrintView:
    """Ask for the sheet of a filter and put it in the reader's words; a constant number of questions."""
    labels, today = activity_labels(site.languages), site.today()
    stretch, was_cut = sheet_window(filter_, today)
    inside = filter_.with_(start=stretch.start, end=stretch.end)
    shown = Presentation(series="expand", limit=MOST_ENTRIES)
    listing = await listing_queries.find(inside, labels, today=today, presentation=shown)
    total = await counting.count(inside, labels, today=today, presentation=shown) if listing.has_next else 0
    names = await event_queries.names_of(filter_)
    list_path = with_query(f"/{language.code}/events", filter_.to_query())
    short = language.isolated(short_address(site.settings.base_url, list_path, filter_, language, names))
    printed = write_day(today, language, today=WITHOUT_TODAY)
    return PrintView(
        sentence=summary(filter_, language, names, today=today),
        days_shown=_days_shown(stretch, language),
        days=tuple(
            SheetDay(
                day,
                write_day_heading(day, language, today=today),
                tuple(_entry(entry, language, today=today) for entry in entries),
            )
            for day, entries in listing.days
        ),
        code=qr_code(site.settings.base_url + list_path),
        imprint=language.gettext("Printed {date}. Changes: {address}").format(date=printed, address=short),
        too_long=_too_long(language) if was_cut else "",
        more=_more(total - MOST_ENTRIES, short, language) if total else "",
        list_href=list_path,
    )


def sheet_window(filter_: EventFilter, today: date) -> tuple[Window, bool]:
    """The days of the sheet, whole days from the first that is asked for, and whether there were too many.

    With no time asked for, a week from today; with no beginning, the last days before the end.
    """
    if not filter_.says_when:
        return _from(datetime.combine(today, time()), DAYS), False
    windows = filter_.windows(today, page_window(today)) or (_from(datetime.combine(today, time()), 1),)
    ends = [window.end for window in windows if window.end]
    end = max(ends) if len(ends) == len(windows) else None
    start = windows[0].start
    if start is None:
        return Window(end - timedelta(days=MOST_DAYS) if end else None, end), True
    longest = _from(start, MOST_DAYS)
    if end is None or (longest.end and end > longest.end):
        return longest, True
    return Window(start, end), False


def short_address(base_url: str, list_path: str, filter_: EventFilter, language: Language, names: Names) -> str:
    """Where to look for changes, short enough to type: the list itself, its organisation's page, or all events."""
    slug = filter_.organisation[0] if len(filter_.organisation) == 1 else ""
    paths = [list_path]
    if ("organisation", slug) in names:
        paths.append(f"/{language.code}/organisations/{slug}")
    host = base_url.partition("://")[2]
    fitting = (host + path for path in paths if len(host + path) <= LONGEST_TYPED)
    return next(fitting, f"{host}/{language.code}/events")


def _from(start: datetime, days: int) -> Window:
    return Window(start, datetime.combine(start.date(), time()) + timedelta(days=days))


def _days_shown(stretch: Window, language: Language) -> str:
    if stretch.start is None or stretch.end is None:
        return ""
    first, last = stretch.start.date(), (stretch.end - timedelta(microseconds=1)).date()
    if first >= last:
        return write_day_heading(first, language, today=WITHOUT_TODAY)
    begins, ends = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
    return write_when(begins, ends, language, all_day=True, today=WITHOUT_TODAY)


def _too_long(language: Language) -> str:
    return language.gettext("A sheet holds {n} days at most. The rest is on the page of events.").format(n=MOST_DAYS)


def _more(number: int, address: str, language: Language) -> str:
    return language.ngettext(
        "{n} more event does not fit here: {address}", "{n} more events do not fit here: {address}", number
    ).format(n=number, address=address)


def _entry(entry: ListedDate, language: Language, *, today: date) -> SheetEntry:
    event = entry.event
    tag, _ = event.text_for(language.tag)
    finnish = event.texts["fi"].title if "fi" in event.texts and not understands(tag, "fi") else ""
    return SheetEntry(
        card=card(entry, language, today=today),
        where=_where(event, language),
        finnish=typed(finnish, "fi", language),
        facts=tuple(_facts(entry, language, today=today)),
    )


def _where(event: Event, language: Language) -> str:
    """Place and address; the area, too, where there is no street to find it by."""
    if event.place is None or event.online or not event.place.street_address:
        return sentences.place(event, language)
    return language.isolated(event.place.in_full)


def _facts(entry: ListedDate, language: Language, *, today: date) -> Iterable[str]:
    """What one has to know before going, in a few words each."""
    event = entry.event
    yield sentences.price(event, language)
    if event.registration.kind == "required":
        yield sentences.registration(event, language, today=today)[0]
    yield from sentences.marks(event, language)
    if told := sentences.told(event, language):
        yield told
