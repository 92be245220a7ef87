"""One screen for the next season: what ended, and each of it anew."""

from datetime import date

from events.editing import season_drafts
from events.editing.drafts import read
from tests.people import TODAY, Calendar, once, weekly


def test_what_ended_is_offered_and_begins_anew(calendar: Calendar) -> None:
    ended = calendar.publish("Kuoro", schedule=weekly("2026-09-01 17:30", times=12), place_id=calendar.place())
    ending = calendar.publish("Uinti", schedule=weekly("2026-11-24 17:30", times=4))
    calendar.publish("Kielikahvila", schedule=weekly(times=30))
    calendar.publish("Konsertti", schedule=once("2026-11-20 18:00"))
    calendar.publish("Vanha", schedule=weekly("2025-09-01 17:30", times=4))
    calendar.publish("Toisten", organisation="naapurit", schedule=weekly("2026-09-01 17:30", times=4))

    offered = calendar.run(season_drafts.last_season, calendar.association().id, today=TODAY)
    assert [public_id for public_id, _ in offered] == [ending, ended]

    stored = calendar.run(
        season_drafts.begin_next_season, ended, date(2027, 1, 11), author_id=None, now=calendar.clock()
    )

    again = read(stored.fields, today=TODAY).draft
    assert (stored.state, stored.public_id) == ("autosaved", None)
    assert again is not None
    assert (again.texts["fi"].title, again.schedule.start.date(), len(again.schedule.slots())) == (
        "Kuoro",
        date(2027, 1, 12),
        11,
    )
