"""Proposals: what is not public yet, as it was typed; begun, saved every few seconds, opened again. Nothing is lost.

A save that does not know of the last one does not overwrite it: it becomes a proposal of its own, and both stay.
What is sent and accepted is in `acceptance`.

Longer than most files on purpose: what is asked and what is done hold to the same locked row.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.domain.public_id import PUBLIC_ID_ALPHABET
from events.editing.drafts import copied, different, payload_of_draft, read, without_status
from events.editing.errors import EditRefused
from events.editing.input.fields import Payload
from events.editing.rows.stored_drafts import draft_of
from events.editing.scopes import offered
from events.storage.models import Event, Image, Proposal
from organisations.models import Organisation
from web.database.connection import as_date, as_json, as_utc, fetch
from web.site import LOCAL_ZONE

LARGEST_PAYLOAD: Final = 64 * 1024
MOST_OPEN: Final = 100
KEY_LENGTH: Final = 16
_COLUMNS: Final = (
    "p.key, p.event_id, p.organisation_id, p.author_id, p.image_id, p.state, p.scope, p.from_date, p.started_from,"
    " p.version, p.payload, p.created, p.modified, p.submitted, p.reason, p.note, e.public_id"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A proposal as it stands. `fields` is what was typed; `base` what the event said when its editing began."""

    key: str
    public_id: str | None
    organisation_id: int | None
    author_id: int | None
    image_id: int | None
    state: str
    scope: str
    day: date | None
    started_from: datetime | None
    version: int
    fields: Payload
    base: Payload
    created: datetime
    modified: datetime
    submitted: datetime | None
    reason: str
    note: str
    told_organiser: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the text is now: go on saving under this key and version.

    `other` is set where somebody had saved before: the key of that proposal, which is kept beside this one, and in
    `differs` each field with (what stands there, what was typed here).
    """

    key: str
    version: int
    other: str = ""
    differs: Mapping[str, tuple[str, str]] = field(default_factory=dict)


async def begin(
    *, organisation_id: int | None, author_id: int | None, fields: Mapping[str, str] | None = None, now: datetime
) -> Stored:
    """A new event, not yet typed, or with what is known of it. Raises `EditRefused` where there are too many."""
    async with in_transaction():
        await _check_room(organisation_id)
        row = await _create(
            organisation_id=organisation_id, author_id=author_id, payload=_payload(fields or {}), now=now
        )
    return await _found(row.key)


async def begin_edit(
    public_id: str, *, author_id: int | None, scope: str = "all", day: date | None = None, now: datetime
) -> Stored:
    """An edit of a public event: «this» date, this and the «following», or «all». Raises `EditRefused`."""
    async with in_transaction():
        event = await Event.get_or_none(public_id=public_id)
        if event is None or event.publication != "published":
            raise EditRefused("no_such_event" if event is None else "only_published")
        columns: Any = event
        await _check_room(columns.organisation_id)
        base = without_status(payload_of_draft(offered(await draft_of(event.id), scope, day)))
        row = await _create(
            organisation_id=columns.organisation_id,
            author_id=author_id,
            payload={"fields": base, "base": base, "image": columns.image_id},
            now=now,
            event_id=event.id,
            image_id=columns.image_id,
            scope=scope,
            from_date=day,
            started_from=event.modified,
        )
    return await _found(row.key)


async def begin_copy(public_id: str, *, author_id: int | None, now: datetime) -> Stored:
    """A new event that says all that another says, but when. A withdrawn one can be copied too."""
    async with in_transaction():
        event: Any = await Event.get_or_none(public_id=public_id)
        if event is None:
            raise EditRefused("no_such_event")
        await _check_room(event.organisation_id)
        payload = _payload(copied(await draft_of(event.id)))
        row = await _create(
            organisation_id=event.organisation_id,
            author_id=author_id,
            payload={**payload, "resident": {"organiser": event.told_by}} if event.told_by else payload,
            now=now,
            image_id=event.image_id,
        )
    return await _found(row.key)


def told_organiser(payload: Mapping[str, Any]) -> str:
    """Whom a resident named as the organiser of what she proposed; empty where she named nobody."""
    return str(payload.get("resident", {}).get("organiser", ""))


async def save(key: str, fields: Mapping[str, str], version: int, *, author_id: int | None, now: datetime) -> Saved:
    """Keep what was typed; on return it is stored safely. Saving the same again changes nothing.

    What was sent is taken back from the queue by typing on. Raises `EditRefused` where the proposal is gone or too
    large.
    """
    fields = dict(fields)
    _check_size(fields)
    async with in_transaction():
        row = await Proposal.select_for_update().get_or_none(key=key)
        if row is None:
            raise EditRefused("proposal_gone")
        stored = Payload(row.payload["fields"])
        if stored == fields:
            return Saved(key, row.version)
        if row.version != version:
            return await _keep_both(row, fields, author_id=author_id, now=now)
        row.payload = {**row.payload, "fields": fields}
        row.version += 1
        row.state = "autosaved" if row.state == "submitted" else row.state
        row.modified = now
        row.first_start = first_start(fields, now=now)
        await row.save(update_fields=["payload", "version", "state", "modified", "first_start"])
    return Saved(key, row.version)


async def _keep_both(row: Proposal, fields: Payload, *, author_id: int | None, now: datetime) -> Saved:
    """Somebody else has saved in between: a second row holds what came later, and tells what differs."""
    columns: Any = row
    known = await Proposal.filter(event_id=columns.event_id, organisation_id=columns.organisation_id).exclude(id=row.id)
    same = [one for one in known if one.payload.get("beside") == row.key and one.payload["fields"] == fields]
    if not same:
        await _check_room(columns.organisation_id)
        names = ("organisation_id", "event_id", "image_id", "scope", "from_date", "started_from")
        same = [
            await _create(
                payload={**row.payload, "fields": fields, "beside": row.key},
                author_id=author_id,
                now=now,
                **{name: getattr(columns, name) for name in names},
            )
        ]
    theirs = row.payload["fields"]
    differs = {name: (theirs.get(name, ""), fields.get(name, "")) for name in different(theirs, fields)}
    return Saved(same[0].key, same[0].version, other=row.key, differs=differs)


async def set_image(key: str, image_id: int | None, *, now: datetime) -> None:
    """Give a proposal a picture of its own organisation, or none. Raises `EditRefused`."""
    async with in_transaction():
        row: Any = await Proposal.select_for_update().get_or_none(key=key)
        if row is None:
            raise EditRefused("proposal_gone")
        if image_id is not None and not await Image.exists(id=image_id, organisation_id=row.organisation_id):
            raise EditRefused("proposal_gone")
        row.image_id, row.modified = image_id, now
        await row.save(update_fields=["image_id", "modified"])


async def discard(key: str) -> None:
    """Forget what was typed, for good. Nothing happens where it is gone already."""
    await Proposal.filter(key=key).delete()


async def find(key: str) -> Stored | None:
    """The proposal of this key."""
    rows = await fetch(f"SELECT {_COLUMNS} FROM proposal p LEFT JOIN event e ON e.id = p.event_id WHERE p.key = ?", key)
    return _stored(rows[0]) if rows else None


async def open_of(organisation_id: int) -> list[Stored]:
    """All open proposals of an organisation, the one touched last first."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM proposal p LEFT JOIN event e ON e.id = p.event_id WHERE p.organisation_id = ?"
        " ORDER BY p.modified DESC, p.id DESC",
        organisation_id,
    )
    return [_stored(row) for row in rows]


