"""Search in the audit log: who, what, when, for which organisation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from web.database.connection import as_json, as_utc, fetch

_FROM = (
    " FROM audit_entry a LEFT JOIN person q ON q.id = a.person_id LEFT JOIN organisation g ON g.id = a.organisation_id"
)


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty means any. `since` is inclusive, `until` is not."""

    who: str = ""
    action: str = ""
    target: str = ""
    organisation: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `people` are the numbers of those it was about, `organisation` a name, `slug` its address."""

    at: datetime
    person: str
    role: str
    action: str
    target_kind: str
    target: str
    organisation: str
    slug: str
    detail: Mapping[str, Any]


async def count(search: Search) -> int:
    """How many entries match."""
    where, values = _condition(search)
    rows = await fetch(f"SELECT COUNT(*) AS number{_FROM} WHERE {where}", *values)
    return int(rows[0]["number"])


async def entries(search: Search, *, offset: int, limit: int) -> list[Entry]:
    """One page of them, the latest first, with the names of those they were about. Two statements at most."""
    where, values = _condition(search)
    rows = await fetch(
        "SELECT a.at, a.role, a.action, a.target_kind, a.target, a.detail, q.name AS person, q.email, g.name, g.slug"
        f"{_FROM} WHERE {where} ORDER BY a.at DESC, a.id DESC LIMIT ? OFFSET ?",
        *values,
        limit,
        offset,
    )
    details = [as_json(row["detail"]) for row in rows]
    names = await _names({number for detail in details for number in _people(detail)})
    return [_entry(row, detail, names) for row, detail in zip(rows, details, strict=True)]


async def actions() -> list[str]:
    """Every action that the log has an entry of."""
    return [row["action"] for row in await fetch("SELECT DISTINCT action FROM audit_entry ORDER BY action")]


def _entry(row: Mapping[str, Any], detail: Mapping[str, Any], names: Mapping[int, str]) -> Entry:
    known = {
        "person": names.get(detail.get("person", 0), ""),
        "before_people": [names.get(number, "") for number in detail.get("before_people", ())],
    }
    return Entry(
        at=as_utc(row["at"]),
        person=row["person"] or row["email"] or "",
        role=row["role"],
        action=row["action"],
        target_kind=row["target_kind"],
        target=row["target"],
        organisation=row["name"] or "",
        slug=row["slug"] or "",
        detail={**detail, **known},
    )


def _people(detail: Mapping[str, Any]) -> list[int]:
    found = [detail.get("person"), *detail.get("before_people", ())]
    return [number for number in found if isinstance(number, int)]


async def _names(numbers: set[int]) -> dict[int, str]:
    if not numbers:
        return {}
    marks = ", ".join("?" * len(numbers))
    rows = await fetch(f"SELECT id, name, email FROM person WHERE id IN ({marks})", *numbers)
    return {row["id"]: row["name"] or row["email"] for row in rows}


def _condition(search: Search) -> tuple[str, tuple[Any, ...]]:
    parts: list[tuple[str, tuple[Any, ...]]] = []
    if search.who:
        parts.append(("(LOWER(q.name) LIKE ? ESCAPE '\\' OR q.email LIKE ? ESCAPE '\\')", (_like(search.who),) * 2))
    if search.target:
        parts.append(("LOWER(a.target) LIKE ? ESCAPE '\\'", (_like(search.target),)))
    if search.organisation:
        parts.append(("(g.slug = ? OR LOWER(g.name) LIKE ? ESCAPE '\\')", _either(search.organisation)))
    if search.action:
        parts.append(("a.action = ?", (search.action,)))
    if search.since:
        parts.append(("a.at >= ?", (search.since,)))
    if search.until:
        parts.append(("a.at < ?", (search.until,)))
    return " AND ".join(sql for sql, _ in parts) or "1 = 1", tuple(value for _, values in parts for value in values)


def _either(text: str) -> tuple[str, str]:
    return text, _like(text)


def _like(text: str) -> str:
    escaped = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
