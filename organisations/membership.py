"""Membership of an organisation: invitations, roles, leaving. An organisation always keeps one owner."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tortoise.transactions import in_transaction

from organisations import audit_log, letters
from organisations.models import Invitation, Membership, Organisation
from organisations.people import language_for
from organisations.tokens import hashed, new_secret
from organisations.visitors import EDITOR, OWNER, ROLES, ActingMembership, Visitor
from web.database.connection import as_utc, fetch
from web.i18n import Language
from web.mail.outbox import queue
from web.site import Site

INVITATION_VALID: Final = timedelta(days=7)
MOST_OPEN: Final = 30
"""Invitations of one organisation that may be open at a time."""


class LastOwnerError(Exception):
    """An organisation would be left without an owner."""


class TooManyError(Exception):
    """More invitations are open than anybody needs."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person who acts for an organisation."""

    id: int
    person_id: int
    email: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A letter that has not been answered."""

    id: int
    email: str
    role: str
    expires: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What an invitation offers to whoever holds its letter."""

    organisation_id: int
    organisation: str
    slug: str
    email: str
    role: str


async def members(organisation_id: int) -> list[Member]:
    """Everybody who acts for an organisation, owners first."""
    rows = await fetch(
        "SELECT m.id, m.person_id, p.email, p.name, m.role FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.organisation_id = ? ORDER BY m.role DESC, p.name, p.email",
        organisation_id,
    )
    return [Member(**row) for row in rows]


async def open_invitations(organisation_id: int, *, now: datetime) -> list[OpenInvitation]:
    """The invitations that can still be accepted, the oldest first."""
    rows = await fetch(
        "SELECT id, email, role, expires FROM invitation WHERE organisation_id = ? AND used IS NULL AND expires > ?"
        " ORDER BY id",
        organisation_id,
        now,
    )
    return [OpenInvitation(row["id"], row["email"], row["role"], as_utc(row["expires"])) for row in rows]


async def invite(
    acting: ActingMembership, by: Visitor, email: str, role: str, *, site: Site, language: Language, now: datetime
) -> None:
    """Send an invitation; an open one to the same address is void from then on. Raises TooManyError."""
    secret, expires = new_secret(), now + INVITATION_VALID
    async with in_transaction():
        organisation = await Organisation.select_for_update().get(id=acting.organisation_id)
        await Invitation.filter(organisation=organisation, email=email, used=None).delete()
        if await Invitation.filter(organisation=organisation, used=None, expires__gt=now).count() >= MOST_OPEN:
            raise TooManyError
        await Invitation.create(
            organisation=organisation,
            invited_by_id=by.person_id,
            email=email,
            role=role,
            secret_hash=hashed(secret),
            created=now,
            expires=expires,
        )
        known = await fetch("SELECT language FROM person WHERE email = ?", email)
        theirs = language_for(site, known[0]["language"]) if known else language
        letter = letters.invitation(
            organisation.name,
            by.name or by.email,
            f"{site.settings.base_url}/{theirs.code}/invitations/{secret}",
            expires=expires,
            settings=site.settings,
            language=theirs,
        )
        await queue(email, letter, now=now, expires=expires)
        await _record(acting, by.person_id, "invited", now=now, role=role)


async def withdraw_invitation(acting: ActingMembership, by: Visitor, invitation_id: int, *, now: datetime) -> bool:
    """Make an open invitation void; False where the organisation has no such one."""
    async with in_transaction():
        gone = await Invitation.filter(
            id=invitation_id, organisation_id=acting.organisation_id, used__isnull=True
        ).delete()
        if gone:
            await _record(acting, by.person_id, "invitation_withdrawn", now=now)
    return bool(gone)


async def offer(secret: str, *, now: datetime) -> Offer | None:
    """What an invitation's letter offers; None where it is over."""
    rows = await fetch(
        "SELECT o.id AS organisation_id, o.name AS organisation, o.slug, i.email, i.role FROM invitation i"
        " JOIN organisation o ON o.id = i.organisation_id"
        " WHERE i.secret_hash = ? AND i.used IS NULL AND i.expires > ?",
        hashed(secret),
        now,
    )
    return Offer(**rows[0]) if rows else None


async def accept(secret: str, person_id: int, *, now: datetime) -> Offer | None:
    """Let a person join as the invitation says, once; None where it is over. Nobody becomes less than she was."""
    async with in_transaction():
        found = await offer(secret, now=now)
        if found is None:
            return None
        used = await fetch(
            "UPDATE invitation SET used = ? WHERE secret_hash = ? AND used IS NULL RETURNING id", now, hashed(secret)
        )
        if not used:
            return None
        membership, _ = await Membership.get_or_create(
            person_id=person_id,
            organisation_id=found.organisation_id,
            defaults={"role": found.role, "created": now},
        )
        if ROLES.index(found.role) > ROLES.index(membership.role):
            membership.role = found.role
            await membership.save(update_fields=["role"])
        acting = ActingMembership(found.organisation_id, found.slug, membership.role)
        await _record(acting, person_id, "joined", now=now, role=membership.role)
    return found


async def change_role(acting: ActingMembership, by: Visitor, member_id: int, role: str, *, now: datetime) -> bool:
    """Make a member owner or editor; False where there is no such member. Raises LastOwnerError."""
    async with in_transaction():
        member = await _held(acting.organisation_id, member_id)
        if member is None:
            return False
        if role == EDITOR:
            await _keep_an_owner(member, acting.organisation_id)
        await Membership.filter(id=member.id).update(role=role)
        await _record(acting, by.person_id, "role_changed", now=now, role=role, person=member.person_id)
    return True


async def remove(acting: ActingMembership, by: Visitor, member_id: int, *, now: datetime) -> bool:
    """End a membership; False where there is no such member. Raises LastOwnerError."""
    async with in_transaction():
        member = await _held(acting.organisation_id, member_id)
        if member is None:
            return False
        await _keep_an_owner(member, acting.organisation_id)
        await Membership.filter(id=member.id).delete()
        await _record(acting, by.person_id, "member_removed", now=now, person=member.person_id)
    return True


async def leave(acting: ActingMembership, by: Visitor, *, now: datetime) -> None:
    """End one's own membership. Raises LastOwnerError."""
    async with in_transaction():
        (own,) = [member for member in await _all_held(acting.organisation_id) if member.person_id == by.person_id]
        await _keep_an_owner(own, acting.organisation_id)
        await Membership.filter(id=own.id).delete()
        await _record(acting, by.person_id, "left", now=now)


async def _held(organisation_id: int, member_id: int) -> Member | None:
    return next((member for member in await _all_held(organisation_id) if member.id == member_id), None)


async def _all_held(organisation_id: int) -> list[Member]:
    """The members, with the organisation's row locked so that two owners cannot leave at the same moment."""
    await Organisation.select_for_update().get(id=organisation_id)
    return await members(organisation_id)


async def _keep_an_owner(member: Member, organisation_id: int) -> None:
    owners = [other for other in await members(organisation_id) if other.role == OWNER]
    if [owner.id for owner in owners] == [member.id]:
        raise LastOwnerError


async def _record(
    acting: ActingMembership, person_id: int, action: str, *, now: datetime, role: str = "", person: int | None = None
) -> None:
    detail = {**({"role": role} if role else {}), **({"person": person} if person is not None else {})}
    await audit_log.record(
        person_id,
        acting.role,
        action,
        target_kind="organisation",
        target=acting.slug,
        organisation_id=acting.organisation_id,
        detail=detail,
        now=now,
    )
