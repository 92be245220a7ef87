"""What a resident has told of is public without an association, and says on every page who has told it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from events.editing import acceptance, proposals
from events.editing.changes import Actor
from events.storage.models import Event
from organisations.slugs import RESIDENTS
from tests.desks import Browser, letters
from tests.events.city.waiting import kaisa, proposed
from tests.pages import Node, read
from tests.people import Calendar

TOLD = "Told by a resident. Organiser: Naapurit"
ALONE = "Told by a resident."


def told(calendar: Calendar, **changes: str) -> str:
    """A resident has proposed an event and Kaisa has published it as it is; its public id."""
    proposed(calendar, **changes)
    clerk = kaisa(calendar)
    answer = clerk.post(clerk.read("/fi/city/").one("form", class_="city-adoption")["action"], {"organisation": ""})
    assert answer.headers["location"] == "/fi/city/?done=published", answer.text
    return stored(calendar).public_id


def stored(calendar: Calendar) -> Any:
    async def find() -> Event:
        return await Event.get().prefetch_related("organisation")

    return calendar.run(find)


def organiser_on(page: Node) -> str:
    """What stands under «Organiser» on an event's page."""
    (section,) = [one for one in page.all("section", class_="fact") if "Organiser" in one.texts("h2")]
    return section.texts("p")[0]


def test_the_clerk_needs_no_association(calendar: Calendar) -> None:
    calendar.association("pulina")
    proposed(calendar)
    clerk = kaisa(calendar)
    choices = clerk.read("/fi/city/").one("form", class_="city-adoption").one("select")
    assert choices.texts("option") == ["Ei mikään rekisterin järjestö", "Pulina"]
    assert choices.all("option")[0]["value"] == ""

    event = told_now(calendar, clerk)

    assert (event.organisation.slug, event.told_by, event.confirmed) == (RESIDENTS, "Naapurit", None)
    (letter,) = letters(calendar, "ella@example.org")
    assert letter.subject == "Julkaistu: Puistojooga"


def told_now(calendar: Calendar, clerk: Browser) -> Any:
    clerk.post(clerk.read("/fi/city/").one("form", class_="city-adoption")["action"])
    return stored(calendar)


def test_the_page_says_who_told_it_and_names_no_association(calendar: Calendar) -> None:
    calendar.association("pulina")
    event = told(calendar)

    page = read(calendar, f"/en/events/{event}")

    assert organiser_on(page) == TOLD
    assert "In the words of a resident" in page.texts("h2")
    assert page.texts("p", class_="confirmed") == []
    assert [word for word in ("Pulina", RESIDENTS, "In the organiser’s words") if word in page.text] == []
    assert [href for href in page.one("main").links().values() if "/organisations/" in href] == []


def test_where_nobody_was_named_only_that_is_said(calendar: Calendar) -> None:
    event = told(calendar, organiser="")

    assert organiser_on(read(calendar, f"/en/events/{event}")) == ALONE
    assert read(calendar, "/en/events").one("span", class_="card-by").text == ALONE
    (vevent,) = calendar.feed("/en/events.ics").walk("VEVENT")
    assert (str(vevent["CONTACT"]), stored(calendar).told_by) == (f"{ALONE} 040 123 4567", "")


def test_every_representation_says_it(calendar: Calendar) -> None:
    event = told(calendar)

    (vevent,) = calendar.feed("/en/events.ics").walk("VEVENT")
    assert str(vevent["CONTACT"]) == f"{TOLD}, 040 123 4567"
    assert f"{TOLD}, 040 123 4567" in str(vevent["DESCRIPTION"]).split("\n")
    assert read(calendar, "/en/events").one("span", class_="card-by").text == "Naapurit"
    assert read(calendar, f"/en/events/{event}/poster").one("p", class_="poster-organiser").text == TOLD
    assert TOLD in read(calendar, "/en/print?start=2026-12-12&end=2026-12-12").one("article").text
    assert TOLD in read(calendar, "/en/widget").text
    data = json.loads(read(calendar, f"/en/events/{event}").one("script", type="application/ld+json").text)
    assert ("organizer" in data, data["description"].endswith(TOLD)) == (False, True)


def test_it_is_said_in_the_readers_language_and_the_name_disturbs_nothing(calendar: Calendar) -> None:
    event = told(calendar, organiser="نادي الجيران")

    finnish = read(calendar, f"/fi/events/{event}").text
    arabic = read(calendar, f"/ar/events/{event}").text

    assert "Asukkaan kertoma. Järjestäjä: \u2068نادي الجيران\u2069" in finnish
    assert "أبلغ عنها أحد السكان. الجهة المنظِّمة: \u2068نادي الجيران\u2069" in arabic


def test_it_is_found_by_the_organiser_whom_the_resident_named(calendar: Calendar) -> None:
    event = told(calendar)
    assert read(calendar, "/fi/events?q=naapurit").texts("h4") == ["Puistojooga"]

    clerk = kaisa(calendar)
    edit = clerk.get(f"/fi/desk/events/{event}/edit").headers["location"]
    assert "Naapurit" in clerk.read(f"{edit}/preview").text
    clerk.post(f"{edit}/publication")

    assert (stored(calendar).told_by, stored(calendar).confirmed) == ("Naapurit", None)
    assert read(calendar, "/fi/events?q=naapurit").texts("h4") == ["Puistojooga"]


