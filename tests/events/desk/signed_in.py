"""A real browser's organiser: an editor of the demonstration, who also owns an association that is new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from organisations import sessions
from organisations.models import Membership, Organisation, Person
from tests.browser import demonstration
from tests.people import NOW

EDITOR = "toimittaja@pulina.example"


@contextmanager
def desk(folder: Path) -> Iterator[tuple[str, str]]:
    """The demonstration, served until the block ends: (its base address, the cookie of its editor's session)."""
    secrets: list[str] = []

    async def sign_in() -> None:
        person = await Person.get(email=EDITOR)
        columns = {"state": "approved", "review_first": False, "contact_email": "info@uusi.example"}
        new = await Organisation.create(slug="uusi", name="Uusi yhdistys", created=NOW, modified=NOW, **columns)
        await Membership.create(person=person, organisation=new, role="owner", created=NOW)
        secrets.append(await sessions.open_session(person.id, shared=False, browser="Chromium, Linux", now=NOW))

    with demonstration(folder, sign_in) as address:
        yield address, secrets[0]
