"""The audit log: one entry for each change, written in the transaction of the change itself."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from organisations.models import AuditEntry
from web.database.connection import fetch

WORDS_KEPT: Final = timedelta(days=365)
"""How long the values before and after a change are stored, so that they can be read and undone. After that, the entry
still says that the change was made."""
_AT_ONCE: Final = 500


async def record(
    person_id: int | None,
    role: str,
    action: str,
    *,
    target_kind: str,
    target: str,
    organisation_id: int | None,
    detail: Mapping[str, Any],
    now: datetime,
) -> int:
    """Write down who did what to what, and return the entry's id. Call it inside the transaction of the change.

    `detail` is plain JSON and holds no secret and no address; it may hold what is needed to undo the change.
    """
    entry = await AuditEntry.create(
        at=now,
        person_id=person_id,
        role=role,
        action=action,
        target_kind=target_kind,
        target=target,
        organisation_id=organisation_id,
        detail=dict(detail),
    )
    return int(entry.id)


async def forget_words(*, now: datetime) -> int:
    """Delete the values before and after from old entries, as they may name people; the names of the fields stay.
    Returns how many entries were emptied: at most five hundred at a time."""
    old = await fetch(
        "SELECT id FROM audit_entry WHERE at < ? AND CAST(detail AS TEXT) LIKE ? ORDER BY id LIMIT ?",
        now - WORDS_KEPT,
        '%"before":%',
        _AT_ONCE,
    )
    entries = await AuditEntry.filter(id__in=[row["id"] for row in old])
    for entry in entries:
        entry.detail = {name: value for name, value in entry.detail.items() if name != "before"}
        entry.detail |= {"after": dict.fromkeys(entry.detail.get("after", ())), "final": True}
    if entries:
        await AuditEntry.bulk_update(entries, fields=["detail"])
    return len(entries)
