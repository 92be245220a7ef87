"""What is done by itself: old secrets and counts forgotten, idle accounts ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from organisations import audit, leaving, messages, sessions, sign_in
from web import jobs, limits, mail
from web.jobs import Work
from web.site import Site


async def tidy(_site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Forget whatever is over: sessions, letters, counts, work done, words of long ago."""
    await sessions.forget_expired(now=now)
    await sign_in.forget_old(now=now)
    await messages.forget_answered(now=now)
    await audit.forget_words(now=now)
    await limits.forget_expired(now=now)
    await mail.forget_old(now=now)
    await jobs.forget_done(now=now)


WORKS: Final = (
    Work("tidy", tidy, every=timedelta(hours=1)),
    Work("idle-accounts", leaving.look_after_idle, every=timedelta(days=1)),
)
