"""«Confirmed by the organiser» stands only where one of the organiser's own people has said it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from events.editing import changes, reconfirmations, status_commands
from events.editing.changes import Actor
from events.editing.status_changes import Reason
from events.imports.entries import Imported
from events.imports.storing import take
from events.storage.models import Event
from tests.desks import somebody
from tests.events.city.waiting import edited, kaisa, submitted
from tests.events.desk.test_event_form import CAFE, NEW, typed
from tests.pages import read
from tests.people import Calendar, draft, once, weekly

CONFIRMED = "Confirmed by the organiser"
IMPORTED = "Imported from the organiser’s calendar. Updated: Tue 1 Dec"
EDITOR, CITY = Actor(None, "editor"), Actor(None, "city")


def imported(calendar: Calendar, **facts: Any) -> str:
    """An event out of Pulina's calendar, as the import brings it; its public id."""
    pulina, entry = calendar.association(), Imported("1", "Kerho", draft("Kerho", **facts))
    calendar.run(take, [entry], pulina, source="ics:pulina", now=calendar.clock(), uid_domain="yhdessa.example")
    return the_event(calendar)


def the_event(calendar: Calendar) -> str:
    async def find() -> str:
        return (await Event.get()).public_id

    found: str = calendar.run(find)
    return found


def confirmed(calendar: Calendar, public_id: str) -> datetime | None:
    return calendar.event(public_id).confirmed


def said_on(calendar: Calendar, public_id: str) -> list[str]:
    """What the public page says of who has said it."""
    return read(calendar, f"/en/events/{public_id}").texts("p", class_="confirmed")


def test_an_import_confirms_nothing_and_says_where_it_comes_from(calendar: Calendar) -> None:
    event = imported(calendar)
    assert (confirmed(calendar, event), said_on(calendar, event)) == (None, [IMPORTED])

    calendar.clock.move(days=1)
    imported(calendar, schedule=once("2026-12-05 12:00"))

    assert confirmed(calendar, event) is None
    assert said_on(calendar, event) == ["Imported from the organiser’s calendar. Updated: Wed 2 Dec"]


def test_what_a_person_has_confirmed_stays_so_when_the_import_comes_again(calendar: Calendar) -> None:
    event = imported(calendar)
    calendar.run(reconfirmations.confirm, event, by=EDITOR, now=calendar.clock())
    then = calendar.clock()
    calendar.clock.move(days=1)

    imported(calendar, schedule=once("2026-12-05 12:00"))

    assert confirmed(calendar, event) == then
    assert said_on(calendar, event) == [
        "Confirmed by the organiser: Tue 1 Dec",
        "Imported from the organiser’s calendar. Updated: Wed 2 Dec",
    ]


@pytest.mark.parametrize(("by", "says"), [(EDITOR, True), (Actor(None, "owner"), True), (CITY, False)])
def test_a_change_confirms_where_it_is_the_organisers_own(calendar: Calendar, by: Actor, *, says: bool) -> None:
    event = imported(calendar, schedule=weekly(times=3))

    done = calendar.run(status_commands.cancel, event, None, Reason("illness"), by=by, now=calendar.clock())
    assert (confirmed(calendar, event) is not None) == says

    calendar.clock.move(minutes=1)
    calendar.run(changes.undo, done.audit_id, by=by, now=calendar.clock())
    assert confirmed(calendar, event) == (calendar.clock() if says else None)


def test_what_the_city_changes_leaves_what_the_organiser_has_said(calendar: Calendar) -> None:
    event, then = calendar.publish(schedule=weekly(times=3)), calendar.clock()
    calendar.clock.move(days=1)

    calendar.run(status_commands.cancel, event, None, Reason("illness"), by=CITY, now=calendar.clock())

    assert confirmed(calendar, event) == then


def test_what_an_editor_sent_counts_from_when_she_sent_it(calendar: Calendar) -> None:
    stored, then = submitted(calendar), calendar.clock()
    calendar.clock.move(days=2)

    kaisa(calendar).post(f"/fi/city/proposals/{stored.key}/publication")
    event = the_event(calendar)
    assert confirmed(calendar, event) == then

    calendar.clock.move(hours=1)
    change, then = edited(calendar, event, title__fi="Räiskälekestit"), calendar.clock()
    calendar.clock.move(days=1)
    kaisa(calendar).post(f"/fi/city/proposals/{change.key}/publication")
    assert confirmed(calendar, event) == then


def test_what_the_city_enters_for_an_association_is_confirmed_by_nobody(calendar: Calendar) -> None:
    calendar.association("pulina", review_first=False)
    clerk = kaisa(calendar)
    form = clerk.get(NEW).headers["location"]
    answer = clerk.post(form, typed(clerk, form, place=str(calendar.place()), do="publish"))
    assert answer.status_code == 303, answer.text

    event = the_event(calendar)

    assert (confirmed(calendar, event), said_on(calendar, event)) == (None, [])
    assert read(calendar, f"/fi/events/{event}").one("h1").text == CAFE["title.fi"]


def test_nobody_confirms_for_another(calendar: Calendar) -> None:
    event, aino, clerk = calendar.publish(), somebody(calendar, role="editor"), kaisa(calendar)
    address = f"/fi/desk/events/{event}"
    assert [form for form in clerk.read(address).all("form") if form["action"].endswith("/confirmation")] == []
    then = confirmed(calendar, event)
    calendar.clock.move(minutes=10)

    assert clerk.post(f"{address}/confirmation").status_code == 404
    assert confirmed(calendar, event) == then

    assert aino.post(f"{address}/confirmation").status_code == 303
    assert confirmed(calendar, event) == calendar.clock()


def due(calendar: Calendar) -> list[str]:
    return [one.public_id for one in calendar.run(reconfirmations.due, now=calendar.clock())]


def test_an_event_that_nobody_confirmed_is_asked_about_two_months_after_its_last_change(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=30))

    async def empty() -> None:
        await Event.filter(public_id=event).update(confirmed=None)

    calendar.run(empty)
    calendar.clock.move(days=59)
    assert due(calendar) == []
    calendar.clock.move(days=2)
    assert due(calendar) == [event]

    calendar.run(status_commands.cancel, event, None, Reason("illness"), by=CITY, now=calendar.clock())
    calendar.clock.move(days=1)
    calendar.run(status_commands.reinstate, event, None, by=CITY, now=calendar.clock())
    assert due(calendar) == []


def test_nobody_is_asked_about_what_an_import_keeps_up_to_date(calendar: Calendar) -> None:
    imported(calendar, schedule=weekly(times=30))
    calendar.clock.move(days=61)

    assert due(calendar) == []


def test_the_desk_shows_an_event_that_nobody_has_confirmed(calendar: Calendar) -> None:
    event, aino = imported(calendar), somebody(calendar, role="editor", language="en")

    page = aino.read(f"/en/desk/events/{event}")

    assert (IMPORTED in page.text, CONFIRMED in page.text) == (True, False)
    aino.post(f"/en/desk/events/{event}/confirmation")
    assert said_on(calendar, event) == ["Confirmed by the organiser: Tue 1 Dec", IMPORTED]
