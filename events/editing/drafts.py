"""The conversion between the fields of a form and the draft of an event that they mean. Pure.

`read` never raises, whatever was typed. `payload_of_draft` writes every field, so that reading it again gives an equal
draft; what a person typed differently («18.30», «24.12.») is written the one canonical way.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from events.domain import vocabulary
from events.domain.drafts import EventDraft
from events.editing.input.facts import (
    NEW_PLACE,
    NewPlace,
    facts_fields,
    read_access,
    read_ages,
    read_first_time,
    read_place,
    read_price,
    read_promises,
    read_registration,
    read_status,
    read_texts,
    status_fields,
)
from events.editing.input.fields import Payload, Problem, Typed
from events.editing.input.schedule import FIELDS as SCHEDULE_FIELDS
from events.editing.input.schedule import SKIPPED, read_schedule, schedule_fields

WHEN: Final = "when"
"""Stands for all fields of the schedule, where they only make sense together."""
_PLACE_FIELDS: Final = ("place", *NEW_PLACE)
_PRICE_FIELDS: Final = ("amount.", "unit.", "group.")
_COPIED_WITHOUT: Final = ("date", "end_date", "dates", "until", "times", *SKIPPED, "rule")
_STATUS: Final = ("event_status", "status_reason", "full", "changed.", "note.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form means. `draft` is there exactly where there is no problem."""

    draft: EventDraft | None
    problems: tuple[Problem, ...]
    new_place: NewPlace | None = None


def read(payload: Mapping[str, str], *, today: date) -> Reading:
    """The draft that a payload means, or what is wrong with it, problem by problem at its field."""
    # One value made of many fields, each in its line: no part of it would read better alone.
    typed = Typed(payload, today=today)
    original = typed.choice("original_language", vocabulary.LANGUAGES, "fi")
    kind = typed.choice("kind", vocabulary.KINDS, "event")
    category = typed.choice("category", vocabulary.CATEGORIES)
    texts = read_texts(typed, original)
    schedule = read_schedule(typed)
    if not category:
        typed.problem("category", "category_missing")
    place, new_place = read_place(typed)
    price, prices = read_price(typed)
    low, high = read_ages(typed)
    online_url = typed.link("online_url", 500)
    facts = {
        "activities": typed.choices("activities", vocabulary.ACTIVITIES),
        "audiences": typed.choices("audiences", vocabulary.AUDIENCES) or ("all",),
        "promises": read_promises(typed),
        "no_language": typed.flag("no_language"),
        "place_id": place,
        "online": typed.flag("online") or bool(online_url),
        "online_url": online_url,
        "price": price,
        "prices": prices,
        "registration": read_registration(typed),
        "min_age": low,
        "max_age": high,
        "access": read_access(typed),
        "first_time": read_first_time(typed),
        "nearest_stop": typed.line("nearest_stop", 80),
        "contact_email": typed.email("contact_email"),
        "contact_phone": typed.phone("contact_phone"),
        "link": typed.link("link", 500),
        **read_status(typed),
    }
    if schedule is None or typed.problems:
        return Reading(None, tuple(typed.problems), new_place)
    draft = EventDraft(
        kind=kind, category=category, original_language=original, schedule=schedule, texts=texts, **facts
    )
    return Reading(draft, (), new_place)


def lacking(reading: Reading) -> tuple[Problem, ...]:
    """What a draft must say before the public sees it, over what makes it readable."""
    draft = reading.draft
    if draft is None:
        return ()
    problems = []
    if draft.place_id is None and reading.new_place is None and not draft.online:
        problems.append(Problem("place", "where_missing"))
    if draft.online and not draft.online_url and draft.place_id is None and reading.new_place is None:
        problems.append(Problem("online_url", "online_url_missing"))
    registration = draft.registration
    ways = (registration.link, registration.email, registration.phone, draft.contact_email, draft.contact_phone)
    if registration.kind == "required" and not any(ways):
        problems.append(Problem("registration", "registration_way_missing"))
    return tuple(problems)


def payload_of_draft(draft: EventDraft) -> Payload:
    """Every field of a draft, its status too."""
    return {**facts_fields(draft), **schedule_fields(draft.schedule), **status_fields(draft)}


def without_status(payload: Mapping[str, str]) -> Payload:
    """What a proposal holds: status changes at once and never waits in one."""
    return {name: text for name, text in payload.items() if not name.startswith(_STATUS)}


def canonical(payload: Mapping[str, str], *, today: date) -> Payload:
    """The same meaning written the one way; what cannot be read stays as it was typed."""
    reading = read(payload, today=today)
    if reading.draft is None:
        return dict(payload)
    new_place = {} if reading.draft.place_id else {name: payload[name] for name in NEW_PLACE if name in payload}
    return {**payload_of_draft(reading.draft), **new_place}


def copied(draft: EventDraft) -> Payload:
    """The fields of a copy: the same event, when it takes place still to be said, nothing off or full."""
    fresh = replace(draft, event_status="scheduled", status_reason="", full=False, changes={}, notes=())
    fields = {name: text for name, text in payload_of_draft(fresh).items() if name not in _COPIED_WITHOUT}
    fields.pop("registration_closes_date", None)
    fields.pop("registration_closes_time", None)
    if fields.get("repeats") == "rule":
        fields["repeats"] = "weekly"
    return fields


def group_of(name: str) -> str:
    """Which fields change together: those of the schedule, of the place, and of the price."""
    if name in SCHEDULE_FIELDS:
        return WHEN
    if name in _PLACE_FIELDS:
        return "place"
    return "price" if name.startswith(_PRICE_FIELDS) else name


def different(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the fields in which two payloads differ."""
    return tuple(name for name in sorted({*one, *other}) if one.get(name, "") != other.get(name, ""))


def merged(
    base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[Payload, tuple[str, ...]]:
    """Three canonical payloads made one: (the result, the fields that both changed, and not to the same).

    Where only one side changed a field, its word stands; fields that belong together change together.
    """
    changed_here = {group_of(name) for name in different(base, mine)}
    changed_there = {group_of(name) for name in different(base, theirs)}
    apart = {group_of(name) for name in different(mine, theirs)}
    conflicts = changed_here & changed_there & apart
    names = {*base, *mine, *theirs}
    chosen = {name: (mine if group_of(name) in changed_here else theirs).get(name, "") for name in names}
    fields = [name for name in different(mine, theirs) if group_of(name) in conflicts]
    return {name: text for name, text in chosen.items() if text}, tuple(fields)
