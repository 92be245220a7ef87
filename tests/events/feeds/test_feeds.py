"""Calendar feeds over HTTP: what a subscriber's program asks, and what it is answered."""

from __future__ import annotations

from events.domain.texts import Text
from tests.events.feeds.subscriber import CANCELLED, FEED, events, season, times, titles
from tests.people import Calendar, once, weekly


def test_a_series_with_its_exceptions_reaches_the_subscriber_whole(calendar: Calendar) -> None:
    public_id = season(calendar)

    read = [
        (str(one["UID"]), str(one["SUMMARY"]), str(one["STATUS"]), one["DTSTART"].dt.strftime("%d.%m. %H:%M"))
        for one in events(calendar)
    ]

    uid = f"{public_id}@yhdessa.example"
    assert read == [
        (uid, "Kielikahvila", "CONFIRMED", "01.12. 17:30"),
        (uid, "PERUTTU: Kielikahvila", "CANCELLED", "08.12. 17:30"),
        (uid, "UUSI AIKA: Kielikahvila", "CONFIRMED", "16.12. 18:00"),
    ]
    assert events(calendar)[0]["EXDATE"].to_ical() == b"20261222T173000"


def test_identity_status_and_times_are_the_same_in_every_language_and_filter(calendar: Calendar) -> None:
    season(calendar)
    calendar.publish("Uinti", schedule=once("2026-12-08 18:00"), organisation="naapurit")

    everything = times(calendar, FEED)

    assert len(everything) == 4
    assert times(calendar, "/sv/events.ics") == times(calendar, "/en/events.ics") == everything
    assert times(calendar, "/fi/events.ics?organisation=pulina") == everything[:3]
    assert times(calendar, "/sv/organisations/pulina.ics") == everything[:3]
    assert times(calendar, "/fi/events.ics?start=2026-12-29&end=2026-12-29") == everything[:3]


def test_a_swedish_feed_carries_swedish_facts(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)

    finnish, swedish = (str(events(sqlite_calendar, f"/{code}/events.ics")[1]["DESCRIPTION"]) for code in ("fi", "sv"))

    assert finnish.split("\n")[0].startswith("Peruttu")
    assert swedish.split("\n")[0].startswith("Inställt")
    assert set(finnish.split("\n")) & set(swedish.split("\n")) == {""}


def test_no_header_of_the_reader_changes_a_byte(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)
    usual = sqlite_calendar.get(FEED)

    for asked in (
        {"accept": "text/html"},
        {"accept": "application/calendar+json, text/calendar;q=0.1"},
        {"accept_language": "ru, ar"},
        {"user_agent": "Google-Calendar-Importer"},
        {"cookie": "session=abc"},
        {"hx_request": "true"},
    ):
        other = sqlite_calendar.get(FEED, **asked)
        assert (other.status_code, other.content, other.headers) == (200, usual.content, usual.headers)


def test_a_feed_says_of_itself_what_programs_and_browsers_need(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)

    headers = sqlite_calendar.get(FEED).headers

    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["content-disposition"] == 'inline; filename="events.ics"'
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert headers["access-control-allow-origin"] == "*"
    assert headers["x-robots-tag"] == "noindex"
    assert "set-cookie" not in headers


def test_head_is_answered_as_get_without_the_body(sqlite_calendar: Calendar) -> None:
    public_id = season(sqlite_calendar)

    for path in (FEED, f"/fi/events/{public_id}.ics", "/fi/organisations/pulina.ics"):
        got, asked = sqlite_calendar.get(path), sqlite_calendar.client.head(path)
        assert (asked.status_code, asked.headers, asked.content) == (200, got.headers, b"")


def test_a_feed_reaches_thirty_days_back_and_twelve_months_ahead(sqlite_calendar: Calendar) -> None:
    for title, when in (
        ("Muinainen", "2026-10-31 18:00"),
        ("Mennyt", "2026-11-01 18:00"),
        ("Tuleva", "2027-12-01 18:00"),
        ("Kaukainen", "2027-12-03 18:00"),
    ):
        sqlite_calendar.publish(title, schedule=once(when))
    sqlite_calendar.publish("Sarja", schedule=weekly("2026-09-29 17:30", times=6))

    assert titles(sqlite_calendar) == ["Sarja", "Mennyt", "Tuleva"]
    assert titles(sqlite_calendar, f"{FEED}?start=2026-10-01") == [
        "Sarja",
        "Muinainen",
        "Mennyt",
        "Tuleva",
        "Kaukainen",
    ]


