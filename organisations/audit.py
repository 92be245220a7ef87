"""The book of what was done: one row a deed, written in the transaction of the deed itself."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from organisations.models import AuditEntry


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
    """Write down who did what to what, and return the entry's id. Call it inside the transaction of the deed.

    `detail` is plain JSON and holds no secret and no address; what it takes to undo the deed may stand in it.
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
