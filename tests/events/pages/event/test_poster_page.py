"""The poster: what a passer-by needs from three metres away, in her language, and the truth when it was printed."""

from __future__ import annotations

import pytest

from events.domain.dates import DateChange
from events.domain.registration import Registration
from events.domain.texts import Text
from tests.pages import Node, read
from tests.people import BASE_URL, Calendar, at, weekly


def poster(calendar: Calendar, event: str, rest: str = "", language: str = "en") -> Node:
    """The sheet itself."""
    return read(calendar, f"/{language}/events/{event}/poster{rest}").one("article", class_="poster")


def test_a_russian_poster_says_all_that_matters_with_the_finnish_title_beside(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        texts={"fi": Text("Uintikerho"), "ru": Text("Клуб плавания")},
        place_id=sqlite_calendar.place("Uimahalli", "kuusankoski", street_address="Uimahallintie 1"),
        promises=(("fi", "main"), ("ru", "helper")),
        price="free",
        registration=Registration("required", phone="+358 5 123"),
        first_time={"alone": ("yes",)},
    )

    sheet = poster(sqlite_calendar, event, language="ru")

    assert (sheet.one("h1").text, sheet.one(class_="poster-beside").text) == ("Клуб плавания", "Uintikerho")
    assert sheet.one(class_="poster-beside").one("bdi").language == ("fi", "ltr")
    assert sheet.one(class_="poster-when").text == "четверг, 3 декабря 17:30–19:30"
    assert sheet.one(class_="poster-place").texts("p") == ["Uimahalli, в Куусанкоски", "Uimahallintie 1, Kouvola"]
    assert sheet.one(class_="poster-languages").texts("li") == ["suomi", "русский"]
    assert sheet.one(class_="poster-terms").texts("li")[:3] == [
        "Проводится на финском языке",
        "На месте есть человек, говорящий по-русски",
        "Бесплатно",
    ]
    assert sheet.one(class_="poster-facts").texts("li") == ["Приходите, даже если никого не знаете"]
    assert "+358 5 123" in sheet.text
    assert sheet.one(class_="poster-imprint").text == (
        f"Напечатано: вт, 1 дек. 2026 г. · Изменения: 127.0.0.1:8000/ru/events/{event}"
    )
    assert sheet.one("img")["src"].startswith("data:image/svg+xml")


def test_a_title_that_nobody_translated_is_led_by_what_people_do_there(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish("Kielikahvila")

    sheets = {code: poster(sqlite_calendar, event, language=code) for code in ("fi", "selko", "uk")}

    assert {code: sheet.texts(class_="poster-lead") for code, sheet in sheets.items()} == {
        "fi": [],
        "selko": [],
        "uk": ["Мовне кафе"],
    }
    assert all(sheet.texts(class_="poster-beside") == [] for sheet in sheets.values())


def test_a_series_shows_its_next_dates_and_its_last(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(
        schedule=weekly(times=8),
        changed={"2026-12-01": DateChange("cancelled"), "2026-12-15": DateChange(full=True)},
    )

    sheet = poster(sqlite_calendar, event)

    assert (sheet.one(class_="poster-when").text, sheet.one(class_="poster-repeats").text) == (
        "Tuesday 8 December 17:30–19:00",
        "Every week",
    )
    assert sheet.one(class_="poster-dates").texts("li") == [
        "Tuesday 1 December 17:30–19:00 Cancelled",
        "Tuesday 15 December 17:30–19:00 Full",
        "Tuesday 22 December 17:30–19:00",
        "Tuesday 29 December 17:30–19:00",
        "Last time: Tue 19 Jan 2027",
    ]


def test_the_poster_of_one_date_speaks_of_that_date_alone(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(schedule=weekly(), changed={"2026-12-08": DateChange("cancelled", "weather")})

    whole = read(sqlite_calendar, f"/en/events/{event}/poster?date=2026-12-08")
    sheet = whole.one("article", class_="poster")

    assert sheet.texts(class_="poster-status") == ["Cancelled. Reason: Weather"]
    assert (sheet.all(class_="poster-dates"), sheet.all(class_="poster-terms")) == ([], [])
    assert sheet.one(class_="poster-imprint").one("bdi").text == (
        f"{BASE_URL.partition('//')[2]}/en/events/{event}?date=2026-12-08"
    )
    assert whole.one(class_="poster-hint").links() == {"Back to all the facts": f"/en/events/{event}?date=2026-12-08"}


def test_a_moved_date_says_when_it_was_planned_first(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish(changed={"2026-12-03": DateChange(start=at("2026-12-04 18:00"))})

    sheet = poster(sqlite_calendar, event)

    assert sheet.texts(class_="poster-status") == ["Moved. New time: Fri 4 Dec, 18:00–20:00"]
    assert sheet.one(class_="poster-time").texts("p") == [
        "Friday 4 December 18:00–20:00",
        "Originally planned for Thu 3 Dec, 17:30",
    ]


@pytest.mark.parametrize("day", ["2026-11-24", ""])
def test_an_old_poster_says_that_it_is_over(sqlite_calendar: Calendar, day: str) -> None:
    event = sqlite_calendar.publish(schedule=weekly("2026-11-24 17:30", times=1 if not day else 4))

    sheet = poster(sqlite_calendar, event, f"?date={day}" if day else "")

    assert sheet.texts(class_="poster-status") == ["This is over."]


def test_search_engines_are_spared_and_other_languages_one_press_away(sqlite_calendar: Calendar) -> None:
    event = sqlite_calendar.publish()

    page = read(sqlite_calendar, f"/sv/events/{event}-kielikahvila/poster")

    assert [meta["content"] for meta in page.all("meta", name="robots")] == ["noindex"]
    assert page.one(id="languages").all("a")[0]["href"] == f"/fi/events/{event}/poster"


@pytest.mark.parametrize("rest", ["poster", "share"])
def test_what_is_unknown_or_gone_has_neither_poster_nor_sheet_to_share(sqlite_calendar: Calendar, rest: str) -> None:
    event = sqlite_calendar.publish()
    sqlite_calendar.withdraw(event)

    assert [sqlite_calendar.get(f"/fi/events/{each}/{rest}").status_code for each in (event, "aaaaaaaaaa", "x")] == [
        410,
        404,
        404,
    ]
    assert sqlite_calendar.get(f"/xx/events/{event}/{rest}").status_code == 404
