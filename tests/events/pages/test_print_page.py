"""The sheet for a noticeboard: what a passer-by without a phone reads on it, and what its printer sees first."""

from datetime import date, datetime
from decimal import Decimal
from urllib.parse import parse_qsl

import pytest

from events.domain.dates import DateChange
from events.domain.prices import PriceRow
from events.domain.registration import Registration
from events.domain.texts import Text
from events.filtering.filters import EventFilter
from events.pages.print_view import sheet_window
from events.schedule.recurrence import Schedule
from tests.database import count_queries
from tests.pages import Node, read
from tests.people import TODAY, Calendar, all_day, at, once, weekly

HOSTILE = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> & 'q'"


def sheet(page: Node) -> list[tuple[str, list[str]]]:
    """The sheet by day: each heading with the titles under it."""
    return [(day.one("h2").text, day.texts("h3")) for day in page.all("section", class_="paper-day")]


def five_days() -> Schedule:
    """At noon on each of the first five days of December."""
    begins = datetime(2026, 12, 1, 12)
    return Schedule.on_dates(begins, begins.replace(hour=13), [date(2026, 12, day) for day in range(1, 6)])


def asked_for(query: str) -> EventFilter:
    """The filter of a query string."""
    return EventFilter.from_query(parse_qsl(query))[0]


def test_the_sheet_holds_the_coming_seven_days_date_by_date(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho", schedule=weekly("2026-11-24 17:30", times=4))
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-07 23:00", "2026-12-08 01:00"))
    sqlite_calendar.publish("Myöhemmin", schedule=once("2026-12-08 00:00"))
    sqlite_calendar.publish("Eilen", schedule=once("2026-11-30 12:00"))
    sqlite_calendar.publish("Näyttely", schedule=all_day("2026-11-20", "2026-12-20"))

    page = read(sqlite_calendar, "/fi/print")

    assert sheet(page) == [
        ("tiistai 1.12.", ["käynnissä: pe 20.11. – su 20.12. Näyttely", "klo 17.30–19 Kerho"]),
        ("maanantai 7.12.", ["klo 23 – ti 8.12. klo 1 Uinti"]),
    ]
    assert page.one(class_="paper-days").text == "ti 1.12. – ma 7.12.2026"
    assert page.one(class_="paper-imprint").text == "Tulostettu ti 1.12.2026. Muutokset: 127.0.0.1:8000/fi/events"
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_an_entry_tells_what_one_has_to_know_before_going(sqlite_calendar: Calendar) -> None:
    place = sqlite_calendar.place(
        "Kuusankoskitalo", "kuusankoski", street_address="Kymenlaaksonkatu 2", postal_code="45700"
    )
    sqlite_calendar.publish(
        schedule=once("2026-12-03 17:30"),
        place_id=place,
        texts={"fi": Text("Kielikahvila"), "ru": Text("Языковое кафе")},
        promises=(("fi", "main"), ("ru", "helper")),
        price="paid",
        prices=(PriceRow(Decimal(5)),),
        registration=Registration("required"),
        first_time={"alone": ("yes",)},
        changed={"2026-12-03": DateChange("cancelled", "illness")},
    )
    sqlite_calendar.publish("Verkossa", schedule=once("2026-12-04 17:30"), online=True, no_language=True, promises=())

    translated, original = (read(sqlite_calendar, f"/{code}/print").all(class_="paper-entry") for code in ("ru", "fi"))

    assert translated[0].one("h3").text == "17:30–19:30 Языковое кафе (Kielikahvila)"
    assert translated[0].one(class_="paper-finnish").language == ("fi", "ltr")
    assert translated[1].one("h3").text == "17:30–19:30 Языковое кафе: Verkossa"
    assert original[0].texts("p") == [
        "Peruttu. Syy: Sairaus",
        "Kuusankoskitalo, Kymenlaaksonkatu 2, 45700 Kouvola · suomi · русский Joku puhuu kieltä · 5 €/hlö"
        " · Ilmoittaudu ennakkoon · Voit tulla yksin",
    ]
    assert original[0].texts(class_="paper-finnish") == []
    assert original[1].texts("p") == ["Verkossa · Yhteistä kieltä ei tarvita · Hintaa ei ole ilmoitettu"]


@pytest.mark.parametrize(
    ("query", "start", "end", "was_cut"),
    [
        ("", "2026-12-01", "2026-12-08", False),
        ("start=2027-01-04&end=2027-01-10", "2027-01-04", "2027-01-11", False),
        ("start=2027-01-01&end=2027-01-31", "2027-01-01", "2027-02-01", False),
        ("start=2027-01-01&end=2027-02-01", "2027-01-01", "2027-02-01", True),
        ("start=2027-01-01", "2027-01-01", "2027-02-01", True),
        ("end=2026-12-05", "2026-12-01", "2026-12-06", False),
        ("end=2026-11-30", "2026-10-31", "2026-12-01", True),
        ("when=weekend", "2026-12-05", "2026-12-07", False),
        ("when=today,next-week", "2026-12-01", "2026-12-14", False),
        ("when=today&start=2027-01-01", "2026-12-01", "2026-12-02", False),
        ("start=2026-12-03T18:00&end=2027-12-03", "2026-12-03T18:00", "2027-01-03", True),
    ],
)
def test_the_sheet_keeps_to_the_days_asked_for_up_to_a_month(query: str, start: str, end: str, was_cut: bool) -> None:
    window, cut = sheet_window(asked_for(query), TODAY)

    assert (window.start, window.end, cut) == (datetime.fromisoformat(start), datetime.fromisoformat(end), was_cut)


def test_only_days_asked_for_are_printed_and_the_reader_is_told_what_did_not_fit(calendar: Calendar) -> None:
    calendar.publish("Kerho", schedule=weekly("2026-12-04 17:30", times=8))
    calendar.publish("Uinti", schedule=once("2026-12-06 12:00"))

    weekends = read(calendar, "/fi/print?when=today,weekend&start=2026-12-06")
    long = read(calendar, "/fi/print?start=2026-12-05&q=kerho")

    assert sheet(weekends) == [("sunnuntai 6.12.", ["klo 12–14 Uinti"])]
    assert [heading for heading, _ in sheet(long)] == [
        f"perjantai {day}" for day in ("11.12.", "18.12.", "25.12.", "1.1.2027")
    ]
    assert long.texts(class_="paper-imprint")[1:] == ["Arkille mahtuu enintään 31 päivää. Loput ovat tapahtumasivulla."]
    assert weekends.texts(class_="paper-imprint")[1:] == []


def test_a_sheet_that_would_never_end_says_how_many_more_there_are_and_where(calendar: Calendar) -> None:
    for number in range(26):
        calendar.publish(
            f"Kerho {number}", schedule=once(f"2026-12-01 {number % 10 + 8:02}:00"), promises=(("ru", "main"),)
        )
    for number in range(20):
        calendar.publish(f"Joka päivä {number}", schedule=five_days(), promises=(("ru", "main"),))

    page = read(calendar, "/fi/print?in_language=ru&when=month")

    assert sum(len(titles) for _, titles in sheet(page)) == 100
    assert page.one(class_="paper-more").text == (
        "Vielä 26 tapahtumaa ei mahtunut tähän: 127.0.0.1:8000/fi/events?in_language=ru&when=month"
    )
    assert read(calendar, "/fi/print?in_language=ru&when=today").all(class_="paper-more") == []


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("", "127.0.0.1:8000/fi/events"),
        ("free=1&when=week", "127.0.0.1:8000/fi/events?free=1&when=week"),
        (
            "organisation=pulina&in_language=fi,ru,uk&category=language&audience=families",
            "127.0.0.1:8000/fi/organisations/pulina",
        ),
        ("organisation=tuntematon&in_language=fi,ru,uk&category=language", "127.0.0.1:8000/fi/events"),
    ],
)
def test_the_code_leads_to_exactly_this_list_and_the_address_can_be_typed(
    sqlite_calendar: Calendar, query: str, typed: str
) -> None:
    sqlite_calendar.association("pulina")

    page = read(sqlite_calendar, f"/fi/print?{query}")

    assert page.one(class_="paper-imprint").text.endswith(f"Muutokset: {typed}")
    assert page.one("img", class_="paper-code")["src"].startswith("data:image/svg+xml")
    canonical = asked_for(query).to_query()
    assert page.links()["Takaisin listaan"] == "/fi/events" + (f"?{canonical}" if canonical else "")


