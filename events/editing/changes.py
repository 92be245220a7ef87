"""Changes of events: each locks the event, writes an audit entry that can undo it, and raises the revision. One
transaction each.

Every change stores in its audit entry which fields it changed, from what to what. `undo` puts those back, unless one of
them has changed again in between. Nothing here asks who may; the guards in `organisations.permissions` do, before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.domain.drafts import EventDraft
from events.editing.errors import EditRefused
from events.editing.rows import event_rows
from events.editing.rows.snapshots import Fields, differences, draft_from, fields_of
from events.editing.rows.stored_drafts import draft_of
from events.storage.models import Event, Image
from events.storage.revision_marks import touch
from organisations.audit_log import record
from organisations.models import AuditEntry
from organisations.visitors import ROLES

STANDING: Final = ("publication", "withdrawn_by", "image")
"""What belongs to an event besides its draft."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does it: a person, if it is one, in which role («editor», «owner», «city», «link», «job»)."""

    person_id: int | None
    role: str

    def confirmed(self, now: datetime) -> datetime | None:
        """When the event is confirmed by such a change: now where its organiser's own people do it; None where the city
        does it for them, or a program, and so nothing is confirmed."""
        return now if self.role in ROLES else None


@dataclass(frozen=True, slots=True)
class Change:
    """What was done. `audit_id` takes it back; None where nothing had to change. `made` is a new event's public id."""

    public_id: str
    audit_id: int | None
    made: str = ""


async def change(
    public_id: str,
    action: str,
    work: Callable[[EventDraft], EventDraft],
    *,
    by: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> Change:
    """Make of a public event what `work` makes of its draft. Where that is the same, nothing moves at all.

    Raises `EditRefused` for an event that is not public, and whatever `work` refuses; then nothing was changed.
    """
    async with in_transaction():
        event = await locked(public_id)
        before = await state_of(event)
        draft = draft_from(before)
        wanted = {**dict.fromkeys(before), **fields_of(work(draft)), **{name: before[name] for name in STANDING}}
        audit_id = await put(event, before, wanted, action, by=by, now=now, detail=detail)
        if audit_id is not None:
            await touch(now)
    return Change(public_id, audit_id)


async def locked(public_id: str, *, only_public: bool = True) -> Event:
    """The event, held until the transaction ends. Raises `EditRefused` where there is none, or it was taken off."""
    event = await Event.select_for_update().get_or_none(public_id=public_id)
    if event is None:
        raise EditRefused("no_such_event")
    if only_public and event.publication != "published":
        raise EditRefused("only_published")
    return event


async def state_of(event: Event) -> Fields:
    """All that can be put back of an event, by field."""
    standing = {"publication": event.publication, "withdrawn_by": event.withdrawn_by, "image": _image(event)}
    return {**fields_of(await draft_of(event.id)), **standing}


async def put(
    event: Event,
    before: Mapping[str, Any],
    wanted: Mapping[str, Any],
    action: str,
    *,
    by: Actor,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
    confirmed: datetime | None = None,
) -> int | None:
    """Bring a locked event from one state to another and write that down: the audit entry's id, or None where they
    are the same. Inside the caller's transaction, which raises the revision. `confirmed` is when its organiser's own
    people said it, where another does it for them."""
    was, is_now = differences(before, wanted)
    if not was:
        return None
    if set(was) - {"publication", "withdrawn_by"}:
        said = confirmed or by.confirmed(now)
        await event_rows.replace(event, draft_from(wanted), now=now, confirmed=said, image_id=wanted["image"])
    if "publication" in was:
        await event_rows.set_publication(event, wanted["publication"], by=wanted["withdrawn_by"], now=now)
    return await written_down(event, action, {**(detail or {}), "before": was, "after": is_now}, by=by, now=now)


async def written_down(event: Event, action: str, detail: Mapping[str, Any], *, by: Actor, now: datetime) -> int:
    """The id of a new audit entry about an event."""
    return await record(
        by.person_id,
        by.role,
        action,
        target_kind="event",
        target=event.public_id,
        organisation_id=event.organisation_id,  # type: ignore[attr-defined]
        detail=dict(detail),
        now=now,
    )


async def undo(audit_id: int, *, by: Actor, now: datetime) -> Change:
    """Undo a change, which is a change itself. Raises `EditRefused` where something of it has changed in between."""
    async with in_transaction():
        entry = await AuditEntry.get_or_none(id=audit_id, target_kind="event")
        if entry is None or not may_be_undone(entry.role, entry.detail, by):
            raise EditRefused("not_undoable")
        detail = entry.detail
        event = await locked(entry.target, only_public=False)
        about = {"undone": audit_id, **({"final": True} if "made" in detail else {})}
        done: int | None = None
        if "before" in detail:
            state = await state_of(event)
            if any(state.get(name) != value for name, value in detail["after"].items()):
                raise EditRefused("changed_meanwhile", *sorted(detail["after"]))
            await _check_picture(detail["before"].get("image"))
            done = await put(event, state, {**state, **detail["before"]}, "undo", by=by, now=now, detail=about)
        if made := detail.get("made"):
            await _take_off_again(made, entry, by=by, now=now)
        await touch(now)
    return Change(entry.target, done)


def may_be_undone(role: str, detail: Mapping[str, Any], by: Actor) -> bool:
    """Whether an audit entry can be undone, and by this actor: what the city did, only the city undoes."""
    knows = bool({"before", "made"} & set(detail)) and not detail.get("final")
    return knows and (role != "city" or by.role == "city")


async def _take_off_again(public_id: str, entry: AuditEntry, *, by: Actor, now: datetime) -> None:
    """Withdraw the event that a change made: said in feeds as off where it stood alone, gone where it took the dates
    of another, which has them again."""
    event = await locked(public_id, only_public=False)
    if event.publication != "published" or event.modified != event.created:
        raise EditRefused("new_event_touched")
    state = await state_of(event)
    role = "undo" if "before" in entry.detail else "organiser"
    wanted = {**state, "publication": "withdrawn", "withdrawn_by": role}
    detail = {"undone": entry.id, **({"final": True} if "before" in entry.detail else {})}
    await put(event, state, wanted, "undo", by=by, now=now, detail=detail)


async def _check_picture(image_id: int | None) -> None:
    """Raises `EditRefused` where a picture would have to come back that was removed since nobody referred to it."""
    if image_id is not None and not await Image.exists(id=image_id):
        raise EditRefused("image_gone")


def _image(event: Event) -> int | None:
    number: int | None = event.image_id  # type: ignore[attr-defined]
    return number
