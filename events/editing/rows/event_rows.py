"""The rows of one event: written whole, or brought to what a draft says. Inside the caller's transaction.

Nothing here opens a transaction or raises the revision: `publishing` and the modules above it do.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, Final

from events.domain.drafts import EventDraft
from events.domain.public_id import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from events.domain.texts import Text
from events.editing.rows.related_rows import Beside, Inherited, stored_beside, write_beside
from events.storage.loading import TEXT_COLUMNS
from events.storage.models import Event, EventTerm, Place
from events.storage.revision_marks import UNTOLD
from events.storage.search_index import effective_access, search_text
from organisations.models import Organisation
from web.database.connection import fetch

_TIMED: Final = ("schedule", "event_status", "full")


async def insert(
    draft: EventDraft,
    organisation: Organisation,
    *,
    now: datetime,
    uid_domain: str,
    confirmed: datetime | None,
    told_by: str = "",
    **columns: Any,
) -> Event:
    """Make a new public event; `columns` are what a draft does not say, such as its source or image.

    `confirmed` is when its organiser's own people said all this, None where nobody of them did; `told_by` whom a
    resident named as its organiser.
    """
    place = None if draft.place_id is None else await Place.get(id=draft.place_id)
    public_id = await _new_public_id()
    event = await Event.create(
        **_columns(draft, _inherited(place, organisation.name or told_by)),
        public_id=public_id,
        uid=f"{public_id}@{uid_domain}",
        organisation=organisation,
        publication="published",
        created=now,
        modified=now,
        published=now,
        confirmed=confirmed,
        told_by=told_by,
        **columns,
    )
    await write_beside(event.id, draft, event.access, Beside())
    return event


async def replace(
    event: Event, draft: EventDraft, *, now: datetime, confirmed: datetime | None, **columns: Any
) -> None:
    """Make an event say just what a draft says. SEQUENCE grows where times or status change, and only there.

    Where none of its organiser's own people says it, `confirmed` is None, and what they said before stands.

    What differs is written, and nothing else: most edits change a word or a date. A translation that did not follow
    a change of the original is marked as outdated.
    """
    beside, inherited = await stored_beside(event.id, draft.place_id)
    wanted = {**_columns(draft, inherited), **columns}
    changed = {name: value for name, value in wanted.items() if getattr(event, name) != value}
    moved = await write_beside(event.id, draft, wanted["access"], beside)
    event.update_from_dict(changed)
    if moved or any(name in changed for name in _TIMED):
        event.sequence += 1
        changed["sequence"] = event.sequence
    _changed(event, now)
    event.confirmed = max(filter(None, (event.confirmed, confirmed)), default=None)
    await event.save(update_fields=[*changed, "confirmed", "modified", "revision"])


async def set_publication(event: Event, publication: str, *, by: str, now: datetime) -> None:
    """Take an event off («withdrawn», by whom), or put it back («published»)."""
    event.publication = publication
    event.withdrawn, event.withdrawn_by = (now, by) if publication == "withdrawn" else (None, "")
    event.sequence += 1
    _changed(event, now)
    await event.save(update_fields=["publication", "withdrawn", "withdrawn_by", "sequence", "modified", "revision"])


async def mark_changed(event: Event, *, now: datetime) -> None:
    """Note that something which the event shows has changed; its times stay, so SEQUENCE does too."""
    _changed(event, now)
    await event.save(update_fields=["modified", "revision"])


def _changed(event: Event, now: datetime) -> None:
    event.modified = after(event.modified, now)
    event.revision = UNTOLD


async def derive_again(event: Event, place: Place | None, *, now: datetime) -> None:
    """Take over what an event has from its place and its organisation; the organisation and the texts must be loaded.
    Its times stay, so SEQUENCE does too."""
    before = dict(event.access)
    inherited = _inherited(place, event.organisation.name or event.told_by)
    event.access = effective_access(inherited.access, event.own_access)
    texts = {row.language: Text(*(getattr(row, name) for name in TEXT_COLUMNS)) for row in event.texts}
    event.search_text = search_text(texts, inherited.names)
    _changed(event, now)
    await event.save(update_fields=["access", "search_text", "modified", "revision"])
    if before != event.access:
        await EventTerm.filter(event=event, facet="access", value__not="alone").delete()
        yes = [key for key, answer in event.access.items() if answer]
        await EventTerm.bulk_create(EventTerm(event=event, facet="access", value=key) for key in yes)


def after(before: datetime, now: datetime) -> datetime:
    """Edit times grow by a second at least, even if a clock goes back: clients update only what is newer, and
    stored renderings are told apart by them."""
    return max(now, before.replace(microsecond=0) + timedelta(seconds=1))


def _columns(draft: EventDraft, inherited: Inherited) -> dict[str, Any]:
    return {
        "place_id": draft.place_id,
        "kind": draft.kind,
        "category": draft.category,
        "original_language": draft.original_language,
        "schedule": draft.schedule.to_json(),
        "online": draft.online,
        "online_url": draft.online_url,
        "price": draft.price,
        "prices": [row.to_json() for row in draft.prices],
        "registration_kind": draft.registration.kind,
        "registration": draft.registration.to_json(),
        "registration_closes": draft.registration.closes,
        "min_age": draft.min_age,
        "max_age": draft.max_age,
        "own_access": dict(draft.access),
        "access": effective_access(inherited.access, draft.access),
        "first_time": {fact: list(values) for fact, values in draft.first_time.items()},
        "nearest_stop": draft.nearest_stop,
        "contact_email": draft.contact_email,
        "contact_phone": draft.contact_phone,
        "link": draft.link,
        "event_status": draft.event_status,
        "full": draft.full,
        "status_reason": draft.status_reason,
        "search_text": search_text(draft.texts, inherited.names),
    }


def _inherited(place: Place | None, organiser: str) -> Inherited:
    if place is None:
        return Inherited((organiser,), {})
    return Inherited((place.name, place.street_address, place.city, organiser), place.access)


async def _new_public_id() -> str:
    while True:
        public_id = "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
        if not await fetch("SELECT id FROM event WHERE public_id = ?", public_id):
            return public_id
