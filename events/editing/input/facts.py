"""Parsing the fields of a form for an event's facts and texts; its schedule is in `schedule`. Pure.

Longer than most files by the number of facts: each is read in a few lines, and written back in as few.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from events.domain import vocabulary
from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.editing.input.fields import Payload, Typed
from events.editing.input.schedule import moment_fields, read_moment
from web.cleaning import one_line

TEXT_LIMITS: Final[Mapping[str, int]] = {
    "title": 120,
    "summary": 300,
    "description": 5_000,
    "place_note": 300,
    "price_note": 300,
    "registration_note": 300,
    "first_time_note": 300,
}
PRICE_ROWS: Final = 4
OLDEST: Final = 130
NOTE: Final = 300
NEW_PLACE: Final = ("new_place_name", "new_place_street", "new_place_postal_code", "new_place_city", "new_place_area")


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place that is not in the list yet."""

    name: str
    street_address: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = ""


def read_texts(typed: Typed, original: str) -> dict[str, Text]:
    """What was written in each language. The original needs a title, and whatever else is there does too."""
    found = {}
    for tag in vocabulary.LANGUAGES:
        written = {
            name: typed.block(f"{name}.{tag}", limit) if name == "description" else typed.line(f"{name}.{tag}", limit)
            for name, limit in TEXT_LIMITS.items()
        }
        if any(written.values()):
            found[tag] = Text(**written)
    if original not in found or not found[original].title:
        typed.problem(f"title.{original}", "title_missing")
    return found


def read_promises(typed: Typed) -> tuple[tuple[str, str], ...]:
    """«ru:main,uk:helper»."""
    allowed = {f"{code}:{promise}" for code in vocabulary.LANGUAGES for promise in vocabulary.PROMISES}
    return tuple((code, promise) for code, _, promise in map(_halves, typed.choices("promises", allowed)))


def _halves(text: str) -> tuple[str, str, str]:
    return text.partition(":")


def read_place(typed: Typed) -> tuple[int | None, NewPlace | None]:
    """(id of a known place, a new one): one of them at most. The new one wins where its name was typed: the other may
    stand in the form since the last event. Nothing else typed of a new place goes without its name."""
    name = typed.line("new_place_name", 160)
    new = NewPlace(
        name,
        typed.line("new_place_street", 200),
        typed.line("new_place_postal_code", 16),
        typed.line("new_place_city", 80),
        typed.choice("new_place_area", vocabulary.AREAS),
    )
    if name:
        return None, new
    if new != NewPlace(""):
        typed.problem("new_place_name", "place_name_missing")
    return typed.number("place", 1, 999_999), None


def one_place(payload: Mapping[str, str]) -> Payload:
    """The same form with one place: without the one chosen from the list where `read_place` does not ask for it."""
    named = bool(one_line(payload.get("new_place_name", "")))
    return {name: text for name, text in payload.items() if name != "place" or not named}


def read_price(typed: Typed) -> tuple[str, tuple[PriceRow, ...]]:
    """(price, rows): rows only where it costs something."""
    price = typed.choice("price", vocabulary.PRICES, "unknown")
    if price != "paid":
        return price, ()
    rows = []
    for number in range(1, PRICE_ROWS + 1):
        amount = typed.amount(f"amount.{number}")
        unit = typed.choice(f"unit.{number}", vocabulary.PRICE_UNITS, "person")
        group = typed.choice(f"group.{number}", vocabulary.PRICE_GROUPS, "all")
        if amount is not None:
            rows.append(PriceRow(amount, unit, group))
    return price, tuple(rows)


def read_registration(typed: Typed) -> Registration:
    """How one signs up. Where one must, there has to be a way."""
    return Registration(
        kind=typed.choice("registration", vocabulary.REGISTRATIONS, "unknown"),
        link=typed.link("registration_link", 500),
        email=typed.email("registration_email"),
        phone=typed.phone("registration_phone"),
        each_time=typed.flag("registration_each_time"),
        languages=typed.choices("registration_languages", vocabulary.LANGUAGES),
        closes=read_moment(typed, "registration_closes_date", "registration_closes_time"),
        mid_season=typed.flag("mid_season"),
    )


def read_ages(typed: Typed) -> tuple[int | None, int | None]:
    """(youngest, oldest)."""
    low, high = typed.number("min_age", 0, OLDEST), typed.number("max_age", 0, OLDEST)
    if low is not None and high is not None and high < low:
        typed.problem("max_age", "ages_swapped")
    return low, high


def read_access(typed: Typed) -> dict[str, bool]:
    """The answers that differ from the place's or add to them: yes, no, or nothing."""
    answers = {key: typed.choice(f"access.{key}", ("yes", "no")) for key in vocabulary.ACCESS}
    return {key: answer == "yes" for key, answer in answers.items() if answer}


