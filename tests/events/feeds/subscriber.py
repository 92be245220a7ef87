"""What a subscriber's program reads in a feed, for the tests of feeds."""

from __future__ import annotations

from datetime import datetime

import icalendar

from events.domain.dates import DateChange
from events.domain.texts import Text
from tests.people import Calendar, at, weekly

FEED = "/fi/events.ics"
CANCELLED = DateChange("cancelled", "illness")
BOTH = {"fi": Text("Kielikahvila", "Tule juttelemaan"), "sv": Text("Språkcafé", "Kom och prata")}


def events(calendar: Calendar, path: str = FEED) -> list[icalendar.Event]:
    """The VEVENTs of a feed in the order of the file."""
    return [one for one in calendar.feed(path).walk("VEVENT") if isinstance(one, icalendar.Event)]


def titles(calendar: Calendar, path: str = FEED) -> list[str]:
    """The titles in a feed, in its order."""
    return [str(one["SUMMARY"]) for one in events(calendar, path)]


def times(calendar: Calendar, path: str) -> list[dict[str, bytes]]:
    """What must be the same wherever an event is read."""
    names = ("UID", "RECURRENCE-ID", "DTSTART", "DTEND", "RRULE", "EXDATE", "STATUS", "SEQUENCE", "TRANSP", "DTSTAMP")
    return [{name: one[name].to_ical() for name in names if name in one} for one in events(calendar, path)]


def sequence(calendar: Calendar) -> int:
    """The SEQUENCE of the one event in the feed."""
    (only,) = events(calendar)
    return int(only["SEQUENCE"])


def changed(calendar: Calendar) -> datetime:
    """The LAST-MODIFIED of the one event in the feed."""
    (only,) = events(calendar)
    moment: datetime = only["LAST-MODIFIED"].dt
    return moment


def season(calendar: Calendar) -> str:
    """A weekly series with a skipped, a cancelled and a moved date."""
    return calendar.publish(
        schedule=weekly(times=6, skipped=("2026-12-22",)),
        changed={"2026-12-08": CANCELLED, "2026-12-15": DateChange(start=at("2026-12-16 18:00"))},
        texts=BOTH,
    )
