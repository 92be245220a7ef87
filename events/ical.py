"""Events as iCalendar (RFC 5545, RFC 7986). Pure: equal data gives equal bytes, whatever the time.

An event is written once and joined into every feed that holds it; nothing here knows a filter or a request.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from typing import Final

import icalendar

from events import sentences, vocabulary
from events.components import Component, components
from events.facts import Event, EventDate
from events.labels import label
from events.recurrence import ScheduleKind
from web.dates import WITHOUT_TODAY
from web.i18n import Language

RENDERER_VERSION: Final = "2"
"""Raised whenever the written form changes, so that stored renderings are made anew."""
FORMS: Final = ("feed", "short", "full")
"""feed: facts and the beginning of the summary; short: where a feed grows too large; full: one event's own file."""
REFRESH: Final = timedelta(hours=6)
SUMMARY_IN_FEED: Final = 150
MAXIMUM_DESCRIPTION: Final = 8000
PRODUCT: Final = "-//Yhdessa//Tapahtumat 1.0//FI"
CANCELLED_LINE: Final = b"\r\nSTATUS:CANCELLED\r\n"
BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e")

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


def feed(name: str, bodies: Iterable[bytes], *, cancelled_in_title_only: bool = False) -> bytes:
    """A calendar to subscribe to. With `cancelled_in_title_only` no STATUS:CANCELLED hides an event from readers."""
    calendar = _calendar()
    calendar.add("NAME", _one_line(name))
    calendar.add("X-WR-CALNAME", _one_line(name))
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    body = b"".join(bodies)
    if cancelled_in_title_only:
        # The line break before it belongs to the search: typed text may end in these very words.
        body = body.replace(CANCELLED_LINE, b"\r\n")
    return _joined(calendar, body)


def single(body: bytes) -> bytes:
    """One event as a file of its own: without a calendar name, or Outlook would open a second calendar for it."""
    return _joined(_calendar(), body)


def _calendar() -> icalendar.Calendar:
    # Not Calendar.new(): it adds a random UID, which changes the bytes and makes vdirsyncer see one event.
    calendar = icalendar.Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("CALSCALE", "GREGORIAN")
    return calendar


def _joined(calendar: icalendar.Calendar, body: bytes) -> bytes:
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR")
    return bytes(head) + TIMEZONE + body + bytes(end) + b"\r\n"


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
    vevent.add("SUMMARY", _one_line(_title(event, component.date, language)))
    vevent.add("DESCRIPTION", _description(event, component.date, language, form=form, address=address))
    location = _location(event, language)
    if location:
        vevent.add("LOCATION", _one_line(location))
    if event.place and event.place.latitude is not None and event.place.longitude is not None:
        vevent.add("GEO", (event.place.latitude, event.place.longitude))
    vevent.add("CATEGORIES", _categories(event, language))
    vevent.add("CONTACT", _one_line(_contact(event)))
    vevent.add("URL", address)
    vevent.add("STATUS", {"tentative": "TENTATIVE", "scheduled": "CONFIRMED"}.get(status, "CANCELLED"))
    vevent.add("TRANSP", "TRANSPARENT")
    vevent.add("X-MICROSOFT-CDO-BUSYSTATUS", "FREE")
    vevent.add("SEQUENCE", event.sequence)
    vevent.add("CREATED", _second(event.created))
    vevent.add("LAST-MODIFIED", _second(event.modified))
    return vevent


def _title(event: Event, one: EventDate | None, language: Language) -> str:
    tag, text = event.text_for(language.tag)
    title = text.title
    if tag != language.tag and not (language.tag == "fi-simple" and tag == "fi"):
        title = f"{sentences.activity(event, language)}: {title}"
    prefix = _prefix(event, one, language)
    return f"{prefix} {title}" if prefix else title


