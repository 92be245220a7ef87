"""The rows of one event: written whole, or brought to what a draft says. Inside the caller's transaction.

Nothing here opens a transaction or raises the revision: `lifecycle` and the modules above it do.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from events.addresses import PUBLIC_ID_ALPHABET, PUBLIC_ID_LENGTH
from events.derived import DateRow, date_rows, effective_access, search_text, terms
from events.facts import EventDraft, Text
from events.loading import TEXT_COLUMNS
from events.models import Event, EventTerm, EventText, Occurrence, Place, StatusNote
from events.touching import UNTOLD
from organisations.models import Organisation
from web.database import fetch

_TIMED: Final = ("schedule", "event_status", "full")
_DATE_COLUMNS: Final = (
    *("original_date", "original_start", "start", "end", "local_date", "last_date", "weekday", "start_minute"),
    *("status", "reason", "full"),
)
_TIMES: Final = ("original_date", "start", "end", "status", "full")
"""What a calendar program is told of a date: SEQUENCE grows with it (RFC 5546 2.1.4)."""


async def insert(
    draft: EventDraft, organisation: Organisation, *, now: datetime, uid_domain: str, **columns: Any
) -> Event:
    """Make a new public event; `columns` are what a draft does not say, such as its source or image."""
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
        **columns,
    )
    await _write_texts(event, draft, {})
    await _write_lists(event, draft)
    await _write_dates(event, date_rows(draft.schedule, draft.changes))
    return event


async def replace(event: Event, draft: EventDraft, *, now: datetime, **columns: Any) -> None:
    """Make an event say just what a draft says. SEQUENCE grows where times or status change, and only there.

    Dates, and texts that nobody touched, keep their rows; a translation that did not follow a change of the original
    is marked as outdated.
    """
    place = await _place(draft)
    changed = {**_columns(draft, place, await event.organisation), **columns}
    restated = any(getattr(event, name) != changed[name] for name in _TIMED)
    moved = await _write_dates(event, date_rows(draft.schedule, draft.changes))
    await _write_texts(event, draft, {row.language: row for row in await EventText.filter(event=event)})
    event.update_from_dict(changed)
    event.sequence += 1 if moved or restated else 0
    _changed(event, now)
    event.confirmed = now
    await event.save()
    await EventTerm.filter(event=event).delete()
    await StatusNote.filter(event=event).delete()
    await _write_lists(event, draft)


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
    event.access = effective_access(place.access if place else {}, event.own_access)
    texts = {row.language: Text(*(getattr(row, name) for name in TEXT_COLUMNS)) for row in event.texts}
    event.search_text = search_text(texts, (*_names(place), event.organisation.name))
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


async def _write_texts(event: Event, draft: EventDraft, stored: Mapping[str, EventText]) -> None:
    before = {tag: tuple(getattr(row, name) for name in TEXT_COLUMNS) for tag, row in stored.items()}
    now = {tag: tuple(getattr(text, name) for name in TEXT_COLUMNS) for tag, text in draft.texts.items()}
    original = draft.original_language
    followed = before.get(original) == now.get(original)
    gone = [row.id for tag, row in stored.items() if before[tag] != now.get(tag)]
    if gone:
        await EventText.filter(id__in=gone).delete()
    await EventText.bulk_create(
        EventText(event=event, language=tag, **dict(zip(TEXT_COLUMNS, written, strict=True)))
        for tag, written in now.items()
        if before.get(tag) != written
    )
    left_behind = [row.id for tag, row in stored.items() if tag != original and before[tag] == now.get(tag)]
    if left_behind and not followed:
        await EventText.filter(id__in=left_behind).update(state="outdated")


async def _write_lists(event: Event, draft: EventDraft) -> None:
    await EventTerm.bulk_create(
        EventTerm(event=event, facet=facet, value=value) for facet, value in terms(draft, event.access)
    )
    await StatusNote.bulk_create(
        StatusNote(event=event, original_date=note.original_date, language=note.language, text=note.text)
        for note in draft.notes
    )


async def _write_dates(event: Event, rows: list[DateRow]) -> bool:
    """Bring the dates to these, touching only those that differ; whether calendar programs must hear of it."""
    stored = {row.original_date: row for row in await Occurrence.filter(event=event)}
    wanted = {row.occurrence.original_date: _date_columns(row) for row in rows}
    known = {day: {name: getattr(row, name) for name in _DATE_COLUMNS} for day, row in stored.items()}
    stale = [row.id for day, row in stored.items() if known[day] != wanted.get(day)]
    if stale:
        await Occurrence.filter(id__in=stale).delete()
    await Occurrence.bulk_create(
        Occurrence(event=event, **columns) for day, columns in wanted.items() if known.get(day) != columns
    )

    def times(dates: Mapping[Any, Mapping[str, Any]]) -> set[tuple[Any, ...]]:
        return {tuple(columns[name] for name in _TIMES) for columns in dates.values()}

    return times(known) != times(wanted)


def _date_columns(row: DateRow) -> dict[str, Any]:
    one = row.occurrence
    return {
        "original_date": one.original_date,
        "original_start": one.original_start,
        "start": one.start,
        "end": one.end,
        "local_date": row.local_date,
        "last_date": row.last_date,
        "weekday": row.weekday,
        "start_minute": row.start_minute,
        "status": one.status,
        "reason": one.reason,
        "full": one.full,
    }


async def _place(draft: EventDraft) -> Place | None:
    return None if draft.place_id is None else await Place.get(id=draft.place_id)


def _names(place: Place | None) -> tuple[str, ...]:
    return (place.name, place.street_address, place.city) if place else ()


async def _new_public_id() -> str:
    while True:
        public_id = "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))
        if not await fetch("SELECT id FROM event WHERE public_id = ?", public_id):
            return public_id
