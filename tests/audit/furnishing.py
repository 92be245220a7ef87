"""What the demonstration lacks for an audit: an event that says everything there is to say, in Finnish alone, and
events that are cancelled, over, and taken off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Note, Text
from events.domain.vocabulary import ACCESS, FIRST_TIME
from events.editing import publishing as lifecycle
from events.storage.models import Event, Place
from organisations.models import Organisation
from tests.browser import demonstration
from tests.people import NOW, at, draft, once, weekly

FINNISH = Text(
    "Neulekahvila ja pitkähköniminenkädentaitoyhdistystapaaminen",
    "Neulomme, virkkaamme ja juttelemme. Langat ja puikot löytyvät talosta.",
    "## Mitä teemme\n\nTule **mukaan**, vaikka et osaisi vielä mitään.\n\n- neulomista\n- virkkausta\n\nTervetuloa!",
    "Ovi on sisäpihalla, soita kelloa.",
    "Lankamaksu vain ensimmäisellä kerralla.",
    "Kerro viestissä, tarvitsetko puikot.",
    "Aino on ovella vastassa vartin ennen alkua.",
)
"""Everything that an association types, in one language."""

TOLD: dict[str, Any] = {
    "kind": "hobby",
    "category": "crafts",
    "activities": ("knitting", "crafts"),
    "audiences": ("families", "newcomers", "older"),
    "min_age": 7,
    "max_age": 99,
    "promises": (
        ("fi", "main"),
        ("fi-simple", "main"),
        ("sv", "helper"),
        ("en", "helper"),
        ("ru", "helper"),
        ("uk", "helper"),
        ("ar", "interpreter"),
        ("fi", "practise"),
    ),
    "price": "paid",
    "prices": (
        PriceRow(Decimal("4.50")),
        PriceRow(Decimal(2), "person", "child"),
        PriceRow(Decimal(3), "time", "student"),
        PriceRow(Decimal(20), "season", "pensioner"),
    ),
    "registration": Registration(
        "required",
        link="https://ilmo.example/neulekahvila",
        email="ilmo@pulina.example",
        phone="+358 5 123 456",
        languages=("fi", "ru", "ar"),
        closes=at("2026-12-08 12:00"),
        mid_season=True,
    ),
    "first_time": {fact: values[:1] for fact, values in FIRST_TIME.items()},
    "nearest_stop": "Kouvolan tori",
    "contact_email": "aino@pulina.example",
    "contact_phone": "+358 40 123 456",
    "link": "https://pulina.example/neulekahvila",
    "texts": {"fi": FINNISH},
}
"""Every fact that an event can have."""


@dataclass
class Furnished:
    """Where a site to audit is, and the addresses of its events: `everything`, `cancelled`, `over`, `gone`."""

    address: str = ""
    events: dict[str, str] = field(default_factory=dict)

    async def furnish(self) -> None:
        """Publish what the demonstration lacks."""
        place = await Place.get(name="Kouvolan pääkirjasto")
        answers = {name: index % 3 != 2 for index, name in enumerate(ACCESS) if index % 4 != 3}
        series = weekly("2026-12-02 17:30", times=12, skipped=("2026-12-23", "2026-12-30"))
        changed = {"2026-12-09": DateChange("cancelled", "illness"), "2026-12-16": DateChange(full=True)}
        note = Note("fi", "Ohjaaja on kipeä.", date(2026, 12, 9))
        await self._publish(
            "everything",
            **TOLD,
            schedule=series,
            changed=changed,
            notes=(note,),
            place_id=place.id,
            access=answers,
        )
        await self._publish("cancelled", schedule=once("2026-12-04 18:00"), event_status="cancelled")
        await self._publish("over", schedule=once("2026-11-20 18:00"))
        await self._publish("gone", schedule=once("2026-12-05 18:00"))
        gone = await Event.get(public_id=self.events["gone"])
        await lifecycle.withdraw(gone.id, by="city", now=NOW)

    async def _publish(self, name: str, **facts: Any) -> None:
        organisation = await Organisation.get(slug="pulina")
        self.events[name] = await lifecycle.publish(draft(**facts), organisation, now=NOW, uid_domain="yhdessa.example")


@contextmanager
def furnished(folder: Path) -> Iterator[Furnished]:
    """Such a site, served until the block ends."""
    site = Furnished()
    with demonstration(folder, site.furnish) as address:
        site.address = address
        yield site
