"""The desk's first page: my next dates, what waits, what is over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from events.editing import acceptance, proposals
from events.editing.changes import Actor
from tests.database import count_queries
from tests.desks import somebody
from tests.people import Calendar, once, weekly

FIELDS = {
    **{"original_language": "fi", "title.fi": "Kuoro", "category": "music", "repeats": "once", "online": "1"},
    **{"date": "2026-12-10", "start": "18:00", "end": "20:00", "online_url": "https://example.org/kuoro"},
}


def proposed(calendar: Calendar, slug: str = "pulina") -> str:
    """What somebody of an association has begun to write; its key."""

    async def begin() -> str:
        organisation = calendar_association.id
        stored = await proposals.begin(
            organisation_id=organisation, author_id=None, fields=FIELDS, now=calendar.clock()
        )
        return stored.key

    calendar_association: Any = calendar.association(slug)
    key: str = calendar.run(begin)
    return key


def days(page: Any) -> list[tuple[str, str]]:
    """(day, title) of each date on the page."""
    rows = page.one("ul", class_="desk-dates").all("li", class_="desk-date")
    return [(row.one("b").text, row.one("h3").text) for row in rows]


def test_my_next_dates_come_first_and_nobody_elses(calendar: Calendar) -> None:
    calendar.publish("Kuoro", schedule=once("2026-12-04 18:00"))
    calendar.publish(schedule=weekly("2026-12-01 17:30", times=2))
    calendar.publish("Uinti", organisation="naapurit", schedule=once("2026-12-02 10:00"))

    page = somebody(calendar, role="editor").read("/en/desk/")

    assert days(page) == [("1 Dec", "Kielikahvila"), ("4 Dec", "Kuoro"), ("8 Dec", "Kielikahvila")]
    assert page.links()["New event"] == "/en/desk/organisations/pulina/events/new"


def test_six_dates_a_page_and_what_is_over_one_link_away(calendar: Calendar) -> None:
    calendar.publish(schedule=weekly("2026-12-01 17:30", times=15))
    aino = somebody(calendar, role="editor")
    first = aino.read("/en/desk/")
    second = aino.read(first.links()["Next page"])
    assert (len(days(first)), len(days(second))) == (6, 6)
    assert second.links()["Previous page"] == "/en/desk/"

    calendar.clock.move(days=8)
    over = aino.read(first.links()["What is over"])

    assert [day for day, _ in days(over)] == ["8 Dec", "1 Dec"]
    assert over.one("ul", class_="desk-dates").all("a", class_="button") == []


def test_any_number_of_dates_costs_the_same(calendar: Calendar) -> None:
    aino = somebody(calendar, role="editor")
    calendar.publish(schedule=weekly(times=2))
    with count_queries() as few:
        aino.read("/en/desk/")
    calendar.publish("Kuoro", schedule=weekly("2026-12-02 18:00", times=12))
    calendar.publish("Uinti", schedule=weekly("2026-12-03 18:00", times=12))
    proposed(calendar)

    with count_queries() as many:
        aino.read("/en/desk/")

    assert len(few) == len(many)


def test_drafts_and_what_the_city_sent_back_are_there_with_its_reason(calendar: Calendar) -> None:
    calendar.association("pulina", review_first=True)
    aino = somebody(calendar, role="editor")
    key = proposed(calendar)
    assert aino.read("/en/desk/").one("li", class_="desk-draft").one("p", class_="status").text == "Draft"
    city = Actor(None, "city")
    sent: dict[str, Any] = {"by": city, "now": calendar.clock()}
    calendar.run(acceptance.submit, key, uid_domain="yhdessa.example", **sent)
    assert aino.read("/en/desk/").one("li", class_="desk-draft").one("p", class_="status").text == "Waits for the city"

    calendar.run(acceptance.send_back, key, "price", "Kerro myös hinta.", **sent)

    draft = aino.read("/en/desk/").one("li", class_="desk-draft")
    assert draft.one("a")["href"] == f"/en/desk/proposals/{key}"
    assert (draft.one("p", class_="status").text, "Kerro myös hinta." in draft.text) == (
        "Sent back: please change it",
        True,
    )


def test_somebody_of_no_association_sees_no_dates(calendar: Calendar) -> None:
    calendar.publish()

    page = somebody(calendar).read("/en/desk/")

    assert (page.all("ul", class_="desk-dates"), page.one("h1").text) == ([], "My desk")


def test_pages_far_away_and_nonsense_are_answered(sqlite_calendar: Calendar) -> None:
    aino = somebody(sqlite_calendar, role="editor")

    for query in ("page=99999999", "page=-1", "page=x", "dates=banana"):
        assert aino.get(f"/en/desk/?{query}").status_code == 200


def test_the_events_page_tells_which_languages_it_has_no_words_in(calendar: Calendar) -> None:
    event = calendar.publish(schedule=once())

    page = somebody(calendar, role="editor").read(f"/en/desk/events/{event}")

    assert "Swedish, English, Russian, Ukrainian, Arabic" in page.text
    assert page.links()["Poster"] == f"/en/events/{event}/poster"


def test_dates_that_are_over_are_shown_when_asked_for(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=3))
    aino = somebody(calendar, role="editor")
    calendar.clock.now = datetime.fromisoformat("2026-12-10T07:00:00+00:00")
    page = aino.read(f"/en/desk/events/{event}")
    assert [row.text for row in page.one("ul", class_="desk-dates").all("b")] == ["15 Dec"]

    everything = aino.read(page.links()["All dates, those that are over too"])

    assert [row.text for row in everything.one("ul", class_="desk-dates").all("b")] == ["1 Dec", "8 Dec", "15 Dec"]
