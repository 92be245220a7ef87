"""The register of places: searched before one is made, changed, checked, duplicates merged and separated again.

Every event held at a place is updated with it in the same transaction.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from events.city import places_asked_again
from events.domain.folding import fold
from events.editing.rows import event_rows
from events.storage.models import Event, Place
from events.storage.revision_marks import touch
from organisations import audit_log
from organisations.models import AuditEntry
from organisations.visitors import CITY, Visitor
from web.database.connection import as_json, as_utc, fetch

MOST_FOUND: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the list. `twin` is the id of the place that it was merged into, or None."""

    id: int
    name: str
    street_address: str
    city: str
    area: str
    verified: datetime | None
    twin: int | None
    events: int


async def search(words: str) -> list[Found]:
    """The places whose name or address holds all these words, merged ones too; `MOST_FOUND` at most, by name."""
    rows = await fetch(
        "SELECT p.id, p.name, p.street_address, p.city, p.area, p.verified, p.replaced_by_id,"
        " (SELECT COUNT(*) FROM event e WHERE e.place_id = p.id) AS events FROM place p ORDER BY LOWER(p.name), p.id"
    )
    wanted = fold(words).split()
    found = [
        row
        for row in rows
        if all(word in fold(f"{row['name']} {row['street_address']} {row['city']}") for word in wanted)
    ]
    return [_found(row) for row in found[:MOST_FOUND]]


async def namesakes(name: str, *, but: int = 0) -> list[Found]:
    """The places of just this name that are not merged."""
    return [one for one in await search(name) if fold(one.name) == fold(name) and one.id != but and one.twin is None]


async def place(number: int) -> dict[str, Any] | None:
    """A place's row."""
    rows = await fetch("SELECT * FROM place WHERE id = ?", number)
    if not rows:
        return None
    row = rows[0]
    verified = as_utc(row["verified"]) if row["verified"] else None
    return {**row, "access": as_json(row["access"]), "verified": verified}


async def save(
    number: int,
    columns: Mapping[str, Any],
    by: Visitor,
    *,
    answered: Collection[str] = (),
    verified: bool,
    now: datetime,
) -> int:
    """Make a place (number 0) or change one, and touch its events; its id. `verified` says that somebody has
    looked at it today, `answered` which questions about access she has answered."""
    wanted = {**columns, **({"verified": now} if verified else {})}
    async with in_transaction():
        known = await Place.select_for_update().get_or_none(id=number) if number else None
        if known is None:
            known = await Place.create(**wanted)
        else:
            shown = any(getattr(known, name) != value for name, value in columns.items())
            known.update_from_dict(wanted)
            await known.save()
            if shown:
                await _touch(known, now)
        await _written_down(known.id, "place_verified" if verified else "place_saved", {}, by, now=now)
        if places_asked_again.ATTRIBUTE in answered and await places_asked_again.waits(known.id):
            await _written_down(known.id, places_asked_again.ANSWERED, {}, by, now=now)
        await touch(now)
    return int(known.id)


async def merge(number: int, into: int, by: Visitor, *, now: datetime) -> bool:
    """Merge one place into another, to which its events move. False where either is missing or merged already."""
    async with in_transaction():
        found = {row.id: row for row in await Place.select_for_update().filter(id__in=[number, into], replaced_by=None)}
        if number == into or set(found) != {number, into}:
            return False
        moved = [event.id for event in await Event.filter(place_id=number).order_by("id").only("id")]
        twins = [place.id for place in await Place.filter(replaced_by_id=number).only("id")]
        await Event.filter(id__in=moved).update(place_id=into)
        await Place.filter(id__in=[number, *twins]).update(replaced_by_id=into)
        await _touch(found[into], now, only=moved)
        detail = {"into": into, "events": moved, "twins": twins}
        await _written_down(number, "place_merged", detail, by, now=now)
        await touch(now)
    return True


async def separate(number: int, by: Visitor, *, now: datetime) -> bool:
    """Undo a merge: the events that it has moved, and that are still there, go back. False where it is not merged."""
    async with in_transaction():
        known: Any = await Place.select_for_update().get_or_none(id=number)
        if known is None or known.replaced_by_id is None:
            return False
        into = known.replaced_by_id
        entry = (
            await AuditEntry.filter(target_kind="place", target=str(number), action="place_merged")
            .order_by("-id")
            .first()
        )
        detail = entry.detail if entry else {"events": [], "twins": []}
        back = [event.id for event in await Event.filter(id__in=detail["events"], place_id=into).only("id")]
        await Event.filter(id__in=back).update(place_id=number)
        await Place.filter(id__in=detail["twins"], replaced_by_id=into).update(replaced_by_id=number)
        known.replaced_by_id = None
        await known.save(update_fields=["replaced_by_id"])
        await _touch(known, now, only=back)
        await _written_down(number, "place_separated", {}, by, now=now)
        await touch(now)
    return True


async def _touch(known: Place, now: datetime, *, only: list[int] | None = None) -> None:
    """Derive anew what the events of a place have from it."""
    events = Event.filter(place_id=known.id) if only is None else Event.filter(id__in=only)
    for event in await events.order_by("id").prefetch_related("texts", "organisation"):
        await event_rows.derive_again(event, known, now=now)


async def _written_down(number: int, action: str, detail: Mapping[str, Any], by: Visitor, *, now: datetime) -> None:
    await audit_log.record(
        by.person_id,
        CITY,
        action,
        target_kind="place",
        target=str(number),
        organisation_id=None,
        detail=detail,
        now=now,
    )


def _found(row: Mapping[str, Any]) -> Found:
    return Found(
        id=row["id"],
        name=row["name"],
        street_address=row["street_address"],
        city=row["city"],
        area=row["area"],
        verified=as_utc(row["verified"]) if row["verified"] else None,
        twin=row["replaced_by_id"],
        events=row["events"],
    )
