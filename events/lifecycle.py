"""Every change of events and places: one transaction each, the revision raised at its end.

`now` is always the caller's. Nothing here asks who may; `rules` does, before.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.addresses import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from events.derived import DateRow, date_rows, effective_access, same_times, search_text, terms
from events.facts import EventDate, EventDraft, Text
from events.loading import TEXT_COLUMNS
from events.models import Event, EventTerm, EventText, Occurrence, Place, StatusNote
from organisations.models import Organisation
from web.database import fetch
from web.revision import raise_revision

_TIMED: Final = ("schedule", "event_status", "full")


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event came from: the importer's name, its id there, and a hash of what was read."""

    name: str
    id: str
    hash: str


async def publish(
    draft: EventDraft,
    organisation: Organisation,
    *,
    now: datetime,
    uid_domain: str,
    source: Source | None = None,
) -> str:
    """Make a new public event and return its public id."""
    async with in_transaction():
        place = await _place(draft)
        public_id = await _new_public_id()
        event = await Event.create(
            **_columns(draft, place, organisation),
            public_id=public_id,
            uid=f"{public_id}@{uid_domain}",
            organisation=organisation,
            publication="published",
            created=now,
            modified=now,
            published=now,
            confirmed=now,
            source=source.name if source else None,
            source_id=source.id if source else None,
            source_hash=source.hash if source else "",
        )
        await _write_children(event, draft, date_rows(draft.schedule, draft.changes))
        await raise_revision(now)
    return public_id


async def rewrite(event_id: int, draft: EventDraft, *, now: datetime, source: Source | None = None) -> None:
    """Replace everything an event says. SEQUENCE grows where times or status change, and only there."""
    async with in_transaction():
        event = await Event.select_for_update().get(id=event_id)
        place = await _place(draft)
        rows = date_rows(draft.schedule, draft.changes)
        organisation = await event.organisation
        columns = _columns(draft, place, organisation)
        before = await _dates_of(event)
        moved = not same_times(before, (row.occurrence for row in rows))
        restated = any(getattr(event, name) != columns[name] for name in _TIMED)
        event.update_from_dict(columns)
        event.sequence += 1 if moved or restated else 0
        event.modified = _after(event.modified, now)
        event.confirmed = now
        if source is not None:
            event.source_hash = source.hash
        await event.save()
        for children in (EventText, EventTerm, StatusNote, Occurrence):
            await children.filter(event=event).delete()
        await _write_children(event, draft, rows)
        await raise_revision(now)


async def withdraw(event_id: int, *, by: str, now: datetime) -> None:
    """Take an event off every public page; its address answers 410 from then on.

    What its «organiser» takes off stays in feeds as cancelled for a while, so that phones that hold it learn of it;
    what the «city» takes off (spam, unlawful, personal) is gone at once.
    """
    async with in_transaction():
        event = await Event.select_for_update().get(id=event_id)
        event.publication, event.withdrawn, event.withdrawn_by = "withdrawn", now, by
        event.sequence += 1
        event.modified = _after(event.modified, now)
        await event.save(update_fields=["publication", "withdrawn", "withdrawn_by", "sequence", "modified"])
        await raise_revision(now)


async def save_place(known: Place | None, columns: Mapping[str, Any], *, now: datetime) -> tuple[Place, bool]:
    """Make a place, or change one; (place, whether anything changed). A change touches every event held there."""
    if known is not None and all(getattr(known, name) == value for name, value in columns.items()):
        return known, False
    async with in_transaction():
        if known is None:
            return await Place.create(**columns), True
        known.update_from_dict(dict(columns))
        await known.save()
        for event in await Event.filter(place=known).prefetch_related("texts", "organisation"):
            await _refresh(event, known, now=now)
        await raise_revision(now)
    return known, True


async def _refresh(event: Event, place: Place, *, now: datetime) -> None:
    """Derive again what an event takes from its place. Its times stay, so SEQUENCE does too."""
    before = dict(event.access)
    event.access = effective_access(place.access, event.own_access)
    texts = {row.language: _text(row) for row in event.texts}
    event.search_text = search_text(texts, (*_names(place), event.organisation.name))
    event.modified = _after(event.modified, now)
    await event.save(update_fields=["access", "search_text", "modified"])
    if before != event.access:
        await EventTerm.filter(event=event, facet="access", value__not="alone").delete()
        yes = [key for key, answer in event.access.items() if answer]
        await EventTerm.bulk_create(EventTerm(event=event, facet="access", value=key) for key in yes)


def _columns(draft: EventDraft, place: Place | None, organisation: Organisation) -> dict[str, Any]:
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
        "access": effective_access(place.access if place else {}, draft.access),
        "first_time": {fact: list(values) for fact, values in draft.first_time.items()},
        "nearest_stop": draft.nearest_stop,
        "contact_email": draft.contact_email,
        "contact_phone": draft.contact_phone,
        "link": draft.link,
        "event_status": draft.event_status,
        "full": draft.full,
        "status_reason": draft.status_reason,
        "search_text": search_text(draft.texts, (*_names(place), organisation.name)),
    }


async def _write_children(event: Event, draft: EventDraft, rows: list[DateRow]) -> None:
    await EventText.bulk_create(
        EventText(event=event, language=tag, **{name: getattr(text, name) for name in TEXT_COLUMNS})
        for tag, text in draft.texts.items()
    )
    await EventTerm.bulk_create(
        EventTerm(event=event, facet=facet, value=value) for facet, value in terms(draft, event.access)
    )
    await StatusNote.bulk_create(
        StatusNote(event=event, original_date=note.original_date, language=note.language, text=note.text)
        for note in draft.notes
    )
    await Occurrence.bulk_create(_occurrence(event, row) for row in rows)


def _occurrence(event: Event, row: DateRow) -> Occurrence:
    return Occurrence(
        event=event,
        original_date=row.occurrence.original_date,
        original_start=row.occurrence.original_start,
        start=row.occurrence.start,
        end=row.occurrence.end,
        local_date=row.local_date,
        last_date=row.last_date,
        weekday=row.weekday,
        start_minute=row.start_minute,
        status=row.occurrence.status,
        reason=row.occurrence.reason,
        full=row.occurrence.full,
    )


async def _place(draft: EventDraft) -> Place | None:
    return None if draft.place_id is None else await Place.get(id=draft.place_id)


async def _dates_of(event: Event) -> list[EventDate]:
    return [
        EventDate(row.original_date, row.original_start, row.start, row.end, row.status, row.reason, full=row.full)
        for row in await Occurrence.filter(event=event)
    ]


def _names(place: Place | None) -> tuple[str, ...]:
    return (place.name, place.street_address, place.city) if place else ()


def _text(row: EventText) -> Text:
    return Text(*(getattr(row, name) for name in TEXT_COLUMNS))


def _after(before: datetime, now: datetime) -> datetime:
    """Edit times grow by a second at least, even if a clock goes back: clients update only what is newer, and
    stored renderings are told apart by them."""
    return max(now, before.replace(microsecond=0) + timedelta(seconds=1))


async def _new_public_id() -> str:
    while True:
        public_id = "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
        if not await fetch("SELECT id FROM event WHERE public_id = ?", public_id):
            return public_id
