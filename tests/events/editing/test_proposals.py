"""Nothing typed is lost: proposals are saved as one types, kept apart where two type, sent, returned and published."""

from datetime import date, datetime
from typing import Any

import pytest

from events.editing import acceptance, proposals, status_commands
from events.editing import changes as notices
from events.editing.acceptance import Outcome
from events.editing.changes import Actor
from events.editing.errors import EditRefused
from events.editing.proposals import Saved, Stored
from events.editing.status_changes import Reason
from events.storage.models import Event, Proposal
from organisations.models import AuditEntry
from tests.events.editing.test_images import taken
from tests.people import Calendar, once, weekly

FEED = "/fi/events.ics"
LIISA, CITY = Actor(None, "editor"), Actor(None, "city")
FORM = {"title.fi": "Kielikahvila", "category": "language", "date": "8.12.", "start": "17.30", "end": "19"}


def begun(calendar: Calendar, fields: dict[str, str] | None = None, *, trusted: bool = True, **changes: str) -> Stored:
    """Liisa has opened the form and typed; her association may publish at once."""
    organisation = calendar.association("pulina", review_first=not trusted)
    place = calendar.place()
    stored: Stored = calendar.run(
        proposals.begin,
        organisation_id=organisation.id,
        author_id=None,
        fields={**FORM, "place": str(place), **(fields or {}), **changes},
        now=calendar.clock(),
    )
    return stored


def begun_edit(calendar: Calendar, public_id: str, scope: str = "all", day: date | None = None) -> Stored:
    stored: Stored = calendar.run(
        proposals.begin_edit, public_id, author_id=None, scope=scope, day=day, now=calendar.clock()
    )
    return stored


def saved(calendar: Calendar, stored: Stored | Saved, fields: dict[str, str]) -> Saved:
    calendar.clock.move(seconds=5)
    found: Saved = calendar.run(
        proposals.save, stored.key, fields, stored.version, author_id=None, now=calendar.clock()
    )
    return found


def sent(calendar: Calendar, key: str) -> Outcome:
    calendar.clock.move(minutes=1)
    outcome: Outcome = calendar.run(
        acceptance.submit, key, by=LIISA, now=calendar.clock(), uid_domain="yhdessa.example"
    )
    return outcome


def accepted(calendar: Calendar, key: str, **named: Any) -> Outcome:
    calendar.clock.move(minutes=1)
    outcome: Outcome = calendar.run(
        acceptance.accept, key, by=CITY, now=calendar.clock(), uid_domain="yhdessa.example", **named
    )
    return outcome


def found(calendar: Calendar, key: str) -> Stored | None:
    stored: Stored | None = calendar.run(proposals.find, key)
    return stored


def open_ones(calendar: Calendar) -> list[Stored]:
    stored: list[Stored] = calendar.run(proposals.open_of, calendar.association().id)
    return stored


def events(calendar: Calendar, path: str = FEED) -> list[tuple[str, str, str]]:
    """(title, first start, status) of every VEVENT."""
    return [
        (str(event["SUMMARY"]), f"{event['DTSTART'].dt:%d.%m. %H:%M}", str(event["STATUS"]))
        for event in calendar.feed(path).walk("VEVENT")
    ]


def edited(stored: Stored, **changes: str) -> dict[str, str]:
    return {**stored.fields, **{name.replace("__", "."): text for name, text in changes.items()}}


def test_what_was_typed_is_there_when_the_form_is_opened_again(calendar: Calendar) -> None:
    stored = begun(calendar, {})

    once_more = saved(calendar, stored, {**stored.fields, "title.fi": "Puhekahvi"})

    again = found(calendar, stored.key)
    assert once_more == Saved(stored.key, 2)
    assert again is not None
    assert (again.fields["title.fi"], again.version, again.state) == ("Puhekahvi", 2, "autosaved")
    assert events(calendar) == []


def test_saving_the_same_again_is_no_new_version(calendar: Calendar) -> None:
    stored = begun(calendar)

    assert saved(calendar, stored, stored.fields) == Saved(stored.key, 1)


