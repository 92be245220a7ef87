"""The texts of an event's VEVENTs: title, description, place, in the feed's language, clean for every parser. Pure."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import Final

from events import sentences
from events.domain import vocabulary
from events.domain.dates import EventDate
from events.domain.event import Event
from events.domain.labels import label
from events.domain.texts import understands
from web.dates import WITHOUT_TODAY
from web.i18n import Language

SUMMARY_IN_FEED: Final = 150
MAXIMUM_DESCRIPTION: Final = 8000
BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e")


def title(event: Event, one: EventDate | None, language: Language) -> str:
    """What a calendar program shows: a prefix for what is special, the activity before a foreign title."""
    tag, text = event.text_for(language.tag)
    activity = "" if understands(language.tag, tag) else sentences.activity(event, language)
    words = f"{activity}: {text.title}" if activity else text.title
    prefix = _prefix(event, one, language)
    return one_line(f"{prefix} {words}" if prefix else words)


def _prefix(event: Event, one: EventDate | None, language: Language) -> str:
    status = event.status_of(one) if one else event.event_status
    if status in vocabulary.NOT_TAKING_PLACE:
        return language.pgettext("title prefix", status)
    if one and one.moved:
        return language.pgettext("title prefix", "moved")
    if event.is_full(one) if one else event.full:
        return language.pgettext("title prefix", "full")
    return language.pgettext("title prefix", "tentative") if status == "tentative" else ""


def description(event: Event, one: EventDate | None, language: Language, *, form: str, address: str) -> str:
    """Status and facts in the reader's words, what was typed, and at the very end the address to check."""
    lines = [*_status_lines(event, one, language), *_facts(event, language, form), *_typed_lines(event, language, form)]
    told = event.told_by is not None
    lines.append(contact(event, language) if told else _named(contact(event, language), language))
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


def contact(event: Event, language: Language) -> str:
    """Organiser and telephone number, or what a resident has told of them; never an e-mail address, since people's
    stand there too."""
    phone = event.contact_phone or event.organiser.contact_phone
    who = sentences.told(event, language) or event.organiser.name
    if not phone:
        return who
    return f"{who}, {phone}" if event.told_by != "" else f"{who} {phone}"


def _named(who: str, language: Language) -> str:
    return language.gettext("Organiser: {name}").format(name=who)


def location(event: Event, language: Language) -> str:
    """Place and address on one line, or where to meet online; empty where nobody told."""
    if event.place is not None:
        return one_line(event.place.in_full)
    if event.online:
        return event.online_url or language.gettext("Online")
    _, text = event.text_for(language.tag)
    return text.place_note


def categories(event: Event, language: Language) -> list[str]:
    """Category and activities in the reader's words, each once."""
    return list(dict.fromkeys(one_line(name) for name in sentences.kinds(event, language)))


def clean_text(text: str) -> str:
    """Text as every parser reads it: plain line ends, no other control characters, no backslashes.

    Marks of direction and isolates stay; embeddings and overrides, which would turn what follows, do not.
    """
    lines = "\n".join(text.splitlines()).replace("\t", " ").replace("\\", "/")
    return "".join(
        c for c in lines if c == "\n" or (unicodedata.category(c) not in ("Cc", "Cs") and c not in BIDI_CONTROLS)
    )


def one_line(text: str) -> str:
    """Clean text without line ends."""
    return " ".join(clean_text(text).split())
