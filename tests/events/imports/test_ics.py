"""iCalendar files of all sorts of programs become events whose every date is at the instant the file means."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

import pytest

from events.domain.texts import Note
from events.imports.entries import Imported, ImportedPlace, ImportRefused, Skipped
from events.imports.ics.reader import read_ics
from events.storage.search_index import DateRow, date_rows

TODAY = date(2026, 11, 22)
CALENDARS = Path(__file__).parents[2] / "calendars"
TUESDAY = "DTSTART;TZID=Europe/Helsinki:20261201T180000\nDTEND;TZID=Europe/Helsinki:20261201T190000"
LABELS = {"jooga": ("activity", "yoga"), "liikunta": ("category", "sport")}


def vevent(*lines: str, uid: str = "1", title: str = "Kerho", start: str = TUESDAY) -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", start, *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


def read(*parts: str) -> list[Imported | Skipped]:
    return read_ics(calendar(*parts), language="fi", today=TODAY, labels=LABELS)


def one(*parts: str) -> Imported:
    (entry,) = read(*parts)
    assert isinstance(entry, Imported), entry
    return entry


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_ics(content, language="fi", today=TODAY, labels={})
    return str(refused.value)


def rows(entry: Imported) -> list[DateRow]:
    return date_rows(entry.draft.schedule, entry.draft.changes)


def starts(entry: Imported) -> list[datetime]:
    return [row.occurrence.start for row in rows(entry)]


def local_times(entry: Imported) -> list[str]:
    return [f"{row.occurrence.local_start:%Y-%m-%d %H:%M}" for row in rows(entry)]


def test_a_timed_event_keeps_its_finnish_time_and_says_nothing_that_the_file_does_not() -> None:
    entry = one(vevent())

    draft = entry.draft
    assert (draft.schedule.start, draft.schedule.end) == (datetime(2026, 12, 1, 18), datetime(2026, 12, 1, 19))
    assert (draft.kind, draft.category, draft.activities, draft.audiences) == ("event", "", (), ())
    assert (draft.price, draft.registration.kind, draft.promises, draft.access) == ("unknown", "unknown", (), {})
    assert (entry.place, entry.notes, entry.source_id) == (None, (), "1")


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("DTSTART:20261201T160000Z\nDTEND:20261201T173000Z", "2026-12-01 18:00", "2026-12-01 19:30"),
        ("DTSTART:20261201T160000Z\nDURATION:PT90M", "2026-12-01 18:00", "2026-12-01 19:30"),
        ("DTSTART:20261201T160000Z", "2026-12-01 18:00", "2026-12-01 19:00"),
        ("DTSTART:20261201T160000Z\nDTEND:20261201T160000Z", "2026-12-01 18:00", "2026-12-01 19:00"),
        ("DTSTART;TZID=Europe/London:20260801T190000", "2026-08-01 21:00", "2026-08-01 22:00"),
        ("DTSTART;TZID=FLE Standard Time:20261201T180000", "2026-12-01 18:00", "2026-12-01 19:00"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Paris:20261201T180000", "2026-12-01 19:00", "2026-12-01 20:00"),
        ("DTSTART;TZID=America/New_York:20261201T200000", "2026-12-02 03:00", "2026-12-02 04:00"),
    ],
)
def test_times_of_other_zones_keep_their_instant(written: str, start: str, end: str) -> None:
    schedule = one(vevent(start=written)).draft.schedule

    assert f"{schedule.start:%Y-%m-%d %H:%M}" == start
    assert f"{schedule.end:%Y-%m-%d %H:%M}" == end


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("DTSTART;VALUE=DATE:20261205", 1),
        ("DTSTART;VALUE=DATE:20261205\nDTEND;VALUE=DATE:20261208", 3),
        ("DTSTART;VALUE=DATE:20261205\nDURATION:P2D", 2),
        ("DTSTART:20261205", 1),
        ("DTSTART;VALUE=DATE:20261205\nDTEND;VALUE=DATE:20261205", 1),
        ("DTSTART:20261205T000000\nDTEND:20261207T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", 2),
    ],
)
def test_whole_days_stay_whole_days(written: str, days: int) -> None:
    schedule = one(vevent(start=written)).draft.schedule

    assert schedule.all_day
    assert (schedule.start, schedule.end) == (datetime(2026, 12, 5), datetime(2026, 12, 5) + timedelta(days=days))


def test_an_end_before_the_start_becomes_one_hour_and_is_told() -> None:
    entry = one(vevent(start="DTSTART:20261201T160000Z\nDTEND:20261201T150000Z"))

    assert entry.draft.schedule.duration == timedelta(hours=1)
    assert entry.notes == ("its end is before its start: one hour",)


def test_floating_times_are_finnish_and_that_is_told() -> None:
    entry = one(vevent(start="DTSTART:20261201T180000"))

    assert local_times(entry) == ["2026-12-01 18:00"]
    assert entry.notes == ("times without a time zone were read as Finnish time",)


def test_floating_times_are_in_the_zone_of_the_calendar_if_it_names_one() -> None:
    entry = one("X-WR-TIMEZONE:Europe/London", vevent(start="DTSTART:20261201T180000"))

    assert local_times(entry) == ["2026-12-01 20:00"]
    assert entry.notes == ()


def test_an_unknown_zone_is_named() -> None:
    assert one(vevent(start="DTSTART;TZID=Mars/Base:20261201T180000")).notes == (
        "the time zone «Mars/Base» is unknown and was read as Finnish time",
    )


HOME_MADE = """BEGIN:VTIMEZONE
TZID:Our own
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def test_a_zone_that_only_the_file_describes_is_understood() -> None:
    start = "DTSTART;TZID=Our own:20260601T180000"

    assert starts(one(HOME_MADE, vevent(start=start))) == [datetime(2026, 6, 1, 15, tzinfo=UTC)]