def test_of_two_windows_both_texts_are_kept_and_what_differs_is_named(calendar: Calendar) -> None:
    stored = begun(calendar)
    saved(calendar, stored, {**stored.fields, "title.fi": "Liisan"})

    second = saved(calendar, stored, {**stored.fields, "title.fi": "Mikon", "start": "18"})

    assert (second.other, second.version) == (stored.key, 1)
    assert second.differs == {"title.fi": ("Liisan", "Mikon"), "start": ("17.30", "18")}
    assert {one.key: one.fields["title.fi"] for one in open_ones(calendar)} == {
        stored.key: "Liisan",
        second.key: "Mikon",
    }


def test_a_save_whose_answer_was_lost_makes_no_third_text(calendar: Calendar) -> None:
    stored = begun(calendar)
    saved(calendar, stored, {**stored.fields, "title.fi": "Liisan"})
    typed = {**stored.fields, "title.fi": "Mikon"}

    assert saved(calendar, stored, typed).key == saved(calendar, stored, typed).key
    assert len(open_ones(calendar)) == 2


def test_a_trusted_association_publishes_with_one_button(calendar: Calendar) -> None:
    stored = begun(calendar, price="free")

    outcome = sent(calendar, stored.key)

    assert (outcome.state, outcome.problems) == ("published", ())
    assert outcome.change is not None
    assert events(calendar) == [("Kielikahvila", "08.12. 17:30", "CONFIRMED")]
    assert calendar.get(f"/fi/events/{outcome.change.public_id}").status_code == 200
    assert found(calendar, stored.key) is None


def test_publishing_by_mistake_is_taken_back(calendar: Calendar) -> None:
    outcome = sent(calendar, begun(calendar).key)
    assert outcome.change is not None

    calendar.run(notices.undo, outcome.change.audit_id, by=LIISA, now=calendar.clock())

    assert events(calendar) == [("PERUTTU: Kielikahvila", "08.12. 17:30", "CANCELLED")]
    assert calendar.get(f"/fi/events/{outcome.change.public_id}").status_code == 410


def test_what_is_not_ready_stays_and_says_what_is_missing(calendar: Calendar) -> None:
    stored = begun(calendar, {"title.fi": "", "place": ""})

    outcome = sent(calendar, stored.key)

    assert (outcome.state, [(problem.field, problem.code) for problem in outcome.problems]) == (
        "incomplete",
        [("title.fi", "title_missing")],
    )
    still = found(calendar, stored.key)
    assert still is not None
    assert (still.state, still.version) == ("autosaved", 1)


@pytest.mark.parametrize("place", ["999", ""])
def test_a_place_must_be_one_that_there_is(calendar: Calendar, place: str) -> None:
    outcome = sent(calendar, begun(calendar, {"place": place}).key)

    assert [problem.field for problem in outcome.problems] == ["place"]


def test_a_place_of_ones_own_is_made_once(calendar: Calendar) -> None:
    fields = {"place": "", "new_place_name": "Kylätalo", "new_place_city": "Kouvola", "new_place_area": "jaala"}
    first, second = (sent(calendar, begun(calendar, fields).key) for _ in range(2))
    assert first.change is not None
    assert second.change is not None

    async def places() -> set[Any]:
        return set(await Event.all().values_list("place__name", "place_id", "place__area"))

    assert [(name, area) for name, _, area in calendar.run(places)] == [("Kylätalo", "jaala")]


def test_the_city_reads_a_new_association_first(calendar: Calendar) -> None:
    stored = begun(calendar, trusted=False)
    assert sent(calendar, stored.key) == Outcome("submitted")
    assert ([one.key for one in calendar.run(proposals.waiting)], events(calendar)) == ([stored.key], [])

    outcome = accepted(calendar, stored.key)

    assert outcome.state == "published"
    assert events(calendar) == [("Kielikahvila", "08.12. 17:30", "CONFIRMED")]
    assert calendar.run(proposals.waiting) == []


def test_a_date_without_a_year_means_what_it_meant_when_it_was_sent(calendar: Calendar) -> None:
    stored = begun(calendar, trusted=False)
    sent(calendar, stored.key)

    calendar.clock.move(days=30)
    accepted(calendar, stored.key)

    (event,) = calendar.feed("/fi/events.ics?start=2026-12-01").walk("VEVENT")
    assert f"{event['DTSTART'].dt:%Y-%m-%d}" == "2026-12-08"


