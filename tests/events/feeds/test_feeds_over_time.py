"""A subscriber's program asks again: what it is told when nothing changed, and when something did."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from events.editing import publishing as lifecycle
from events.storage.models import Place
from tests.events.feeds.subscriber import FEED, changed, events, season, sequence, titles
from tests.people import Calendar, at, once, opened_calendar, weekly


def test_unchanged_events_keep_their_tag_even_through_a_restart(migrated_file: Path, tmp_path: Path) -> None:
    url = f"sqlite://{shutil.copy(migrated_file, tmp_path / 'test.db')}"

    with opened_calendar(url) as before:
        season(before)
        tags = [before.get(FEED).headers["etag"] for _ in range(2)]
        kept = before.get(FEED).content
    with opened_calendar(url) as after:
        again = after.get(FEED)

    assert {*tags, again.headers["etag"]} == {tags[0]}
    assert (again.content, tags[0][0], tags[0][-1]) == (kept, '"', '"')


def test_a_change_shows_at_once_and_has_a_tag_of_its_own(calendar: Calendar) -> None:
    public_id = calendar.publish("Kielikahvila")
    before = calendar.get(FEED)

    calendar.rewrite(public_id, "Kahvila")
    after = calendar.get(FEED, if_none_match=before.headers["etag"])

    assert (after.status_code, titles(calendar)) == (200, ["Kahvila"])
    assert after.headers["etag"] != before.headers["etag"]


@pytest.mark.parametrize("written", ["{tag}", "W/{tag}", '"old", {tag}', '"old",W/{tag} , "other"', "*"])
def test_a_program_that_has_the_bytes_is_told_so_without_them(sqlite_calendar: Calendar, written: str) -> None:
    season(sqlite_calendar)
    known = sqlite_calendar.get(FEED)

    answer = sqlite_calendar.get(FEED, if_none_match=written.format(tag=known.headers["etag"]))

    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("etag", "last-modified", "cache-control"):
        assert answer.headers[name] == known.headers[name]
    assert "content-type" not in answer.headers


def test_a_program_without_tags_may_ask_by_date(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)
    known = sqlite_calendar.get(FEED).headers["last-modified"]
    earlier = "Mon, 30 Nov 2026 00:00:00 GMT"

    assert sqlite_calendar.get(FEED, if_modified_since=known).status_code == 304
    assert sqlite_calendar.get(FEED, if_modified_since=earlier).status_code == 200
    assert sqlite_calendar.get(FEED, if_modified_since="gestern").status_code == 200


def test_the_tag_wins_over_the_date(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)
    known = sqlite_calendar.get(FEED).headers

    other_tag = sqlite_calendar.get(FEED, if_none_match='"old"', if_modified_since=known["last-modified"])
    same_tag = sqlite_calendar.get(FEED, if_none_match=known["etag"], if_modified_since="Mon, 30 Nov 2026 00:00:00 GMT")

    assert (other_tag.status_code, same_tag.status_code) == (200, 304)


def last_modified(calendar: Calendar, path: str = FEED) -> datetime:
    return parsedate_to_datetime(calendar.get(path).headers["last-modified"])


def test_last_modified_moves_when_an_event_leaves_the_feed(calendar: Calendar) -> None:
    calendar.publish("Uinti")
    public_id = calendar.publish("Kielikahvila")
    calendar.clock.move(minutes=10)
    before = last_modified(calendar)

    calendar.withdraw(public_id)

    assert (before, last_modified(calendar)) == (at("2026-12-01 09:00"), at("2026-12-01 09:10"))
    assert titles(calendar) == ["Uinti"]


def test_last_modified_moves_at_local_midnight_when_old_dates_leave(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", schedule=once("2026-11-01 18:00"))
    sqlite_calendar.clock.now = at("2026-12-01 23:59")
    evening = last_modified(sqlite_calendar), titles(sqlite_calendar)

    sqlite_calendar.clock.now = at("2026-12-02 00:01")
    morning = last_modified(sqlite_calendar), titles(sqlite_calendar)

    assert evening == (at("2026-12-01 09:00"), ["Uinti"])
    assert morning == (at("2026-12-02 00:00"), [])


def test_a_feed_does_not_change_overnight_while_its_events_do_not(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)
    before = sqlite_calendar.get(f"{FEED}?start=2026-12-01&end=2027-02-01")

    sqlite_calendar.clock.now = at("2027-01-02 09:00")

    assert sqlite_calendar.get(f"{FEED}?start=2026-12-01&end=2027-02-01").content == before.content


def test_the_sequence_grows_with_times_and_status_and_not_with_words(calendar: Calendar) -> None:
    public_id = calendar.publish("Kielikahvila")
    steps: list[tuple[str, dict[str, Any]]] = [
        ("Kahvila", {}),
        ("Kahvila", {"price": "free"}),
        ("Kahvila", {"schedule": once("2026-12-03 18:00")}),
        ("Kahvila", {"schedule": once("2026-12-03 18:00"), "event_status": "cancelled"}),
        ("Kahvila", {"schedule": once("2026-12-03 18:00")}),
    ]

    seen = [(sequence(calendar), changed(calendar))]
    for title, facts in steps:
        calendar.clock.move(minutes=5)
        calendar.rewrite(public_id, title, **facts)
        seen.append((sequence(calendar), changed(calendar)))

    nine = at("2026-12-01 09:00")
    assert seen == [(number, nine + timedelta(minutes=5 * step)) for step, number in enumerate([0, 0, 0, 1, 2, 3])]


def test_two_changes_within_a_second_both_reach_the_subscriber(calendar: Calendar) -> None:
    public_id = calendar.publish("Kielikahvila")
    first = titles(calendar), changed(calendar)

    calendar.rewrite(public_id, "Kahvila")
    calendar.clock.move(hours=-1)
    second = titles(calendar), changed(calendar)
    calendar.rewrite(public_id, "Kuppila")

    assert (first[0], second[0], titles(calendar)) == (["Kielikahvila"], ["Kahvila"], ["Kuppila"])
    assert first[1] < second[1] < changed(calendar)


def test_a_renamed_place_changes_the_words_and_the_time_of_change_alone(calendar: Calendar) -> None:
    library = calendar.place("Pääkirjasto")
    calendar.publish(place_id=library)
    (before,), time_before = events(calendar), changed(calendar)
    calendar.clock.move(minutes=5)

    async def rename() -> None:
        await lifecycle.save_place(await Place.get(id=library), {"name": "Kirjastotalo"}, now=calendar.clock())

    calendar.run(rename)

    (after,) = events(calendar)
    assert (str(before["LOCATION"]), str(after["LOCATION"])) == ("Pääkirjasto, Kouvola", "Kirjastotalo, Kouvola")
    assert changed(calendar) == time_before + timedelta(minutes=5)
    assert int(before["SEQUENCE"]) == int(after["SEQUENCE"]) == 0


def test_a_cancelled_event_stays_and_says_so(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", event_status="cancelled", schedule=weekly(times=3))

    shown = sqlite_calendar.get(FEED).content
    hidden = sqlite_calendar.get(f"{FEED}?cancelled=title").content

    assert b"\r\nSTATUS:CANCELLED\r\n" in shown
    assert hidden == shown.replace(b"STATUS:CANCELLED\r\n", b"")
    (read,) = events(sqlite_calendar, f"{FEED}?cancelled=title")
    assert (str(read["SUMMARY"]), str(read["TRANSP"]), int(read["SEQUENCE"])) == ("PERUTTU: Uinti", "TRANSPARENT", 0)
