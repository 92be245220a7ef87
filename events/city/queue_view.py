"""The view of an entry of the city's queue: what it is, what is missing, what would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from events.city.checklist import Checklist, checklist
from events.city.differences import Difference, differences
from events.city.field_words import field_value
from events.city.queue import Entry, Submission, title_of
from events.desk.form.dates import dates_view
from events.domain import vocabulary
from events.editing.input.facts import one_place
from events.presenting.cards import Typed, typed
from events.schedule.recurrence import HELSINKI
from organisations.profiles import Standing
from web.dates import write_date, write_moment
from web.i18n import Language

UNTOLD: Final = ("", "unknown", "all")
"""What says nothing: it stands among what is missing, or goes without saying."""
SOON: Final = timedelta(days=3)
_NAMELESS: Final = Typed("–", "", "auto", "")


@dataclass(frozen=True, slots=True)
class Places:
    """The places that submissions speak of: the names of those chosen, by their ids, and in full those of the register
    that typed names mean, by the key of the submission."""

    chosen: Mapping[str, str]
    meant: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EventEntry:
    """An event that waits. `changes` are there where it is an edit of a public one. `meant` is the place of
    the register that the typed `place` is taken for; `new_place` says that there is none such."""

    submission: Submission
    title: Typed
    when: str
    dates: str
    place: str
    meant: str
    new_place: bool
    facts: tuple[str, ...]
    texts: tuple[Typed, ...]
    check: Checklist
    changes: tuple[Difference, ...]
    since: str
    soon: bool
    over: bool


@dataclass(frozen=True, slots=True)
class Application:
    """An organisation that waits."""

    known: Standing
    since: str
    missing: tuple[str, ...]


def application(known: Standing, language: Language) -> Application:
    """An organisation with what it has not told."""
    _ = language.gettext
    profile = known.profile
    facts = [
        (_("what it does"), bool(profile.texts)),
        (_("languages"), bool(profile.languages)),
        (_("register number"), bool(profile.register_number) or profile.kind != "association"),
        (_("website"), bool(profile.website)),
    ]
    since = write_date(known.created.astimezone(HELSINKI).date(), "day and year", language)
    return Application(known, since, tuple(name for name, there in facts if not there))


def event_entry(one: Submission, language: Language, *, places: Places, now: datetime, today: date) -> EventEntry:
    """An event in words."""
    text, tag = title_of(one.fields)
    dates = dates_view(one.fields, language, today=today)
    fields = one.fields
    chosen, typed_place = places.chosen.get(one_place(fields).get("place", ""), ""), _new_place(fields)
    meant = places.meant.get(one.key, "")
    return EventEntry(
        submission=one,
        title=typed(text or one.key, tag, language) or _NAMELESS,
        when=dates.lines[0] if dates.lines else dates.problem,
        dates=dates.count if len(dates.lines) > 1 else "",
        place=chosen or typed_place,
        meant=meant,
        new_place=bool(typed_place) and not chosen and not meant,
        facts=_facts(fields, language),
        texts=_texts(fields, language),
        check=checklist(fields, language, organiser_contact=one.organiser_contact),
        changes=tuple(differences(one.base, fields, language, places=places.chosen, today=today)) if one.event else (),
        since=_moment(one.submitted, language, today),
        soon=one.first_start is not None and now < one.first_start <= now + SOON,
        over=one.first_start is not None and one.first_start <= now,
    )


def seen(
    entries: list[Entry], language: Language, *, places: Places, now: datetime, today: date
) -> list[Application | EventEntry]:
    """A page of the queue in words."""
    found: list[Application | EventEntry] = []
    for entry in entries:
        if entry.organisation is not None:
            found.append(application(entry.organisation, language))
        elif entry.submission is not None:
            found.append(event_entry(entry.submission, language, places=places, now=now, today=today))
    return found


def _facts(fields: Mapping[str, str], language: Language) -> tuple[str, ...]:
    subject = "activities" if fields.get("activities") else "category"
    names = (subject, "promises", "no_language", "price", "registration", "audiences")
    said = [field_value(name, text, language) for name in names if (text := fields.get(name, "")) not in UNTOLD]
    ways = [fields.get(name, "") for name in ("contact_email", "contact_phone", "link", "online_url")]
    return tuple(text for text in (*said, *ways) if text)


def _texts(fields: Mapping[str, str], language: Language) -> tuple[Typed, ...]:
    found = (
        typed(fields.get(f"{name}.{tag}", ""), tag, language)
        for tag in vocabulary.LANGUAGES
        for name in ("summary", "description")
    )
    return tuple(text for text in found if text is not None)


def _new_place(fields: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (fields.get("new_place_name"), fields.get("new_place_street"))))


def _moment(moment: datetime | None, language: Language, today: date) -> str:
    return write_moment(moment.astimezone(HELSINKI).replace(tzinfo=None), language, today=today) if moment else ""
