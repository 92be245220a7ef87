"""What waits for the city, put there with few words; and Kaisa, who works for it."""

from typing import Any

from events.editing import acceptance, proposals
from events.editing.changes import Actor
from events.editing.proposals import Stored
from organisations import people
from organisations.models import AuditEntry
from tests.desks import Browser, somebody
from tests.people import Calendar

FORM = {
    "title.fi": "Lettukestit",
    "category": "food",
    "date": "2026-12-08",
    "start": "17.30",
    "end": "19",
    "original_language": "fi",
    "online_url": "https://a.example/",
}
PROPOSED = {
    "title": "Puistojooga",
    "category": "sport",
    "date": "2026-12-12",
    "start": "18:00",
    "where": "Keskuspuisto",
    "spoken": "fi",
    "contact": "040 123 4567",
    "organiser": "Naapurit",
    "text": "Tule mukaan!",
    "reply_to": "ella@example.org",
}


def kaisa(calendar: Calendar) -> Browser:
    """Kaisa of the city, signed in."""
    return somebody(calendar, "kaisa@kouvola.example", city=True, name="Kaisa Kaupunki")


def submitted(
    calendar: Calendar,
    *,
    author: str = "aino@pulina.example",
    language: str = "ru",
    organisation: str = "pulina",
    **fields: str,
) -> Stored:
    """Aino, who writes Russian, has sent an event of an association that the city reads first."""
    known = calendar.association(organisation)

    async def send() -> Stored:
        now = calendar.clock()
        person = await people.found_or_made(author, language=language, city_staff=frozenset(), now=now)
        typed = {**FORM, **{name.replace("__", "."): text for name, text in fields.items()}}
        stored = await proposals.begin(organisation_id=known.id, author_id=person, fields=typed, now=now)
        outcome = await acceptance.submit(stored.key, by=Actor(person, "editor"), now=now, uid_domain="yhdessa.example")
        assert outcome.state == "submitted", outcome
        return stored

    stored: Stored = calendar.run(send)
    return stored


def edited(calendar: Calendar, public_id: str, *, author: str = "aino@pulina.example", **changed: str) -> Stored:
    """Aino has sent a change of a public event."""

    async def send() -> Stored:
        now = calendar.clock()
        person = await people.found_or_made(author, language="ru", city_staff=frozenset(), now=now)
        stored = await proposals.begin_edit(public_id, author_id=person, now=now)
        fields = {**stored.fields, **{name.replace("__", "."): text for name, text in changed.items()}}
        await proposals.save(stored.key, fields, stored.version, author_id=person, now=now)
        await acceptance.submit(stored.key, by=Actor(person, "editor"), now=now, uid_domain="yhdessa.example")
        return stored

    stored: Stored = calendar.run(send)
    return stored


def proposed(calendar: Calendar, **changes: str) -> Any:
    """A resident without an account proposes an event; the answer."""
    return Browser(calendar).post("/fi/propose", {**PROPOSED, **changes})


def audit_entries(calendar: Calendar) -> list[tuple[str, str, str]]:
    """What was written down: (role, action, target)."""

    async def find() -> list[AuditEntry]:
        return list(await AuditEntry.all().order_by("id"))

    return [(entry.role, entry.action, entry.target) for entry in calendar.run(find)]
