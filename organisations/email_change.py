"""A person's new address: proven by a letter to it, taken over by one button while she is signed in."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from tortoise.transactions import in_transaction

from organisations import letters, people
from organisations.sign_in import MINUTES, VALID
from organisations.tokens import hashed, new_secret
from web.database.connection import fetch
from web.i18n import Language
from web.mail.outbox import queue
from web.site import Site

PURPOSE: Final = "address"
WITHIN: Final = timedelta(hours=1)


class Taking(StrEnum):
    """What came of pressing the button."""

    TAKEN = "taken"
    OVER = "over"
    IN_USE = "in use"


async def ask(person_id: int, email: str, *, site: Site, language: Language, now: datetime) -> None:
    """Send a letter to a new address, whoever it belongs to."""
    secret = new_secret()
    link = f"{site.settings.base_url}/{language.code}/desk/account/address/{secret}"
    async with in_transaction():
        await fetch(
            "INSERT INTO sign_in_challenge (email, handle_hash, code_hash, link_hash, purpose, person_id, tries,"
            " created, expires) VALUES (?, ?, '', ?, ?, ?, 0, ?, ?) RETURNING id",
            email,
            hashed("no handle", secret),
            hashed(secret),
            PURPOSE,
            person_id,
            now,
            now + VALID,
        )
        letter = letters.address_change(link, minutes=MINUTES, settings=site.settings, language=language)
        await queue(email, letter, now=now, expires=now + VALID)


async def new_address(secret: str, person_id: int, *, now: datetime) -> str:
    """The address that a link of this person would bring; empty where it is over or somebody else's."""
    rows = await fetch(
        "SELECT email FROM sign_in_challenge WHERE link_hash = ? AND purpose = ? AND person_id = ? AND used IS NULL"
        " AND expires > ?",
        hashed(secret),
        PURPOSE,
        person_id,
        now,
    )
    return str(rows[0]["email"]) if rows else ""


async def take(secret: str, person_id: int, *, session_id: int, site: Site, now: datetime) -> Taking:
    """Make the proven address hers, once."""
    async with in_transaction():
        email = await new_address(secret, person_id, now=now)
        if not email:
            return Taking.OVER
        used = await fetch(
            "UPDATE sign_in_challenge SET used = ? WHERE link_hash = ? AND purpose = ? AND used IS NULL RETURNING id",
            now,
            hashed(secret),
            PURPOSE,
        )
        if not used:
            return Taking.OVER
        moved = await people.move(person_id, email, session_id=session_id, site=site, now=now)
        return Taking.TAKEN if moved else Taking.IN_USE
