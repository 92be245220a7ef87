"""The city's people get one letter on a working day on which something waits, and one at once for what begins soon."""

from __future__ import annotations

from events.city import digest
from organisations import messages
from organisations.feedback import Feedback
from tests.desks import letters, somebody
from tests.events.city.waiting import kaisa, proposed, submitted
from tests.people import TODAY, Calendar


def told(calendar: Calendar, recipient: str = "kaisa@kouvola.example") -> list[str]:
    """What the letters to somebody are about, after all that is due was written."""
    calendar.run(digest.tell_staff, calendar.site, {}, calendar.clock())
    return [letter.subject for letter in letters(calendar, recipient)]


def test_one_letter_each_working_day_and_none_when_nothing_waits(calendar: Calendar) -> None:
    kaisa(calendar)
    somebody(calendar, "sven@kouvola.example", city=True, language="sv")
    assert told(calendar) == []

    submitted(calendar, date="2026-12-20")
    submitted(calendar, title__fi="Tanssi", date="2026-12-21")

    assert [told(calendar), told(calendar)] == [["2 asiaa odottaa kaupunkia"]] * 2
    assert told(calendar, "sven@kouvola.example") == ["2 saker väntar på staden"]
    assert "- Lettukestit (su 20.12. klo 17.30)" in letters(calendar, "kaisa@kouvola.example")[0].text
    calendar.clock.move(days=1)
    assert told(calendar) == ["2 asiaa odottaa kaupunkia"] * 2


def test_no_letter_at_night_at_weekends_or_on_holidays(sqlite_calendar: Calendar) -> None:
    kaisa(sqlite_calendar)
    submitted(sqlite_calendar, date="2026-12-28")
    counts = {}

    for day, hour in ((5, 10), (6, 10), (7, 5), (7, 10), (24, 10), (25, 10)):
        sqlite_calendar.clock.now = sqlite_calendar.clock.now.replace(day=day, hour=hour)
        counts[day, hour] = len([subject for subject in told(sqlite_calendar) if "odottaa kaupunkia" in subject])

    # Saturday, Sunday and Independence Day, before eight, a Monday, Christmas Eve, Christmas.
    assert list(counts.values()) == [0, 0, 0, 1, 1, 1]


def test_what_begins_within_three_days_is_told_at_once_and_once(calendar: Calendar) -> None:
    kaisa(calendar)
    calendar.clock.now = calendar.clock.now.replace(hour=3)
    submitted(calendar, date="2026-12-04", start="4.59", end="6")
    proposed(calendar, date="2026-12-05")

    assert [told(calendar), told(calendar)] == [["Odottaa ja alkaa pian: Lettukestit"]] * 2
    calendar.clock.move(hours=40)
    assert "Odottaa ja alkaa pian: Puistojooga" in told(calendar)


def test_an_overdue_message_is_reason_enough(sqlite_calendar: Calendar) -> None:
    kaisa(sqlite_calendar)
    message = Feedback("feedback", "Hei", "", "")
    sqlite_calendar.run(messages.keep, message, language="fi", now=sqlite_calendar.clock(), due=TODAY)
    assert told(sqlite_calendar) == []

    sqlite_calendar.clock.move(days=1)

    assert told(sqlite_calendar) == ["1 viestiin olisi pitänyt jo vastata."]