def test_events_stand_in_the_order_of_their_first_dates(sqlite_calendar: Calendar) -> None:
    late = sqlite_calendar.publish("Myöhäinen", schedule=once("2026-12-20 10:00"))
    same = sorted(sqlite_calendar.publish("Samaan aikaan", schedule=once("2026-12-10 10:00")) for _ in range(4))
    series = sqlite_calendar.publish("Sarja", schedule=weekly("2026-12-01 17:30"))

    assert [str(one["UID"])[:10] for one in events(sqlite_calendar)] == [series, *same, late]


def test_a_malformed_value_is_named_in_plain_text(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get("/fi/events.ics?start=banana&weekday=8&q=uinti")

    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert [line.partition(":")[0] for line in answer.text.splitlines()] == ["start", "weekday"]
    assert answer.headers["cache-control"] == "no-store"


def test_an_unknown_word_of_the_vocabulary_gives_an_empty_calendar(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)

    for query in ("category=nonsense", "organisation=nobody", "place=99999999999", "in_language=xx"):
        found = sqlite_calendar.feed(f"{FEED}?{query}")
        assert [one.name for one in found.subcomponents] == ["VTIMEZONE"]


def test_an_unknown_parameter_is_ignored(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)

    assert sqlite_calendar.get(f"{FEED}?utm_source=mail&page=x").content == sqlite_calendar.get(FEED).content


def test_the_name_of_a_feed_is_its_filter_without_what_is_private(sqlite_calendar: Calendar) -> None:
    sqlite_calendar.association("naapurit", name="Naapurit, yhdessä; ry")

    def name(query: str) -> str:
        return str(sqlite_calendar.feed(f"{FEED}?{query}")["X-WR-CALNAME"])

    assert name("organisation=naapurit&audience=women") == "Yhdessä · Naapurit yhdessä ry"
    assert name("start=2026-12-01") == name("start=2026-12-01&category=peer")
    assert "2026" in name("start=2026-12-01")
    assert len(name("area=centre,kuusankoski&category=sport,music,games,visual")) == 60


def test_an_organisation_has_a_feed_of_its_own(sqlite_calendar: Calendar) -> None:
    season(sqlite_calendar)
    sqlite_calendar.publish("Uinti", organisation="naapurit")

    answer = sqlite_calendar.get("/fi/organisations/naapurit.ics")

    assert titles(sqlite_calendar, "/fi/organisations/naapurit.ics") == ["Uinti"]
    assert answer.headers["content-disposition"] == 'inline; filename="naapurit.ics"'
    assert sqlite_calendar.feed("/fi/organisations/naapurit.ics")["NAME"] == "Yhdessä · Naapurit"


def test_one_events_own_file_is_a_download_with_all_that_was_typed(calendar: Calendar) -> None:
    text = Text("Kielikahvila", "Tule juttelemaan", "Koko *kuvaus*")
    public_id = calendar.publish(schedule=weekly(times=3), texts={"fi": text}, changed={"2026-12-08": CANCELLED})
    path = f"/fi/events/{public_id}.ics"

    answer = calendar.get(path)
    read = calendar.feed(path)

    assert answer.headers["content-disposition"] == f'attachment; filename="{public_id}.ics"'
    assert [name for name in ("NAME", "X-WR-CALNAME", "REFRESH-INTERVAL", "METHOD") if name in read] == []
    assert [str(one["DESCRIPTION"]).count("Koko *kuvaus*") for one in read.walk("VEVENT")] == [1, 1]
    assert times(calendar, path) == times(calendar, FEED)
    assert calendar.get(path, if_none_match=answer.headers["etag"]).status_code == 304
    assert calendar.get(f"{path}?date=2026-12-08").content == answer.content


def test_what_is_unknown_or_gone_is_said_in_plain_text(sqlite_calendar: Calendar) -> None:
    withdrawn = sqlite_calendar.publish()
    sqlite_calendar.withdraw(withdrawn)

    answers = {
        path: sqlite_calendar.get(path)
        for path in (
            f"/fi/events/{withdrawn}.ics",
            "/fi/events/aaaaaaaaaa.ics",
            "/fi/organisations/nobody.ics",
            "/xx/events.ics",
        )
    }

    assert [answer.status_code for answer in answers.values()] == [410, 404, 404, 404]
    assert {answer.headers["content-type"] for answer in answers.values()} == {"text/plain; charset=utf-8"}