def test_a_hostile_zone_is_unknown_and_quickly_so() -> None:
    hostile = HOME_MADE.replace("FREQ=YEARLY", "FREQ=SECONDLY")
    before = monotonic()

    entry = one(hostile, vevent(start="DTSTART;TZID=Our own:20261201T180000"))

    assert entry.notes == ("the time zone «Our own» is unknown and was read as Finnish time",)
    assert monotonic() - before < 2


def test_a_weekly_series_leaves_out_its_exdates() -> None:
    entry = one(vevent("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261208T160000Z"))

    assert local_times(entry) == ["2026-12-01 18:00", "2026-12-15 18:00", "2026-12-22 18:00"]
    assert entry.draft.schedule.skipped == (date(2026, 12, 8),)


def test_until_in_utc_ends_a_finnish_series_on_the_right_day() -> None:
    entry = one(vevent("RRULE:FREQ=DAILY;UNTIL=20261203T215959Z"))

    assert [row.local_date.day for row in rows(entry)] == [1, 2, 3]


def test_overrides_move_and_cancel_single_dates() -> None:
    entry = one(
        vevent("RRULE:FREQ=WEEKLY;COUNT=3"),
        vevent(
            "RECURRENCE-ID;TZID=Europe/Helsinki:20261208T180000",
            start="DTSTART;TZID=Europe/Helsinki:20261209T190000",
        ),
        vevent("RECURRENCE-ID:20261215T160000Z", "STATUS:CANCELLED", start="DTSTART:20261215T160000Z"),
    )

    assert local_times(entry) == ["2026-12-01 18:00", "2026-12-09 19:00", "2026-12-15 18:00"]
    assert [row.occurrence.status for row in rows(entry)] == ["scheduled", "scheduled", "cancelled"]
    assert [row.occurrence.original_date.day for row in rows(entry)] == [1, 8, 15]
    assert entry.notes == ()


def test_another_title_of_one_date_is_dropped_and_another_place_becomes_a_note() -> None:
    entry = one(
        vevent("RRULE:FREQ=WEEKLY;COUNT=2", "LOCATION:Kirjasto"),
        vevent(
            "RECURRENCE-ID:20261208T160000Z",
            "LOCATION:Uimahalli",
            title="Uinti",
            start="DTSTART:20261208T160000Z\nDTEND:20261208T170000Z",
        ),
    )

    assert entry.draft.notes == (Note("fi", "Uimahalli", date(2026, 12, 8)),)
    assert entry.notes == (
        "another place on 2026-12-08 is kept as a note",
        "another title on 2026-12-08 was left out: Uinti",
    )


def test_a_change_of_all_later_dates_is_said_to_be_for_one_date() -> None:
    entry = one(
        vevent("RRULE:FREQ=WEEKLY;COUNT=3"),
        vevent("RECURRENCE-ID;RANGE=THISANDFUTURE:20261208T160000Z", start="DTSTART:20261208T180000Z"),
    )

    assert local_times(entry) == ["2026-12-01 18:00", "2026-12-08 20:00", "2026-12-15 18:00"]
    assert entry.notes == ("a change of 2026-12-08 and all later dates is supported for that date only",)


