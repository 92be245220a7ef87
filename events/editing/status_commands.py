"""Commands that change the status of an event at once, even while a proposal is waiting: cancel, postpone, move, mark
full, reinstate, withdraw.

Every function is one transaction, returns a `Change` whose `audit_id` undoes it (`changes.undo`), and raises
`EditRefused` where nothing could be done. `days` are original dates; None means the event as a whole.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tortoise.transactions import in_transaction

from events.editing import status_changes
from events.editing.changes import Actor, Change, change, locked, put, state_of
from events.editing.status_changes import Reason
from events.storage.revision_marks import touch

Days = Sequence[date] | None


async def cancel(public_id: str, days: Days, why: Reason, *, by: Actor, now: datetime) -> Change:
    """Call off dates, or the event: it stays where it is, and is said to be off."""
    return await change(
        public_id,
        "cancel",
        lambda draft: status_changes.cancelled(draft, days, why),
        by=by,
        now=now,
        detail=_about(days, why),
    )


async def postpone(public_id: str, days: Days, why: Reason, *, by: Actor, now: datetime) -> Change:
    """Put off to a time that is not known yet; where it is, `move` says it."""
    return await change(
        public_id,
        "postpone",
        lambda draft: status_changes.postponed(draft, days, why),
        by=by,
        now=now,
        detail=_about(days, why),
    )


async def move(
    public_id: str, day: date | None, start: datetime, end: datetime | None, why: Reason, *, by: Actor, now: datetime
) -> Change:
    """Give one date, or all of them by the first one's example, another time; naive and Finnish."""
    if day is None:
        return await change(
            public_id,
            "move",
            lambda draft: status_changes.moved_as_a_whole(draft, start, end, why),
            by=by,
            now=now,
            detail=_about(None, why),
        )
    return await change(
        public_id,
        "move",
        lambda draft: status_changes.moved(draft, day, start, end, why),
        by=by,
        now=now,
        detail=_about([day], why),
    )


async def mark_full(public_id: str, days: Days, *, full: bool, by: Actor, now: datetime) -> Change:
    """Say that no places are left, or that there are places again."""
    return await change(
        public_id,
        "full" if full else "not_full",
        lambda draft: status_changes.filled(draft, days, full=full),
        by=by,
        now=now,
        detail=_about(days, Reason()),
    )


async def reinstate(public_id: str, days: Days, *, by: Actor, now: datetime) -> Change:
    """Say that what was called off or put off takes place after all."""
    return await change(
        public_id,
        "reinstate",
        lambda draft: status_changes.reinstated(draft, days),
        by=by,
        now=now,
        detail=_about(days, Reason()),
    )


async def withdraw(public_id: str, *, side: str, by: Actor, now: datetime, reason: str = "") -> Change:
    """Take off what should not have been published; what was published rightly and is off is cancelled instead.

    `side` is «organiser» (calendars hear of it for a while) or «city» (gone at once). Undo publishes it again.
    """
    async with in_transaction():
        event = await locked(public_id)
        state = await state_of(event)
        wanted = {**state, "publication": "withdrawn", "withdrawn_by": side}
        audit_id = await put(event, state, wanted, "withdraw", by=by, now=now, detail={"reason": reason})
        await touch(now)
    return Change(public_id, audit_id)


def _about(days: Days, why: Reason) -> dict[str, Any]:
    return {"days": None if days is None else [day.isoformat() for day in days], "reason": why.reason}