def test_a_filter_too_long_for_a_phones_camera_has_no_code(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, f"/fi/print?category={','.join(f'aihepiiri-{number:02}' for number in range(50))}")

    assert page.all("img") == []
    assert page.one(class_="paper-imprint").text.endswith("Muutokset: 127.0.0.1:8000/fi/events")


def test_a_value_that_cannot_be_read_is_named_and_the_rest_kept(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Ilmainen", price="free")
    sqlite_calendar.publish("Maksullinen", price="paid")

    page = read(sqlite_calendar, "/fi/print?start=banana&free=1")

    assert [notice.text.count("banana") for notice in page.all(class_="notice")] == [1]
    assert sheet(page) == [("torstai 3.12.", ["klo 17.30–19.30 Ilmainen"])]


def test_an_empty_sheet_says_so_and_a_moved_date_stands_on_its_new_day(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish(
        "Kerho", schedule=once("2026-12-02 18:00"), changed={"2026-12-02": DateChange(start=at("2026-12-05 18:00"))}
    )

    page = read(sqlite_calendar, "/fi/print?free=0")

    assert read(sqlite_calendar, "/fi/print?in_language=so").texts(class_="empty") == ["Mitään ei löytynyt"]
    assert sheet(page) == [("lauantai 5.12.", ["klo 18–20 Kerho"])]
    assert page.texts(class_="paper-status") == ["Siirretty. Uusi aika: la 5.12. klo 18–20"]


def test_in_arabic_typed_names_keep_their_own_direction(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish(HOSTILE, place_id=sqlite_calendar.place(HOSTILE, street_address="Katu 1"))

    page = read(sqlite_calendar, "/ar/print")

    entry = page.one(class_="paper-entry")
    assert entry.one("h3").text == f"من 17:30 إلى 19:30 مقهى اللغة: {HOSTILE}"
    assert entry.one("span", lang="fi").language == ("fi", "ltr")
    assert f"\u2068{HOSTILE}, Katu 1, Kouvola\u2069" in entry.texts("p")[0]
    assert "\u2068127.0.0.1:8000/ar/events\u2069" in page.one(class_="paper-imprint").text


def test_a_sheet_asks_the_database_the_same_few_questions_however_full_it_is(calendar: Calendar) -> None:
    def asked(path: str) -> int:
        with count_queries() as seen:
            read(calendar, path)
        return len([statement for statement in seen if "FROM revision" not in statement])

    calendar.publish("Kerho")
    short = asked("/fi/print")
    for number in range(15):
        calendar.publish(f"Toinen {number}", schedule=weekly(), place_id=calendar.place())

    assert (short, asked("/fi/print")) == (2, 2)
