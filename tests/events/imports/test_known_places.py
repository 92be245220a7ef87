"""A name that somebody types finds its place in the register, whoever types it and however it is written."""

from typing import Any

import pytest

from events.editing.input.facts import NewPlace
from events.editing.known_places import KnownPlace, known_place
from events.imports.entries import Imported, ImportedPlace
from events.imports.storing import take
from events.storage.models import Place
from tests.events.city.waiting import kaisa, proposed, submitted
from tests.pages import read
from tests.people import Calendar, draft

HALL = KnownPlace(7, "Kuusankoskitalo", "Kymenlaaksonkatu 1", "45700", "Kouvola", "kuusankoski")
BARE = KnownPlace(8, "Kylätalo")


@pytest.mark.parametrize(
    "typed",
    [
        NewPlace("Kuusankoskitalo"),
        NewPlace(" kuusankoski\u00adTALO "),
        NewPlace("Kuusankoskitalo", city="Kouvola"),
        NewPlace("Kuusankoskitalo", city="KUUSANKOSKI"),
        NewPlace("Kuusankoskitalo", area="kuusankoski"),
        NewPlace("Kuusankoskitalo", street_address="Kymenlaaksonkatu 1 B"),
        NewPlace("Kuusankoskitalo, Kouvola"),
        NewPlace("Kuusankoskitalo, Kymenlaaksonkatu 1, 45700 Kuusankoski"),
        NewPlace("Kuusankoskitalo,kymenlaaksonkatu 1"),
    ],
)
def test_a_place_is_found_with_or_without_its_town_and_street(typed: NewPlace) -> None:
    assert known_place(typed, [BARE, HALL]) == HALL


@pytest.mark.parametrize(
    "typed",
    [
        NewPlace("Kuusankoskitalo", city="Lahti"),
        NewPlace("Kuusankoskitalo", area="jaala"),
        NewPlace("Kuusankoskitalo, Lahti"),
        NewPlace("Kuusankoskitalo, Kymenlaaksonkatu 11"),
        NewPlace("Kuusankoskitalon kahvio"),
        NewPlace("Kuusankoski"),
    ],
)
def test_another_place_is_another_place(typed: NewPlace) -> None:
    assert known_place(typed, [BARE, HALL]) is None


@pytest.mark.parametrize(
    "typed", [NewPlace("KYLATALO", city="Lahti"), NewPlace("Kylätalo", area="jaala"), NewPlace("Kyla\u0308talo, Jaala")]
)
def test_what_the_register_does_not_know_contradicts_nothing(typed: NewPlace) -> None:
    assert known_place(typed, [HALL, BARE]) == BARE


def test_of_several_the_one_that_agrees_most_is_meant_then_the_oldest() -> None:
    twins = [KnownPlace(1, "Kirjasto"), KnownPlace(2, "Kirjasto", "Tie 1", city="Iitti"), KnownPlace(3, "Kirjasto")]

    assert [
        (known_place(typed, reversed(twins)) or BARE).id
        for typed in (NewPlace("Kirjasto"), NewPlace("Kirjasto", city="Iitti"), NewPlace("Kirjasto", "Tie 1"))
    ] == [1, 2, 2]


def test_a_merged_place_leads_to_the_one_that_took_its_place() -> None:
    chain = [KnownPlace(1, "Talo", replaced_by=2), KnownPlace(2, "Toinen talo", replaced_by=7), HALL]

    assert known_place(NewPlace("talo"), chain) == HALL


def places(calendar: Calendar) -> list[tuple[str, str]]:
    async def find() -> Any:
        return await Place.all().order_by("id").values_list("name", "area")

    return [(name, area) for name, area in calendar.run(find)]


@pytest.mark.parametrize("where", ["Kuusankoskitalo", "KUUSANKOSKITALO", "Kuusankoskitalo, Kouvola"])
def test_a_residents_proposal_is_held_at_the_known_place(calendar: Calendar, where: str) -> None:
    hall = calendar.place("Kuusankoskitalo", "kuusankoski", street_address="Kymenlaaksonkatu 1")
    proposed(calendar, where=where)
    clerk = kaisa(calendar)
    card = clerk.read("/fi/city/").one("li", class_="desk-card")
    assert "Rekisterissä tämä on: Kuusankoskitalo, Kymenlaaksonkatu 1, Kouvola" in card.text

    clerk.post(card.one("form", class_="city-adoption")["action"])

    assert places(calendar) == [("Kuusankoskitalo", "kuusankoski")]
    assert read(calendar, f"/fi/events?place={hall}").texts("h4") == ["Puistojooga"]
    assert read(calendar, "/fi/events?area=kuusankoski").texts("h4") == ["Puistojooga"]


def test_diacritics_and_case_are_the_same_on_both_databases(calendar: Calendar) -> None:
    calendar.place("Äänitalo", "centre")
    proposed(calendar, where="äänitalo")
    clerk = kaisa(calendar)

    clerk.post(clerk.read("/fi/city/").one("form", class_="city-adoption")["action"])

    assert places(calendar) == [("Äänitalo", "centre")]


def test_a_place_that_nobody_knows_is_said_to_become_a_new_one(calendar: Calendar) -> None:
    calendar.place("Kuusankoskitalo", "kuusankoski")
    proposed(calendar)
    clerk = kaisa(calendar)
    card = clerk.read("/fi/city/").one("li", class_="desk-card")
    assert "Rekisterissä ei ole tätä paikkaa: julkaiseminen tekee uuden." in card.text

    clerk.post(card.one("form", class_="city-adoption")["action"])

    assert places(calendar) == [("Kuusankoskitalo", "kuusankoski"), ("Keskuspuisto", "")]


def test_an_associations_form_finds_the_place_too(calendar: Calendar) -> None:
    calendar.place("Kuusankoskitalo", "kuusankoski")
    stored = submitted(calendar, online_url="", new_place_name="kuusankoskitalo")

    kaisa(calendar).post(f"/fi/city/proposals/{stored.key}/publication")

    assert places(calendar) == [("Kuusankoskitalo", "kuusankoski")]


def test_an_import_finds_the_place_as_people_do(calendar: Calendar) -> None:
    calendar.place("Kuusankoskitalo", "kuusankoski", street_address="Kymenlaaksonkatu 1")
    pulina = calendar.association()
    named = (
        ImportedPlace("KUUSANKOSKITALO", city="Kuusankoski"),
        ImportedPlace("Kuusankoskitalo, Kouvola"),
        ImportedPlace("Kuusankoskitalo", city="Lahti"),
        ImportedPlace("kuusankoskitalo", city="LAHTI"),
    )
    entries = [Imported(str(number), "Kerho", draft(), place) for number, place in enumerate(named)]

    calendar.run(take, entries, pulina, source="ics:pulina", now=calendar.clock(), uid_domain="yhdessa.example")

    assert places(calendar) == [("Kuusankoskitalo", "kuusankoski"), ("Kuusankoskitalo", "")]
