"""Background jobs, done later or repeatedly: rows in the database, each claimed by one running process at a time."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from web.database.connection import as_json, as_utc, connection, dialect, fetch
from web.mail.outbox import deliver_forever
from web.site import Site

LEASE: Final = timedelta(minutes=10)
"""How long a piece of work belongs to a process; another takes it over from one that died."""
MOST_TRIES: Final = 10
POLL: Final = 5.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work. It may be done twice, after a crash: `run` has to bear that.

    With `every` it is done by itself, in one process at a time.
    """

    kind: str
    run: Callable[[Site, Mapping[str, Any], datetime], Awaitable[None]]
    every: timedelta | None = None


async def enqueue(kind: str, key: str, *, run_at: datetime, payload: Mapping[str, Any] | None = None) -> None:
    """Have work done at or after `run_at`, in the caller's transaction; nothing where `key` was used before."""
    await fetch(
        "INSERT INTO job (kind, key, payload, run_at, tries, error) VALUES (?, ?, ?, ?, 0, '')"
        " ON CONFLICT (key) DO NOTHING RETURNING id",
        kind,
        key,
        json.dumps(dict(payload or {})),
        run_at,
    )


@asynccontextmanager
async def in_background(site: Site, works: Sequence[Work]) -> AsyncIterator[None]:
    """The outbox and all work looked after until the block ends."""
    tasks = [asyncio.create_task(deliver_forever(site)), asyncio.create_task(work_forever(site, works))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def look_after(site: Site, works: Sequence[Work]) -> int:
    """What `python main.py jobs` does until it is stopped."""
    async with in_background(site, works):
        await asyncio.get_running_loop().create_future()
    return 0


async def work_forever(site: Site, works: Sequence[Work]) -> None:
    """Do what is due until cancelled; a lost database does not end it."""
    while True:
        try:
            await do_due(site, works)
        except Exception:
            logger.exception("work could not be looked after")
        await asyncio.sleep(POLL)


async def do_due(site: Site, works: Sequence[Work]) -> None:
    """Do everything whose time has come, one after the other."""
    known = {work.kind: work for work in works}
    for work in works:
        if work.every is not None:
            await enqueue(work.kind, f"every {work.kind}", run_at=site.now())
    while row := await _claim(known, site.now()):
        await _do(row, known[row["kind"]], site)


async def forget_done(*, now: datetime) -> None:
    """Drop work that was finished a month ago."""
    await fetch("DELETE FROM job WHERE done < ? RETURNING id", now - timedelta(days=30))


async def _claim(kinds: Mapping[str, Work], now: datetime) -> dict[str, Any] | None:
    if not kinds:
        return None
    passing_by = "FOR UPDATE SKIP LOCKED" if dialect(connection()) == "postgres" else ""
    rows = await fetch(
        "UPDATE job SET locked_until = ?, tries = tries + 1 WHERE id = (SELECT id FROM job WHERE done IS NULL"
        " AND run_at <= ? AND (locked_until IS NULL OR locked_until < ?)"
        f" AND kind IN ({', '.join('?' * len(kinds))}) ORDER BY run_at, id LIMIT 1 {passing_by})"
        " RETURNING id, kind, payload, tries, locked_until",
        now + LEASE,
        now,
        now,
        *kinds,
    )
    return rows[0] if rows else None


async def _do(row: Mapping[str, Any], work: Work, site: Site) -> None:
    try:
        await work.run(site, as_json(row["payload"]), site.now())
    except Exception as error:
        logger.exception("%s failed", work.kind)
        final = work.every is None and row["tries"] >= MOST_TRIES
        wait = work.every or timedelta(minutes=min(2 ** row["tries"], 60))
        await _finish(row, site.now(), again=None if final else wait, error=type(error).__name__)
    else:
        await _finish(row, site.now(), again=work.every, error="")


async def _finish(row: Mapping[str, Any], now: datetime, *, again: timedelta | None, error: str) -> None:
    """Note the end, unless another process has taken the work over meanwhile."""
    await fetch(
        "UPDATE job SET locked_until = NULL, run_at = ?, done = ?, tries = CASE WHEN ? = '' THEN 0 ELSE tries END,"
        " error = ? WHERE id = ? AND locked_until = ? RETURNING id",
        now + again if again else now,
        None if again else now,
        error,
        error[:200],
        row["id"],
        as_utc(row["locked_until"]),
    )
