"""Who invites: the directory, and each association with its events and its own calendar."""

from typing import Any

import pytest

from organisations.models import OrganisationText
from tests.database import count_queries
from tests.pages import days, read, scripts
from tests.people import BASE_URL, Calendar, once, weekly

HOSTILE = "<script>alert('x')</script>\">&amp;'"


def describe(calendar: Calendar, slug: str, **texts: str) -> None:
    """What an association says of itself, by language."""

    async def save() -> Any:
        for language, description in texts.items():
            await OrganisationText.create(organisation=organisation, language=language, description=description)

    organisation = calendar.association(slug)
    calendar.run(save)


def test_an_association_introduces_itself_and_shows_its_own_events_only(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association(
        "pulina",
        "Pulina ry",
        area="centre",
        languages=["fi", "ru"],
        contact_email="pulina@pulina.example",
        contact_phone="+358 5 123",
        website="https://pulina.example/",
    )
    describe(sqlite_calendar, "pulina", fi="Puhumme suomea yhdessä.", sv="Vi talar finska tillsammans.")
    sqlite_calendar.publish("Kahvila", schedule=weekly())
    sqlite_calendar.publish("Ilta", schedule=once("2026-12-02 18:00"))
    sqlite_calendar.publish("Naapurien oma", organisation="naapurit")

    page = read(sqlite_calendar, "/sv/organisations/pulina").one("main")

    assert (page.one("h1").text, page.one(class_="typed").text) == ("Pulina ry", "Vi talar finska tillsammans.")
    assert page.one("header").texts("p")[0] == "Förening · Kouvola centrum"
    assert page.one("ul", class_="speaks").texts("li") == ["suomi (finska)", "русский (ryska)"]
    assert page.one("ul", class_="contact").links() == {
        "pulina@pulina.example": "mailto:pulina@pulina.example",
        "+358 5 123": "tel:+3585123",
        "https://pulina.example/": "https://pulina.example/",
    }
    assert page.links()["Se evenemangen i listan"] == "/sv/events?organisation=pulina"
    assert [title for _, titles in days(page) for title in titles] == ["Språkkafé Kahvila", "Språkkafé Ilta"]
    assert page.one("input", readonly="")["value"] == f"{BASE_URL}/sv/organisations/pulina.ics"


def test_its_own_words_stay_marked_where_they_are_not_the_readers(sqlite_calendar: Calendar) -> None:
    describe(sqlite_calendar, "pulina", fi="Puhumme suomea.")

    page = read(sqlite_calendar, "/en/organisations/pulina").one("main")

    assert (page.one(class_="typed").text, page.one(class_="typed").language) == ("Puhumme suomea.", ("fi", "ltr"))
    assert page.texts(class_="foreign") == ["This text has not been translated. Original language: Finnish."]


def test_an_association_with_nothing_coming_says_so(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Eilen", schedule=once("2026-11-30 12:00"))

    page = read(sqlite_calendar, "/fi/organisations/pulina")

    assert (days(page), page.texts(class_="empty")) == ([], ["Tällä hetkellä ei ole tulossa mitään."])


def test_its_events_can_be_leafed_through_both_ways(sqlite_calendar: Calendar) -> None:
    for day in (2, 3, 4):
        sqlite_calendar.publish(f"Ilta {day}", schedule=once(f"2026-12-0{day} 18:00"))

    second = read(sqlite_calendar, "/fi/organisations/pulina?limit=1&page=2")

    assert days(second) == [("torstai 3.12.", ["Ilta 3"])]
    assert second.one("a", rel="prev")["href"] == "/fi/organisations/pulina?limit=1"
    assert second.one("a", rel="next")["href"] == "/fi/organisations/pulina?limit=1&page=3"


@pytest.mark.parametrize(("state", "status"), [("pending", 404), ("suspended", 410)])
def test_the_public_meets_approved_associations_only(sqlite_calendar: Calendar, state: str, status: int) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")
    sqlite_calendar.association("muu", "Muu seura", state=state)
    shown = sqlite_calendar.publish("Näkyvä")
    hidden = sqlite_calendar.publish("Salainen", organisation="muu")

    assert read(sqlite_calendar, "/fi/organisations").texts("h2") == ["Pulina ry"]
    assert read(sqlite_calendar, "/fi/organisations/pulina").one("h1").text == "Pulina ry"
    assert "Muu seura" not in read(sqlite_calendar, "/fi/organisations/muu", status=status).text
    assert read(sqlite_calendar, f"/fi/events/{shown}").one("h1").text == "Näkyvä"
    assert "Salainen" not in read(sqlite_calendar, f"/fi/events/{hidden}", status=410).text


@pytest.mark.parametrize("slug", ["nobody", "PULINA", "%00", "pulina%20", "'--"])
def test_an_unknown_association_is_not_found_in_the_readers_language(calendar: Calendar, slug: str) -> None:
    calendar.association("pulina")

    page = read(calendar, f"/sv/organisations/{slug}", status=404)

    assert page.one("h1").text == "Den här sidan finns inte."


def test_names_and_addresses_of_associations_stay_text(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("paha", HOSTILE, website="javascript:alert(1)", contact_email=HOSTILE)
    describe(sqlite_calendar, "paha", fi=HOSTILE)

    for path in ("/fi/organisations/paha", "/fi/organisations", "/fi/"):
        page = read(sqlite_calendar, path)
        assert scripts(page) == ["site.js"]
        assert [href for href in page.links().values() if href.startswith("javascript")] == []
        assert HOSTILE in page.one("main").text


def test_an_association_asks_the_same_few_questions_however_busy_it_is(sqlite_calendar: Calendar) -> None:
    def asked(path: str) -> int:
        sqlite_calendar.forget_answers()
        with count_queries() as seen:
            read(sqlite_calendar, path)
        return len(seen)

    for number in range(3):
        sqlite_calendar.publish(f"Kerho {number}", schedule=weekly())
    few = asked("/fi/organisations/pulina"), asked("/fi/organisations")
    for number in range(27):
        sqlite_calendar.publish(f"Toinen {number}", schedule=weekly())
        sqlite_calendar.association(f"seura-{number}")

    assert (few, (asked("/fi/organisations/pulina"), asked("/fi/organisations"))) == ((5, 3), (5, 3))
