"""The list of events as residents meet it: by day, with what a phone or a shared link asks of it."""

from urllib.parse import parse_qsl, urlencode

import pytest

from events.domain.dates import DateChange
from events.domain.registration import Registration
from events.filtering.filters import EventFilter
from tests.database import count_queries, statements
from tests.pages import days, read, scripts, sent
from tests.people import BASE_URL, Calendar, all_day, at, once, weekly

HOSTILE = "<script>alert('x')</script> \"><img src=x onerror=alert(1)> & 'q'"


def test_a_resident_reads_what_is_coming_day_by_day(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-03 17:30"))
    sqlite_calendar.publish("Kahvila", schedule=once("2026-12-01 09:00"))
    sqlite_calendar.publish("Näyttely", schedule=all_day("2026-11-20", "2026-12-20"))
    sqlite_calendar.publish("Shakki", schedule=once("2026-12-03 16:00"))
    sqlite_calendar.publish("Uusi vuosi", schedule=once("2027-01-02 12:00"))
    sqlite_calendar.publish("Eilen", schedule=once("2026-11-30 12:00"))

    finnish, english = read(sqlite_calendar, "/fi/events"), read(sqlite_calendar, "/en/events")

    assert days(finnish) == [
        ("Tänään · tiistai 1.12.", ["Näyttely", "Kahvila"]),
        ("torstai 3.12.", ["Shakki", "Uinti"]),
        ("lauantai 2.1.2027", ["Uusi vuosi"]),
    ]
    assert [heading for heading, _ in days(english)] == [
        "Today · Tuesday 1 December",
        "Thursday 3 December",
        "Saturday 2 January 2027",
    ]
    assert finnish.one(id="count").text == "5 tapahtumaa"
    assert finnish.texts("p", class_="card-time")[0] == "käynnissä: pe 20.11. – su 20.12."


def test_a_weekly_club_is_one_card_and_every_date_on_request(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho", schedule=weekly(times=3))

    collapsed, expanded = read(sqlite_calendar, "/fi/events"), read(sqlite_calendar, "/fi/events?series=expand")

    assert (days(collapsed), collapsed.texts(class_="repeats")) == (
        [("Tänään · tiistai 1.12.", ["Kerho"])],
        ["Joka viikko · vielä 2 kertaa"],
    )
    assert [heading for heading, _ in days(expanded)] == ["Tänään · tiistai 1.12.", "tiistai 8.12.", "tiistai 15.12."]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (DateChange("cancelled", "illness"), "Peruttu. Syy: Sairaus"),
        (DateChange(full=True), "Täynnä"),
        (DateChange(start=at("2026-12-02 18:00")), "Siirretty. Uusi aika: ke 2.12. klo 18–19.30"),
    ],
)
def test_a_club_whose_next_date_is_off_says_so_first_and_then_when_it_is_on(
    sqlite_calendar: Calendar, change: DateChange, said: str
) -> None:
    sqlite_calendar.publish(
        "Kerho", schedule=weekly(), changed={"2026-12-01": change, "2026-12-08": DateChange("cancelled")}
    )

    card = read(sqlite_calendar, "/fi/events").one("article", class_="card")

    assert card.texts(class_="status") + card.texts(class_="card-next") == [
        said,
        "Seuraava kerta: ti 15.12. klo 17.30–19",
    ]


@pytest.mark.parametrize("changes", [{"full": True}, {"event_status": "cancelled"}, {"event_status": "postponed"}])
def test_a_club_that_is_off_or_full_as_a_whole_promises_no_next_time(
    sqlite_calendar: Calendar, changes: dict[str, object]
) -> None:
    sqlite_calendar.publish("Kerho", schedule=weekly(), **changes)

    card = read(sqlite_calendar, "/fi/events").one("article", class_="card")

    assert (len(card.texts(class_="status")), card.texts(class_="card-next")) == (1, [])


