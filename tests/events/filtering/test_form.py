"""The panel beside the list: everything that the grammar can say can be chosen there, and nothing chosen is lost."""

import gzip
import re
from pathlib import Path

import pytest

from events.filtering.choices import FIRST_AUDIENCES
from events.filtering.filters import EventFilter
from events.filtering.form import CARRIED, filter_form
from events.filtering.parameters import PARAMETERS
from tests.pages import Node, days, read, scripts
from tests.people import Calendar, furnished_site, once

STATIC = Path(__file__).parents[3] / "static"


def panel(calendar: Calendar, query: str = "", language: str = "fi") -> Node:
    """The form beside the list."""
    return read(calendar, f"/{language}/events?{query}").one("form", id="filters")


def offered(form: Node, name: str) -> list[str]:
    """The values of a parameter that can be picked, in order."""
    return [field["value"] for field in form.all("input", name=name) if field.get("type") in ("checkbox", "radio")]


def opened(form: Node) -> list[str]:
    """The headings of the groups that are shown open, inner ones included."""
    groups = [group for group in form.all("details") if "open" in group.attributes]
    return [next(group.walk()).text for group in groups]


def test_every_parameter_has_its_field_or_comes_with_a_link(sqlite_calendar: Calendar) -> None:
    form = panel(sqlite_calendar)

    fields = {field["name"] for field in form.all("input") if field.get("type") != "hidden"}

    assert fields == PARAMETERS.keys() - set(CARRIED)


def test_what_most_people_look_for_comes_first(sqlite_calendar: Calendar) -> None:
    audiences = offered(panel(sqlite_calendar), "audience")

    assert audiences[:7] == ["children", "families", "youth", "adults", "older", "women", "men"]
    assert (len(audiences), len(set(audiences))) == (25, 25)
    field = next(field for field in panel(sqlite_calendar).all("fieldset") if offered(field, "audience"))
    assert offered(field.one("details"), "audience") == audiences[len(FIRST_AUDIENCES) :]


@pytest.mark.parametrize(
    ("query", "headings"),
    [
        ("", []),
        ("q=uinti&when=week&in_language=ru,zxx&free=1&registration=none&status=on", []),
        ("start=2026-12-24", ["Päivät ja kellonajat"]),
        ("weekday=6", ["Päivät ja kellonajat"]),
        ("starts_before=12:00", ["Päivät ja kellonajat"]),
        ("kind=hobby", ["Laji ja aihe"]),
        ("activity=swimming", ["Tekeminen", "Liikunta ja urheilu"]),
        ("activity=unheard-of", ["Tekeminen"]),
        ("audience=women", ["Kenelle"]),
        ("audience=newcomers", ["Kenelle", "Lisää valintoja"]),
        ("age=7", ["Kenelle"]),
        ("area=jaala", ["Missä"]),
        ("online=0", ["Missä"]),
        ("promise=helper", ["Lisää kielistä"]),
        ("translation=ar", ["Lisää kielistä"]),
        ("access=alone&category=food", ["Laji ja aihe", "Esteettömyys"]),
    ],
)
def test_a_group_is_open_where_something_in_it_is_chosen(
    sqlite_calendar: Calendar, query: str, headings: list[str]
) -> None:
    assert opened(panel(sqlite_calendar, query)) == headings


