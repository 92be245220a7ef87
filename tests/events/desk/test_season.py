"""The same again next season: one screen, ticks, a first date each, one button."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from events.desk.season import publishing as season_making
from events.desk.season import rows as season_rows
from events.desk.season.rows import proposed_first
from events.editing.changes import Actor
from events.storage.models import Event, Occurrence
from tests.desks import somebody
from tests.pages import parse
from tests.people import Calendar, at, once, weekly

SEASON = "/en/desk/organisations/pulina/season"


def autumn(calendar: Calendar, *, read_first: bool = False) -> tuple[str, str]:
    """Two clubs of this autumn, and what is none of them."""
    calendar.clock.now = at("2026-11-20 09:00")
    calendar.association("pulina", review_first=read_first)
    cafe = calendar.publish(schedule=weekly("2026-09-01 17:30", times=14), place_id=calendar.place())
    choir = calendar.publish("Kuoro", schedule=weekly("2026-09-03 18:00", times=14), online=True)
    calendar.publish("Kertajuhla", schedule=once("2026-11-28 12:00"))
    calendar.publish("Uinti", organisation="naapurit", schedule=weekly("2026-09-01 17:30", times=14))
    return cafe, choir


def begun(calendar: Calendar, title: str) -> list[str]:
    """The dates of next year of the public events of this name."""

    async def find() -> list[str]:
        ids = await Event.filter(texts__title=title, publication="published").values_list("id", flat=True)
        found = await Occurrence.filter(event_id__in=list(ids), start__gt=at("2027-01-01 00:00")).order_by("start")
        return [f"{one.local_date:%d.%m.}" for one in found]

    found: list[str] = calendar.run(find)
    return found


def test_last_seasons_groups_are_ticked_with_first_dates_proposed(calendar: Calendar) -> None:
    cafe, choir = autumn(calendar)

    page = somebody(calendar, role="editor").read(SEASON)

    assert page.texts("p", class_="season-name") == ["Kielikahvila", "Kuoro"]
    assert [(field["name"], field["value"]) for field in page.all("input", type="date")] == [
        (f"first_{cafe}", "2027-01-12"),
        (f"first_{choir}", "2027-01-14"),
    ]
    assert [box["value"] for box in page.all("input", name="pick") if "checked" in box.attributes] == [cafe, choir]
    assert page.all("details")[0].texts("li") == ["Tue 2 Mar 2027 (Winter break of the schools)"]


def test_one_button_publishes_what_is_ticked(calendar: Calendar) -> None:
    cafe, choir = autumn(calendar)
    aino = somebody(calendar, role="editor")

    page = aino.follow(aino.post(SEASON, {"pick": [cafe], f"first_{cafe}": "19.1.2027", f"first_{choir}": ""}))

    assert begun(calendar, "Kielikahvila")[:3] == ["19.01.", "26.01.", "02.02."]
    assert "02.03." not in begun(calendar, "Kielikahvila")
    assert begun(calendar, "Kuoro") == []
    assert page.texts("p", class_="notice") == ["1 group goes on: published."]
    assert page.texts("p", class_="season-name") == ["Kuoro"]


def test_pressing_twice_makes_it_once(calendar: Calendar) -> None:
    cafe, _ = autumn(calendar)
    aino = somebody(calendar, role="editor")
    aino.post(SEASON, {"pick": [cafe]})

    again = aino.post(SEASON, {"pick": [cafe]})

    assert again.status_code == 422
    assert begun(calendar, "Kielikahvila").count("12.01.") == 1


def test_two_presses_at_once_make_it_once(calendar: Calendar) -> None:
    cafe, _ = autumn(calendar)
    groups = calendar.run(season_rows.groups_of, calendar.association().id, now=calendar.clock())
    (group,) = [group for group in groups if group.event.public_id == cafe]
    about: dict[str, Any] = {"by": Actor(None, "editor"), "now": calendar.clock(), "uid_domain": "yhdessa.example"}

    states = [
        calendar.run(season_making.make, group, date(2027, 1, 12), calendar.association().id, **about).state
        for _press in range(2)
    ]

    assert (states, begun(calendar, "Kielikahvila").count("12.01.")) == (["published", "under way"], 1)


def test_what_is_missing_by_now_is_said_at_the_row_and_the_others_are_made(calendar: Calendar) -> None:
    cafe, choir = autumn(calendar)
    aino = somebody(calendar, role="editor")

    answer = aino.post(SEASON, {"pick": [cafe, choir]})

    page = parse(answer.text)
    assert (answer.status_code, len(begun(calendar, "Kielikahvila"))) == (422, 13)
    assert page.texts("p", class_="season-name") == ["Kuoro"]
    assert page.texts("p", id=f"first_{choir}-error") == [
        "This has to be told first: Give the address at which people take part. Copy the event and fill it in."
    ]
    assert page.links()["Copy to a new event"] == f"/en/desk/events/{choir}/copy"


def test_what_the_city_reads_first_waits_for_it(calendar: Calendar) -> None:
    cafe, _ = autumn(calendar, read_first=True)
    aino = somebody(calendar, role="editor")

    page = aino.follow(aino.post(SEASON, {"pick": [cafe]}))

    assert begun(calendar, "Kielikahvila") == []
    assert page.texts("p", class_="notice") == ["1 group waits for the city."]
    assert page.texts("p", class_="season-name") == ["Kuoro"]


@pytest.mark.parametrize("typed", ["banana", "2026-11-01", "2026-11-20", "2031-01-01", "9999-12-31"])
def test_a_date_that_cannot_be_is_said_at_its_row_and_nothing_is_made(sqlite_calendar: Calendar, typed: str) -> None:
    cafe, choir = autumn(sqlite_calendar)
    aino = somebody(sqlite_calendar, role="editor")

    answer = aino.post(SEASON, {"pick": [cafe, choir], f"first_{cafe}": typed})

    assert answer.status_code == 422
    assert f'id="first_{cafe}-error"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert begun(sqlite_calendar, "Kuoro") == []


def test_the_new_dates_can_be_looked_at_first(calendar: Calendar) -> None:
    cafe, _ = autumn(calendar)
    aino = somebody(calendar, role="editor")

    answer = aino.post(SEASON, {"pick": [cafe], f"first_{cafe}": "2027-02-02", "look": "1"})

    assert (answer.status_code, "Tue 2 Feb 2027 – " in answer.text) == (200, True)
    assert begun(calendar, "Kielikahvila") == []


def test_nothing_ticked_is_said(calendar: Calendar) -> None:
    autumn(calendar)

    answer = somebody(calendar, role="editor").post(SEASON, {})

    assert (answer.status_code, "Tick at least one group." in answer.text) == (422, True)


def test_another_associations_season_is_not_there(calendar: Calendar) -> None:
    autumn(calendar)
    stranger = somebody(calendar, "otto@naapurit.example", role="owner", organisation="naapurit")

    assert (stranger.get(SEASON).status_code, stranger.post(SEASON, {}).status_code) == (404, 404)


@pytest.mark.parametrize(
    ("last", "today", "first"),
    [
        ("2026-12-01", "2026-11-20", "2027-01-12"),
        ("2027-05-18", "2027-05-20", "2027-09-07"),
        ("2026-08-25", "2026-11-20", "2027-01-12"),
        ("2027-01-05", "2027-01-06", "2027-01-12"),
    ],
)
def test_the_next_season_begins_after_epiphany_or_after_summer(last: str, today: str, first: str) -> None:
    tuesdays: Any = weekly("2026-09-01 17:30")

    found = proposed_first(tuesdays, last=date.fromisoformat(last), today=date.fromisoformat(today))

    assert found == date.fromisoformat(first)
