"""The poster of an event: what a passer-by needs, and the address of all the rest. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from events import sentences
from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.texts import understands
from events.pages.event.view import Head, Surroundings, event_address, event_head
from events.presenting.cards import Typed, state, typed
from events.presenting.shown_date import ShownDate, shown_date
from events.sentences import LanguageMark
from web.dates import WITHOUT_TODAY, write_day, write_day_heading
from web.i18n import Language
from web.links import with_query
from web.qr_code import qr_code

FURTHER_DATES: Final = 4
MOST_FACTS: Final = 12
"""Lines of terms and facts together; the page behind the code has them all."""
FULL: Final = 450
"""Characters, a title's counted twice, from which on everything but the title is set smaller."""
SHORT_TITLE: Final = 24
LONG_TITLE: Final = 60
"""Characters: a title is set the smaller the longer it is. All of these keep the sheet to one page."""


@dataclass(frozen=True, slots=True)
class PosterDate:
    """One date in words. `state` is the style of its status."""

    day: str
    hours: str
    status: str
    state: str


@dataclass(frozen=True, slots=True)
class PosterView:
    """What the sheet shows. `beside` is the Finnish title, else the original one, where `head` has another; `styles`
    say how large it can be set; `last` is the end of a series with more dates than the sheet has room for."""

    head: Head
    shown: ShownDate
    beside: Typed | None
    styles: str
    date: PosterDate
    further: tuple[PosterDate, ...]
    last: str
    address: str
    languages: tuple[LanguageMark, ...]
    terms: tuple[str, ...]
    facts: tuple[str, ...]
    organiser: str
    contact: str
    code: str
    link: str
    printed: str
    back_href: str


def poster_view(event: Event, language: Language, around: Surroundings, *, asked: str) -> PosterView:
    """The poster of an event with its next dates, or of the one date asked for."""
    today = around.today
    shown = shown_date(event, asked, around.midnight)
    head = event_head(event, shown, language, today=today)
    others = [] if shown.asked else [one for one in shown.upcoming if one != shown.one]
    further = [_date(event, one, language, today) for one in others[:FURTHER_DATES]]
    on = event.takes_place(shown.one)
    terms = list(_terms(event, language, today)) if on else []
    facts = list(_facts(event, language))[: MOST_FACTS - len(terms)] if on else []
    address = with_query(event_address(event, language, around.base_url), shown.query)
    return PosterView(
        head=head,
        shown=shown,
        beside=_beside(event, head, language),
        styles=_styles(head, [*terms, *facts, *(f"{one.day}{one.hours}{one.status}" for one in further)]),
        date=_date(event, shown.one, language, today),
        further=tuple(further),
        last=_last(others, language, today),
        address=event.place.address if event.place else "",
        languages=tuple(sentences.languages(event, language)),
        terms=tuple(terms),
        facts=tuple(facts),
        organiser=sentences.told(event, language) or event.organiser.name,
        contact=event.registration.phone or event.registration.email,
        code=qr_code(address),
        link=address.partition("://")[2],
        printed=write_day(today, language, today=WITHOUT_TODAY),
        back_href=with_query(f"/{language.code}/events/{event.public_id}", shown.query),
    )


def _styles(head: Head, below: Iterable[str]) -> str:
    """The style of the title, and of all the rest where that is much."""
    title = head.title.text
    size = "short" if len(title) <= SHORT_TITLE else "medium" if len(title) <= LONG_TITLE else "long"
    written = 2 * len(title) + len(head.status) + len(head.moved_from) + sum(len(line) for line in below)
    return f"poster-{size} poster-full" if size == "long" or written > FULL else f"poster-{size}"


def _beside(event: Event, head: Head, language: Language) -> Typed | None:
    """A title that those know who help the reader to find the place."""
    finnish = event.texts.get("fi")
    if finnish and finnish.title and not understands(head.title.tag, "fi"):
        return typed(finnish.title, "fi", language)
    return head.original_title


def _date(event: Event, one: EventDate, language: Language, today: date) -> PosterDate:
    return PosterDate(
        day=write_day_heading(one.local_start.date(), language, today=today),
        hours=sentences.hours(event, one, language, today=today),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
    )


def _last(others: list[EventDate], language: Language, today: date) -> str:
    if len(others) <= FURTHER_DATES:
        return ""
    day = write_day(others[-1].local_start.date(), language, today=today)
    return language.gettext("Last time: {date}").format(date=day)


def _terms(event: Event, language: Language, today: date) -> Iterable[str]:
    """Who will be understood there, what it costs, for whom it is, whether and by when to sign up."""
    yield from sentences.promises(event, language)
    yield sentences.price(event, language)
    audience = sentences.audience(event, language)
    if audience:
        yield audience
    yield from sentences.registration(event, language, today=today)[:2]


def _facts(event: Event, language: Language) -> Iterable[str]:
    """What a newcomer wants to know, and what makes coming easier."""
    yield from sentences.first_time(event, language)
    yield from sentences.access(event, language)