def _prefix(event: Event, one: EventDate | None, language: Language) -> str:
    status = event.status_of(one) if one else event.event_status
    if status in vocabulary.NOT_TAKING_PLACE:
        return language.pgettext("title prefix", status)
    if one and one.moved:
        return language.pgettext("title prefix", "moved")
    if event.is_full(one) if one else event.full:
        return language.pgettext("title prefix", "full")
    return language.pgettext("title prefix", "tentative") if status == "tentative" else ""


def _description(event: Event, one: EventDate | None, language: Language, *, form: str, address: str) -> str:
    lines = [*_status_lines(event, one, language), *_facts(event, language, form), *_typed_lines(event, language, form)]
    lines.append(language.gettext("Organiser: {name}").format(name=_contact(event)))
    if event.online_url:
        lines.append(language.gettext("Online") + f": {event.online_url}")
    tail = language.gettext("Check before you leave:") + f"\n{address}"
    body = clean_text("\n".join(line for line in lines if line))
    return f"{_beginning(body, MAXIMUM_DESCRIPTION - len(tail) - 3)}\n\n{tail}"


def _facts(event: Event, language: Language, form: str) -> Iterable[str]:
    if form == "short":
        return (*sentences.promises(event, language), sentences.price(event, language))
    return sentences.facts_in_lines(event, language, today=WITHOUT_TODAY)


def _status_lines(event: Event, one: EventDate | None, language: Language) -> Iterator[str]:
    shown = one or _as_planned(event.dates[0])
    yield sentences.status(event, shown, language, today=WITHOUT_TODAY)
    yield sentences.moved_from(event, shown, language, today=WITHOUT_TODAY)
    date_note = event.note_for(language.tag, one.original_date) if one else None
    if date_note:
        yield _labelled(date_note.text, date_note.language, language)
    note = event.note_for(language.tag, None)
    if note:
        yield _labelled(note.text, note.language, language)


def _as_planned(one: EventDate) -> EventDate:
    """A date of which nothing special is said but what is said of the whole series."""
    return EventDate(one.original_date, one.original_start, one.original_start, one.end)


def _typed_lines(event: Event, language: Language, form: str) -> Iterator[str]:
    tag, text = event.text_for(language.tag)
    if form == "feed":
        yield _labelled(_beginning(text.summary, SUMMARY_IN_FEED), tag, language)
    elif form == "full":
        for typed in (text.opening, *astuple(text)[2:]):
            yield _labelled(typed, tag, language)


def _labelled(text: str, tag: str, language: Language) -> str:
    """Typed text, led by the name of its language where that is not the reader's."""
    if not text or tag == language.tag:
        return text
    return f"({label(language, 'language', tag)}) {text}"


def _beginning(text: str, length: int) -> str:
    """The text as far as it fits, cut between words."""
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:–-\n") + "…"


def _contact(event: Event) -> str:
    """Organiser and telephone number; never an e-mail address, since people's stand there too."""
    phone = event.contact_phone or event.organiser.contact_phone
    return f"{event.organiser.name}, {phone}" if phone else event.organiser.name


def _location(event: Event, language: Language) -> str:
    if event.place is not None:
        return ", ".join(part for part in (event.place.name, event.place.address) if part)
    if event.online:
        return event.online_url or language.gettext("Online")
    _, text = event.text_for(language.tag)
    return text.place_note


def _categories(event: Event, language: Language) -> list[str]:
    return list(dict.fromkeys(_one_line(name) for name in sentences.kinds(event, language)))


def _address(event: Event, component: Component, language: Language, base_url: str) -> str:
    address = f"{base_url}/{language.code}/events/{event.public_id}"
    speaks_of_one = component.date is not None and event.schedule.kind is not ScheduleKind.ONCE
    return f"{address}?date={component.date.original_date}" if speaks_of_one and component.date else address


def clean_text(text: str) -> str:
    """Text as every parser reads it: plain line ends, no other control characters, no backslashes.

    Marks of direction and isolates stay; embeddings and overrides, which would turn what follows, do not.
    """
    lines = "\n".join(text.splitlines()).replace("\t", " ").replace("\\", "/")
    return "".join(
        c for c in lines if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in BIDI_CONTROLS)
    )


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