def test_paging_both_ways_keeps_the_filter_and_shows_every_event_once(sqlite_calendar: Calendar) -> None:
    for number in range(1, 6):
        sqlite_calendar.publish(f"Kerho {number}", schedule=once(f"2026-12-0{number} 18:00"), price="free")
    first = read(sqlite_calendar, "/fi/events?free=1&limit=2")
    second = read(sqlite_calendar, first.one("a", rel="next")["href"])
    third = read(sqlite_calendar, second.one("a", rel="next")["href"])

    assert [title for page in (first, second, third) for _, titles in days(page) for title in titles] == [
        f"Kerho {number}" for number in range(1, 6)
    ]
    assert second.one("a", rel="next")["href"] == "/fi/events?free=1&limit=2&page=3"
    assert third.one("a", rel="prev")["href"] == "/fi/events?free=1&limit=2&page=2"
    assert second.one("a", rel="prev")["href"] == "/fi/events?free=1&limit=2"
    assert (first.all("a", rel="prev"), third.all("a", rel="next")) == ([], [])


def test_a_page_number_from_a_busier_week_shows_the_first_page(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho")

    page = read(sqlite_calendar, "/fi/events?page=7")

    assert (days(page)[0][1], page.all("nav", class_="paging")) == (["Kerho"], [])


def test_each_chip_leads_to_the_list_without_its_value(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("pulina", "Pulina ry")
    page = read(sqlite_calendar, "/fi/events?organisation=pulina&in_language=ru,uk&when=week&limit=5")

    assert {chip.text.removeprefix("Poista "): chip["href"] for chip in page.all("a", class_="chip-remove")} == {
        "Tällä viikolla": "/fi/events?in_language=ru,uk&organisation=pulina&limit=5",
        "venäjä": "/fi/events?in_language=uk&organisation=pulina&when=week&limit=5",
        "ukraina": "/fi/events?in_language=ru&organisation=pulina&when=week&limit=5",
        "Pulina ry": "/fi/events?in_language=ru,uk&when=week&limit=5",
    }
    assert page.one("a", class_="chip-clear")["href"] == "/fi/events"


def test_the_name_of_a_suspended_association_does_not_come_out_of_an_address(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("suljettu", "Salainen seura", state="suspended")
    sqlite_calendar.association("pulina", "Pulina ry")

    page = read(sqlite_calendar, "/fi/events?organisation=pulina,suljettu")

    assert [chip.text for chip in page.all("a", class_="chip-remove")] == ["Poista Pulina ry", "Poista suljettu"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "when=today,weekend",
        "start=2026-12-03T18:00&end=2026-12-31",
        "category=nonsense,sport&in_language=xx,ru&registration=maybe&online=0",
        "activity=swimming&translation=sv&language=ar&place=3&organisation=pulina&age=7-12&q=uinti",
        "access=alone,step_free&area=valkeala&audience=women&free=1&kind=hobby&promise=main&status=on&weekday=1,7",
        "starts_after=17:00&starts_before=19:30&when=week&limit=5&series=expand",
    ],
)
def test_the_form_sent_back_untouched_asks_for_the_same_again(sqlite_calendar: Calendar, query: str) -> None:
    page = read(sqlite_calendar, f"/fi/events?{query}")

    answer = sqlite_calendar.get(f"/fi/events?{urlencode(sent(page.one('form', id='filters')))}")

    canonical = page.one("link", rel="canonical")["href"].removeprefix(BASE_URL)
    assert (answer.status_code, answer.headers["location"]) == (303, canonical)
    assert EventFilter.from_query(parse_qsl(canonical.partition("?")[2])) == EventFilter.from_query(parse_qsl(query))
    assert answer.headers["vary"] == "HX-Request, HX-Request-Type"


def test_a_value_that_cannot_be_read_is_named_and_the_rest_of_the_filter_kept(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Ilmainen", price="free")
    sqlite_calendar.publish("Maksullinen", price="paid")

    for path in ("start=banana&free=1", "start=banana&free=1&end=&q=", "free=1&limit=banana"):
        page = read(sqlite_calendar, f"/en/events?{path}")

        assert [notice.text.count("banana") for notice in page.all(class_="notice")] == [1]
        assert days(page) == [("Thursday 3 December", ["Language café Ilmainen"])]
        assert page.one("link", rel="canonical")["href"] == f"{BASE_URL}/en/events?free=1"


def test_where_nothing_is_found_the_page_says_what_is_next(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", schedule=once("2026-12-20 12:00"), price="free")
    sqlite_calendar.publish("Laulu", schedule=once("2026-12-04 12:00"), price="paid")

    later = read(sqlite_calendar, "/fi/events?free=1&when=today")
    other = read(sqlite_calendar, "/fi/events?in_language=so&when=today")

    assert later.one(class_="empty").texts("p") == ["Mitään ei löytynyt", "Tänään · Maksuton"]
    assert (days(later), later.links()["Näytä lisää"]) == (
        [("sunnuntai 20.12.", ["Uinti"])],
        "/fi/events?free=1",
    )
    assert (days(other)[0][1], other.links()["Näytä lisää"]) == (["Laulu"], "/fi/events")


def test_an_empty_calendar_says_so_and_offers_nothing(sqlite_calendar: Calendar) -> None:
    page = read(sqlite_calendar, "/fi/events")

    assert (len(page.all(class_="empty")), days(page), "Näytä lisää" in page.links()) == (1, [], False)


def test_a_withdrawn_event_leaves_the_list(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Kerho")
    withdrawn = sqlite_calendar.publish("Poistuva")
    before = days(read(sqlite_calendar, "/fi/events"))

    sqlite_calendar.withdraw(withdrawn)

    assert before == [("torstai 3.12.", ["Kerho", "Poistuva"])]
    assert days(read(sqlite_calendar, "/fi/events")) == [("torstai 3.12.", ["Kerho"])]


def test_typed_titles_stay_text(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("vieras", HOSTILE)
    sqlite_calendar.publish(HOSTILE, organisation="vieras", place_id=sqlite_calendar.place(HOSTILE))

    page = read(sqlite_calendar, f"/fi/events?{urlencode({'q': '<script> alert', 'organisation': 'vieras'})}")

    card = page.one("article", class_="card")
    assert (card.one("h4").text, card.one(class_="card-by").text) == (HOSTILE, HOSTILE)
    assert page.one("input", id="q")["value"] == "<script> alert"
    assert scripts(page) == ["site.js", "htmx-4.0.1.min.js"]
    assert page.all("img") == []


def test_the_list_asks_the_database_the_same_few_questions_however_long_it_is(sqlite_calendar: Calendar) -> None:
    def asked(path: str) -> int:
        sqlite_calendar.forget_answers()
        with count_queries() as seen:
            read(sqlite_calendar, path)
        return len(seen)

    place = sqlite_calendar.place()
    for number in range(3):
        sqlite_calendar.publish(f"Kerho {number}", schedule=weekly(), place_id=place)
    short = asked("/fi/events")
    for number in range(37):
        sqlite_calendar.publish(
            f"Toinen {number}", schedule=weekly(), place_id=place, registration=Registration("none")
        )

    # Dates, events, languages, counts; the total where one page does not hold all; counts apart for what is chosen.
    assert (short, asked("/fi/events"), asked("/fi/events?when=month&free=0&in_language=fi&limit=100")) == (4, 5, 5)


def test_after_a_change_only_the_cards_it_touched_are_read_again(calendar: Calendar) -> None:
    ids = [calendar.publish(f"Kerho {number}", schedule=once(f"2026-12-03 1{number}:00")) for number in range(5)]
    calendar.publish("Muualla", schedule=once("2026-12-01 06:00", "2026-12-01 07:00"), organisation="naapurit")
    read(calendar, "/fi/events?organisation=pulina")

    def asked() -> list[str]:
        with count_queries() as seen:
            page = read(calendar, "/fi/events?organisation=pulina")
        return [*page.texts("h4"), str(len(statements(seen)))]

    calendar.rewrite(ids[2], "Ompelupiiri", schedule=once("2026-12-03 12:00"))
    changed = asked()
    calendar.publish("Jossain", organisation="naapurit")

    # Dates, the names in the filter, the one event whose card is not known; after a change elsewhere dates alone.
    assert changed == ["Kerho 0", "Kerho 1", "Ompelupiiri", "Kerho 3", "Kerho 4", "3"]
    assert asked() == ["Kerho 0", "Kerho 1", "Ompelupiiri", "Kerho 3", "Kerho 4", "1"]


def test_the_numbers_of_a_list_that_a_change_left_alone_are_a_minute_late_at_most(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.publish("Uinti", category="sports", schedule=once("2026-12-03 10:00"))
    sqlite_calendar.publish("Kielikahvila", schedule=once("2026-12-04 10:00"))

    def swimming() -> list[str]:
        page = read(sqlite_calendar, "/fi/events?category=sports")
        return [
            page.one(id="count").text,
            *page.texts("h4"),
            page.one("input", name="category", value="language").parent.text,
        ]

    before = swimming()
    sqlite_calendar.publish("Toinen kahvila", schedule=once("2026-12-05 10:00"))
    at_once = swimming()
    sqlite_calendar.clock.move(seconds=61)

    assert (before[:2], at_once) == (["1 tapahtuma", "Uinti"], before)
    assert swimming() != before


def test_a_total_over_several_pages_is_a_minute_late_at_most(sqlite_calendar: Calendar) -> None:
    def counts() -> list[str]:
        return [read(sqlite_calendar, f"/en/events{query}").one(id="count").text for query in ("?limit=2", "")]

    for number in range(3):
        sqlite_calendar.publish(f"Kerho {number}")
    before = counts()
    sqlite_calendar.publish("Uusi")
    at_once = counts()
    sqlite_calendar.clock.move(seconds=61)

    assert (before, at_once, counts()) == (
        ["3 events", "3 events"],
        ["3 events", "4 events"],
        ["4 events", "4 events"],
    )


def test_no_address_makes_the_list_or_its_calendar_fall(calendar: Calendar) -> None:
    calendar.publish("Kerho")
    queries = (
        "place=²,٣,99999999999,1",
        "q=%00%25_\\'\"&organisation=%00,'--",
        "q=" + "+".join(f"sana{number}" for number in range(60)),
        "in_language=" + ",".join(f"x{number}" for number in range(60)) + "&promise=" + ",".join("abcdefgh"),
        "age=0-130&start=1970-01-01&end=2200-12-31&when=month,week&starts_after=0&starts_before=23:59",
        "page=1000&limit=100&series=expand",
        "%ED%A0%80=%ED%A0%80&q=%ED%A0%80%F0%9F%8F%8A",
    )

    answers = [calendar.get(f"/fi/events{form}?{query}") for query in queries for form in ("", ".ics")]

    assert [answer.status_code for answer in answers] == [200] * len(answers)


def test_what_began_long_ago_and_is_still_on_is_listed_and_what_is_over_is_not(calendar: Calendar) -> None:
    for title, start, end in (
        ("Näyttely", "2026-05-01 10:00", "2027-02-01 18:00"),
        ("Yökahvila", "2026-11-30 22:00", "2026-12-01 02:00"),
        ("Eilinen", "2026-11-30 18:00", "2026-12-01 00:00"),
        ("Aamu", "2026-12-01 00:00", "2026-12-01 01:00"),
        ("Leiri", "2026-11-20 10:00", "2026-11-25 12:00"),
    ):
        calendar.publish(title, schedule=once(start, end))

    def listed(query: str) -> list[str]:
        return read(calendar, f"/fi/events?{query}").texts(class_="card-title")

    assert listed("") == ["Näyttely", "Yökahvila", "Aamu"]
    assert listed("start=2026-11-24&end=2026-11-24") == ["Näyttely", "Leiri"]
    assert listed("start=2026-12-01T01:30") == ["Näyttely", "Yökahvila"]
    assert listed("end=2026-11-30&start=2026-11-30") == ["Näyttely", "Eilinen", "Yökahvila"]
