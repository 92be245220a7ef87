"""Every representation of a filter shows the same: the list its dates, the feed the whole events behind them."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from tests.people import Calendar, all_day, at, once, weekly

EXPECTED = {
    "": "Näyttely Kielikahvila×5 Verkkoryhmä Äänimaailma Uinti×8 Siirretty",
    "q=aani": "Äänimaailma",
    "when=today": "Näyttely Kielikahvila Verkkoryhmä",
    "when=week": "Näyttely Kielikahvila Verkkoryhmä Äänimaailma Uinti Siirretty",
    "when=weekend,today": "Näyttely Kielikahvila Verkkoryhmä Uinti Siirretty",
    "start=2026-12-03&end=2026-12-05": "Näyttely Äänimaailma Uinti",
    "end=2026-11-20": "Muinainen Mennyt",
    "start=2015-01-01": "Muinainen Mennyt Näyttely Kielikahvila×5 Verkkoryhmä Äänimaailma Uinti×8 Siirretty",
    "weekday=6,7": "Uinti×8 Siirretty",
    "starts_after=17:00&starts_before=18:00": "Kielikahvila×5 Verkkoryhmä Uinti×8 Siirretty",
    "in_language=ru": "Näyttely Uinti×8",
    "in_language=zxx": "Äänimaailma",
    "in_language=ru,zxx": "Näyttely Äänimaailma Uinti×8",
    "promise=practise": "Kielikahvila×5",
    "in_language=fi&promise=practise": "Kielikahvila×5",
    "translation=sv": "Äänimaailma",
    "language=sv": "Äänimaailma",
    "kind=hobby": "Uinti×8",
    "category=sport": "Uinti×8",
    "activity=swimming": "Uinti×8",
    "audience=families": "Näyttely",
    "area=kuusankoski": "Näyttely Uinti×8",
    "organisation=naapurit": "Näyttely Uinti×8",
    "age=10": "Näyttely",
    "age=10,40": "",
    "age=13": "Kielikahvila×5 Verkkoryhmä Äänimaailma Siirretty",
    "age=14-16": "Kielikahvila×5 Verkkoryhmä Äänimaailma Siirretty",
    "age=30-40": "Kielikahvila×5 Verkkoryhmä Äänimaailma Uinti×8 Siirretty",
    "free=1": "Näyttely Kielikahvila×5 Uinti×8",
    "registration=none": "Kielikahvila×5",
    "online=1": "Verkkoryhmä",
    "online=0": "Näyttely Kielikahvila×5 Äänimaailma Uinti×8 Siirretty",
    "access=step_free": "Kielikahvila×5",
    "access=alone": "Kielikahvila×5",
    "status=on": "Näyttely Kielikahvila×4 Verkkoryhmä Uinti×8 Siirretty",
    "in_language=xx": "",
    "category=nonsense&start=2015-01-01": "",
    "in_language=ru&free=1&area=kuusankoski&when=month": "Näyttely Uinti×4",
}
"""Query -> the dates in the list in the order of their first appearance, with how many of each. Checked by hand."""


def fill(calendar: Calendar) -> None:
    """A town's worth of different things."""
    library = calendar.place("Pääkirjasto", "centre", access={"step_free": True})
    hall = calendar.place("Uimahalli", "kuusankoski")
    calendar.publish(
        "Kielikahvila",
        schedule=weekly(times=6, skipped=("2026-12-22",)),
        place_id=library,
        promises=(("fi", "main"), ("fi", "practise")),
        price="free",
        registration=Registration("none"),
        first_time={"alone": ("yes",)},
        changed={"2026-12-15": DateChange("cancelled", "illness")},
    )
    calendar.publish(
        "Uinti",
        organisation="naapurit",
        schedule=weekly("2026-12-05 18:00"),
        place_id=hall,
        category="sport",
        activities=("swimming",),
        kind="hobby",
        min_age=15,
        promises=(("fi", "main"), ("ru", "helper")),
        price="free",
        audiences=("women",),
    )
    calendar.publish(
        "Äänimaailma",
        schedule=once("2026-12-04 12:00"),
        no_language=True,
        promises=(),
        texts={"fi": Text("Äänimaailma"), "sv": Text("Ljudvärld")},
        category="music",
        activities=("concert",),
        price="paid",
        prices=(PriceRow(Decimal(5)),),
        event_status="cancelled",
    )
    calendar.publish(
        "Näyttely",
        schedule=all_day("2026-11-25", "2026-12-10"),
        organisation="naapurit",
        promises=(("ru", "main"),),
        category="visual",
        activities=("exhibition",),
        audiences=("families",),
        max_age=12,
        price="free",
        place_id=hall,
    )
    calendar.publish("Verkkoryhmä", schedule=once("2026-12-01 18:00"), online=True, online_url="https://a.example/")
    calendar.publish("Mennyt", schedule=once("2026-11-18 18:00"))
    calendar.publish("Muinainen", schedule=once("2015-03-01 18:00"))
    calendar.publish(
        "Siirretty", schedule=once("2026-12-02 18:00"), changed={"2026-12-02": DateChange(start=at("2026-12-06 18:00"))}
    )
    hidden = calendar.publish("Poistettu", schedule=once("2026-12-02 18:00"))
    calendar.withdraw(hidden)
    calendar.association("suljettu", state="suspended")
    calendar.publish("Suljettu", organisation="suljettu", schedule=once("2026-12-02 18:00"))


