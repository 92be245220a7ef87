"""Imports reach the database once: taken, updated, left alone or withdrawn, and one bad entry stops no other."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from events.editing import publishing as lifecycle
from events.imports import commands
from events.imports.entries import Entry, Gone, Imported, ImportedPlace
from events.imports.ics.reader import read_ics
from events.imports.storing import Report, source_of, take
from events.storage.models import Event, EventText, Occurrence, Place
from organisations.models import Organisation
from web.database.connection import configuration, opened
from web.database.revision import current_revision

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = date(2026, 11, 22)
LATER = NOW + timedelta(days=1)
CALENDARS = Path(__file__).parents[2] / "calendars"
MODELS = ["web.database.revision", "organisations.models", "events.storage.models"]


@asynccontextmanager
async def empty_calendar(url: str) -> AsyncIterator[Organisation]:
    """An open database in which only Pulina is."""
    config = configuration(url, label="calendar", models=MODELS, migrations="migrations")
    async with opened(config) as context:
        await context.generate_schemas()
        yield await organisation("pulina")


async def organisation(slug: str) -> Organisation:
    return await Organisation.create(slug=slug, name=slug.capitalize(), state="approved", created=NOW, modified=NOW)


def entries(text: str, *, today: date = TODAY) -> list[Entry]:
    content = f"BEGIN:VCALENDAR\n{text}\nEND:VCALENDAR\n".encode()
    return list(read_ics(content, language="fi", today=today, labels={}))


def vevent(uid: str = "1", *lines: str, title: str = "Kerho", hour: int = 18) -> str:
    start = f"DTSTART;TZID=Europe/Helsinki:20261201T{hour}0000"
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", start, *lines, "END:VEVENT"])


async def store(found: list[Entry], publisher: Organisation, now: datetime = NOW) -> Report:
    source = source_of("ics", publisher.slug)
    return await take(found, publisher, source=source, now=now, uid_domain="yhdessa.example")


def counts(report: Report) -> str:
    return report.lines()[0]


async def test_what_is_new_is_published_with_a_uid_of_ours(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        report = await store(entries(vevent("theirs@example", "RRULE:FREQ=WEEKLY;COUNT=3")), pulina)

        event = await Event.get()
        assert counts(report) == "taken 1, updated 0, unchanged 0, withdrawn 0, skipped 0, cut 0"
        assert (event.publication, event.uid) == ("published", f"{event.public_id}@yhdessa.example")
        assert (event.source, event.source_id) == ("ics:pulina", "theirs@example")
        assert await Occurrence.all().count() == 3


async def test_running_twice_changes_nothing(empty_database_url: str) -> None:
    content = (CALENDARS / "teamup_style.ics").read_bytes()
    async with empty_calendar(empty_database_url) as pulina:
        found: list[Entry] = list(read_ics(content, language="fi", today=TODAY, labels={}))
        await store(found, pulina)
        before = (await current_revision(), await Event.all().order_by("id").values(), await Place.all().values())

        later = read_ics(content, language="fi", today=LATER.date(), labels={})
        report = await store(list(later), pulina, LATER)

        after = (await current_revision(), await Event.all().order_by("id").values(), await Place.all().values())
        assert counts(report) == "taken 0, updated 0, unchanged 2, withdrawn 0, skipped 0, cut 0"
        assert after == before


async def test_a_stamp_of_the_export_is_no_change(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        await store(entries(vevent("1", "DTSTAMP:20261101T000000Z")), pulina)

        report = await store(entries(vevent("1", "DTSTAMP:20261122T000000Z", "SEQUENCE:0")), pulina, LATER)

        assert report.unchanged == 1


async def test_sequence_grows_only_where_times_changed(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        await store(entries(vevent()), pulina)

        retitled = await store(entries(vevent(title="Kuoro")), pulina, LATER)
        event = await Event.get()
        assert (retitled.updated, event.sequence, event.modified) == (1, 0, LATER)

        moved = await store(entries(vevent(title="Kuoro", hour=19)), pulina, LATER)
        event = await Event.get()
        assert (moved.updated, event.sequence) == (1, 1)
        assert (await EventText.get()).title == "Kuoro"


async def test_a_broken_entry_does_not_stop_the_rest(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        found = entries(vevent("1", "RRULE:FREQ=SECONDLY") + "\n" + vevent("2") + "\n" + vevent("3"))
        poison = next(entry for entry in found if isinstance(entry, Imported))
        unstorable = replace(poison, source_id="4", draft=replace(poison.draft, link="x" * 501))

        report = await store([unstorable, *found], pulina)

        assert counts(report) == "taken 2, updated 0, unchanged 0, withdrawn 0, skipped 2, cut 0"
        assert report.lines()[1].startswith("skipped: Kerho (2026-12-01): it could not be stored")
        assert report.lines()[2] == (
            "skipped: Kerho (2026-12-01): An event can repeat by the day, week, month or year."
        )


async def test_a_cut_series_is_named_with_the_reason(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        report = await store(entries(vevent("1", "RRULE:FREQ=WEEKLY")), pulina)

        assert report.lines() == [
            "taken 1, updated 0, unchanged 0, withdrawn 0, skipped 0, cut 1",
            "cut: Kerho (2026-12-01): a long series: 105 dates were taken, the last on 2028-11-28",
        ]


async def test_an_endless_series_gets_its_next_dates_when_a_year_is_left(empty_database_url: str) -> None:
    text = vevent("1", "RRULE:FREQ=WEEKLY").replace("20261201T", "20200107T")
    async with empty_calendar(empty_database_url) as pulina:
        await store(entries(text), pulina)

        soon = NOW + timedelta(days=60)
        unchanged = await store(entries(text, today=soon.date()), pulina, soon)
        in_time = NOW + timedelta(days=500)
        renewed = await store(entries(text, today=in_time.date()), pulina, in_time)
        again = await store(entries(text, today=in_time.date()), pulina, in_time)

        assert (unchanged.unchanged, renewed.updated, again.unchanged) == (1, 1, 1)


async def test_what_its_source_deleted_is_withdrawn_once_and_never_comes_back(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        await store(entries(vevent()), pulina)

        first = await store([Gone("1", "Kerho", "deleted in its source")], pulina, LATER)
        second = await store([Gone("1", "Kerho", "deleted in its source")], pulina, LATER)
        third = await store(entries(vevent(title="Uusi")), pulina, LATER)

        assert (first.withdrawn, second.withdrawn) == (1, 0)
        assert second.skipped == [("Kerho", "deleted in its source")]
        assert third.skipped == [("Uusi (2026-12-01)", "it was withdrawn here")]
        assert (await Event.get()).publication == "withdrawn"


async def test_two_organisations_may_import_the_same_file(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        naapurit = await organisation("naapurit")

        await store(entries(vevent()), pulina)
        report = await store(entries(vevent()), naapurit)

        assert (report.taken, await Event.all().count()) == (1, 2)


async def test_a_place_is_made_once_and_found_by_its_name(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        await store(entries(vevent("1", "LOCATION:Kylätalo") + "\n" + vevent("2", "LOCATION:kylätalo")), pulina)

        assert await Place.all().values_list("name", flat=True) == ["Kylätalo"]


async def test_a_place_that_people_look_after_is_not_overwritten(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        await lifecycle.save_place(None, {"name": "Kylätalo", "street_address": "Oikea tie 1"}, now=NOW)
        (entry,) = entries(vevent())
        assert isinstance(entry, Imported)

        await store([replace(entry, place=ImportedPlace("Kylätalo", "Väärä tie 2", source_id="x:1"))], pulina)

        place = await Place.get()
        assert (place.street_address, place.source) == ("Oikea tie 1", "")


async def test_a_place_of_the_same_source_is_brought_up_to_date(empty_database_url: str) -> None:
    async with empty_calendar(empty_database_url) as pulina:
        (entry,) = entries(vevent())
        assert isinstance(entry, Imported)
        await store([replace(entry, place=ImportedPlace("Talo", "Tie 1", source_id="x:1"))], pulina)

        await store([replace(entry, place=ImportedPlace("Talo", "Tie 2", source_id="x:1"))], pulina, LATER)

        assert (await Place.get()).street_address == "Tie 2"


async def test_the_command_reports_and_refuses_in_one_line(
    empty_database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    web_page = tmp_path / "page.ics"
    web_page.write_text("<html>")

    async def run(path: Path, slug: str) -> int:
        return await commands.import_ics(
            path,
            organisation=slug,
            language="fi",
            now=NOW,
            today=TODAY,
            uid_domain="yhdessa.example",
            labels={},
        )

    async with empty_calendar(empty_database_url):
        assert await run(CALENDARS / "wordpress_style.ics", "pulina") == 0
        assert capsys.readouterr().out == (
            "taken 2, updated 0, unchanged 0, withdrawn 0, skipped 0, cut 1\n"
            "cut: Avoin sali (2026-12-03): its place is an unfilled placeholder and was left out\n"
        )
        assert await run(web_page, "pulina") == 2
        assert await run(tmp_path / "missing.ics", "pulina") == 2
        assert await run(web_page, "nobody") == 2
        assert capsys.readouterr().err.splitlines() == [
            "The file is a web page, not a calendar. Look for «export» or «iCal» on that page.",
            "The file cannot be read: No such file or directory",
            "Unknown organisation nobody. Known: pulina",
        ]


def test_the_name_of_a_source_fits_its_column_and_stays_unique() -> None:
    long = [source_of("linked-events", "a" * 79 + end) for end in "bc"]

    assert source_of("ics", "pulina") == "ics:pulina"
    assert [len(name) for name in long] == [64, 64]
    assert long[0] != long[1]
