"""The calendar that goes with a filter: its addresses, for people and for programs to discover. Pure."""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.filtering.filters import EventFilter
from events.presenting.shown_date import ShownDate
from web.i18n import Language
from web.links import Alternate, with_query

OUTLOOK = "outlook.live.com"
OUTLOOK_AT_WORK = "outlook.office.com"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a calendar program finds exactly the events of a page; `page` names every way to subscribe to them."""

    title: str
    https: str
    page: str = ""

    @property
    def webcal(self) -> str:
        """The address under the scheme that Apple, Thunderbird and GNOME open their calendar for."""
        return "webcal://" + self.https.partition("://")[2]

    @property
    def google(self) -> str:
        """The page on which Google Calendar offers to subscribe.

        It knows the address under webcal alone, and hides what is marked as cancelled: its readers get the feed
        that says so in the title.
        """
        address = f"{self.webcal}{'&' if '?' in self.webcal else '?'}cancelled=title"
        return f"https://calendar.google.com/calendar/r?cid={quote(address, safe='')}"

    def outlook(self, name: str, *, host: str = OUTLOOK) -> str:
        """The page on which Outlook on the web offers to subscribe under a name."""
        return f"https://{host}/calendar/0/addfromweb?url={quote(self.https, safe='')}&name={quote(name, safe='')}"

    @property
    def alternate(self) -> Alternate:
        """For `<link rel=alternate>`, so that programs find it."""
        return Alternate(self.https, "text/calendar", self.title)


def subscription(
    filter_: EventFilter, language: Language, base_url: str, *, title: str, slug: str = ""
) -> Subscription:
    """The feed of a filter, or of one organisation by its own permanent address."""
    query = filter_.to_query()
    page = with_query(f"/{language.code}/subscribe", query)
    if slug:
        return Subscription(title, f"{base_url}/{language.code}/organisations/{slug}.ics", page)
    return Subscription(title, with_query(f"{base_url}/{language.code}/events.ics", query), page)


def google_copy(event: Event, shown: ShownDate, language: Language, *, title: str, base_url: str) -> str:
    """The page on which Google Calendar offers to copy the shown date.

    Empty where that is over or does not take place.
    """
    one = shown.one
    if not shown.coming or not event.takes_place(one):
        return ""
    date = f"?date={one.original_date}" if event.is_series else ""
    address = f"{base_url}/{language.code}/events/{event.public_id}{date}"
    details = f"{language.gettext('Check before you leave:')} {address}"
    return (
        f"https://calendar.google.com/calendar/render?action=TEMPLATE&text={quote(title, safe='')}"
        f"&dates={quote(_span(one, all_day=event.schedule.all_day), safe='')}"
        f"&details={quote(details, safe='')}&location={quote(_location(event, language), safe='')}"
    )


def _span(one: EventDate, *, all_day: bool) -> str:
    """Start and end as Google reads them; the end of whole days is the day after the last."""
    if all_day:
        return f"{one.local_start:%Y%m%d}/{one.local_end:%Y%m%d}"
    return f"{one.start.astimezone(UTC):%Y%m%dT%H%M%SZ}/{one.end.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _location(event: Event, language: Language) -> str:
    if event.place is None:
        return sentences.place(event, language) if event.online else ""
    return event.place.in_full
