"""What readers have told the city, in the database."""

from datetime import date, datetime, timedelta
from typing import Final

from organisations.feedback import Feedback
from organisations.models import Message

REMEMBERED: Final = timedelta(days=365)
"""How long a message is kept after it was answered; the privacy notice says so."""


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
