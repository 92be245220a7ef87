"""One event in full, in the reader's words, opening with the date she asked for or the next that takes place. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from events import sentences
from events.cards import Typed, event_href, lead, state, title, typed, web_address
from events.facts import Event, EventDate, begins_with
from events.sentences import LanguageMark
from events.subscription import Subscription
from web.i18n import Language
from web.markdown import to_html


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date in the list of a series. `state` is the style of its status."""

    href: str
    when: str
    status: str
    state: str
    current: bool
    over: bool


@dataclass(frozen=True, slots=True)
class EventView:
    """Everything the page shows; texts that somebody typed carry their language."""

    page_title: str
    description: str
    lead: str
    title: Typed
    when: str
    status: str
    state: str
    moved_from: str
    notes: tuple[Typed, ...]
    next_line: DateLine | None
    over: bool
    passed: bool
    asked: str
    repetition: str
    lines: tuple[DateLine, ...]
    place: str
    address: str
    map_url: str
    online_url: str
    place_note: Typed | None
    languages: tuple[LanguageMark, ...]
    promises: tuple[str, ...]
    price: str
    price_note: Typed | None
    registration: tuple[str, ...]
    registration_note: Typed | None
    sign_up: tuple[tuple[str, str], ...]
    audience: str
    activities: tuple[str, ...]
    first_time: tuple[str, ...]
    first_time_note: Typed | None
    access: tuple[str, ...]
    access_not_told: str
    summary: Typed | None
    body: Typed | None
    body_html: str
    body_foreign: str
    original_title: Typed | None
    organiser_href: str
    organiser: str
    contacts: tuple[tuple[str, str], ...]
    confirmed: str
    subscription: Subscription


def event_view(
    event: Event,
    language: Language,
    *,
    today: date,
    midnight: datetime,
    asked: str,
    base_url: str,
    map_url: str,
) -> EventView:
    """The page of an event. `asked` is an original date as the address gives it; anything else is ignored.

    `midnight` is the last local midnight: a date is over from the midnight after its end, so that the page
    depends on the day alone.
    """
    one = _shown(event, asked, midnight)
    upcoming = [each for each in event.dates if each.end > midnight]
    passed = bool(upcoming) and one.end <= midnight
    following = _following(event, one, upcoming) if state(event, one) or passed else None
    heading = title(event, language)
    leading = lead(event, language)
    body = _written(event, "description", language)
    summary = _unless_repeated(_written(event, "summary", language), body)
    return EventView(
        page_title=f"{leading}: {heading.text}" if leading else heading.text,
        description=f"{sentences.when(event, one, language, today=today)} · {sentences.place(event, language)}",
        lead=leading,
        title=heading,
        when=sentences.when(event, one, language, today=today),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
        moved_from=sentences.moved_from(event, one, language, today=today),
        notes=tuple(_notes(event, one, language)),
        next_line=_line(event, following, one, language, today, midnight) if following else None,
        over=not upcoming,
        passed=passed,
        asked=str(one.original_date) if asked == str(one.original_date) else "",
        repetition=sentences.repetition(event, language),
        lines=tuple(_line(event, each, one, language, today, midnight) for each in _listed(event, upcoming)),
        place=sentences.place(event, language),
        address=event.place.address if event.place else "",
        map_url=_map(event, map_url),
        online_url=web_address(event.online_url),
        place_note=_written(event, "place_note", language),
        languages=tuple(sentences.languages(event, language)),
        promises=tuple(sentences.promises(event, language)),
        price=sentences.price(event, language),
        price_note=_written(event, "price_note", language),
        registration=tuple(sentences.registration(event, language, today=today)),
        registration_note=_written(event, "registration_note", language),
        sign_up=tuple(_sign_up(event)),
        audience=sentences.audience(event, language),
        activities=tuple(sentences.kinds(event, language)),
        first_time=tuple(sentences.first_time(event, language)),
        first_time_note=_written(event, "first_time_note", language),
        access=tuple(sentences.access(event, language)),
        access_not_told=sentences.access_not_told(event, language),
        summary=summary,
        body=body,
        body_html=to_html(body.text) if body else "",
        body_foreign=_label_once(summary, body),
        original_title=_original_title(event, heading.tag, language),
        organiser_href=f"/{language.code}/organisations/{event.organiser.slug}",
        organiser=event.organiser.name,
        contacts=tuple(_contacts(event, upcoming)),
        confirmed=sentences.confirmed(event, language, today=today),
        subscription=Subscription(heading.text, f"{base_url}/{language.code}/events/{event.public_id}.ics"),
    )


