"""«Is it still on?» is asked rarely, answered with one button, and the page says when."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from events.editing import reconfirmations
from events.editing.changes import Actor
from events.editing.errors import EditRefused
from events.editing.status_changes import Reason
from events.editing.status_commands import cancel
from events.storage.models import Confirmation
from tests.people import Calendar, once, weekly


def due(calendar: Calendar) -> list[str]:
    return [one.public_id for one in calendar.run(reconfirmations.due, now=calendar.clock())]


def asked(calendar: Calendar, public_id: str) -> str:
    secret: str = calendar.run(reconfirmations.ask, calendar.event(public_id).id, now=calendar.clock())
    return secret


def test_only_what_takes_place_soon_and_was_long_silent_is_asked_about(calendar: Calendar) -> None:
    club = calendar.publish("Kielikahvila", schedule=weekly(times=30))
    later = calendar.publish("Kesäjuhla", schedule=once("2027-06-24 12:00"))
    off = calendar.publish("Uinti", schedule=weekly(times=30))
    calendar.run(cancel, off, None, Reason("venue"), by=Actor(None, "editor"), now=calendar.clock())
    assert due(calendar) == []

    calendar.clock.move(days=61)
    assert due(calendar) == [club]
    calendar.clock.move(days=120)
    assert due(calendar) == [club, later]


def test_nobody_is_asked_twice_in_a_month(calendar: Calendar) -> None:
    club = calendar.publish(schedule=weekly(times=30))
    calendar.clock.move(days=61)

    asked(calendar, club)
    assert due(calendar) == []
    calendar.clock.move(days=29)
    assert due(calendar) == [club]


def test_one_button_says_that_it_is_still_on(calendar: Calendar) -> None:
    club = calendar.publish(schedule=weekly(times=30))
    calendar.clock.move(days=61)
    secret = asked(calendar, club)
    before = calendar.event(club)
    assert calendar.run(reconfirmations.asked_about, secret, now=calendar.clock()) == club

    calendar.run(reconfirmations.confirm_by_link, secret, now=calendar.clock())

    after = calendar.event(club)
    assert (after.confirmed, after.modified, after.sequence) == (calendar.clock(), before.modified, before.sequence)
    assert due(calendar) == []
    assert calendar.run(reconfirmations.asked_about, secret, now=calendar.clock()) is None
    with pytest.raises(EditRefused, match="token_used"):
        calendar.run(reconfirmations.confirm_by_link, secret, now=calendar.clock())


@pytest.mark.parametrize("secret", ["", "x", "0" * 10_000])
def test_a_guess_confirms_nothing(calendar: Calendar, secret: str) -> None:
    asked(calendar, calendar.publish())

    with pytest.raises(EditRefused, match="token_used"):
        calendar.run(reconfirmations.confirm_by_link, secret, now=calendar.clock())


def test_a_link_expires_and_is_stored_only_as_a_hash(calendar: Calendar) -> None:
    secret = asked(calendar, calendar.publish())

    async def stored() -> Any:
        return await Confirmation.all().values_list("secret_hash", "expires")

    ((secret_hash, expires),) = calendar.run(stored)
    assert (len(secret_hash), secret in secret_hash) == (64, False)
    assert expires == calendar.clock() + timedelta(days=45)
    calendar.clock.move(days=45)
    assert calendar.run(reconfirmations.asked_about, secret, now=calendar.clock()) is None


def test_the_organiser_confirms_on_the_desk(calendar: Calendar) -> None:
    club = calendar.publish(schedule=weekly(times=30))
    calendar.clock.move(days=61)

    calendar.run(reconfirmations.confirm, club, by=Actor(None, "editor"), now=calendar.clock())

    assert calendar.event(club).confirmed == calendar.clock()
    assert isinstance(calendar.event(club).confirmed, datetime)
