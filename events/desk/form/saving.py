"""Saving a form, as one window types it."""

from datetime import datetime
from typing import Final

from events.desk.form.fields import WINDOW
from events.editing import proposals
from events.editing.drafts import different
from events.editing.input.fields import Payload
from events.editing.proposals import Saved, Stored

NEVER: Final = -1
"""A version that no proposal has."""


async def keep(stored: Stored, fields: Payload, version: int, *, author_id: int, now: datetime) -> Saved:
    """Save a form. What the same window has saved before is followed, even if the answer never came to it; what
    another window or person has saved is kept beside. Raises `EditRefused`."""
    if set(different(stored.fields, fields)) <= {WINDOW}:
        return Saved(stored.key, stored.version)
    mine = bool(fields.get(WINDOW)) and stored.fields.get(WINDOW) == fields[WINDOW]
    return await proposals.save(stored.key, fields, stored.version if mine else version, author_id=author_id, now=now)
