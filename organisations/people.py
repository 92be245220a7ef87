"""The people who sign in: found or made by their address, changed, exported, deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from organisations import audit_log, letters, sessions
from organisations.models import Person
from web.database.connection import as_utc, fetch
from web.i18n import DEFAULT, Language
from web.mail.outbox import queue
from web.site import Site


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets a letter."""

    person_id: int
    email: str
    language: str


async def found_or_made(email: str, *, language: str, city_staff: frozenset[str], now: datetime) -> int:
    """The person with this proven address, made if need be, in the caller's transaction; her id.

    Who is among `city_staff` becomes that; nobody stops being it here.
    """
    is_staff = email in city_staff
    rows = await fetch(
        "INSERT INTO person (email, name, language, is_city_staff, created, last_seen) VALUES (?, '', ?, ?, ?, ?)"
        " ON CONFLICT (email) DO UPDATE SET last_seen = excluded.last_seen, idle_warned = NULL RETURNING id",
        email,
        language,
        is_staff,
        now,
        now,
    )
    if is_staff:
        await fetch("UPDATE person SET is_city_staff = ? WHERE id = ? RETURNING id", True, rows[0]["id"])
    return int(rows[0]["id"])


async def grant_city(email: str, *, granted: bool, language: str, now: datetime) -> None:
    """Make somebody city staff, signed in already or not; or take that away and sign her out."""
    async with in_transaction():
        person_id = await found_or_made(email, language=language, city_staff=frozenset(), now=now)
        await fetch("UPDATE person SET is_city_staff = ? WHERE id = ? RETURNING id", granted, person_id)
        if not granted:
            await sessions.end_sessions(person_id)
        await audit_log.record(
            person_id,
            "operator",
            "city_granted" if granted else "city_revoked",
            target_kind="person",
            target=str(person_id),
            organisation_id=None,
            detail={},
            now=now,
        )


async def describe(person_id: int, *, name: str, language: str) -> None:
    """Change what a person is called and in which language she is written to."""
    await Person.filter(id=person_id).update(name=name, language=language)


async def move(person_id: int, email: str, *, session_id: int, site: Site, now: datetime) -> bool:
    """Give a person another, proven address; False where somebody else has it.

    The old address is told, and every other browser is signed out.
    """
    async with in_transaction():
        if await Person.filter(email=email).exclude(id=person_id).exists():
            return False
        person = await Person.select_for_update().get(id=person_id)
        before, person.email = person.email, email
        await person.save(update_fields=["email"])
        await sessions.end_sessions(person_id, but=session_id)
        await fetch("UPDATE sign_in_challenge SET used = ? WHERE email = ? AND used IS NULL RETURNING id", now, before)
        language = language_for(site, person.language)
        await queue(before, letters.address_changed(settings=site.settings, language=language), now=now)
        await record_own(person_id, "address_changed", now=now)
    return True


async def city_staff() -> list[Reader]:
    """Everybody who works for the city."""
    rows = await fetch("SELECT id, email, language FROM person WHERE is_city_staff = ? ORDER BY id", True)
    return [Reader(row["id"], row["email"], row["language"]) for row in rows]


def language_for(site: Site, code: str) -> Language:
    """The language in which somebody is written to."""
    return site.languages.get(code, site.languages[DEFAULT])


async def record_own(person_id: int, action: str, *, now: datetime, detail: Mapping[str, Any] | None = None) -> None:
    """Write down what a person did to her own account."""
    await audit_log.record(
        person_id,
        "person",
        action,
        target_kind="person",
        target=str(person_id),
        organisation_id=None,
        detail=detail or {},
        now=now,
    )


async def export(person_id: int) -> dict[str, Any]:
    """Everything stored about a person, as plain JSON; no secret is in it."""
    (person,) = await fetch(
        "SELECT id, email, name, language, is_city_staff, created, last_seen FROM person WHERE id = ?", person_id
    )
    return {
        "person": _plain({**person, "is_city_staff": bool(person["is_city_staff"])}),
        "memberships": await _rows(
            "SELECT o.slug AS organisation, o.name, m.role, m.created FROM membership m"
            " JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = ? ORDER BY m.id",
            person_id,
        ),
        "sessions": await _rows(
            "SELECT browser, created, last_seen, expires FROM session WHERE person_id = ? ORDER BY id", person_id
        ),
        "invitations_sent": await _rows(
            "SELECT email, role, created, expires, used FROM invitation WHERE invited_by_id = ? ORDER BY id", person_id
        ),
        "invitations_received": await _rows(
            "SELECT i.role, i.created, i.expires, i.used, o.slug AS organisation FROM invitation i"
            " JOIN organisation o ON o.id = i.organisation_id WHERE i.email = ? ORDER BY i.id",
            person["email"],
        ),
        "messages": await _rows(
            "SELECT kind, reason, text, about, created, closed, answer FROM message WHERE reply_to = ? ORDER BY id",
            person["email"],
        ),
        "letters": await _rows(
            "SELECT subject, created, sent FROM outgoing_mail WHERE recipient = ? ORDER BY id", person["email"]
        ),
        "deeds": await _rows(
            "SELECT at, role, action, target_kind, target FROM audit_entry WHERE person_id = ? ORDER BY id", person_id
        ),
    }


async def _rows(sql: str, value: Any) -> list[dict[str, Any]]:
    return [_plain(row) for row in await fetch(sql, value)]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON says it: moments as text, alike on both databases."""
    moments = ("created", "last_seen", "expires", "used", "closed", "sent", "at")
    return {
        name: as_utc(value).isoformat() if name in moments and value is not None else value
        for name, value in row.items()
    }