def test_the_city_changes_and_copies_it_for_nobody_else(calendar: Calendar) -> None:
    event = told(calendar)
    clerk = kaisa(calendar)
    page = clerk.read(f"/fi/city/events/{event}")
    assert "Asukkaan kertoma. Järjestäjä: Naapurit" in page.text
    assert "Asukkaan kertoma. Järjestäjä: Naapurit" in clerk.read("/fi/city/events").text

    assert clerk.get(f"/fi/desk/events/{event}").status_code == 200
    assert clerk.get(f"/fi/desk/organisations/{RESIDENTS}/places", hx_request="true").status_code == 200
    clerk.post(f"/fi/desk/events/{event}/cancellation", {"reason": "illness"})
    assert (stored(calendar).event_status, stored(calendar).confirmed) == ("cancelled", None)

    copied = clerk.post(f"/fi/desk/events/{event}/copy").headers["location"].partition("?")[0]
    calendar.run(publish_copy, copied.rpartition("/")[2], now=calendar.clock())
    assert read(calendar, "/fi/events").texts("span", class_="card-by") == ["Naapurit", "Naapurit"]


async def publish_copy(key: str, *, now: datetime) -> None:
    """The copy's day is written, and it is sent."""
    stored = await proposals.find(key)
    assert stored is not None
    fields = {**stored.fields, "date": "2026-12-19", "start": "18:00"}
    await proposals.save(key, fields, stored.version, author_id=None, now=now)
    outcome = await acceptance.submit(key, by=Actor(None, "city"), now=now, uid_domain="yhdessa.example")
    assert outcome.state == "published", outcome


def test_an_association_that_has_said_yes_is_named_and_the_resident_is_not(calendar: Calendar) -> None:
    calendar.association("pulina")
    proposed(calendar)
    clerk = kaisa(calendar)
    clerk.post(clerk.read("/fi/city/").one("form", class_="city-adoption")["action"], {"organisation": "pulina"})

    event = stored(calendar)

    assert (event.organisation.slug, event.told_by, event.confirmed) == ("pulina", "", None)
    page = read(calendar, f"/en/events/{event.public_id}")
    assert (organiser_on(page), ALONE in page.text, page.texts("p", class_="confirmed")) == ("Pulina", False, [])


@pytest.mark.parametrize("slug", [RESIDENTS, "nobody"])
def test_nobody_publishes_in_the_name_of_none_by_choosing_it(calendar: Calendar, slug: str) -> None:
    proposed(calendar)
    clerk = kaisa(calendar)
    form = clerk.read("/fi/city/").one("form", class_="city-adoption")

    answers = [clerk.post(form["action"].replace("publication", noun), {"organisation": slug})
               for noun in ("publication", "assignment")]  # fmt: skip

    assert [answer.status_code for answer in answers] == [422, 422]
    assert read(calendar, "/fi/events").texts("h4") == []


def test_the_organisation_that_is_none_is_nowhere(calendar: Calendar) -> None:
    calendar.association("pulina")
    told(calendar)
    clerk = kaisa(calendar)

    gone = [f"/fi/organisations/{RESIDENTS}", f"/fi/organisations/{RESIDENTS}.ics"]
    assert [calendar.get(path).status_code for path in gone] == [404, 404]
    kept = [f"/fi/city/organisations/{RESIDENTS}"]
    kept += [
        f"/fi/desk/organisations/{RESIDENTS}{more}" for more in ("", "/members", "/events/new", "/season", "/reports")
    ]
    assert [clerk.get(path).status_code for path in kept] == [404] * 6
    notices = [f"/fi/city/organisations/{RESIDENTS}/{noun}" for noun in ("suspension", "review", "owner", "approval")]
    notices += [f"/fi/desk/organisations/{RESIDENTS}{more}" for more in ("", "/invitations", "/departure")]
    assert [clerk.post(path, {"reason": "spam", "email": "a@b.example"}).status_code for path in notices] == [404] * 7

    assert read(calendar, "/en/organisations").one("main").texts("h2") == ["Pulina"]
    assert clerk.read("/fi/city/organisations").one("main").texts("h2") == ["1 järjestäjä"]
    assert RESIDENTS not in calendar.get("/sitemap.xml").text + calendar.get("/fi/").text
    assert calendar.get(f"/fi/events?organisation={RESIDENTS}").status_code == 200


def test_a_report_about_it_reaches_the_city_alone(calendar: Calendar) -> None:
    event = told(calendar)
    before = len(letters(calendar))

    form = read(calendar, f"/en/events/{event}/report")
    Browser(calendar).post(f"/en/events/{event}/report", {"reason": "wrong_time", "text": "Ovi oli kiinni."})

    assert ("The city reads what you write." in form.text, "organiser" in form.one("main").text) == (True, False)
    assert len(letters(calendar)) == before
    assert "Ovi oli kiinni." in kaisa(calendar).read("/fi/city/messages").text
