"""Unsaved texts: what was sent after a session had expired, stored for a day under a key only the browser knows."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from events.domain.public_id import PUBLIC_ID_ALPHABET
from events.editing.input.fields import Payload
from events.editing.proposals import KEY_LENGTH, find
from events.storage.models import Proposal

KEPT: Final = "kept"
"""The state of such a row. It belongs to nobody, waits for nobody and is listed nowhere."""
KEPT_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """What was typed, and on top of which version."""

    fields: Payload
    version: int


async def store_unsaved_text(about: str, fields: Payload, version: int, *, now: datetime) -> str:
    """Store what was typed in the form of a proposal; returns the key."""
    key = "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(KEY_LENGTH))
    payload: dict[str, Any] = {"fields": fields, "base": {"about": about}, "image": None}
    await Proposal.create(key=key, payload=payload, state=KEPT, version=max(version, 1), created=now, modified=now)
    return key


async def find_unsaved_text(key: str, about: str) -> UnsavedText | None:
    """What was stored under a key, for the same proposal; None where there is no such thing any more."""
    stored = await find(key) if key else None
    if stored is None or stored.state != KEPT or stored.base.get("about") != about:
        return None
    return UnsavedText(stored.fields, stored.version)


async def delete_unsaved_texts(*, now: datetime) -> None:
    """Delete what nobody has come back for within a day."""
    await Proposal.filter(state=KEPT, created__lt=now - KEPT_FOR).delete()
