"""A feed brought up to date has the very bytes of one that is made anew."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from events.feeds.body import FeedBody, WrittenEvent
from tests.people import Calendar, all_day, once, weekly

FEED = "/fi/events.ics"
HEAD, TAIL = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"


def written(key: int, first_start: int, words: str) -> WrittenEvent:
    """An event as bytes; its UID orders differently from its id."""
    uid = f"{key * 7919 % 100_000:05}"
    text = f"BEGIN:VEVENT\r\nUID:{uid}@yhdessa.example\r\nSUMMARY:{words}\r\nEND:VEVENT\r\n"
    return WrittenEvent(key, first_start, f"{uid}@yhdessa.example".encode(), text.encode())


def in_order(events: dict[int, WrittenEvent]) -> list[WrittenEvent]:
    return sorted(events.values(), key=lambda one: (one.first_start, one.uid))


EVENTS = st.builds(written, st.integers(1, 30), st.integers(0, 4), st.sampled_from(["uinti", "kahvila", "retki" * 9]))


@settings(max_examples=300)
@given(st.lists(EVENTS), st.lists(EVENTS), st.sets(st.integers(1, 30)))
def test_putting_changed_events_in_gives_the_bytes_of_all_of_them(
    before: list[WrittenEvent], changed: list[WrittenEvent], left: set[int]
) -> None:
    known = {event.id: event for event in before}
    new = {event.id: event for event in changed if event.id not in left}
    gone = left | set(new)
    feed = FeedBody.of(HEAD, in_order(known), TAIL)

    patched = feed.patched(gone, new.values(), head=HEAD, tail=TAIL)

    now = {key: event for key, event in known.items() if key not in gone} | new
    assert patched == FeedBody.of(HEAD, in_order(now), TAIL)


def test_a_feed_that_nothing_came_of_is_the_same_object() -> None:
    events = [written(1, 5, "uinti"), written(2, 5, "kahvila")]
    feed = FeedBody.of(HEAD, in_order({event.id: event for event in events}), TAIL)

    patched = feed.patched({2, 9}, events[1:], head=HEAD, tail=TAIL)

    assert patched.whole is feed.whole


def made_anew(calendar: Calendar, path: str) -> bytes:
    """The feed as a process makes it that has kept nothing."""
    calendar.forget_answers()
    return bytes(calendar.get(path).content)


def test_whatever_happens_to_its_events_a_feed_is_the_same_brought_up_to_date_or_made_anew(calendar: Calendar) -> None:
    place = calendar.place("Pääkirjasto")
    first = calendar.publish("Kielikahvila", schedule=once("2026-12-03 17:30"), place_id=place)
    series = calendar.publish("Uinti", schedule=weekly(), place_id=place)
    paths = (FEED, f"{FEED}?cancelled=title", f"{FEED}?in_language=fi", f"{FEED}?area=centre", f"{FEED}?q=uinti")

    steps = (
        lambda: calendar.publish("Retki", schedule=all_day("2026-12-05", "2026-12-06")),
        lambda: calendar.publish("Samaan aikaan", schedule=once("2026-12-03 17:30"), promises=(("ru", "main"),)),
        lambda: calendar.rewrite(first, "Puhekahvila", schedule=once("2026-12-24 10:00"), event_status="cancelled"),
        lambda: calendar.rewrite(series, "Vesijumppa", schedule=weekly(times=3), promises=(("ar", "main"),)),
        lambda: calendar.rewrite(first, "Muualla", schedule=once("2024-12-24 10:00")),
        lambda: calendar.withdraw(series),
        lambda: calendar.rename_place(place, "Kirjasto"),
    )
    for step in steps:
        for path in paths:
            calendar.get(path)
        step()
        patched = [calendar.get(path).content for path in paths]
        assert patched == [made_anew(calendar, path) for path in paths]


def test_a_feed_of_yesterday_is_made_anew(calendar: Calendar) -> None:
    calendar.publish("Ennen", schedule=once("2026-11-01 10:00"))
    calendar.publish("Nyt", schedule=once("2026-12-20 10:00"))
    assert b"Ennen" in calendar.get(FEED).content

    calendar.clock.move(days=10)
    calendar.publish("Uusi", schedule=once("2026-12-21 10:00"))

    content = calendar.get(FEED).content
    assert (b"Ennen" in content, b"Nyt" in content, b"Uusi" in content) == (False, True, True)
    assert date(2026, 12, 11) == calendar.site.today()
