"""Sign-in by e-mail: a letter with a code and a link proves an address, each once and for a quarter of an hour.

A code counts only together with the handle that the asking browser holds; the link works in any browser. Both are
stored hashed, the code together with the handle, so that the database gives neither away.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Final
from urllib.parse import quote

from tortoise.transactions import in_transaction

from organisations import letters, people, sessions
from organisations.tokens import hashed, new_code, new_secret
from web.database.connection import as_utc, fetch
from web.i18n import Language
from web.mail.outbox import queue
from web.rate_limits import allowed
from web.site import Site

VALID: Final = timedelta(minutes=15)
MINUTES: Final = int(VALID.total_seconds() // 60)
TRIES: Final = 5
REMEMBERED: Final = timedelta(hours=24)
"""How long an old letter can be renewed without typing the address again."""
MOST_WRONG: Final = 20
"""Wrong codes for one address in an hour, over all letters; after that each letter allows a single try."""
SIGN_IN: Final = "sign-in"


class Outcome(StrEnum):
    """What came of typing a code."""

    RIGHT = "right"
    WRONG = "wrong"
    EXPIRED = "expired"
    """Too late, used already, or tried too often: a new letter helps."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The letter that a browser is waiting for."""

    email: str
    expired: bool


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has just signed in, and what her browser's cookie has to hold."""

    person_id: int
    secret: str


async def ask(email: str, *, next_address: str, site: Site, language: Language, now: datetime) -> str:
    """Send a letter to an address, known or not; the handle by which the asking browser is recognised."""
    handle, code, link = new_secret(), new_code(), new_secret()
    target = f"{site.settings.base_url}/{language.code}/sign-in/{link}"
    if next_address:
        target += f"?next={quote(next_address, safe='/')}"
    letter = letters.sign_in(code, target, minutes=MINUTES, settings=site.settings, language=language)
    async with in_transaction():
        await fetch(
            "INSERT INTO sign_in_challenge (email, handle_hash, code_hash, link_hash, purpose, tries, created, expires)"
            " VALUES (?, ?, ?, ?, ?, 0, ?, ?) RETURNING id",
            email,
            hashed(handle),
            hashed(handle, code),
            hashed(link),
            SIGN_IN,
            now,
            now + VALID,
        )
        await queue(email, letter, now=now, expires=now + VALID)
    return handle


async def asked(handle: str, *, now: datetime) -> Asked | None:
    """What a browser with this handle waits for; None where nothing is known of it."""
    rows = await fetch(
        "SELECT email, expires, used, tries FROM sign_in_challenge WHERE handle_hash = ? AND purpose = ?"
        " AND created > ?",
        hashed(handle),
        SIGN_IN,
        now - REMEMBERED,
    )
    if not rows:
        return None
    row = rows[0]
    over = row["used"] is not None or row["tries"] >= TRIES or as_utc(row["expires"]) <= now
    return Asked(row["email"], expired=over)


async def try_code(handle: str, code: str, *, now: datetime) -> tuple[Outcome, str]:
    """Count a try and say what came of it, with the address that a right code proves."""
    rows = await fetch(
        "UPDATE sign_in_challenge SET tries = tries + 1 WHERE handle_hash = ? AND purpose = ? AND used IS NULL"
        " AND expires > ? AND tries < ? RETURNING id, email, code_hash, tries",
        hashed(handle),
        SIGN_IN,
        now,
        TRIES,
    )
    if not rows:
        return Outcome.EXPIRED, ""
    row = rows[0]
    if row["tries"] > 1 and await _too_many_wrong(row["email"], now=now):
        return Outcome.EXPIRED, ""
    if not compare_digest(row["code_hash"], hashed(handle, code)):
        await _note_wrong(row["email"], now=now)
        return (Outcome.WRONG if row["tries"] < TRIES else Outcome.EXPIRED), ""
    return (Outcome.RIGHT, row["email"]) if await _use(row["id"], now) else (Outcome.EXPIRED, "")


async def link_email(link: str, *, now: datetime) -> str:
    """The address that a link would prove now; empty where it is over."""
    rows = await fetch(
        "SELECT email FROM sign_in_challenge WHERE link_hash = ? AND purpose = ? AND used IS NULL AND expires > ?",
        hashed(link),
        SIGN_IN,
        now,
    )
    return str(rows[0]["email"]) if rows else ""


async def use_link(link: str, *, now: datetime) -> str:
    """The address that a link proves, once; empty where it is over."""
    rows = await fetch(
        "UPDATE sign_in_challenge SET used = ? WHERE link_hash = ? AND purpose = ? AND used IS NULL AND expires > ?"
        " RETURNING email",
        now,
        hashed(link),
        SIGN_IN,
        now,
    )
    return str(rows[0]["email"]) if rows else ""


async def sign_in(
    email: str, *, shared: bool, browser: str, before: str, site: Site, language: Language, now: datetime
) -> SignedIn:
    """Sign a browser in with a proven address; every other letter to that address is void.

    `before` is what its cookie held: that session ends, so that nobody who planted it is signed in too.
    """
    async with in_transaction():
        person_id = await people.found_or_made(
            email, language=language.code, city_staff=site.settings.city_staff, now=now
        )
        if before:
            await sessions.end_by_secret(before)
        await fetch(
            "UPDATE sign_in_challenge SET used = ? WHERE email = ? AND purpose = ? AND used IS NULL RETURNING id",
            now,
            email,
            SIGN_IN,
        )
        secret = await sessions.open_session(person_id, shared=shared, browser=browser, now=now)
        await people.record_own(person_id, "signed_in", now=now)
    return SignedIn(person_id, secret)


async def forget_old(*, now: datetime) -> None:
    """Drop letters that can no longer be renewed."""
    await fetch("DELETE FROM sign_in_challenge WHERE created < ? RETURNING id", now - REMEMBERED)


async def _use(challenge_id: int, now: datetime) -> bool:
    return bool(
        await fetch(
            "UPDATE sign_in_challenge SET used = ? WHERE id = ? AND used IS NULL RETURNING id", now, challenge_id
        )
    )


async def _note_wrong(email: str, *, now: datetime) -> None:
    await allowed(f"wrong code {hashed(email)}", most=MOST_WRONG, within=timedelta(hours=1), now=now)


async def _too_many_wrong(email: str, *, now: datetime) -> bool:
    rows = await fetch(
        "SELECT number FROM rate_count WHERE key = ? AND expires > ?", f"wrong code {hashed(email)}", now
    )
    return bool(rows) and int(rows[0]["number"]) >= MOST_WRONG