def _shown(event: Event, asked: str, midnight: datetime) -> EventDate:
    """The date asked for, else the next that takes place, else the next, else the last."""
    for one in event.dates:
        if str(one.original_date) == asked:
            return one
    upcoming = [one for one in event.dates if one.end > midnight]
    taking_place = [one for one in upcoming if event.takes_place(one)]
    return (taking_place or upcoming or list(event.dates)[-1:])[0]


def _following(event: Event, one: EventDate, upcoming: list[EventDate]) -> EventDate | None:
    """The next date after this one that takes place with room left."""
    later = (each for each in upcoming if each.start > one.start)
    return next((each for each in later if event.takes_place(each) and not event.is_full(each)), None)


def _written(event: Event, name: str, language: Language) -> Typed | None:
    """One text field in the reader's language; where only others hold it, as it was first written."""
    title_tag, _ = event.text_for(language.tag)
    for tag in dict.fromkeys((language.tag, title_tag, event.original_language)):
        if tag in event.texts and getattr(event.texts[tag], name):
            return typed(getattr(event.texts[tag], name), tag, language)
    return None


def _unless_repeated(summary: Typed | None, body: Typed | None) -> Typed | None:
    """The summary, where the description does not begin with the same words, as imported ones do."""
    return None if summary and body and begins_with(body.text, summary.text) else summary


def _label_once(above: Typed | None, below: Typed | None) -> str:
    """The foreign language of a text, unless the one above it has just been labelled with it."""
    told = above.foreign if above else ""
    return below.foreign if below and below.foreign != told else ""


def _listed(event: Event, upcoming: list[EventDate]) -> Iterable[EventDate]:
    return (upcoming or event.dates) if len(event.dates) > 1 else ()


def _line(
    event: Event, one: EventDate, shown: EventDate, language: Language, today: date, midnight: datetime
) -> DateLine:
    return DateLine(
        href=event_href(event, one, language),
        when=sentences.when(event, one, language, today=today),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
        current=one == shown,
        over=one.end <= midnight,
    )


def _notes(event: Event, one: EventDate, language: Language) -> Iterable[Typed]:
    for day in (one.original_date, None):
        note = event.note_for(language.tag, day)
        written = typed(note.text, note.language, language) if note else None
        if written:
            yield written


def _original_title(event: Event, tag: str, language: Language) -> Typed | None:
    original = event.texts.get(event.original_language)
    if original is None or tag == event.original_language:
        return None
    return typed(original.title, event.original_language, language)


def _map(event: Event, map_url: str) -> str:
    if event.place is None:
        return ""
    return map_url.replace("{query}", quote(event.place.in_full, safe=""))


def _sign_up(event: Event) -> Iterable[tuple[str, str]]:
    """(address, text) of each way to sign up."""
    way = event.registration
    if web_address(way.link):
        yield way.link, way.link
    if way.email:
        yield f"mailto:{way.email}", way.email
    if way.phone:
        yield f"tel:{way.phone.replace(' ', '')}", way.phone


def _contacts(event: Event, upcoming: list[EventDate]) -> Iterable[tuple[str, str]]:
    """The event's own contact while it is on, and the organiser's role address always."""
    email = event.contact_email if upcoming else ""
    phone = event.contact_phone if upcoming else ""
    if email or event.organiser.contact_email:
        address = email or event.organiser.contact_email
        yield f"mailto:{address}", address
    if phone or event.organiser.contact_phone:
        number = phone or event.organiser.contact_phone
        yield f"tel:{number.replace(' ', '')}", number
    if web_address(event.link):
        yield event.link, event.link
