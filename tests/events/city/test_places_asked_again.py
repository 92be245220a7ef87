"""A question about a place read the wrong way round: its answers are taken away, and the city gives them again."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from tortoise.transactions import in_transaction

from events.editing import publishing as lifecycle
from events.storage.models import Event, EventTerm, Place
from main import database
from organisations.models import AuditEntry, Organisation
from tests.desks import Browser
from tests.events.city.waiting import kaisa
from tests.pages import Node, read
from tests.people import NOW, Calendar, draft
from web.database.connection import fetch, opened
from web.database.migrate import migrate
from web.database.revision import current_revision
from web.settings import Settings

NAME = "0007_assistant_entrance_asked_again"
PLACES = "/fi/city/places"
HEADING = "Näistä paikoista tarvitaan vastaus uudelleen"


class Apps:
    """The models as a migration asks for them."""

    def get_model(self, name: str) -> Any:
        return {"Place": Place, "Event": Event, "EventTerm": EventTerm, "AuditEntry": AuditEntry}[
            name.removeprefix("calendar.")
        ]


def ask_again(calendar: Calendar) -> None:
    """Do to a calendar what the migration does to one from before."""

    async def run() -> None:
        async with in_transaction():
            await import_module(f"migrations.{NAME}").forwards(Apps(), None)

    calendar.run(run)


def waiting(page: Node) -> list[str]:
    """The places that a page asks about again."""
    return [link.text for part in page.all("section", class_="asked-again") for link in part.all("a")]


def answer(clerk: Browser, place: int, said: str | None, **more: str) -> None:
    """Save a place's form with an answer about the assistant; None for one that was never sent."""
    sent = {"name": "Pääkirjasto", **more}
    clerk.follow(clerk.post(f"{PLACES}/{place}", sent if said is None else {**sent, "access.assistant_free": said}))


def first_page(clerk: Browser) -> list[str]:
    """What the city's front page and its page of places ask about again; both say the same."""
    queue, places = (waiting(clerk.read(path)) for path in ("/fi/city/", PLACES))
    assert queue == places
    return queue


@pytest.mark.anyio
async def test_what_was_answered_before_is_not_known_any_more(empty_database_url: str) -> None:
    config = database(Settings.from_environment({"DATABASE_URL": empty_database_url}))
    await migrate(config)
    async with opened(config):
        pulina = await Organisation.create(slug="pulina", name="Pulina", state="approved", created=NOW, modified=NOW)
        places = [
            await Place.create(name=name, access=access)
            for name, access in (
                ("yes", {"assistant_free": True, "loop": True}),
                ("no", {"assistant_free": False}),
                ("never asked", {"loop": False}),
            )
        ]
        drafts = [draft(place_id=place.id) for place in places]
        drafts.append(draft(place_id=places[0].id, access={"assistant_free": True}))
        for one in drafts:
            await lifecycle.publish(one, pulina, now=NOW, uid_domain="yhdessa.example")
        await fetch("DELETE FROM tortoise_migrations WHERE name = ?", NAME)
        revision, _ = await current_revision()
        before = await Event.all().order_by("id")

    assert await migrate(config) == [NAME]

    async with opened(config):
        after = await Event.all().order_by("id")
        assert [place.access for place in await Place.all().order_by("id")] == [{"loop": True}, {}, {"loop": False}]
        assert [event.access for event in after] == [
            {"loop": True},
            {},
            {"loop": False},
            {"assistant_free": True, "loop": True},
        ]
        terms = await EventTerm.filter(facet="access").order_by("event_id", "value").values_list("event_id", "value")
        assert terms == [
            (after[0].id, "loop"),
            (after[3].id, "assistant_free"),
            (after[3].id, "loop"),
        ]
        assert [new.modified > old.modified for old, new in zip(before, after, strict=True)] == [
            True,
            True,
            False,
            False,
        ]
        assert (await current_revision())[0] == revision + 1
        assert [event.revision == revision + 1 for event in after] == [True, True, False, False]
        assert [event.sequence for event in after] == [0, 0, 0, 0]
        assert await AuditEntry.all().order_by("id").values_list("role", "action", "target", "detail") == [
            ("job", "place_asked_again", str(places[0].id), {"access": {"assistant_free": True}}),
            ("job", "place_asked_again", str(places[1].id), {"access": {"assistant_free": False}}),
        ]


