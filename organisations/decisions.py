"""The city's decision on who may publish. The people concerned are told by letter, each in her language."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from tortoise.transactions import in_transaction

from organisations import city_letters, letters
from organisations.models import Organisation
from organisations.people import language_for
from organisations.profiles import APPROVED, PENDING, Changed, record
from organisations.visitors import CITY, ActingMembership, Visitor
from web.database.connection import fetch
from web.i18n import Language
from web.mail.outbox import Letter, queue
from web.site import Site

SUSPENDED: Final = "suspended"
RETURN_REASONS: Final = ("incomplete", "known_already", "not_suitable", "other")
"""Why an application is sent back; the words stand in `letters.return_reason`."""


async def approve(slug: str, by: Visitor, changed: Changed, *, site: Site, now: datetime) -> bool:
    """Let an organisation publish, and tell its people; False where nobody waits under this slug."""

    def letter(name: str, language: Language) -> Letter:
        link = f"{site.settings.base_url}/{language.code}/desk/"
        return letters.approved(name, link, settings=site.settings, language=language)

    async with in_transaction():
        organisation = await _waiting(slug)
        if organisation is None:
            return False
        organisation.state, organisation.state_changed, organisation.modified = APPROVED, now, now
        organisation.state_reason = organisation.state_note = ""
        await organisation.save()
        await _tell_members(organisation, letter, site=site, now=now)
        await record(ActingMembership(organisation.id, slug, CITY), by, "approved", now=now)
        await changed(organisation.id, now)
    return True


async def send_back(
    slug: str,
    by: Visitor,
    reason: str,
    note: str,
    *,
    site: Site,
    now: datetime,
) -> bool:
    """Ask an organisation's people to mend something first; False where nobody waits under this slug."""

    def letter(name: str, language: Language) -> Letter:
        link = f"{site.settings.base_url}/{language.code}/desk/organisations/{slug}"
        return letters.returned(
            name, letters.return_reason(reason, language), note, link, settings=site.settings, language=language
        )

    async with in_transaction():
        organisation = await _waiting(slug)
        if organisation is None:
            return False
        organisation.state_reason, organisation.state_note, organisation.state_changed = reason, note, now
        await organisation.save(update_fields=["state_reason", "state_note", "state_changed"])
        await _tell_members(organisation, letter, site=site, now=now)
        await record(ActingMembership(organisation.id, slug, CITY), by, "returned", now=now, detail={"reason": reason})
    return True


async def suspend(
    slug: str, by: Visitor, reason: str, note: str, changed: Changed, *, site: Site, now: datetime
) -> bool:
    """Take an organisation and all its events off the pages, and tell its people; False where it is not approved.

    Calendars carry its events as cancelled for a while. `reinstate` brings everything back.
    """

    def letter(name: str, language: Language) -> Letter:
        link = f"{site.settings.base_url}/{language.code}/desk/organisations/{slug}"
        return city_letters.suspended(name, reason, note, link, settings=site.settings, language=language)

    async with in_transaction():
        organisation = await Organisation.select_for_update().get_or_none(slug=slug, state=APPROVED)
        if organisation is None:
            return False
        await _put(organisation, SUSPENDED, reason, note, now)
        await _tell_members(organisation, letter, site=site, now=now)
        await record(ActingMembership(organisation.id, slug, CITY), by, "suspended", now=now, detail={"reason": reason})
        await changed(organisation.id, now)
    return True


async def reinstate(slug: str, by: Visitor, changed: Changed, *, site: Site, now: datetime) -> bool:
    """Bring a suspended organisation back with all its events; False where it is not suspended."""

    def letter(name: str, language: Language) -> Letter:
        link = f"{site.settings.base_url}/{language.code}/desk/"
        return city_letters.reinstated(name, link, settings=site.settings, language=language)

    async with in_transaction():
        organisation = await Organisation.select_for_update().get_or_none(slug=slug, state=SUSPENDED)
        if organisation is None:
            return False
        await _put(organisation, APPROVED, "", "", now)
        await _tell_members(organisation, letter, site=site, now=now)
        await record(ActingMembership(organisation.id, slug, CITY), by, "reinstated", now=now)
        await changed(organisation.id, now)
    return True


async def review(slug: str, by: Visitor, *, first: bool, now: datetime) -> bool:
    """Have the city read what an organisation publishes before the public does, or no longer; False for an unknown."""
    async with in_transaction():
        organisation = await Organisation.select_for_update().get_or_none(slug=slug)
        if organisation is None:
            return False
        if organisation.review_first != first:
            organisation.review_first = first
            await organisation.save(update_fields=["review_first"])
            action = "review_first" if first else "review_later"
            await record(ActingMembership(organisation.id, slug, CITY), by, action, now=now)
    return True


async def _put(organisation: Organisation, state: str, reason: str, note: str, now: datetime) -> None:
    organisation.state, organisation.state_reason, organisation.state_note = state, reason, note
    organisation.state_changed = organisation.modified = now
    await organisation.save(update_fields=["state", "state_reason", "state_note", "state_changed", "modified"])


async def _waiting(slug: str) -> Organisation | None:
    return await Organisation.select_for_update().get_or_none(slug=slug, state=PENDING, state_reason="")


async def _tell_members(
    organisation: Organisation, letter: Callable[[str, Language], Letter], *, site: Site, now: datetime
) -> None:
    rows = await fetch(
        "SELECT p.email, p.language FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.organisation_id = ? ORDER BY p.id",
        organisation.id,
    )
    for row in rows:
        await queue(row["email"], letter(organisation.name, language_for(site, row["language"])), now=now)
