"""A month as residents meet it: a table of days, on phones a list, with what happens and what is off."""

from datetime import date, timedelta
from typing import Any

import pytest

from events.domain.dates import DateChange
from events.domain.texts import Text
from events.filtering.parameters import YEARS
from events.pages.month.grid import Month
from events.schedule.holidays import NAMES, keys_of_year
from tests.database import count_queries
from tests.events.filtering.test_parity import fill
from tests.pages import Node, alternates, days, read
from tests.people import BASE_URL, Calendar, all_day, at, once, weekly

HOSTILE = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> & 'q'"


def cells(page: Node) -> dict[int, Node]:
    """The day of the month -> its cell."""
    return {int(cell.one("time")["datetime"][-2:]): cell for cell in page.all("td", class_="month-day")}


def month(page: Node) -> dict[int, list[str]]:
    """The day of the month -> what stands there, entry by entry; days on which nothing does are left out."""
    found = {number: cell.texts("li") for number, cell in cells(page).items()}
    return {number: entries for number, entries in found.items() if entries}


def turns(page: Node) -> list[str]:
    """Where the page leads: the months before and after."""
    return [link["href"] for link in page.all("a") if link.get("rel") in ("prev", "next")]


def test_a_resident_sees_on_which_days_something_happens(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-03 17:30"))
    sqlite_calendar.publish("Kahvila", schedule=once("2026-12-03 09:00"))
    sqlite_calendar.publish("Kerho", schedule=weekly("2026-11-25 12:00", times=3))
    sqlite_calendar.publish("Retki", schedule=all_day("2026-12-31"))
    sqlite_calendar.publish("Uusi vuosi", schedule=once("2027-01-01 00:00"))

    page = read(sqlite_calendar, "/fi/calendar/2026-12")

    assert month(page) == {
        2: ["klo 12 Kerho"],
        3: ["klo 9 Kahvila", "klo 17.30 Uinti"],
        9: ["klo 12 Kerho"],
        31: ["koko päivän Retki"],
    }
    assert [heading.text for heading in page.all("h1")] == ["joulukuu 2026"]
    assert page.one("title").text == "joulukuu 2026 · Kaikki tapahtumat ja harrastukset – Yhdessä"
    kerho = next(link["href"] for text, link in ((node.text, node) for node in page.all("a")) if text == "klo 12 Kerho")
    assert kerho.endswith("-kerho?date=2026-12-02")


@pytest.mark.parametrize(
    ("asked", "weeks", "first_line"),
    [
        ("2026-12", ["49", "50", "51", "52", "53"], ["", "1", "2", "3", "4", "5", "6"]),
        ("2027-01", ["53", "1", "2", "3", "4"], ["", "", "", "", "1", "2", "3"]),
        ("2027-02", ["5", "6", "7", "8"], ["1", "2", "3", "4", "5", "6", "7"]),
    ],
)
def test_weeks_begin_on_monday_and_bear_the_numbers_of_finland(
    sqlite_calendar: Calendar, asked: str, weeks: list[str], first_line: list[str]
) -> None:
    page = read(sqlite_calendar, f"/en/calendar/{asked}")

    table = page.one("table")
    lines = table.one("tbody").all("tr")
    assert [line.one("th", scope="row").one(class_="in-table").text for line in lines] == weeks
    assert [" ".join(cell.texts(class_="in-table")) for cell in lines[0].all("td")] == first_line
    assert table.texts("th", scope="col")[:2] + table.texts("th", scope="col")[-1:] == ["Week", "Monday", "Sunday"]
    assert len(table.all("caption")) == 1


def test_holidays_and_today_are_named_in_the_readers_language(sqlite_calendar: Calendar) -> None:
    def told(code: str, asked: str) -> dict[int, list[str]]:
        found = cells(read(sqlite_calendar, f"/{code}/calendar/{asked}"))
        words = {number: cell.texts(class_="month-holiday") + cell.texts("b") for number, cell in found.items()}
        return {number: texts for number, texts in words.items() if texts}

    assert told("fi", "2026-12") == {
        1: ["Tänään"],
        6: ["Itsenäisyyspäivä"],
        24: ["Jouluaatto"],
        25: ["Joulupäivä"],
        26: ["Tapaninpäivä"],
    }
    assert told("ru", "2027-05") == {1: ["Первое мая"], 6: ["Вознесение"], 16: ["Троица"]}
    today = cells(read(sqlite_calendar, "/ar/calendar/2026-12"))[1]
    assert (today["aria-current"], today.one("b").text) == ("date", "اليوم")


def test_every_holiday_of_every_year_that_can_be_shown_has_its_words() -> None:
    named = {name for year in YEARS for names in keys_of_year(year).values() for name in names}

    assert named == set(NAMES)
    assert keys_of_year(2008)[date(2008, 5, 1)] == ("Ascension Day", "May Day")


def test_what_lasts_several_days_stands_on_each_of_them_after_what_begins_there(calendar: Calendar) -> None:
    calendar.publish("Näyttely", schedule=all_day("2026-11-29", "2026-12-02"))
    calendar.publish("Leiri", schedule=once("2026-12-30 18:00", "2027-01-02 15:00"))
    calendar.publish("Tanssit", schedule=once("2026-12-05 21:00", "2026-12-06 02:00"))
    calendar.publish("Keskiyöhön", schedule=once("2026-12-10 21:00", "2026-12-11 00:00"))
    calendar.publish("Uinti", schedule=once("2026-12-02 09:00"))

    november, december, january = (
        month(read(calendar, f"/fi/calendar/{asked}")) for asked in ("2026-11", "2026-12", "2027-01")
    )

    assert november == {29: ["koko päivän Näyttely"], 30: ["jatkuu Näyttely"]}
    assert december == {
        1: ["jatkuu Näyttely"],
        2: ["klo 9 Uinti", "jatkuu Näyttely"],
        5: ["klo 21 Tanssit"],
        6: ["jatkuu Tanssit"],
        10: ["klo 21 Keskiyöhön"],
        30: ["klo 18 Leiri"],
        31: ["jatkuu Leiri"],
    }
    assert january == {1: ["jatkuu Leiri"], 2: ["jatkuu Leiri"]}


def test_a_full_day_shows_its_beginning_and_leads_to_the_list_of_that_day(calendar: Calendar) -> None:
    calendar.publish("Näyttely", schedule=all_day("2026-12-10", "2026-12-17"), price="free")
    for number in range(5):
        calendar.publish(f"Kerho {number}", schedule=once(f"2026-12-16 1{number}:00"), price="free")
    for number in range(4):
        calendar.publish(f"Peli {number}", schedule=once(f"2026-12-18 1{number}:00"), price="free")
    calendar.publish("Maksullinen", schedule=once("2026-12-16 08:00"), price="paid")

    page = read(calendar, "/fi/calendar/2026-12?free=1")

    shown = month(page)
    assert (shown[16], len(shown[18])) == (
        ["klo 10 Kerho 0", "klo 11 Kerho 1", "klo 12 Kerho 2", "vielä 3 : keskiviikko 16.12."],
        4,
    )
    more = page.links()["vielä 3 : keskiviikko 16.12."]
    assert more == "/fi/events?end=2026-12-16&free=1&start=2026-12-16"
    assert len(days(read(calendar, more))[0][1]) == 6


def test_each_entry_says_in_words_what_is_off(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish(
        "Kerho",
        schedule=weekly("2026-12-01 17:30", times=5),
        changed={
            "2026-12-08": DateChange("cancelled", "illness"),
            "2026-12-15": DateChange(start=at("2026-12-17 18:00")),
            "2026-12-22": DateChange(full=True),
            "2026-12-29": DateChange("tentative"),
        },
    )
    sqlite_calendar.publish("Konsertti", schedule=once("2026-12-11 18:00"), event_status="postponed")

    page = read(sqlite_calendar, "/fi/calendar/2026-12")

    assert {number: cell.texts(class_="month-status") for number, cell in cells(page).items() if cell.texts("li")} == {
        1: [],
        8: ["Peruttu"],
        11: ["Lykätty"],
        17: ["Siirretty tähän"],
        22: ["Täynnä"],
        29: ["Aika varmistuu myöhemmin"],
    }
    assert cells(page)[8].all("li", class_="month-cancelled") != []


def test_a_series_stands_on_each_date_unless_the_reader_asks_for_one(calendar: Calendar) -> None:
    calendar.publish("Kerho", schedule=weekly("2026-11-24 12:00", times=4))

    assert list(month(read(calendar, "/fi/calendar/2026-12"))) == [1, 8, 15]
    collapsed = read(calendar, "/fi/calendar/2026-12?series=collapse&free=0")
    assert list(month(collapsed)) == [1]
    assert turns(collapsed) == ["/fi/calendar/2026-11?series=collapse"]


def test_the_month_takes_the_place_of_days_and_keeps_the_rest(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", schedule=once("2027-01-20 12:00"), price="free", promises=(("ru", "main"),))
    sqlite_calendar.publish("Laulu", schedule=once("2027-01-20 12:00"), price="paid", promises=(("ru", "main"),))

    page = read(
        sqlite_calendar, "/fi/calendar/2027-01?start=banana&when=week&in_language=ru&free=1&limit=3&end=2026-12-01"
    )

    assert month(page) == {20: ["klo 12 Uinti"]}
    assert page.all(class_="notice") == []
    assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/fi/calendar/2027-01?free=1&in_language=ru"
    assert alternates(page)["ar"] == f"{BASE_URL}/ar/calendar/2027-01?free=1&in_language=ru"
    feeds = [link["href"] for link in page.one("head").all("link", type="text/calendar")]
    assert feeds == [f"{BASE_URL}/fi/events.ics?free=1&in_language=ru"]
    links = page.links()
    assert {
        name: links[name] for name in ("Lista", "Tulosta", "Tämä kuukausi", "Poista venäjä", "Tyhjennä hakuehdot")
    } == {
        "Lista": "/fi/events?end=2027-01-31&free=1&in_language=ru&start=2027-01-01",
        "Tulosta": "/fi/print?end=2027-01-31&free=1&in_language=ru&start=2027-01-01",
        "Tämä kuukausi": "/fi/calendar/2026-12?free=1&in_language=ru",
        "Poista venäjä": "/fi/calendar/2027-01?free=1",
        "Tyhjennä hakuehdot": "/fi/calendar/2027-01",
    }


def test_she_goes_from_the_list_to_the_month_and_back(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", price="free")

    listed = read(sqlite_calendar, "/fi/events?free=1&when=week")
    there = sqlite_calendar.get(listed.links()["Kuukausi"])
    back = read(sqlite_calendar, there.headers["location"]).links()["Lista"]

    assert (listed.links()["Kuukausi"], there.status_code) == ("/fi/calendar?free=1&when=week", 302)
    assert (there.headers["location"], back) == ("/fi/calendar/2026-12?free=1", "/fi/events?free=1")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", "2026-12"),
        ("start=2027-02-03&free=1", "2027-02?free=1"),
        ("start=2026-11-03&when=week", "2026-12"),
        ("end=2026-11-30", "2026-11"),
        ("end=2027-03-05", "2026-12"),
        ("start=2027-02-03&when=today", "2026-12"),
        ("start=banana&series=collapse", "2026-12?series=collapse"),
        ("start=1970-01-01", "1970-01"),
        ("end=2200-12-31&start=2200-12-31", "2200-12"),
    ],
)
def test_the_calendar_opens_on_the_month_that_was_asked_for(sqlite_calendar: Calendar, query: str, asked: str) -> None:
    answer = sqlite_calendar.get(f"/fi/calendar?{query}")

    assert (answer.status_code, answer.headers["location"]) == (302, f"/fi/calendar/{asked}")


def test_the_way_back_and_forth_ends_where_nothing_more_is_known(calendar: Calendar) -> None:
    calendar.publish("Vanha", schedule=once("2026-10-05 18:00"))
    calendar.publish("Kerho", schedule=once("2026-12-03 18:00"))
    calendar.publish("Näyttely", schedule=all_day("2026-12-20", "2027-02-02"), price="free")

    def led(asked: str, query: str = "") -> list[str]:
        return [href.removeprefix("/fi/calendar/") for href in turns(read(calendar, f"/fi/calendar/{asked}{query}"))]

    assert [led(asked) for asked in ("2026-10", "2026-11", "2026-12", "2027-01", "2027-02")] == [
        ["2026-11"],
        ["2026-10", "2026-12"],
        ["2026-11", "2027-01"],
        ["2026-12", "2027-02"],
        ["2027-01"],
    ]
    assert (led("2020-01"), led("2099-01")) == (["2026-10"], ["2026-12"])
    assert led("2026-12", "?free=1") == ["2027-01?free=1"]
    assert led("2026-12", "?q=olematon") == []


@pytest.mark.parametrize(
    "asked",
    ["2026-13", "2026-00", "0000-12", "1800-01", "9999-12", "2201-01", "abcd", "2026-1", "2026", "²⁰²⁶-12", "%00"],
)
def test_an_address_that_names_no_month_says_so_and_shows_the_way(sqlite_calendar: Calendar, asked: str) -> None:
    page = read(sqlite_calendar, f"/fi/calendar/{asked}?free=1&start=2026-12-01", 404)

    assert page.one("h1").text == "Tällaista kuukautta ei ole."
    assert {page.links()[name] for name in ("Tämä kuukausi", "Lista")} == {"/fi/calendar?free=1", "/fi/events?free=1"}
    assert sqlite_calendar.get("/xx/calendar/2026-12").status_code == 404


@pytest.mark.parametrize("asked", ["1970-01", "2200-12", "2027-03", "2026-10"])
def test_the_first_and_the_last_month_and_those_of_clock_changes_are_shown(calendar: Calendar, asked: str) -> None:
    assert read(calendar, f"/fi/calendar/{asked}").all("td", class_="month-day") != []


def test_an_empty_month_says_so_and_stays_out_of_search_engines(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti")

    empty, used = (read(sqlite_calendar, f"/fi/calendar/{asked}") for asked in ("2027-05", "2026-12"))

    assert empty.texts("p", class_="empty-title") == ["Tässä kuussa ei ole tapahtumia"]
    assert [len(page.all("meta", name="robots")) for page in (empty, used)] == [1, 0]


def test_a_value_that_cannot_be_read_is_named_and_the_rest_kept(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Ilmainen", price="free")
    sqlite_calendar.publish("Maksullinen", price="paid")

    page = read(sqlite_calendar, "/fi/calendar/2026-12?starts_after=banana&free=1&series=nonsense")

    assert [notice.text.count("banana") + notice.text.count("nonsense") for notice in page.all(class_="notice")] == [2]
    assert month(page) == {3: ["klo 17.30 Ilmainen"]}


def test_where_a_title_is_not_in_her_language_the_activity_leads(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kielikahvila", schedule=once("2026-12-03 17:30"))
    sqlite_calendar.publish(schedule=once("2026-12-04 17:30"), texts={"fi": Text("Uinti"), "ar": Text("سباحة")})

    page = read(sqlite_calendar, "/ar/calendar/2026-12")

    assert month(page) == {3: ["17:30 مقهى اللغة Kielikahvila"], 4: ["17:30 سباحة"]}
    assert [title.language for title in page.all(class_="month-title")] == [("fi", "ltr"), ("ar", "rtl")]
    assert month(read(sqlite_calendar, "/selko/calendar/2026-12")) == {
        3: ["kello 17.30 Kielikahvila"],
        4: ["kello 17.30 Uinti"],
    }


def test_typed_titles_stay_text_and_a_withdrawn_event_leaves(sqlite_calendar: Calendar) -> None:
    withdrawn = sqlite_calendar.publish("Poistuva", schedule=once("2026-12-04 12:00"))
    sqlite_calendar.publish(HOSTILE, schedule=once("2026-12-05 12:00"))
    before = list(month(read(sqlite_calendar, "/fi/calendar/2026-12")))

    sqlite_calendar.withdraw(withdrawn)

    page = read(sqlite_calendar, "/fi/calendar/2026-12")
    assert (before, month(page)) == ([4, 5], {5: [f"klo 12 {HOSTILE}"]})
    assert page.all("img") == []


def test_month_and_list_find_the_same_dates_for_every_filter(calendar: Calendar) -> None:
    fill(calendar)
    queries = (
        "",
        "weekday=6,7",
        "starts_after=17:00&starts_before=18:00",
        "in_language=ru",
        "q=aani",
        "area=kuusankoski&free=1",
        "organisation=naapurit&age=30-40",
        "status=on",
        "access=alone",
    )

    def led(path: str, **wanted: Any) -> set[str]:
        found = (link["href"] for element in read(calendar, path).all(**wanted) for link in element.all("a"))
        return {href for href in found if "/fi/events/" in href}

    for query in queries:
        inside = f"/fi/events?{query}&start=2026-12-01&end=2026-12-31&series=expand&limit=100"
        assert led(f"/fi/calendar/2026-12?{query}", class_="month-entries") == led(inside, tag="article"), query


def test_a_month_asks_the_database_the_same_few_questions_however_full_it_is(calendar: Calendar) -> None:
    def asked(path: str) -> int:
        with count_queries() as seen:
            read(calendar, path)
        return len([statement for statement in seen if "FROM revision" not in statement])

    calendar.publish("Kerho", schedule=weekly())
    short = asked("/fi/calendar/2026-12")
    for number in range(15):
        calendar.publish(f"Toinen {number}", schedule=weekly(), place_id=calendar.place())

    assert (short, asked("/fi/calendar/2026-12"), asked("/fi/calendar/2026-12?in_language=fi&free=0")) == (3, 3, 3)


def test_what_has_not_changed_is_not_asked_for_again(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho")
    first = sqlite_calendar.get("/fi/calendar/2026-12?free=0&when=week")

    with count_queries() as seen:
        second = sqlite_calendar.get("/fi/calendar/2026-12?end=2027-01-01", if_none_match=first.headers["etag"])

    assert (second.status_code, [statement for statement in seen if "occurrence" in statement]) == (304, [])


def test_the_months_of_a_year_follow_each_other() -> None:
    months = [Month(2026, 11)]
    while len(months) < 4:
        months.append(months[-1].after)

    assert [str(one) for one in months] == ["2026-11", "2026-12", "2027-01", "2027-02"]
    assert [one.after.before for one in months] == months
    assert [one.last + timedelta(days=1) for one in months] == [one.after.first for one in months]
    assert all(len(week.days) == 7 for one in months for week in one.weeks)
    assert [[day for week in one.weeks for day in week.days if day][-1] for one in months] == [
        one.last for one in months
    ]
