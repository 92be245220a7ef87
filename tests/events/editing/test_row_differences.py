"""Of an edit only what differs is written: the difference by itself, and the statements that reach the database."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from events.domain.dates import DateChange
from events.domain.texts import Note, Text
from events.editing import publishing as lifecycle
from events.editing.rows.row_differences import Columns, difference, list_difference
from events.storage.models import EventTerm, EventText, Occurrence, StatusNote
from tests.database import count_queries
from tests.people import Calendar, draft, weekly

modestly = settings(max_examples=60, deadline=None, derandomize=True)
rows = st.dictionaries(
    st.sampled_from("abcd"), st.fixed_dictionaries({"text": st.integers(0, 2), "state": st.booleans()})
)
lists = st.lists(st.tuples(st.sampled_from(["promise", "activity"]), st.sampled_from("abcd")), unique=True)


@modestly
@given(rows, rows)
def test_the_difference_leads_from_any_rows_to_any_others(
    stored: dict[str, Columns], wanted: dict[str, Columns]
) -> None:
    found = difference(stored, wanted)

    kept = {key: {**columns, **found.changed.get(key, {})} for key, columns in stored.items() if key not in found.gone}
    assert {**kept, **{key: wanted[key] for key in found.new}} == wanted
    assert not set(found.changed) & {*found.gone, *found.new}
    assert difference(wanted, wanted) == difference({}, {})


@modestly
@given(lists, lists)
def test_lists_read_in_the_order_they_were_written_come_out_as_wanted(
    stored: list[tuple[str, str]], wanted: list[tuple[str, str]]
) -> None:
    found = list_difference(stored, wanted)

    written = [*(entry for entry in stored if entry not in found.gone), *found.new]
    for name in ("promise", "activity"):
        assert [value for each, value in written if each == name] == [value for each, value in wanted if each == name]
    assert list_difference(wanted, wanted) == list_difference([], [])


def test_only_what_stands_in_the_columns_that_differ_is_told() -> None:
    stored = {"fi": {"title": "Kahvila", "state": "human"}, "sv": {"title": "Kafé", "state": "human"}}
    wanted = {"fi": {"title": "Puhekahvila", "state": "human"}, "en": {"title": "Café", "state": "human"}}

    found = difference(stored, wanted)

    assert (found.gone, found.new, found.changed) == (("sv",), ("en",), {"fi": {"title": "Puhekahvila"}})


WRITES = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')
ALWAYS = ["UPDATE event", "INSERT INTO revision", "UPDATE event"]
"""What the event says of itself, the revision of everything, and the event's own."""
FACTS: dict[str, Any] = {
    "schedule": weekly(times=4),
    "texts": {"fi": Text("Kielikahvila", "Jutellaan."), "sv": Text("Språkkafé"), "en": Text("Language café")},
    "promises": (("fi", "main"), ("ru", "some")),
    "notes": (Note("fi", "Ovi on pihan puolella."),),
}


def edited(calendar: Calendar, public_id: str, **changes: Any) -> list[str]:
    """Every row written by an edit, as «INSERT INTO table»."""
    event = calendar.event(public_id)
    with count_queries() as seen:
        calendar.run(lifecycle.rewrite, event.id, draft(**{**FACTS, **changes}), now=calendar.clock())
    return [" ".join(found.groups()) for each in seen if (found := WRITES.match(each))]


def stored_ids(calendar: Calendar, public_id: str) -> list[list[int]]:
    event = calendar.event(public_id)

    async def ids() -> list[list[int]]:
        tables = (EventText, EventTerm, StatusNote, Occurrence)
        return [[row.id for row in await table.filter(event_id=event.id).order_by("id")] for table in tables]

    found: list[list[int]] = calendar.run(ids)
    return found


def test_another_word_in_the_title_is_all_that_is_written(calendar: Calendar) -> None:
    event = calendar.publish(**FACTS)
    before = stored_ids(calendar, event)
    texts = {**FACTS["texts"], "sv": Text("Språkcafé")}

    written = edited(calendar, event, texts=texts)
    again = edited(calendar, event, texts=texts)

    assert written == ["UPDATE event_text", *ALWAYS]
    assert again == ALWAYS
    assert stored_ids(calendar, event) == before


def test_a_change_of_one_date_leaves_the_rows_of_the_others(calendar: Calendar) -> None:
    event = calendar.publish(**FACTS)
    *others, before = stored_ids(calendar, event)
    sequence = calendar.event(event).sequence

    written = edited(calendar, event, changed={"2026-12-08": DateChange("cancelled", "illness")})
    *others_now, after = stored_ids(calendar, event)

    assert written == ["DELETE FROM occurrence", "INSERT INTO occurrence", *ALWAYS]
    assert others_now == others
    assert (len(before), len(after), len({*before} & {*after})) == (4, 4, 3)
    assert calendar.event(event).sequence == sequence + 1


def test_a_translation_that_did_not_follow_is_outdated_until_it_does(calendar: Calendar) -> None:
    event = calendar.publish(**FACTS)
    finnish = {**FACTS["texts"], "fi": Text("Kielikahvila", "Jutellaan ja lauletaan.")}
    swedish = {**finnish, "sv": Text("Språkkafé", "Vi pratar och sjunger.")}

    def states() -> dict[str, str]:
        async def read() -> dict[str, str]:
            return {row.language: row.state for row in await EventText.filter(event__public_id=event)}

        found: dict[str, str] = calendar.run(read)
        return found

    edited(calendar, event, texts=finnish)
    first = states()
    edited(calendar, event, texts=swedish)

    assert first == {"fi": "human", "sv": "outdated", "en": "outdated"}
    assert states() == {"fi": "human", "sv": "human", "en": "outdated"}


def test_promises_are_read_in_the_order_they_were_last_given(calendar: Calendar) -> None:
    event = calendar.publish(**FACTS)

    written = edited(calendar, event, promises=(("ru", "main"), ("fi", "main")), activities=("language_cafe", "crafts"))

    async def promised() -> list[str]:
        rows = await EventTerm.filter(event__public_id=event, facet="promise").order_by("id")
        return [row.value for row in rows if ":" in row.value]

    assert written == ["DELETE FROM event_term", "INSERT INTO event_term", *ALWAYS]
    assert calendar.run(promised) == ["ru:main", "fi:main"]
