"""Publishing a new event, or an edit of one date, of the rest of a series, or of the whole event.

Inside the caller's transaction, which raises the revision: `proposals` decides when.
"""

from datetime import date, datetime
from typing import Final

from events.domain.drafts import EventDraft
from events.editing.changes import STANDING, Actor, Change, put, state_of, written_down
from events.editing.input.facts import NewPlace
from events.editing.known_places import known_place, known_places
from events.editing.rows import event_rows
from events.editing.rows.snapshots import draft_from, fields_of
from events.editing.scopes import applied
from events.storage.models import Event, Place
from organisations.models import Organisation
from web.database.connection import fetch

_STEPS: Final = 10


async def publish_new(
    draft: EventDraft,
    organisation: Organisation,
    *,
    image_id: int | None,
    by: Actor,
    confirmed: datetime | None,
    told_by: str = "",
    now: datetime,
    uid_domain: str,
) -> Change:
    """Make a public event. Taking it back withdraws it, and phones that hold it hear of it.

    `confirmed` and `told_by` are those of `event_rows.insert`.
    """
    event = await event_rows.insert(
        draft,
        organisation,
        now=now,
        uid_domain=uid_domain,
        confirmed=confirmed,
        told_by=told_by,
        image_id=image_id,
    )
    audit_id = await written_down(event, "publish", {"made": event.public_id}, by=by, now=now)
    return Change(event.public_id, audit_id, made=event.public_id)


async def publish_edit(
    event: Event,
    edited: EventDraft,
    scope: str,
    day: date | None,
    *,
    image_id: int | None,
    by: Actor,
    confirmed: datetime | None,
    now: datetime,
    uid_domain: str,
) -> Change:
    """Bring a locked event to an edit of it. Where the edit takes dates over, they become an event of their own, and
    the old one ends before them or leaves them out; the audit log tells which continues which.

    `confirmed` is when its organiser's own people said it, None where none of them did.
    """
    # The three scopes of an edit stand side by side.
    before = await state_of(event)
    split = applied(draft_from(before), edited, scope, day)
    standing = {name: before[name] for name in STANDING}
    wanted = {**dict.fromkeys(before), **fields_of(split.kept), **standing}
    if split.new is None:
        wanted["image"] = image_id
        return Change(event.public_id, await put(event, before, wanted, "edit", by=by, now=now, confirmed=confirmed))
    organisation = await event.organisation
    new = await event_rows.insert(
        split.new,
        organisation,
        now=now,
        uid_domain=uid_domain,
        confirmed=confirmed or event.confirmed,
        told_by=event.told_by,
        image_id=image_id,
    )
    await written_down(new, "publish", {"continues": event.public_id}, by=by, now=now)
    detail = {"made": new.public_id, "scope": scope, "day": day.isoformat() if day else None}
    return Change(
        event.public_id,
        await put(event, before, wanted, "split", by=by, now=now, detail=detail, confirmed=confirmed),
        made=new.public_id,
    )


async def place_of(draft: EventDraft, new: NewPlace | None) -> int | None:
    """The id of the place: the one chosen or the one that took its place; the one that a typed name means, else a new
    row. KeyError for an unknown id."""
    if draft.place_id is not None:
        return await _current(draft.place_id)
    if new is None:
        return None
    if known := known_place(new, await known_places()):
        return known.id
    made = await Place.create(
        name=new.name, street_address=new.street_address, postal_code=new.postal_code, city=new.city, area=new.area
    )
    return made.id


async def _current(place_id: int) -> int:
    for _step in range(_STEPS):
        rows = await fetch("SELECT replaced_by_id FROM place WHERE id = ?", place_id)
        if not rows:
            raise KeyError(place_id)
        if rows[0]["replaced_by_id"] is None:
            return place_id
        place_id = int(rows[0]["replaced_by_id"])
    raise KeyError(place_id)
