"""What every page says of itself: in which languages it is, where its calendar is, what htmx and caches may keep."""

from html import unescape

import pytest

from events.domain.texts import Text
from tests.pages import alternates, days, parse, read
from tests.people import BASE_URL, Calendar, once, weekly
from web.i18n import KNOWN

PATHS = (
    "",
    "events",
    "events?free=1&in_language=ru,uk&limit=5&page=2&series=expand",
    "organisations",
    "organisations/pulina",
    "organisations/pulina?limit=1&page=2",
    "events/{event}",
    "events/{event}?date=2026-12-08",
)
PARTIAL = {"HX_Request": "true", "HX_Request_Type": "partial"}
RESTORE = {"HX_History_Restore_Request": "true", "HX_Request_Type": "full"}


@pytest.fixture
def town(sqlite_calendar: Calendar) -> tuple[Calendar, str]:
    """A calendar with a few clubs, and the id of one of them."""
    club = sqlite_calendar.publish("Kerho", schedule=weekly(), promises=(("ru", "main"),), price="free")
    for number in range(6):
        sqlite_calendar.publish(f"Ilta {number}", promises=(("uk", "helper"),), price="free")
    return sqlite_calendar, club


@pytest.mark.parametrize("path", PATHS)
def test_a_page_links_to_itself_in_every_language_with_its_filter_kept(town: tuple[Calendar, str], path: str) -> None:
    calendar, event = town
    path = path.format(event=event)
    page = read(calendar, f"/sv/{path}")

    links = {
        link.text: (link["href"], link.language, link.get("hreflang")) for link in page.one(id="languages").all("a")
    }

    served = {code: KNOWN[code] for code in calendar.site.languages}
    assert links == {
        known.own_name: (f"/{code}/{path}", (known.tag, known.direction), "" if code == "selko" else known.tag)
        for code, known in served.items()
    }
    assert [link.text for link in page.one(id="languages").all("a", aria_current="true")] == ["svenska"]
    assert alternates(page) == {
        **{known.tag: f"{BASE_URL}/{code}/{path}" for code, known in served.items() if code != "selko"},
        "x-default": f"{BASE_URL}/en/{path}" if path else f"{BASE_URL}/",
    }
    assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/sv/{path}"
    assert page.one("html").language == ("sv", "ltr")


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("events?in_language=uk&in_language=RU&free=true&utm_source=x&page=1", "events?free=1&in_language=ru,uk"),
        ("events/{event}-mika-tahansa-nimi", "events/{event}"),
        ("events/{event}?date=2026-12-08&fbclid=x", "events/{event}?date=2026-12-08"),
        ("events/{event}?date=2026-12-09", "events/{event}"),
        ("events/{event}?date=%3Cscript%3E", "events/{event}"),
        ("?utm_source=x", ""),
    ],
)
def test_every_way_to_write_an_address_names_one_canonical(
    town: tuple[Calendar, str], path: str, canonical: str
) -> None:
    calendar, event = town

    page = read(calendar, f"/fi/{path.format(event=event)}")

    assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/fi/{canonical.format(event=event)}"


@pytest.mark.parametrize(
    ("path", "feed"),
    [
        ("/fi/", "/fi/events.ics"),
        ("/fi/events", "/fi/events.ics"),
        ("/sv/events?uk=1&in_language=uk&free=1&page=2&limit=3", "/sv/events.ics?free=1&in_language=uk"),
        ("/fi/organisations/pulina", "/fi/organisations/pulina.ics"),
        ("/fi/events/{event}?date=2026-12-08", "/fi/events/{event}.ics"),
    ],
)
def test_a_calendar_program_finds_the_feed_with_exactly_this_filter(
    town: tuple[Calendar, str], path: str, feed: str
) -> None:
    calendar, event = town
    page = read(calendar, path.format(event=event))

    link = page.one("head").one("link", type="text/calendar")

    assert link["href"] == BASE_URL + feed.format(event=event)
    assert calendar.feed(link["href"].removeprefix(BASE_URL)).walk("VEVENT") != []


@pytest.mark.parametrize("path", [path for path in PATHS if "{" not in path])
def test_the_answers_to_htmx_and_to_a_browser_are_never_mistaken_for_each_other(
    town: tuple[Calendar, str], path: str
) -> None:
    calendar, _ = town

    answers = [
        calendar.get(f"/fi/{path}", **headers)
        for headers in ({}, PARTIAL, RESTORE, {"HX_Request": "true"}, {"HX_Request_Type": "partial"})
    ]

    assert {answer.headers["vary"] for answer in answers} == {"HX-Request, HX-Request-Type, Accept-Encoding"}
    whole = [answer.text.startswith("<!DOCTYPE html>") for answer in answers]
    assert whole == [True, not path.startswith("events"), True, True, True]
    assert answers[0].text == answers[2].text == answers[3].text == answers[4].text


