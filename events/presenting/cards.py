"""The card of an event in a listing: every decision made, every fact in the reader's words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from events import sentences
from events.domain import vocabulary
from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.labels import label
from events.domain.public_id import with_tail
from events.domain.texts import understands
from events.filtering.listing import ListedDate, Listing
from events.sentences import LanguageMark, language_mark
from web.dates import write_date, write_day_heading
from web.i18n import Language


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that somebody typed, with its own language and direction. `foreign` names one that is not the reader's."""

    text: str
    tag: str
    direction: str
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One event on one date as a card shows it. `state` is the style of its status, empty for an ordinary date; `told`
    says that a resident has told of it, empty where its organiser did."""

    href: str
    lead: str
    title: Typed
    summary: Typed | None
    weekday: str
    day: str
    hours: str
    place: str
    organiser: str
    told: str
    languages: tuple[LanguageMark, ...]
    no_language: str
    price: str
    free: bool
    marks: tuple[str, ...]
    status: str
    state: str
    next_date: str
    repetition: str


@dataclass(frozen=True, slots=True)
class Day:
    """The cards that stand under one day."""

    date: date
    heading: str
    cards: tuple[Card, ...]


def days(listing: Listing, language: Language) -> list[Day]:
    """A listing as days with their cards."""
    return [
        Day(
            date=day,
            heading=day_heading(day, language, listing.today),
            cards=tuple(card(entry, language, today=listing.today) for entry in entries),
        )
        for day, entries in listing.days
    ]


def day_heading(day: date, language: Language, today: date) -> str:
    """A day over its cards: «today · Thursday 3 December»."""
    written = write_day_heading(day, language, today=today)
    presets = {0: "today", 1: "tomorrow"}
    preset = presets.get((day - today).days)
    return f"{label(language, 'when', preset)} · {written}" if preset else written


def card(entry: ListedDate, language: Language, *, today: date) -> Card:
    """One entry of a listing as a card."""
    event, one = entry.event, entry.shown
    following = entry.next_taking_place
    text_tag, text = event.text_for(language.tag)
    told = sentences.told(event, language)
    return Card(
        href=event_href(event, one, language),
        lead=lead(event, language),
        title=title(event, language),
        summary=typed(text.summary, text_tag, language),
        weekday=write_date(entry.day, "short weekday", language),
        day=write_date(entry.day, "day and month", language),
        hours=_hours(entry, language, today=today),
        place=sentences.place(event, language),
        organiser=event.told_by or told or event.organiser.name,
        told=told,
        languages=tuple(sentences.languages(event, language)),
        no_language=label(language, "language", vocabulary.NO_LANGUAGE) if event.no_language else "",
        price=sentences.price(event, language),
        free=event.price == "free",
        marks=tuple(sentences.marks(event, language)),
        status=sentences.status(event, one, language, today=today),
        state=state(event, one),
        next_date=(
            language.gettext("Next time: {date}").format(date=sentences.when(event, following, language, today=today))
            if following
            else ""
        ),
        repetition=_repetition(entry, language),
    )


def _hours(entry: ListedDate, language: Language, *, today: date) -> str:
    """The hours of the date; for one that began on an earlier day, how long it goes on."""
    if entry.shown.local_start.date() == entry.day:
        return sentences.hours(entry.event, entry.shown, language, today=today)
    return language.gettext("going on: {date}").format(
        date=sentences.when(entry.event, entry.shown, language, today=today)
    )


def _repetition(entry: ListedDate, language: Language) -> str:
    if not entry.others:
        return ""
    more = language.ngettext("{n} more date", "{n} more dates", entry.others).format(n=entry.others)
    repeats = sentences.repetition(entry.event, language)
    return f"{repeats} · {more}" if repeats else more


def state(event: Event, one: EventDate) -> str:
    """The style of a date's status: cancelled, postponed, moved, tentative, full, or nothing."""
    effective = event.status_of(one)
    if effective in vocabulary.NOT_TAKING_PLACE:
        return effective
    if one.moved:
        return "moved"
    if event.is_full(one):
        return "full"
    return "tentative" if effective == "tentative" else ""


def lead(event: Event, language: Language) -> str:
    """The activity in the reader's words, where the title is not in her language; else empty."""
    tag, _ = event.text_for(language.tag)
    return "" if understands(language.tag, tag) else sentences.activity(event, language)


def title(event: Event, language: Language) -> Typed:
    """The title as written, in the reader's language where it exists."""
    tag, text = event.text_for(language.tag)
    return _typed(text.title, tag, language)


def typed(text: str, tag: str, language: Language) -> Typed | None:
    """Typed text with its language; None where nothing was written."""
    return _typed(text, tag, language) if text else None


def typed_in(texts: Mapping[str, str], language: Language) -> Typed | None:
    """The text in the reader's language, else in Finnish, else in any; None where there is none."""
    for tag in (language.tag, "fi", *sorted(texts)):
        if texts.get(tag):
            return _typed(texts[tag], tag, language)
    return None


def _typed(text: str, tag: str, language: Language) -> Typed:
    spoken = vocabulary.LANGUAGES.get(tag)
    foreign = "" if understands(language.tag, tag) else label(language, "language", tag)
    return Typed(text, tag, spoken.direction if spoken else "auto", foreign)


def event_href(event: Event, one: EventDate | None, language: Language) -> str:
    """The address of an event's page; of one date of a series where a date is given."""
    _, text = event.text_for(language.tag)
    path = f"/{language.code}/events/{with_tail(event.public_id, text.title)}"
    return f"{path}?date={one.original_date}" if one and event.is_series else path


def web_address(text: str) -> str:
    """A typed address that may become a link; empty for `javascript:` and whatever else is none of the web's."""
    return text if text.lower().startswith(("https://", "http://")) else ""


def spoken_choices(codes: Iterable[str], language: Language) -> list[LanguageMark]:
    """Languages as they are offered to pick, in the vocabulary's order."""
    wanted = set(codes)
    return [language_mark(code, language) for code in vocabulary.LANGUAGES if code in wanted]