def test_what_is_returned_says_why_and_can_be_sent_again(calendar: Calendar) -> None:
    stored = begun(calendar, trusted=False)
    sent(calendar, stored.key)

    calendar.run(acceptance.send_back, stored.key, "place", "Mikä ovi?", by=CITY, now=calendar.clock())

    returned = found(calendar, stored.key)
    assert returned is not None
    assert (returned.state, returned.reason, returned.note) == ("returned", "place", "Mikä ovi?")
    saved(calendar, returned, {**returned.fields, "place_note.fi": "Ovi B"})
    assert sent(calendar, stored.key) == Outcome("submitted")


def test_typing_on_takes_a_sent_proposal_out_of_the_queue(calendar: Calendar) -> None:
    stored = begun(calendar, trusted=False)
    sent(calendar, stored.key)
    again = found(calendar, stored.key)
    assert again is not None

    saved(calendar, again, {**again.fields, "title.fi": "Puhe"})

    with pytest.raises(EditRefused, match="proposal_gone"):
        accepted(calendar, stored.key)


def test_a_residents_proposal_is_published_by_whoever_takes_it_on(calendar: Calendar) -> None:
    place = calendar.place()
    stored = calendar.run(
        proposals.begin,
        organisation_id=None,
        author_id=None,
        fields={**FORM, "place": str(place)},
        now=calendar.clock(),
    )
    assert sent(calendar, stored.key) == Outcome("submitted")

    outcome = accepted(calendar, stored.key, organisation_id=calendar.association().id)

    assert outcome.change is not None
    (shown,) = calendar.feed(FEED).walk("VEVENT")
    assert "Pulina" in str(shown["CONTACT"])


def test_an_edit_changes_what_it_changed_and_nothing_else(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=3), place_id=calendar.place())
    calendar.association(review_first=False)
    calendar.run(status_commands.cancel, event, [date(2026, 12, 8)], Reason("illness"), by=LIISA, now=calendar.clock())
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__fi="Puhekahvi"))

    outcome = sent(calendar, stored.key)

    assert outcome.state == "published"
    assert events(calendar) == [
        ("Puhekahvi", "01.12. 17:30", "CONFIRMED"),
        ("PERUTTU: Puhekahvi", "08.12. 17:30", "CANCELLED"),
    ]
    assert calendar.event(event).sequence == 1  # the cancellation's; words move only the edit time


def trusted_edit(calendar: Calendar, event: str, scope: str = "all", day: date | None = None) -> Stored:
    async def trust() -> None:
        stored = await Event.get(public_id=event).prefetch_related("organisation")
        stored.organisation.review_first = False
        await stored.organisation.save()

    calendar.run(trust)
    return begun_edit(calendar, event, scope, day)


def test_an_edit_and_a_cancellation_meanwhile_both_hold(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=3), place_id=calendar.place())
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__fi="Puhekahvi"))
    calendar.run(status_commands.cancel, event, None, Reason("illness"), by=LIISA, now=calendar.clock())

    assert sent(calendar, stored.key).state == "published"

    assert events(calendar) == [("PERUTTU: Puhekahvi", "01.12. 17:30", "CANCELLED")]


def test_two_edits_of_different_fields_are_merged(calendar: Calendar) -> None:
    event = calendar.publish(place_id=calendar.place())
    first, second = trusted_edit(calendar, event), trusted_edit(calendar, event)
    saved(calendar, first, edited(first, title__fi="Puhekahvi"))
    saved(calendar, second, edited(second, start="18:00"))

    assert [sent(calendar, one.key).state for one in (first, second)] == ["published", "published"]

    assert events(calendar) == [("Puhekahvi", "03.12. 18:00", "CONFIRMED")]


def test_two_edits_of_the_same_field_are_a_conflict_that_names_it(calendar: Calendar) -> None:
    event = calendar.publish(place_id=calendar.place())
    first, second = trusted_edit(calendar, event), trusted_edit(calendar, event)
    saved(calendar, first, edited(first, title__fi="Puhekahvi", link="https://a.example/"))
    saved(calendar, second, edited(second, title__fi="Juttukahvi"))
    sent(calendar, first.key)

    outcome = sent(calendar, second.key)

    assert outcome == Outcome("conflict", fields=("title.fi",))
    assert events(calendar) == [("Puhekahvi", "03.12. 17:30", "CONFIRMED")]
    kept = found(calendar, second.key)
    assert kept is not None
    assert kept.fields["title.fi"] == "Juttukahvi"


