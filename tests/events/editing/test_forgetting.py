"""What is written down about people and texts is not stored for ever."""

from __future__ import annotations

from datetime import date

import pytest

from events.desk.form import unsaved_texts
from events.editing import changes, status_commands
from events.editing.errors import EditRefused
from events.editing.history import history
from events.editing.status_changes import Reason
from events.housekeeping import WORKS as EVENT_WORKS
from events.storage.models import Proposal
from organisations.housekeeping import WORKS as PEOPLE_WORKS
from organisations.models import AuditEntry
from tests.events.city.waiting import kaisa, proposed
from tests.events.editing.test_life_of_an_event import LIISA, done
from tests.people import Calendar, weekly
from web.jobs import do_due

ILL = Reason("illness", {"fi": "Liisa on kuumeessa."})


def later(calendar: Calendar, **time: float) -> None:
    """What is done by itself is done, so much later."""
    calendar.clock.move(**time)
    calendar.run(do_due, calendar.site, (*PEOPLE_WORKS, *EVENT_WORKS))


def test_a_year_later_it_is_known_that_something_was_done_but_not_what_stood_there(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=60))
    cancelled = done(calendar, status_commands.cancel, event, [date(2026, 12, 8)], ILL)
    (fresh,) = calendar.run(history, event, reader=LIISA)

    later(calendar, days=366)
    done(calendar, status_commands.cancel, event, [date(2027, 12, 7)], ILL)

    async def kept() -> list[str]:
        return [str(entry.detail) for entry in await AuditEntry.filter(action="cancel").order_by("at")]

    first, second = calendar.run(kept)
    entries = calendar.run(history, event, reader=LIISA)
    assert ("kuumeessa" in first, "kuumeessa" in second) == (False, True)
    assert [(entry.action, entry.days, entry.reason, entry.undoable) for entry in entries] == [
        ("cancel", (date(2027, 12, 7),), "illness", True),
        ("cancel", (date(2026, 12, 8),), "illness", False),
    ]
    assert fresh.undoable
    assert entries[1].fields == fresh.fields != ()
    with pytest.raises(EditRefused, match="not_undoable"):
        done(calendar, changes.undo, cancelled.audit_id)


def test_a_text_kept_through_a_sign_in_waits_a_day(calendar: Calendar) -> None:
    key = calendar.run(unsaved_texts.store_unsaved_text, "abc", {"title.fi": "Kielikahvila"}, 1, now=calendar.clock())

    later(calendar, hours=23)
    before = calendar.run(unsaved_texts.find_unsaved_text, key, "abc")
    later(calendar, hours=2)

    assert before is not None
    assert before.fields == {"title.fi": "Kielikahvila"}
    assert calendar.run(unsaved_texts.find_unsaved_text, key, "abc") is None


def test_what_was_sent_back_to_a_resident_is_forgotten_after_a_month(sqlite_calendar: Calendar) -> None:
    proposed(sqlite_calendar, date="2026-12-31")
    clerk = kaisa(sqlite_calendar)
    key = clerk.read("/fi/city/").one("form", class_="city-adoption")["action"].split("/")[4]
    clerk.post(f"/fi/city/proposals/{key}/return", {"reason": "not_open"})

    async def kept() -> int:
        return await Proposal.all().count()

    later(sqlite_calendar, days=29)
    before = sqlite_calendar.run(kept)
    later(sqlite_calendar, days=2)

    assert (before, sqlite_calendar.run(kept)) == (1, 0)
