"""An event as it stands: the immutable value that pages, feeds and imports share. Times are aware UTC. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from events.domain import vocabulary
from events.domain.dates import EventDate
from events.domain.places import Organiser, Place
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.schedule.recurrence import Schedule


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an event. `alternatives` maps a language to what it shows; nothing where it is decoration."""

    digest: str
    width: int
    height: int
    alternatives: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it stands, with its identity and its dates; a withdrawn one stands as cancelled.

    `access` holds the effective answers, the place's included. `confirmed` is None where none of its organiser's people
    has said that it is right; `imported` tells that a program brought it from their calendar. `told_by` is None where
    an organisation of the register stands behind it; else a resident has told of it, and this is whom she named as
    its organiser, empty where she named nobody: `organiser` then says nothing.
    """

    id: int
    public_id: str
    organiser: Organiser
    place: Place | None
    kind: str
    category: str
    original_language: str
    schedule: Schedule
    activities: tuple[str, ...]
    audiences: tuple[str, ...]
    promises: tuple[tuple[str, str], ...]
    no_language: bool
    online: bool
    online_url: str
    price: str
    prices: tuple[PriceRow, ...]
    registration: Registration
    min_age: int | None
    max_age: int | None
    access: Mapping[str, bool]
    first_time: Mapping[str, tuple[str, ...]]
    nearest_stop: str
    contact_email: str
    contact_phone: str
    link: str
    event_status: str
    full: bool
    status_reason: str
    withdrawn: bool
    sequence: int
    created: datetime
    modified: datetime
    confirmed: datetime | None
    texts: Mapping[str, Text] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    dates: tuple[EventDate, ...] = ()
    picture: Picture | None = None
    imported: bool = False
    told_by: str | None = None

    @property
    def is_series(self) -> bool:
        """More than one date belongs to it."""
        return self.schedule.kind != "once"

    def status_of(self, one: EventDate) -> str:
        """The stricter of the event's status and the date's own."""
        return vocabulary.stricter(self.event_status, one.status)

    def takes_place(self, one: EventDate) -> bool:
        """Neither the event nor this date is cancelled or postponed."""
        return self.status_of(one) not in vocabulary.NOT_TAKING_PLACE

    def is_full(self, one: EventDate) -> bool:
        """No places left, on this date or in the whole event."""
        return self.full or one.full

    def reason_of(self, one: EventDate) -> str:
        """Why the date's effective status is what it is; empty where nobody said."""
        return one.reason or self.status_reason

    def text_for(self, tag: str) -> tuple[str, Text]:
        """(language, text) for a reader: hers, else the original, never another one silently.

        Easy Finnish (fi-simple) is served by plain Finnish before the original language.
        """
        order = (tag, "fi", self.original_language) if tag == "fi-simple" else (tag, self.original_language)
        for language in order:
            if language in self.texts and self.texts[language].title:
                return language, self.texts[language]
        language = next(iter(sorted(self.texts)), self.original_language)
        return language, self.texts.get(language, Text())

    def note_for(self, tag: str, original_date: date | None) -> Note | None:
        """The note about a date (or, with None, the event) in the reader's language, else as it was written."""
        notes = [note for note in self.notes if note.original_date == original_date]
        for language in (tag, self.original_language):
            for note in notes:
                if note.language == language:
                    return note
        return notes[0] if notes else None
