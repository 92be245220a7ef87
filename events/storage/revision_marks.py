"""Revision marks: which revision an event last changed in, written last in every transaction of a visible change."""

from datetime import datetime
from typing import Final

from web.database.connection import fetch
from web.database.revision import raise_revision

UNTOLD: Final = 0
"""The revision of an event that was written in this transaction, until `touch` tells it."""


async def touch(now: datetime) -> int:
    """Raise the revision and note it on every event that this transaction has written; the revision.

    Call it last: others wait for the revision until the transaction ends. What is made of events asks for those
    that have changed after the revision it was made in, and for the untold.
    """
    revision = await raise_revision(now)
    await fetch("UPDATE event SET revision = ? WHERE revision = ?", revision, UNTOLD)
    return revision
