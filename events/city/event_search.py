"""Search in all events that were ever public, for the city's staff: by a word of the title, or by address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from events.domain.folding import fold
from events.domain.public_id import public_id_of
from organisations.city.responses import PER_PAGE
from organisations.slugs import RESIDENTS
from web.database.connection import as_utc, fetch

_FROM: Final = (
    "FROM event e JOIN organisation g ON g.id = e.organisation_id"
    " LEFT JOIN event_text t ON t.event_id = e.id AND t.language = e.original_language WHERE e.published IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One event. `state` is published, withdrawn, or suspended with its organisation. `told_by` is set where no
    organisation of the register stands behind it: whom a resident named as its organiser, or empty."""

    id: int
    public_id: str
    title: str
    tag: str
    organisation: str
    slug: str
    told_by: str | None
    state: str
    withdrawn_by: str
    next_start: datetime | None


async def count(words: str, organisation: str) -> int:
    """How many events there are."""
    where, values = _condition(words, organisation)
    rows = await fetch(f"SELECT COUNT(*) AS number {_FROM}{where}", *values)
    return int(rows[0]["number"])


async def found(words: str, organisation: str, *, now: datetime, offset: int) -> list[FoundEvent]:
    """One page of them, the one published last first. One statement."""
    where, values = _condition(words, organisation)
    return await _events(
        f"{where} ORDER BY e.published DESC, e.id DESC LIMIT ? OFFSET ?", now, *values, PER_PAGE, offset
    )


async def one(public_id: str, *, now: datetime) -> FoundEvent | None:
    """The event with this id."""
    rows = await _events(" AND e.public_id = ?", now, public_id)
    return rows[0] if rows else None


async def _events(more: str, now: datetime, *values: Any) -> list[FoundEvent]:
    rows = await fetch(
        "SELECT e.id, e.public_id, e.publication, e.withdrawn_by, e.told_by, g.slug, g.name, g.state,"
        " t.title, t.language AS tag,"
        ' (SELECT MIN(o.start) FROM occurrence o WHERE o.event_id = e.id AND o."end" > ?) AS next_start'
        f" {_FROM}{more}",
        now,
        *values,
    )
    return [_found(row) for row in rows]


def _condition(words: str, organisation: str) -> tuple[str, tuple[Any, ...]]:
    where, values = "", list[Any]()
    if organisation:
        where, values = " AND g.slug = ?", [organisation]
    address = words.rpartition("/")[2].partition("?")[0]
    if address and (public_id := public_id_of(address)) and " " not in words:
        escaped = _escaped(fold(words))
        where += " AND (e.public_id = ? OR e.search_text LIKE ? ESCAPE '\\')"
        return where, (*values, public_id, f"%{escaped}%")
    for word in fold(words).split():
        where, values = where + " AND e.search_text LIKE ? ESCAPE '\\'", [*values, f"%{_escaped(word)}%"]
    return where, tuple(values)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _found(row: Mapping[str, Any]) -> FoundEvent:
    suspended = row["publication"] == "published" and row["state"] == "suspended"
    return FoundEvent(
        id=row["id"],
        public_id=row["public_id"],
        title=row["title"] or "",
        tag=row["tag"] or "",
        organisation=row["name"],
        slug=row["slug"],
        told_by=row["told_by"] if row["slug"] == RESIDENTS else None,
        state="suspended" if suspended else row["publication"],
        withdrawn_by=row["withdrawn_by"],
        next_start=as_utc(row["next_start"]) if row["next_start"] else None,
    )
