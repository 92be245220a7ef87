"""What happens to an event after it was published, as residents and their phones see it."""

from datetime import date, datetime
from typing import Any

import pytest

from events.editing import changes, status_commands
from events.editing.changes import Actor, Change
from events.editing.errors import EditRefused
from events.editing.history import history
from events.editing.status_changes import Reason
from events.storage.models import Proposal
from organisations.models import AuditEntry
from tests.people import Calendar, once, weekly

FEED = "/fi/events.ics"
LIISA = Actor(None, "editor")
ILL = Reason("illness", {"fi": "Liisa on kuumeessa.", "ru": "Лийса заболела."})
FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)


def done(calendar: Calendar, work: Any, *arguments: Any, **named: Any) -> Change:
    """What Liisa of Pulina does a minute later."""
    calendar.clock.move(minutes=1)
    change: Change = calendar.run(work, *arguments, by=LIISA, now=calendar.clock(), **named)
    return change


def undone(calendar: Calendar, change: Change) -> Change:
    assert change.audit_id is not None
    return done(calendar, changes.undo, change.audit_id)


def dates(calendar: Calendar, path: str = FEED) -> dict[str, tuple[str, str]]:
    """Start of each VEVENT -> (title, status); the master of a series under «master»."""
    found = {}
    for event in calendar.feed(path).walk("VEVENT"):
        name = "master" if "RRULE" in event else f"{event['DTSTART'].dt:%Y-%m-%d %H:%M}"
        found[name] = (str(event["SUMMARY"]), str(event["STATUS"]))
    return found


def stamps(calendar: Calendar, public_id: str) -> tuple[int, datetime]:
    event = calendar.event(public_id)
    return event.sequence, event.modified


def club(calendar: Calendar, times: int = 4) -> str:
    return calendar.publish(schedule=weekly(times=times))


def test_one_evening_is_called_off_and_everybody_reads_why_in_her_language(calendar: Calendar) -> None:
    event = club(calendar)

    done(calendar, status_commands.cancel, event, [SECOND], ILL)

    assert dates(calendar) == {
        "master": ("Kielikahvila", "CONFIRMED"),
        "2026-12-08 17:30": ("PERUTTU: Kielikahvila", "CANCELLED"),
    }
    assert "Liisa on kuumeessa." in calendar.get(f"/fi/events/{event}?date=2026-12-08").text
    assert "Лийса заболела." in calendar.get(f"/ru/events/{event}?date=2026-12-08").text


def test_the_whole_club_is_called_off_and_taken_up_again(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.cancel, event, None, Reason("too_few"))
    assert dates(calendar) == {"master": ("PERUTTU: Kielikahvila", "CANCELLED")}

    done(calendar, status_commands.reinstate, event, None)

    assert dates(calendar) == {"master": ("Kielikahvila", "CONFIRMED")}
    assert stamps(calendar, event) == (2, calendar.clock())


def test_of_a_club_that_is_off_one_evening_takes_place_after_all(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.cancel, event, None, ILL)

    done(calendar, status_commands.reinstate, event, [THIRD])

    off = ("PERUTTU: Kielikahvila", "CANCELLED")
    assert dates(calendar) == {
        "master": ("Kielikahvila", "CONFIRMED"),
        "2026-12-01 17:30": off,
        "2026-12-08 17:30": off,
        "2026-12-22 17:30": off,
    }
    assert "Liisa on kuumeessa." in calendar.get(f"/fi/events/{event}?date=2026-12-08").text


def test_an_evening_moves_and_what_was_said_of_it_moves_along(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.postpone, event, [SECOND], Reason("venue"))
    assert dates(calendar)["2026-12-08 17:30"] == ("LYKÄTTY: Kielikahvila", "CANCELLED")

    done(calendar, status_commands.move, event, SECOND, datetime(2026, 12, 9, 18), None, Reason("venue"))

    assert dates(calendar) == {
        "master": ("Kielikahvila", "CONFIRMED"),
        "2026-12-09 18:00": ("UUSI AIKA: Kielikahvila", "CONFIRMED"),
    }


def test_a_single_event_keeps_its_identity_when_it_moves(calendar: Calendar) -> None:
    event = calendar.publish(schedule=once("2026-12-03 17:30"))
    (before,) = calendar.feed(FEED).walk("VEVENT")

    done(calendar, status_commands.move, event, None, datetime(2026, 12, 4, 18), datetime(2026, 12, 4, 19), Reason())

    (after,) = calendar.feed(FEED).walk("VEVENT")
    assert after["UID"] == before["UID"]
    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert dates(calendar) == {"2026-12-04 18:00": ("UUSI AIKA: Kielikahvila", "CONFIRMED")}


