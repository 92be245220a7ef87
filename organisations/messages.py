"""Readers' messages to the city: stored, listed by due date, answered, closed, deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from tortoise.transactions import in_transaction

from organisations import audit_log, city_letters
from organisations.feedback import Feedback
from organisations.models import Message
from organisations.people import language_for
from organisations.visitors import CITY, Visitor
from web.database.connection import as_date, as_utc, fetch
from web.mail.outbox import queue
from web.site import Site

MOST_SHOWN: Final = 20
"""Open reports that an organisation's desk lists at most."""
REMEMBERED: Final = timedelta(days=365)
"""How long a message is kept after it was answered; the privacy notice says so."""
_COLUMNS: Final = (
    "m.id, m.kind, m.reason, m.text, m.about, m.language, m.reply_to, m.created, m.due, m.closed, m.answer,"
    " g.slug, g.name, q.name AS closed_by, q.email AS closed_by_email"
)
_FROM: Final = (
    "FROM message m LEFT JOIN organisation g ON g.id = m.organisation_id LEFT JOIN person q ON q.id = m.closed_by_id"
)


@dataclass(frozen=True, slots=True)
class Told:
    """One message. `reply_to` is empty where its writer wants no answer."""

    id: int
    kind: str
    reason: str
    text: str
    about: str
    language: str
    reply_to: str
    created: datetime
    due: date
    closed: datetime | None
    closed_by: str
    answer: str
    slug: str
    organisation: str


async def keep(message: Feedback, *, language: str, now: datetime, due: date) -> None:
    """Store one message. Nobody but the city's staff will see it, so no page changes by it."""
    await Message.create(
        kind=message.kind,
        text=message.text,
        about=message.about,
        reply_to=message.reply_to,
        language=language,
        created=now,
        due=due,
    )


async def forget_answered(*, now: datetime) -> int:
    """Delete what was answered a year ago or earlier; how many messages that were."""
    deleted: int = await Message.filter(closed__lte=now - REMEMBERED).delete()
    return deleted


async def count(kind: str, *, closed: bool) -> int:
    """How many messages of a kind (any, if empty) are open, or closed."""
    where, values = _condition(kind, closed=closed)
    rows = await fetch(f"SELECT COUNT(*) AS number FROM message m WHERE {where}", *values)
    return int(rows[0]["number"])


async def messages(kind: str, *, closed: bool, offset: int, limit: int) -> list[Told]:
    """One page of them: open ones in the order in which they are due, closed ones the last first. One statement."""
    where, values = _condition(kind, closed=closed)
    order = "m.closed DESC, m.id DESC" if closed else "m.due, m.id"
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    return [_told(row) for row in await fetch(sql, *values, limit, offset)]


async def message(number: int) -> Told | None:
    """One of them."""
    rows = await fetch(f"SELECT {_COLUMNS} {_FROM} WHERE m.id = ?", number)
    return _told(rows[0]) if rows else None


async def open_of(organisation_id: int) -> list[Told]:
    """What was reported about the events of an organisation and not closed, the last first."""
    rows = await fetch(
        f"SELECT {_COLUMNS} {_FROM} WHERE m.organisation_id = ? AND m.kind = 'event' AND m.closed IS NULL"
        " ORDER BY m.id DESC LIMIT ?",
        organisation_id,
        MOST_SHOWN,
    )
    return [_told(row) for row in rows]


async def overdue(today: date) -> int:
    """How many messages should have been answered before today."""
    rows = await fetch("SELECT COUNT(*) AS number FROM message WHERE closed IS NULL AND due < ?", today)
    return int(rows[0]["number"])


async def close(number: int, answer: str, by: Visitor, *, site: Site, now: datetime) -> bool:
    """Close an open message, and send the answer where there is one and an address for it; False where it is closed
    already."""
    async with in_transaction():
        row = await Message.select_for_update().get_or_none(id=number, closed=None)
        if row is None:
            return False
        row.closed, row.answer = now, answer
        row.closed_by_id = by.person_id
        await row.save(update_fields=["closed", "closed_by_id", "answer"])
        if answer and row.reply_to:
            language = language_for(site, row.language)
            letter = city_letters.answered(answer, settings=site.settings, language=language)
            await queue(row.reply_to, letter, now=now)
        await _written_down(row, "message_answered" if answer else "message_closed", by, now=now)
    return True


async def reopen(number: int, by: Visitor, *, now: datetime) -> bool:
    """Open a closed message again; what was answered stays with it."""
    async with in_transaction():
        row = await Message.select_for_update().get_or_none(id=number)
        if row is None or row.closed is None:
            return False
        row.closed = None
        row.closed_by_id = None
        await row.save(update_fields=["closed", "closed_by_id"])
        await _written_down(row, "message_reopened", by, now=now)
    return True


async def _written_down(row: Any, action: str, by: Visitor, *, now: datetime) -> None:
    await audit_log.record(
        by.person_id,
        CITY,
        action,
        target_kind="message",
        target=str(row.id),
        organisation_id=row.organisation_id,
        detail={},
        now=now,
    )


def _condition(kind: str, *, closed: bool) -> tuple[str, tuple[Any, ...]]:
    where = "m.closed IS NOT NULL" if closed else "m.closed IS NULL"
    return (f"{where} AND m.kind = ?", (kind,)) if kind else (where, ())


def _told(row: Mapping[str, Any]) -> Told:
    return Told(
        id=row["id"],
        kind=row["kind"],
        reason=row["reason"],
        text=row["text"],
        about=row["about"],
        language=row["language"],
        reply_to=row["reply_to"],
        created=as_utc(row["created"]),
        due=as_date(row["due"]),
        closed=as_utc(row["closed"]) if row["closed"] else None,
        closed_by=row["closed_by"] or row["closed_by_email"] or "",
        answer=row["answer"],
        slug=row["slug"] or "",
        organisation=row["name"] or "",
    )
