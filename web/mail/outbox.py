"""The outbox: e-mails written to the database in the transaction of their change, and sent until they arrive.

Nothing is lost if a process dies at any moment; what was just being sent may then arrive twice, with one and
the same Message-ID.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any, Final

from web.cleaning import clean_line
from web.database.connection import as_utc, connection, dialect, fetch
from web.mail.smtp import Delivery, NotSentError, RefusedForGoodError, UnreachableError
from web.site import Site
from web.smtp_server import SmtpServer

LONGEST_SUBJECT: Final = 200
DEADLINE: Final = 30
"""Seconds after which the mail server is hung up on."""
LEASE: Final = timedelta(seconds=60)
"""How long a letter belongs to the process that is sending it; longer than DEADLINE."""
RETRIES: Final = (timedelta(seconds=30), *[timedelta(minutes=1)] * 10, timedelta(minutes=5), timedelta(minutes=15))
"""The waits after the first failures; hourly from then on. Most outages end within minutes."""
PATIENCE: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=30)
POLL: Final = 1.0
PAUSE: Final = 30.0
"""Seconds between two looks at the outbox, and after a mail server that could not be reached."""
LONGEST_ERROR: Final = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says: plain text in the recipient's language."""

    subject: str
    text: str


async def queue(
    recipient: str, letter: Letter, *, now: datetime, expires: datetime | None = None, key: str | None = None
) -> None:
    """Put a letter into the outbox, in the transaction of what it tells of.

    After `expires` it is no longer sent. A `key` that was used before means that it has been written already.
    """
    await fetch(
        "INSERT INTO outgoing_mail (key, recipient, subject, text, created, expires, next_try, tries, error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, '') ON CONFLICT (key) DO NOTHING RETURNING id",
        key,
        recipient,
        clean_line(letter.subject, LONGEST_SUBJECT),
        letter.text,
        now,
        expires,
        now,
    )


def compose(row: dict[str, Any], site: Site) -> EmailMessage:
    """A stored letter as it travels. Raises ValueError for an address that is none: no header can be smuggled in."""
    settings = site.settings
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.site_name, addr_spec=settings.mail_from)
    message["To"] = _address(row["recipient"])
    message["Subject"] = row["subject"]
    message["Date"] = format_datetime(as_utc(row["created"]))
    message["Message-ID"] = f"<{row['id']}.{as_utc(row['created']):%Y%m%d%H%M%S}@{settings.uid_domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(row["text"])
    return message


def _address(recipient: str) -> Address:
    try:
        return Address(addr_spec=recipient)
    except (IndexError, MessageError) as error:  # what the standard library's own parser stumbles over
        raise ValueError("this is no address") from error


async def deliver_forever(site: Site) -> None:
    """Look after the outbox until cancelled; neither a lost database nor a lost mail server ends it."""
    while True:
        pause = PAUSE
        try:
            if await send_due(site):
                pause = POLL
        except Exception:
            logger.exception("the outbox could not be looked after")
        await asyncio.sleep(pause)


async def send_due(site: Site) -> bool:
    """Send every letter whose time has come; False where the mail server could not be reached."""
    while row := await _claim(site.now()):
        try:
            if row["expires"] is not None and as_utc(row["expires"]) <= site.now():
                raise RefusedForGoodError("expired")
            await _send(row, site)
        except RefusedForGoodError as error:
            await _give_up(row, error, now=site.now())
        except NotSentError as error:
            await _try_later(row, error, now=site.now())
            if isinstance(error, UnreachableError):
                return False
        else:
            await _sent(row, now=site.now())
    return True


async def forget_old(*, now: datetime) -> None:
    """Drop what was sent or given up a month ago."""
    await fetch("DELETE FROM outgoing_mail WHERE sent < ? OR given_up < ? RETURNING id", now - KEPT, now - KEPT)


async def _claim(now: datetime) -> dict[str, Any] | None:
    """The next letter that is due, which is ours for LEASE: if we die, another tries it after that."""
    passing_by = "FOR UPDATE SKIP LOCKED" if dialect(connection()) == "postgres" else ""
    rows = await fetch(
        "UPDATE outgoing_mail SET tries = tries + 1, next_try = ?, error = '' WHERE id = (SELECT id FROM outgoing_mail"
        f" WHERE sent IS NULL AND given_up IS NULL AND next_try <= ? ORDER BY next_try, id LIMIT 1 {passing_by})"
        " RETURNING id, recipient, subject, text, created, expires, tries",
        now + LEASE,
        now,
    )
    return rows[0] if rows else None


async def _send(row: dict[str, Any], site: Site) -> None:
    """Hand a letter over, or print it where no mail server is set."""
    try:
        letter = compose(row, site)
    except ValueError as error:
        raise RefusedForGoodError("the address cannot be written") from error
    if not site.settings.smtp_url:
        print(_on_paper(row), flush=True)
        return
    office = SmtpServer.from_url(site.settings.smtp_url)
    delivery = Delivery()
    handing = asyncio.to_thread(
        delivery.hand_over, letter, office, sender=site.settings.mail_from, recipient=row["recipient"]
    )
    try:
        await asyncio.wait_for(handing, DEADLINE)
    except TimeoutError as error:
        raise UnreachableError("no end in sight") from error
    finally:
        delivery.cut()


def _on_paper(row: dict[str, Any]) -> str:
    edge = "-" * 72
    return f"{edge}\nTo: {row['recipient']}\nSubject: {row['subject']}\n\n{row['text']}\n{edge}"


async def _sent(row: dict[str, Any], *, now: datetime) -> None:
    await fetch("UPDATE outgoing_mail SET sent = ?, text = '', error = '' WHERE id = ? RETURNING id", now, row["id"])
    if row["tries"] > 1:
        # What held this one up is over: the others that it held up need not wait their turn.
        await fetch(
            "UPDATE outgoing_mail SET next_try = ? WHERE sent IS NULL AND given_up IS NULL AND error <> ''"
            " AND next_try > ? RETURNING id",
            now,
            now,
        )


async def _give_up(row: dict[str, Any], error: NotSentError, *, now: datetime) -> None:
    logger.warning("letter %s was given up: %s", row["id"], error)
    await fetch(
        "UPDATE outgoing_mail SET given_up = ?, text = '', error = ? WHERE id = ? RETURNING id",
        now,
        str(error)[:LONGEST_ERROR],
        row["id"],
    )


async def _try_later(row: dict[str, Any], error: NotSentError, *, now: datetime) -> None:
    if now - as_utc(row["created"]) >= PATIENCE:
        await _give_up(row, error, now=now)
        return
    logger.warning("letter %s has to wait: %s", row["id"], error)
    # Whether the mail server is back is worth asking often; whether it likes this letter now is not.
    wait = RETRIES[0] if isinstance(error, UnreachableError) else _wait(row["tries"])
    await fetch(
        "UPDATE outgoing_mail SET next_try = ?, error = ? WHERE id = ? RETURNING id",
        now + wait,
        str(error)[:LONGEST_ERROR],
        row["id"],
    )


def _wait(tries: int) -> timedelta:
    """How long to wait after this many failures."""
    return RETRIES[tries - 1] if tries <= len(RETRIES) else timedelta(hours=1)