def test_an_edit_is_taken_back_to_the_last_word(calendar: Calendar) -> None:
    event = calendar.publish(place_id=calendar.place())
    page = calendar.get(f"/fi/events/{event}").text
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__fi="Puhekahvi", start="18:00", price="free"))
    outcome = sent(calendar, stored.key)
    assert outcome.change is not None
    assert calendar.get(f"/fi/events/{event}").text != page

    calendar.run(notices.undo, outcome.change.audit_id, by=LIISA, now=calendar.clock())

    assert calendar.get(f"/fi/events/{event}").text == page


def test_a_translation_that_did_not_follow_is_marked_as_outdated(calendar: Calendar) -> None:
    event = calendar.publish(place_id=calendar.place())
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__ru="Кафе"))
    sent(calendar, stored.key)
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__fi="Puhekahvi"))
    sent(calendar, stored.key)

    async def states() -> dict[str, str]:
        rows = await Event.get(public_id=event).prefetch_related("texts")
        return {row.language: row.state for row in rows.texts}

    assert calendar.run(states) == {"fi": "human", "ru": "outdated"}


def test_from_a_date_on_the_club_is_another_one(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=4), place_id=calendar.place())
    calendar.run(status_commands.cancel, event, [date(2026, 12, 22)], Reason("illness"), by=LIISA, now=calendar.clock())
    before = {str(one["UID"]) for one in calendar.feed(FEED).walk("VEVENT")}
    stored = trusted_edit(calendar, event, "following", date(2026, 12, 15))
    assert (stored.fields["date"], stored.fields["until"]) == ("2026-12-15", "2026-12-22")
    saved(calendar, stored, edited(stored, start="18:00", title__fi="Iltakahvila"))

    outcome = sent(calendar, stored.key)

    assert outcome.change is not None
    assert events(calendar) == [
        ("Kielikahvila", "01.12. 17:30", "CONFIRMED"),
        ("Iltakahvila", "15.12. 18:00", "CONFIRMED"),
        ("PERUTTU: Iltakahvila", "22.12. 18:00", "CANCELLED"),
    ]
    old, new, _override = calendar.feed(FEED).walk("VEVENT")
    assert (str(old["UID"]) in before, str(new["UID"]) in before) == (True, False)
    assert old["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20261208T215959Z;BYDAY=TU;WKST=MO"

    calendar.run(notices.undo, outcome.change.audit_id, by=LIISA, now=calendar.clock())
    assert events(calendar) == [
        ("Kielikahvila", "01.12. 17:30", "CONFIRMED"),
        ("PERUTTU: Kielikahvila", "22.12. 17:30", "CANCELLED"),
    ]
    assert {str(one["UID"]) for one in calendar.feed(FEED).walk("VEVENT")} == before


def test_the_book_tells_which_event_continues_which(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=4), place_id=calendar.place())
    stored = trusted_edit(calendar, event, "following", date(2026, 12, 15))
    saved(calendar, stored, edited(stored, start="18:00"))
    outcome = sent(calendar, stored.key)
    assert outcome.change is not None

    async def details() -> dict[str, Any]:
        return {entry.action: entry.detail for entry in await AuditEntry.filter(target_kind="event")}

    written = calendar.run(details)
    assert (written["split"]["made"], written["publish"]["continues"]) == (outcome.change.made, event)


def test_one_evening_at_another_hour_moves(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=4), place_id=calendar.place())
    stored = trusted_edit(calendar, event, "this", date(2026, 12, 15))
    saved(calendar, stored, edited(stored, start="18:00", end="20:00"))

    sent(calendar, stored.key)

    assert events(calendar) == [
        ("Kielikahvila", "01.12. 17:30", "CONFIRMED"),
        ("UUSI AIKA: Kielikahvila", "15.12. 18:00", "CONFIRMED"),
    ]


