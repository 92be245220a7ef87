"""What can be said about an event: immutable values that pages, feeds and imports share.

Pure: no database, no request, no language. Times are aware UTC unless a name says «local»; amounts are
euros as Decimal; access answers are True, False, or absent for «not known».
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from events.domain import vocabulary
from events.schedule.recurrence import HELSINKI, Schedule


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One amount in euros: per what (`unit`) and for whom (`group`)."""

    amount: Decimal
    unit: str = "person"
    group: str = "all"

    def to_json(self) -> dict[str, str]:
        """Plain JSON; the amount is text, so that no cent is lost."""
        return {"amount": str(self.amount), "unit": self.unit, "group": self.group}

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> "PriceRow":
        """What `to_json` wrote."""
        return cls(Decimal(stored["amount"]), stored["unit"], stored["group"])


@dataclass(frozen=True, slots=True)
class Registration:
    """Whether one signs up, and how. `kind` is none, required or unknown."""

    kind: str = "unknown"
    link: str = ""
    email: str = ""
    phone: str = ""
    each_time: bool = False
    languages: tuple[str, ...] = ()
    closes: datetime | None = None
    mid_season: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain JSON without `kind` and `closes`, which have columns of their own."""
        return {
            "link": self.link,
            "email": self.email,
            "phone": self.phone,
            "each_time": self.each_time,
            "languages": list(self.languages),
            "mid_season": self.mid_season,
        }

    @classmethod
    def from_json(cls, kind: str, closes: datetime | None, stored: Mapping[str, Any]) -> "Registration":
        """What `to_json` wrote, with the two columns."""
        return cls(
            kind=kind,
            link=stored.get("link", ""),
            email=stored.get("email", ""),
            phone=stored.get("phone", ""),
            each_time=stored.get("each_time", False),
            languages=tuple(stored.get("languages", ())),
            closes=closes,
            mid_season=stored.get("mid_season", False),
        )


def understands(reader: str, text: str) -> bool:
    """Whether a reader of one language needs no help with a text in another: her own, or Finnish for easy Finnish."""
    return reader == text or (reader, text) == ("fi-simple", "fi")


def begins_with(text: str, beginning: str) -> bool:
    """Whether a text opens with these words, however its lines are broken and the beginning was cut."""
    words = " ".join(beginning.rstrip("…").split())
    return bool(words) and " ".join(text.split()).startswith(words)


@dataclass(frozen=True, slots=True)
class Text:
    """What an organiser wrote in one language. `description` is Markdown, everything else one line or a few."""

    title: str = ""
    summary: str = ""
    description: str = ""
    place_note: str = ""
    price_note: str = ""
    registration_note: str = ""
    first_time_note: str = ""

    @property
    def opening(self) -> str:
        """The summary, unless the description begins with the same words, as imported ones do."""
        return "" if begins_with(self.description, self.summary) else self.summary


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about a status, in one language; about one date where `original_date` is set."""

    language: str
    text: str
    original_date: date | None = None


@dataclass(frozen=True, slots=True)
class DateChange:
    """What is special about one date of a schedule: moved, cancelled, full, and why.

    `planned` says that `start` is the time it was always planned for: a series of another time zone keeps its
    instants, and nobody has moved anything.
    """

    status: str = "scheduled"
    reason: str = ""
    full: bool = False
    start: datetime | None = None
    end: datetime | None = None
    planned: bool = False


@dataclass(frozen=True, slots=True)
class EventDate:
    """One date of an event as it takes place. Its identity is the local date it was first planned for."""

    original_date: date
    original_start: datetime
    start: datetime
    end: datetime
    status: str = "scheduled"
    reason: str = ""
    full: bool = False

    @property
    def moved(self) -> bool:
        """Rescheduled: it starts at another instant than first planned."""
        return self.start != self.original_start

    @property
    def local_start(self) -> datetime:
        """Naive wall time in Helsinki."""
        return self.start.astimezone(HELSINKI).replace(tzinfo=None)

    @property
    def local_end(self) -> datetime:
        """Naive wall time in Helsinki."""
        return self.end.astimezone(HELSINKI).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where: as its own people call it, with what is known of its access."""

    id: int
    name: str
    street_address: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def address(self) -> str:
        """«Street, postcode city» on one line, as far as known."""
        town = f"{self.postal_code} {self.city}".strip()
        return ", ".join(part for part in (self.street_address, town) if part)

    @property
    def in_full(self) -> str:
        """Name and address on one line."""
        return ", ".join(part for part in (self.name, self.address) if part)


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who invites."""

    slug: str
    name: str
    contact_email: str = ""
    contact_phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Everything an organiser can say of an event, ready to be stored."""

    kind: str
    category: str
    original_language: str
    schedule: Schedule
    texts: Mapping[str, Text]
    activities: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ("all",)
    promises: tuple[tuple[str, str], ...] = ()
    no_language: bool = False
    changes: Mapping[date, DateChange] = field(default_factory=dict)
    place_id: int | None = None
    online_url: str = ""
    online: bool = False
    price: str = "unknown"
    prices: tuple[PriceRow, ...] = ()
    registration: Registration = Registration()
    min_age: int | None = None
    max_age: int | None = None
    access: Mapping[str, bool] = field(default_factory=dict)
    first_time: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nearest_stop: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    link: str = ""
    event_status: str = "scheduled"
    full: bool = False
    status_reason: str = ""
    notes: tuple[Note, ...] = ()


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
