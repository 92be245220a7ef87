"""The city keeps places: found before one is made, corrected, checked, and made one where they are two."""

from __future__ import annotations

from typing import Any

import pytest

from events.storage.models import Place
from tests.desks import Browser
from tests.events.city.waiting import kaisa
from tests.pages import parse, read
from tests.people import Calendar

PLACES = "/fi/city/places"
TALO = {"name": "Kouvola-talo", "street_address": "Varuskuntakatu 11", "city": "Kouvola", "area": "centre"}


def stored(calendar: Calendar, place_id: int) -> Any:
    async def get() -> Place:
        return await Place.get(id=place_id)

    return calendar.run(get)


def found(clerk: Browser, words: str) -> list[str]:
    rows = clerk.read(f"{PLACES}?q={words}").all("li", class_="desk-row")
    return [row.one("a").text for row in rows]


def where(calendar: Calendar, event: str) -> str:
    return read(calendar, f"/fi/events/{event}").one("p", class_="event-where").text


def test_a_place_is_searched_for_before_it_is_made(calendar: Calendar) -> None:
    calendar.place("Pääkirjasto")
    clerk = kaisa(calendar)
    new = "Se ei ole näiden joukossa: luo uusi paikka"
    assert new not in clerk.read(PLACES).one("main").links()

    link = clerk.read(f"{PLACES}?q=Kouvola-talo").one("main").links()[new]
    page = clerk.follow(clerk.post(link, {**TALO, "latitude": "60,868", "longitude": "26.7", "verified": "1"}))

    assert page.one("p", class_="notice").text == "Tallennettu ja merkitty tänään tarkistetuksi."
    assert found(clerk, "varuskunta+talo") == ["Kouvola-talo"]
    place = stored(calendar, int(page.text.partition("Numero ")[2].split()[0]))
    assert (place.latitude, place.verified) == (60.868, calendar.clock())


def test_a_second_place_of_one_name_is_asked_about(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.place("Kouvola-talo")
    clerk = kaisa(sqlite_calendar)

    asked = clerk.post(f"{PLACES}/new", TALO)
    made = clerk.post(f"{PLACES}/new", {**TALO, "another": "1"})

    assert (asked.status_code, made.status_code) == (422, 303)
    assert "Tämänniminen paikka on jo." in asked.text
    assert found(clerk, "kouvola-talo") == ["Kouvola-talo"] * 2


def test_a_correction_reaches_every_event_there(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto")
    event = calendar.publish(place_id=library)
    assert "step_free" not in str(calendar.event(event).access)
    before = calendar.event(event)

    calendar.clock.move(minutes=1)
    kaisa(calendar).post(f"{PLACES}/{library}", {**TALO, "access.step_free": "yes", "verified": "1"})

    after = calendar.event(event)
    assert "Kouvola-talo" in where(calendar, event)
    assert calendar.get("/fi/events?access=step_free").text.count(event) > 0
    assert (after.modified > before.modified, after.sequence) == (True, before.sequence)
    assert stored(calendar, library).verified == calendar.clock()


def test_twins_become_one_and_can_be_parted_again(calendar: Calendar) -> None:
    library, twin = calendar.place("Pääkirjasto"), calendar.place("Kouvolan pääkirjasto")
    stays, moves = calendar.publish("Satutunti", place_id=library), calendar.publish("Lukupiiri", place_id=twin)
    clerk = kaisa(calendar)
    assert "Kouvolan pääkirjasto" in where(calendar, moves)

    calendar.clock.move(minutes=1)
    clerk.follow(clerk.post(f"{PLACES}/{twin}/merger", {"into": str(library)}))

    assert where(calendar, moves) == where(calendar, stays)
    assert read(calendar, f"/fi/events?place={twin}").texts("h4") == read(
        calendar, f"/fi/events?place={library}"
    ).texts("h4")
    assert sorted(read(calendar, f"/fi/events?place={twin}").texts("h4")) == ["Lukupiiri", "Satutunti"]

    calendar.clock.move(minutes=1)
    clerk.follow(clerk.post(f"{PLACES}/{twin}/separation"))

    assert "Kouvolan pääkirjasto" in where(calendar, moves)
    assert read(calendar, f"/fi/events?place={library}").texts("h4") == ["Satutunti"]


def test_a_place_cannot_be_merged_into_itself_or_into_nothing(sqlite_calendar: Calendar) -> None:
    library, twin = sqlite_calendar.place("Pääkirjasto"), sqlite_calendar.place("Kirjasto")
    clerk = kaisa(sqlite_calendar)
    clerk.post(f"{PLACES}/{twin}/merger", {"into": str(library)})

    answers = [
        clerk.post(f"{PLACES}/{library}/merger", {"into": into}) for into in (str(library), "999", "x", str(twin))
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert clerk.post(f"{PLACES}/{library}/separation").headers["location"].endswith("done=gone")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"latitude": "north"}, "latitude"),
        ({"latitude": "91", "longitude": "2"}, "latitude"),
        ({"latitude": "60"}, "latitude"),
        ({"latitude": "nan", "longitude": "26"}, "latitude"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(sqlite_calendar: Calendar, wrong: dict[str, str], field: str) -> None:
    answer = kaisa(sqlite_calendar).post(f"{PLACES}/new", {**TALO, **wrong})

    assert answer.status_code == 422
    assert [link["href"] for link in parse(answer.text).one("div", class_="error-summary").all("a")] == [f"#{field}"]
