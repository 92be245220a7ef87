"""An event's facts as flat JSON, field by field, so that two states can be compared and one put back. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any, Final

from events.domain.dates import DateChange
from events.domain.drafts import EventDraft
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.schedule.recurrence import Schedule

Fields = dict[str, Any]
"""From a field's name to a JSON value: a fact, «text.fi», «date.2026-12-08», «note.fi», «note.2026-12-08.fi»."""
_LISTS: Final = ("activities", "audiences")
_MANY: Final = ("texts", "changes", "notes")


def fields_of(draft: EventDraft) -> Fields:
    """Every fact by name; equal drafts give equal fields, and nothing is lost."""
    plain = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name not in _MANY}
    registration = draft.registration
    return {
        **plain,
        **{name: list(getattr(draft, name)) for name in _LISTS},
        "schedule": draft.schedule.to_json(),
        "promises": [list(promise) for promise in draft.promises],
        "prices": [row.to_json() for row in draft.prices],
        "registration": {
            **registration.to_json(),
            "kind": registration.kind,
            "closes": _written(registration.closes),
        },
        "access": dict(draft.access),
        "first_time": {fact: list(values) for fact, values in draft.first_time.items()},
        **{f"text.{tag}": asdict(text) for tag, text in draft.texts.items()},
        **{f"date.{day}": _change_json(change) for day, change in draft.changes.items()},
        **{_note_key(note): note.text for note in draft.notes},
    }


def draft_from(stored: Mapping[str, Any]) -> EventDraft:
    """What `fields_of` took apart; a field that is missing or None has its default."""
    known = {name: value for name, value in stored.items() if value is not None}
    plain = {field.name: known[field.name] for field in fields(EventDraft) if field.name in known}
    registration = known["registration"]
    return EventDraft(
        **{
            **plain,
            **{name: tuple(known.get(name, ())) for name in _LISTS},
            "schedule": Schedule.from_json(known["schedule"]),
            "promises": tuple((code, promise) for code, promise in known.get("promises", ())),
            "prices": tuple(PriceRow.from_json(row) for row in known.get("prices", ())),
            "registration": Registration.from_json(
                registration["kind"], _read(registration.get("closes")), registration
            ),
            "first_time": {fact: tuple(values) for fact, values in known.get("first_time", {}).items()},
            "texts": {name[5:]: Text(**known[name]) for name in known if name.startswith("text.")},
            "changes": {
                date.fromisoformat(name[5:]): _change_from(known[name]) for name in known if name.startswith("date.")
            },
            "notes": tuple(_note_from(name, known[name]) for name in known if name.startswith("note.")),
        }
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Fields, Fields]:
    """(what was, what is) of the fields that differ; None stands for a field that was not there."""
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _change_json(change: DateChange) -> Fields:
    return {**asdict(change), "start": _written(change.start), "end": _written(change.end)}


def _change_from(stored: Mapping[str, Any]) -> DateChange:
    return DateChange(**{**stored, "start": _read(stored["start"]), "end": _read(stored["end"])})


def _note_key(note: Note) -> str:
    return f"note.{note.original_date}.{note.language}" if note.original_date else f"note.{note.language}"


def _note_from(name: str, text: str) -> Note:
    _, *day, language = name.split(".")
    return Note(language, text, date.fromisoformat(day[0]) if day else None)


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _read(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
