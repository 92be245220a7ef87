"""The history of an event: its audit entries as its organiser reads them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from events.editing.changes import Actor, may_be_undone
from web.database.connection import as_json, as_utc, fetch

MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `days` are the dates it was about, None for the event as a whole; `fields` what it changed.

    `undoable` tells whether it can be undone, and by this reader; it may still be refused because
    something has changed since.
    """

    id: int
    at: datetime
    action: str
    role: str
    person: str
    reason: str
    days: tuple[date, ...] | None
    fields: tuple[str, ...]
    made: str
    undone: bool
    undoable: bool


async def history(public_id: str, *, reader: Actor, limit: int = MOST) -> list[Entry]:
    """The changes of an event, the latest first."""
    rows = await fetch(
        "SELECT a.id, a.at, a.action, a.role, a.detail, q.name FROM audit_entry a"
        " LEFT JOIN person q ON q.id = a.person_id WHERE a.target_kind = 'event' AND a.target = ?"
        " ORDER BY a.at DESC, a.id DESC LIMIT ?",
        public_id,
        limit,
    )
    details = [as_json(row["detail"]) for row in rows]
    undone = _undone(details)
    return [_entry(row, detail, undone, reader) for row, detail in zip(rows, details, strict=True)]


def _undone(details: Sequence[Any]) -> set[int]:
    return {int(detail["undone"]) for detail in details if "undone" in detail}


def _entry(row: Any, detail: Any, undone: set[int], reader: Actor) -> Entry:
    days = detail.get("days")
    taken_back = row["id"] in undone
    return Entry(
        id=row["id"],
        at=as_utc(row["at"]),
        action=row["action"],
        role=row["role"],
        person=row["name"] or "",
        reason=detail.get("reason") or "",
        days=None if days is None else tuple(date.fromisoformat(day) for day in days),
        fields=tuple(sorted(detail.get("after", {}))),
        made=detail.get("made") or "",
        undone=taken_back,
        undoable=not taken_back and may_be_undone(row["role"], detail, reader),
    )