def test_an_override_without_its_series_is_a_single_event() -> None:
    entry = one(vevent("RECURRENCE-ID:20261208T160000Z", start="DTSTART:20261209T160000Z"))

    assert entry.source_id == "1#20261208"
    assert local_times(entry) == ["2026-12-09 18:00"]


def test_extra_dates_without_a_rule_are_a_list_of_dates() -> None:
    entry = one(vevent("RDATE;TZID=Europe/Helsinki:20261203T180000,20261205T200000,20261205T210000"))

    assert entry.draft.schedule.kind == "dates"
    assert local_times(entry) == ["2026-12-01 18:00", "2026-12-03 18:00", "2026-12-05 20:00"]
    assert entry.notes == ("more than one time a day: only the first was taken",)


def test_extra_dates_beside_a_rule_are_added() -> None:
    entry = one(vevent("RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20261203T160000Z"))

    assert [row.local_date.day for row in rows(entry)] == [1, 3, 8]


def london(rule: str) -> tuple[Imported, list[datetime]]:
    """A series at 19.00 in London, and the instants of its dates worked out by hand."""
    zone = ZoneInfo("Europe/London")
    entry = one(vevent(f"RRULE:{rule}", start="DTSTART;TZID=Europe/London:20260303T190000"))
    days = [date(2026, 3, 3) + timedelta(weeks=week) for week in range(52)]
    return entry, [datetime.combine(day, time(19), zone).astimezone(UTC) for day in days]


def test_a_london_series_keeps_every_instant_over_both_clock_changes() -> None:
    entry, expected = london("FREQ=WEEKLY;COUNT=52")

    assert starts(entry) == expected
    assert entry.draft.schedule.kind == "rule"
    assert (entry.draft.changes, entry.notes) == ({}, ())


def test_a_new_york_series_keeps_every_instant_where_the_clocks_change_on_other_days() -> None:
    zone = ZoneInfo("America/New_York")
    days = [date(2026, 3, 2) + timedelta(weeks=week) for week in range(52)]

    entry = one(vevent("RRULE:FREQ=WEEKLY;COUNT=52;BYDAY=MO", start="DTSTART;TZID=America/New_York:20260302T190000"))

    assert starts(entry) == [datetime.combine(day, time(19), zone).astimezone(UTC) for day in days]
    assert entry.draft.schedule.rule is not None
    assert entry.draft.schedule.rule.weekdays == ((0, 2),)
    assert entry.notes == (
        "4 of its dates begin at another hour in Finland, since the clocks change on other days there",
    )


def test_a_series_in_utc_keeps_every_instant() -> None:
    days = [date(2026, 12, 1) + timedelta(weeks=week) for week in range(30)]

    entry = one(vevent("RRULE:FREQ=WEEKLY;COUNT=30", start="DTSTART:20261201T220000Z"))

    assert starts(entry) == [datetime.combine(day, time(22), UTC) for day in days]


def test_a_monthly_series_that_falls_on_another_finnish_day_becomes_a_list_of_dates() -> None:
    entry = one(vevent("RRULE:FREQ=MONTHLY;BYDAY=1MO;COUNT=6", start="DTSTART;TZID=Australia/Sydney:20260202T060000"))

    zone = ZoneInfo("Australia/Sydney")
    mondays = (date(2026, 2, 2), date(2026, 3, 2), date(2026, 4, 6), date(2026, 5, 4), date(2026, 6, 1))
    expected = [datetime.combine(day, time(6), zone).astimezone(UTC) for day in mondays]
    assert starts(entry)[:5] == expected
    assert entry.draft.schedule.kind == "dates"


def test_an_endless_series_is_cut_to_two_years_and_that_is_told() -> None:
    entry = one(vevent("RRULE:FREQ=WEEKLY"))

    assert len(rows(entry)) == 105
    assert entry.notes == ("a long series: 105 dates were taken, the last on 2028-11-28",)


def test_a_series_that_began_long_ago_is_taken_from_a_month_ago_on() -> None:
    entry = one(vevent("RRULE:FREQ=YEARLY", start="DTSTART;VALUE=DATE:19800224"))

    assert [row.local_date for row in rows(entry)] == [date(year, 2, 24) for year in (2027, 2028, 2029)]


