"""Housekeeping: expired tokens and counts are deleted, idle accounts are ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from organisations import account_deletion, audit_log, messages, sessions, sign_in
from web import jobs, rate_limits
from web.jobs import Work
from web.mail import outbox as mail
from web.site import Site


async def tidy(_site: Site, _payload: Mapping[str, Any], now: datetime) -> None:
    """Delete what has expired: sessions, sign-in letters, counts, jobs done, old values in the audit log."""
    await sessions.forget_expired(now=now)
    await sign_in.forget_old(now=now)
    await messages.forget_answered(now=now)
    await audit_log.forget_words(now=now)
    await rate_limits.forget_expired(now=now)
    await mail.forget_old(now=now)
    await jobs.forget_done(now=now)


WORKS: Final = (
    Work("tidy", tidy, every=timedelta(hours=1)),
    Work("idle-accounts", account_deletion.look_after_idle, every=timedelta(days=1)),
)
