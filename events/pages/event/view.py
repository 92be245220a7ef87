"""One event in full, in the reader's words, opening with the date she asked for or the next that takes place. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from events import sentences
from events.domain.event import Event
from events.pages.event.dates import DateLine, Dates, date_line, dates
from events.pages.event.links import Link, contacts, geo_href, instead, kinds, map_href, organiser
from events.pages.event.pictures import PictureView, picture_view
from events.pages.event.sign_up import SignUp, sign_up
from events.pages.event.structured_data import data_block, event_data
from events.pages.event.texts import Words, notes, original_title, words, written
from events.presenting.cards import Typed, lead, state, title, web_address
from events.presenting.shown_date import ShownDate, shown_date
from events.presenting.subscription import Subscription, google_copy
from web.i18n import Language
from web.links import with_query


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page of an event depends on besides the event. `midnight` is the last local one; associations are
    written to in `finnish`."""

    today: date
    midnight: datetime
    base_url: str
    map_url: str
    finnish: Language


@dataclass(frozen=True, slots=True)
class Head:
    """What stands first on every page of an event: what it is, and the truth about the date it speaks of."""

    text: str
    lead: str
    title: Typed
    original_title: Typed | None
    when: str
    where: str
    status: str
    state: str
    moved_from: str
    notes: tuple[Typed, ...]
    repetition: str


@dataclass(frozen=True, slots=True)
class Where:
    """How to get there. `address` is written in Latin letters, as signs and drivers read it; `street` says that it
    names more than a town."""

    address: str
    street: bool
    map_href: str
    geo_href: str
    online_url: str
    note: Typed | None


@dataclass(frozen=True, slots=True)
class EventView:
    """Everything the page shows; texts that somebody typed carry their language. `keep` says that something is left
    to be put into a calendar. Where a resident has told of the event, `told` says so in place of an `organiser`."""

    head: Head
    description: str
    shown: ShownDate
    kinds: tuple[Link, ...]
    off_line: DateLine | None
    next_line: DateLine | None
    instead: tuple[Link, ...]
    dates: Dates
    where: Where
    promises: tuple[str, ...]
    price: str
    price_note: Typed | None
    sign_up: SignUp
    audience: str
    first_time: tuple[str, ...]
    first_time_note: Typed | None
    access: tuple[str, ...]
    access_lacking: tuple[str, ...]
    access_not_told: str
    words: Words | None
    organiser: Link | None
    told: str
    contacts: tuple[Link, ...]
    said_by: tuple[str, ...]
    keep: bool
    subscription: Subscription
    google: str
    share_href: str
    poster_href: str
    picture: PictureView | None
    data: str


def event_view(event: Event, language: Language, around: Surroundings, *, asked: str, all_dates: bool) -> EventView:
    """The page of an event. `asked` is an original date as the address gives it; anything else is ignored."""
    # One value made of many fields, each in its line: no part of it would read better alone.
    today = around.today
    shown = shown_date(event, asked, around.midnight)
    head = event_head(event, shown, language, today=today)
    following = shown.following(event) if head.state or shown.passed else None
    off = shown.passed_over
    typed = words(event, language)
    price = sentences.price(event, language)
    description = " · ".join((head.when, head.where, price))
    address = event_address(event, language, around.base_url)
    dated = with_query(address, f"date={shown.one.original_date}" if event.is_series else "")
    path = f"/{language.code}/events/{event.public_id}"
    picture = picture_view(event, language)
    told, own = sentences.told(event, language), organiser(event, language)
    return EventView(
        head=head,
        description=description,
        shown=shown,
        kinds=tuple(kinds(event, language)),
        off_line=date_line(event, off, shown, language, today=today) if off else None,
        next_line=date_line(event, following, shown, language, today=today) if following else None,
        instead=tuple(instead(event, language)) if shown.over else (),
        dates=dates(event, shown, language, today=today, everything=all_dates),
        where=_where(event, around.map_url, language),
        promises=tuple(sentences.promises(event, language)),
        price=price,
        price_note=written(event, "price_note", language),
        sign_up=sign_up(
            event,
            shown,
            language,
            today=today,
            finnish=around.finnish,
            address=event_address(event, around.finnish, around.base_url),
        ),
        audience=sentences.audience(event, language),
        first_time=tuple(sentences.first_time(event, language)),
        first_time_note=written(event, "first_time_note", language),
        access=tuple(sentences.access(event, language)),
        access_lacking=tuple(sentences.access_lacking(event, language)),
        access_not_told=sentences.access_not_told(event, language),
        words=typed,
        organiser=own,
        told=told,
        contacts=tuple(contacts(event, shown)),
        said_by=tuple(sentences.said_by(event, language, today=today)),
        keep=any(event.takes_place(one) for one in shown.upcoming),
        subscription=Subscription(head.title.text, f"{address}.ics"),
        google=google_copy(event, shown, language, title=head.text, base_url=around.base_url),
        share_href=with_query(f"{path}/share", shown.query),
        poster_href=with_query(f"{path}/poster", shown.query),
        picture=picture,
        data=data_block(
            event_data(
                event,
                shown.one,
                language,
                address=dated,
                image=around.base_url + picture.address if picture else "",
                organiser_address=around.base_url + own.href if own else "",
                description=" ".join(filter(None, (typed.opening if typed else description, told))),
            )
        ),
    )


def event_head(event: Event, shown: ShownDate, language: Language, *, today: date) -> Head:
    """What stands first on the page, the poster and the sheet to share."""
    heading, leading, one = title(event, language), lead(event, language), shown.one
    return Head(
        text=f"{leading}: {heading.text}" if leading else heading.text,
        lead=leading,
        title=heading,
        original_title=original_title(event, language),
        when=sentences.when(event, one, language, today=today),
        where=sentences.place(event, language),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
        moved_from=sentences.moved_from(event, one, language, today=today),
        notes=tuple(notes(event, one, language)),
        repetition=sentences.repetition(event, language),
    )


def event_address(event: Event, language: Language, base_url: str) -> str:
    """The page's address as it is shared: short, and good for as long as the event exists."""
    return f"{base_url}/{language.code}/events/{event.public_id}"


def _where(event: Event, map_url: str, language: Language) -> Where:
    return Where(
        address=event.place.address if event.place else "",
        street=bool(event.place and event.place.street_address),
        map_href=map_href(event, map_url),
        geo_href=geo_href(event),
        online_url=web_address(event.online_url),
        note=written(event, "place_note", language),
    )
