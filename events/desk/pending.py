"""Pending proposals, as the desk lists them: drafts, those that wait for the city, those it has sent back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from events.domain.vocabulary import LANGUAGES
from events.presenting.cards import Typed, typed
from events.schedule.recurrence import HELSINKI
from organisations.letters import return_reason
from web.database.connection import as_json, as_utc, fetch
from web.dates import write_moment
from web.i18n import Language

MOST: Final = 50
_COLUMNS: Final = "p.key, p.event_id, p.state, p.version, p.payload, p.first_start, p.modified, p.reason, p.note"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal. `state` is autosaved, submitted or returned; `edit` says that it changes a public event."""

    href: str
    title: Typed | None
    state: str
    edit: bool
    when: str
    modified: str
    reason: str
    note: str


async def waiting_of(organisation_ids: Collection[int], language: Language, *, today: date) -> list[Waiting]:
    """What these organisations have not published yet, the one touched last first. One statement."""
    if not organisation_ids:
        return []
    marks = ", ".join("?" * len(organisation_ids))
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM proposal p WHERE p.organisation_id IN ({marks})"
        " AND p.state IN ('autosaved', 'submitted', 'returned') ORDER BY p.modified DESC, p.id DESC LIMIT ?",
        *organisation_ids,
        MOST,
    )
    return _lines(rows, language, today)


async def waiting_for_event(organisation_id: int, event_id: int, language: Language, *, today: date) -> list[Waiting]:
    """The edits of one public event that are not public yet. One statement."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM proposal p WHERE p.organisation_id = ? AND p.event_id = ?"
        " AND p.state IN ('autosaved', 'submitted', 'returned') ORDER BY p.modified DESC, p.id DESC LIMIT ?",
        organisation_id,
        event_id,
        MOST,
    )
    return _lines(rows, language, today)


def _lines(rows: Collection[Mapping[str, Any]], language: Language, today: date) -> list[Waiting]:
    found = ((row, as_json(row["payload"])["fields"]) for row in rows)
    return [_line(row, fields, language, today) for row, fields in found if not _untouched(row, fields)]


def _untouched(row: Mapping[str, Any], fields: Mapping[str, str]) -> bool:
    """A new event that was only opened."""
    return row["version"] == 1 and row["event_id"] is None and not any(name.startswith("title.") for name in fields)


def _line(row: Mapping[str, Any], fields: Mapping[str, str], language: Language, today: date) -> Waiting:
    first = as_utc(row["first_start"]).astimezone(HELSINKI).replace(tzinfo=None) if row["first_start"] else None
    modified = as_utc(row["modified"]).astimezone(HELSINKI).replace(tzinfo=None)
    return Waiting(
        href=f"/{language.code}/desk/proposals/{row['key']}",
        title=_title(fields, language),
        state=row["state"],
        edit=row["event_id"] is not None,
        when=write_moment(first, language, today=today) if first else "",
        modified=write_moment(modified, language, today=today),
        reason=return_reason(row["reason"], language),
        note=row["note"],
    )


def _title(fields: Mapping[str, str], language: Language) -> Typed | None:
    texts = {tag: fields.get(f"title.{tag}", "").strip() for tag in LANGUAGES}
    order = (language.tag, fields.get("original_language", "fi"), *LANGUAGES)
    tag = next((tag for tag in order if texts.get(tag)), "")
    return typed(texts[tag], tag, language) if tag else None
