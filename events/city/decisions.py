"""The city's decisions on events: published, sent back, given to an organisation, taken off. Authors are told by mail,
each in her language, in the same transaction."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.city.queue import title_of
from events.editing import acceptance, status_commands
from events.editing.acceptance import Outcome
from events.editing.changes import Actor, Change
from events.editing.errors import EditRefused
from events.storage.models import Event, Proposal
from organisations import audit_log, city_letters
from organisations.letters import return_reason
from organisations.people import language_for
from organisations.slugs import RESIDENTS
from organisations.visitors import CITY, Visitor
from web.database.connection import fetch
from web.i18n import Language
from web.mail.outbox import Letter, queue
from web.site import Site

EVENT_RETURN_REASONS: Final = ("price", "language", "contact", "place", "unclear", "duplicate", "not_open", "other")
"""Why an event is sent back; the words stand in `letters.return_reason`."""

Write = Callable[[Language], Letter]


async def publish(key: str, by: Visitor, *, organisation: str, site: Site, now: datetime) -> Outcome:
    """Publish what waits, and tell its author: for this organisation where a resident has proposed it and that one has
    said yes, for none where `organisation` is empty. Raises `EditRefused`; nothing changes where facts are missing or
    another change stands against it."""
    async with in_transaction():
        proposal = await _proposal(key)
        organisation_id = await _organisation_id(organisation) if organisation else None
        outcome = await acceptance.accept(
            key,
            by=Actor(by.person_id, CITY),
            now=now,
            uid_domain=site.settings.uid_domain,
            organisation_id=organisation_id,
        )
        if outcome.state == "published" and outcome.change is not None:
            public_id = outcome.change.made or outcome.change.public_id
            title = title_of(proposal.payload["fields"])[0]

            def letter(language: Language) -> Letter:
                link = f"{site.settings.base_url}/{language.code}/events/{public_id}"
                return city_letters.event_published(title, link, settings=site.settings, language=language)

            await _tell_author(proposal, letter, site=site, now=now)
    return outcome


async def send_back(key: str, by: Visitor, reason: str, note: str, *, site: Site, now: datetime) -> None:
    """Return what waits to its author with a reason. Raises `EditRefused`."""
    async with in_transaction():
        proposal = await _proposal(key)
        title = title_of(proposal.payload["fields"])[0]
        has_desk = proposal.author_id is not None

        def letter(language: Language) -> Letter:
            link = f"{site.settings.base_url}/{language.code}/desk/proposals/{key}" if has_desk else ""
            said = return_reason(reason, language)
            return city_letters.event_returned(title, said, note, link, settings=site.settings, language=language)

        await acceptance.send_back(key, reason, note, by=Actor(by.person_id, CITY), now=now)
        await _tell_author(proposal, letter, site=site, now=now)


async def assign(key: str, by: Visitor, organisation: str, *, now: datetime) -> None:
    """Give what a resident proposed to an organisation, at whose desk it can be edited. Raises `EditRefused`."""
    async with in_transaction():
        row: Any = await _proposal(key)
        if row.organisation_id is not None:
            raise EditRefused("proposal_gone")
        row.organisation_id = await _organisation_id(organisation)
        await row.save(update_fields=["organisation_id"])
        await audit_log.record(
            by.person_id,
            CITY,
            "assign",
            target_kind="proposal",
            target=key,
            organisation_id=row.organisation_id,
            detail={},
            now=now,
        )


async def withdraw(public_id: str, by: Visitor, reason: str, note: str, *, site: Site, now: datetime) -> Change:
    """Take an event off everywhere at once, and tell its organisation's people why. Raises `EditRefused`."""
    async with in_transaction():
        change = await status_commands.withdraw(
            public_id, side="city", by=Actor(by.person_id, CITY), now=now, reason=reason
        )
        event: Any = await Event.get(public_id=public_id)

        def letter_for(title: str) -> Write:
            def letter(language: Language) -> Letter:
                link = f"{site.settings.base_url}/{language.code}/desk/events/{public_id}"
                return city_letters.event_withdrawn(
                    title, reason, note, link, settings=site.settings, language=language
                )

            return letter

        title = await title_of_event(event.id)
        await tell_people(event.organisation_id, letter_for(title), site=site, now=now)
    return change


async def title_of_event(event_id: int) -> str:
    """What an event is called in the language it was written in."""
    rows = await fetch(
        "SELECT t.title FROM event_text t JOIN event e ON e.id = t.event_id"
        " WHERE e.id = ? ORDER BY CASE WHEN t.language = e.original_language THEN 0 ELSE 1 END, t.language LIMIT 1",
        event_id,
    )
    return str(rows[0]["title"]) if rows else ""


async def tell_people(organisation_id: int, letter: Write, *, site: Site, now: datetime, key: str = "") -> None:
    """A letter to everybody who acts for an organisation, each in her language; with a `key`, once a person."""
    rows = await fetch(
        "SELECT p.id, p.email, p.language FROM membership m JOIN person p ON p.id = m.person_id"
        " WHERE m.organisation_id = ? ORDER BY p.id",
        organisation_id,
    )
    for row in rows:
        once = f"{key} {row['id']}" if key else None
        await queue(row["email"], letter(language_for(site, row["language"])), now=now, key=once)


async def _tell_author(proposal: Any, letter: Write, *, site: Site, now: datetime) -> None:
    """The letter to whoever has written it: a person with an account, or a resident who gave an address."""
    if proposal.author_id is not None:
        (person,) = await fetch("SELECT email, language FROM person WHERE id = ?", proposal.author_id)
        email, code = person["email"], person["language"]
    else:
        resident = proposal.payload.get("resident", {})
        email, code = resident.get("reply_to", ""), resident.get("language", "")
    if email:
        await queue(email, letter(language_for(site, code)), now=now)


async def _proposal(key: str) -> Any:
    row = await Proposal.select_for_update().get_or_none(key=key, state="submitted")
    if row is None:
        raise EditRefused("proposal_gone")
    return row


async def _organisation_id(slug: str) -> int:
    rows = await fetch(
        "SELECT id FROM organisation WHERE slug = ? AND slug <> ? AND state = 'approved'", slug, RESIDENTS
    )
    if not rows:
        raise EditRefused("organisation_suspended")
    return int(rows[0]["id"])
