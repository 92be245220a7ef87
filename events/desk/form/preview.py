"""The preview of an unpublished event: what publishing would store, made without storing it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from events.desk.form.places import place_of_id
from events.domain.drafts import EventDraft
from events.domain.event import Event
from events.domain.places import Organiser, Place
from events.editing.drafts import Reading
from events.editing.input.facts import NewPlace
from events.editing.known_places import known_place, known_places
from events.editing.proposals import Stored
from events.editing.rows.stored_drafts import draft_of
from events.editing.scopes import applied
from events.storage.loading import picture_of
from events.storage.search_index import date_rows, effective_access
from organisations.slugs import RESIDENTS
from web.database.connection import fetch

NOT_YET: Final = "preview"
"""Stands for the public id of an event that has none yet."""


async def previewed(stored: Stored, reading: Reading, *, now: datetime) -> Event | None:
    """The event that a readable proposal would make, or what it would make of its event. Raises `EditRefused`."""
    draft = reading.draft
    if draft is None:
        return None
    if stored.public_id:
        rows = await fetch("SELECT id FROM event WHERE public_id = ?", stored.public_id)
        split = applied(await draft_of(rows[0]["id"]), draft, stored.scope, stored.day)
        draft = split.new or split.kept
    meant = known_place(reading.new_place, await known_places()) if reading.new_place else None
    place = await place_of_id(str(meant.id if meant else draft.place_id or ""))
    organiser = (await fetch("SELECT * FROM organisation WHERE id = ?", stored.organisation_id))[0]
    event = _event(draft, stored.public_id or NOT_YET, _place(place, reading.new_place), place, organiser, now)
    if organiser["slug"] == RESIDENTS:
        # The city looks after it; no organiser's people have confirmed it, and none will by this.
        event = replace(event, told_by=await _told_by(stored), confirmed=None)
    pictures = await fetch("SELECT * FROM image WHERE id = ?", stored.image_id) if stored.image_id else []
    return replace(event, picture=picture_of(pictures[0]) if pictures else None)


async def _told_by(stored: Stored) -> str:
    """Whom a resident named as the organiser of what is edited, or of what this is a copy of."""
    if stored.public_id:
        return str((await fetch("SELECT told_by FROM event WHERE public_id = ?", stored.public_id))[0]["told_by"])
    return stored.told_organiser


def _event(
    draft: EventDraft,
    public_id: str,
    place: Place | None,
    row: Mapping[str, Any] | None,
    organiser: Mapping[str, Any],
    now: datetime,
) -> Event:
    same: dict[str, Any] = {
        name: getattr(draft, name)
        for name in (
            *("kind", "category", "original_language", "schedule", "activities", "audiences", "promises"),
            *("no_language", "online", "online_url", "price", "prices", "registration", "min_age", "max_age"),
            *("first_time", "nearest_stop", "contact_email", "contact_phone", "link", "event_status", "full"),
            *("status_reason", "texts", "notes"),
        )
    }
    return Event(
        **same,
        id=0,
        public_id=public_id,
        organiser=Organiser(
            organiser["slug"],
            organiser["name"],
            organiser["contact_email"],
            organiser["contact_phone"],
            organiser["website"],
        ),
        place=place,
        access=effective_access(row["access"] if row else {}, draft.access),
        withdrawn=False,
        sequence=0,
        created=now,
        modified=now,
        confirmed=now,
        dates=tuple(one.occurrence for one in date_rows(draft.schedule, draft.changes)),
    )


def _place(row: Mapping[str, Any] | None, new: NewPlace | None) -> Place | None:
    if row is not None:
        names = ("id", "name", "street_address", "postal_code", "city", "area", "latitude", "longitude")
        return Place(**{name: row[name] for name in names})
    return Place(0, new.name, new.street_address, new.postal_code, new.city, new.area) if new else None
