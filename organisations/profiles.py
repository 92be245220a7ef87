"""Profiles of organisations, applications, and their state."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from organisations import audit_log, letters
from organisations.models import Membership, Organisation, OrganisationText
from organisations.people import city_staff, language_for
from organisations.slugs import RESIDENTS, slugs
from organisations.visitors import OWNER, ActingMembership, Visitor
from web.database.connection import as_json, as_utc, fetch
from web.mail.outbox import queue
from web.site import Site

PENDING: Final = "pending"
APPROVED: Final = "approved"

Changed = Callable[[int, datetime], Awaitable[None]]
"""What is done last in the transaction that changes an organisation's public face: its events learn of it, and the
revision is raised."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything an organisation says of itself. `texts` maps a language tag to what it does, in its own words."""

    name: str
    kind: str
    area: str
    languages: tuple[str, ...]
    contact_email: str
    register_number: str = ""
    contact_phone: str = ""
    website: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """What stands in the organisation's own row."""
        return {
            "name": self.name,
            "kind": self.kind,
            "area": self.area,
            "languages": list(self.languages),
            "contact_email": self.contact_email,
            "register_number": self.register_number,
            "contact_phone": self.contact_phone,
            "website": self.website,
        }


@dataclass(frozen=True, slots=True)
class Standing:
    """An organisation as its own people and the city see it, whatever its state."""

    id: int
    slug: str
    state: str
    state_reason: str
    state_note: str
    created: datetime
    profile: Profile


async def apply(profile: Profile, by: Visitor, *, site: Site, now: datetime) -> str:
    """Ask the city to let a new organisation publish; its slug. Whoever asks becomes its owner."""
    async with in_transaction():
        slug = await _free_slug(profile.name)
        organisation = await Organisation.create(
            **profile.columns(), slug=slug, state=PENDING, review_first=False, created=now, modified=now
        )
        await _write_texts(organisation, profile)
        await Membership.create(person_id=by.person_id, organisation=organisation, role=OWNER, created=now)
        await _tell_city(profile.name, site=site, now=now)
        await record(ActingMembership(organisation.id, slug, OWNER), by, "applied", now=now)
    return slug


async def save(
    profile: Profile, acting: ActingMembership, by: Visitor, changed: Changed, *, site: Site, now: datetime
) -> None:
    """Replace what an organisation says of itself. One that was sent back is thereby sent in again."""
    async with in_transaction():
        organisation = await Organisation.select_for_update().get(id=acting.organisation_id)
        organisation.update_from_dict({**profile.columns(), "modified": now})
        again = organisation.state == PENDING and organisation.state_reason != ""
        if again:
            organisation.state_reason, organisation.state_note, organisation.state_changed = "", "", now
            await _tell_city(profile.name, site=site, now=now)
        await organisation.save()
        await OrganisationText.filter(organisation=organisation).delete()
        await _write_texts(organisation, profile)
        await record(acting, by, "applied_again" if again else "profile_changed", now=now)
        if organisation.state == APPROVED:
            await changed(organisation.id, now)


async def standing(slug: str) -> Standing | None:
    """An organisation in whatever state."""
    found = await _standings("slug = ?", slug)
    return found[0] if found else None


async def waiting() -> list[Standing]:
    """The organisations that wait for the city, the longest first."""
    return await _standings("state = ? AND state_reason = ''", PENDING)


async def standings(slugs: Sequence[str]) -> list[Standing]:
    """These organisations, in whatever state. Two statements."""
    return await _standings(f"slug IN ({', '.join('?' * len(slugs))})", *slugs) if slugs else []


async def _standings(condition: str, *values: str) -> list[Standing]:
    rows = await fetch(
        "SELECT id, slug, name, kind, area, languages, contact_email, register_number, contact_phone, website,"
        " state, state_reason, state_note, created"
        f" FROM organisation WHERE slug <> ? AND {condition} ORDER BY created, id",
        RESIDENTS,
        *values,
    )
    texts = await _texts_of([row["id"] for row in rows])
    return [
        Standing(
            id=row["id"],
            slug=row["slug"],
            state=row["state"],
            state_reason=row["state_reason"],
            state_note=row["state_note"],
            created=as_utc(row["created"]),
            profile=Profile(
                name=row["name"],
                kind=row["kind"],
                area=row["area"],
                languages=tuple(as_json(row["languages"])),
                contact_email=row["contact_email"],
                register_number=row["register_number"],
                contact_phone=row["contact_phone"],
                website=row["website"],
                texts=texts.get(row["id"], {}),
            ),
        )
        for row in rows
    ]


async def _texts_of(ids: list[int]) -> dict[int, dict[str, str]]:
    if not ids:
        return {}
    texts: dict[int, dict[str, str]] = {}
    rows = await fetch(
        "SELECT organisation_id, language, description FROM organisation_text"
        f" WHERE organisation_id IN ({', '.join('?' * len(ids))})",
        *ids,
    )
    for row in rows:
        texts.setdefault(row["organisation_id"], {})[row["language"]] = row["description"]
    return texts


async def _free_slug(name: str) -> str:
    for slug in slugs(name):
        if not await fetch("SELECT id FROM organisation WHERE slug = ?", slug):
            return slug
    raise AssertionError


async def _write_texts(organisation: Organisation, profile: Profile) -> None:
    await OrganisationText.bulk_create(
        OrganisationText(organisation=organisation, language=tag, description=text)
        for tag, text in profile.texts.items()
        if text
    )


async def _tell_city(name: str, *, site: Site, now: datetime) -> None:
    for reader in await city_staff():
        language = language_for(site, reader.language)
        link = f"{site.settings.base_url}/{language.code}/city/"
        letter = letters.application_came(name, link, settings=site.settings, language=language)
        await queue(reader.email, letter, now=now)


async def record(
    acting: ActingMembership, by: Visitor, action: str, *, now: datetime, detail: Mapping[str, Any] | None = None
) -> None:
    """Write down what somebody did to an organisation, in the caller's transaction."""
    await audit_log.record(
        by.person_id,
        acting.role,
        action,
        target_kind="organisation",
        target=acting.slug,
        organisation_id=acting.organisation_id,
        detail=detail or {},
        now=now,
    )
