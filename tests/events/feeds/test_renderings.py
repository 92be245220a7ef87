"""Renderings of events are written once and stored: what that saves, and what it must not break."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest

from events.domain.texts import Text
from events.feeds import building as feed_making
from events.feeds import ical
from events.storage.models import Rendering
from organisations.models import Organisation
from tests.database import count_queries
from tests.events.feeds.subscriber import FEED, events, titles
from tests.people import Calendar, once
from web.database.connection import fetch
from web.database.revision import raise_revision


def publish_many(calendar: Calendar, number: int) -> None:
    for hour in range(number):
        start = datetime(2026, 12, 3, 8) + timedelta(hours=hour)
        calendar.publish(f"Tapahtuma {hour}", schedule=once(start.isoformat(" ")))


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_feed(calendar: Calendar) -> None:
    counts = []
    for number in (3, 27):
        publish_many(calendar, number)
        calendar.run(Rendering.all().delete)
        with count_queries() as cold:
            calendar.get(FEED)
        with count_queries() as warm:
            calendar.get(FEED)
        calendar.publish("Kielikahvila", schedule=once("2026-12-20 10:00"))
        with count_queries() as changed:
            calendar.get(FEED)
        counts.append((len(cold), len(warm), len(changed)))

    assert len(events(calendar)) == 32
    # Found, loaded, kept. The revision is read beside the ORM on SQLite, and once more than listened for on PostgreSQL.
    questions = 3 if "sqlite" in calendar.site.settings.database_url else 4
    assert counts == [(questions, 0, questions)] * 2


def test_only_the_changed_event_is_written_again(calendar: Calendar, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_many(calendar, 3)
    public_id = calendar.publish("Kielikahvila", schedule=once("2026-12-20 10:00"))
    calendar.get(FEED)
    written: list[str] = []

    def event_body(event: Any, *rest: Any, **named: Any) -> bytes:
        written.append(event.public_id)
        return original(event, *rest, **named)

    original = ical.event_body
    monkeypatch.setattr(ical, "event_body", event_body)
    calendar.rewrite(public_id, "Kahvila", schedule=once("2026-12-20 10:00"))

    assert titles(calendar) == ["Tapahtuma 0", "Tapahtuma 1", "Tapahtuma 2", "Kahvila"]
    assert titles(calendar, f"{FEED}?start=2026-12-20") == ["Kahvila"]
    assert written == [public_id]


def test_one_events_own_file_is_written_once(calendar: Calendar) -> None:
    public_id = calendar.publish("Kielikahvila")
    path = f"/fi/events/{public_id}.ics"
    first = calendar.get(path)

    with count_queries() as seen:
        second = calendar.get(path)
    calendar.rewrite(public_id, "Kahvila")

    assert (len(seen), second.content) == (0, first.content)
    assert titles(calendar, path) == ["Kahvila"]


def test_a_feed_too_large_for_google_is_written_shorter_and_loses_nothing(
    calendar: Calendar, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        calendar.publish(
            f"Tapahtuma {number}",
            schedule=once(f"2026-12-{number + 3:02} 10:00"),
            texts={"fi": Text(f"Tapahtuma {number}", "sana " * 60)},
            first_time={"alone": ("yes",), "door": ("main",)},
            access={"step_free": True},
        )
    usual = calendar.get(FEED).content
    monkeypatch.setattr(feed_making, "LARGEST_FEED", len(usual) - 1)
    calendar.run(raise_revision, calendar.clock())

    short = calendar.get(FEED)

    assert len(short.content) < len(usual) * 0.75
    assert titles(calendar) == [f"Tapahtuma {number}" for number in range(12)]
    assert all("sana" not in str(one["DESCRIPTION"]) for one in events(calendar))
    assert calendar.get(FEED).headers["etag"] == short.headers["etag"]


def test_an_event_that_cannot_be_read_does_not_take_the_feed_with_it(
    sqlite_calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite_calendar.publish("Uinti")
    broken = sqlite_calendar.publish("Kielikahvila")
    sqlite_calendar.run(fetch, "UPDATE event SET schedule = '{}' WHERE public_id = ?", broken)

    with caplog.at_level(logging.ERROR, "events.feeds.renderings"):
        assert titles(sqlite_calendar) == ["Uinti"]
        own_file = sqlite_calendar.get(f"/fi/events/{broken}.ics")

    number = sqlite_calendar.run(fetch, "SELECT id FROM event WHERE public_id = ?", broken)[0]["id"]
    assert [record.getMessage() for record in caplog.records] == [
        f"event number {number} cannot be read and is left out of a feed"
    ] * 2
    assert (own_file.status_code, own_file.headers["content-type"]) == (500, "text/plain; charset=utf-8")


def test_an_event_that_cannot_be_written_does_not_take_the_feed_with_it(
    sqlite_calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite_calendar.publish("Uinti")
    broken = sqlite_calendar.publish("Kielikahvila", promises=(("fi", "whispered"),))

    with caplog.at_level(logging.ERROR, "events.feeds.renderings"):
        assert titles(sqlite_calendar) == ["Uinti"]

    assert [record.getMessage() for record in caplog.records] == [
        f"event {broken} cannot be written and is left out of a feed"
    ]


def test_events_of_a_suspended_organisation_leave_every_feed(sqlite_calendar: Calendar) -> None:
    public_id = sqlite_calendar.publish("Uinti", organisation="naapurit")
    sqlite_calendar.publish("Kielikahvila")
    assert sorted(titles(sqlite_calendar)) == ["Kielikahvila", "Uinti"]

    sqlite_calendar.run(Organisation.filter(slug="naapurit").update, state="suspended")
    sqlite_calendar.run(raise_revision, sqlite_calendar.clock())

    assert titles(sqlite_calendar) == ["Kielikahvila"]
    assert sqlite_calendar.get(f"/fi/events/{public_id}.ics").status_code == 410


def test_a_database_that_takes_nothing_in_can_still_be_read(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti")
    sqlite_calendar.run(fetch, "PRAGMA query_only = ON")

    assert titles(sqlite_calendar) == ["Uinti"]
