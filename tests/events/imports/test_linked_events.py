"""What Linked Events says becomes facts of ours; what it does not say stays not known."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from events.domain.prices import PriceRow
from events.imports.entries import Entry, Gone, Imported, ImportedPlace, ImportRefused, Skipped
from events.imports.linked_events.reader import read_linked_events, read_places
from events.storage.search_index import date_rows

SAMPLES = Path(__file__).parents[2] / "linked_events"
ADDRESS = "https://linkedevents.example/v1"


def happening(**fields: Any) -> dict[str, Any]:
    known = {"id": "kouvola:1", "name": {"fi": "Kerho"}, "start_time": "2026-12-01T16:00:00Z", "end_time": None}
    return {**known, **fields}


def reference(kind: str, name: str) -> dict[str, str]:
    return {"@id": f"{ADDRESS}/{kind}/{name}/"}


def read(*events: Any, places: Any = None) -> list[Entry]:
    content = json.dumps({"meta": {"count": len(events)}, "data": events}).encode()
    return read_linked_events(content, labels={"lukupiiri": ("activity", "reading")}, places=places)


def one(**fields: Any) -> Imported:
    (entry,) = read(happening(**fields))
    assert isinstance(entry, Imported), entry
    return entry


def reason(**fields: Any) -> str:
    (entry,) = read(happening(**fields))
    assert isinstance(entry, Skipped), entry
    return entry.reason


def test_facts_that_the_file_lacks_are_not_known() -> None:
    draft = one().draft

    assert (draft.price, draft.registration.kind, draft.promises, draft.audiences) == ("unknown", "unknown", (), ())
    assert (draft.category, draft.activities, draft.access, draft.online) == ("", (), {}, False)
    assert (draft.min_age, draft.max_age, draft.link) == (None, None, "")


def test_an_end_of_null_is_one_hour() -> None:
    schedule = one().draft.schedule

    assert (schedule.start, schedule.end) == (datetime(2026, 12, 1, 18), datetime(2026, 12, 1, 19))


@pytest.mark.parametrize(
    ("start", "end", "first", "after"),
    [
        ("2026-12-05", None, 5, 6),
        ("2026-12-05", "2026-12-06", 5, 7),
        ("2026-12-05", "2026-12-07T00:00:00Z", 5, 7),
        ("2026-12-05", "2026-12-06T22:00:00Z", 5, 7),
        ("2026-12-04T22:00:00Z", "2026-12-06T22:00:00Z", 5, 7),
    ],
)
def test_dates_without_a_time_are_whole_days(start: str, end: str | None, first: int, after: int) -> None:
    schedule = one(start_time=start, end_time=end).draft.schedule

    assert schedule.all_day
    assert (schedule.start, schedule.end) == (datetime(2026, 12, first), datetime(2026, 12, after))


def test_a_start_that_is_marked_to_have_no_hour_is_a_whole_day() -> None:
    assert one(start_time="2026-12-04T22:00:00Z", has_start_time=False).draft.schedule.all_day


def test_an_instant_in_the_repeated_hour_is_kept() -> None:
    draft = one(start_time="2026-10-25T01:30:00Z", end_time="2026-10-25T02:30:00Z").draft

    (row,) = date_rows(draft.schedule, draft.changes)
    assert row.occurrence.start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert row.occurrence.end == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize("status", ["EventScheduled", "EventPostponed"])
def test_without_a_start_it_is_skipped(status: str) -> None:
    assert reason(start_time=None, event_status=status) == "no start time"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("EventScheduled", "scheduled"),
        ("EventRescheduled", "scheduled"),
        ("EventPostponed", "postponed"),
        ("EventCancelled", "cancelled"),
        ("http://schema.org/EventCancelled", "cancelled"),
    ],
)
def test_a_status_is_mapped(theirs: str, ours: str) -> None:
    assert one(event_status=theirs).draft.event_status == ours


def test_each_language_has_its_own_text_and_an_empty_one_is_none() -> None:
    entry = one(
        name={"sv": "Klubb", "fi": "Kerho", "zh_hans": "俱乐部", "en": ""},
        short_description={"fi": "Lyhyesti.", "en": "In short."},
        description={"fi": "<p>Pitkään &amp; hartaasti.</p>"},
        location_extra_info={"sv": "Andra våningen"},
    )

    texts = entry.draft.texts
    assert sorted(texts) == ["fi", "sv", "zh-Hans"]
    assert (texts["fi"].summary, texts["fi"].description) == ("Lyhyesti.", "Pitkään & hartaasti.")
    assert texts["sv"].place_note == "Andra våningen"
    assert entry.draft.original_language == "fi"
    assert entry.notes == ("its text in «en» was left out: it has no title",)


def test_the_first_language_is_the_original_where_there_is_no_finnish() -> None:
    assert one(name={"uk": "Клуб", "ru": "Клуб"}).draft.original_language == "uk"


def test_the_languages_it_is_held_in_are_promised_and_unknown_ones_do_not_drop_it() -> None:
    entry = one(in_language=[reference("language", name) for name in ("fi", "zh_hans", "xx")])

    assert entry.draft.promises == (("fi", "main"), ("zh-Hans", "main"))
    assert entry.notes == ("the language «xx» is not known here",)


def test_keywords_and_audiences_are_known_by_their_yso_concepts() -> None:
    draft = one(
        keywords=[reference("keyword", "helsinki:abc"), reference("keyword", "yso:p4330"), {"id": "yso:p3111"}],
        audience=[reference("keyword", "yso:p4354"), reference("keyword", "yso:p16991")],
    ).draft

    assert (draft.category, draft.activities) == ("sport", ("swimming", "yoga"))
    assert draft.audiences == ("children", "women")


def test_a_keyword_may_be_known_by_its_name() -> None:
    draft = one(keywords=[{"id": "kouvola:1", "name": {"fi": "Lukupiiri"}}]).draft

    assert (draft.category, draft.activities) == ("books", ("reading",))


def test_a_category_without_an_activity_is_kept() -> None:
    draft = one(keywords=[reference("keyword", "yso:p485")]).draft

    assert (draft.category, draft.activities) == ("crafts", ())


@pytest.mark.parametrize(
    ("offers", "price", "amounts", "note"),
    [
        ([{"is_free": True, "price": None}], "free", [], ""),
        ([{"is_free": False, "price": {"fi": "5 €", "sv": "5€"}}], "paid", ["5"], ""),
        ([{"is_free": False, "price": {"fi": "8,50 euroa"}}], "paid", ["8.50"], ""),
        ([{"is_free": False, "price": {"fi": "5-15€"}}], "paid", [], "5-15€"),
        ([{"is_free": True, "price": {"fi": "5-15€"}}], "paid", [], "5-15€"),
        ([{"is_free": False, "price": {"fi": "Vapaa pääsy"}}], "free", [], ""),
        ([{"is_free": False, "price": {"fi": "5 €"}, "description": {"fi": "Ovelta"}}], "paid", ["5"], "Ovelta"),
        ([{"price": {"fi": "5 €"}}, {"price": {"fi": "3 €"}}], "paid", [], "5 € · 3 €"),
        ([{"is_free": None, "price": None}], "unknown", [], ""),
        ([], "unknown", [], ""),
    ],
)
def test_prices_are_read_where_they_are_plain(offers: Any, price: str, amounts: list[str], note: str) -> None:
    draft = one(offers=offers).draft

    assert draft.price == price
    assert draft.prices == tuple(PriceRow(Decimal(amount)) for amount in amounts)
    assert draft.texts["fi"].price_note == note


def test_the_place_called_internet_is_online() -> None:
    entry = one(location=reference("place", "helsinki:internet"))

    assert (entry.draft.online, entry.place) == (True, None)


LIBRARY = {
    "id": "tprek:1",
    "name": {"fi": "Pääkirjasto", "sv": "Huvudbiblioteket"},
    "street_address": {"fi": "Salpausselänkatu 33"},
    "postal_code": "45100",
    "address_locality": {"fi": "Kouvola"},
    "position": {"type": "Point", "coordinates": [26.7, 60.868]},
}
STORED = ImportedPlace("Pääkirjasto", "Salpausselänkatu 33", "45100", "Kouvola", 60.868, 26.7, "tprek:1")


def test_a_nested_place_is_read() -> None:
    assert one(location=LIBRARY).place == STORED


def test_a_place_that_is_only_referred_to_is_looked_up() -> None:
    event = happening(location=reference("place", "tprek:1"))

    (entry,) = read(event, places=read_places(json.dumps({"data": [LIBRARY]}).encode()))

    assert isinstance(entry, Imported)
    assert entry.place == STORED


def test_a_place_that_nobody_describes_is_not_known() -> None:
    entry = one(location=reference("place", "tprek:2"))

    assert (entry.place, entry.notes) == (None, ("its place tprek:2 is not in the file: not known",))


def test_ages_and_the_web_address_are_kept_and_images_are_not_linked() -> None:
    draft = one(
        audience_min_age=7,
        audience_max_age=12,
        info_url={"sv": "https://kouvola.example/sv", "fi": "https://kouvola.example/fi"},
        images=[{"url": "https://images.example/1.jpg"}],
    ).draft

    assert (draft.min_age, draft.max_age, draft.link) == (7, 12, "https://kouvola.example/fi")
    assert "images.example" not in repr(draft)


def test_what_its_source_deleted_or_replaced_is_gone() -> None:
    entries = read(happening(deleted=True), happening(id="kouvola:2", replaced_by=reference("event", "kouvola:3")))

    assert entries == [
        Gone("kouvola:1", "Kerho", "deleted in its source"),
        Gone("kouvola:2", "Kerho", "replaced by another entry in its source"),
    ]


@pytest.mark.parametrize("kind", ["umbrella", "recurring"])
def test_a_parent_gives_way_to_its_parts(kind: str) -> None:
    parent = happening(super_event_type=kind, sub_events=[reference("event", "kouvola:2")])
    part = happening(id="kouvola:2", super_event=reference("event", "kouvola:1"))

    first, second = read(parent, part)

    assert first == Skipped("Kerho", "it only holds other entries together, and those are in the file")
    assert isinstance(second, Imported)


def test_a_parent_alone_is_an_event_and_parts_inside_it_are_found() -> None:
    alone = one(super_event_type="umbrella", sub_events=[reference("event", "kouvola:9")])
    nested = read(happening(super_event_type="recurring", sub_events=[happening(id="kouvola:2")]))

    assert alone.source_id == "kouvola:1"
    assert [type(entry) for entry in nested] == [Skipped, Imported]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ({"name": None}, "no title"),
        ({"name": {"fi": " "}}, "no title"),
        ({"id": None}, "no id"),
        ({"start_time": "soon"}, "the time «soon» cannot be read"),
        ({"start_time": 5}, "no start time"),
    ],
)
def test_a_broken_entry_is_named_and_does_not_stop_the_rest(broken: dict[str, Any], why: str) -> None:
    entries = read(happening(**broken), happening(id="kouvola:2"))

    assert isinstance(entries[0], Skipped)
    assert entries[0].reason == why
    assert isinstance(entries[1], Imported)


def test_fields_of_the_wrong_kind_do_no_harm() -> None:
    entries = read(
        happening(offers=3, keywords={"a": 1}, in_language="fi", location=[1], audience=[None, 5], info_url=[]),
        None,
        "text",
    )

    assert [type(entry) for entry in entries] == [Imported, Skipped, Skipped]


def test_an_answer_a_list_and_a_single_object_say_the_same() -> None:
    shapes = [{"meta": {}, "data": [happening()]}, [happening()], happening()]

    first, second, third = (read_linked_events(json.dumps(shape).encode(), labels={}) for shape in shapes)

    assert first == second == third


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "The file is empty."),
        (b"BEGIN:VCALENDAR\r\n", "The file is an iCalendar file, not Linked Events JSON. Is it for import-ics?"),
        (b"<html>", "The file is not JSON, so it holds no Linked Events answer."),
        (b"[" * 200_000, "The file is not JSON, so it holds no Linked Events answer."),
        (b'{"detail": "Not found."}', "The file is JSON, but holds no events as Linked Events writes them."),
        (b"5", "The file is JSON, but holds no events as Linked Events writes them."),
    ],
)
def test_a_file_that_is_no_answer_is_refused_in_one_line(content: bytes, line: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read_linked_events(content, labels={})

    assert str(refused.value) == line


def test_the_answer_of_helsinki() -> None:
    places = read_places((SAMPLES / "places.json").read_bytes())

    meeting, exhibition = read_linked_events((SAMPLES / "events.json").read_bytes(), labels={}, places=places)

    assert isinstance(meeting, Imported)
    draft = meeting.draft
    assert (draft.category, draft.activities) == ("talks", ("lecture", "conversation"))
    assert (draft.online, draft.price, draft.promises) == (True, "free", (("fi", "main"),))
    assert draft.schedule.start.date() == date(2020, 6, 1)
    assert exhibition == Skipped("Raija Malka & Kaija Saariaho: Blick", "no start time")
