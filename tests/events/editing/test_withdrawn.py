"""What an organiser takes off is said in calendars to be off, for as long as phones need to learn of it."""

from tests.people import Calendar, once, weekly

FEED = "/fi/events.ics"


def listed(calendar: Calendar, path: str = FEED) -> list[tuple[str, str, int]]:
    """(title, status, sequence) of every VEVENT."""
    return [
        (str(event["SUMMARY"]), str(event["STATUS"]), int(event["SEQUENCE"]))
        for event in calendar.feed(path).walk("VEVENT")
    ]


def test_a_phone_learns_that_its_organiser_has_withdrawn_an_event(calendar: Calendar) -> None:
    kept, taken = calendar.publish("Uinti"), calendar.publish("Kielikahvila", schedule=once("2026-12-04 10:00"))
    assert listed(calendar) == [("Uinti", "CONFIRMED", 0), ("Kielikahvila", "CONFIRMED", 0)]

    calendar.withdraw(taken, by="organiser")

    assert listed(calendar) == [("Uinti", "CONFIRMED", 0), ("PERUTTU: Kielikahvila", "CANCELLED", 1)]
    swedish = [(title.partition(" ")[0], *rest) for title, *rest in listed(calendar, "/sv/events.ics")]
    assert swedish == [("Språkkafé:", "CONFIRMED", 0), ("INSTÄLLT:", "CANCELLED", 1)]
    assert [calendar.get(f"/fi/events/{event}").status_code for event in (kept, taken)] == [200, 410]


def test_nothing_but_times_and_title_outlives_the_withdrawal(sqlite_calendar: Calendar) -> None:
    place = sqlite_calendar.place("Salainen talo")
    event = sqlite_calendar.publish(
        "Kielikahvila", schedule=weekly(times=3), place_id=place, contact_phone="040 123", link="https://a.example/"
    )
    sqlite_calendar.withdraw(event, by="organiser")

    (master,) = sqlite_calendar.feed(FEED).walk("VEVENT")

    assert sorted(master) == [
        "CREATED", "DTEND", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "RRULE", "SEQUENCE", "STATUS", "SUMMARY", "TRANSP",
        "UID", "X-MICROSOFT-CDO-BUSYSTATUS",
    ]  # fmt: skip
    assert b"Salainen" not in sqlite_calendar.get(FEED).content


def test_after_thirty_days_it_leaves_the_feed_at_midnight(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Kielikahvila", schedule=weekly(times=10))
    sqlite_calendar.withdraw(event, by="organiser")

    sqlite_calendar.clock.move(days=30)
    before = listed(sqlite_calendar)
    sqlite_calendar.clock.move(days=1)

    assert (before, listed(sqlite_calendar)) == ([("PERUTTU: Kielikahvila", "CANCELLED", 1)], [])


def test_what_the_city_takes_off_is_gone_at_once(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Kielikahvila")
    assert listed(sqlite_calendar) == [("Kielikahvila", "CONFIRMED", 0)]

    sqlite_calendar.withdraw(event, by="city")

    assert listed(sqlite_calendar) == []


def test_a_withdrawn_event_is_on_no_page(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Kielikahvila klubi")
    paths = ["/fi/", "/fi/events", "/fi/organisations/pulina", "/sitemap.xml"]
    assert all(event in sqlite_calendar.get(path).text for path in paths)

    sqlite_calendar.withdraw(event, by="organiser")

    assert [event in sqlite_calendar.get(path).text for path in paths] == [False] * 4
