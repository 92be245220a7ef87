"""The dates of a series on its page: the next ones at once, a season after one press, all of them on request."""

from __future__ import annotations

import pytest

from events.domain.dates import DateChange
from tests.pages import Node, read
from tests.people import Calendar, once, weekly


def show(calendar: Calendar, event: str, rest: str = "", language: str = "en") -> Node:
    """The list of dates on an event's page."""
    return read(calendar, f"/{language}/events/{event}{rest}").one("section", aria_labelledby="dates-heading")


def listed(section: Node) -> list[list[str]]:
    """The dates of each list, the open one first."""
    return [[link["href"].partition("date=")[2] for link in each.all("a")] for each in section.all(class_="dates")]


@pytest.mark.parametrize(("times", "folded"), [(2, 0), (8, 0), (9, 1), (16, 8)])
def test_a_season_is_all_there_eight_dates_of_it_at_once(sqlite_calendar: Calendar, times: int, folded: int) -> None:
    event = sqlite_calendar.publish(schedule=weekly(times=times))

    section = show(sqlite_calendar, event)

    assert [len(dates) for dates in listed(section)] == [min(times, 8)] + [folded] * bool(folded)
    assert section.texts("summary") == ([f"{folded} more date{'s' * (folded > 1)}"] if folded else [])
    assert section.all("a", rel="nofollow") == []


def test_two_years_of_dates_are_a_link_away(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=weekly("2026-11-17 17:30", times=104), changed={"2026-12-08": DateChange("cancelled", "illness")}
    )

    section = show(sqlite_calendar, event)
    link = section.one("a", rel="nofollow")
    whole = read(sqlite_calendar, link["href"])
    everything = whole.one("section", aria_labelledby="dates-heading")

    assert (link.text, [len(dates) for dates in listed(section)]) == ("All dates: 104", [8, 8])
    assert [len(dates) for dates in listed(everything)] == [102, 2]
    assert (everything.texts("h3"), listed(everything)[1]) == (
        ["Dates that have passed"],
        ["2026-11-24", "2026-11-17"],
    )
    assert section.all(class_="dates")[0].texts("li")[:2] == [
        "Tue 1 Dec, 17:30–19:00",
        "Tue 8 Dec, 17:30–19:00 Cancelled. Reason: Illness",
    ]
    assert [meta["content"] for meta in whole.all("meta", name="robots")] == ["noindex"]
    assert whole.one(id="languages").all("a")[1]["href"] == f"/sv/events/{event}?dates=all"


def test_the_date_asked_for_is_never_folded_away(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(times=16))

    sections = [show(sqlite_calendar, event, rest) for rest in ("", "?date=2026-12-08", "?date=2027-02-16")]

    assert ["open" in section.one("details").attributes for section in sections] == [False, False, True]
    assert [section.one("a", aria_current="true").text for section in sections] == [
        "Tue 1 Dec, 17:30–19:00",
        "Tue 8 Dec, 17:30–19:00",
        "Tue 16 Feb 2027, 17:30–19:00",
    ]


def test_a_series_that_is_over_shows_its_last_dates(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly("2026-06-02 17:30", times=12))

    section = show(sqlite_calendar, event)

    assert [dates[-1] for dates in listed(section)] == ["2026-08-18"]
    assert section.one("a", rel="nofollow").text == "All dates: 12"


def test_a_single_event_has_no_list_of_dates(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=once())

    for rest in ("", "?dates=all"):
        assert read(sqlite_calendar, f"/en/events/{event}{rest}").all("section", aria_labelledby="dates-heading") == []
