"""The acceptance of proposals: sent, returned with a reason, or accepted, which publishes them.

What an approved association sends is public at once, unless the city reads it first. What has changed since the
editing began is merged field by field; where both sides changed the same, nothing is published and the fields are
named. One transaction each, with the audit log and the revision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.domain.drafts import EventDraft
from events.editing.changes import Actor, Change, locked
from events.editing.drafts import Reading, canonical, lacking, merged, payload_of_draft, read, without_status
from events.editing.edits import place_of, publish_edit, publish_new
from events.editing.errors import EditRefused
from events.editing.input.fields import Payload, Problem
from events.editing.proposals import first_start, told_organiser
from events.editing.publishing_checks import Edited, untrue
from events.editing.rows.stored_drafts import draft_of, edited_of
from events.editing.scopes import offered
from events.storage.models import Event, Image, Proposal
from events.storage.revision_marks import touch
from organisations.audit_log import record
from organisations.models import AuditEntry, Organisation
from organisations.slugs import RESIDENTS
from web.cleaning import clean_block
from web.site import LOCAL_ZONE

NOTE: Final = 500


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a proposal: «published» (with its change), «submitted», «incomplete» (with problems), or
    «conflict» (with the fields that another has changed meanwhile). In the last two cases nothing was changed."""

    state: str
    change: Change | None = None
    problems: tuple[Problem, ...] = ()
    fields: tuple[str, ...] = ()


async def submit(key: str, *, by: Actor, now: datetime, uid_domain: str) -> Outcome:
    """Send a proposal: public at once where its association may, else it waits for the city. Raises `EditRefused`."""
    async with in_transaction():
        row = await _locked(key)
        organisation = await _organisation(row)
        if organisation is not None and organisation.state == "suspended":
            raise EditRefused("organisation_suspended")
        columns: Any = row
        edited = await edited_of(columns.event_id, row.scope, row.from_date)
        _, problems = await _read(row.payload["fields"], columns.image_id, now=now, sent=now, edited=edited)
        if problems:
            return Outcome("incomplete", problems=problems)
        if organisation is not None and organisation.state == "approved" and not organisation.review_first:
            return await _publish(row, organisation, sent=now, by=by, now=now, uid_domain=uid_domain)
        fields = canonical(row.payload["fields"], today=_today(now))
        row.payload = {**row.payload, "fields": fields}
        row.state, row.submitted, row.modified = "submitted", now, now
        row.first_start = first_start(fields, now=now)
        row.reason, row.note = "", ""
        await row.save()
        await _written_down(row, "submit", {}, by=by, now=now)
    return Outcome("submitted")


async def take_back(key: str, *, by: Actor, now: datetime) -> None:
    """Take a sent proposal out of the queue, to go on with it."""
    async with in_transaction():
        row = await _locked(key, "submitted")
        row.state, row.submitted = "autosaved", None
        await row.save(update_fields=["state", "submitted"])
        await _written_down(row, "take_back", {}, by=by, now=now)


async def send_back(key: str, reason: str, note: str, *, by: Actor, now: datetime) -> None:
    """Return a sent proposal to its author with a reason and, if need be, a note. Raises `EditRefused`."""
    async with in_transaction():
        row = await _locked(key, "submitted")
        row.state, row.reason, row.note = "returned", reason[:32], clean_block(note, NOTE)
        await row.save(update_fields=["state", "reason", "note"])
        await _written_down(row, "return", {"reason": row.reason}, by=by, now=now)


async def accept(key: str, *, by: Actor, now: datetime, uid_domain: str, organisation_id: int | None = None) -> Outcome:
    """Publish a sent proposal. `organisation_id` says for whom, where a resident has proposed it; without it no
    organisation is named, and the event tells whom she named. A day that was still to come when it was sent may have
    passed while it waited: the city sees that, and decides. Raises `EditRefused`."""
    async with in_transaction():
        row: Any = await _locked(key, "submitted")
        row.organisation_id = row.organisation_id or organisation_id
        organisation = await _organisation(row) or await Organisation.get(slug=RESIDENTS)
        if organisation.state != "approved":
            raise EditRefused("organisation_suspended")
        sent = row.submitted or now
        return await _publish(row, organisation, sent=sent, by=by, now=now, uid_domain=uid_domain)


