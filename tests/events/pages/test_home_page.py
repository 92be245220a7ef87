"""The front page: this week, the languages in which somebody is understood, what there is to do, who invites."""

import pytest

from tests.database import count_queries
from tests.pages import Node, days, parse, read
from tests.people import BASE_URL, Calendar, once, weekly


def section(page: Node, heading: str) -> Node:
    """The part of the page under a heading."""
    return page.one("section", aria_labelledby=heading)


def test_a_visitor_sees_this_week_first(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Ensi viikolla", schedule=once("2026-12-07 18:00"))
    sqlite_calendar.publish("Sunnuntaina", schedule=once("2026-12-06 18:00"))
    sqlite_calendar.publish("Kerho", schedule=weekly())

    page = read(sqlite_calendar, "/fi/")

    assert section(page, "coming-heading").one("h2").text == "Tällä viikolla"
    assert days(page) == [("Tänään · tiistai 1.12.", ["Kerho"]), ("sunnuntai 6.12.", ["Sunnuntaina"])]
    assert page.one("h1").text == "Viihdytään yhdessä"


def test_in_a_quiet_week_the_page_shows_what_comes_next(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Joulujuhla", schedule=once("2026-12-20 18:00"))

    page = read(sqlite_calendar, "/fi/")

    assert section(page, "coming-heading").one("h2").text == "Seuraavaksi"
    assert days(page) == [("sunnuntai 20.12.", ["Joulujuhla"])]


def test_an_empty_calendar_still_has_a_front_page(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/")

    assert (days(page), page.all(class_="tile")) == ([], [])
    assert page.one("p", class_="presets").links() == {
        "Tänään": "/fi/events?when=today",
        "Tällä viikolla": "/fi/events?when=week",
        "Viikonloppuna": "/fi/events?when=weekend",
    }


def test_everybody_finds_her_language_by_its_own_name_where_somebody_will_understand_her(
    sqlite_calendar: Calendar,
) -> None:
    sqlite_calendar.publish(promises=(("fi", "main"), ("ar", "helper"), ("sv", "practise")))
    sqlite_calendar.publish(promises=(("fa-AF", "interpreter"),))
    sqlite_calendar.publish("Jalkapallo", promises=(), no_language=True)
    sqlite_calendar.publish("Peruttu", promises=(("so", "main"),), event_status="cancelled")
    sqlite_calendar.publish("Mennyt", promises=(("th", "main"),), schedule=once("2026-11-01 12:00"))
    sqlite_calendar.withdraw(sqlite_calendar.publish("Poistettu", promises=(("vi", "main"),)))

    tiles = section(read(sqlite_calendar, "/fi/"), "languages-heading").all("a", class_="tile")

    assert {tile.text: tile["href"] for tile in tiles} == {
        "suomi": "/fi/events?in_language=fi",
        "العربية arabia": "/fi/events?in_language=ar",
        "دری dari": "/fi/events?in_language=fa-AF",
        "Yhteistä kieltä ei tarvita": "/fi/events?in_language=zxx",
    }
    assert [tile.one("bdi").language for tile in tiles[:3]] == [("fi", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl")]
    assert [days(read(sqlite_calendar, tile["href"])) == [] for tile in tiles] == [False] * 4


def test_only_themes_in_which_something_is_coming_are_offered(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish(category="sport")
    sqlite_calendar.publish(category="music", event_status="cancelled")
    sqlite_calendar.publish(category="food", schedule=once("2026-11-01 12:00"))

    assert section(read(sqlite_calendar, "/sv/"), "kinds-heading").links() == {
        "Motion och idrott": "/sv/events?category=sport"
    }


def test_approved_associations_are_named_and_others_are_not(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")
    sqlite_calendar.association("odottava", "Odottava ry", state="pending")
    sqlite_calendar.association("suljettu", "Suljettu ry", state="suspended")

    page = read(sqlite_calendar, "/fi/")

    assert section(page, "who-heading").links() == {"Pulina ry": "/fi/organisations/pulina"}
    assert [name in page.text for name in ("Odottava ry", "Suljettu ry")] == [False, False]


@pytest.mark.parametrize(("wish", "address"), [("sv-FI,fi;q=0.5", "/sv/"), ("en", "/en/"), ("xx,fi;q=0.1", "/fi/")])
def test_the_bare_address_leads_to_the_readers_language(sqlite_calendar: Calendar, wish: str, address: str) -> None:
    answer = sqlite_calendar.get("/", accept_language=wish)

    assert (answer.status_code, answer.headers["location"], answer.headers["vary"]) == (302, address, "Accept-Language")


@pytest.mark.parametrize("wish", ["", "th,vi;q=0.5", "*"])
def test_a_reader_of_none_of_our_languages_sees_their_own_names(sqlite_calendar: Calendar, wish: str) -> None:
    answer = sqlite_calendar.get("/", accept_language=wish)
    page = parse(answer.text)

    links = page.one(class_="language-names").all("a")
    served = sqlite_calendar.site.languages
    assert [(link.text, link["href"], link.language) for link in links] == [
        (language.own_name, f"/{code}/", (language.tag, language.direction)) for code, language in served.items()
    ]
    assert (answer.status_code, answer.headers["vary"]) == (200, "Accept-Language")
    assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/"


def test_the_front_page_asks_the_same_few_questions_however_much_there_is(sqlite_calendar: Calendar) -> None:
    def asked() -> int:
        sqlite_calendar.forget_answers()
        with count_queries() as seen:
            read(sqlite_calendar, "/fi/")
        return len(seen)

    for number in range(3):
        sqlite_calendar.publish(f"Kerho {number}", schedule=weekly())
    few = asked()
    for number in range(27):
        sqlite_calendar.publish(f"Toinen {number}", schedule=weekly(), organisation=f"seura-{number}")

    assert (few, asked()) == (5, 5)


def test_somebody_who_speaks_several_languages_ticks_them_and_nothing_is_ticked_for_her(
    sqlite_calendar: Calendar,
) -> None:
    sqlite_calendar.publish("Kielikahvila", promises=(("fi", "main"),))
    sqlite_calendar.publish("Muskari", promises=(("ru", "main"),))
    sqlite_calendar.publish("Pallo", promises=(), no_language=True)

    form = read(sqlite_calendar, "/fi/").one("form")
    boxes = form.all("input", name="in_language")
    listed = read(sqlite_calendar, f"{form['action']}?in_language=ru&in_language=zxx")

    assert [(box["value"], "checked" in box.attributes) for box in boxes] == [
        ("fi", False),
        ("ru", False),
        ("zxx", False),
    ]
    assert sorted(listed.texts("h4")) == ["Muskari", "Pallo"]