def test_what_came_with_a_link_stays_as_chip_and_hidden_field(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")
    place = sqlite_calendar.place("Uimahalli")

    page = read(sqlite_calendar, f"/fi/events?organisation=pulina&place={place}&activity=unheard-of&limit=5")

    form = page.one("form", id="filters")
    hidden = {field["name"]: field["value"] for field in form.all("input", type="hidden")}
    assert hidden == {"organisation": "pulina", "place": str(place), "limit": "5"}
    assert form.one("input", value="unheard-of").get("checked") == ""
    assert [chip.text for chip in page.all("a", class_="chip-remove")] == [
        "Poista unheard-of",
        "Poista Uimahalli",
        "Poista Pulina ry",
    ]


def test_counts_stand_beside_the_choices_they_speak_of() -> None:
    finnish = furnished_site().languages["fi"]
    counts = {"in_language": {"ru": 4}, "online": {"1": 2}}

    form = filter_form(EventFilter(), finnish, spoken=["ru", "ar"], counts=counts)

    shown = {(choice.name, choice.value): choice.count for field in form.near for choice in field.choices}
    assert [shown["in_language", code] for code in ("ru", "ar", "zxx")] == [4, 0, 0]
    assert (shown["free", "1"], shown["when", ""]) == (None, None)
    where = next(group for group in form.groups if group.title == "Missä")
    assert [choice.count for choice in where.fields[1].choices] == [None, 0, 2]
    assert form.counts_as_json == '{"in_language":{"ru":4},"online":{"1":2}}'


def test_a_count_is_said_in_words_and_can_be_found_by_the_script(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish(promises=(("ru", "main"),))

    russian = next(
        choice for choice in panel(sqlite_calendar).all("label", class_="choice") if "русский" in choice.text
    )

    assert russian.text == "русский venäjä Tapahtumia: 1"
    assert russian.one(data_count="in_language:ru").text == "1"


def test_where_nobody_speaks_her_language_she_is_shown_the_ways_on(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Jalkapallo", no_language=True, promises=(), schedule=once("2026-12-02 18:00"))
    page = read(sqlite_calendar, "/fi/events?in_language=so&when=week,weekend&age=9&limit=5")

    links = page.one(class_="empty").links()

    wider = links.pop("Näytä myös tapahtumat, joissa yhteistä kieltä ei tarvita")
    assert wider == "/fi/events?age=9&in_language=so,zxx&when=week,weekend"
    assert links == {
        "Kokeile ilman: Tällä viikolla · Viikonloppuna": "/fi/events?age=9&in_language=so",
        "Kokeile ilman: somali": "/fi/events?age=9&when=week,weekend",
        "Kokeile ilman: ikä 9": "/fi/events?in_language=so&when=week,weekend",
        "Kaikki tällä ja ensi viikolla": "/fi/events?when=next-week,week",
    }
    assert [titles for _, titles in days(read(sqlite_calendar, wider))] == [["Jalkapallo"]]


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("in_language=zxx", ["Kaikki tällä ja ensi viikolla"]),
        # «Practises Somali» is no wish that an event without a language could fulfil.
        ("in_language=so&promise=practise&when=today", ["Kokeile", "Kokeile", "Kokeile", "Kaikki"]),
        ("when=week,next-week", []),
        ("q=unheard", ["Kaikki"]),
    ],
)
def test_no_way_is_offered_that_leads_to_the_same(sqlite_calendar: Calendar, query: str, ways: list[str]) -> None:
    found = read(sqlite_calendar, f"/fi/events?{query}").one(class_="empty").links()

    assert [text.split()[0] for text in found] == [way.split()[0] for way in ways]


def test_the_empty_calendar_of_an_association_offers_nothing_of_the_list(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")

    assert read(sqlite_calendar, "/fi/organisations/pulina").one("main").all(class_="ways-out") == []


def test_the_page_says_in_its_own_language_what_the_script_may_have_to_say(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/uk/events")

    assert page.one("template", id="no-connection").texts("p")[0] == "Немає з’єднання. Спробуйте ще раз."
    assert page.one("template", id="no-answer").one("button").text == "Повторити"
    assert (page.one(id="trouble").text, page.one(id="trouble")["role"]) == ("", "alert")
    copying = page.one("template", id="copy-button").one("button")
    assert (copying.text, copying["data-copied"]) == ("Скопіювати", "Скопійовано")


def test_the_script_is_written_for_old_phones_and_a_strict_policy() -> None:
    script = (STATIC / "site.js").read_text("utf-8")
    modern = re.compile(
        r"\?\.|\?\?|\|\|=|&&=|\beval\b|new Function|innerHTML|\bstyle\b|\.at\(|replaceAll|\?\<|#\w+\s*[(=]"
    )

    assert modern.findall(re.sub(r"//.*", "", script)) == []


def test_the_home_page_is_light(sqlite_calendar: Calendar) -> None:
    for number in range(30):
        sqlite_calendar.publish(f"Kerho {number}", schedule=once(f"2026-12-0{number % 6 + 1} 18:00"))
    answer = sqlite_calendar.get("/fi/")
    page = read(sqlite_calendar, "/fi/")
    assets = [link["href"] for link in page.all("link", rel="stylesheet")] + [one["src"] for one in page.all("script")]

    bodies = [answer.content, *(sqlite_calendar.get(address).content for address in assets)]

    assert (scripts(page), len(bodies)) == (["site.js"], 3)
    assert sum(len(gzip.compress(body)) for body in bodies) <= 30_000