def read_first_time(typed: Typed) -> dict[str, tuple[str, ...]]:
    """What a newcomer is told, each fact from its list."""
    found = {fact: typed.choices(f"first_time.{fact}", values) for fact, values in vocabulary.FIRST_TIME.items()}
    return {fact: values for fact, values in found.items() if values}


def read_status(typed: Typed) -> dict[str, Any]:
    """What the form has no fields for, but a copy of an event may hold: its status, and what is special of a date."""
    changes: dict[date, DateChange] = {}
    notes: list[Note] = []
    for name in sorted(typed.payload):
        kind, *rest = name.split(".")
        if kind == "changed" and len(rest) == 1 and (day := _iso(rest[0])):
            changes[day] = _change(typed.line(name, 300))
        elif kind == "note" and rest and rest[-1] in vocabulary.LANGUAGES:
            day = _iso(rest[0]) if len(rest) == 2 else None
            text = typed.line(name, NOTE)
            if text and (len(rest) == 1 or day):
                notes.append(Note(rest[-1], text, day))
    return {
        "event_status": typed.choice("event_status", vocabulary.STATUSES, "scheduled"),
        "status_reason": typed.choice("status_reason", vocabulary.REASONS),
        "full": typed.flag("full"),
        "changes": changes,
        "notes": tuple(notes),
    }


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _change(text: str) -> DateChange:
    said = dict(part.partition("=")[::2] for part in text.split())
    status, reason = said.get("status", ""), said.get("reason", "")
    start, end = (_instant(said.get(name, "")) for name in ("start", "end"))
    return DateChange(
        status=status if status in vocabulary.STATUSES else "scheduled",
        reason=reason if reason in vocabulary.REASONS else "",
        full="full" in said,
        start=start,
        end=end if start is None or end is None or end > start else None,
        planned="planned" in said,
    )


def _instant(text: str) -> Any:
    typed = Typed({"at": text}, today=date(2000, 1, 1))
    return read_moment(typed, "at", "time") if "T" in text else None


def facts_fields(draft: EventDraft) -> Payload:
    """The fields that the readers above make the same facts of."""
    registration = draft.registration
    fields = {
        "kind": draft.kind,
        "category": draft.category,
        "original_language": draft.original_language,
        "activities": ",".join(draft.activities),
        "audiences": ",".join(draft.audiences),
        "promises": ",".join(f"{code}:{promise}" for code, promise in draft.promises),
        "no_language": _yes(draft.no_language),
        "place": str(draft.place_id or ""),
        "online": _yes(draft.online),
        "online_url": draft.online_url,
        "price": draft.price,
        **_price_fields(draft.prices),
        "registration": registration.kind,
        "registration_link": registration.link,
        "registration_email": registration.email,
        "registration_phone": registration.phone,
        "registration_each_time": _yes(registration.each_time),
        "registration_languages": ",".join(registration.languages),
        **moment_fields(registration.closes, "registration_closes_date", "registration_closes_time"),
        "mid_season": _yes(registration.mid_season),
        "min_age": "" if draft.min_age is None else str(draft.min_age),
        "max_age": "" if draft.max_age is None else str(draft.max_age),
        **{f"access.{key}": "yes" if answer else "no" for key, answer in draft.access.items()},
        **{f"first_time.{fact}": ",".join(values) for fact, values in draft.first_time.items()},
        "nearest_stop": draft.nearest_stop,
        "contact_email": draft.contact_email,
        "contact_phone": draft.contact_phone,
        "link": draft.link,
        **{f"{name}.{tag}": getattr(text, name) for tag, text in draft.texts.items() for name in TEXT_LIMITS},
    }
    return {name: text for name, text in fields.items() if text}


def status_fields(draft: EventDraft) -> Payload:
    """The fields that `read_status` makes the same status of."""
    fields = {
        "event_status": draft.event_status if draft.event_status != "scheduled" else "",
        "status_reason": draft.status_reason,
        "full": _yes(draft.full),
        **{f"changed.{day}": _change_text(change) for day, change in draft.changes.items()},
        **{f"note.{_target(note)}{note.language}": note.text for note in draft.notes},
    }
    return {name: text for name, text in fields.items() if text}


def _change_text(change: DateChange) -> str:
    parts = {"status": change.status, "reason": change.reason}
    moments = {"start": change.start, "end": change.end}
    said = [f"{name}={text}" for name, text in parts.items() if text]
    said += [f"{name}={moment.isoformat()}" for name, moment in moments.items() if moment]
    return " ".join([*said, *(["full"] if change.full else []), *(["planned"] if change.planned else [])])


def _price_fields(rows: Iterable[PriceRow]) -> Payload:
    fields: Payload = {}
    for number, row in enumerate(rows, start=1):
        fields |= {f"amount.{number}": _plain(row.amount), f"unit.{number}": row.unit, f"group.{number}": row.group}
    return fields


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"


def _target(note: Note) -> str:
    return f"{note.original_date}." if note.original_date else ""


def _yes(flag: bool) -> str:
    return "yes" if flag else ""
