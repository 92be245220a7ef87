"""Sessions: opened at sign-in, found again by their cookie, ended by people or by time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from organisations.tokens import hashed, new_secret
from organisations.visitors import MemberOf, Visitor
from web.database.connection import as_utc, fetch

LONGEST: Final = timedelta(days=30)
LONGEST_SHARED: Final = timedelta(hours=2)
IDLE: Final = timedelta(days=14)
IDLE_CITY_STAFF: Final = timedelta(hours=12)
NOTED_EVERY: Final = timedelta(minutes=5)
"""How exactly it is known when a browser was last seen."""
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One browser that is signed in, as its person sees it in her list."""

    id: int
    browser: str
    shared: bool
    created: datetime
    last_seen: datetime


async def open_session(person_id: int, *, shared: bool, browser: str, now: datetime) -> str:
    """Sign a browser in, in the caller's transaction; what its cookie has to hold."""
    secret = new_secret()
    await fetch(
        "INSERT INTO session (person_id, secret_hash, shared, browser, created, last_seen, expires)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
        person_id,
        hashed(secret),
        shared,
        browser,
        now,
        now,
        now + (LONGEST_SHARED if shared else LONGEST),
    )
    return secret


async def find_visitor(secret: str, *, now: datetime) -> Visitor | None:
    """Who holds this cookie; None where it is unknown, too old, or was not used for too long."""
    if not secret:
        return None
    rows = await fetch(
        "SELECT s.id, s.person_id, s.shared, s.last_seen, p.email, p.name, p.language, p.is_city_staff"
        " FROM session s JOIN person p ON p.id = s.person_id WHERE s.secret_hash = ? AND s.expires > ?",
        hashed(secret),
        now,
    )
    if not rows or _idle(rows[0], now):
        return None
    row = rows[0]
    if now - as_utc(row["last_seen"]) >= NOTED_EVERY:
        await fetch("UPDATE session SET last_seen = ? WHERE id = ? RETURNING id", now, row["id"])
        await fetch(
            "UPDATE person SET last_seen = ?, idle_warned = NULL WHERE id = ? RETURNING id", now, row["person_id"]
        )
    return Visitor(
        person_id=row["person_id"],
        email=row["email"],
        name=row["name"],
        language=row["language"],
        is_city_staff=bool(row["is_city_staff"]),
        session_id=row["id"],
        shared=bool(row["shared"]),
        memberships=await _memberships(row["person_id"]),
    )


async def sessions_of(person_id: int, *, now: datetime) -> list[OpenSession]:
    """Every browser in which a person is signed in, the latest first."""
    rows = await fetch(
        "SELECT s.id, s.browser, s.shared, s.created, s.last_seen, p.is_city_staff FROM session s"
        " JOIN person p ON p.id = s.person_id WHERE s.person_id = ? AND s.expires > ? ORDER BY s.last_seen DESC, s.id",
        person_id,
        now,
    )
    return [
        OpenSession(row["id"], row["browser"], bool(row["shared"]), as_utc(row["created"]), as_utc(row["last_seen"]))
        for row in rows
        if not _idle(row, now)
    ]


async def end_session(session_id: int, person_id: int) -> bool:
    """Sign one browser of a person out; False where she has no such session."""
    return bool(await fetch("DELETE FROM session WHERE id = ? AND person_id = ? RETURNING id", session_id, person_id))


async def end_sessions(person_id: int, *, but: int = 0) -> None:
    """Sign every browser of a person out, except one if it is named."""
    await fetch("DELETE FROM session WHERE person_id = ? AND id <> ? RETURNING id", person_id, but)


async def end_by_secret(secret: str) -> None:
    """Sign the browser out that holds this cookie."""
    await fetch("DELETE FROM session WHERE secret_hash = ? RETURNING id", hashed(secret))


async def forget_expired(*, now: datetime) -> None:
    """Drop sessions whose time is over."""
    await fetch("DELETE FROM session WHERE expires <= ? OR last_seen <= ? RETURNING id", now, now - IDLE)


def browser_named(user_agent: str) -> str:
    """«Firefox, Android»: enough for a person to tell her browsers apart, and no more."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))


def _idle(row: dict[str, Any], now: datetime) -> bool:
    limit = IDLE_CITY_STAFF if row["is_city_staff"] else IDLE
    return now - as_utc(row["last_seen"]) > limit


async def _memberships(person_id: int) -> tuple[MemberOf, ...]:
    rows = await fetch(
        "SELECT o.id, o.slug, o.name, o.state, o.state_reason, m.role FROM membership m"
        " JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = ? ORDER BY o.name, o.id",
        person_id,
    )
    return tuple(
        MemberOf(row["id"], row["slug"], row["name"], row["state"], row["state_reason"], row["role"]) for row in rows
    )
