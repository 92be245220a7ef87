"""Every way to subscribe: what a resident's program is handed, for exactly the events she has before her."""

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import segno

from events.domain.dates import DateChange
from events.pages import smaller_feeds
from tests.database import count_queries
from tests.pages import Node, days, read, scripts
from tests.people import BASE_URL, Calendar, all_day, once, weekly
from web.qr_code import LONGEST_SCANNED

FEED = f"{BASE_URL}/fi/events.ics?free=1&in_language=ru,uk"
QUERY = "?in_language=uk,ru&free=1"


def asked(href: str) -> dict[str, str]:
    """The parameters of an address, decoded once as its reader decodes them."""
    return {key: values[0] for key, values in parse_qs(urlsplit(href).query).items()}


def button(page: Node, text: str) -> str:
    """Where the button with these words leads."""
    return next(node["href"] for node in page.all("a", class_="button") if node.text == text)


def google_copy_of(page: Node) -> dict[str, str]:
    """What Google is handed by an event's page; empty where it offers no such copy."""
    links = [href for href in page.links().values() if href.startswith("https://calendar.google.com/")]
    return asked(links[0]) if links else {}


def test_each_program_is_handed_the_feed_of_exactly_this_filter(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, f"/fi/subscribe{QUERY}")

    assert (page.one("h1").text, page.one(class_="subscribed").text) == (
        "Tilaa kalenteri",
        "venäjä · ukraina · Maksuton",
    )
    assert page.one("input")["value"] == FEED
    assert {node["href"] for node in page.all("a", class_="button") if node.text == "Avaa kalenteriohjelmassa"} == {
        FEED.replace("http:", "webcal:")
    }
    assert asked(button(page, "Lisää palveluun Google Calendar")) == {
        "cid": FEED.replace("http:", "webcal:") + "&cancelled=title"
    }
    for text, host in (
        ("Lisää palveluun Outlook.com", "outlook.live.com"),
        ("Outlook: työ- tai koulutili", "outlook.office.com"),
    ):
        href = button(page, text)
        assert (urlsplit(href).netloc, urlsplit(href).path) == (host, "/calendar/0/addfromweb")
        assert asked(href) == {"url": FEED, "name": "Yhdessä · venäjä · ukraina · Maksuton"}


@pytest.mark.parametrize("query", ["", QUERY, "?q=uinti+%26+sauna&when=week", "?organisation=pulina"])
def test_every_address_handed_over_is_a_calendar(sqlite_calendar: Calendar, query: str) -> None:
    sqlite_calendar.publish("Kahvila")
    page = read(sqlite_calendar, f"/fi/subscribe{query}")
    hrefs = [node["href"] for node in page.all("a", class_="button")]
    handed = {
        page.one("input")["value"],
        *(href.replace("webcal:", "http:") for href in hrefs if href.startswith("webcal:")),
        *(
            asked(href).get("cid", "").replace("webcal:", "http:") or asked(href)["url"]
            for href in hrefs
            if "?" in href and href.startswith("https:")
        ),
    }

    assert len(hrefs) == 5
    for address in handed:
        sqlite_calendar.feed(address.removeprefix(BASE_URL))


