"""The directory: a newcomer looks for those who speak her language, a clerk for somebody to phone."""

from typing import Any

import pytest

from organisations.models import Organisation, OrganisationText
from tests.database import count_queries
from tests.pages import Node, read, sent
from tests.people import Calendar, once, weekly
from web.database.revision import raise_revision


def describe(calendar: Calendar, organisation: Organisation, **texts: str) -> None:
    """What an association says of itself, by language."""

    async def save() -> Any:
        for language, description in texts.items():
            await OrganisationText.create(organisation=organisation, language=language, description=description)

    calendar.run(save)


def furnish(calendar: Calendar) -> None:
    """Three associations in two parts of town."""
    pulina = calendar.association("pulina", "Pulina ry", area="centre", languages=["fi", "ru"])
    describe(calendar, pulina, fi="Puhumme suomea kahvikupin ääressä.")
    calendar.association("naapurit", "Naapurit ry", area="kuusankoski", languages=["fi", "uk"])
    calendar.association("aani", "Äänipiiri", kind="group", area="centre", languages=["sv"])


def names(page: Node) -> list[str]:
    """The associations shown, in order."""
    return page.one("main").texts("h2")


def test_everybody_stands_there_by_name_with_what_a_newcomer_asks(calendar: Calendar) -> None:
    furnish(calendar)
    calendar.publish("Kahvila", schedule=weekly())
    calendar.publish("Ilta", schedule=once("2026-12-02 18:00"))
    calendar.publish("Eilen", schedule=once("2026-11-30 18:00"))

    page = read(calendar, "/en/organisations").one("main")

    assert names(read(calendar, "/en/organisations")) == ["Naapurit ry", "Pulina ry", "Äänipiiri"]
    entry = page.all("li", class_="organiser")[1]
    assert entry.links() == {"Pulina ry": "/en/organisations/pulina"}
    assert entry.texts("p") == [
        "Association · Kouvola city centre",
        "This text has not been translated. Original language: Finnish.",
        "Puhumme suomea kahvikupin ääressä.",
        "2 events are coming",
    ]
    assert entry.one(class_="typed").language == ("fi", "ltr")
    assert [(mark.text, mark.language) for mark in entry.one("ul", class_="speaks").all("span", lang="ru")] == [
        ("русский", ("ru", "ltr"))
    ]
    assert page.all("li", class_="organiser")[0].texts(class_="organiser-coming") == []


def test_what_is_cancelled_is_not_counted_as_coming(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Peruttu", event_status="cancelled")

    assert read(sqlite_calendar, "/fi/organisations").texts(class_="organiser-coming") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("language=ru", ["Pulina ry"]),
        ("language=ru,uk", ["Naapurit ry", "Pulina ry"]),
        ("language=ru&language=uk", ["Naapurit ry", "Pulina ry"]),
        ("area=centre", ["Pulina ry", "Äänipiiri"]),
        ("area=centre&language=sv", ["Äänipiiri"]),
        ("q=aanipiiri", ["Äänipiiri"]),
        ("q=ÄÄNI", ["Äänipiiri"]),
        ("q=kahvikupin+pulina", ["Pulina ry"]),
        ("q=kuusankoski", ["Naapurit ry"]),
        ("q=общественная", ["Naapurit ry", "Pulina ry"]),
        ("q=%25", []),
        ("language=xx", []),
        ("area=helsinki", []),
        ("start=nonsense&page=7&color=red", ["Naapurit ry", "Pulina ry", "Äänipiiri"]),
    ],
)
def test_it_is_filtered_by_words_languages_and_areas(
    sqlite_calendar: Calendar, query: str, expected: list[str]
) -> None:
    furnish(sqlite_calendar)

    assert names(read(sqlite_calendar, f"/fi/organisations?{query}")) == expected


def test_what_is_chosen_can_be_taken_back_one_by_one(sqlite_calendar: Calendar) -> None:
    furnish(sqlite_calendar)

    page = read(sqlite_calendar, "/en/organisations?q=ry&language=ru&area=centre")

    assert page.one("ul", class_="chips").links() == {
        "Remove “ry”": "/en/organisations?area=centre&language=ru",
        "Remove Russian": "/en/organisations?area=centre&q=ry",
        "Remove Kouvola city centre": "/en/organisations?language=ru&q=ry",
        "Clear filters": "/en/organisations",
    }
    assert page.one("nav", class_="languages").links()["svenska"] == ("/sv/organisations?area=centre&language=ru&q=ry")


def test_the_form_offers_what_is_spoken_and_keeps_what_was_chosen(sqlite_calendar: Calendar) -> None:
    furnish(sqlite_calendar)

    page = read(sqlite_calendar, "/en/organisations?q=ry&language=ru,uk")

    menu = page.one("select", name="language")
    assert menu.texts("option") == [
        "All languages",
        "Finnish",
        "Swedish",
        "Russian",
        "Ukrainian",
        "Russian and Ukrainian",
    ]
    assert [option["value"] for option in menu.all("option") if "selected" in option.attributes] == ["ru,uk"]
    assert sent(page.one("form")) == [("q", "ry")]


def test_a_sent_form_leads_to_the_address_worth_sharing(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get("/fi/organisations?q=&language=ru&area=")

    assert (answer.status_code, answer.headers["location"]) == (303, "/fi/organisations?language=ru")


def test_where_nothing_is_found_the_way_back_is_shown(sqlite_calendar: Calendar) -> None:
    furnish(sqlite_calendar)

    empty = read(sqlite_calendar, "/fi/organisations?q=zzz").one(class_="empty")

    assert (empty.texts("p")[0], empty.links()) == (
        "Mitään ei löytynyt",
        {"Näytä kaikki järjestäjät": "/fi/organisations"},
    )


def test_it_is_kept_under_one_address_however_it_was_asked(calendar: Calendar) -> None:
    furnish(calendar)
    read(calendar, "/fi/organisations?language=ru,uk")

    with count_queries() as seen:
        read(calendar, "/fi/organisations?language=uk&language=ru&color=red")

    assert len([statement for statement in seen if "organisation" in statement]) == 0


def test_a_new_association_stands_there_at_once(calendar: Calendar) -> None:
    furnish(calendar)
    read(calendar, "/fi/organisations")
    calendar.association("uusi", "Uusi seura")
    calendar.run(raise_revision, calendar.clock())

    assert "Uusi seura" in names(read(calendar, "/fi/organisations"))


def test_long_introductions_are_cut_in_the_directory_and_whole_on_their_page(sqlite_calendar: Calendar) -> None:
    story = "Sana " * 200
    describe(sqlite_calendar, sqlite_calendar.association("pulina"), fi=story)

    shown = read(sqlite_calendar, "/fi/organisations").one(class_="typed").text
    whole = read(sqlite_calendar, "/fi/organisations/pulina").one(class_="typed").text

    assert (len(shown) <= 240, shown[-1], whole) == (True, "…", story.strip())
