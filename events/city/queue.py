"""The city's queue: organisations that ask to publish, and events that are to be read first, in one list.

In the order in which they take place; an organisation with the first event that it has sent, else since it asked.
However long the queue is, the same few statements read one page of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from events.editing.drafts import read
from events.editing.input.fields import Payload
from events.editing.known_places import known_place, known_places
from events.editing.proposals import told_organiser
from organisations.profiles import Standing, standings
from web.database.connection import as_json, as_utc, fetch

_ORGANISATIONS: Final = "FROM organisation g WHERE g.state = 'pending' AND g.state_reason = ''"
_PROPOSALS: Final = "FROM proposal p WHERE p.state = 'submitted'"
_FIRST: Final = "(SELECT MIN(p.first_start) FROM proposal p WHERE p.organisation_id = g.id AND p.state = 'submitted')"
_SUBMITTED: Final = (
    "SELECT p.key, p.event_id, p.author_id, p.image_id, p.scope, p.from_date, p.payload, p.first_start, p.submitted,"
    " e.public_id, e.image_id AS event_image_id, g.slug, g.name, g.state, g.contact_email, g.contact_phone,"
    " q.name AS author, q.email AS author_email FROM proposal p LEFT JOIN event e ON e.id = p.event_id"
    " LEFT JOIN organisation g ON g.id = p.organisation_id LEFT JOIN person q ON q.id = p.author_id"
)


@dataclass(frozen=True, slots=True)
class Submission:
    """An event, or a change of one, that waits. Without `slug` a resident has proposed it, perhaps saying who organises
    it; `event` is the public id of what it changes. `organiser_contact` says that readers can ask its organisation."""

    key: str
    event: str
    slug: str
    organisation: str
    organisation_state: str
    organiser_contact: bool
    author: str
    told_organiser: str
    reply_to: str
    scope: str
    fields: Payload
    base: Payload
    picture: bool
    new_picture: bool
    first_start: datetime | None
    submitted: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that waits: an organisation or a submission. `start` is its place in the order."""

    start: datetime
    organisation: Standing | None
    submission: Submission | None


@dataclass(frozen=True, slots=True)
class Item:
    """What a letter about the queue needs of one entry."""

    key: str
    title: str
    start: datetime | None


async def count() -> int:
    """How much waits."""
    rows = await fetch(f"SELECT (SELECT COUNT(*) {_ORGANISATIONS}) + (SELECT COUNT(*) {_PROPOSALS}) AS number")
    return int(rows[0]["number"])


async def load(*, limit: int, offset: int) -> list[Entry]:
    """One page of the queue."""
    rows = await fetch(
        f"SELECT 1 AS proposed, p.key AS name, COALESCE(p.first_start, p.submitted) AS starts {_PROPOSALS}"
        f" UNION ALL SELECT 0 AS proposed, g.slug AS name, COALESCE({_FIRST}, g.created) AS starts {_ORGANISATIONS}"
        " ORDER BY starts, proposed, name LIMIT ? OFFSET ?",
        limit,
        offset,
    )
    applied = {known.slug: known for known in await standings([row["name"] for row in rows if not row["proposed"]])}
    sent = {one.key: one for one in await submissions([row["name"] for row in rows if row["proposed"]])}
    entries = (
        Entry(
            as_utc(row["starts"]),
            None if row["proposed"] else applied.get(row["name"]),
            sent.get(row["name"]) if row["proposed"] else None,
        )
        for row in rows
    )
    return [entry for entry in entries if entry.organisation or entry.submission]


async def submissions(keys: Sequence[str]) -> list[Submission]:
    """The submitted proposals with these keys. One statement."""
    if not keys:
        return []
    marks = ", ".join("?" * len(keys))
    rows = await fetch(f"{_SUBMITTED} WHERE p.state = 'submitted' AND p.key IN ({marks})", *keys)
    return [_submission(row) for row in rows]


async def submission(key: str) -> Submission | None:
    """One of them; None where it does not wait any more."""
    found = await submissions([key])
    return found[0] if found else None


async def items(*, most: int) -> list[Item]:
    """The queue in short, for letters. Two statements."""
    sent = await fetch(
        f"SELECT p.key, p.payload, p.first_start {_PROPOSALS} ORDER BY p.first_start, p.id LIMIT ?", most
    )
    applied = await fetch(
        f"SELECT g.slug, g.name, {_FIRST} AS first_start {_ORGANISATIONS} ORDER BY g.created, g.id LIMIT ?", most
    )
    found = [Item(row["key"], title_of(as_json(row["payload"])["fields"])[0], _moment(row)) for row in sent]
    return [*(Item(row["slug"], row["name"], _moment(row)) for row in applied), *found]


async def places_of(found: Sequence[Submission]) -> Mapping[str, str]:
    """The names of the places that submissions speak of, by their ids as they are typed. One statement."""
    typed = {fields.get("place", "") for one in found for fields in (one.fields, one.base)}
    ids = [int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 10]
    if not ids:
        return {}
    rows = await fetch(f"SELECT id, name FROM place WHERE id IN ({', '.join('?' * len(ids))})", *ids)
    return {str(row["id"]): row["name"] for row in rows}


async def meant_places(found: Sequence[Submission], *, today: date) -> Mapping[str, str]:
    """The places of the register that typed names mean, in full, by the keys of the submissions. One statement where
    anything is typed, else none."""
    typed = {one.key: new for one in found if (new := read(one.fields, today=today).new_place)}
    if not typed:
        return {}
    register = await known_places()
    meant = {key: known_place(new, register) for key, new in typed.items()}
    return {key: place.in_full for key, place in meant.items() if place}


def title_of(fields: Mapping[str, str]) -> tuple[str, str]:
    """(title, its language) of a form: the original, else whatever there is."""
    original = fields.get("original_language", "fi")
    tags = [original, *sorted(name.partition(".")[2] for name in fields if name.startswith("title."))]
    tag = next((tag for tag in tags if fields.get(f"title.{tag}")), original)
    return fields.get(f"title.{tag}", ""), tag


def _moment(row: Mapping[str, Any]) -> datetime | None:
    return as_utc(row["first_start"]) if row["first_start"] else None


def _submission(row: Mapping[str, Any]) -> Submission:
    payload = as_json(row["payload"])
    resident = payload.get("resident", {})
    return Submission(
        key=row["key"],
        event=row["public_id"] or "",
        slug=row["slug"] or "",
        organisation=row["name"] or "",
        organisation_state=row["state"] or "",
        organiser_contact=bool(row["contact_email"] or row["contact_phone"]),
        author=row["author"] or row["author_email"] or "",
        told_organiser=told_organiser(payload),
        reply_to=resident.get("reply_to", ""),
        scope=row["scope"],
        fields=payload["fields"],
        base=payload["base"],
        picture=row["image_id"] is not None,
        new_picture=row["image_id"] is not None and row["image_id"] != row["event_image_id"],
        first_start=_moment(row),
        submitted=as_utc(row["submitted"]) if row["submitted"] else None,
    )
