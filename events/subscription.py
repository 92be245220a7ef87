"""The calendar that goes with a filter: its addresses, for people and for programs to discover. Pure."""

from dataclasses import dataclass

from events.filters import EventFilter
from web.i18n import Language
from web.page import Alternate


@dataclass(frozen=True, slots=True)
class Subscription:
    """Where a calendar program finds exactly the events of a page."""

    title: str
    https: str

    @property
    def webcal(self) -> str:
        """The address under the scheme that Apple, Thunderbird and GNOME open their calendar for."""
        return "webcal://" + self.https.partition("://")[2]

    @property
    def alternate(self) -> Alternate:
        """For `<link rel=alternate>`, so that programs find it."""
        return Alternate(self.https, "text/calendar", self.title)


def subscription(
    filter_: EventFilter, language: Language, base_url: str, *, title: str, slug: str = ""
) -> Subscription:
    """The feed of a filter, or of one organisation by its own permanent address."""
    if slug:
        return Subscription(title, f"{base_url}/{language.code}/organisations/{slug}.ics")
    query = filter_.to_query()
    return Subscription(title, f"{base_url}/{language.code}/events.ics{'?' if query else ''}{query}")
