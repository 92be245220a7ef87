"""Account deletion: by the person herself, or automatically when it has not been used for two years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.transactions import in_transaction

from organisations import audit_log, letters, people
from organisations.models import Organisation, Person
from organisations.visitors import OWNER
from web.database.connection import fetch
from web.mail.outbox import queue
from web.site import Site

IDLE: Final = timedelta(days=730)
WARNED_BEFORE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Bound:
    """An organisation that would be left without an owner."""

    organisation_id: int
    slug: str
    name: str


async def bound_by(person_id: int) -> list[Bound]:
    """The organisations of which a person is the only owner, and which are more than her own application."""
    rows = await fetch(
        "SELECT o.id AS organisation_id, o.slug, o.name FROM membership m"
        " JOIN organisation o ON o.id = m.organisation_id WHERE m.person_id = ? AND m.role = ?"
        " AND NOT EXISTS (SELECT 1 FROM membership b WHERE b.organisation_id = o.id AND b.role = ? AND b.id <> m.id)"
        " AND NOT (o.state = 'pending' AND NOT EXISTS"
        " (SELECT 1 FROM membership c WHERE c.organisation_id = o.id AND c.id <> m.id))"
        " ORDER BY o.name, o.id",
        person_id,
        OWNER,
        OWNER,
    )
    return [Bound(**row) for row in rows]


async def delete_account(person_id: int, *, now: datetime) -> bool:
    """Forget a person; False, and nothing happens, where an organisation would be left without an owner.

    What she alone has applied for and the city has not approved goes with her.
    """
    async with in_transaction():
        mine = await fetch("SELECT organisation_id FROM membership WHERE person_id = ?", person_id)
        ids = [row["organisation_id"] for row in mine]
        await Organisation.select_for_update().filter(id__in=ids).order_by("id")
        if await bound_by(person_id):
            return False
        await _forget(person_id, "account_deleted", now=now)
    return True


async def look_after_idle(site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Warn those who have not signed in for almost two years, a month before their account is deleted; delete it."""
    for row in await fetch(
        "SELECT id, email, language FROM person WHERE last_seen <= ? AND idle_warned IS NULL ORDER BY id",
        now - IDLE + WARNED_BEFORE,
    ):
        async with in_transaction():
            language = people.language_for(site, row["language"])
            link = f"{site.settings.base_url}/{language.code}/sign-in"
            until = now + WARNED_BEFORE
            letter = letters.idle_account(link, until=until, settings=site.settings, language=language)
            await queue(row["email"], letter, now=now)
            await Person.filter(id=row["id"], idle_warned=None).update(idle_warned=now)
    for row in await fetch(
        "SELECT id FROM person WHERE last_seen <= ? AND idle_warned <= ? ORDER BY id", now - IDLE, now - WARNED_BEFORE
    ):
        async with in_transaction():
            for bound in await bound_by(row["id"]):
                await _pass_on(bound, row["id"], site=site, now=now)
            await _forget(row["id"], "account_expired", now=now)


async def _pass_on(bound: Bound, person_id: int, *, site: Site, now: datetime) -> None:
    """Make the longest-serving other member owner; where there is none, tell the city."""
    heirs = await fetch(
        "UPDATE membership SET role = ? WHERE id = (SELECT id FROM membership WHERE organisation_id = ?"
        " AND person_id <> ? ORDER BY created, id LIMIT 1) RETURNING person_id",
        OWNER,
        bound.organisation_id,
        person_id,
    )
    if not heirs:
        for reader in await people.city_staff():
            language = people.language_for(site, reader.language)
            link = f"{site.settings.base_url}/{language.code}/desk/organisations/{bound.slug}/members"
            letter = letters.left_alone(bound.name, link, settings=site.settings, language=language)
            await queue(reader.email, letter, now=now)
    await audit_log.record(
        None,
        "system",
        "role_changed" if heirs else "left_alone",
        target_kind="organisation",
        target=bound.slug,
        organisation_id=bound.organisation_id,
        detail={"person": heirs[0]["person_id"]} if heirs else {},
        now=now,
    )


async def _forget(person_id: int, action: str, *, now: datetime) -> None:
    (person,) = await fetch("SELECT email FROM person WHERE id = ?", person_id)
    await fetch(
        "DELETE FROM organisation WHERE state = 'pending' AND id IN"
        " (SELECT organisation_id FROM membership WHERE person_id = ?) AND NOT EXISTS (SELECT 1 FROM membership m"
        " WHERE m.organisation_id = organisation.id AND m.person_id <> ?) RETURNING id",
        person_id,
        person_id,
    )
    await fetch("DELETE FROM sign_in_challenge WHERE email = ? RETURNING id", person["email"])
    await fetch("DELETE FROM invitation WHERE email = ? RETURNING id", person["email"])
    await fetch("DELETE FROM outgoing_mail WHERE recipient = ? AND sent IS NOT NULL RETURNING id", person["email"])
    await Person.filter(id=person_id).delete()
    await audit_log.record(
        None,
        "person",
        action,
        target_kind="person",
        target=str(person_id),
        organisation_id=None,
        detail={},
        now=now,
    )