def test_googles_readers_see_the_cancellation_that_google_would_hide(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kahvila", event_status="cancelled")
    page = read(sqlite_calendar, "/fi/subscribe")

    address = asked(button(page, "Lisää palveluun Google Calendar"))["cid"]
    (event,) = sqlite_calendar.feed(address.removeprefix("webcal://127.0.0.1:8000")).walk("VEVENT")

    assert (str(event["SUMMARY"]), "STATUS" in event) == ("PERUTTU: Kahvila", False)


def test_a_calendar_says_nothing_private_in_its_name(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/subscribe?audience=women&q=vertaistuki&free=1")

    assert asked(button(page, "Lisää palveluun Outlook.com"))["name"] == "Yhdessä · Maksuton"


def test_an_association_is_subscribed_to_by_its_own_permanent_address(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")
    sqlite_calendar.publish("Kahvila")
    sqlite_calendar.publish("Naapurien oma", organisation="naapurit")
    own = read(sqlite_calendar, "/fi/organisations/pulina")

    page = read(sqlite_calendar, own.links()["Kaikki tavat tilata"])

    assert page.one(class_="subscribed").text == "Pulina ry"
    assert page.one("input")["value"] == own.one("input")["value"] == f"{BASE_URL}/fi/organisations/pulina.ics"
    assert asked(button(page, "Lisää palveluun Google Calendar"))["cid"].endswith("/pulina.ics?cancelled=title")
    assert days(page) == [("torstai 3.12.", ["Kahvila"])]
    assert page.links()["Katso nämä tapahtumat luettelona"] == "/fi/events?organisation=pulina"


def test_an_unknown_association_has_an_empty_calendar_and_no_broken_one(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("suljettu", "Salainen seura", state="suspended")

    for slug in ("suljettu", "nobody"):
        page = read(sqlite_calendar, f"/fi/subscribe?organisation={slug}")

        assert page.one(class_="subscribed").text == slug
        assert sqlite_calendar.feed(page.one("input")["value"].removeprefix(BASE_URL)).walk("VEVENT") == []


def test_the_way_from_the_list_and_back_keeps_the_filter(sqlite_calendar: Calendar) -> None:
    listed = read(sqlite_calendar, f"/fi/events{QUERY}&limit=2&page=1")

    page = read(sqlite_calendar, listed.links()["Kaikki tavat tilata"])

    assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/fi/subscribe?free=1&in_language=ru,uk"
    assert page.links()["Katso nämä tapahtumat luettelona"] == "/fi/events?free=1&in_language=ru,uk"
    assert page.links()["svenska"] == "/sv/subscribe?free=1&in_language=ru,uk"
    assert [link["href"] for link in page.all("link", type="text/calendar")] == [FEED]


@pytest.mark.parametrize(
    ("query", "said"),
    [("?when=week", True), ("?weekday=2", True), ("?status=on", True), ("?free=1", False), ("", False)],
)
def test_where_dates_are_chosen_it_says_that_whole_series_come(
    sqlite_calendar: Calendar, query: str, said: bool
) -> None:
    text = read(sqlite_calendar, f"/fi/subscribe{query}").one("main").text

    assert ("Sarjasta kalenteriisi tulevat kaikki kerrat" in text) is said


def test_it_tells_how_late_each_program_really_is(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/en/subscribe")

    assert {way.one("h3").text: way.one("p", class_="quiet").text for way in page.all("li", class_="way")} == {
        "iPhone · iPad · Mac": (
            "You choose how often it looks for changes. Once a week is preselected: choose more often."
        ),
        "Google Calendar · Android": "Looks for changes every 8 to 24 hours.",
        "Outlook": "Looks for changes about every 3 hours; a work or school account can take up to a day.",
        "Thunderbird · GNOME · Nextcloud · ICSx5": "Looks for changes every few hours, or as you set it.",
    }
    assert "A change made today may not reach your calendar today; the page is always right." in page.text


def test_on_a_telephone_the_page_is_sent_on_to_a_computer(sqlite_calendar: Calendar) -> None:
    href = read(sqlite_calendar, f"/fi/subscribe{QUERY}").links()["Lähetä sivun osoite itsellesi"]

    assert href.startswith("mailto:?")
    assert asked(href)["body"] == f"{BASE_URL}/fi/subscribe?free=1&in_language=ru,uk"


def test_the_next_five_dates_show_what_one_subscribes_to(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho", schedule=weekly(times=4))
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-03 17:30"))
    sqlite_calendar.publish("Retki", schedule=once("2026-12-31 10:00"))

    assert days(read(sqlite_calendar, "/fi/subscribe")) == [
        ("Tänään · tiistai 1.12.", ["Kerho"]),
        ("torstai 3.12.", ["Uinti"]),
        ("tiistai 8.12.", ["Kerho"]),
        ("tiistai 15.12.", ["Kerho"]),
        ("tiistai 22.12.", ["Kerho"]),
    ]


def test_an_empty_calendar_may_be_subscribed_to_and_says_that_nothing_is_coming(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/subscribe?category=nonsense")

    assert page.texts(class_="empty") == ["Tällä hetkellä ei ole tulossa mitään."]


def test_what_could_not_be_read_is_named_and_left_out(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/subscribe?start=banana&free=1&unknown=2")

    assert page.one(class_="notice").text == "”banana” ei ole päivämäärä. Kirjoita se näin: 2026-12-31."
    assert page.one("input")["value"] == f"{BASE_URL}/fi/events.ics?free=1"


def test_the_code_holds_the_pages_own_address(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, f"/fi/subscribe{QUERY}")
    picture = page.one("img")
    expected = segno.make_qr(f"{BASE_URL}/fi/subscribe?free=1&in_language=ru,uk", error="m")
    drawn = re.search(r'stroke="#000" d="([^"]+)"', expected.svg_inline(border=4))

    svg = unquote(picture["src"])

    assert picture["alt"] == "Neliökoodi, jossa on tämän sivun osoite"
    assert svg.startswith("data:image/svg+xml")
    assert drawn is not None and drawn[1] in svg
    assert "viewBox" in svg
    assert [word for word in ("style", "script", "class=") if word in svg] == []
    assert page.one(class_="on-paper").text == f"{BASE_URL}/fi/subscribe?free=1&in_language=ru,uk"


def test_an_address_too_long_for_a_camera_has_no_code(sqlite_calendar: Calendar) -> None:
    short = read(sqlite_calendar, f"/fi/subscribe?q={'a' * 90}")
    many = ",".join(f"sana{number}" for number in range(49))
    long = read(sqlite_calendar, f"/fi/subscribe?in_language={many}&category={many}")

    assert len(long.one("link", rel="canonical")["href"]) > LONGEST_SCANNED
    assert ([len(page.all("img")) for page in (short, long)], long.all(class_="sheet")) == ([1, 0], [])


def test_no_address_makes_the_page_fall_and_typed_words_stay_text(calendar: Calendar) -> None:
    queries = (
        "q=%3Cscript%3Ealert(1)%3C/script%3E%22%3E%26",
        "place=²,٣,99999999999,1&organisation=%00,'--",
        "in_language=" + ",".join(f"x{number}" for number in range(60)) + "&promise=" + ",".join("abcdefgh"),
        "%ED%A0%80=%ED%A0%80&q=%ED%A0%80%F0%9F%8F%8A",
    )

    for query in queries:
        page = read(calendar, f"/ar/subscribe?{query}")
        assert (scripts(page), len(page.all("li", class_="way"))) == (["site.js"], 4)


def test_it_is_kept_until_something_changes(sqlite_calendar: Calendar) -> None:
    def seen(query: str) -> tuple[int, list[tuple[str, list[str]]]]:
        with count_queries() as asked_for:
            page = read(sqlite_calendar, f"/fi/subscribe{query}")
        return len(asked_for), days(page)

    sqlite_calendar.publish("Kahvila", price="free")
    first, again = seen("?free=1&kind=event"), seen("?kind=event&free=1&page=3")
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-04 12:00"), price="free")
    sqlite_calendar.clock.move(seconds=2)

    assert (first[0] > 1, again) == (True, (again[0], first[1]))
    assert again[0] < first[0]
    assert seen("?free=1&kind=event")[1] == [*first[1], ("perjantai 4.12.", ["Uinti"])]


@pytest.mark.parametrize(
    ("changes", "dates"),
    [
        ({"schedule": once("2026-12-03 17:30", "2026-12-03 19:00")}, "20261203T153000Z/20261203T170000Z"),
        ({"schedule": once("2027-06-03 21:00", "2027-06-04 02:00")}, "20270603T180000Z/20270603T230000Z"),
        ({"schedule": all_day("2026-12-06")}, "20261206/20261207"),
        ({"schedule": all_day("2026-11-30", "2026-12-06")}, "20261130/20261207"),
    ],
)
def test_one_event_goes_into_google_as_a_copy(sqlite_calendar: Calendar, changes: dict[str, Any], dates: str) -> None:
    place = sqlite_calendar.place("Pääkirjasto", street_address="Salpausselänkatu 33")
    public_id = sqlite_calendar.publish("Kahvila & jutut", place_id=place, **changes)

    page = read(sqlite_calendar, f"/fi/events/{public_id}")

    assert google_copy_of(page) == {
        "action": "TEMPLATE",
        "text": "Kahvila & jutut",
        "dates": dates,
        "details": f"Tarkista ennen lähtöä: {BASE_URL}/fi/events/{public_id}",
        "location": "Pääkirjasto, Salpausselänkatu 33, Kouvola",
    }
    assert "Tämä on kopio kalenteriisi." in page.one("section", class_="subscribe").text


def test_google_is_handed_the_date_that_the_page_shows_and_only_while_it_takes_place(
    sqlite_calendar: Calendar,
) -> None:
    club = sqlite_calendar.publish(
        "Kerho", schedule=weekly("2026-11-24 17:30"), changed={"2026-12-01": DateChange("cancelled")}
    )

    def copied(path: str) -> tuple[str, str]:
        told = google_copy_of(read(sqlite_calendar, path))
        return told.get("dates", "")[:8], told.get("details", "")[-10:]

    assert copied(f"/fi/events/{club}") == ("20261208", "2026-12-08")
    assert copied(f"/fi/events/{club}?date=2026-12-15") == ("20261215", "2026-12-15")
    assert copied(f"/fi/events/{club}?date=2026-12-01") == ("", "")
    assert copied(f"/fi/events/{club}?date=2026-11-24") == ("", "")
    assert copied(f"/fi/events/{sqlite_calendar.publish('Ohi', schedule=once('2026-11-20 12:00'))}") == ("", "")
    assert copied(f"/fi/events/{sqlite_calendar.publish('Lykätty', event_status='postponed')}") == ("", "")


def test_a_calendar_too_large_for_some_programs_offers_smaller_ones(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    calendar.publish("Kielikahvila", promises=(("fi", "main"), ("ru", "helper")), place_id=calendar.place())
    calendar.publish("Uinti", promises=(("ar", "main"),))
    monkeypatch.setattr(smaller_feeds, "LARGEST_FEED", len(calendar.get("/en/events.ics").content))
    small = read(calendar, "/en/subscribe").all("a", class_="chip")
    monkeypatch.setattr(smaller_feeds, "LARGEST_FEED", 500)
    calendar.forget_answers()
    by_language = read(calendar, "/en/subscribe").all("a", class_="chip")
    calendar.get("/en/events.ics?in_language=fi")
    by_area = read(calendar, "/en/subscribe?in_language=fi").all("a", class_="chip")

    assert small == []
    assert [(link.text, link["href"], link["lang"], link["dir"]) for link in by_language] == [
        ("suomi", "/en/subscribe?in_language=fi", "fi", "ltr"),
        ("русский", "/en/subscribe?in_language=ru", "ru", "ltr"),
        ("العربية", "/en/subscribe?in_language=ar", "ar", "rtl"),
    ]
    assert [link["href"] for link in by_area] == ["/en/subscribe?area=centre&in_language=fi"]