def test_what_a_cut_series_says_does_not_depend_on_the_day_it_is_read() -> None:
    content = calendar(vevent("RRULE:FREQ=WEEKLY", start="DTSTART;TZID=Europe/Helsinki:20200107T180000"))

    hashes = set()
    for day in (TODAY, TODAY + timedelta(days=40)):
        (entry,) = read_ics(content, language="fi", today=day, labels={})
        assert isinstance(entry, Imported)
        hashes.add(entry.hash)

    assert len(hashes) == 1


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "An event can repeat by the day, week, month or year."),
        ("FREQ=DAILY;INTERVAL=0", "The interval between repeats must be from 1 to 99."),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "There is no date on which this repeat rule would take place."),
        ("FREQ=DAILY;UNTIL=99991231T000000Z", "The year must be from 2000 to 2100."),
        ("FREQ=WEEKLY;BYDAY=XX", "This part of the repeat rule could not be read: BYDAY=XX."),
        ("FREQ=DAILY;BYHOUR=9", "its repeat rule uses BYHOUR for another time of day than its start"),
    ],
)
def test_a_hostile_rule_is_skipped_with_its_reason_within_a_second(rule: str, reason: str) -> None:
    before = monotonic()

    entries = read(vevent(f"RRULE:{rule}"), vevent(uid="2"))

    assert entries[0] == Skipped("Kerho (2026-12-01)", reason)
    assert isinstance(entries[1], Imported)
    assert monotonic() - before < 1


@pytest.mark.parametrize(
    ("broken", "skipped"),
    [
        (vevent(start="DTSTART:tomorrow"), Skipped("Kerho", "the time «tomorrow» cannot be read")),
        (
            vevent(start="DTSTART:20260230T120000Z"),
            Skipped("Kerho (2026-02-30)", "the time «20260230T120000Z» does not exist"),
        ),
        (vevent(start="X-NOTHING:1"), Skipped("Kerho", "no start time")),
        (vevent(title=""), Skipped("an entry without a title (2026-12-01)", "no title")),
        (vevent("CLASS:PRIVATE"), Skipped("Kerho (2026-12-01)", "marked as private")),
        (vevent(start="DTSTART:99991231T235900Z"), Skipped("Kerho (9999-12-31)", "its times are out of range")),
        (vevent().replace("VEVENT", "VTODO"), Skipped("Kerho (2026-12-01)", "a task or a note, not an event")),
        (vevent().removesuffix("END:VEVENT"), Skipped("Kerho (2026-12-01)", "the file breaks off within it")),
    ],
)
def test_a_broken_entry_is_named_and_does_not_stop_the_rest(broken: str, skipped: Skipped) -> None:
    entries = read(broken, vevent(uid="2", title="Toinen"))

    assert skipped in entries
    assert [entry.source_id for entry in entries if isinstance(entry, Imported)] == ["2"]


@pytest.mark.parametrize(
    ("typed", "title", "status"),
    [
        ("PERUTTU: Kuntopiiri", "Kuntopiiri", "cancelled"),
        ("CANCELLED - Yoga", "Yoga", "cancelled"),
        ("INSTÄLLT: Kör", "Kör", "cancelled"),
        ("PERUTTU Kuntopiiri", "Kuntopiiri", "cancelled"),
        ("Kuntopiiri (PERUTTU)", "Kuntopiiri", "cancelled"),
        ("Lykätty: Kuntopiiri", "Kuntopiiri", "postponed"),
        ("Peruttu keikka", "Peruttu keikka", "scheduled"),
    ],
)
def test_a_status_typed_into_the_title_is_a_status(typed: str, title: str, status: str) -> None:
    draft = one(vevent(title=typed)).draft

    assert (draft.texts["fi"].title, draft.event_status) == (title, status)


@pytest.mark.parametrize(("stated", "status"), [("CANCELLED", "cancelled"), ("TENTATIVE", "tentative")])
def test_a_stated_status_is_kept(stated: str, status: str) -> None:
    assert one(vevent(f"STATUS:{stated}")).draft.event_status == status


def test_the_newest_version_of_an_entry_wins_and_the_others_are_named() -> None:
    entries = read(vevent("SEQUENCE:1", title="Vanha"), vevent("SEQUENCE:2", title="Uusi"))

    assert [entry.name for entry in entries] == ["Vanha (2026-12-01)", "Uusi (2026-12-01)"]
    assert [type(entry) for entry in entries] == [Skipped, Imported]


def test_different_dates_under_one_uid_are_all_taken() -> None:
    entries = read(vevent(), vevent(start="DTSTART:20261212T160000Z"))

    assert [entry.source_id for entry in entries if isinstance(entry, Imported)] == ["1", "1#2"]


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Talo\\, Katu 5 A\\, 45100 Kouvola\\, Suomi", ImportedPlace("Talo", "Katu 5 A", "45100", "Kouvola")),
        ("Captains Club\\, Christchurch", ImportedPlace("Captains Club, Christchurch")),
        ("Talo\\nKatu 5\\n45100 Kouvola", ImportedPlace("Talo", "Katu 5", "45100", "Kouvola")),
        ("TBC", None),
        ("#_LOCATIONNAME\\, #_LOCATIONFULLLINE", None),
    ],
)
def test_a_place_is_read_by_its_text(written: str, place: ImportedPlace | None) -> None:
    assert one(vevent(f"LOCATION:{written}")).place == place


