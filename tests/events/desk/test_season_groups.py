"""One screen for the next season: what ended, and each of it anew."""

from datetime import date

from events.desk.season import publishing as season_making
from events.desk.season import rows as season_rows
from events.editing.changes import Actor
from events.storage.loading import load_by_public_id
from events.storage.models import Event
from tests.people import Calendar, once, weekly


async def dates_of_the_next_choir(ended: str) -> tuple[str, date, int]:
    """(title, first date, how many) of the choir that is not the one that ended."""
    (another,) = await Event.filter(texts__title="Kuoro").exclude(public_id=ended)
    event, _ = await load_by_public_id(another.public_id) or (None, True)
    assert event is not None
    return event.texts["fi"].title, event.dates[0].original_date, len(event.dates)


def test_what_ended_is_offered_and_begins_anew(calendar: Calendar) -> None:
    organisation_id = calendar.association(review_first=False).id
    ended = calendar.publish("Kuoro", schedule=weekly("2026-09-01 17:30", times=12), place_id=calendar.place())
    ending = calendar.publish("Uinti", schedule=weekly("2026-11-24 17:30", times=4))
    calendar.publish("Kielikahvila", schedule=weekly(times=30))
    calendar.publish("Konsertti", schedule=once("2026-11-20 18:00"))
    calendar.publish("Vanha", schedule=weekly("2025-09-01 17:30", times=4))
    calendar.publish("Toisten", organisation="naapurit", schedule=weekly("2026-09-01 17:30", times=4))

    offered = calendar.run(season_rows.groups_of, organisation_id, now=calendar.clock())
    assert [group.event.public_id for group in offered] == [ending, ended]

    made = calendar.run(
        season_making.make,
        offered[1],
        date(2027, 1, 11),
        organisation_id,
        by=Actor(None, "owner"),
        now=calendar.clock(),
        uid_domain="yhdessa.example",
    )

    assert (made.state, calendar.run(dates_of_the_next_choir, ended)) == ("published", ("Kuoro", date(2027, 1, 12), 11))
