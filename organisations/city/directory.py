"""Every organisation as the city's staff see it: found by name and state, with its people and its history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tortoise.transactions import in_transaction

from organisations import city_letters
from organisations.city.responses import PER_PAGE
from organisations.models import Membership, Organisation
from organisations.people import language_for
from organisations.profiles import record
from organisations.slugs import RESIDENTS
from organisations.visitors import CITY, EDITOR, OWNER, ActingMembership, Visitor
from web.database.connection import as_utc, fetch
from web.mail.outbox import queue
from web.site import Site

STATES: Final[Mapping[str, str]] = {
    "pending": "g.state = 'pending' AND g.state_reason = ''",
    "returned": "g.state = 'pending' AND g.state_reason <> ''",
    "approved": "g.state = 'approved'",
    "suspended": "g.state = 'suspended'",
}


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation in the list. `state` is one of STATES."""

    slug: str
    name: str
    kind: str
    state: str
    review_first: bool
    people: int
    owners: int


async def count(words: str, state: str) -> int:
    """How many organisations there are of this name and state."""
    where, values = _condition(words, state)
    rows = await fetch(f"SELECT COUNT(*) AS number FROM organisation g WHERE {where}", *values)
    return int(rows[0]["number"])


async def found(words: str, state: str, *, offset: int) -> list[Known]:
    """One page of them, by name. One statement."""
    where, values = _condition(words, state)
    rows = await fetch(
        "SELECT g.slug, g.name, g.kind, g.state, g.state_reason, g.review_first,"
        " (SELECT COUNT(*) FROM membership m WHERE m.organisation_id = g.id) AS people,"
        " (SELECT COUNT(*) FROM membership m WHERE m.organisation_id = g.id AND m.role = 'owner') AS owners"
        f" FROM organisation g WHERE {where} ORDER BY LOWER(g.name), g.slug LIMIT ? OFFSET ?",
        *values,
        PER_PAGE,
        offset,
    )
    return [
        Known(
            row["slug"],
            row["name"],
            row["kind"],
            state_of(row["state"], row["state_reason"]),
            bool(row["review_first"]),
            row["people"],
            row["owners"],
        )
        for row in rows
    ]


def state_of(state: str, reason: str) -> str:
    """One of STATES."""
    return "returned" if state == "pending" and reason else state


async def approved() -> list[tuple[str, str]]:
    """(slug, name) of everybody that may publish, by name: to choose from."""
    rows = await fetch("SELECT slug, name FROM organisation WHERE state = 'approved' AND slug <> ?", RESIDENTS)
    return sorted(((row["slug"], row["name"]) for row in rows), key=lambda each: (each[1].casefold(), each[0]))


async def more_of(slug: str) -> dict[str, Any]:
    """(state_changed, review_first) of an organisation that exists."""
    (row,) = await fetch("SELECT state_changed, review_first FROM organisation WHERE slug = ?", slug)
    changed = row["state_changed"]
    return {"review_first": bool(row["review_first"]), "state_changed": as_utc(changed) if changed else None}


async def appoint(slug: str, email: str, by: Visitor, *, site: Site, now: datetime) -> bool:
    """Make a person with an account the only owner; who owned it before goes on as an editor. All of them are told.

    False where nobody has that address. Both sides stand in the history.
    """
    async with in_transaction():
        organisation = await Organisation.select_for_update().get(slug=slug)
        people = await fetch("SELECT id, email, name, language FROM person WHERE email = ?", email)
        if not people:
            return False
        person = people[0]
        before = await fetch(
            "SELECT p.id, p.email, p.language FROM membership m JOIN person p ON p.id = m.person_id"
            " WHERE m.organisation_id = ? AND m.role = ? AND p.id <> ? ORDER BY p.id",
            organisation.id,
            OWNER,
            person["id"],
        )
        membership, made = await Membership.get_or_create(
            person_id=person["id"], organisation=organisation, defaults={"role": OWNER, "created": now}
        )
        if not made:
            membership.role = OWNER
            await membership.save(update_fields=["role"])
        await Membership.filter(organisation=organisation, role=OWNER).exclude(id=membership.id).update(role=EDITOR)
        for reader in (person, *before):
            await _tell(reader, organisation, person["name"] or person["email"], site=site, now=now)
        detail = {"person": person["id"], "before_people": [row["id"] for row in before]}
        await record(ActingMembership(organisation.id, slug, CITY), by, "owner_appointed", now=now, detail=detail)
    return True


async def _tell(
    reader: Mapping[str, Any], organisation: Organisation, person: str, *, site: Site, now: datetime
) -> None:
    language = language_for(site, reader["language"])
    link = f"{site.settings.base_url}/{language.code}/desk/organisations/{organisation.slug}/members"
    letter = city_letters.owner_appointed(organisation.name, person, link, settings=site.settings, language=language)
    await queue(reader["email"], letter, now=now)


def _condition(words: str, state: str) -> tuple[str, tuple[Any, ...]]:
    parts, values = ["g.slug <> ?", STATES.get(state, "1 = 1")], [RESIDENTS]
    for word in words.lower().split():
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append("(LOWER(g.name) LIKE ? ESCAPE '\\' OR g.slug LIKE ? ESCAPE '\\')")
        values += [f"%{escaped}%"] * 2
    return " AND ".join(parts), tuple(values)
