"""New drafts, filled in with what the association told of its last event; a draft that is open already is continued."""

from collections.abc import Mapping
from datetime import date, datetime

from events.domain import vocabulary
from events.editing import proposals
from events.editing.drafts import copied
from events.editing.input.facts import TEXT_LIMITS
from events.editing.input.fields import Payload
from events.editing.proposals import Stored
from events.editing.rows.stored_drafts import draft_of
from web.database.connection import fetch

_SAID_ANEW = (
    *("repeats", "interval", "weekdays", "position", "start", "end", "all_day"),
    *("category", "activities", "online", "online_url", "link", *TEXT_LIMITS),
)
"""What one event does not take over from another: what it is, when it takes place, and every text."""


async def new_draft(organisation_id: int, *, author_id: int, written_in: str, now: datetime) -> Stored:
    """A new event, or the one that this person has begun and not touched. Raises `EditRefused`."""
    fields = await known_fields(organisation_id, written_in)
    for stored in await proposals.open_of(organisation_id):
        if stored.author_id == author_id and stored.public_id is None and untouched(stored):
            if stored.fields == fields:
                return stored
            await proposals.discard(stored.key)
    return await proposals.begin(organisation_id=organisation_id, author_id=author_id, fields=fields, now=now)


async def edit_draft(
    public_id: str, *, organisation_id: int, author_id: int, scope: str, day: date | None, now: datetime
) -> Stored:
    """The edit of an event that is open already, else a new one. Raises `EditRefused`."""
    for stored in await proposals.open_of(organisation_id):
        if (stored.public_id, stored.scope, stored.day) != (public_id, scope, day):
            continue
        if stored.version > 1 or stored.state != "autosaved":
            return stored
        # Nothing was changed in it, so it begins again with what the event says by now.
        await proposals.discard(stored.key)
    return await proposals.begin_edit(public_id, author_id=author_id, scope=scope, day=day, now=now)


def untouched(stored: Stored) -> bool:
    """Whether a new event was only opened: nobody has typed anything, and it is no copy, which has a name."""
    return stored.version == 1 and not any(name.startswith("title.") for name in stored.fields)


async def known_fields(organisation_id: int, written_in: str) -> Payload:
    """What is known before anything is typed: the facts of the association's last event."""
    rows = await fetch(
        "SELECT id FROM event WHERE organisation_id = ? AND publication = 'published' ORDER BY created DESC, id DESC"
        " LIMIT 1",
        organisation_id,
    )
    if rows:
        return _taken_over(copied(await draft_of(rows[0]["id"])))
    original = written_in if written_in in vocabulary.LANGUAGES else "fi"
    return {"original_language": original, "promises": f"{original.removesuffix('-simple')}:main", "kind": "event"}


def _taken_over(fields: Mapping[str, str]) -> Payload:
    return {name: text for name, text in fields.items() if name.split(".")[0] not in _SAID_ANEW}
