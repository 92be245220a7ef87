"""The people of the demonstration, whom one can sign in as."""

from datetime import datetime
from typing import Final

from organisations.models import Membership, Organisation, Person
from organisations.visitors import EDITOR, OWNER
from web.database.connection import fetch

LANGUAGE: Final = "fi"
PEOPLE: Final = (
    ("toimittaja@pulina.example", "Tuija Toimittaja", "pulina", EDITOR),
    ("puheenjohtaja@pulina.example", "Pekka Puheenjohtaja", "pulina", OWNER),
    ("kaupunki@kouvola.example", "Kaisa Kaupunki", "", ""),
)
"""Address, name, organisation and role; without an organisation it is city staff."""
NAMED: Final = (
    ("toimittaja@pulina.example", "an association's editor"),
    ("kaupunki@kouvola.example", "city staff"),
)


async def load(*, now: datetime) -> None:
    """Make them, where their organisations are."""
    for email, name, slug, role in PEOPLE:
        person, _ = await Person.get_or_create(
            email=email,
            defaults={"name": name, "language": LANGUAGE, "is_city_staff": not slug, "created": now, "last_seen": now},
        )
        organisation = await Organisation.get_or_none(slug=slug) if slug else None
        if organisation is not None:
            await Membership.get_or_create(
                person=person, organisation=organisation, defaults={"role": role, "created": now}
            )


async def told() -> list[str]:
    """Whom one can sign in as, a line each; nothing where they are not there."""
    marks = ", ".join("?" * len(NAMED))
    rows = await fetch(f"SELECT email FROM person WHERE email IN ({marks})", *(email for email, _ in NAMED))
    present = {row["email"] for row in rows}
    return [f"sign in as {email} ({what})" for email, what in NAMED if email in present]