async def _publish(
    row: Proposal, organisation: Organisation, *, sent: datetime, by: Actor, now: datetime, uid_domain: str
) -> Outcome:
    fields, event, edited = row.payload["fields"], await _event(row), None
    columns: Any = row
    image_id = columns.image_id
    if event is not None:
        draft = await draft_of(event.id)
        fields, image_id, conflicts = _merged(row, draft, event, now=now)
        if conflicts:
            return Outcome("conflict", fields=conflicts)
        edited = Edited(draft, row.scope, row.from_date)
    reading, problems = await _read(fields, image_id, now=now, sent=sent, edited=edited)
    if problems or reading.draft is None:
        return Outcome("incomplete", problems=problems)
    draft = replace(reading.draft, place_id=await place_of(reading.draft, reading.new_place))
    said: Any = {"by": by, "confirmed": await _confirmed(row, by, now=now), "now": now}
    if event is None:
        told_by = told_organiser(row.payload) if organisation.slug == RESIDENTS else ""
        change = await publish_new(
            draft, organisation, image_id=image_id, told_by=told_by, uid_domain=uid_domain, **said
        )
    else:
        change = await publish_edit(
            event, draft, row.scope, row.from_date, image_id=image_id, uid_domain=uid_domain, **said
        )
    await row.delete()
    await touch(now)
    return Outcome("published", change)


async def _confirmed(row: Proposal, by: Actor, *, now: datetime) -> datetime | None:
    """When the organiser's own people said what is published: now, or when one of them sent it for the city to read;
    None where none of them did."""
    if by.confirmed(now) or row.submitted is None or row.state != "submitted":
        return by.confirmed(now)
    sent = await AuditEntry.filter(target_kind="proposal", target=row.key, action="submit").order_by("-id").first()
    return Actor(None, sent.role).confirmed(row.submitted) if sent else None


def _merged(
    row: Proposal, draft: EventDraft, event: Event, *, now: datetime
) -> tuple[Payload, int | None, tuple[str, ...]]:
    """(the fields, the image, the fields in conflict) of an edit and of what the event says by now."""
    today = _today(now)
    theirs = without_status(payload_of_draft(offered(draft, row.scope, row.from_date)))
    base, mine, theirs = (canonical(one, today=today) for one in (row.payload["base"], row.payload["fields"], theirs))
    columns, stands, began = _images(row, event)
    fields, conflicts = merged(
        {**base, "image": began}, {**without_status(mine), "image": columns}, {**theirs, "image": stands}
    )
    image = fields.pop("image", "")
    return fields, int(image) if image else None, conflicts


def _images(row: Any, event: Any) -> tuple[str, str, str]:
    """The picture here, of the event, and when the editing began."""
    return str(row.image_id or ""), str(event.image_id or ""), str(row.payload.get("image") or "")


async def _read(
    fields: Mapping[str, str], image_id: int | None, *, now: datetime, sent: datetime, edited: Edited | None
) -> tuple[Reading, tuple[Problem, ...]]:
    """What the fields mean, and everything that keeps that from the public, as of the day on which it was sent."""
    reading = read(fields, today=_today(now))
    problems = (
        *reading.problems,
        *lacking(reading),
        *untrue(fields, reading, today=_today(sent), edited=edited),
    )
    if reading.draft is not None and reading.draft.place_id is not None:
        try:
            await place_of(reading.draft, None)
        except KeyError:
            problems = (*problems, Problem("place", "unknown_choice"))
    if reading.draft is not None and image_id:
        problems += _image_problems(await Image.get(id=image_id), reading.draft)
    return reading, problems


def _image_problems(image: Image, draft: EventDraft) -> tuple[Problem, ...]:
    """A picture says in words what it shows, in every language the event is written in, or that it is decoration."""
    if image.decorative:
        return ()
    missing = [tag for tag in sorted(draft.texts) if not image.alternatives.get(tag, "").strip()]
    return tuple(Problem(f"image_alternative.{tag}", "image_alternative_missing") for tag in missing)


async def _locked(key: str, state: str = "") -> Proposal:
    row = await Proposal.select_for_update().get_or_none(key=key)
    if row is None or (state and row.state != state):
        raise EditRefused("proposal_gone")
    return row


async def _organisation(row: Any) -> Organisation | None:
    return await Organisation.get(id=row.organisation_id) if row.organisation_id else None


async def _event(row: Any) -> Event | None:
    if row.event_id is None:
        return None
    event = await Event.get(id=row.event_id)
    return await locked(event.public_id)


async def _written_down(row: Any, action: str, detail: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    await record(
        by.person_id,
        by.role,
        action,
        target_kind="proposal",
        target=row.key,
        organisation_id=row.organisation_id,
        detail=dict(detail),
        now=now,
    )


def _today(now: datetime) -> Any:
    return now.astimezone(LOCAL_ZONE).date()
