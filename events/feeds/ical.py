"""Events as iCalendar (RFC 5545, RFC 7986). Pure: equal data gives equal bytes, whatever the time.

An event is written once and joined into every feed that holds it; nothing here knows a filter or a request.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

import icalendar

from events.domain.event import Event
from events.feeds.components import Component, components
from events.feeds.ical_texts import categories, contact, description, location, one_line, title
from events.schedule.recurrence import ScheduleKind
from web.i18n import Language

RENDERER_VERSION: Final = "4"
"""Raised whenever the written form changes, so that stored renderings are made anew."""
REFRESH: Final = timedelta(hours=6)
PRODUCT: Final = "-//Yhdessa//Tapahtumat 1.0//FI"
CANCELLED_LINE: Final = b"\r\nSTATUS:CANCELLED\r\n"
UID_LINE: Final = b"\r\nUID:"

TIMEZONE: Final = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Helsinki
X-LIC-LOCATION:Europe/Helsinki
BEGIN:DAYLIGHT
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
DTSTART:19700329T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
DTSTART:19701025T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
"""The rule form, since Outlook ignores lists of dates; a test holds it to the time zone database."""


def feed(name: str, bodies: Iterable[bytes]) -> bytes:
    """A calendar to subscribe to."""
    head, tail = frame(name)
    return b"".join((head, *bodies, tail))


def frame(name: str) -> tuple[bytes, bytes]:
    """What stands before and behind the events of a calendar to subscribe to."""
    calendar = _calendar()
    calendar.add("NAME", one_line(name))
    calendar.add("X-WR-CALNAME", one_line(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    return _around(calendar)


def without_cancelled_status(body: bytes) -> bytes:
    """An event without the STATUS:CANCELLED for which some programs hide it; its title says it still."""
    # The line break before it belongs to the search: typed text may end in these very words.
    return body.replace(CANCELLED_LINE, b"\r\n")


def uid_at(bodies: bytes, offset: int) -> bytes:
    """The UID of the event that begins there, as far as its first line goes."""
    begin = bodies.index(UID_LINE, offset) + len(UID_LINE)
    return bodies[begin : bodies.index(b"\r\n", begin)]


def single(body: bytes) -> bytes:
    """One event as a file of its own: without a calendar name, or Outlook would open a second calendar for it."""
    head, tail = _around(_calendar())
    return head + body + tail


def _calendar() -> icalendar.Calendar:
    # Not Calendar.new(): it adds a random UID, which changes the bytes and makes vdirsyncer see one event.
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _around(calendar: icalendar.Calendar) -> tuple[bytes, bytes]:
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR")
    return head + TIMEZONE, end + b"\r\n"


def event_body(event: Event, language: Language, *, form: str, base_url: str, uid: str) -> bytes:
    """The VEVENTs of one event in one language, each a run of CRLF lines; empty for an event without dates."""
    return b"".join(
        _vevent(event, component, language, form=form, base_url=base_url, uid=uid).to_ical()
        for component in components(event)
    )


def _vevent(
    event: Event, component: Component, language: Language, *, form: str, base_url: str, uid: str
) -> icalendar.Event:
    name, _, domain = uid.partition("@")
    address = _address(event, component, language, base_url)
    status = event.status_of(component.date) if component.date else event.event_status
    vevent = icalendar.Event()
    vevent.add("UID", f"{name}{component.suffix}@{domain}")
    if component.recurrence_id is not None:
        vevent.add("RECURRENCE-ID", component.recurrence_id)
    vevent.add("DTSTAMP", _second(event.modified))
    vevent.add("DTSTART", component.start)
    vevent.add("DTEND", component.end)
    if component.rule:
        vevent.add("RRULE", icalendar.vRecur.from_ical(component.rule))
    if component.skipped:
        vevent.add("EXDATE", list(component.skipped))
    vevent.add("SUMMARY", title(event, component.date, language))
    vevent.add("STATUS", {"tentative": "TENTATIVE", "scheduled": "CONFIRMED"}.get(status, "CANCELLED"))
    vevent.add("TRANSP", "TRANSPARENT")
    vevent.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    vevent.add("SEQUENCE", event.sequence)
    vevent.add("CREATED", _second(event.created))
    vevent.add("LAST-MODIFIED", _second(event.modified))
    if event.withdrawn:
        # Times and title, and that it is off: nothing else may outlive what its organiser has taken away.
        return vevent
    vevent.add("DESCRIPTION", description(event, component.date, language, form=form, address=address))
    if where := location(event, language):
        vevent.add("LOCATION", where)
    if event.place and event.place.latitude is not None and event.place.longitude is not None:
        vevent.add("GEO", (event.place.latitude, event.place.longitude))
    vevent.add("CATEGORIES", categories(event, language))
    vevent.add("CONTACT", one_line(contact(event, language)))
    vevent.add("URL", address)
    return vevent


def _address(event: Event, component: Component, language: Language, base_url: str) -> str:
    address = f"{base_url}/{language.code}/events/{event.public_id}"
    speaks_of_one = component.date is not None and event.schedule.kind is not ScheduleKind.ONCE
    return f"{address}?date={component.date.original_date}" if speaks_of_one and component.date else address


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