async def waiting() -> list[Stored]:
    """What was sent and waits for the city, in the order in which it takes place."""
    rows = await fetch(
        f"SELECT {_COLUMNS} FROM proposal p LEFT JOIN event e ON e.id = p.event_id WHERE p.state = 'submitted'"
        " ORDER BY p.first_start, p.submitted, p.id"
    )
    return [_stored(row) for row in rows]


def first_start(fields: Mapping[str, str], *, now: datetime) -> datetime | None:
    """When the first date would begin; None where that cannot be told yet."""
    draft = read(fields, today=now.astimezone(LOCAL_ZONE).date()).draft
    return draft.schedule.slots()[0].start if draft else None


async def _check_room(organisation_id: int | None) -> None:
    if organisation_id is None:
        return
    # Held, so that two who begin at once cannot both be the hundredth.
    await Organisation.select_for_update().get(id=organisation_id)
    if await Proposal.filter(organisation_id=organisation_id).count() >= MOST_OPEN:
        raise EditRefused("too_many_drafts", str(MOST_OPEN))


def _check_size(fields: Mapping[str, str]) -> None:
    if len(json.dumps(fields, ensure_ascii=False).encode()) > LARGEST_PAYLOAD:
        raise EditRefused("too_large")


def _payload(fields: Mapping[str, str]) -> dict[str, Any]:
    _check_size(fields)
    return {"fields": dict(fields), "base": {}, "image": None}


async def _create(*, payload: dict[str, Any], now: datetime, **columns: Any) -> Proposal:
    key = "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(KEY_LENGTH))
    first = first_start(payload["fields"], now=now)
    return await Proposal.create(key=key, payload=payload, created=now, modified=now, first_start=first, **columns)


async def _found(key: str) -> Stored:
    found = await find(key)
    if found is None:
        raise EditRefused("proposal_gone")
    return found


def _stored(row: Mapping[str, Any]) -> Stored:
    payload = as_json(row["payload"])
    same = ("key", "public_id", "organisation_id", "author_id", "image_id", "state", "scope", "version")
    return Stored(
        **{name: row[name] for name in same},
        day=as_date(row["from_date"]) if row["from_date"] else None,
        started_from=as_utc(row["started_from"]) if row["started_from"] else None,
        fields=payload["fields"],
        base=payload["base"],
        created=as_utc(row["created"]),
        modified=as_utc(row["modified"]),
        submitted=as_utc(row["submitted"]) if row["submitted"] else None,
        reason=row["reason"],
        note=row["note"],
        told_organiser=told_organiser(payload),
    )