def shown_dates(calendar: Calendar, query: str, *, series: str) -> set[tuple[str, str]]:
    """(public id, original date or nothing) of every card, all pages together."""
    found: set[tuple[str, str]] = set()
    page: int | None = 1
    while page:
        html = calendar.get(f"/fi/events?{query}&series={series}&limit=5&page={page}").text
        results = html[html.index('id="results"') : html.index('class="subscribe"')]
        if 'class="empty"' in results:
            return found
        links = re.findall(r'href="/fi/events/([a-z0-9]{10})[^"?]*(?:\?date=([0-9-]+))?"', results)
        found |= set(links)
        page = page + 1 if 'rel="next"' in results else None
    return found


def fed_ids(calendar: Calendar, path: str) -> set[str]:
    """The public ids in a feed."""
    return {str(event["UID"])[:10] for event in calendar.feed(path).walk("VEVENT")}


def within_feed_window(query: str) -> str:
    """The list's query for what a feed carries without being asked for a time."""
    asked = any(part.startswith(("start=", "end=", "when=")) for part in query.split("&"))
    return query if asked else f"{query}&start=2026-11-01&end=2027-12-01"


@pytest.mark.parametrize("query", list(EXPECTED))
def test_list_and_feeds_of_every_language_hold_the_same_events(sqlite_calendar: Calendar, query: str) -> None:
    fill(sqlite_calendar)

    dates = shown_dates(sqlite_calendar, within_feed_window(query), series="expand")
    cards = shown_dates(sqlite_calendar, within_feed_window(query), series="collapse")
    finnish = fed_ids(sqlite_calendar, f"/fi/events.ics?{query}")
    swedish = fed_ids(sqlite_calendar, f"/sv/events.ics?{query}")

    assert {public_id for public_id, _ in dates} == {public_id for public_id, _ in cards} == finnish == swedish


def test_both_databases_find_what_every_filter_asks_for(calendar: Calendar) -> None:
    fill(calendar)

    found = {query: listed_titles(calendar, query) for query in EXPECTED}

    assert found == EXPECTED


def listed_titles(calendar: Calendar, query: str) -> str:
    """The titles of the list as `EXPECTED` writes them."""
    html = calendar.get(f"/fi/events?{query}&series=expand&limit=100").text
    results = html[html.index('id="results"') : html.index('class="subscribe"')]
    titles = re.findall(r'<span lang="fi" dir="ltr">([^<]+)</span></a>', results)
    counted = Counter([] if 'class="empty"' in results else titles)
    return " ".join(f"{title}×{times}" if times > 1 else title for title, times in counted.items())


AGES = {
    "age=4": ["Muskari", "Perhekahvila", "Vauvat"],
    "age=4,9": ["Perhekahvila"],
    "age=0-6": ["Muskari", "Perhekahvila", "Vauvat"],
    "age=7-12": ["Perhekahvila", "Sähly"],
    "age=12": ["Perhekahvila", "Sähly", "Ulkoilu"],
    "age=13": ["Kielikahvila", "Perhekahvila", "Ulkoilu"],
    "age=4,40": ["Perhekahvila"],
    "age=60": ["Kielikahvila", "Perhekahvila", "Ulkoilu"],
}


def test_every_age_that_is_named_is_welcome(calendar: Calendar) -> None:
    calendar.publish("Kielikahvila")
    calendar.publish("Perhekahvila", audiences=("families",))
    calendar.publish("Muskari", max_age=6)
    calendar.publish("Vauvat", audiences=("babies",), max_age=6)
    calendar.publish("Sähly", min_age=7, max_age=12)
    calendar.publish("Ulkoilu", first_time={"children": ("welcome",)}, min_age=10)
    calendar.publish("Aikuiset", first_time={"children": ("not",)}, max_age=3, min_age=2)

    for query, expected in AGES.items():
        assert (query, sorted(listed_titles(calendar, query).split())) == (query, expected)