def test_one_evening_that_is_something_else_stands_alone(calendar: Calendar) -> None:
    event = calendar.publish(schedule=weekly(times=4), place_id=calendar.place())
    stored = trusted_edit(calendar, event, "this", date(2026, 12, 15))
    saved(calendar, stored, edited(stored, title__fi="Pikkujoulu"))

    sent(calendar, stored.key)

    assert events(calendar) == [
        ("Kielikahvila", "01.12. 17:30", "CONFIRMED"),
        ("Pikkujoulu", "15.12. 17:30", "CONFIRMED"),
    ]
    (master, _party) = calendar.feed(FEED).walk("VEVENT")
    assert [f"{one.dt:%d.%m.}" for one in master["EXDATE"].dts] == ["15.12."]


def test_an_event_that_was_taken_off_cannot_be_edited_on(calendar: Calendar) -> None:
    event = calendar.publish(place_id=calendar.place())
    stored = trusted_edit(calendar, event)
    saved(calendar, stored, edited(stored, title__fi="Puhe"))
    calendar.withdraw(event)

    with pytest.raises(EditRefused, match="only_published"):
        sent(calendar, stored.key)

    assert found(calendar, stored.key) is not None


def test_a_copy_asks_only_when(calendar: Calendar) -> None:
    event = calendar.publish(schedule=once("2026-12-03 17:30"), place_id=calendar.place())
    copy = calendar.run(proposals.begin_copy, event, author_id=None, now=calendar.clock())
    assert [problem.field for problem in sent(calendar, copy.key).problems] == ["date"]

    saved(calendar, copy, {**copy.fields, "date": "10.12."})
    trusted_edit(calendar, event)
    outcome = sent(calendar, copy.key)

    assert outcome.state == "published"
    assert [start for _, start, _ in events(calendar)] == ["03.12. 17:30", "10.12. 17:30"]


def test_a_picture_says_in_words_what_it_shows_before_anybody_sees_it(calendar: Calendar) -> None:
    stored, image = begun(calendar, {"title.ru": "Кафе"}), taken(calendar)
    calendar.run(proposals.set_image, stored.key, image.id, now=calendar.clock())

    assert [problem.field for problem in sent(calendar, stored.key).problems] == [
        "image_alternative.fi",
        "image_alternative.ru",
    ]


def test_a_picture_of_another_association_is_not_taken(calendar: Calendar) -> None:
    image = taken(calendar)
    stored = calendar.run(
        proposals.begin, organisation_id=calendar.association("naapurit").id, author_id=None, now=calendar.clock()
    )

    with pytest.raises(EditRefused):
        calendar.run(proposals.set_image, stored.key, image.id, now=calendar.clock())


def test_a_novel_is_refused_and_what_was_there_stays(calendar: Calendar) -> None:
    stored = begun(calendar)

    with pytest.raises(EditRefused, match="too_large"):
        saved(calendar, stored, {**stored.fields, "description.fi": "ä" * 33_000})

    again = found(calendar, stored.key)
    assert again is not None
    assert again.fields == stored.fields


def test_an_association_has_at_most_a_hundred_open(sqlite_calendar: Calendar) -> None:
    organisation = sqlite_calendar.association()

    async def fill() -> None:
        at = datetime.fromisoformat("2026-12-01T00:00:00+00:00")
        await Proposal.bulk_create(
            Proposal(key=f"key{number:013}", organisation_id=organisation.id, payload={}, created=at, modified=at)
            for number in range(100)
        )

    sqlite_calendar.run(fill)
    with pytest.raises(EditRefused, match="too_many_drafts"):
        sqlite_calendar.run(
            proposals.begin, organisation_id=organisation.id, author_id=None, now=sqlite_calendar.clock()
        )


def test_a_suspended_association_publishes_nothing(calendar: Calendar) -> None:
    stored = begun(calendar)

    set_state(calendar, "suspended")

    with pytest.raises(EditRefused, match="organisation_suspended"):
        sent(calendar, stored.key)


def set_state(calendar: Calendar, state: str) -> None:
    organisation = calendar.association()

    async def change() -> None:
        organisation.state = state
        await organisation.save()

    calendar.run(change)