def test_a_place_that_is_a_web_address_means_online() -> None:
    entry = one(vevent("LOCATION:https://zoom.us/j/123"))

    assert (entry.place, entry.draft.online, entry.draft.online_url) == (None, True, "https://zoom.us/j/123")


def test_html_becomes_plain_text_and_only_web_addresses_are_linked() -> None:
    entry = one(
        vevent(
            "DESCRIPTION:<p>Tule &auml;lä my&ouml;hästy.</p><script>alert(1)</script><p>5&nbsp\\;&euro\\;</p>",
            "URL:javascript:alert(1)",
        )
    )

    assert entry.draft.texts["fi"].description == "Tule älä myöhästy.\n5 €"
    assert entry.draft.link == ""
    assert entry.notes == ("its web address was left out",)


def test_long_texts_are_cut_to_what_can_be_stored() -> None:
    text = one(vevent("DESCRIPTION:" + "Sana on tässä. " * 600, title="Pitkä " * 60)).draft.texts["fi"]

    assert (len(text.title) <= 120, len(text.summary) <= 300, len(text.description) <= 5000) == (True, True, True)
    assert text.summary.endswith("Sana on tässä.")


def test_categories_that_are_labels_of_ours_are_understood() -> None:
    draft = one(vevent("CATEGORIES:Muut,JOOGA", "CATEGORIES:Liikunta")).draft

    assert (draft.category, draft.activities) == ("sport", ("yoga",))


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
        lambda text: text.replace("\r\n", "\n").encode(),
    ],
)
def test_other_encodings_and_line_ends_are_read(encode: object) -> None:
    assert callable(encode)
    content = encode(calendar(vevent(title="Päiväkahvit")).decode())

    (entry,) = read_ics(content, language="fi", today=TODAY, labels={})

    assert entry.name == "Päiväkahvit (2026-12-01)"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "The file is empty."),
        (b"<!DOCTYPE html><html>", "The file is a web page, not a calendar. Look for «export» or «iCal» on that page."),
        (b'{"data": []}', "The file is JSON, not an iCalendar file. Is it for import-linked-events?"),
        (bytes(range(256)), "The file is not a calendar: it has no line BEGIN:VCALENDAR."),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_in_one_line(content: bytes, line: str) -> None:
    assert refusal(content) == line


def test_bombs_end_within_seconds() -> None:
    before = monotonic()

    nested = read("BEGIN:VEVENT\n" * 30_000)
    alarms = read(vevent("BEGIN:VALARM\n" * 30_000))
    long_line = read(vevent(title="x" * 12_000_000))

    assert nested[-1] == Skipped("The end of the file", "28000 entries more than the 2000 that are read")
    assert isinstance(alarms[0], Imported)
    assert long_line[-1] == Skipped("The end of the file", "only the first 5 MB are read")
    assert monotonic() - before < 5


def test_a_calendar_as_teamup_exports_it() -> None:
    content = (CALENDARS / "teamup_style.ics").read_bytes()

    cafe, market = read_ics(content, language="fi", today=TODAY, labels={"kielikahvila": ("activity", "language_cafe")})

    assert isinstance(cafe, Imported)
    assert [row.local_date.day for row in rows(cafe)] == [1, 8, 15, 22]
    assert (cafe.draft.texts["fi"].title, cafe.draft.category) == ("Kielikahvila, kaikille", "language")
    assert cafe.place == ImportedPlace("Kuusankosken kirjasto", "Kymenlaaksonkatu 1", "45700", "Kuusankoski")
    assert isinstance(market, Imported)
    assert (market.draft.schedule.all_day, market.place) == (True, None)


def test_a_calendar_as_a_wordpress_plugin_exports_it() -> None:
    content = (CALENDARS / "wordpress_style.ics").read_bytes()

    hall, yoga = read_ics(content, language="fi", today=TODAY, labels=LABELS)

    assert isinstance(hall, Imported)
    assert (hall.place, hall.notes) == (None, ("its place is an unfilled placeholder and was left out",))
    assert isinstance(yoga, Imported)
    assert yoga.draft.texts["fi"].description == "Rauhallista joogaa aikuisille.\n5 € / kerta & matto mukaan."
    assert yoga.draft.activities == ("yoga",)