def test_a_club_moves_to_another_weekday_with_its_exceptions(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=4, skipped=("2026-12-15",)))
    done(calendar, status_commands.cancel, event, [SECOND], Reason("illness"))

    done(calendar, status_commands.move, event, None, datetime(2026, 12, 3, 18), None, Reason())

    master, override = calendar.feed(FEED).walk("VEVENT")
    assert f"{master['DTSTART'].dt:%d.%m. %H:%M}" == "03.12. 18:00"
    assert master["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261224T215959Z;BYDAY=TH;WKST=MO"
    assert [f"{one.dt:%d.%m. %H:%M}" for one in master["EXDATE"].dts] == ["17.12. 18:00"]
    assert f"{override['RECURRENCE-ID'].dt:%d.%m. %H:%M}" == "10.12. 18:00"
    assert str(override["STATUS"]) == "CANCELLED"


def test_a_full_evening_is_said_to_be_full_until_there_are_places_again(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.mark_full, event, [SECOND], full=True)
    assert dates(calendar)["2026-12-08 17:30"] == ("TÄYNNÄ: Kielikahvila", "CONFIRMED")
    done(calendar, status_commands.mark_full, event, None, full=True)
    assert dates(calendar)["master"] == ("TÄYNNÄ: Kielikahvila", "CONFIRMED")

    done(calendar, status_commands.mark_full, event, None, full=False)

    assert dates(calendar) == {"master": ("Kielikahvila", "CONFIRMED")}


def test_saying_the_same_twice_moves_nothing(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.cancel, event, [SECOND], ILL)
    before, feed = stamps(calendar, event), calendar.get(FEED).content

    again = done(calendar, status_commands.cancel, event, [SECOND], ILL)

    assert again == Change(event, None)
    assert (stamps(calendar, event), calendar.get(FEED).content) == (before, feed)


def test_a_note_alone_moves_the_edit_time_but_not_the_sequence(calendar: Calendar) -> None:
    event = club(calendar)
    done(calendar, status_commands.cancel, event, [SECOND], Reason("illness"))

    done(calendar, status_commands.cancel, event, [SECOND], ILL)

    assert stamps(calendar, event) == (1, calendar.clock())


def test_other_events_keep_their_bytes(calendar: Calendar) -> None:
    other = calendar.publish("Uinti", schedule=once("2026-12-04 10:00"))
    event = club(calendar)
    before = calendar.get(f"/fi/events/{other}.ics").content

    done(calendar, status_commands.cancel, event, None, ILL)

    assert calendar.get(f"/fi/events/{other}.ics").content == before


@pytest.mark.parametrize(
    "work",
    [
        (status_commands.cancel, [SECOND], ILL),
        (status_commands.cancel, None, ILL),
        (status_commands.postpone, None, Reason("weather")),
        (status_commands.move, SECOND, datetime(2026, 12, 9, 18), datetime(2026, 12, 9, 20), ILL),
        (status_commands.move, None, datetime(2026, 12, 3, 18), None, ILL),
    ],
)
def test_every_word_about_its_status_can_be_taken_back(sqlite_calendar: Calendar, work: tuple[Any, ...]) -> None:
    event = club(sqlite_calendar)
    page, feed = sqlite_calendar.get(f"/fi/events/{event}").text, sqlite_calendar.get(FEED).content
    listed = dates(sqlite_calendar)

    change = done(sqlite_calendar, work[0], event, *work[1:])
    assert sqlite_calendar.get(FEED).content != feed
    undone(sqlite_calendar, change)

    assert (sqlite_calendar.get(f"/fi/events/{event}").text, dates(sqlite_calendar)) == (page, listed)
    assert stamps(sqlite_calendar, event) == (2, sqlite_calendar.clock())


def test_what_was_taken_back_can_be_done_again(calendar: Calendar) -> None:
    event = club(calendar)
    change = done(calendar, status_commands.cancel, event, None, ILL)
    called_off = dates(calendar)

    undone(calendar, undone(calendar, change))

    assert dates(calendar) == called_off


def test_nobody_takes_back_what_another_has_changed_since(calendar: Calendar) -> None:
    event = club(calendar)
    change = done(calendar, status_commands.cancel, event, [SECOND], ILL)
    done(calendar, status_commands.cancel, event, [SECOND], Reason("weather"))
    before = stamps(calendar, event)

    with pytest.raises(EditRefused, match="changed_meanwhile"):
        undone(calendar, change)

    assert stamps(calendar, event) == before


def test_another_evening_called_off_does_not_stand_in_the_way(calendar: Calendar) -> None:
    event = club(calendar)
    change = done(calendar, status_commands.cancel, event, [SECOND], ILL)
    done(calendar, status_commands.cancel, event, [THIRD], Reason("weather"))

    undone(calendar, change)

    assert dates(calendar) == {
        "master": ("Kielikahvila", "CONFIRMED"),
        "2026-12-15 17:30": ("PERUTTU: Kielikahvila", "CANCELLED"),
    }


def test_published_by_mistake_is_something_else_than_cancelled(calendar: Calendar) -> None:
    event = club(calendar)
    change = done(calendar, status_commands.withdraw, event, side="organiser")
    assert dates(calendar) == {"master": ("PERUTTU: Kielikahvila", "CANCELLED")}
    assert calendar.get(f"/fi/events/{event}").status_code == 410

    undone(calendar, change)

    assert dates(calendar) == {"master": ("Kielikahvila", "CONFIRMED")}
    assert calendar.get(f"/fi/events/{event}").status_code == 200
    assert stamps(calendar, event)[0] == 2


def test_an_association_cannot_put_back_what_the_city_took_off(calendar: Calendar) -> None:
    event = club(calendar)
    change = calendar.run(status_commands.withdraw, event, side="city", by=Actor(None, "city"), now=calendar.clock())

    with pytest.raises(EditRefused, match="not_undoable"):
        undone(calendar, change)
    with pytest.raises(EditRefused, match="only_published"):
        done(calendar, status_commands.cancel, event, None, ILL)


def test_every_change_is_in_the_audit_log_with_who_and_why(calendar: Calendar) -> None:
    event = club(calendar)
    change = done(calendar, status_commands.cancel, event, [SECOND], ILL)

    async def entry() -> AuditEntry:
        return await AuditEntry.get(id=change.audit_id).prefetch_related("organisation")

    written = calendar.run(entry)
    assert (written.action, written.role, written.target, written.organisation.slug, written.at) == (
        "cancel", "editor", event, "pulina", calendar.clock(),
    )  # fmt: skip
    assert (written.detail["days"], written.detail["reason"]) == (["2026-12-08"], "illness")


@pytest.mark.parametrize(
    ("work", "code"),
    [
        ((status_commands.cancel, [date(2026, 12, 9)], Reason()), "no_such_date"),
        (
            (status_commands.move, SECOND, datetime(2026, 12, 9, 18), datetime(2026, 12, 9, 17), Reason()),
            "end_before_start",
        ),
        ((status_commands.move, SECOND, datetime(2026, 12, 9), datetime(2027, 12, 9), Reason()), "too_long"),
        ((status_commands.move, SECOND, datetime(2027, 3, 28, 3, 30), None, Reason()), "skipped_hour"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_moves(
    sqlite_calendar: Calendar, work: tuple[Any, ...], code: str
) -> None:
    event = club(sqlite_calendar)
    before = stamps(sqlite_calendar, event)

    with pytest.raises(EditRefused, match=code):
        done(sqlite_calendar, work[0], event, *work[1:])

    assert stamps(sqlite_calendar, event) == before


def test_a_waiting_proposal_stays_as_it_is(calendar: Calendar) -> None:
    event = club(calendar)
    stored = calendar.event(event)

    async def propose() -> None:
        await Proposal.create(
            key="a" * 16, event=stored, payload={"x": 1}, created=stored.created, modified=stored.created
        )

    async def proposal() -> tuple[Any, ...]:
        found = await Proposal.get(key="a" * 16)
        return found.payload, found.version, found.state, found.modified

    calendar.run(propose)
    done(calendar, status_commands.cancel, event, None, ILL)

    assert calendar.run(proposal) == ({"x": 1}, 1, "autosaved", stored.created)


def test_the_organiser_reads_what_was_done_and_what_can_be_taken_back(calendar: Calendar) -> None:
    event = club(calendar)
    cancelled = done(calendar, status_commands.cancel, event, [SECOND], ILL)
    done(calendar, status_commands.mark_full, event, None, full=True)
    undone(calendar, cancelled)

    read = calendar.run(history, event, reader=LIISA)

    assert [(entry.action, entry.days, entry.reason, entry.undone, entry.undoable) for entry in read] == [
        ("undo", None, "", False, True),
        ("full", None, "", False, True),
        ("cancel", (SECOND,), "illness", True, False),
    ]
