"""The related rows of an event: its texts, terms, notes and dates. Read in one statement, and brought to what a
draft says by writing only what differs. Inside the caller's transaction."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Generic

from tortoise.models import Model

from events.domain.drafts import EventDraft
from events.editing.rows.desired_rows import (
    DATE,
    NOTE,
    TERM,
    TEXT,
    wanted_dates,
    wanted_notes,
    wanted_terms,
    wanted_texts,
)
from events.editing.rows.row_differences import Columns, Difference, Entry, Key, difference, list_difference
from events.storage.loading import part
from events.storage.models import EventTerm, EventText, Occurrence, StatusNote
from web.database.connection import as_date, as_json, as_utc, fetch

_TIMES: Final = {"start", "end", "status", "full"}
"""What a calendar program is told of a date: SEQUENCE grows with it (RFC 5546 2.1.4)."""
_READERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("original_start", "start", "end"), as_utc),
    **dict.fromkeys(("original_date", "local_date", "last_date"), as_date),
}


@dataclass(frozen=True, slots=True)
class Rows(Generic[Key]):
    """The rows of one table, by what tells them apart: their ids and their columns."""

    ids: Mapping[Key, int]
    columns: Mapping[Key, Columns]


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that is stored beside an event; a new one has nothing. Terms are in the order they were written."""

    texts: Rows[str] = Rows({}, {})
    terms: Rows[Entry] = Rows({}, {})
    notes: Rows[tuple[date | None, str]] = Rows({}, {})
    dates: Rows[date] = Rows({}, {})


@dataclass(frozen=True, slots=True)
class Inherited:
    """What an event takes over from its organiser and its place: their names, and what the place says of access."""

    names: tuple[str, ...]
    access: Mapping[str, bool]


async def stored_beside(event_id: int, place_id: int | None) -> tuple[Beside, Inherited]:
    """What is stored beside an event, and what it takes over where it is held at that place. One statement."""
    parts = (
        _part("texts", "event_text", TEXT),
        _part("terms", "event_term", TERM),
        _part("notes", "status_note", NOTE),
        _part("dates", "occurrence", DATE),
    )
    [row] = await fetch(
        "SELECT COALESCE(NULLIF(g.name, ''), e.told_by) AS name,"
        f" p.name AS place, p.street_address, p.city, p.access, {', '.join(parts)} FROM event e"
        " JOIN organisation g ON g.id = e.organisation_id LEFT JOIN place p ON p.id = ? WHERE e.id = ?",
        place_id,
        event_id,
    )
    beside = Beside(
        texts=_rows(row["texts"], TEXT, lambda columns: columns["language"]),
        terms=_rows(row["terms"], TERM, lambda columns: (columns["facet"], columns["value"])),
        notes=_rows(row["notes"], NOTE, lambda columns: (columns["original_date"], columns["language"])),
        dates=_rows(row["dates"], DATE, lambda columns: columns["original_date"]),
    )
    if row["place"] is None:
        return beside, Inherited((row["name"],), {})
    return beside, Inherited((row["place"], row["street_address"], row["city"], row["name"]), as_json(row["access"]))


async def write_beside(event_id: int, draft: EventDraft, access: Mapping[str, bool], known: Beside) -> bool:
    """Bring what is known to be stored to what a draft says; whether calendar programs must hear of its dates."""
    terms, notes, dates = wanted_terms(draft, access), wanted_notes(draft), wanted_dates(draft)
    moved = difference(known.dates.columns, dates)
    await _write_texts(event_id, draft, known.texts)
    await _write(EventTerm, event_id, known.terms.ids, terms, list_difference(known.terms.ids, terms))
    await _write(StatusNote, event_id, known.notes.ids, notes, difference(known.notes.columns, notes))
    await _write(Occurrence, event_id, known.dates.ids, dates, moved)
    return bool(moved.gone or moved.new or any(_TIMES & columns.keys() for columns in moved.changed.values()))


async def _write_texts(event_id: int, draft: EventDraft, known: Rows[str]) -> None:
    """A text that stays keeps its row: it is long, and mostly a word or two of it change."""
    wanted = wanted_texts(draft, known.columns)
    found = difference(known.columns, wanted)
    for language, columns in found.changed.items():
        await EventText.filter(id=known.ids[language]).update(**columns)
    await _write(EventText, event_id, known.ids, wanted, replace(found, changed={}))


async def _write(
    model: type[Model], event_id: int, ids: Mapping[Key, int], wanted: Mapping[Key, Columns], found: Difference[Key]
) -> None:
    """Two statements for however many rows: those that changed are replaced."""
    gone = [ids[key] for key in (*found.gone, *found.changed)]
    if gone:
        await model.filter(id__in=gone).delete()
    await model.bulk_create(model(event_id=event_id, **wanted[key]) for key in (*found.new, *found.changed))


def _part(name: str, table: str, columns: Sequence[str]) -> str:
    return part(name, table, [f'"{column}"' for column in ("id", *columns)], "id")


def _rows(listed: Any, names: Sequence[str], key_of: Callable[[Columns], Key]) -> Rows[Key]:
    ids, rows = {}, {}
    for row_id, *values in as_json(listed):
        columns = {name: _read(name, value) for name, value in zip(names, values, strict=True)}
        key = key_of(columns)
        ids[key], rows[key] = row_id, columns
    return Rows(ids, rows)


def _read(name: str, value: Any) -> Any:
    return _READERS[name](value) if value is not None and name in _READERS else value