@pytest.mark.anyio
async def test_where_nothing_was_answered_nothing_changes(empty_database_url: str) -> None:
    config = database(Settings.from_environment({"DATABASE_URL": empty_database_url}))
    await migrate(config)
    async with opened(config):
        await Place.create(name="Pääkirjasto", access={"loop": True})
        await fetch("DELETE FROM tortoise_migrations WHERE name = ?", NAME)

    assert await migrate(config) == [NAME]

    async with opened(config):
        assert (await current_revision())[0] == 0
        assert await AuditEntry.all().count() == 0


@pytest.mark.parametrize("said", ["yes", "no", "unknown"])
def test_the_city_sees_which_places_to_answer_again_until_it_has(calendar: Calendar, said: str) -> None:
    library = calendar.place("Pääkirjasto", access={"assistant_free": True})
    calendar.place("Uimahalli", access={"assistant_free": False})
    calendar.place("Tori")
    clerk = kaisa(calendar)
    assert first_page(clerk) == []

    ask_again(calendar)
    asked = first_page(clerk)
    assert "Mikään ei odota" not in clerk.read("/fi/city/").text
    answer(clerk, library, said)

    assert (asked, first_page(clerk)) == (["Pääkirjasto", "Uimahalli"], ["Uimahalli"])


def test_the_list_leads_to_a_form_that_asks_before_it_takes_an_answer(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.place("Pääkirjasto", access={"assistant_free": True})
    ask_again(sqlite_calendar)
    clerk = kaisa(sqlite_calendar)
    section = clerk.read("/fi/city/").one("section", class_="asked-again")

    page = clerk.read(section.links()["Pääkirjasto"])

    options = page.one("select", id="access.assistant_free").all("option")
    assert section.one("h2").text == HEADING
    assert page.one("p", class_="notice").text.startswith("Vastaa alla uudelleen, pääseekö avustaja maksutta.")
    assert [(option.get("value"), option.text) for option in options] == [
        ("", "Vastaa uudelleen"),
        ("unknown", "Ei tietoa"),
        ("yes", "Avustaja maksutta"),
        ("no", "Myös avustaja maksaa"),
    ]


@pytest.mark.parametrize("said", [None, ""])
def test_a_place_saved_for_another_reason_still_waits(sqlite_calendar: Calendar, said: str | None) -> None:
    library = sqlite_calendar.place("Pääkirjasto", access={"assistant_free": True})
    ask_again(sqlite_calendar)
    clerk = kaisa(sqlite_calendar)

    answer(clerk, library, said, street_address="Salpausselänkatu 33", verified="1")

    assert first_page(clerk) == ["Pääkirjasto"]


def test_an_answer_given_again_reaches_readers(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto", access={"assistant_free": True})
    event = calendar.publish(place_id=library)
    ask_again(calendar)
    clerk = kaisa(calendar)
    assert "Avustaja maksutta" not in read(calendar, f"/fi/events/{event}").one("main").texts("li")

    answer(clerk, library, "yes")

    assert "Avustaja maksutta" in read(calendar, f"/fi/events/{event}").one("main").texts("li")
    assert calendar.get("/fi/events?access=assistant_free").text.count(event) > 0
    assert [entry.text for entry in clerk.read("/fi/city/audit").all("li") if "esteettömyy" in entry.text] != []


def test_a_merged_place_waits_only_once_it_stands_alone_again(sqlite_calendar: Calendar) -> None:
    library = sqlite_calendar.place("Pääkirjasto")
    twin = sqlite_calendar.place("Kirjasto", access={"assistant_free": True})
    ask_again(sqlite_calendar)
    clerk = kaisa(sqlite_calendar)

    clerk.post(f"{PLACES}/{twin}/merger", {"into": str(library)})
    merged = first_page(clerk)
    clerk.post(f"{PLACES}/{twin}/separation")

    assert (merged, first_page(clerk)) == ([], ["Kirjasto"])
