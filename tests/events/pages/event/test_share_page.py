"""Handing an event on to a friend who reads another language: her address, her code, her words."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from events.domain.dates import DateChange
from events.domain.texts import Text
from tests.pages import Node, read
from tests.people import BASE_URL, Calendar, weekly
from web.i18n import KNOWN


def sheet(calendar: Calendar, event: str, rest: str = "", language: str = "fi") -> Node:
    """The page to share an event from."""
    return read(calendar, f"/{language}/events/{event}/share{rest}").one("main")


def test_each_language_has_its_own_address_and_code_the_readers_first(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(texts={"fi": Text("Kahvila"), "ar": Text("مقهى")})

    page = sheet(sqlite_calendar, event, language="ar")
    codes = ["ar", *(code for code in sqlite_calendar.site.languages if code != "ar")]

    assert [(card.one("h2").text, card.one("h2").language) for card in page.all(class_="handout")] == [
        (KNOWN[code].own_name, (KNOWN[code].tag, KNOWN[code].direction)) for code in codes
    ]
    assert page.texts(class_="handout-address") == [f"{BASE_URL}/{code}/events/{event}" for code in codes]
    pictures = [image["src"] for image in page.all("img")]
    assert (len(set(pictures)), {picture.partition(",")[0] for picture in pictures}) == (
        len(codes),
        {"data:image/svg+xml;charset=utf-8"},
    )


def test_the_letter_to_a_friend_is_in_her_language(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(), changed={"2026-12-08": DateChange("cancelled")})

    page = sheet(sqlite_calendar, event, "?date=2026-12-08")
    letters = {link.language[0]: urlsplit(link["href"]) for link in page.one(class_="handouts").all("a")}
    russian = parse_qs(letters["ru"].query)

    assert {(letter.scheme, letter.path) for letter in letters.values()} == {("mailto", "")}
    assert russian["subject"] == ["Языковое кафе: Kielikahvila"]
    assert russian["body"][0].split("\r\n") == [
        "Отменено",
        "Языковое кафе: Kielikahvila",
        "вт, 8 дек., 17:30–19:00 · Место не указано",
        f"{BASE_URL}/ru/events/{event}?date=2026-12-08",
    ]


def test_the_way_back_and_the_other_languages_keep_the_date(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly())

    page = read(sqlite_calendar, f"/sv/events/{event}/share?date=2026-12-08")

    assert page.one(class_="share-head").all("a")[0]["href"] == f"/sv/events/{event}?date=2026-12-08"
    assert page.one(id="languages").all("a")[0]["href"] == f"/fi/events/{event}/share?date=2026-12-08"
    assert [meta["content"] for meta in page.all("meta", name="robots")] == ["noindex"]


def test_the_event_leads_to_sharing_and_to_its_poster(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly())

    links = read(sqlite_calendar, f"/en/events/{event}?date=2026-12-08").one(class_="event-do").links()

    assert links == {
        "Add to calendar": "#keep",
        "Share": f"/en/events/{event}/share?date=2026-12-08",
        "Poster to print": f"/en/events/{event}/poster?date=2026-12-08",
    }
