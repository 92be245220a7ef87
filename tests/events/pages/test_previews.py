"""What a messenger shows of a page that somebody sends: its own words, in the page's language."""

from __future__ import annotations

import pytest

from events.domain.texts import Text
from tests.pages import Node, read
from tests.people import BASE_URL, Calendar, once, weekly


def preview(page: Node) -> dict[str, list[str]]:
    """Open Graph property -> its contents."""
    found: dict[str, list[str]] = {}
    for meta in page.one("head").all("meta"):
        if meta.get("property"):
            found.setdefault(meta["property"].removeprefix("og:"), []).append(meta["content"])
    return found


def test_an_event_is_shown_with_what_where_when_and_its_price(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        "Uintikerho",
        schedule=weekly(),
        category="sport",
        activities=("swimming",),
        price="free",
        place_id=sqlite_calendar.place("Uimahalli", "kuusankoski"),
    )

    page = read(sqlite_calendar, f"/sv/events/{event}-uintikerho?date=2026-12-08&fbclid=x")

    assert preview(page) == {
        "type": ["website"],
        "site_name": ["Yhdessä"],
        "title": ["Simning: Uintikerho"],
        "description": ["tis 8.12 kl. 17.30–19 · Uimahalli, i Kuusankoski · Gratis"],
        "url": [f"{BASE_URL}/sv/events/{event}?date=2026-12-08"],
        "locale": ["sv_FI"],
        "locale:alternate": ["fi_FI", "en_GB", "ru_RU", "uk_UA", "ar_AR"],
    }
    assert page.one("meta", name="description")["content"] == preview(page)["description"][0]


@pytest.mark.parametrize(
    ("path", "title", "locale"),
    [
        ("/fi/", "Viihdytään yhdessä", "fi_FI"),
        ("/ar/events?free=1", "مجانًا", "ar_AR"),
        ("/selko/organisations", "Järjestäjät", "fi_FI"),
        ("/en/organisations/pulina", "Pulina", "en_GB"),
    ],
)
def test_every_public_page_is_shown_in_its_own_language(
    sqlite_calendar: Calendar, path: str, title: str, locale: str
) -> None:
    sqlite_calendar.publish()

    shown = preview(read(sqlite_calendar, path))

    assert (shown["title"], shown["locale"], shown["url"]) == ([title], [locale], [BASE_URL + path])


def test_what_is_over_can_still_be_remembered_together_but_a_poster_is_not_sent(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Juhla", schedule=once("2026-11-20 18:00"))

    over, poster, nothing = (
        read(sqlite_calendar, f"/fi/events/{path}", status)
        for path, status in ((event, 200), (f"{event}/poster", 200), ("aaaaaaaaaa", 404))
    )

    assert (preview(over)["title"], preview(poster), preview(nothing)) == (["Juhla"], {}, {})


def test_hostile_words_stay_words_in_a_preview(sqlite_calendar: Calendar) -> None:
    hostile = '"><script>alert(1)</script>'
    event = sqlite_calendar.publish(texts={"fi": Text(hostile)})

    assert preview(read(sqlite_calendar, f"/fi/events/{event}"))["title"] == [hostile]