def test_a_changed_filter_brings_the_results_alone_and_what_hangs_on_them(town: tuple[Calendar, str]) -> None:
    calendar, _ = town
    query = "free=1&in_language=uk&when=&q=&start=banana"

    answer = calendar.get(f"/fi/events?{query}", **PARTIAL)
    fragment, page = parse(answer.text), read(calendar, f"/fi/events?{query}")

    assert days(fragment) == days(page) == [("torstai 3.12.", [f"Ilta {number}" for number in range(6)])]
    assert fragment.one("title").text == page.one("title").text == "ukraina · Maksuton – Yhdessä"
    assert [link["href"] for link in fragment.one(id="languages").all("a")] == [
        f"/{code}/events?free=1&in_language=uk" for code in calendar.site.languages
    ]
    assert (fragment.one(id="count").text, fragment.one(id="problems").text.count("banana")) == ("6 tapahtumaa", 1)
    assert {node["id"] for node in fragment.all(hx_swap_oob="true") + fragment.all(hx_swap_oob="innerHTML")} == {
        "count",
        "languages",
        "problems",
    }
    assert answer.headers["hx-push-url"] == "/fi/events?free=1&in_language=uk"


def test_an_unchanged_page_is_not_sent_twice(town: tuple[Calendar, str]) -> None:
    calendar, event = town
    first = calendar.get("/fi/events")

    again = calendar.get("/fi/events", If_None_Match=first.headers["etag"])
    fragment = calendar.get("/fi/events", If_None_Match=first.headers["etag"], **PARTIAL)
    calendar.withdraw(event)
    changed = calendar.get("/fi/events", If_None_Match=first.headers["etag"])

    assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", first.headers["vary"])
    assert (fragment.status_code, changed.status_code) == (200, 200)
    assert first.headers["cache-control"] == again.headers["cache-control"] == "public, max-age=0, must-revalidate"


def test_arabic_words_on_a_finnish_page_are_marked_and_led_by_finnish_ones(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        "",
        original_language="ar",
        texts={"ar": Text("سباحة للنساء", "كل يوم سبت", "**مرحبا**", place_note="الباب الخلفي")},
        category="sport",
        activities=("swimming",),
        promises=(("ar", "main"),),
    )

    card = read(sqlite_calendar, "/fi/events").one("article", class_="card")
    page = read(sqlite_calendar, f"/fi/events/{event}").one("main")

    assert card.one("h4").text == "Uinti سباحة للنساء"
    for words in ("سباحة للنساء", "العربية"):
        innermost = [node for node in card.walk() if node.text == words and not list(node.walk())]
        assert [node.language for node in innermost] == [("ar", "rtl")]
    assert (card.one(class_="lead").language, card.texts(class_="foreign")) == (
        ("fi", "ltr"),
        ["Alkuperäinen kieli: arabia"],
    )
    assert [(node.text, node.language) for node in page.one("h1").all("bdi") + page.all(class_="typed")] == [
        ("سباحة للنساء", ("ar", "rtl")),
        ("الباب الخلفي", ("ar", "rtl")),
        ("كل يوم سبت", ("ar", "rtl")),
        ("مرحبا", ("ar", "rtl")),
    ]
    assert page.one("p", class_="lead").text == "Uinti"
    assert page.texts(class_="foreign")[0] == "Alkuperäinen kieli: arabia"


def test_a_swede_reads_swedish_where_it_exists_and_marked_finnish_where_it_does_not(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        texts={"fi": Text("Kahvila", "Tule mukaan", "Juomme *kahvia*."), "sv": Text("Kafé", "Kom med")},
        schedule=once("2026-12-01 18:00"),
    )

    page = read(sqlite_calendar, f"/sv/events/{event}").one("main")

    assert (page.one("h1").text, page.one("h1").language) == ("Kafé", ("sv", "ltr"))
    assert [(node.text, node.language[0]) for node in page.all(class_="typed")] == [
        ("Kom med", "sv"),
        ("Juomme kahvia .", "fi"),
    ]
    assert page.texts(class_="foreign") == ["Texten har inte översatts. Originalspråk: finska."]
    assert page.all(class_="lead") == []
    assert [(node.text, node.language) for node in page.one(class_="original").all("bdi")] == [
        ("Kahvila", ("fi", "ltr"))
    ]


def test_titles_in_heads_are_escaped(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("</title><script>alert(1)</script>\"'")

    html = sqlite_calendar.get(f"/fi/events/{event}").text

    assert "<script>" not in html
    assert unescape(html.partition("<title>")[2].partition("</title>")[0]).startswith("</title><script>")
